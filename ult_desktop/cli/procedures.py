"""The written procedures: prove a file, list them, read one and draw its flow; the steps of a visit."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from ult_desktop.base import _, formats, tokens
from ult_desktop.base.late import late
from ult_desktop.cli.common import asking, naming, session
from ult_desktop.core.accountability.qualifications import Qualification, met_part
from ult_desktop.core.procedures import commands as procedure_commands, document
from ult_desktop.core.procedures.check import find_hints
from ult_desktop.core.procedures.clock import stretch_words
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.flow import flow_picture
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.procedures.progress import duration_words, spent_words, state_word
from ult_desktop.core.procedures.standard_time import procedure_paths
from ult_desktop.core.stamps import to_datetime
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

_FILE = click.Path(path_type=Path, dir_okay=False)


procedure = asking.Noun(
    "procedure",
    "Prosedur operasional standar (POS): periksa, daftar, baca.",
    resolve={"procedure": lambda _office, which: load_procedure(which)},
)


@procedure.command(help="Periksa berkas prosedur FILE; status 0 bila dapat dipakai.")
@click.argument("file", type=_FILE)
@session.json_option
def check(file: Path, as_json: bool) -> None:
    read = read_procedure(file)
    if as_json:
        session.write_json(_summary(read))
        return
    for hint in find_hints(read):
        click.echo(_("Perhatikan: {hint}").format(hint=hint))
    click.echo(_("{title}: {n} langkah, dapat dipakai.").format(title=read.title, n=len(read.steps)))


@procedure.command(name="list", help="Prosedur yang disertakan.")
@session.json_option
def list_shipped(as_json: bool) -> None:
    for name in procedure_ids():
        read = load_procedure(name)
        session.tell(
            as_json, _summary(read), f"{read.id:<22}{read.title}, {read.office.short_name} ({read.number})"
        )


@procedure.command(help="Baca prosedur ID (nama atau berkas .toml).")
@click.argument("which", metavar="ID")
@click.option("--picture", type=_FILE, help="Tulis juga gambar alurnya sebagai SVG ke berkas ini.")
@click.option("--pdf", type=_FILE, help="Tulis juga dokumennya sebagai PDF ke berkas ini.")
@click.option(
    "--database", type=session.OfficePath(), envvar="ULT_DATABASE", help="Sebagaimana dijalankan kantor ini."
)
@session.json_option
def show(which: str, picture: Path | None, pdf: Path | None, database: Path | None, as_json: bool) -> None:
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
    told = msgspec.to_builtins(read) | _judged(read) | ({} if met is None else {"met_by": met})
    session.tell(as_json, told, *_rendering(read, () if met is None else (met_part(met),)))


class _InOffice(NamedTuple):
    """A procedure, with the logo of the office that runs it and who meets its qualifications there."""

    procedure: Procedure
    logo: bytes = b""
    met: tuple[Qualification, ...] | None = None


def _in_office(tx: Transaction, which: str) -> _InOffice:
    """Return the version in force, which may have other times than the shipped one; else the one to adopt."""
    running = {each.id: each for each in procedures.load_in_force(tx)}
    settings = office_rows.load(tx).settings.office
    read = running.get(which) or document.of_office(load_procedure(which), settings.name)
    return _InOffice(read, settings.logo, qualifications.of_procedure(tx, read.id))


def _tell_adopted(_office: Office, version: int, as_json: bool) -> None:
    read = load_procedure(asking.typed("procedure"))
    if as_json:
        session.write_json({"id": read.id, "version": version})
    else:
        click.echo(_("{title} berlaku sebagai versi {n}.").format(title=read.title, n=version))


def _tell_retired(_office: Office, version: int, as_json: bool) -> None:
    if as_json:
        session.write_json({"id": asking.typed("procedure_id"), "version": version})
    else:
        click.echo(_("Prosedur {id} tidak dijalankan lagi.").format(id=asking.typed("procedure_id")))


def _tell_versions(office: Office, found: tuple[procedures.ProcedureRow, ...], as_json: bool) -> None:
    if as_json:
        asking.write_fields(office, found, as_json)
        return
    reader = asking.reader_of(office)
    asking.tell_rows(reader.line(row, "id", "version", "adopted_at", "retired_at", "reason") for row in found)


procedure.operation(
    "adopt",
    AdoptProcedure,
    "Jalankan prosedur ID (nama atau berkas .toml) di kantor ini mulai sekarang.",
    asking.argument("procedure", metavar="ID", type=str),
    asking.option("reason", "Mengapa teksnya lain daripada yang berlaku.", default=""),
    write=_tell_adopted,
)
procedure.operation(
    "retire",
    RetireProcedure,
    "Hentikan prosedur ID di kantor ini; yang sudah berjalan tetap menurutnya.",
    asking.argument("procedure_id", metavar="ID"),
    write=_tell_retired,
)
procedure.query(
    "adopted",
    "Prosedur yang pernah dan sedang dijalankan kantor ini.",
    asking.of_office(procedures.every_version),
    write=_tell_versions,
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
    seen = office.read(lambda tx: visit_steps(tx, visit, office.clock()))
    if as_json:
        session.write_json(None if seen is None else {"visit": visit, "steps": seen.progress.steps})
    elif seen is not None:
        for progress, of_step in zip(seen.progress.steps, seen.procedure.steps, strict=True):
            spent = spent_words(progress, of_step.time)
            click.echo(f"{progress.step:>3}  {state_word(progress)}  {spent}  {of_step.activity}")


def _tell_times(office: Office, visit: int, as_json: bool) -> None:
    """Write every stretch of the visit, and whose it was."""
    seen, zone = office.read(lambda tx: (visit_steps(tx, visit, office.clock()), office_rows.zone(tx)))
    for stretch in () if seen is None else seen.progress.stretches:
        if as_json:
            session.write_json(stretch)
            continue
        begin, end = (formats.format_time(to_datetime(at, zone)) for at in (stretch.begin, stretch.end))
        time = duration_words(stretch.end - stretch.begin)
        click.echo(f"{begin}–{end}  {time}  {stretch_words(stretch, seen.people if seen else {})}")


step = asking.Noun(
    "step",
    "Langkah POS sebuah kunjungan, atau satu permohonannya (0012/ULT/2026).",
    asking.argument("step", metavar="NUMBER"),
    resolve={"visit_id": naming.matter_named},
    write=_tell_steps,
)
step.query(
    "list",
    "Setiap langkah kunjungan VISIT: keadaan dan waktunya.",
    lambda _office, visit_id: visit_id,
    asking.argument("visit_id"),
)
step.query(
    "times",
    "Setiap menit kunjungan VISIT: waktu langkah mana, siapa yang ditunggu dan mengapa.",
    lambda _office, visit_id: visit_id,
    asking.argument("visit_id"),
    write=_tell_times,
)
step.operation(
    "tick",
    procedure_commands.TickStep,
    "Tandai langkah NUMBER kunjungan VISIT selesai.",
    asking.option("branch", "Cabang yang ditempuh."),
)
step.operation(
    "waive",
    procedure_commands.WaiveStep,
    "Lewati langkah NUMBER kunjungan VISIT, dengan alasan.",
    asking.option("reason", "Alasan.", default=""),
)
step.operation(
    "missing",
    procedure_commands.RecordMissingInput,
    "Perlengkapan langkah NUMBER kunjungan VISIT yang tidak ada: ITEMS.",
    asking.argument("items"),
)
step.operation(
    "pause",
    procedure_commands.PauseClock,
    "Jeda waktu kunjungan VISIT: pengunjung sedang pergi.",
    asking.option("reason", "Alasan."),
)
step.operation("resume", procedure_commands.ResumeClock, "Lanjutkan waktu kunjungan VISIT.")
