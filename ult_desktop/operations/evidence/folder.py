"""The folder of proofs that the office hands to an evaluator. It names no visitor and no single officer."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count
from textwrap import shorten

from ult_desktop.base import _, formats
from ult_desktop.base.paths import file_name
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.evidence.figures import EvidenceTable
from ult_desktop.core.evidence.instrument import Aspect
from ult_desktop.core.evidence.proofs import FolderRecord, ProofFile, ProofFolder, ProofPage, ProofState
from ult_desktop.core.evidence.registers import Register
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportPart
from ult_desktop.core.sheet import SheetRow
from ult_desktop.core.visits.document import Document
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents
from ult_desktop.operations.evidence.board import (
    EvidenceBoard,
    IndicatorState,
    evidence_board,
    proof_lines,
    record_words,
    responsible_words,
)
from ult_desktop.operations.evidence.tables import register_part, table_source_of, tables_of
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import filled_rows, letterhead

_TEXT = ColumnKind.TEXT
_PDF = "application/pdf"
_LONGEST = 84  # letters of a title in the name of a file


def proof_folder(office: Office, actor: Actor, instrument: str = "") -> ProofFolder:
    """Return the folder of the instrument of that id, or of the first one for "", as of now.

    Raises:
        UserError: the officer may not, or there is no such instrument.
    """
    actor.require(Permission.KEEP_EVIDENCE)
    now = office.clock()
    board = office.read(partial(evidence_board, now=now, instrument=instrument))
    wanted = {table for state in board.states for table in state.indicator.tables}
    tables = tables_of(table_source_of(office.read, now), wanted)
    service_names, documents_by_id = office.read(partial(_service_names_and_documents, board=board))
    pages = tuple(_page(state, board, tables, service_names, documents_by_id) for state in board.states)
    settings = office.read(office_rows.load).settings
    ranges = "; ".join(board.instrument.categories)
    categories = _("Kategori menurut sumbernya: {ranges}.").format(ranges=ranges) if ranges else ""
    doubt = board.instrument.doubt
    made_on = formats.format_date(board.day, "long")
    words = (
        _("Disusun {day} dari catatan kantor.").format(day=made_on),
        board.total_words,
        _("Perkiraan ini dibuat kantor sendiri; tingkat dan nilai ditetapkan evaluator."),
        board.instrument.formula,
        categories,
        _("Belum pasti: {doubt}").format(doubt=doubt) if doubt else "",
    )
    return ProofFolder(
        name=_("Penilaian {year}").format(year=board.day.year),
        office=letterhead(settings),
        title=_("Bukti Penilaian {year}").format(year=board.day.year),
        edition=board.instrument.edition_words,
        words=tuple(filter(None, words)),
        cover=_cover(board),
        missing=_missing(board),
        pages=pages,
        sources=tuple(source.words for source in board.instrument.sources),
        record=_record(board, pages),
    )


def _service_names_and_documents(
    tx: Transaction, board: EvidenceBoard
) -> tuple[Mapping[int, str], Mapping[int, Document]]:
    """Return the names of services by their ids, and the documents of the registers' rows by theirs."""
    document_ids = {record.document_id for record in board.records if record.document_id is not None}
    service_names = services.choices(services.with_retired(tx))
    return dict(service_names), {id_: documents.get(tx, id_) for id_ in document_ids}


def _page(
    state: IndicatorState,
    board: EvidenceBoard,
    tables: Mapping[EvidenceTable, tuple[ReportPart, ...]],
    service_names: Mapping[int, str],
    documents_by_id: Mapping[int, Document],
) -> ProofPage:
    indicator = state.indicator
    short_title = shorten(indicator.title, _LONGEST, placeholder="")
    path = file_name(f"{indicator.number:02} {short_title}", "pdf")
    files = tuple(_files(state, board, documents_by_id, path))
    label_of = {file.document_id: file.label for file in files}
    proofs = {
        record.id: label_of[record.document_id] for record in state.records if record.document_id in label_of
    }
    parts = [part for table in indicator.tables for part in tables[table]]
    for register in dict.fromkeys(record.register for record in state.records):
        rows = [record for record in state.records if record.register is register]
        parts.append(register_part(register, rows, board.lists, service_names, proofs))
    return ProofPage(
        path=path,
        title=indicator.heading,
        subtitle=board.instrument.aspect_of(indicator).name,
        facts=_facts(state, board),
        parts=tuple(parts),
        files=files,
    )


def _files(
    state: IndicatorState, board: EvidenceBoard, documents_by_id: Mapping[int, Document], path: str
) -> Iterator[ProofFile]:
    """Yield the photos and scans of an indicator, numbered. A scan is a file of its own next to the page."""
    photo_numbers, scan_numbers = count(1), count(1)
    seen_ids = set[int]()
    for record in state.records:
        document = documents_by_id.get(record.document_id or 0)
        if document is None or document.id in seen_ids:
            continue
        seen_ids.add(document.id)
        is_scan = document.media_type == _PDF
        number = next(scan_numbers if is_scan else photo_numbers)
        file_words = _("{page} - lampiran {n}").format(page=path.removesuffix(".pdf"), n=number)
        yield ProofFile(
            document_id=document.id,
            label=file_name(file_words, "pdf") if is_scan else _("Gambar {n}").format(n=number),
            words=record_words(record, board.lists),
            is_scan=is_scan,
        )


def _facts(state: IndicatorState, board: EvidenceBoard) -> tuple[SheetRow, ...]:
    estimate, indicator = state.estimate, state.indicator
    source_words = {source.key: source.words for source in board.instrument.sources}
    grounds = () if state.note.reason else estimate.reasons
    ground_words = {ground.words for ground in grounds}
    # A line that only adds a number (after ": ") to a ground is left out.
    shown = [
        line
        for line in state.shown
        if line not in ground_words and line.rpartition(": ")[0] not in ground_words
    ]
    return filled_rows(
        (
            _("Perkiraan sendiri"),
            _("{level} dari {top}: {text}").format(
                level=state.level, top=state.top, text=estimate.level.text
            ),
        ),
        (_("Dasarnya"), state.note.reason or "\n".join(ground.result_words for ground in grounds)),
        (_("Bukti dari program"), "\n".join(shown)),
        (_("Tingkat berikutnya"), estimate.following.text if estimate.following else ""),
        (_("Yang kurang"), "\n".join(_gap_lines(state))),
        (_("Belum pasti"), indicator.doubt),
        (_("Sumber"), "\n".join(source_words[key] for key in indicator.sources)),
    )


def _gap_lines(state: IndicatorState) -> tuple[str, ...]:
    """Return a line for each demand that is not met, and for each proof that is missing."""
    return (*(demand.result_words for demand in state.estimate.lacking), *state.missing)


def _cover(board: EvidenceBoard) -> ReportPart:
    """Return the list of the indicators: how the office estimates each, and how many proofs it has."""

    def aspect_words(aspect: Aspect) -> str:
        if not aspect.weight:
            return aspect.name
        return f"{aspect.name} ({formats.format_number(aspect.weight, 0)} %)"

    return ReportPart(
        key="cover",
        title=_("Indikator"),
        columns=(
            ReportColumn("aspect", _("Aspek"), _TEXT),
            ReportColumn("indicator", _("Indikator"), _TEXT),
            ReportColumn("level", _("Perkiraan sendiri"), _TEXT),
            ReportColumn("there", _("Bukti")),
            ReportColumn("missing", _("Yang kurang")),
        ),
        keys=tuple(str(state.id) for state in board.states),
        rows=tuple(
            (
                aspect_words(board.instrument.aspect_of(state.indicator)),
                state.indicator.heading,
                _("{level} dari {top}").format(level=state.level, top=state.top),
                len(state.records) + len(state.shown),
                len(_gap_lines(state)),
            )
            for state in board.states
        ),
    )


def _missing(board: EvidenceBoard) -> ReportPart:
    """Return the gaps of each indicator that has some, and who is to fill them."""
    rows = [
        (state.indicator.heading, "\n".join(_gap_lines(state)), responsible_words(state.note) or None)
        for state in board.states
        if _gap_lines(state)
    ]
    return ReportPart(
        key="missing",
        title=_("Yang belum ada"),
        columns=(
            ReportColumn("indicator", _("Indikator"), _TEXT),
            ReportColumn("lacking", _("Yang kurang"), _TEXT),
            ReportColumn("responsible", _("Siapa dan kapan"), _TEXT),
        ),
        keys=tuple(row[0] for row in rows),
        rows=tuple(rows),
        note="" if rows else _("Semua bukti yang diminta sudah ada."),
    )


def _record(board: EvidenceBoard, pages: tuple[ProofPage, ...]) -> FolderRecord:
    """Return the record by which a later folder is compared with this one."""
    return FolderRecord(
        instrument=board.instrument.id,
        version=board.instrument.version,
        made_on=board.day,
        states=tuple(
            ProofState(
                number=state.indicator.number,
                title=state.indicator.title,
                level=state.level,
                there=proof_lines(state, board.lists),
                missing=_gap_lines(state),
            )
            for state in board.states
        ),
        files=tuple(name for page in pages for name in page.paths),
    )


def register_table(office: Office, register: Register) -> ReportPart:
    """Return the whole register as a table, without withdrawn rows."""
    board = office.read(partial(evidence_board, now=office.clock()))
    service_names, documents_by_id = office.read(partial(_service_names_and_documents, board=board))
    rows = [record for record in board.records if record.register is register and not record.retired]
    proofs = {
        record.id: documents_by_id[record.document_id].name
        for record in rows
        if record.document_id is not None
    }
    return register_part(register, rows, board.lists, service_names, proofs)
