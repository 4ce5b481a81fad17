"""Priority seats: who sits on one now.

Not derived from who waits alone: one stands, one sits in the wheelchair that he was lent, and a seat given is
known to whoever gave it. Not a ledger either, which would want a tap when somebody gets up: the row says that
he was led to a seat, and whether he still needs it follows from his visit. Who is called, goes, or is sent
home has left his seat without anybody's doing; who comes back to the queue has it again.
"""

from ult_desktop.core.queue.seats import SeatGuest, Seats
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction


def seats_on(tx: Transaction, day: str) -> Seats:
    """The seats, and the vulnerable visitors of `day` who wait in the hall."""
    guests = tx.all(
        SeatGuest,
        "SELECT v.id AS visit_id, v.ticket_id, t.label, p.visit_id IS NOT NULL AS sits FROM visit v"
        " LEFT JOIN ticket t ON t.id = v.ticket_id LEFT JOIN priority_seat p ON p.visit_id = v.id"
        " WHERE v.day = ? AND v.ended_at IS NULL AND v.vulnerable = 1 AND v.channel = 'tatap_muka'"
        " AND coalesce(t.state, 'waiting') IN ('waiting', 'held') ORDER BY v.began_at, v.id",
        day,
    )
    return Seats(kept=office.load(tx).settings.care.priority_seats, guests=guests)


def take(tx: Transaction, visit_id: int, at: int, officer_id: int | None) -> None:
    """`at` UTC ms."""
    tx.run("INSERT INTO priority_seat (visit_id, at, officer_id) VALUES (?, ?, ?)", visit_id, at, officer_id)


def give_back(tx: Transaction, visit_id: int) -> None:
    tx.run("DELETE FROM priority_seat WHERE visit_id = ?", visit_id)
