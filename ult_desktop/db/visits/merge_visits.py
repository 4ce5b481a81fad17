"""The merging of two visits that turn out to be one: all that was noted for one goes over to the other."""

from ult_desktop.db.store.transaction import Transaction

# Many rows to a visit: all go over.
_MANY = (
    *("mark", "identity_check", "document", "letter", "requirement_check", "spd_signing", "badge_loan"),
    *("alert", "device_loan", "personal_opening"),
)
# Rows that a visit has once: those of the visit that stays are kept. The SQL says which row (`other`) is the
# same.
_ONCE = {
    **dict.fromkeys(("guest", "representation", "casefile", "handover", "priority_seat"), "TRUE"),
    "clock_pause": "clock_pause.to_at IS NULL AND other.to_at IS NULL",
    "card_loan": "other.kind = card_loan.kind"
    " AND card_loan.returned_at IS NULL AND other.returned_at IS NULL",
    "escort": "other.leg = escort.leg",
    "deviation": "(other.step, other.kind) = (deviation.step, deviation.kind)",
}


def move(tx: Transaction, from_id: int, to_id: int) -> None:
    """Give everything of the visit `from_id` to `to_id`, the ticket too, but for what `care.unite` gives."""
    for table in _MANY:
        tx.run(f"UPDATE {table} SET visit_id = ? WHERE visit_id = ?", to_id, from_id)
    for table, same in _ONCE.items():
        stands = f"EXISTS (SELECT 1 FROM {table} other WHERE other.visit_id = ?1 AND {same})"
        tx.run(f"UPDATE {table} SET visit_id = ?1 WHERE visit_id = ?2 AND NOT {stands}", to_id, from_id)
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
