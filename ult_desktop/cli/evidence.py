"""Evidence for yearly judgements from the command line: estimates, registers, instruments."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click

from ult_desktop.base import _, counted
from ult_desktop.base.late import late
from ult_desktop.cli.common import asking, paper, session
from ult_desktop.cli.common.parameters import FOLDER, asked
from ult_desktop.cli.report import tell_part
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.evidence import commands
from ult_desktop.core.evidence.instrument import Instrument
from ult_desktop.core.evidence.registers import EvidenceRecord, Register
from ult_desktop.db.evidence import evidence as rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.evidence.board import (
    EvidenceBoard,
    IndicatorState,
    evidence_board,
    reading_of,
    record_words,
    responsible_words,
)
from ult_desktop.operations.evidence.folder import proof_folder, register_table
from ult_desktop.operations.evidence.instruments import (
    adoption_of,
    evidence_lists,
    instruments_in_force,
    read_instrument,
)
from ult_desktop.operations.evidence.papers import pledge_sheet, standard_leaflet
from ult_desktop.operations.evidence.photos import photo_content, take_photo
from ult_desktop.operations.evidence.reminders import DueReminder, due_reminders
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm, table_written

if TYPE_CHECKING:
    from ult_desktop.reports import proofs, wall_paper
else:
    proofs = late("ult_desktop.reports.proofs")
    wall_paper = late("ult_desktop.reports.wall_paper")

Photo = Annotated[Path | None, asked("Foto atau pindaian (PDF, JPEG, PNG).", "--photo")]
Name = Annotated[str, asked(metavar="INSTRUMENT")]


def _tell_board(_office: Office, board: EvidenceBoard, as_json: bool) -> None:
    if as_json:
        for row in reading_of(board):
            session.write_json(row)
        return
    click.echo(board.instrument.edition_words)
    doubt = board.instrument.doubt and _("Belum pasti: {doubt}").format(doubt=board.instrument.doubt)
    for words in filter(None, (board.total_words, board.instrument.formula, doubt)):
        click.echo(words)
    for each in board.states:
        click.echo()
        for line in _lines_of(each, board):
            click.echo(line)


def _lines_of(state: IndicatorState, board: EvidenceBoard) -> list[str]:
    found = state.indicator
    lines = [
        _("{n}. {title}: {level} dari {top}").format(
            n=found.number, title=found.title, level=state.level, top=state.top
        ),
        state.estimate.level.text,
    ]
    lines += [f"  + {words}" for words in state.shown]
    lines += [f"  + {record_words(each, board.lists)}" for each in state.records]
    if state.estimate.following is not None:
        lines.append("  " + _("Tingkat berikutnya: {text}").format(text=state.estimate.following.text))
    lines += [f"  - {each.told}" for each in state.estimate.lacking]
    lines += [f"  - {words}" for words in state.missing]
    if state.note.responsible:
        lines.append(f"  {responsible_words(state.note)}")
    if found.doubt:
        lines.append("  " + _("Belum pasti: {doubt}").format(doubt=found.doubt))
    return lines


def _record_line(found: EvidenceRecord) -> str:
    words = [str(found.id), found.register.word, record_words(found, evidence_lists())]
    words += [_("ditarik")] if found.retired else []
    words += [] if found.document_id else [_("tanpa foto atau pindaian")]
    return "  ".join(words)


evidence = asking.Noun(
    "evidence", nouns=("evidence",), write=asking.in_words(_record_line), evidence_id=asked(metavar="NUMBER")
)


@evidence.line(
    "Perkiraan sendiri setiap indikator INSTRUMENT: dasarnya, dan apa yang kurang.", "list", _tell_board
)
def _listed(office: Office, instrument: Name = "") -> EvidenceBoard:
    return office.read(lambda tx: evidence_board(tx, office.clock(), instrument))


@evidence.line(
    "Catatan bukti, yang terbaru lebih dahulu.", write=asking.by_row(asking.in_words(_record_line))
)
def records(tx: Transaction, *, register: Register | None = None) -> tuple[EvidenceRecord, ...]:
    return tuple(each for each in rows.every(tx) if register in (None, each.register))


@evidence.line(
    "Pilihan bagi --item dan --kinds setiap register.", write=asking.by_row(asking.in_words("  ".join))
)
def lists() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(each.register), each.path(item), f"{each.name}: {item.name}")
        for each in evidence_lists().lists
        for item in each.items
    )


def _edition(found: Instrument) -> str:
    return f"{found.id}  {found.edition_words}"


def _reminder_line(found: DueReminder) -> str:
    return "  ".join(filter(None, (found.day_words, found.words, found.doubt)))


@evidence.line(
    "Yang segera jatuh tempo, dan yang lewat.", write=asking.by_row(asking.in_words(_reminder_line))
)
def reminders(office: Office) -> tuple[DueReminder, ...]:
    return office.read(lambda tx: due_reminders(tx, office.clock()))


@evidence.line("Brosur standar sebuah layanan: enam komponen yang dipublikasikan.")
def leaflet(office: Office, service_id: int, *, pdf: paper.PdfFile = None) -> None:
    paper.write_sheet(office.read(lambda tx: standard_leaflet(tx, service_id)), pdf)


@evidence.line("Maklumat Pelayanan untuk dinding.")
def pledge(office: Office, *, pdf: paper.PdfFile = None) -> None:
    sheet = office.read(lambda tx: pledge_sheet(tx, office.clock()))
    if pdf is None:
        paper.write_sheet(sheet, pdf)
    else:
        write_whole(pdf, wall_paper.wall_pdf(sheet))


_TABLE_FILES: dict[str, str] = {form: paper.FILES[form] for form in (ReportForm.WORKBOOK, ReportForm.LIST)}


@evidence.line("Tulis seluruh REGISTER sebagai buku kerja Excel atau CSV.", files=asked(files=_TABLE_FILES))
def table(office: Office, register: Register, *, files: paper.Files) -> None:
    part = register_table(office, register)
    for form, path in files.items():
        write_whole(path, table_written(part, form))
    if not files:
        tell_part(part)


@evidence.line("Susun folder bukti INSTRUMENT di DIR: PDF tiap indikator, sampul, dan yang belum ada.")
def folder(
    office: Office,
    by: Actor,
    directory: Annotated[Path, asked("Tempat folder itu.", metavar="DIR", type=FOLDER)],
    *,
    instrument: Annotated[str, "Nama instrumen; tanpa ini yang pertama."] = "",
    as_json: bool,
) -> None:
    written = proofs.write_folder(
        proof_folder(office, by, instrument), directory, lambda document: photo_content(document, office)
    )
    words = counted("Tersimpan {n} berkas di {folder}.", written.files, folder=written.folder)
    session.tell(as_json, written, words, *written.changes)


@evidence.line("Instrumen yang berlaku.", write=asking.by_row(asking.in_words(_edition)))
def instruments(tx: Transaction) -> tuple[Instrument, ...]:
    return instruments_in_force(tx)


@evidence.line("Periksa berkas instrumen FILE tanpa kantor: sumber, tingkat, dan nama buktinya.")
def check(file: Path, as_json: bool) -> None:
    found = read_instrument(file)
    session.tell(as_json, found, _edition(found), *(each.words for each in found.sources))


@evidence.making(write=asking.in_words(lambda version: _("Versi {n} berlaku.").format(n=version)))
def _adopt(file: Path) -> commands.AdoptInstrument:
    return adoption_of(file)


evidence.operation(commands.NoteIndicator, write=asking.in_words(lambda _number: _("Tercatat.")))


@evidence.making(without=("document_id",))
def _record(office: Office, by: Actor, *, photo: Photo = None, **said: Any) -> commands.RecordEvidence:  # noqa: ANN401  (each field has its type)
    return commands.RecordEvidence(document_id=_taken(photo, office, by), **said)


@evidence.making(without=("document_id",))
def _change(office: Office, by: Actor, *, photo: Photo = None, **said: Any) -> commands.ChangeEvidence:  # noqa: ANN401  (each field has its type)
    return commands.ChangeEvidence(document_id=_taken(photo, office, by), **said)


@evidence.making()
def _withdraw(
    evidence_id: int, *, back: Annotated[bool, "Catatannya berlaku lagi."] = False
) -> commands.WithdrawEvidence:
    return commands.WithdrawEvidence(evidence_id=evidence_id, retired=not back)


def _taken(photo: Path | None, office: Office, by: Actor) -> int | None:
    return None if photo is None else take_photo(photo, office, by)
