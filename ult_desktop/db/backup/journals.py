"""The copies of the stations' journals: on the share in a file for each day, from there on the backup disks.

They hold what people asked for, names among it: they lie next to the office file under the same rights, and
are deleted after 35 days as on each PC.
"""

import logging
import os
import re
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core import stamps
from ult_desktop.core.recorded_requests import JournalRecord
from ult_desktop.db.backup import anchors
from ult_desktop.db.store import errors, journal as store_journal, share_files

log = logging.getLogger(__name__)
_COLUMNS = "request, office, name, arguments, at, station, officer_id, outcome, result"
MOST_DELETED_AT_ONCE = 20  # files; a station lays one a day
_DAY_FILE = re.compile(r"-(\d{5})\.jsonl$")
_encode = msgspec.json.Encoder()
_decode = msgspec.json.Decoder(JournalRecord).decode


def folder_of(office_file: Path) -> Path:
    """Return the folder for the journals of an office's stations: next to its file, named after it."""
    return office_file.with_name(f"{office_file.stem}-jurnal")


def read_local(path: Path, office: str = "", since: int = 0) -> tuple[JournalRecord, ...]:
    """Read a journal on this PC's own disk, also while its station runs.

    Only the requests of `office` are read ("" is every office), and only those of `since` (UTC ms) or later.
    """
    # By the request: UUIDs of version 7 sort by their time, and a replay must keep the order
    # (https://www.rfc-editor.org/rfc/rfc9562.html).
    query = f"SELECT {_COLUMNS} FROM work WHERE at >= ? AND ? IN ('', office) ORDER BY request"
    with closing(sqlite3.connect(path, timeout=15)) as link:
        rows = link.execute(query, (since, office)).fetchall()
    fields = JournalRecord.__struct_fields__
    return tuple(_decode_entries(path, (dict(zip(fields, row, strict=True)) for row in rows)))


def _decode_entries(path: Path, entries: Iterable[object]) -> Iterator[JournalRecord]:
    """Yield the entries (lines of JSON, or dicts) that are as a station writes them; log the others."""
    for number, entry in enumerate(entries, 1):
        try:
            record = _decode(entry) if isinstance(entry, bytes) else msgspec.convert(entry, JournalRecord)
            record.journal_result  # noqa: B018  (decodes the outcome, which may be damaged)
        except errors.UNREADABLE as error:
            log.warning("%s, line %s: %s", path, number, error)
        else:
            yield record


def write_day_files(journal: Path, office: str, folder: Path, now: int, *, recent: bool = False) -> int:
    """Write a station's journal into `folder`, one file for each day; return how many files were new.

    Its anchor is written next to them; that file names nobody, and stays when the day files are deleted. Only
    what changed is written, each file whole or not at all. `recent` writes today and yesterday alone: older
    days hardly change.

    Raises:
        UserError: the folder cannot be written, or the journal cannot be read.
        ShareUnreachable: the share is gone.
    """
    try:
        folder.mkdir(exist_ok=True)
        since = (now // stamps.DAY_MS - 1) * stamps.DAY_MS if recent else 0
        name = _name_of(journal)
        _lay_anchor(journal, office, folder, name)
        days = defaultdict[int, list[JournalRecord]](list)
        for record in read_local(journal, office, since):
            days[record.at // stamps.DAY_MS].append(record)
        # A day counts from 1970: the file's age is known without a calendar.
        written = sum(_write(folder / f"{name}-{day:05}.jsonl", records) for day, records in days.items())
    except (OSError, sqlite3.Error) as error:
        # The connection reports a share that is gone, so no message of its own is shown for it.
        # `os.access` and not `exists`, which raises on Windows where a share is away.
        kind = UserError if os.access(folder.parent, os.F_OK) else errors.ShareUnreachable
        raise kind(
            _("Jurnal stasiun tidak dapat disalin ke {folder} ({error}).").format(folder=folder, error=error),
            _("Jurnal di komputer ini utuh."),
            _("Periksa hak tulis dan ruang kosong di folder itu."),
        ) from error
    return written


def lay_anchor(journal: Path, office: str, folder: Path) -> bool:
    """Write the anchor of a journal into `folder`, so that other stations can compare it with the log.

    Returns False where the folder cannot be written: the upkeep reports that.
    """
    try:
        folder.mkdir(exist_ok=True)
        _lay_anchor(journal, office, folder, _name_of(journal))
    except (OSError, sqlite3.Error, UserError) as error:
        log.warning("anchor: %s", error)
        return False
    return True


def _lay_anchor(journal: Path, office: str, folder: Path, name: str) -> None:
    if known := anchors.read_journal(journal, office):
        _write(folder / f"{name}{anchors.ENDING}", known)


def _name_of(journal: Path) -> str:
    """Return the name of a station in file names; two PCs of one name do not overwrite each other's files."""
    return f"{journal.stem.removeprefix('journal-')}-{store_journal.identity_in(journal)[:8]}"


def _write(path: Path, lines: Iterable[msgspec.Struct]) -> bool:
    """Write lines of JSON; return False where the file has them already."""
    content = b"".join(_encode.encode(line) + b"\n" for line in lines)
    return share_files.write_whole(path, content)


def copy_files(folder: Path, target: Path) -> int:
    """Copy day files and anchors in `folder` to `target` on another disk; return how many were new.

    Each file is copied whole.

    Raises:
        OSError: `target` cannot be written.
        ShareUnreachable: `folder` cannot be read.
    """
    target.mkdir(exist_ok=True)
    return sum(share_files.write_whole(target / name, content) for name, content in _contents(folder))


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    try:
        for path in (
            *share_files.list_files(folder, "*.jsonl"),
            *share_files.list_files(folder, f"*{anchors.ENDING}"),
        ):
            with suppress(FileNotFoundError):  # another station just deleted it by its age
                yield path.name, share_files.read_whole(path)
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(folder: Path, error: OSError) -> errors.ShareUnreachable:
    return errors.ShareUnreachable(
        _("Jurnal stasiun di {folder} tidak dapat dibaca ({error}).").format(folder=folder, error=error),
        _("Jurnal di komputer-komputer itu utuh."),
    )


def delete_old(folder: Path, now: int) -> int:
    """Delete a few day files that are too old, also those of stations that are no more; return how many.

    The caller knows that `now` may be believed (docs/store.md, rule 17).

    Raises:
        ShareUnreachable: the share, or the backup disk, is gone.
    """
    oldest_kept_day = (now - store_journal.KEPT_MS) // stamps.DAY_MS
    old = []
    try:
        for path in share_files.list_files(folder, "*.jsonl"):
            day = _DAY_FILE.search(path.name)
            if day is not None and int(day[1]) < oldest_kept_day:
                old.append(path)
        for path in old[:MOST_DELETED_AT_ONCE]:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _unreadable(folder, error) from error
    return len(old[:MOST_DELETED_AT_ONCE])


def read_day_files(folder: Path) -> Iterator[JournalRecord]:
    """Read everything in a folder of journals and in its subfolders: day files, and `journal-*.db` of PCs.

    A file that cannot be read, and a line that was cut off, is passed over and logged.

    Raises:
        UserError: there is no such folder, or it cannot be read.
    """
    if not folder.is_dir():
        raise UserError(
            _("Folder jurnal {folder} tidak ada.").format(folder=folder),
            todo=_("Periksa alamat yang disebut dengan --journals."),
        )
    try:
        day_files = list(share_files.find_files(folder, "*.jsonl"))
        whole_journals = list(share_files.find_files(folder, "journal-*.db"))
    except OSError as error:
        raise _unreadable(folder, error) from error
    for path in day_files:
        try:
            lines = share_files.read_whole(path).splitlines()
        except OSError as error:
            log.warning("%s: %s", path, error)
            continue
        yield from _decode_entries(path, lines)
    for path in whole_journals:
        yield from _read_from_copy(path)


def _read_from_copy(path: Path) -> tuple[JournalRecord, ...]:
    """Read a journal that somebody brought, for instance on a stick."""
    # From a copy: opening a journal changes the files next to it. The stick may be write-protected, and the
    # journal is a witness, which stays as it came.
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        try:
            for part in (path, *(path.with_name(f"{path.name}{end}") for end in ("-journal", "-wal"))):
                if part.exists():
                    shutil.copyfile(part, copy.with_name(part.name))
            return read_local(copy)
        except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
            log.warning("%s: %s", path, error)
            return ()
