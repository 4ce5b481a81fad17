"""A window's link to an office file, and everything it said."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

if TYPE_CHECKING:
    from ult_desktop.base.errors import UserError
    from ult_desktop.core.connection import Connection

TAKE = commands.IssueTicket(service_id=1)
OpenLink = Callable[..., "WatchedLink"]
Opening = Callable[[StationSetup], Office]
SOON_S = 10.0
"""The seconds in which a promise of two to four comes true on a loaded machine; a hang lasts far longer."""


class WatchedLink:
    """A link and everything it said."""

    def __init__(self, link: OfficeLink) -> None:
        self.link = link
        self.states: list[Connection] = []
        self.changes: list[Connection] = []
        self.refusals: list[UserError] = []
        self.answers: list[Any] = []
        link.connection_changed.connect(self.states.append)
        link.changed.connect(lambda: self.changes.append(link.connection))
        link.refused.connect(self.refusals.append)

    def take(self) -> None:
        self.link.perform(TAKE, self.answers.append, self.answers.append)

    @property
    def labels(self) -> list[str]:
        return [answer.ticket.label for answer in self.answers if isinstance(answer, IssuedTicket)]


def impatient(seconds: float) -> Opening:
    """Opens an office that gives a silent share up after `seconds`, where a real one waits fifteen."""
    return lambda place: Office(place.database, place.name, place.journal, seconds)
