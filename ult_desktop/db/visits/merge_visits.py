"""Two visits that turn out to be one: everything noted for the one goes over to the other."""

from ult_desktop.db.store.transaction import Transaction

# Many rows to a visit: all go over.
_MANY = (
    *("mark", "clock_pause", "identity_check", "document", "letter", "requirement_check", "spd_signing"),
    *("card_loan", "badge_loan", "alert", "device_loan", "escort", "deviation"),
    "personal_opening",
)
# One row to a visit: what the visit that stays has already, stands.
_ONE = ("guest", "representation", "casefile", "handover", "priority_seat")


def move(tx: Transaction, from_id: int, to_id: int) -> None:
    """Give everything of the visit `from_id` to `to_id`, the ticket too, but for what `care.unite` gives."""
    for table in (*_MANY, *_ONE):
        tx.run(f"UPDATE OR IGNORE {table} SET visit_id = ? WHERE visit_id = ?", to_id, from_id)
    tx.run("UPDATE visit SET beside = ? WHERE beside = ?", to_id, from_id)
    ticket_id = tx.value("SELECT ticket_id FROM visit WHERE id = ?", from_id)
    tx.update("visit", from_id, ticket_id=None)
    tx.update("visit", to_id, ticket_id=ticket_id)
    tx.run(
        "UPDATE visit SET (service_id, vulnerable) = (SELECT coalesce(visit.service_id, other.service_id),"
        " max(visit.vulnerable, other.vulnerable) FROM visit other WHERE other.id = ?) WHERE id = ?",
        from_id,
        to_id,
    )
