"""Seats: how many are taken, and by whom."""

from ult_desktop.core.queue.boards import Seats, VulnerableGuest

SITS = VulnerableGuest(visit_id=1, ticket_id=11, label="P001", sits=True)
STANDS = VulnerableGuest(visit_id=2, ticket_id=None, label=None, sits=False)


def test_seats_are_counted_and_guests_found() -> None:
    seats = Seats(reserved=4, guests=(SITS, STANDS))
    assert seats.taken == 1
    assert (seats.guest_of_visit(2), seats.guest_of_visit(3)) == (STANDS, None)
    assert (seats.guest_with_ticket(11), seats.guest_with_ticket(12)) == (SITS, None)
    assert Seats().taken == 0
