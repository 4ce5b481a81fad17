"""Whom a counter serves now."""

from dataclasses import dataclass
from functools import partial

from ult_desktop.core.ticket import Ticket
from ult_desktop.core.visit import Visit
from ult_desktop.db import visits
from ult_desktop.operations.office import Office


@dataclass(frozen=True)
class Serving:
    """The number at the counter; `visit` is None until the visitor has arrived there."""

    ticket: Ticket
    visit: Visit | None = None


def serving(ticket: Ticket, office: Office) -> Serving:
    """On the worker thread: the visit behind the number."""
    return Serving(ticket, office.read(partial(visits.of_ticket, ticket_id=ticket.id)))
