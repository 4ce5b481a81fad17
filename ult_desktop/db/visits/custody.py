"""Identity cards in custody and badges out."""

from ult_desktop.core.visits.commands import GiveBadge, LendCard
from ult_desktop.core.visits.custody import BadgeLoan, CardLoan
from ult_desktop.db.store.transaction import Transaction

_CARD = (
    "SELECT l.id, l.visit_id, t.label, coalesce(g.name, '') AS guest, l.kind, l.purpose, l.place, l.lent_at,"
    " coalesce(o.name, '') AS lent_by, l.returned_at, coalesce(r.name, '') AS returned_to, l.released"
    " FROM card_loan l JOIN visit v ON v.id = l.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN guest g ON g.visit_id = l.visit_id LEFT JOIN officer o ON o.id = l.lent_by"
    " LEFT JOIN officer r ON r.id = l.returned_to"
)
_BADGE = (
    "SELECT b.id, b.visit_id, t.label, coalesce(g.name, '') AS guest, b.number, b.given_at,"
    " coalesce(o.name, '') AS given_by, b.returned_at, b.lost FROM badge_loan b"
    " JOIN visit v ON v.id = b.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN guest g ON g.visit_id = b.visit_id LEFT JOIN officer o ON o.id = b.given_by"
)


def lend_card(tx: Transaction, said: LendCard, at: int, officer_id: int | None) -> int:
    """A card that is not held went back at once, into the hand it came from."""
    back_at, back_by = (None, None) if said.held else (at, officer_id)
    return tx.insert(
        "INSERT INTO card_loan (visit_id, kind, purpose, place, lent_at, lent_by, returned_at, returned_to)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *(said.visit_id, said.kind, said.purpose, said.place, at, officer_id, back_at, back_by),
    )


def end_card(tx: Transaction, loan_id: int, at: int, officer_id: int | None, released: str = "") -> None:
    tx.run(
        "UPDATE card_loan SET returned_at = max(?, lent_at), returned_to = ?, released = ? WHERE id = ?",
        at,
        officer_id,
        released,
        loan_id,
    )


def find_card(tx: Transaction, loan_id: int) -> CardLoan | None:
    return tx.maybe(CardLoan, f"{_CARD} WHERE l.id = ?", loan_id)


def get_card(tx: Transaction, loan_id: int) -> CardLoan:
    return tx.one(CardLoan, f"{_CARD} WHERE l.id = ?", loan_id)


def cards_of(tx: Transaction, visit_id: int) -> tuple[CardLoan, ...]:
    """Every borrow and return of a visit, in order."""
    return tx.all(CardLoan, f"{_CARD} WHERE l.visit_id = ? ORDER BY l.lent_at, l.id", visit_id)


def held_cards(tx: Transaction, visit_id: int) -> tuple[CardLoan, ...]:
    """The cards of this visitor that are still here."""
    return tx.all(CardLoan, f"{_CARD} WHERE l.visit_id = ? AND l.returned_at IS NULL ORDER BY l.id", visit_id)


def cards_held(tx: Transaction) -> tuple[CardLoan, ...]:
    """Every card that is still here, of whatever day, oldest first."""
    return tx.all(CardLoan, f"{_CARD} WHERE l.returned_at IS NULL ORDER BY l.lent_at")


def count_held(tx: Transaction) -> int:
    return int(tx.value("SELECT count(*) FROM card_loan WHERE returned_at IS NULL"))


def give_badge(tx: Transaction, said: GiveBadge, at: int, officer_id: int | None) -> int:
    return tx.insert(
        "INSERT INTO badge_loan (visit_id, number, given_at, given_by) VALUES (?, ?, ?, ?)",
        *(said.visit_id, said.number, at, officer_id),
    )


def end_badge(tx: Transaction, loan_id: int, at: int, officer_id: int | None, *, lost: bool) -> None:
    tx.run(
        "UPDATE badge_loan SET returned_at = max(?, given_at), returned_to = ?, lost = ? WHERE id = ?",
        *(at, officer_id, int(lost), loan_id),
    )


def find_badge(tx: Transaction, loan_id: int) -> BadgeLoan | None:
    return tx.maybe(BadgeLoan, f"{_BADGE} WHERE b.id = ?", loan_id)


def get_badge(tx: Transaction, loan_id: int) -> BadgeLoan:
    return tx.one(BadgeLoan, f"{_BADGE} WHERE b.id = ?", loan_id)


def badge_out(tx: Transaction, number: str) -> BadgeLoan | None:
    """With whom that badge is now."""
    return tx.maybe(BadgeLoan, f"{_BADGE} WHERE b.number = ? AND b.returned_at IS NULL", number)


def badges_of(tx: Transaction, visit_id: int) -> tuple[BadgeLoan, ...]:
    return tx.all(BadgeLoan, f"{_BADGE} WHERE b.visit_id = ? ORDER BY b.id", visit_id)


def badges_out(tx: Transaction) -> tuple[BadgeLoan, ...]:
    """Every badge that is out, by its number."""
    return tx.all(BadgeLoan, f"{_BADGE} WHERE b.returned_at IS NULL ORDER BY b.number")
