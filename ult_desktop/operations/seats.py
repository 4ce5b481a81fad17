"""Priority seats: given to a vulnerable visitor who waits, and given back."""

from ult_desktop.core.care_asks import GiveSeatBack, TakeSeat
from ult_desktop.core.roles import Permission
from ult_desktop.core.seats import SeatGuest, Seats
from ult_desktop.db import seats, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed, the_visit


@performs(TakeSeat, needs=Permission.ASSIST_VULNERABLE, answer=visits.get)
def take_seat(ask: TakeSeat, tx: Transaction, moment: Moment) -> Done:
    found, guest = _guest(tx, moment, ask.visit_id)
    if guest.sits:
        raise nothing_changed(_("Tamu itu sudah duduk di kursi prioritas."))
    if found.taken >= found.kept:
        raise nothing_changed(
            _("Semua kursi prioritas terpakai ({n}).").format(n=found.kept),
            _("Kembalikan kursi tamu yang sudah tidak memakainya."),
        )
    seats.take(tx, ask.visit_id, moment.at, moment.by.officer_id)
    return Done("care.seat_taken", "care", ask.visit_id)


@performs(GiveSeatBack, needs=Permission.ASSIST_VULNERABLE, answer=visits.get)
def give_seat_back(ask: GiveSeatBack, tx: Transaction, moment: Moment) -> Done:
    _found, guest = _guest(tx, moment, ask.visit_id)
    if not guest.sits:
        raise nothing_changed(_("Tamu itu tidak memakai kursi prioritas."))
    seats.give_back(tx, ask.visit_id)
    return Done("care.seat_given_back", "care", ask.visit_id)


def _guest(tx: Transaction, moment: Moment, visit_id: int) -> tuple[Seats, SeatGuest]:
    visit = the_visit(tx, visit_id)
    found = seats.seats_on(tx, moment.day)
    guest = found.guest(visit_id)
    if guest is None:
        raise nothing_changed(
            _("Kursi prioritas untuk tamu kelompok rentan yang sedang menunggu."),
            _("Tamu itu tidak sedang menunggu; tidak ada yang perlu dilakukan.")
            if visit.vulnerable
            else _("Catat dulu bahwa tamu itu termasuk kelompok rentan."),
        )
    return found, guest
