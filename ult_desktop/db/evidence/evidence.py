"""The registers of evidence, the notes about indicators, and the office's own instruments."""

import msgspec

from ult_desktop.core.evidence.estimate import IndicatorNote
from ult_desktop.core.evidence.instrument import Instrument
from ult_desktop.core.evidence.registers import EvidenceRecord
from ult_desktop.db.store.transaction import Rows, Stored, Transaction

_ROWS = Rows(
    EvidenceRecord,
    "evidence e LEFT JOIN officer o ON o.id = e.recorded_by",
    "e.kinds AS kinds_json, coalesce(o.name, '') AS recorded_by",
)
_NOTES = Rows(IndicatorNote, "indicator_note n")

get = _ROWS.get
find = _ROWS.find


def every(tx: Transaction) -> tuple[EvidenceRecord, ...]:
    """List the rows of all registers, withdrawn ones too, the newest first."""
    return _ROWS.all(tx, "ORDER BY e.day DESC, e.id DESC")


def add(tx: Transaction, row: dict[str, Stored], at: int, officer_id: int | None) -> int:
    """Write a row and return its id; `at` UTC ms."""
    return tx.insert("evidence", **row, recorded_at=at, recorded_by=officer_id)


def change(tx: Transaction, evidence_id: int, row: dict[str, Stored]) -> None:
    tx.update("evidence", evidence_id, **row)


def note_of(tx: Transaction, instrument: str, number: int) -> IndicatorNote:
    """Return the note about an indicator; an empty one where nothing was noted."""
    note = _NOTES.maybe(tx, "WHERE n.instrument = ? AND n.number = ?", instrument, number)
    return note or IndicatorNote(instrument=instrument, number=number)


def notes_of(tx: Transaction, instrument: str) -> dict[int, IndicatorNote]:
    """Return the notes about an instrument's indicators, by the indicators' numbers."""
    return {note.number: note for note in _NOTES.all(tx, "WHERE n.instrument = ?", instrument)}


def write_note(tx: Transaction, indicator_note: IndicatorNote, at: int, officer_id: int | None) -> None:
    """Write a note; the former note about the indicator is replaced. `at` UTC ms."""
    tx.put("indicator_note", "instrument, number", indicator_note, noted_at=at, noted_by=officer_id)


def adopted(tx: Transaction) -> tuple[Instrument, ...]:
    """List the newest version of each instrument that the office adopted."""
    newest = dict[str, Instrument]()
    for content in tx.column("SELECT content FROM instrument ORDER BY id, version"):
        instrument = msgspec.json.decode(content, type=Instrument)
        newest[instrument.id] = instrument  # in the order of versions: a later one replaces the earlier
    return tuple(newest.values())


def adopt(tx: Transaction, content: Instrument, at: int, officer_id: int | None) -> None:
    tx.insert(
        "instrument",
        id=content.id,
        version=content.version,
        content=content,
        adopted_at=at,
        adopted_by=officer_id,
    )
