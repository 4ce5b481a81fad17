"""The archives as the office file knows them: one row a year, and their files in a folder beside it."""

from pathlib import Path

import msgspec

from ult_desktop.core.archive import Archive, ArchiveFacts, ArchiveState, Counts
from ult_desktop.db import events
from ult_desktop.db.documents import file_of
from ult_desktop.db.transaction import Transaction

_COLUMNS = "year, token, last_day, first_seq, last_seq, first_hash, last_hash, digest, bounds, counts"


def folder_of(office_file: Path) -> Path:
    """Where an office's archives lie: beside its file, named after it."""
    return office_file.with_name(f"{office_file.stem}-arsip")


def path_of(office_file: Path, year: int) -> Path:
    return folder_of(office_file) / f"{year}.db"


def find(tx: Transaction, year: int) -> Archive | None:
    return next((each for each in every(tx) if each.year == year), None)


def every(tx: Transaction) -> tuple[Archive, ...]:
    """The oldest year first."""
    rows = tx.rows(f"SELECT {_COLUMNS}, state, begun_at, ended_at FROM archive ORDER BY year")
    return tuple(
        Archive(facts=_facts(row[:10]), state=ArchiveState(row[10]), begun_at=row[11], ended_at=row[12])
        for row in rows
    )


def moving(tx: Transaction) -> Archive | None:
    """The one whose rows are on their way: never two at once."""
    return next((each for each in every(tx) if each.state is ArchiveState.MOVING), None)


def is_untouched(tx: Transaction, archive: Archive) -> bool:
    """Whether it was begun and no more: the log leaves the office file first, and it is all here still."""
    facts = archive.facts
    begun = archive.state is ArchiveState.MOVING and facts.first_seq <= facts.last_seq
    return begun and events.start(tx).seq < facts.first_seq


def forget(tx: Transaction, year: int) -> None:
    """One that was begun and no more: it is begun anew, with another file."""
    tx.run("DELETE FROM archive WHERE year = ?", year)


def insert(tx: Transaction, facts: ArchiveFacts, at: int) -> None:
    tx.run(
        f"INSERT INTO archive ({_COLUMNS}, state, begun_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *_values(facts),
        ArchiveState.MOVING,
        at,
    )


def set_content(tx: Transaction, year: int, digest: str, counts: Counts) -> None:
    text = msgspec.json.encode(counts).decode()
    tx.run("UPDATE archive SET digest = ?, counts = ? WHERE year = ?", digest, text, year)


def end(tx: Transaction, year: int, at: int) -> None:
    tx.run("UPDATE archive SET state = ?, ended_at = ? WHERE year = ?", ArchiveState.DONE, at, year)


def missing(tx: Transaction) -> tuple[str, ...]:
    """The years whose file does not lie in its place. One look each, no proof."""
    office_file = file_of(tx)
    return tuple(str(each.year) for each in every(tx) if not path_of(office_file, each.year).is_file())


def archived_counts(tx: Transaction, first: str, last: str) -> dict[str, int]:
    """What archived visits add to the numbers of the months of these days; by what is counted."""
    return dict(
        tx.rows(
            "SELECT what, sum(count) FROM archived_month WHERE month >= ? AND month <= ? GROUP BY what",
            *(first[:7], last[:7]),
        )
    )


def facts_in(tx: Transaction) -> ArchiveFacts:
    """What an archive's file says of itself."""
    return _facts(tx.row(f"SELECT {_COLUMNS} FROM archive"))


def _facts(row: tuple[str | int, ...]) -> ArchiveFacts:
    names = ArchiveFacts.__struct_fields__
    values = dict(zip(names, row, strict=True))
    for name in ("bounds", "counts"):
        values[name] = msgspec.json.decode(str(values[name]))
    return msgspec.convert(values, ArchiveFacts)


def _values(facts: ArchiveFacts) -> tuple[str | int, ...]:
    plain = msgspec.to_builtins(facts)
    for name in ("bounds", "counts"):
        plain[name] = msgspec.json.encode(plain[name]).decode()
    return tuple(plain.values())
