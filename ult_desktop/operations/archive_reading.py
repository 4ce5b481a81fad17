"""What people ask archives: read-only, never on the thread that writes the office file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from ult_desktop.core.archive import Archive, ArchiveFacts, ArchiveState, FileState
from ult_desktop.core.case_views import CaseCard
from ult_desktop.db import archive_changes, archive_file, archive_search, archives, documents
from ult_desktop.db.archive_file import BadArchive
from ult_desktop.db.archive_search import ArchivedLine
from ult_desktop.db.transaction import Transaction
from ult_desktop.db.verification import Finding
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations import door
from ult_desktop.operations.office import Office

T = TypeVar("T")


class Found(msgspec.Struct, frozen=True):
    """What a search found, the latest first, and which archives could not be read, in words."""

    lines: tuple[ArchivedLine, ...] = ()
    unread: tuple[str, ...] = ()


def known(office: Office) -> tuple[Archive, ...]:
    """The archives of the office, the oldest first."""
    return office.read(archives.every)


def years_in(office_file: Path) -> tuple[int, ...]:
    """Years whose file lies beside the office file, the latest first; told by their names."""
    names = (path.stem for path in archives.folder_of(office_file).glob("*.db"))
    return tuple(sorted((int(name) for name in names if name.isascii() and name.isdigit()), reverse=True))


def search(office_file: Path, text: str, year: int | None = None) -> Found:
    """Names, institutions and numbers in the archives. One that is damaged does not hide the others."""
    lines: list[ArchivedLine] = []
    unread = []
    for each in years_in(office_file):
        if year in (None, each):
            try:
                with archive_file.opened(archives.path_of(office_file, each)) as tx:
                    lines += archive_search.search(tx, text)
            except BadArchive as error:
                unread.append(error.what)
    return Found(tuple(lines), tuple(unread))


def numbered(office_file: Path, number: str, year: int | None = None) -> tuple[ArchivedLine, ...]:
    """The comings with that number, of whatever year."""
    found: list[ArchivedLine] = []
    for each in years_in(office_file):
        if year in (None, each):
            with archive_file.opened(archives.path_of(office_file, each)) as tx:
                found += archive_search.numbered(tx, number)
    return tuple(found)


def card(office_file: Path, year: int, case_id: int) -> CaseCard:
    """An archived case with its timeline; its personal text reads "tersegel": nobody opens it from here.

    Raises:
        UserError: it is not there, or the archive cannot be read.
    """
    with archive_file.opened(archives.path_of(office_file, year)) as tx:
        found = archive_search.card(tx, case_id)
    if found is None:
        raise UserError(_("Permohonan itu tidak ada di arsip {year}.").format(year=year))
    return door.shown(found, None)


def of_year(office: Office, year: int, read: Callable[[Transaction, int], tuple[T, ...]]) -> tuple[T, ...]:
    """What `read` finds of a year for a register or a recap: in the office file, and in the archives.

    What was closed later than its year lies in a later archive.

    Raises:
        UserError: an archive cannot be read; half a register would be wrong without saying so.
    """
    archived = door.shown(archived_of_year(office, year, read), office.keyring)
    return (*office.read(lambda tx: read(tx, year)), *archived)


def archived_of_year(
    office: Office, year: int, read: Callable[[Transaction, int], tuple[T, ...]]
) -> tuple[T, ...]:
    """Of that alone what lies in archives, as it lies there: sealed. Raises as `of_year`."""
    found: list[T] = []
    for archive in known(office):
        if archive.state is ArchiveState.DONE and archive.year >= year:
            with archive_file.opened(archives.path_of(office.path, archive.year)) as tx:
                found += read(tx, year)
    return tuple(found)


def findings(office: Office) -> Iterator[Finding]:
    """Prove every archive that the office knows: whole, the one that was made, its log joined to the next.

    A year that is on its way is proved as far as it says itself.
    """
    end = None
    for archive in known(office):
        facts, path = archive.facts, archives.path_of(office.path, archive.year)
        if end is not None and (facts.first_seq - 1, facts.first_hash) != end:
            yield Finding("archive", _("catatan {year} tidak bersambung").format(year=archive.year))
        end = (facts.last_seq, facts.last_hash)
        try:
            found = archive_file.prove(path)
        except BadArchive as error:
            yield Finding("archive", error.what)
            continue
        with archive_file.opened(path) as tx:
            if found.token != facts.token:
                yield _foreign(path)
            elif archive.state is ArchiveState.DONE:
                yield from _state(office, found, path, archive_changes.states(tx, archive.year))
            yield from _documents(tx, office.path)


def _state(office: Office, found: ArchiveFacts, path: Path, had: frozenset[str]) -> Iterator[Finding]:
    """What is being changed may be either file; a copy from before a change is told, and what to do."""
    (known,) = (each for each in office.read(archive_changes.known) if each.year == found.year)
    match known.judge(found.digest, had):
        case FileState.FOREIGN:
            yield _foreign(path)
        case FileState.OLDER:
            words = _("{path} memuat lagi yang sudah dihapus; jalankan `ult-desktop retention run --yes`")
            yield Finding("archive", words.format(path=path))
        case FileState.NEWER:
            words = _("{path} lebih baru daripada berkas kantor; jalankan `ult-desktop retention run --yes`")
            yield Finding("archive", words.format(path=path))


def _foreign(path: Path) -> Finding:
    return Finding("archive", _("{path} bukan arsip yang dibuat waktu itu").format(path=path))


def _documents(tx: Transaction, office_file: Path) -> Iterator[Finding]:
    return (Finding("document_missing", where) for where in documents.missing(tx, office_file))
