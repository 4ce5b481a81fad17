"""The hours in which the whole office file may be read: while that lasts, no other station can commit."""

from collections.abc import Callable
from pathlib import Path

from ult_desktop.core.office.working_time import is_round_the_clock
from ult_desktop.core.queue import boards, opening
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office
from ult_desktop.db.store import damage_flag, events, stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.verification import Alone

BEFORE_DAWN = range(2, 4)  # for an office that never closes


def is_quiet(tx: Transaction, now: int) -> bool:
    """Return whether the office is closed at `now` (UTC ms). A pause at the kiosks does not count."""
    settings = office.load(tx).settings
    local = to_datetime(now, settings.office.zone)
    if is_round_the_clock(settings.hours):
        return local.hour in BEFORE_DAWN
    return opening.opening_of(settings, "", local).state is not boards.Openness.OPEN


def alone_with(path: Path, clock: Callable[[], int]) -> Alone:
    """Return a check of whether the office file at `path` may be read for as long as it takes.

    The check passes if the file is flagged as damaged, since nobody works with it then, or if nobody waits.
    """
    return lambda tx: damage_flag.is_flagged(path) or nobody_waits(tx, clock())


def nobody_waits(tx: Transaction, now: int) -> bool:
    """Return whether nothing was written in the last minutes, and the office or every window is closed."""
    was_just_written = 0 <= now - events.last_at(tx) < stations.AT_WORK_MS
    return not was_just_written and (is_quiet(tx, now) or not stations.names_at_work(tx, now))
