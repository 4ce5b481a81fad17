"""What every station does for the office file beside its work: backup, check, journal on the share.

Each task belongs to one station at a time, by a lease in the file; whoever finds it due and free does it.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ult_desktop.base import UserError, _
from ult_desktop.core.office_time import is_future, may_forget
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db import verification
from ult_desktop.db.backup import backup, backup_folder, journals, upkeep
from ult_desktop.db.office import office
from ult_desktop.db.store import errors, events
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.quiet_hours import alone_with, is_quiet

log = logging.getLogger(__name__)
HOUR_MS = 60 * MINUTE_MS
BACKUP_EVERY_MS, AGAIN_AFTER_MS = HOUR_MS, 10 * MINUTE_MS
CHECK_EVERY_MS = 20 * HOUR_MS
LAY_OUT_EVERY_MS = 5 * MINUTE_MS


class MaintenanceTask(NamedTuple):
    """A station: its office file, its journal, its name, and its second place for backups if it has one."""

    office_file: Path
    journal: Path
    station: str
    second_place: Path | None = None


class FileMaintainer:
    """One station's care of the file. Belongs to a thread of its own: a backup takes its time."""

    def __init__(self, duty: MaintenanceTask, clock: ShareClock) -> None:
        self._duty = duty
        self._store = Store(duty.office_file, timeout_s=5, station=duty.station)
        self._clock = clock
        self._glanced = False
        self._laid_out_at = 0

    def look(self) -> tuple[UserError, ...]:
        """Do what is due; what a person must know. While the share is gone, nothing."""
        self._clock.measure()
        tasks = (self._glance, self._lay_out, self._back_up, self._check)
        troubles = []
        for task in tasks:
            try:
                troubles += list(task())
            except errors.ShareUnreachable as error:
                log.info("upkeep: %s", error)
                break
            except UserError as error:
                log.warning("upkeep: %s", error)
                troubles.append(error)
        return tuple({trouble.what: trouble for trouble in troubles}.values())

    def close(self) -> None:
        self._store.close()

    def _glance(self) -> Iterator[UserError]:
        """Once at the start: the log's end, and the pages; a night may have passed since the last check."""
        if self._glanced:
            return
        self._glanced = True
        try:
            pages, _unread = verification.unsound_pages(self._store.read, self._alone())
            yield from self._judge((*self._store.read(verification.verify_log_end), *pages))
        except errors.ShareUnreachable:
            self._glanced = False
            raise

    def _lay_out(self) -> Iterator[UserError]:
        """The journal's copy on the share: a station that is stolen or dead takes nothing along."""
        now = self._clock()
        if _is_over(self._laid_out_at, LAY_OUT_EVERY_MS, now) and self._duty.journal.exists():
            first, self._laid_out_at = not self._laid_out_at, now
            uid, newest = self._store.read(lambda tx: (office.uid_of(tx), events.last_at(tx)))
            folder = journals.folder_of(self._duty.office_file)
            journals.write_day_files(self._duty.journal, uid, folder, now, recent=not first)
            if may_forget(now, newest):
                journals.let_go(folder, now)
        yield from ()

    def _back_up(self) -> Iterator[UserError]:
        place, now = self._duty.second_place, self._clock()
        if place is None or not self._is_due(upkeep.BACKUP, BACKUP_EVERY_MS, now):
            return
        try:
            made = back_up(self._store, place, self._duty.station, now)
            yield from filter(None, [made.doubt])
        except backup.BadCopy:
            yield from self._check_now(lambda _tx: True)  # or soon nobody can work at all
            raise
        except BackupUnderWay:
            return

    def _check(self) -> Iterator[UserError]:
        """Every night: all of it, when nobody waits for the file."""
        now = self._clock()
        if (
            self._store.read(lambda tx: is_quiet(tx, now))
            and self._is_due(upkeep.CHECK, CHECK_EVERY_MS, now)
            and self._store.write(lambda tx: upkeep.take_lease(tx, upkeep.CHECK, self._duty.station, now))
        ):
            yield from self._check_now(self._alone())

    def _alone(self) -> verification.Alone:
        return alone_with(self._duty.office_file, self._clock)

    def _check_now(self, alone: verification.Alone) -> Iterator[UserError]:
        self._store.close()  # an open connection answers from its cache, not from the disk
        now, verdict = self._clock(), verification.verify(self._store.read, alone)
        troubles = list(self._judge(verdict.findings))
        words, station = "; ".join(error.what for error in troubles), self._duty.station
        self._store.write(lambda tx: _record(tx, upkeep.CHECK, station, now, words))
        yield from troubles

    def _judge(self, findings: tuple[verification.Finding, ...]) -> Iterator[UserError]:
        """Damaged pages stop every station; what only contradicts itself is told."""
        if not findings:
            return
        words = "; ".join(f"{each.check}: {each.detail}" for each in findings[:3])
        path = self._duty.office_file
        if any(each.check in verification.PAGE_CHECKS for each in findings):
            errors.raise_flag(path, self._duty.station, words, known=True)
            errors.require_none(path)
        yield UserError(
            _("Pemeriksaan berkas kantor menemukan: {words}.").format(words=words),
            _("Pekerjaan dapat diteruskan; halaman berkas utuh."),
            _("Sampaikan kepada petugas TI: `ult-desktop verify`, lalu `ult-desktop repair`."),
        )

    def _is_due(self, task: str, every_ms: int, now: int) -> bool:
        """Nobody did it lately, and this station did not just fail at it."""
        rows = self._store.read(lambda tx: upkeep.all_of(tx, task))
        mine = next((row for row in rows if row.station == self._duty.station), None)
        just_failed = mine and mine.trouble and not _is_over(mine.tried_at, AGAIN_AFTER_MS, now)
        return all(_is_over(row.done_at, every_ms, now) for row in rows) and not just_failed


def _is_over(since: int, span_ms: int, now: int) -> bool:
    """Whether `span_ms` went by since that stamp; one from the future is none (docs/store.md, rule 17)."""
    return now - since >= span_ms or is_future(since, now)


class BackupUnderWay(UserError):
    """Another station has the lease."""


def back_up(store: Store, place: Path, station: str, now: int) -> backup_folder.BackupResult:
    """One backup of the office file of `store` into `place`, and what came of it on record.

    Raises:
        BackupUnderWay: another station is at it.
        UserError: it failed; that is on record too, as far as the file can be written.
    """
    if not store.write(lambda tx: upkeep.take_lease(tx, upkeep.BACKUP, station, now)):
        raise BackupUnderWay(
            _("{station} sedang membuat cadangan.").format(
                station=store.read(lambda tx: upkeep.holder_of(tx, upkeep.BACKUP))
            ),
            todo=_("Tunggu sampai selesai."),
        )
    try:
        made = backup_folder.make_backup(store.path, place, now)
    except UserError as error:
        words = error.what
        store.write(lambda tx: _record(tx, upkeep.BACKUP, station, now, words))
        raise
    store.write(lambda tx: _record(tx, upkeep.BACKUP, station, now, "", str(made.path)))
    return made


def _record(tx: Transaction, task: str, station: str, now: int, trouble: str, place: str = "") -> None:
    if trouble:
        upkeep.record_failure(tx, task, station, now, trouble)
    else:
        upkeep.record_success(tx, task, station, now, place)
    upkeep.release_lease(tx, task, station)
