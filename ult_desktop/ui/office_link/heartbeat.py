"""The station's row in the office file: kept fresh, and watched for a second station of the same name."""

import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError, _
from ult_desktop.core.station_health import StationHealth
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.station_trials import Trials, trials_since

Write = Callable[[Callable[[Office], object], Callable[[object], None], Callable[[UserError], None]], None]


class Heartbeat(QObject):
    """Reports this station on the worker thread, one report at a time, however long the share takes.

    Args:
        presence: what is reported; `tell` changes it.
        interval_ms: between two beats.
        write: runs a job on the office, then one of the two continuations.

    Signals:
        doubled: a `UserError`: another PC's station of this name is at work; told once for each of them.
        failed: a `UserError`: the row was not written.
        tried: a `StationPart`: an admin at another station wants it tried.
    """

    doubled = Signal(object)
    failed = Signal(object)
    tried = Signal(object)

    def __init__(self, presence: Presence, interval_ms: int, write: Write, parent: QObject) -> None:
        super().__init__(parent)
        self._presence, self._write = presence, write
        self._under_way = self._again = False
        self._namesakes: set[str] = set()
        self._seq: int | None = None
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        self._timer.start()
        self.beat()

    def stop(self) -> None:
        self._timer.stop()

    def tell(self, **states: str) -> None:
        """New states for the other stations; they see them at once, or as soon as there is an office."""
        changed = msgspec.structs.replace(self._presence, **states)
        if changed != self._presence:
            self._presence = changed
            if self._timer.isActive():
                self.beat()

    def beat(self) -> None:
        """Report now; asked for again while a report is under way, it is sent once more after it."""
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        self._write(partial(_report, self._presence, self._seq), self._done, self._not_done)

    def _done(self, beat: object) -> None:
        assert isinstance(beat, Beat)  # noqa: S101
        self._under_way = False
        self._presence = msgspec.structs.replace(self._presence, health=beat.health)
        namesake = beat.namesake
        if namesake is not None and namesake.identity not in self._namesakes:
            self._namesakes.add(namesake.identity)
            self.doubled.emit(_duplicate_error(namesake))
        self._seq = beat.trials.seq
        for part in beat.trials.parts:
            self.tried.emit(part)
        self._once_more()

    def _not_done(self, error: UserError) -> None:
        self._under_way = self._again = False
        self.failed.emit(error)

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.beat()


class Beat(NamedTuple):
    """What a report found: a namesake, how the PC is, for the next report, and what it is asked to try."""

    namesake: Presence | None
    health: StationHealth
    trials: Trials


def _report(presence: Presence, seq: int | None, office: Office) -> Beat:
    """Runs on the worker. What an outage left open in the journal is settled here, and keys are tended."""
    began = time.monotonic()
    offset = office.clock.measure()
    health = msgspec.structs.replace(presence.health, disk_mb=office.own.free_mb)
    now = msgspec.structs.replace(presence, seen_at=office.clock(), clock_offset_ms=offset, health=health)
    namesake = office.report_presence(now)
    took_ms = round((time.monotonic() - began) * 1000)
    office.settle()
    office.keys.tend()
    trials = office.read(lambda tx: trials_since(tx, seq, office.own.identity))
    return Beat(namesake, msgspec.structs.replace(health, share_ms=took_ms), trials)


def _duplicate_error(other: Presence) -> UserError:
    return UserError(
        _("Nama komputer {name} dipakai dua kali.").format(name=other.name),
        _("Keduanya boleh terus bekerja; kios masing-masing punya huruf sendiri."),
        _("Beri tahu petugas TI: salah satunya perlu nama lain (Pengaturan, Komputer ini)."),
    )
