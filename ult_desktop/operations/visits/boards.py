"""The boards of the visitors' pages: today's list with the visit that is chosen, from one snapshot."""

import msgspec

from ult_desktop.core.care.declarations import Vulnerability
from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.procedures.procedure import Step
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits import desk_book, guest_book
from ult_desktop.db.care import declarations
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody, guests, visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.visits.visits import regency_choices


class VisitForms(msgspec.Struct, frozen=True, kw_only=True):
    """The forms of one visit, and what they offer to choose: services as (id, name), regencies by name.

    `declaration` is what a vulnerable visitor declared of themselves, None for others. `tick` is the next
    step of the procedure, if an officer has to tick it off. `privacy` is the office's own notice. `number` is
    the visitor's ticket, None before they have one.
    """

    card: guest_book.VisitCard
    services: tuple[tuple[int, str], ...]
    regencies: tuple[str, ...]
    declaration: Vulnerability | None = None
    tick: Step | None = None
    privacy: PrivacyWords = PrivacyWords()
    number: Ticket | None = None


def visit_forms(tx: Transaction, now: int, visit_id: int | None) -> VisitForms | None:
    """Return the forms of a visit. None when `visit_id` is None, or no visit has that id."""
    card = None if visit_id is None else guests.visit_card(tx, visit_id)
    if card is None:
        return None
    settings = office.load(tx).settings
    steps = visit_steps(tx, card.visit.id, now)
    next_step = None if steps is None else steps.next_step
    needs_tick = next_step is not None and next_step.completes.tick is not None
    return VisitForms(
        card=card,
        services=services.choices(services.offered(tx, card.visit.channel, card.visit.service_id)),
        regencies=regency_choices(settings.office.province),
        declaration=declarations.find(tx, card.visit.id),
        tick=next_step if needs_tick else None,
        privacy=settings.privacy,
        number=None if card.visit.ticket_id is None else tickets.find(tx, card.visit.ticket_id),
    )


def ticket_forms(tx: Transaction, now: int, ticket_id: int) -> VisitForms | None:
    """Return the forms of the visit of a ticket. None if the ticket has no visit yet."""
    visit = visits.of_ticket(tx, ticket_id)
    return None if visit is None else visit_forms(tx, now, visit.id)


class VisitorBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The board of visitors.

    `visits` are those of today, and older ones whose identity card the office still holds. `numbers` are
    today's tickets without a visit: nobody has received their holders yet. `entries` are the daily report's,
    of today and unsettled ones of earlier days. `chosen` is the visit that the officer has selected.
    """

    visits: tuple[guests.VisitRow, ...]
    numbers: tuple[Ticket, ...]
    entries: tuple[desk_book.DailyReportEntry, ...]
    chosen: VisitForms | None


def visitor_board(tx: Transaction, now: int, chosen: int | None) -> VisitorBoard:
    day = office_day(now, office.zone(tx))
    rows = guests.of_day(tx, day)
    ids_of_today = {row.id for row in rows}
    # A dict keeps the cards' order, and names a visit with two cards once.
    older_ids = dict.fromkeys(
        card.visit_id for card in custody.all_held_cards(tx) if card.visit_id not in ids_of_today
    )
    return VisitorBoard(
        visits=(*rows, *guests.by_ids(tx, older_ids)),
        numbers=tickets.without_visit(tx, day),
        entries=(*guests.unsettled_entries_before(tx, day), *guests.entries_between(tx, day, day)),
        chosen=visit_forms(tx, now, chosen),
    )


def count_arrivals(tx: Transaction, now: int) -> int:
    """Return how many visitors were welcomed today and have no number yet."""
    return len(guests.without_number(tx, office_day(now, office.zone(tx))))
