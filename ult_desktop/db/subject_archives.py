"""A data subject's comings that lie in archives: who asked stands here, what they hold in the year's file.

What is to be erased is ordered here; the next retention run writes the archive anew without it.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec

from ult_desktop.core.subjects import Held, SubjectFile, SubjectVisit
from ult_desktop.db import archive_changes, archive_file, archives, documents, subject_export, subjects
from ult_desktop.db.archive_changes import Known
from ult_desktop.db.subject_export import Dossier
from ult_desktop.db.transaction import Transaction


class Archived(NamedTuple):
    """A coming in the archive of `year`; `asked` while its erasure is ordered, and not carried out."""

    year: int
    visit_id: int
    held: bool
    asked: bool


class FoundThere(msgspec.Struct, frozen=True):
    """Comings that a search found in archives, and why an archive could not be searched."""

    visits: tuple[SubjectVisit, ...] = ()
    unread: tuple[str, ...] = ()


_ROWS = (
    "SELECT year, visit_id, held_at IS NOT NULL AND released_at IS NULL,"
    " asked_at IS NOT NULL AND erased_at IS NULL FROM subject_archived WHERE request_id = ?"
)


def of_request(tx: Transaction, request_id: int) -> tuple[Archived, ...]:
    rows = tx.rows(f"{_ROWS} ORDER BY year, visit_id", request_id)
    return tuple(Archived(year, visit_id, bool(held), bool(asked)) for year, visit_id, held, asked in rows)


def find(tx: Transaction, request_id: int, visit_id: int) -> Archived | None:
    return next((each for each in of_request(tx, request_id) if each.visit_id == visit_id), None)


def years_of(tx: Transaction, visits: Collection[int]) -> dict[int, int]:
    """In which finished archive each coming lies, as far as it lies in one.

    Raises BadArchive: one cannot be read.
    """
    found: dict[int, int] = {}
    sql = "SELECT id FROM visit WHERE id IN (SELECT value FROM json_each(?))"
    for each in archive_changes.known(tx):
        left = sorted(set(visits) - found.keys())
        if not left:
            break
        with archive_file.opened(each.path, as_it_is=True) as archived:
            found |= dict.fromkeys(archived.column(sql, msgspec.json.encode(left).decode()), each.year)
    return found


def attach(tx: Transaction, request_id: int, year: int, visit_id: int, at: int) -> None:
    tx.run(
        "INSERT OR IGNORE INTO subject_archived (request_id, year, visit_id, at) VALUES (?, ?, ?, ?)",
        *(request_id, year, visit_id, at),
    )


def detach(tx: Transaction, request_id: int, visit_id: int) -> None:
    tx.run("DELETE FROM subject_archived WHERE request_id = ? AND visit_id = ?", request_id, visit_id)


def hold(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.run(
        "UPDATE subject_archived SET held_at = ?, released_at = NULL WHERE request_id = ? AND visit_id = ?",
        *(at, request_id, visit_id),
    )


def release(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.run(
        "UPDATE subject_archived SET released_at = ? WHERE request_id = ? AND visit_id = ?",
        *(at, request_id, visit_id),
    )


def is_held_by_another(tx: Transaction, request_id: int, visit_id: int) -> bool:
    return bool(
        tx.value(
            "SELECT 1 FROM subject_archived WHERE visit_id = ? AND request_id <> ? AND held_at IS NOT NULL"
            " AND released_at IS NULL",
            *(visit_id, request_id),
        )
    )


def order_erasure(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.run(
        "UPDATE subject_archived SET asked_at = ?, erased_at = NULL WHERE request_id = ? AND visit_id = ?",
        *(at, request_id, visit_id),
    )


def note_erased(tx: Transaction, year: int, visits: Sequence[int], at: int) -> list[tuple[int, int]]:
    """These were emptied; the orders, each a request and a coming, that this carried out."""
    done: list[tuple[int, int]] = []
    for visit_id in visits:
        waiting = "year = ? AND visit_id = ? AND asked_at IS NOT NULL AND erased_at IS NULL"
        found = tx.column(f"SELECT request_id FROM subject_archived WHERE {waiting}", year, visit_id)
        done += [(request_id, visit_id) for request_id in found]
        tx.run(f"UPDATE subject_archived SET erased_at = ? WHERE {waiting}", at, year, visit_id)
    return done


def visits_of(tx: Transaction, request_id: int) -> tuple[SubjectVisit, ...]:
    """As a request's page lists them; of an archive that cannot be read only where they lie."""
    his = groupby(of_request(tx, request_id), attrgetter("year"))
    return tuple(line for year, archived in his for line in _shown(tx, year, tuple(archived)))


def _shown(tx: Transaction, year: int, archived: Sequence[Archived]) -> list[SubjectVisit]:
    """Each archive is opened once: an act of a request's page has the office file's lock meanwhile."""
    try:
        with archive_file.opened(archives.path_of(documents.file_of(tx), year), as_it_is=True) as there:
            found = [subjects.archived_visit(there, each.visit_id) for each in archived]
    except archive_file.BadArchive:
        found = [subjects.unread_visit(each.visit_id, f"{year}") for each in archived]
    return [
        msgspec.structs.replace(line, held=each.held, archive=year, erasure_ordered=each.asked)
        for line, each in zip(found, archived, strict=True)
    ]


def file_of(tx: Transaction, request_id: int) -> SubjectFile:
    """The request with its acts and with every coming that is his, in archives too."""
    found = subjects.file_of(tx, request_id)
    return msgspec.structs.replace(found, visits=(*visits_of(tx, request_id), *found.visits))


def dossier(tx: Transaction, request_id: int) -> Dossier:
    """Everything that the office holds of him. Raises BadArchive: half a copy would be wrong unsaid."""
    here = subject_export.dossier(tx, request_id)
    held = (*held_of(tx, request_id), *here.held)
    return Dossier(file=file_of(tx, request_id), held=held)


def held_of(tx: Transaction, request_id: int) -> Iterator[Held]:
    """What archives hold of him. Raises BadArchive."""
    for year, archived in groupby(of_request(tx, request_id), attrgetter("year")):
        with archive_file.opened(archives.path_of(documents.file_of(tx), year)) as there:
            for each in archived:
                yield from subject_export.held_of(there, each.visit_id)


def search(known: Sequence[Known], text: str, phone_index: str) -> FoundThere:
    """As `subjects.search`, in the archives' files: never on the thread that people wait for."""
    found: list[SubjectVisit] = []
    unread: list[str] = []
    for each in known:
        try:
            with archive_file.opened(each.path) as there:
                lines = subjects.search(there, text, phone_index)
        except archive_file.BadArchive as error:
            unread.append(error.what)
        else:
            found += [msgspec.structs.replace(line, archive=each.year) for line in lines]
    return FoundThere(tuple(found), tuple(unread))
