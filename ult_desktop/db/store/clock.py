"""The time of this process: the share's time, carried on by a clock that nobody can set.

A PC's own clock may be wrong at its start and is stepped later: by NTP, by a person, by a dead battery.
Stations therefore go by the clock of the computer that keeps the file, and between two readings of it by the
ticks since this PC was switched on (docs/store.md, rule 16).
"""

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.stamps import CLOCKS_APART_MS
from ult_desktop.db.store.share_files import file_name_part


def ticks_ms() -> int:
    """Return the milliseconds of a clock that nobody can set; it begins at any moment.

    On Windows and Linux it counts the time in which the PC sleeps.
    """
    if sys.platform == "win32":
        # The 32-bit GetTickCount starts again at zero after 49.7 days, and a kiosk may run for longer:
        # https://learn.microsoft.com/en-us/windows/win32/api/sysinfoapi/nf-sysinfoapi-gettickcount64
        uptime = ctypes.windll.kernel32.GetTickCount64
        # ctypes takes every result for a C int unless it is given another type, and would cut this one to 32
        # bits.
        uptime.restype = ctypes.c_uint64
        ticks = int(uptime())
    elif sys.platform == "linux":
        # Not CLOCK_MONOTONIC: on Linux that one does not count the time in which the PC sleeps, and a
        # transaction that slept must not be committed (docs/store.md, rule 5).
        # https://man7.org/linux/man-pages/man2/clock_gettime.2.html
        ticks = time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    else:
        ticks = time.monotonic_ns() // 1_000_000
    return ticks


def own_ms() -> int:
    """Return UTC milliseconds by this PC's own clock."""
    return time.time_ns() // 1_000_000


def share_ms(folder: Path, station: str) -> int | None:
    """Return UTC milliseconds by the computer that keeps `folder`; None when they cannot be read.

    The modification time is given by the server, not by this PC, and every station asks the same one.
    """
    # Process and thread are in the name: the kiosk's worker and its upkeep ask at the same time, and one must
    # not take the other's file away between its writing and its reading.
    mark = folder / f".ult-clock-{file_name_part(station)}-{os.getpid()}-{threading.get_ident()}"
    try:
        mark.write_bytes(b"")
        at = mark.stat().st_mtime_ns // 1_000_000
        mark.unlink()
    except OSError:
        return None
    return at


class ClockSources(NamedTuple):
    """The three clocks (`ticks_ms`, `own_ms`, `share_ms`), each in milliseconds."""

    ticks: Callable[[], int]
    own: Callable[[], int]
    share: Callable[[Path, str], int | None]


SYSTEM = ClockSources(ticks_ms, own_ms, share_ms)


@cache
def _first_own_at_zero_ticks(sources: ClockSources) -> int:
    """Return what this PC's own clock, as this program first found it, showed at zero ticks (UTC ms)."""
    return sources.own() - sources.ticks()


def steady_ms() -> int:
    """Return UTC ms by this PC's own clock as this program first found it, carried on by ticks.

    No step of the clock moves it.
    """
    return _first_own_at_zero_ticks(SYSTEM) + SYSTEM.ticks()


def stepped_ms() -> int:
    """Return how far this PC's own clock was set since this program first read it (ms)."""
    return SYSTEM.own() - steady_ms()


class ShareClock:
    """The share's clock: a call returns its UTC milliseconds. Any thread may ask.

    This PC's own clock is read once, at the start, and carried on by ticks; `offset_ms` is added to it.
    `own_offset_ms` is how far the share's clock was ahead of this PC's own at the last measurement. A held
    clock (`is_held`) follows the share by an hour at most: `apart_ms` is how far ahead of this clock the
    share is if it is further away, otherwise 0.

    Args:
        folder: the folder of the office file.
        station: the station, after which the file is named that asks for the share's time.
        sources: the clocks of this PC and of the share.
        offset_ms: the offset that an earlier run measured.
    """

    def __init__(
        self, folder: Path, station: str, sources: ClockSources | None = None, offset_ms: int = 0
    ) -> None:
        self._folder, self._station = folder, station
        self._sources = sources or SYSTEM
        self._own_at_zero_ticks = self._sources.own() - self._sources.ticks()
        self.offset_ms = self.own_offset_ms = offset_ms
        self.apart_ms = 0
        self.is_held = False

    def __call__(self) -> int:
        return self._own_at_zero_ticks + self._sources.ticks() + self.offset_ms

    @property
    def own(self) -> int:
        """The time by this PC's own clock (UTC ms)."""
        return self._sources.own()

    @property
    def ticks(self) -> int:
        """The milliseconds since this PC was switched on; nobody sets them."""
        return self._sources.ticks()

    def hold(self) -> None:
        """Follow the share by an hour at most from now on, because the office's log agrees with this time."""
        self.is_held = True

    def measure(self) -> int:
        """Ask the share again; return the milliseconds from this PC's own clock to the share's.

        A held clock follows the share by an hour at most. If the share is further away, `apart_ms` says how
        far. Without an answer the last result stays.
        """
        before = self._sources.ticks()
        share = self._sources.share(self._folder, self._station)
        if share is not None:
            after = self._sources.ticks()
            # The share read its clock somewhere between the two readings of the ticks; the middle is wrong by
            # half the round trip at most, as in NTP.
            middle = (before + after) // 2
            own = self._sources.own() - (after - middle)
            # A small difference comes from the round trip, not from the clock. If the clock followed it, this
            # station's time would change with every measurement.
            self.own_offset_ms = share - own if abs(share - own) >= CLOCKS_APART_MS else 0
            self._follow(own + self.own_offset_ms - self._own_at_zero_ticks - middle)
        return self.own_offset_ms

    def _follow(self, offset: int) -> None:
        """Take `offset` (ms) as `offset_ms`, unless that would move a held clock by more than an hour."""
        apart = offset - self.offset_ms
        if self.is_held and abs(apart) > NEAR_MS:
            # A share whose clock jumps must not take a running office with it: the log has agreed with this
            # time (docs/store.md, rule 19).
            self.apart_ms = apart
        else:
            if abs(apart) >= CLOCKS_APART_MS:
                self.offset_ms = offset
            self.apart_ms = 0

    def go_by_own(self) -> bool:
        """Go by this PC's own clock, with which the office's log agrees; return whether the time changed."""
        former = self.offset_ms
        self.offset_ms = self.own - self._own_at_zero_ticks - self.ticks
        self.hold()
        self.measure()
        return self.offset_ms != former

    def yield_to_share(self) -> bool:
        """Measure the share's time without the limit of a held clock; return whether this clock changed.

        A held clock stays held only if it did not change.
        """
        former, was_held = self.offset_ms, self.is_held
        self.is_held = False
        self.measure()
        self.is_held = was_held and self.offset_ms == former
        return self.offset_ms != former
