"""The link of a window to its office, through which it asks, reads and learns of changes, in every mode."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from ult_desktop.base import UserError, _
from ult_desktop.core import connection
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import KioskBoard
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.station_health import StationHealth
from ult_desktop.db.office import office as office_row
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.engines import clock_of
from ult_desktop.db.store.errors import DamagedFile, OfficeGone, ShareUnreachable, WritesBlocked
from ult_desktop.db.store.moved import OfficeMoved
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.station_trials import Trials, trials_since
from ult_desktop.operations.office.time_confirming import confirm_time
from ult_desktop.operations.time_watch import TimeDoubt
from ult_desktop.ui.office_link import link_monitor, station_setup, watchers
from ult_desktop.ui.office_link.tasks import Request, Tasks

Write = Callable[[Callable[[Office], object], Callable[[object], None], Callable[[UserError], None]], None]


class Heartbeat(QObject):
    """The reports of this station on the worker thread, one at a time, however long the share takes.

    Args:
        presence: what is reported; `change` changes it.
        interval_ms: the time between two reports.
        write: runs a job on the office, then calls the first function with its result or the second with its
            error.

    Signals:
        doubled: a `UserError`: another PC's station of this name is at work; sent once for each of them.
        failed: a `UserError`: the row was not written.
        trial_wanted: a `StationPart` that an admin at another station wants to be tried.
    """

    doubled = Signal(object)
    failed = Signal(object)
    trial_wanted = Signal(object)

    def __init__(self, presence: Presence, interval_ms: int, write: Write, parent: QObject) -> None:
        super().__init__(parent)
        self._presence, self._write = presence, write
        self._is_reporting = self._must_report_again = False
        self._namesakes: set[str] = set()
        self._seq: int | None = None  # of the last event of the log that was read for trials
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        self._timer.start()
        self.beat()

    def stop(self) -> None:
        self._timer.stop()

    def change(self, **states: str) -> None:
        """Change these fields of the report; report at once, or as soon as the office is open."""
        changed = msgspec.structs.replace(self._presence, **states)
        if changed != self._presence:
            self._presence = changed
            if self._timer.isActive():
                self.beat()

    def beat(self) -> None:
        """Report now; while a report is under way, report once more after it."""
        if self._is_reporting:
            self._must_report_again = True
            return
        self._is_reporting = True
        self._write(partial(_report, self._presence, self._seq), self._on_reported, self._on_failed)

    def _on_reported(self, beat: object) -> None:
        assert isinstance(beat, Beat)  # noqa: S101
        self._is_reporting = False
        self._presence = msgspec.structs.replace(self._presence, health=beat.health)
        namesake = beat.namesake
        if namesake is not None and namesake.identity not in self._namesakes:
            self._namesakes.add(namesake.identity)
            self.doubled.emit(_duplicate_error(namesake))
        self._seq = beat.trials.seq
        for part in beat.trials.parts:
            self.trial_wanted.emit(part)
        if self._must_report_again:
            self._must_report_again = False
            self.beat()

    def _on_failed(self, error: UserError) -> None:
        self._is_reporting = self._must_report_again = False
        self.failed.emit(error)


class Beat(NamedTuple):
    """The result of a report.

    Args:
        namesake: another PC's station of the same name, None if there is none.
        health: this PC's health for the next report.
        trials: the parts of this station that an admin wants to be tried.
    """

    namesake: Presence | None
    health: StationHealth
    trials: Trials


def _report(presence: Presence, seq: int | None, office: Office) -> Beat:
    """Report this station, settle what an outage left open in its journal, and tend the keys.

    The worker thread runs this.
    """
    began = time.monotonic()
    offset = office.clock.measure()
    health = msgspec.structs.replace(presence.health, disk_mb=office.own.free_mb)
    now = msgspec.structs.replace(presence, clock_offset_ms=offset, health=health)
    namesake = office.report_presence(now)
    took_ms = round((time.monotonic() - began) * 1000)
    office.settle()
    office.keys.reload_and_maintain()
    trials = office.read(lambda tx: trials_since(tx, seq, office.own.identity))
    return Beat(namesake, msgspec.structs.replace(health, share_ms=took_ms), trials)


def _duplicate_error(other: Presence) -> UserError:
    return UserError(
        _("Nama komputer {name} dipakai dua kali.").format(name=other.name),
        _("Keduanya boleh terus bekerja; kios masing-masing punya huruf sendiri."),
        _("Beri tahu petugas TI: salah satunya perlu nama lain (Pengaturan, Komputer ini)."),
    )


log = logging.getLogger(__name__)
T = TypeVar("T")
Job = Callable[[Office, Actor], Answer]
Refused = Callable[[UserError], None]
HEARTBEAT_MS = connection.BEAT_MS
REOPEN_MS = 2_000  # after an office did not open
GRACE_S = 0.1  # in which an error that comes at the last moment replaces "no answer"


class StationLink(Protocol):
    """The link that a kiosk and a printer need: the office's own, or that of a kiosk which goes on alone."""

    @property
    def changed(self) -> SignalInstance: ...

    @property
    def connection_changed(self) -> SignalInstance: ...

    @property
    def refused(self) -> SignalInstance: ...

    @property
    def connection(self) -> Connection: ...

    @property
    def unopened(self) -> UserError | None: ...

    @property
    def time_doubt(self) -> TimeDoubt | None: ...

    @property
    def report(self) -> Callable[..., None]: ...

    def perform(
        self,
        command: Command[Answer] | Job[Answer],
        then: Callable[[Answer], object] | None = None,
        refused: Refused | None = None,
    ) -> Request[Answer]: ...

    def read(self, what: Callable[[Office], T], then: Callable[[T], object]) -> None: ...

    def read_board(self, then: Callable[[KioskBoard], object]) -> None: ...


class OfficeLink(QObject):
    """The link that a window holds instead of a store. None of its methods waits for the share.

    Args:
        setup: where the office lies; `opening` opens it, on the worker thread.

    Signals:
        changed: the window reads its board again: something happened in the office (sent after `urgent` has
            read), or the share is back.
        connection_changed: the share answers, is slow, or is gone (a `Connection`); or it is still gone and
            `unopened` gives another reason.
        refused: a UserError of work for which no `refused` was given.
    """

    changed = Signal()
    connection_changed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        setup: station_setup.StationSetup,
        opening: Callable[[station_setup.StationSetup], Office] = station_setup.open_office,
    ) -> None:
        super().__init__()
        self.setup = setup
        self._sync: watchers.OfficeSync | None = None
        self._is_closed = False
        self._zone: tzinfo | None = None
        self._reported_reason = ""  # the words of `unopened` at the last `connection_changed`
        self._clock = clock_of(setup.database, setup.name)
        self.actor = Actor(station=setup.name)
        self._tasks = Tasks(partial(opening, setup), self)
        self._tasks.refused.connect(self.refused)
        self.heart = Heartbeat(setup.presence(), HEARTBEAT_MS, self.write, self)
        self.report = self.heart.change
        self.heart.doubled.connect(self.refused)
        self.heart.failed.connect(self._on_background_error)
        self.monitor = link_monitor.LinkMonitor(self._overdue_s, self)
        self.monitor.changed.connect(self._on_connection)
        self.monitor.judged.connect(self._report_new_reason)
        self.moved = self.monitor.moved
        self.monitor.ticked.connect(self._retry)
        self.monitor.ticked.connect(self._refuse_overdue)
        self.urgent = watchers.UrgentReading(self)
        self._endings: list[Callable[[], None]] = [self.heart.stop, self.monitor.stop, self.urgent.stop]
        self._open()

    @property
    def connection(self) -> Connection:
        """The state of the share, as the monitor judges it (`core.connection`)."""
        return self.monitor.connection

    @property
    def is_open(self) -> bool:
        """Return whether the office was opened, and the link is not closed."""
        return self._sync is not None and not self._is_closed

    @property
    def unopened(self) -> UserError | None:
        """The error for an office that has not opened yet, which names its path; None once it has."""
        if self._sync is not None:
            return None
        return self.monitor.trouble or link_monitor.not_opened_error(self.setup.database)

    def now(self) -> datetime:
        """Return the office's time, in its zone; this PC's own until the office was read."""
        return to_datetime(self._clock(), self._zone)

    def perform(
        self,
        command: Command[Answer] | Job[Answer],
        then: Callable[[Answer], object] | None = None,
        refused: Refused | None = None,
    ) -> Request[Answer]:
        """Have `command` carried out by the person who is signed in; `then` or `refused` follows.

        `command` may be a job (a plain function), which reads a file or performs several commands. Commands
        and jobs are refused at once while the share is gone, and do not begin once they are refused: nothing
        is carried out later without the person's knowledge. A command is tried for three seconds, or for
        eight while the share answers but is slow or locked by others. If it still hangs then, its outcome is
        not known: the error asks the person to look at the board.
        """
        now = time.monotonic()
        request = Request(then, refused or self.refused.emit, due=now + connection.OUTAGE_AFTER + GRACE_S)
        request.is_command = isinstance(command, Command)
        request.on_outcome = partial(self.monitor.note_write, self.monitor.trouble)
        if self.connection is Connection.OFFLINE:
            request.refuse(self.monitor.why_not())
        else:
            self._tasks.send(partial(_perform, command, self.actor, now, request.ended), request)
        return request

    def _refuse_overdue(self) -> None:
        """Refuse the overdue requests, of which nobody knows yet whether they were carried out.

        A command has five seconds more while the watcher gets answers; a job is given up only when the
        watcher gets none either.
        """
        watcher_hangs = self._sync is not None and self._sync.silent_s >= connection.OUTAGE_AFTER
        watcher_answers = self._sync is not None and not watcher_hangs
        grace_s = connection.SLOW_AFTER - connection.OUTAGE_AFTER if watcher_answers else 0.0
        for request in self._tasks.overdue():
            is_late_command = request.is_command and request.due + grace_s <= time.monotonic()
            if watcher_hangs or is_late_command:
                request.refuse(link_monitor.no_answer_error())

    def write(self, job: Callable[[Office], T], then: Callable[[T], object] | None, refused: Refused) -> None:
        """Run a job that writes, and for which no person waits."""
        on_outcome = partial(self.monitor.note_write, self.monitor.trouble)
        self._tasks.send(job, Request(then, refused, on_outcome=on_outcome))

    def read(
        self, what: Callable[[Office], T], then: Callable[[T], object], refused: Refused | None = None
    ) -> None:
        """Read a snapshot. While the share is gone nothing comes; `changed` follows when it is back."""
        self._tasks.run(what, then, refused or self._on_background_error)

    def read_board(self, then: Callable[[KioskBoard], object]) -> None:
        """Read what the kiosk offers."""
        self.read(Office.kiosk_board, then)

    def sign_in(self, login: str, password: str, then: Callable[[Actor], None], refused: Refused) -> None:
        def on_signed_in(actor: Actor) -> None:
            self.actor = actor
            then(actor)

        if self.connection is Connection.OFFLINE:
            refused(self.monitor.why_not())
            return
        self._tasks.run(partial(_sign_in, login, password), on_signed_in, refused)

    @property
    def time_doubt(self) -> TimeDoubt | None:
        trouble = self.monitor.trouble
        return trouble if isinstance(trouble, TimeDoubt) else None

    @property
    def needs_restore(self) -> bool:
        trouble = self.monitor.trouble
        return isinstance(trouble, (DamagedFile, OfficeGone)) and not self.setup.is_on_server

    def confirm_time(
        self, credentials: tuple[str, str], then: Callable[[int], object], refused: Refused
    ) -> None:
        """Record that the officer with these credentials, login and password, confirms the share's time."""
        self.write(partial(_confirm_time, credentials), then, refused)

    def sign_out(self) -> None:
        self.actor = Actor(station=self.setup.name)
        self.forget_keys()

    def forget_keys(self) -> None:
        """Forget the keys, after a sign-out or while locked: sealed data stays closed until a sign-in."""
        self._tasks.run(Office.sign_out)

    def close(self) -> None:
        """End the threads; one that hangs in a dead share is left behind after a second or two."""
        self._is_closed = True
        for end in self._endings:
            end()
        self._tasks.close()

    def _open(self) -> None:
        if not self._is_closed:
            self._tasks.run(
                lambda office: (office.read(office_row.load), office.clock),
                self._on_opened,
                self._on_not_opened,
            )

    def _on_opened(self, opened: tuple[office_row.OfficeRow, ShareClock]) -> None:
        office, self._clock = opened
        self._zone = office.settings.office.zone
        self._sync = watchers.OfficeSync(self.setup.database, office.uid, self.setup.sync, self.urgent, self)
        self._sync.changed.connect(partial(self._tasks.run, Office.expect_news))
        self._sync.changed.connect(partial(self._tasks.when_idle, self.changed.emit))
        self._sync.reachable.connect(self.monitor.note_reading)
        locks = watchers.LockWatch(self.setup.identity, self)
        locks.judged.connect(self._on_locks_judged)
        is_for_officers = self.setup.mode == "counter"
        upkeep = watchers.UpkeepWatch(
            self.setup.maintenance_task, self._clock, self, for_officers=is_for_officers
        )
        upkeep.troubled.connect(self._on_background_error)
        self._endings += [self._sync.close, locks.close, upkeep.close]
        # On the worker thread, to which the office belongs.
        self._tasks.run(partial(_announce_with, self._sync.announce))
        self.heart.start()
        self.monitor.note(None)

    def _on_locks_judged(self, reason: WritesBlocked | None) -> None:
        """Stop writing for `reason`, which the lock probe with another PC has found; None allows it again.

        The next report that is written ends the trouble.
        """
        self._tasks.run(lambda office: office.halt(reason))
        if reason is not None:
            self._on_background_error(reason)

    def _on_not_opened(self, error: UserError) -> None:
        self.monitor.note(error)
        if not isinstance(error, (ShareUnreachable, OfficeMoved)):  # the monitor's signals show these two
            self.refused.emit(error)
        QTimer.singleShot(REOPEN_MS, self, self._open)

    def _on_background_error(self, error: UserError) -> None:
        """Report an error of work that no person asked for, unless the trouble is known already.

        `connection_changed` and `moved` report that the share is gone or that the office has moved.
        """
        is_known = type(error) is type(self.monitor.trouble)
        self.monitor.note_failure(error)
        if not isinstance(error, (ShareUnreachable, OfficeMoved)) and not is_known:
            log.warning("%s", error)
            self.refused.emit(error)

    def _overdue_s(self) -> float:
        """Return the seconds for which the watcher, or the worker beyond its allowance, has had no answer.

        The allowance is for a slow share: a long job is no outage while the watcher gets answers.
        """
        if self._sync is None:
            return self._tasks.busy_s
        allowance_s = connection.SLOW_AFTER - connection.OUTAGE_AFTER
        return max(self._tasks.busy_s - allowance_s, self._sync.silent_s)

    def _report_new_reason(self) -> None:
        if self.connection is Connection.OFFLINE and self._reason != self._reported_reason:
            self._on_connection(Connection.OFFLINE)

    @property
    def _reason(self) -> str:
        return "" if self.unopened is None else self.unopened.what

    def _on_connection(self, state: Connection) -> None:
        self._reported_reason = self._reason
        self.connection_changed.emit(state)
        if state is Connection.ONLINE:
            self.changed.emit()

    def _retry(self) -> None:
        """Try the office again while there is trouble, one try at a time."""
        if self.monitor.trouble is not None and self._sync is not None and not self._tasks.pending:
            self.heart.beat()


def _perform(
    command: Command[Answer] | Job[Answer],
    actor: Actor,
    asked_at: float,
    ended: threading.Event,
    office: Office,
) -> Answer:
    if ended.is_set():
        raise link_monitor.cut_off_error()
    if isinstance(command, Command):
        waited_s = time.monotonic() - asked_at  # behind other jobs: the person has waited since then
        with office.patience(connection.OUTAGE_AFTER - waited_s, connection.SLOW_AFTER - waited_s):
            return office.perform(command, actor)
    with office.patience(connection.OUTAGE_AFTER, connection.SLOW_AFTER):  # for each of its commands
        return command(office, actor)


def _sign_in(login: str, password: str, office: Office) -> Actor:
    with office.patience(connection.OUTAGE_AFTER, connection.SLOW_AFTER):
        return office.sign_in(login, password)


def _confirm_time(credentials: tuple[str, str], office: Office) -> int:
    with office.patience(connection.OUTAGE_AFTER, connection.SLOW_AFTER):
        return confirm_time(office, office.check_password(*credentials))


def _announce_with(announce: Callable[[], None], office: Office) -> None:
    office.committed = announce
