"""The second place: a folder on another disk for an office's backups, and the rule by which they are kept.

`ROOT/NAME-cadangan-OFFICE/` (in the code: `home`) holds the backups, named after their time, and in `berkas/`
the documents under their hash. A file has its final name only after its proof; until then its name ends in
`.part`.
"""

import itertools
import logging
import math
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ult_desktop.base import UserError, _
from ult_desktop.core import office_time
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.backup import answer_backup, backup, document_backup
from ult_desktop.db.lock_check.location import is_reachable
from ult_desktop.db.office import office
from ult_desktop.db.store import errors, key_ranges, share_files
from ult_desktop.db.store.transaction import Transaction

log = logging.getLogger(__name__)
DAILY_DAYS, MONTHLY_DAYS = 30, 366  # the age up to which each day's, each month's last backup stays
LEAST_DAYS = 7  # the last backups of so many days stay, whatever their age
MOST_DELETED_AT_ONCE = 5  # one backup comes an hour: an error costs few before somebody sees it
SPARE_BYTES = 16 * 1024 * 1024  # the disk is not filled to its last byte
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"-(\d{8}T\d{6}Z)(?:-\d+)?\.db$")  # the second backup within one second may have a number
_HALF = ".part"


def backups_to_keep(backups: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return the backups to keep: the last of each hour of today, then of each day, then of each month.

    All times are aware and in the office's zone, because a backup of 06:30 in Jayapura is yesterday's in UTC.
    The last backups of the newest days that have one stay whatever their age. So does one from the future: a
    clock that went wrong must not cost a backup.
    """
    in_order = sorted(backups)
    past = [at for at in in_order if at <= now]
    future = in_order[len(past) :]
    hourly = _last_of_each(past, now, 0, lambda at: at.hour)
    daily = _last_of_each(past, now, DAILY_DAYS, datetime.toordinal)
    monthly = _last_of_each(past, now, MONTHLY_DAYS, lambda at: (at.year, at.month))
    # These seven protect against a date on which all witnesses agree and are all wrong (docs/store.md, rule
    # 17).
    newest = sorted({at.date(): at for at in past}.values())[-LEAST_DAYS:]
    return frozenset((*hourly, *daily, *monthly, *newest, *future))


def _last_of_each(
    in_order: Iterable[datetime], now: datetime, days: int, span_of: Callable[[datetime], object]
) -> Iterable[datetime]:
    """Return, of those at most `days` old, the last one of each span (an hour, a day, a month)."""
    young = [at for at in in_order if (now.date() - at.date()).days <= days]
    return {span_of(at): at for at in young}.values()  # a later backup replaces an earlier one of its span


class StoredBackup(NamedTuple):
    """A backup in the folder; `at` UTC ms."""

    path: Path
    at: int


class BackupResult(NamedTuple):
    """The result of a backup: the file, how many documents were new, which old backups were deleted.

    `reading_ms` is how long nobody could commit, at the worst. `doubt` is why no backup may be deleted now,
    None if they may.
    """

    path: Path
    copy: backup.Copy
    documents: int
    removed: tuple[Path, ...]
    reading_ms: int
    doubt: UserError | None = None


def office_folder(root: Path, office_file: Path, uid: str) -> Path:
    """Return an office's own folder in the second place: two offices may share a disk."""
    # The last characters: a UUID of version 7 begins with its time, so offices that were made on one day
    # begin alike.
    return root / f"{office_file.stem}-cadangan-{uid[-8:]}"


def list_backups(home: Path) -> tuple[StoredBackup, ...]:
    """List the finished backups, the newest first.

    Raises:
        UserError: the folder cannot be read.
    """
    with backup.reporting_unreadable(home):
        stamped = ((path, _time_of(path)) for path in share_files.list_files(home, "*.db"))
        backups = [StoredBackup(path, at) for path, at in stamped if at is not None]
    return tuple(sorted(backups, key=lambda stored: stored.at, reverse=True))


def office_folders(root: Path) -> tuple[Path, ...]:
    """List the offices' folders in a second place; the folder itself when it is one.

    Raises:
        UserError: the folder cannot be read.
    """
    if list_backups(root):
        return (root,)
    with backup.reporting_unreadable(root):
        return tuple(home for home in share_files.list_files(root, "*-cadangan-*") if home.is_dir())


def make_backup(
    office_file: Path,
    root: Path,
    time: office_time.TimeWitnesses,
    between: Callable[[], None] = lambda: None,
    longest_s: float = math.inf,
) -> BackupResult:
    """Write a proved backup of `office_file` into the second place `root`, and delete old ones.

    No backup is deleted while a witness contradicts the `time`. `between` and `longest_s` are as in
    `copy_online`.

    Raises:
        KeepsOthersWaiting: as `copy_online`.
        UserError: the disk is not there, full or read-only; the office file is busy or missing; or the copy
            did not pass its proof. Older backups are as they were.
    """
    with reporting_failures(root):
        with closing(backup.open_with_retry(office_file)) as link:
            row = office.load(Transaction(link))
        home = office_folder(root, office_file, row.uid)
        # Without `parents`: where the disk is not mounted its folder is missing, and must not be made on this
        # PC's own disk.
        home.mkdir(exist_ok=True)
        _clear_halves(home)
        if shutil.disk_usage(root).free < office_file.stat().st_size + SPARE_BYTES:
            raise _full(root)
        past_times = (
            stored.at for stored in list_backups(home) if not office_time.is_future(stored.at, time.now)
        )
        last_backup_at = next(past_times, 0)  # the newest is first
        target, now = _free_name(home, office_file.stem, time.now)
        half = target.with_name(f".{target.name}{_HALF}")
        try:
            reading_ms = backup.copy_online(office_file, half, between, longest_s)
            # Proved before it is renamed: a person takes every file with a final name for a whole backup.
            copy = backup.verify_copy(half)
            share_files.replace_file(half, target)
            backup.sync_folder(home)
        finally:
            _clear_halves(home)
        # After the copy of the file: a document that came in between is one too many here, never one too few.
        new_documents = document_backup.copy_new(home, office_file)
        may_delete = time.may_forget(copy.last_at, last_backup_at)
        doubt = None if may_delete else errors.doubtful_date(now, copy.last_at, last_backup_at)
        old = _backups_to_delete(home, row.uid, row.settings.office.zone, now) if may_delete else ()
        _carry_answers(home, target, old)
        for path in old:
            path.unlink()
        if may_delete:
            document_backup.delete_erased(home, office_file)  # last: it depends on all that is kept here
        return BackupResult(target, copy, new_documents, old, reading_ms, doubt)


@contextmanager
def reporting_failures(root: Path) -> Iterator[None]:
    """Report failures in the second place `root` as a `UserError`."""
    _require_place(root)
    try:
        yield
    except sqlite3.Error as error:
        raise _not_made(root, error) from error
    except OSError as error:
        raise _not_written(root, error) from error


def _carry_answers(home: Path, made: Path, old: tuple[Path, ...]) -> None:
    """Lay next to backups the survey answers that came between each and the next newer one.

    No journal has those answers, so they would be lost if the newer backup were damaged later. They are laid
    where the next newer backup is another one than before: it was just `made`, or those in between are `old`
    and about to be deleted.
    """
    remaining = [stored for stored in list_backups(home) if stored.path not in old]  # the newest first
    old_times = [_time_of(path) or 0 for path in old]
    for later, former in itertools.pairwise(remaining):
        if later.path == made or any(former.at < at < later.at for at in old_times):
            try:
                with closing(backup.open_to_read(later.path)) as link:
                    answer_backup.copy_new(key_ranges.reader_of(Transaction(link)), former.path)
            except sqlite3.Error as error:
                # A damaged backup must not keep a new one from being made.
                log.warning("%s, %s: %s", later.path, former.path, error)


def _free_name(home: Path, stem: str, at: int) -> tuple[Path, int]:
    """Return the path of a backup that is made at `at` (UTC ms), and the time in its name.

    That is the first second from `at` on without a backup, for no backup replaces another.
    """
    while True:
        target = home / f"{stem}-{to_datetime(at, ZoneInfo('UTC')):{_STAMP}}.db"
        if not target.exists():
            return target, at
        at += 1000


def _clear_halves(home: Path) -> None:
    """Delete the half files of a killed program. Nobody else is working there: one station has the lease."""
    for half in (*home.glob(f".*{_HALF}"), *home.glob(f".*{_HALF}-journal")):
        half.unlink(missing_ok=True)


def _backups_to_delete(home: Path, uid: str, zone: ZoneInfo, now: int) -> tuple[Path, ...]:
    """List a few backups of the office of `uid` that need not be kept, the oldest first.

    A final name shows that this program made and proved the backup.
    """
    by_time = {to_datetime(stored.at, zone): stored.path for stored in list_backups(home)}
    kept = backups_to_keep(by_time, to_datetime(now, zone))
    old = (by_time[at] for at in sorted(by_time) if at not in kept)
    return tuple(itertools.islice((path for path in old if backup.uid_of(path) == uid), MOST_DELETED_AT_ONCE))


def _time_of(path: Path) -> int | None:
    """Return the time (UTC ms) in the name of a finished backup; None for another file."""
    match = _NAME.search(path.name)
    if match is None or path.name.startswith("."):
        return None
    return to_stamp(datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC))


def _require_place(root: Path) -> None:
    """Raise UserError where the folder is missing; it is not made.

    Where a USB disk is unplugged, the backup would fill the PC's own disk.
    """
    if not is_reachable(root):
        raise UserError(
            _("Folder cadangan {folder} tidak ada.").format(folder=root),
            backup.untouched_words(),
            _("Pasang disknya, atau perbaiki Pengaturan, Cadangan, pada PC ini."),
        )


def _full(root: Path) -> UserError:
    return UserError(
        _("Disk cadangan {folder} penuh.").format(folder=root),
        backup.untouched_words(),
        _("Kosongkan ruang di disk itu, atau pakai disk yang lebih besar."),
    )


def _not_made(root: Path, error: sqlite3.Error) -> UserError:
    if errors.primary_code(error) == sqlite3.SQLITE_FULL:
        return _full(root)
    return UserError(
        _("Cadangan ke {folder} gagal ({error}).").format(folder=root, error=error),
        backup.untouched_words(),
        _("Periksa jaringan, disk cadangan dan hak tulisnya; program mencoba lagi sendiri."),
    )


def _not_written(root: Path, error: OSError) -> UserError:
    return UserError(
        _("Folder cadangan {folder} tidak dapat ditulis ({error}).").format(folder=root, error=error),
        backup.untouched_words(),
        _("Periksa apakah disknya terpasang, tidak penuh, dan boleh ditulisi akun ini."),
    )
