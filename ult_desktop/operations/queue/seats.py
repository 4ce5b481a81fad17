"""The priority seats: given to a vulnerable visitor who waits, and given back."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.boards import Seats, VulnerableGuest
from ult_desktop.core.queue.commands import GiveSeatBack, TakeSeat
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse


@handles(TakeSeat, needs=Permission.ASSIST_VULNERABLE, answer=visits.get)
@named("care seat", "Beri kursi prioritas kepada tamu kunjungan VISIT yang menunggu.")
def take_seat(command: TakeSeat, tx: Transaction, context: Context) -> NewEvent:
    seats, guest = _require_waiting_guest(tx, context, command.visit_id)
    if guest.sits:
        raise refuse(_("Tamu itu sudah duduk di kursi prioritas."))
    if seats.taken >= seats.reserved:
        raise refuse(
            _("Semua kursi prioritas terpakai ({n}).").format(n=seats.reserved),
            _("Kembalikan kursi tamu yang sudah tidak memakainya."),
        )
    tickets.take_seat(tx, command.visit_id, context.at, context.by.officer_id)
    return NewEvent("care.seat_taken", "care", command.visit_id)


@handles(GiveSeatBack, needs=Permission.ASSIST_VULNERABLE, answer=visits.get)
@named("care seat-back", "Kursi prioritas tamu kunjungan VISIT kembali.")
def give_seat_back(command: GiveSeatBack, tx: Transaction, context: Context) -> NewEvent:
    _seats, guest = _require_waiting_guest(tx, context, command.visit_id)
    if not guest.sits:
        raise refuse(_("Tamu itu tidak memakai kursi prioritas."))
    tickets.give_back_seat(tx, command.visit_id)
    return NewEvent("care.seat_given_back", "care", command.visit_id)


def _require_waiting_guest(tx: Transaction, context: Context, visit_id: int) -> tuple[Seats, VulnerableGuest]:
    visit = lookup.require_open_visit(tx, visit_id)
    seats = tickets.read_seats(tx, context.day)
    guest = seats.guest_of_visit(visit_id)
    if guest is None:
        raise refuse(
            _("Kursi prioritas untuk tamu kelompok rentan yang sedang menunggu."),
            _("Tamu itu tidak sedang menunggu; tidak ada yang perlu dilakukan.")
            if visit.vulnerable
            else _("Catat dulu bahwa tamu itu termasuk kelompok rentan."),
        )
    return seats, guest
