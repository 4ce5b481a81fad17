"""The upkeep that every station does besides its work: backup, check, journal on the share, updates.

Some jobs are one station's at a time, by a lease in the file: the station that finds the job due and free
does it.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.core.office_time import TimeWitnesses, is_future
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS, on_this_pc
from ult_desktop.db import verification
from ult_desktop.db.backup import backup, journals, upkeep
from ult_desktop.db.figures import days, periods
from ult_desktop.db.office import office
from ult_desktop.db.store import damage_flag, errors, store as office_store
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.server_address import describe_repair
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.witness import Witness
from ult_desktop.operations.backup import backing_up, witnessing
from ult_desktop.operations.backup.quiet_hours import alone_with, is_quiet
from ult_desktop.operations.time_watch import TimeWatch

if TYPE_CHECKING:
    from ult_desktop.operations.updates import staging
else:
    staging = late("ult_desktop.operations.updates.staging")

log = logging.getLogger(__name__)
AGAIN_AFTER_MS = 10 * MINUTE_MS  # after a job failed at this station
COPY_JOURNAL_EVERY_MS = 5 * MINUTE_MS
DAYS_AT_ONCE = 30  # for an office that has years of work and no figures yet
OVERDUE_MS = 3 * DAY_MS  # since the last nightly backup

MakeReports = Callable[[Store, Path, str, int], Iterable[UserError]]
"""Given the store, the second place, the station and the time (UTC ms): yields what went wrong."""


class MaintenanceTask(NamedTuple):
    """The setting of a station's upkeep: the office file, its journal and name, its second place for backups.

    `reports` makes a report that is due, and puts it into the second place. `in_hall`: the station is a kiosk
    or a display, whose account on a server may not read the whole office.
    """

    office_file: Path
    journal: Path
    station: str
    second_place: Path | None = None
    reports: MakeReports | None = None
    in_hall: bool = False


class FileMaintainer:
    """The upkeep of the file by one station. It belongs to a thread of its own: a backup takes its time."""

    def __init__(self, task: MaintenanceTask, clock: ShareClock) -> None:
        self._task = task
        self._witness = Witness(task.office_file)
        self._store = Store(task.office_file, timeout_s=5, station=task.station, witness=self._witness)
        self._clock = clock
        self._watch = TimeWatch(task.station)
        # In this order. Each job returns the troubles that a person must know.
        self._jobs: list[Callable[[], Iterable[UserError]]] = [self._read_anchors, self._check_at_start]
        has_file = engine_at(task.office_file).has_file
        if has_file:  # on a server nothing lies next to the office
            self._jobs += [self._copy_journal, self._carry, self._back_up, self._update]
        if has_file or not task.in_hall:
            self._jobs += [self._write_figures, self._make_reports, self._check]
        self._is_checked_at_start = False
        self._journal_copied_at = self._updated_at = self._figures_written_at = self._reported_at = 0

    def do_due_jobs(self) -> tuple[UserError, ...]:
        """Do the jobs that are due; return the troubles that a person must know."""
        self._clock.measure()
        troubles = []
        for job in self._jobs:
            try:
                for trouble in job():
                    troubles.append(trouble)  # noqa: PERF402  (those before an error count too)
            # The other jobs would each wait for the same share.
            except errors.ShareUnreachable as error:
                log.info("upkeep: %s", error)
                break
            except (backing_up.BackupUnderWay, backup.KeepsOthersWaiting) as error:
                log.info("upkeep: %s", error)
            except UserError as error:
                troubles.append(error)
        return tuple({trouble.what: trouble for trouble in troubles}.values())

    def close(self) -> None:
        self._store.close()

    def _read_anchors(self) -> tuple[UserError, ...]:
        """Read which events other stations know. Raise OlderCopy if the log lacks the newest of them."""
        uid, own_folder = self._store.read(office.uid_of), self._task.journal.parent
        witnessing.note_all_anchors(self._witness, self._task.office_file, own_folder, uid)
        self._store.read(self._witness.require_in_log)
        return ()

    def _check_at_start(self) -> Iterator[UserError]:
        """Check the log's end and the file's pages once, at the station's start."""
        if self._is_checked_at_start:
            return

        def check_log_end_and_pages() -> tuple[verification.Finding, ...]:
            pages, _unread = verification.check_pages(self._store.read, self._alone())
            return (*self._store.read(verification.verify_log_end), *pages)

        findings = self._confirmed_findings(check_log_end_and_pages)
        self._is_checked_at_start = True
        yield from self._report(findings)

    def _copy_journal(self) -> tuple[UserError, ...]:
        """Copy the journal to the share, so that nothing is lost with a station that is stolen or breaks."""
        now = self._clock()
        if _is_over(self._journal_copied_at, COPY_JOURNAL_EVERY_MS, now) and self._task.journal.exists():
            # The first time after a start all days are written, since the share may lack some of them. Later
            # only the last days are.
            is_first = not self._journal_copied_at
            self._journal_copied_at = now
            uid = self._store.read(office.uid_of)
            folder = journals.folder_of(self._task.office_file)
            journals.write_day_files(self._task.journal, uid, folder, now, recent=not is_first)
            if self._time().may_forget():
                journals.delete_old(folder, now)
        return ()

    def _carry(self) -> tuple[UserError, ...]:
        """Copy journals to this PC's own backup disk: with the last backup they are the whole office."""
        place, now = self._task.second_place, self._clock()
        if place is not None and self._is_due(upkeep.JOURNALS, backing_up.EVERY_HOUR_MS, now, own=True):
            backing_up.carry(self._store, place, self._task.station, self._time())
        return ()

    def _back_up(self) -> Iterator[UserError]:
        """Make a backup every hour, by one PC.

        If the file takes long to read, every PC makes one every night, when nobody waits.
        """
        place, now = self._task.second_place, self._clock()
        if place is None:
            return
        rows = self._store.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
        nightly, alone = backing_up.is_nightly(rows, self._task.station), self._store.read(self._alone())
        every_ms = backing_up.EVERY_NIGHT_MS if nightly else backing_up.EVERY_HOUR_MS
        if not self._is_due(upkeep.BACKUP, every_ms, now, own=nightly):
            return
        if nightly and not alone:
            yield from _overdue_troubles(rows[0].done_at, now)
            return
        try:
            result = backing_up.back_up(self._store, place, self._task.station, self._time(), alone=alone)
            yield from filter(None, [result.doubt])
        except backup.BadCopy:
            # A bad copy may come from a damaged file, which is checked at once, whoever waits.
            yield from self._check_now(lambda _tx: True)
            raise

    def _check(self) -> Iterator[UserError]:
        """Check all of the file every night, when nobody waits for it."""
        now = self._clock()
        if (
            self._store.read(lambda tx: is_quiet(tx, now))
            and self._is_due(upkeep.CHECK, backing_up.EVERY_NIGHT_MS, now)
            and self._store.write(lambda tx: upkeep.take_lease(tx, upkeep.CHECK, self._task.station, now))
        ):
            yield from self._check_now(self._alone())

    def _write_figures(self) -> tuple[UserError, ...]:
        """Write every hour the figures of days, months and years that have ended, in a transaction each."""
        now = self._clock()
        if _is_over(self._figures_written_at, backing_up.EVERY_HOUR_MS, now):
            missing = self._store.read(lambda tx: days.ended_and_missing(tx, now))
            for day in missing[:DAYS_AT_ONCE]:
                self._store.write(partial(days.keep, day=day))
            for span in self._store.read(periods.missing):
                self._store.write(partial(periods.keep, span=span))
            # While more days are missing, the next call goes on with them and does not wait for an hour.
            if len(missing) <= DAYS_AT_ONCE:
                self._figures_written_at = now
        return ()

    def _make_reports(self) -> Iterator[UserError]:
        """Make every few minutes one report of a period that has ended."""
        place, make, now = self._task.second_place, self._task.reports, self._clock()
        if place is not None and make is not None and _is_over(self._reported_at, COPY_JOURNAL_EVERY_MS, now):
            self._reported_at = now
            yield from make(self._store, place, self._task.station, now)

    def _update(self) -> Iterator[UserError]:
        """Look every hour for a newer program on the share."""
        now, places = self._clock(), staging.UpdatePlaces.of_this_pc()
        if places.key.exists() and _is_over(self._updated_at, backing_up.EVERY_HOUR_MS, now):
            self._updated_at = now
            stager = staging.Stager(self._task.office_file, self._task.journal, places)
            yield from stager.stage_newest(self._store, now)

    def _time(self) -> TimeWitnesses:
        """Return the evidence for the time now, by which old files are deleted."""
        return self._store.read(partial(self._watch.look, clock=self._clock))

    def _alone(self) -> verification.Alone:
        return alone_with(self._task.office_file, self._clock)

    def _check_now(self, alone: verification.Alone) -> Iterator[UserError]:
        own_folder = self._task.journal.parent

        def verify() -> tuple[verification.Finding, ...]:
            return witnessing.verify(self._store.read, alone, self._task.office_file, own_folder).findings

        self._store.close()  # an open connection answers from its cache, not from the disk
        now, findings = self._clock(), self._confirmed_findings(verify)
        troubles = list(self._report(findings))
        words, station = "; ".join(error.what for error in troubles), self._task.station
        if words:
            backing_up.record_failure(self._store, upkeep.CHECK, station, now, words)
        else:
            backing_up.record_success(self._store, upkeep.CHECK, station, now)
        yield from troubles

    def _confirmed_findings(
        self, check: Callable[[], tuple[verification.Finding, ...]]
    ) -> tuple[verification.Finding, ...]:
        """Return the findings of `check`; damaged pages only if it finds some after each reopening too.

        A PC that keeps attributes of a share reads half a file now and then (docs/store.md, rule 7).
        """
        for _reopening in range(office_store.DAMAGE_REOPENS):
            findings = check()
            if not _has_damaged_pages(findings):
                return findings
            self._store.close()
            time.sleep(office_store.DAMAGE_PAUSE_S)
        return check()

    def _report(self, findings: tuple[verification.Finding, ...]) -> Iterator[UserError]:
        """Yield the trouble that a person must know of the findings.

        Damaged pages stop every station by a flag; a contradiction is only reported.
        """
        if not findings:
            return
        words = "; ".join(f"{finding.check}: {finding.detail}" for finding in findings[:3])
        path = self._task.office_file
        if _has_damaged_pages(findings):
            damage_flag.lay_flag(path, self._task.station, words, known=True)
            damage_flag.require_no_flag(path)
        yield UserError(
            _("Pemeriksaan data kantor menemukan: {words}.").format(words=words),
            _("Pekerjaan dapat diteruskan."),
            describe_repair(
                path, _("Sampaikan kepada petugas TI: `ult-desktop verify`, lalu `ult-desktop repair`.")
            ),
        )

    def _is_due(self, task: str, every_ms: int, now: int, *, own: bool = False) -> bool:
        """Return whether no station did the task in the last `every_ms`, and this one did not just fail.

        With `own` it counts only when this station itself did the task.
        """
        rows = self._store.read(lambda tx: upkeep.all_of(tx, task))
        own_rows = [row for row in rows if row.station == self._task.station]
        if any(row.trouble and not _is_over(row.tried_at, AGAIN_AFTER_MS, now) for row in own_rows):
            return False
        return all(_is_over(row.done_at, every_ms, now) for row in (own_rows if own else rows))


def _has_damaged_pages(findings: Iterable[verification.Finding]) -> bool:
    return any(finding.check in verification.PAGE_CHECKS for finding in findings)


def _overdue_troubles(last_at: int, now: int) -> Iterator[UserError]:
    """Yield the trouble that the last backup is too old, if it is."""
    if last_at and now - last_at > OVERDUE_MS:
        yield UserError(
            _("Berkas kantor terakhir disalin ke disk cadangan {at}.").format(at=on_this_pc(last_at)),
            _("Salinan itu dan jurnal di disk cadangan masih memuat semuanya."),
            _("Biarkan PC ini menyala satu jam sesudah jam layanan: berkas sebesar ini disalin saat itu."),
        )


def _is_over(since: int, span_ms: int, now: int) -> bool:
    """Return whether `span_ms` passed since that stamp.

    A stamp from the future does not count (docs/store.md, rule 17).
    """
    return now - since >= span_ms or is_future(since, now)
