"""The office's date and time as shown to a person, and the act by which they confirm it."""

from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office.commands import ConfirmTime
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.time_watch import TimeWatch


def confirm_time(office: Office, by: Actor) -> int:
    """Confirm the share's time; return it (UTC ms)."""
    office.clock.yield_to_share()
    return office.perform(ConfirmTime(), by)


def read_time_witnesses(office: Office) -> TimeWitnesses:
    """Return the evidence for the time now, for a person who is to confirm the date."""
    return office.read(lambda tx: TimeWatch(office.station).witnesses(tx, office.clock(), office.clock))


_OFFICE = 1  # the id of the one row of the office, the event's subject


@handles(ConfirmTime, needs=Permission.CLOSE_DAY, answer=lambda tx, _subject: events.last_at(tx))
def confirm(_command: ConfirmTime, tx: Transaction, _context: Context) -> NewEvent:
    """Confirm the office's time by an entry in the log, with which every station compares its time."""
    return NewEvent("time.confirmed", "office", _OFFICE, {"last": events.last_at(tx)})
