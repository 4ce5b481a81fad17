"""Identity cards in custody and badges out."""

from ult_desktop.core.visits import commands, custody
from ult_desktop.db.store.transaction import Rows, Transaction

_CARD = Rows(
    custody.CardLoan,
    "card_loan l JOIN visit v ON v.id = l.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN guest g ON g.visit_id = l.visit_id LEFT JOIN officer o ON o.id = l.lent_by"
    " LEFT JOIN officer r ON r.id = l.returned_to",
    "t.label AS label, coalesce(g.name, '') AS guest, coalesce(o.name, '') AS lent_by,"
    " coalesce(r.name, '') AS returned_to",
)
_BADGE = Rows(
    custody.BadgeLoan,
    "badge_loan b JOIN visit v ON v.id = b.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN guest g ON g.visit_id = b.visit_id LEFT JOIN officer o ON o.id = b.given_by",
    "t.label AS label, coalesce(g.name, '') AS guest, coalesce(o.name, '') AS given_by",
)


def lend_card(tx: Transaction, command: commands.LendCard, at: int, officer_id: int | None) -> int:
    """Write a loan of an identity card; a card that is not held is returned at once, to the same officer."""
    back_at, back_by = (None, None) if command.held else (at, officer_id)
    return tx.insert(
        "card_loan",
        visit_id=command.visit_id,
        kind=command.kind,
        purpose=command.purpose,
        place=command.place,
        lent_at=at,
        lent_by=officer_id,
        returned_at=back_at,
        returned_to=back_by,
    )


def end_card(tx: Transaction, loan_id: int, at: int, officer_id: int | None, released: str = "") -> None:
    """End a loan; `released` is why the card was given to its owner without the usual return, "" if not."""
    tx.run(
        # Two PCs' clocks may differ by a moment: nothing is returned before it was lent.
        "UPDATE card_loan SET returned_at = max(?, lent_at), returned_to = ?, released = ? WHERE id = ?",
        at,
        officer_id,
        released,
        loan_id,
    )


find_card = _CARD.find
get_card = _CARD.get


def cards_of(tx: Transaction, visit_id: int) -> tuple[custody.CardLoan, ...]:
    """List every loan and return of a visit, in order."""
    return _CARD.all(tx, "WHERE l.visit_id = ? ORDER BY l.lent_at, l.id", visit_id)


def has_held_card(tx: Transaction, visit_id: int) -> bool:
    return tx.row("SELECT 1 FROM card_loan WHERE visit_id = ? AND returned_at IS NULL", visit_id) is not None


def held_cards_of(tx: Transaction, visit_id: int) -> tuple[custody.CardLoan, ...]:
    """List the cards of this visitor that the office still holds."""
    return _CARD.all(tx, "WHERE l.visit_id = ? AND l.returned_at IS NULL ORDER BY l.id", visit_id)


def all_held_cards(tx: Transaction) -> tuple[custody.CardLoan, ...]:
    """List every card that the office still holds, of any day, oldest first."""
    return _CARD.all(tx, "WHERE l.returned_at IS NULL ORDER BY l.lent_at, l.id")


def count_held_cards(tx: Transaction) -> int:
    return tx.number("SELECT count(*) FROM card_loan WHERE returned_at IS NULL")


def give_badge(tx: Transaction, command: commands.GiveBadge, at: int, officer_id: int | None) -> int:
    return tx.insert("badge_loan", command, given_at=at, given_by=officer_id)


def end_badge(tx: Transaction, loan_id: int, at: int, officer_id: int | None, *, lost: bool) -> None:
    tx.run(
        "UPDATE badge_loan SET returned_at = max(?, given_at), returned_to = ?, lost = ? WHERE id = ?",
        *(at, officer_id, int(lost), loan_id),
    )


find_badge = _BADGE.find
get_badge = _BADGE.get


def find_badge_out(tx: Transaction, number: str) -> custody.BadgeLoan | None:
    """Return the loan of that badge if it is out now."""
    where = "WHERE b.number COLLATE NOCASE = ? COLLATE NOCASE AND b.returned_at IS NULL"
    return _BADGE.maybe(tx, where, number)


def badges_of(tx: Transaction, visit_id: int) -> tuple[custody.BadgeLoan, ...]:
    return _BADGE.all(tx, "WHERE b.visit_id = ? ORDER BY b.id", visit_id)


def badges_out(tx: Transaction) -> tuple[custody.BadgeLoan, ...]:
    """List every badge that is out, by its number."""
    return _BADGE.all(tx, "WHERE b.returned_at IS NULL ORDER BY b.number COLLATE NOCASE")
