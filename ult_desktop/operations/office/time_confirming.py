"""The office's date and time as shown to a person, and the act by which they confirm it."""

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.commands import ConfirmTime
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.time_watch import TimeWatch


def confirm_time(office: Office, by: Actor) -> int:
    """Confirm the share's time; return it (UTC ms)."""
    office.clock.yield_to_share()
    return office.perform(ConfirmTime(), by)


def time_seen(office: Office) -> TimeWitnesses:
    """Return what is shown to a person who is to confirm the date."""
    return office.read(lambda tx: TimeWatch(office.station).witnesses(tx, office.clock(), office.clock))
