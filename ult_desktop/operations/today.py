"""Which day it is in the office."""

from ult_desktop.operations.lookup import today
from ult_desktop.operations.office.office import Office


def today_of(office: Office) -> str:
    """The office's own date (ISO), whatever the zone of this PC."""
    return office.read(lambda tx: today(tx, office.clock()))
