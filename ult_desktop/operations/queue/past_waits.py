"""The past days of an office, to test how true the waits shown to its visitors would have been."""

from collections.abc import Iterator
from functools import partial

from ult_desktop.core.queue import backtest
from ult_desktop.db.queue import past_days
from ult_desktop.operations.office.office import Office


def days_of(office: Office, count: int) -> Iterator[backtest.PastDay]:
    """Yield the office's latest days, oldest first.

    Each is read in a transaction of its own: no station must wait long for a reader.
    """
    now = office.clock()
    days = office.read(lambda tx: past_days.latest_days(tx, now, count))
    if not days:
        return
    acts = office.read(lambda tx: past_days.counter_acts(tx, days[0]))
    for day in days:
        yield office.read(partial(past_days.read_day, day=day, now=now, acts=acts))
