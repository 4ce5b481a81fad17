"""`procedure` and `step`: the standard procedures (POS), and the steps of a visit that follow one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import click
import msgspec

from ult_desktop.base import _, formats, tokens
from ult_desktop.base.late import late
from ult_desktop.cli.common import naming, output, session
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import OfficeFile, param
from ult_desktop.core.accountability.qualifications import Qualification, qualified_officers_part
from ult_desktop.core.office.working_time import WorkedTime, WorkingCalendar
from ult_desktop.core.procedures import document
from ult_desktop.core.procedures.check import find_hints
from ult_desktop.core.procedures.clock import stretch_ms, stretch_words
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure, WaiveStep
from ult_desktop.core.procedures.flow import flow_picture
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.procedures.progress import spent_words, state_word
from ult_desktop.core.procedures.standard_time import procedure_paths
from ult_desktop.core.stamps import MINUTE_MS, to_datetime
from ult_desktop.db.accountability import qualifications
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids, read_procedure
from ult_desktop.reports.files import write_whole

if TYPE_CHECKING:
    from ult_desktop.reports import procedure as papers
else:
    papers = late("ult_desktop.reports.procedure")

procedure = Noun(
    "procedure",
    nouns=("procedures",),
    procedure=param(resolve=lambda _office, which: load_procedure(which), metavar="ID"),
    procedure_id=param(metavar="ID"),
    reason="Mengapa teksnya lain daripada yang berlaku.",
)


@procedure.subcommand("Periksa berkas prosedur FILE; status 0 bila dapat dipakai.")
def check(file: Path, as_json: bool) -> None:
    procedure = read_procedure(file)
    session.write(
        as_json,
        _summary(procedure),
        *(_("Perhatikan: {hint}").format(hint=hint) for hint in find_hints(procedure)),
        _("{title}: {n} langkah, dapat dipakai.").format(title=procedure.title, n=len(procedure.steps)),
    )


@procedure.subcommand("Prosedur yang disertakan.", "list")
def list_shipped(as_json: bool) -> None:
    for name in procedure_ids():
        procedure = load_procedure(name)
        head = f"{procedure.id:<22}{procedure.title}"
        words = f"{head}, {procedure.office.short_name} ({procedure.number})"
        session.write(as_json, _summary(procedure), words)


@procedure.subcommand("Baca prosedur ID (nama atau berkas .toml).")
def show(
    which: Annotated[str, param("Nama prosedur, atau berkas .toml.", metavar="ID")],
    *,
    picture: Annotated[Path | None, "Tulis juga gambar alurnya sebagai SVG ke berkas ini."] = None,
    pdf: Annotated[Path | None, "Tulis juga dokumennya sebagai PDF ke berkas ini."] = None,
    database: Annotated[OfficeFile, "Sebagaimana dijalankan kantor ini."] = None,
    as_json: bool,
) -> None:
    if database is None:
        shown = _ShownProcedure(load_procedure(which))
    else:
        with session.open_office(database) as office:
            shown = office.read(lambda tx: _in_office(tx, which))
    procedure = shown.procedure
    if picture:
        write_whole(picture, flow_picture(procedure, tokens.load_tokens().colours.light).encode())
    if pdf:
        write_whole(pdf, papers.procedure_pdf(procedure, shown.logo))
    fields, parts = msgspec.to_builtins(procedure) | _derived_fields(procedure), list[document.DocumentPart]()
    if shown.met_by is not None:
        fields["met_by"] = shown.met_by
        parts.append(qualified_officers_part(shown.met_by))
    session.write(as_json, fields, *_lines(procedure, parts))


class _ShownProcedure(NamedTuple):
    """A procedure, the logo of the office that runs it, and who meets its qualifications there.

    Without an office there is no logo, and `met_by` is None.
    """

    procedure: Procedure
    logo: bytes = b""
    met_by: tuple[Qualification, ...] | None = None


def _in_office(tx: Transaction, which: str) -> _ShownProcedure:
    """Return the version that the office runs, whose times may be its own; else the shipped procedure."""
    in_force = {each.id: each for each in procedures.load_in_force(tx)}
    about = office_rows.load(tx).settings.office
    procedure = in_force.get(which) or document.adapted_to_office(load_procedure(which), about.name)
    return _ShownProcedure(procedure, about.logo, qualifications.of_procedure(tx, procedure.id))


def _write_adopted(_office: Office, version: int, as_json: bool) -> None:
    adopted = load_procedure(session.typed_value("procedure"))
    message = _("{title} berlaku sebagai versi {n}.").format(title=adopted.title, n=version)
    session.write(as_json, {"id": adopted.id, "version": version}, message)


def _write_retired(_office: Office, version: int, as_json: bool) -> None:
    name = session.typed_value("procedure_id")
    message = _("Prosedur {id} tidak dijalankan lagi.").format(id=name)
    session.write(as_json, {"id": name, "version": version}, message)


def _write_versions(office: Office, versions: tuple[procedures.ProcedureRow, ...], as_json: bool) -> None:
    if as_json:
        output.write_raw_answer(office, versions, as_json)
        return
    reader = output.answer_reader(office)
    output.write_lines(
        reader.line(row, "id", "version", "adopted_at", "retired_at", "reason") for row in versions
    )


procedure.customise(AdoptProcedure, write=_write_adopted)
procedure.customise(RetireProcedure, write=_write_retired)
procedure.subcommand("Prosedur yang pernah dan sedang dijalankan kantor ini.", "adopted", _write_versions)(
    procedures.every_version
)


def _summary(procedure: Procedure) -> dict[str, Any]:
    return {
        "id": procedure.id,
        "version": procedure.version,
        "number": procedure.number,
        "title": procedure.title,
        "office": procedure.office.short_name,
        "steps": len(procedure.steps),
        **_derived_fields(procedure),
    }


def _derived_fields(procedure: Procedure) -> dict[str, Any]:
    """Return what follows from the procedure's file without being in it."""
    return {"paths": msgspec.to_builtins(procedure_paths(procedure)), "hints": find_hints(procedure)}


def _lines(procedure: Procedure, more: Iterable[document.DocumentPart]) -> Iterator[str]:
    """Yield the procedure as lines for people, with the `more` parts before its remarks."""
    yield from (*procedure.office.parents, procedure.office.name, "")
    for name, value in document.head_rows(procedure):
        yield f"{name}: {value.replace(chr(10), ', ')}"
    yield from _part_lines(document.document_lists(procedure))
    for step in procedure.steps:
        yield from ("", f"{step.step:>3}. {step.activity}")
        yield f"     {_('Pelaksana')}: {document.actors_words(procedure, step)}"
        for name, value in document.quality_rows(step):
            yield from (f"     {name}: {line}" for line in value.splitlines())
    yield from _part_lines((*more, *document.document_remarks(procedure)))


def _part_lines(parts: Iterable[document.DocumentPart]) -> Iterator[str]:
    for part in parts:
        yield from ("", part.heading, *(f"  {n}. {item}" for n, item in enumerate(part.items, 1)))


def _write_steps(office: Office, _answer: object, as_json: bool) -> None:
    """Write every step of the visit, with its present state."""
    visit_id = naming.id_of_matter(office, session.typed_value("visit_id"))
    steps = office.read(lambda tx: visit_steps(tx, visit_id, office.clock()))
    if as_json:
        session.write_json(None if steps is None else {"visit": visit_id, "steps": steps.progress.steps})
    elif steps is not None:
        for progress, step in zip(steps.progress.steps, steps.procedure.steps, strict=True):
            spent = spent_words(progress, step.time)
            reason = f"  ({progress.reason})" if progress.reason else ""
            click.echo(f"{progress.step:>3}  {state_word(progress)}  {spent}  {step.activity}{reason}")


def _write_times(office: Office, visit_id: int, as_json: bool) -> None:
    """Write every stretch of the visit, and the person to whom its time belongs."""
    steps = office.read(lambda tx: visit_steps(tx, visit_id, office.clock()))
    if steps is None:
        return
    settings = office.read(office_rows.load).settings
    calendar, zone = WorkingCalendar(settings), settings.office.zone
    for stretch in steps.progress.stretches:
        begin, end = (formats.format_time(to_datetime(at, zone)) for at in (stretch.begin, stretch.end))
        lasted_ms = stretch_ms(stretch, calendar)
        if stretch.step is None:  # outside every step the wall clock counts, not the working time
            time = WorkedTime(minutes=lasted_ms // MINUTE_MS)
        else:
            time = calendar.worked_time(stretch.begin, lasted_ms)
        words = f"{begin}–{end}  {time.words}  {stretch_words(stretch, steps.people)}"
        session.write(as_json, stretch, words)


step = Noun(
    "step",
    nouns=("procedures",),
    write=_write_steps,
    step=param(metavar="NUMBER"),
    visit_id=naming.id_of_matter,
    branch="Cabang yang ditempuh.",
    items=param(metavar=None),
)


step.customise(WaiveStep, reason=param(default=""))


@step.subcommand("Setiap langkah kunjungan VISIT: keadaan dan waktunya.", "list")
def _list_steps(visit_id: int) -> int:
    return visit_id  # `_write_steps` reads the steps, as it does after each command


@step.subcommand(
    "Setiap menit kunjungan VISIT: waktu langkah mana, siapa yang ditunggu dan mengapa.", write=_write_times
)
def times(visit_id: int) -> int:
    return visit_id
