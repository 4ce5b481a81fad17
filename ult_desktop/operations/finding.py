"""Fetch what an operation speaks of, or refuse with words."""

from ult_desktop.core.boards import CounterState
from ult_desktop.core.ticket import Act, Ticket, require
from ult_desktop.db import counters, services, tickets, turns
from ult_desktop.db.counters import CounterRow
from ult_desktop.db.services import ServiceRow
from ult_desktop.db.transaction import Transaction
from ult_desktop.db.turns import Turn
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.base import Moment


def nothing_changed(what: str, todo: str = "") -> UserError:
    return UserError(what, _("Tidak ada yang berubah."), todo)


def the_counter(tx: Transaction, number: int) -> CounterRow:
    counter = counters.find(tx, number)
    if counter is None:
        known = ", ".join(str(each.number) for each in counters.all_counters(tx))
        raise nothing_changed(
            _("Loket {number} tidak ada.").format(number=number), _("Yang ada: {names}.").format(names=known)
        )
    return counter


def the_service(tx: Transaction, service_id: int, *, retired: bool = False) -> ServiceRow:
    """With `retired` also one that is offered no more, for whoever was promised it before."""
    service = services.find(tx, service_id, retired=retired)
    if service is None:
        raise nothing_changed(_("Layanan itu tidak ada lagi."), _("Pilih layanan lain."))
    return service


def the_ticket(tx: Transaction, ticket_id: int, act: Act) -> Ticket:
    """The ticket, if its state allows `act`."""
    ticket = tickets.find(tx, ticket_id)
    if ticket is None:
        raise nothing_changed(_("Nomor antrean itu tidak ada."))
    require(act, ticket.label, ticket.state)
    return ticket


def require_of_today(ticket: Ticket, moment: Moment) -> None:
    """A number of another day is in nobody's queue: it must not wait again."""
    if ticket.day != moment.day:
        raise nothing_changed(
            _("Nomor {label} bukan dari hari ini.").format(label=ticket.label), _("Ambil nomor baru.")
        )


def require_seat(counter: CounterRow, moment: Moment) -> None:
    """Only who sits at a counter acts there, so that the turn tells truly who served."""
    if counter.state is CounterState.CLOSED or counter.officer_id is None:
        raise nothing_changed(
            _("Loket {number} belum dibuka.").format(number=counter.number), _("Masuk di loket itu dulu.")
        )
    if counter.officer_id != moment.by.officer_id:
        raise nothing_changed(
            _("Loket {number} dijaga {officer}.").format(number=counter.number, officer=counter.officer),
            _("Ambil alih loket itu dulu, atau pakai loket Anda."),
        )


def the_visitor(tx: Transaction, number: int, act: Act, moment: Moment) -> tuple[Turn, Ticket]:
    """Who is at the officer's counter now, if the ticket's state allows `act`."""
    require_seat(the_counter(tx, number), moment)
    turn = turns.at_counter(tx, number)
    if turn is None:
        raise nothing_changed(
            _("Tidak ada pengunjung di loket {number}.").format(number=number), _("Panggil nomor dulu.")
        )
    return turn, the_ticket(tx, turn.ticket_id, act)
