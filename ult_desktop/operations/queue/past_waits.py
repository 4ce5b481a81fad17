"""The past days of an office, to test how true the waits shown to its visitors would have been."""

from collections.abc import Iterator
from functools import partial

from ult_desktop.core.queue import backtest
from ult_desktop.db.queue import past_days
from ult_desktop.operations.office.office import Office


def days_of(office: Office, count: int) -> Iterator[backtest.PastDay]:
    """Yield its latest days, oldest first.

    Each is read by itself, for nobody may have to wait for a reader.
    """
    now = office.clock()
    names = office.read(lambda tx: past_days.latest_days(tx, now, count))
    if not names:
        return
    acts = office.read(lambda tx: past_days.counter_acts(tx, names[0]))
    for name in names:
        yield office.read(partial(past_days.read_day, day=name, now=now, acts=acts))
