"""`evidence`: the evidence for yearly judgements: the estimates, the registers, the instruments."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click

from ult_desktop.base import _, counted
from ult_desktop.base.late import late
from ult_desktop.cli.common import output, paper, session
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import FILE, FOLDER, param
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.evidence import commands
from ult_desktop.core.evidence.instrument import Instrument
from ult_desktop.core.evidence.registers import EvidenceRecord, Register
from ult_desktop.db.evidence import evidence as evidence_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.evidence.board import (
    EvidenceBoard,
    IndicatorState,
    evidence_board,
    record_words,
    responsible_words,
    rows_of_board,
)
from ult_desktop.operations.evidence.folder import proof_folder, register_table
from ult_desktop.operations.evidence.instruments import (
    adopt_command,
    evidence_lists,
    instruments_in_force,
    read_instrument,
)
from ult_desktop.operations.evidence.papers import pledge_sheet, standard_leaflet
from ult_desktop.operations.evidence.photos import photo_content, store_photo
from ult_desktop.operations.evidence.reminders import due_reminders
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm

if TYPE_CHECKING:
    from ult_desktop.reports import proofs, wall_paper
else:
    proofs = late("ult_desktop.reports.proofs")
    wall_paper = late("ult_desktop.reports.wall_paper")


def _store_photo(office: Office, path: Path) -> int:
    """Store a photo or scan; return the id of the document that it becomes."""
    return store_photo(path, office, session.current_actor())


Photo = Annotated[
    int | None, param("Foto atau pindaian (PDF, JPEG, PNG).", "--photo", _store_photo, type=FILE)
]


def _write_board(_office: Office, board: EvidenceBoard, as_json: bool) -> None:
    if as_json:
        for row in rows_of_board(board):
            session.write_json(row)
        return
    click.echo(board.instrument.edition_words)
    for words in filter(None, (board.total_words, board.instrument.formula)):
        click.echo(words)
    if board.instrument.doubt:
        click.echo(_("Belum pasti: {doubt}").format(doubt=board.instrument.doubt))
    for state in board.states:
        click.echo()
        for line in _indicator_lines(state, board):
            click.echo(line)


def _indicator_lines(state: IndicatorState, board: EvidenceBoard) -> list[str]:
    indicator = state.indicator
    lines = [
        _("{n}. {title}: {level} dari {top}").format(
            n=indicator.number, title=indicator.title, level=state.level, top=state.top
        ),
        state.estimate.level.text,
    ]
    lines += [f"  + {words}" for words in state.shown]
    lines += [f"  + {record_words(each, board.lists)}" for each in state.records]
    if state.estimate.following is not None:
        lines.append("  " + _("Tingkat berikutnya: {text}").format(text=state.estimate.following.text))
    lines += [f"  - {each.result_words}" for each in state.estimate.lacking]
    lines += [f"  - {words}" for words in state.missing]
    if state.note.responsible:
        lines.append(f"  {responsible_words(state.note)}")
    if indicator.doubt:
        lines.append("  " + _("Belum pasti: {doubt}").format(doubt=indicator.doubt))
    return lines


def _record_line(record: EvidenceRecord) -> str:
    parts = [str(record.id), record.register.word, record_words(record, evidence_lists())]
    if record.retired:
        parts.append(_("ditarik"))
    if not record.document_id:
        parts.append(_("tanpa foto atau pindaian"))
    return "  ".join(parts)


def _instrument_line(instrument: Instrument) -> str:
    return f"{instrument.id}  {instrument.edition_words}"


evidence = Noun(
    "evidence",
    nouns=("evidence",),
    write=output.words_writer(_record_line),
    evidence_id=param(metavar="NUMBER"),
)


@evidence.subcommand(
    "Perkiraan sendiri setiap indikator INSTRUMENT: dasarnya, dan apa yang kurang.", "list", _write_board
)
def _list_indicators(
    tx: Transaction, now: int, instrument: Annotated[str, param(metavar="INSTRUMENT")] = ""
) -> EvidenceBoard:
    return evidence_board(tx, now, instrument)


@evidence.subcommand("Catatan bukti, yang terbaru lebih dahulu.", write=output.row_words_writer(_record_line))
def records(tx: Transaction, *, register: Register | None = None) -> tuple[EvidenceRecord, ...]:
    return tuple(each for each in evidence_rows.every(tx) if register is None or each.register is register)


@evidence.subcommand(
    "Pilihan bagi --item dan --kinds setiap register.", write=output.row_words_writer("  ".join)
)
def lists() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(each.register), each.path(item), f"{each.name}: {item.name}")
        for each in evidence_lists().lists
        for item in each.items
    )


evidence.subcommand(
    "Yang segera jatuh tempo, dan yang lewat.",
    "reminders",
    output.row_words_writer(lambda row: "  ".join(filter(None, (row.day_words, row.words, row.doubt)))),
)(due_reminders)
paper.pdf_command(
    evidence, "leaflet", "Brosur standar sebuah layanan: enam komponen yang dipublikasikan.", standard_leaflet
)


@evidence.subcommand("Maklumat Pelayanan untuk dinding.")
def pledge(tx: Transaction, now: int, *, pdf: paper.PdfFile = None) -> None:
    sheet = pledge_sheet(tx, now)
    if pdf is None:
        paper.write_sheet(sheet, pdf)
    else:
        write_whole(pdf, wall_paper.wall_pdf(sheet))


_TABLE_FILES: dict[str, str] = {form: paper.FILES[form] for form in (ReportForm.WORKBOOK, ReportForm.LIST)}


@evidence.subcommand(
    "Tulis seluruh REGISTER sebagai buku kerja Excel atau CSV.", files=param(files=_TABLE_FILES)
)
def table(office: Office, register: Register, *, files: paper.Files) -> None:
    paper.write_table(register_table(office, register), files)


@evidence.subcommand("Susun folder bukti INSTRUMENT di DIR: PDF tiap indikator, sampul, dan yang belum ada.")
def folder(
    office: Office,
    by: Actor,
    directory: Annotated[Path, param("Tempat folder itu.", metavar="DIR", type=FOLDER)],
    *,
    instrument: Annotated[str, "Nama instrumen; tanpa ini yang pertama."] = "",
    as_json: bool,
) -> None:
    written = proofs.write_folder(
        proof_folder(office, by, instrument), directory, lambda document: photo_content(document, office)
    )
    words = counted("Tersimpan {n} berkas di {folder}.", written.files, folder=written.folder)
    session.write(as_json, written, words, *written.changes)


evidence.subcommand("Instrumen yang berlaku.", "instruments", output.row_words_writer(_instrument_line))(
    instruments_in_force
)


@evidence.subcommand("Periksa berkas instrumen FILE tanpa kantor: sumber, tingkat, dan nama buktinya.")
def check(file: Path, as_json: bool) -> None:
    instrument = read_instrument(file)
    sources = (each.words for each in instrument.sources)
    session.write(as_json, instrument, _instrument_line(instrument), *sources)


@evidence.builder(write=output.words_writer(lambda version: _("Versi {n} berlaku.").format(n=version)))
def _adopt(file: Path) -> commands.AdoptInstrument:
    return adopt_command(file)


evidence.customise(commands.NoteIndicator, write=output.words_writer(lambda _number: _("Tercatat.")))


@evidence.builder(without=("document_id",))
def _record(*, document_id: Photo = None, **fields: Any) -> commands.RecordEvidence:  # noqa: ANN401  (each field has its type)
    return commands.RecordEvidence(document_id=document_id, **fields)


@evidence.builder(without=("document_id",))
def _change(*, document_id: Photo = None, **fields: Any) -> commands.ChangeEvidence:  # noqa: ANN401  (each field has its type)
    return commands.ChangeEvidence(document_id=document_id, **fields)


@evidence.builder()
def _withdraw(
    evidence_id: int, *, back: Annotated[bool, "Catatannya berlaku lagi."] = False
) -> commands.WithdrawEvidence:
    return commands.WithdrawEvidence(evidence_id=evidence_id, retired=not back)
