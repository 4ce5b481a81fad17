"""The written procedures: prove a file, list them, read one and draw its flow; the steps of a visit."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import click
import msgspec

from ult_desktop.base import _, formats, tokens
from ult_desktop.base.late import late
from ult_desktop.cli.common import asking, naming, session
from ult_desktop.cli.common.parameters import asked
from ult_desktop.core.accountability.qualifications import Qualification, qualified_part
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

procedure = asking.Noun(
    "procedure",
    nouns=("procedures",),
    procedure=asked(resolve=lambda _office, which: load_procedure(which), metavar="ID"),
    procedure_id=asked(metavar="ID"),
    reason="Mengapa teksnya lain daripada yang berlaku.",
)


@procedure.line("Periksa berkas prosedur FILE; status 0 bila dapat dipakai.")
def check(file: Path, as_json: bool) -> None:
    read = read_procedure(file)
    session.tell(
        as_json,
        _summary(read),
        *(_("Perhatikan: {hint}").format(hint=hint) for hint in find_hints(read)),
        _("{title}: {n} langkah, dapat dipakai.").format(title=read.title, n=len(read.steps)),
    )


@procedure.line("Prosedur yang disertakan.", "list")
def list_shipped(as_json: bool) -> None:
    for name in procedure_ids():
        read = load_procedure(name)
        session.tell(
            as_json, _summary(read), f"{read.id:<22}{read.title}, {read.office.short_name} ({read.number})"
        )


@procedure.line("Baca prosedur ID (nama atau berkas .toml).")
def show(
    which: Annotated[str, asked("Nama prosedur, atau berkas .toml.", metavar="ID")],
    *,
    picture: Annotated[Path | None, "Tulis juga gambar alurnya sebagai SVG ke berkas ini."] = None,
    pdf: Annotated[Path | None, "Tulis juga dokumennya sebagai PDF ke berkas ini."] = None,
    database: Annotated[
        Path | None,
        asked("Sebagaimana dijalankan kantor ini.", type=session.OfficePath(), envvar="ULT_DATABASE"),
    ] = None,
    as_json: bool,
) -> None:
    if database is None:
        here = _InOffice(load_procedure(which))
    else:
        with session.open_office(database) as office:
            here = office.read(lambda tx: _in_office(tx, which))
    read, met = here.procedure, here.met
    if picture:
        write_whole(picture, flow_picture(read, tokens.load_tokens().colours.light).encode())
    if pdf:
        write_whole(pdf, papers.procedure_pdf(read, here.logo))
    fields = msgspec.to_builtins(read) | _judged(read) | ({} if met is None else {"met_by": met})
    session.tell(as_json, fields, *_rendering(read, () if met is None else (qualified_part(met),)))


class _InOffice(NamedTuple):
    """A procedure, with the logo of the office that runs it and who meets its qualifications there."""

    procedure: Procedure
    logo: bytes = b""
    met: tuple[Qualification, ...] | None = None


def _in_office(tx: Transaction, which: str) -> _InOffice:
    """Return the version in force here, whose times may differ from the shipped; else the shipped one."""
    running = {each.id: each for each in procedures.load_in_force(tx)}
    settings = office_rows.load(tx).settings.office
    read = running.get(which) or document.of_office(load_procedure(which), settings.name)
    return _InOffice(read, settings.logo, qualifications.of_procedure(tx, read.id))


def _tell_adopted(_office: Office, version: int, as_json: bool) -> None:
    read = load_procedure(asking.typed("procedure"))
    message = _("{title} berlaku sebagai versi {n}.").format(title=read.title, n=version)
    session.tell(as_json, {"id": read.id, "version": version}, message)


def _tell_retired(_office: Office, version: int, as_json: bool) -> None:
    name = asking.typed("procedure_id")
    message = _("Prosedur {id} tidak dijalankan lagi.").format(id=name)
    session.tell(as_json, {"id": name, "version": version}, message)


def _tell_versions(office: Office, found: tuple[procedures.ProcedureRow, ...], as_json: bool) -> None:
    if as_json:
        asking.write_fields(office, found, as_json)
        return
    reader = asking.reader_of(office)
    asking.tell_rows(reader.line(row, "id", "version", "adopted_at", "retired_at", "reason") for row in found)


procedure.operation(AdoptProcedure, write=_tell_adopted)
procedure.operation(RetireProcedure, write=_tell_retired)
procedure.line("Prosedur yang pernah dan sedang dijalankan kantor ini.", "adopted", _tell_versions)(
    procedures.every_version
)


def _summary(read: Procedure) -> dict[str, Any]:
    known = {"id": read.id, "version": read.version, "number": read.number, "title": read.title}
    return known | {"office": read.office.short_name, "steps": len(read.steps)} | _judged(read)


def _judged(read: Procedure) -> dict[str, Any]:
    """Return what follows from the file without being in it."""
    return {"paths": msgspec.to_builtins(procedure_paths(read)), "hints": find_hints(read)}


def _rendering(read: Procedure, beside: tuple[document.DocumentPart, ...]) -> Iterator[str]:
    yield from (*read.office.parents, read.office.name, "")
    for name, value in document.head_rows(read):
        yield f"{name}: {value.replace(chr(10), ', ')}"
    yield from _parts(document.lists(read))
    for step in read.steps:
        yield from ("", f"{step.step:>3}. {step.activity}")
        yield f"     {_('Pelaksana')}: {document.actors_words(read, step)}"
        for name, value in document.quality_rows(step):
            yield from (f"     {name}: {line}" for line in value.splitlines())
    yield from _parts((*beside, *document.remarks(read)))


def _parts(parts: tuple[document.DocumentPart, ...]) -> Iterator[str]:
    for part in parts:
        yield from ("", part.heading, *(f"  {n}. {item}" for n, item in enumerate(part.items, 1)))


def _tell_steps(office: Office, _answer: object, as_json: bool) -> None:
    """Write every step of the visit, with its present state."""
    visit = naming.matter_named(office, asking.typed("visit_id"))
    found = office.read(lambda tx: visit_steps(tx, visit, office.clock()))
    if as_json:
        session.write_json(None if found is None else {"visit": visit, "steps": found.progress.steps})
    elif found is not None:
        for progress, of_step in zip(found.progress.steps, found.procedure.steps, strict=True):
            spent = spent_words(progress, of_step.time)
            why = f"  ({progress.reason})" if progress.reason else ""
            click.echo(f"{progress.step:>3}  {state_word(progress)}  {spent}  {of_step.activity}{why}")


def _tell_times(office: Office, visit: int, as_json: bool) -> None:
    """Write every stretch of the visit, and whose it was."""
    found, loaded = office.read(lambda tx: (visit_steps(tx, visit, office.clock()), office_rows.load(tx)))
    calendar, zone = WorkingCalendar(loaded.settings), loaded.settings.office.zone
    for stretch in () if found is None else found.progress.stretches:
        if as_json:
            session.write_json(stretch)
            continue
        begin, end = (formats.format_time(to_datetime(at, zone)) for at in (stretch.begin, stretch.end))
        lasted = stretch_ms(stretch, calendar)
        by_the_wall = WorkedTime(minutes=lasted // MINUTE_MS)
        time = by_the_wall if stretch.step is None else calendar.worked(stretch.begin, lasted)
        click.echo(f"{begin}–{end}  {time.words}  {stretch_words(stretch, found.people if found else {})}")


step = asking.Noun(
    "step",
    nouns=("procedures",),
    write=_tell_steps,
    step=asked(metavar="NUMBER"),
    visit_id=naming.matter_named,
    branch="Cabang yang ditempuh.",
    items=asked(metavar=None),
)


step.operation(WaiveStep, reason=asked(default=""))


@step.line("Setiap langkah kunjungan VISIT: keadaan dan waktunya.", "list")
def _steps(visit_id: int) -> int:
    return visit_id


@step.line(
    "Setiap menit kunjungan VISIT: waktu langkah mana, siapa yang ditunggu dan mengapa.", write=_tell_times
)
def times(visit_id: int) -> int:
    return visit_id
