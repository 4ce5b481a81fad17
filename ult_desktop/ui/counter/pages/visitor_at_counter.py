"""Whom a counter serves now."""

from dataclasses import dataclass
from functools import partial

from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office


@dataclass(frozen=True)
class VisitorAtCounter:
    """The number at the counter; `visit` is None until the visitor has arrived there."""

    ticket: Ticket
    visit: Visit | None = None


def find_visitor(ticket: Ticket, office: Office) -> VisitorAtCounter:
    """On the worker thread: the visit behind the number."""
    return VisitorAtCounter(ticket, office.read(partial(visits.of_ticket, ticket_id=ticket.id)))
