"""Deliveries as an older program wrote them: with who was reached, in words that are never sealed.

Whom an answer went to stands in `delivery.recipient`, sealed; nothing else needs to say it.
"""

import re

from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.db.store.transaction import Transaction

_BETWEEN = " · "
_NUMBERED = re.compile(r"(Disampaikan dalam telepon|Delivered in phone call) [+(]?\d[\d\s().\-/]{4,}.*")


def without_number(proof: str) -> str:
    """The proof of a telephone call, without the number that ended it."""
    found = _NUMBERED.fullmatch(proof)
    return proof if found is None else found[1]


def rewrite_delivery(tx: Transaction, entry_id: int, text: str) -> str:
    """What a case's timeline says of a delivery, in the form of today: the way and the proof.

    Any other entry's `text` is given back as it is.
    """
    way, *rest = text.split(_BETWEEN)
    found = rest and tx.row(
        "SELECT d.proof FROM case_entry e JOIN delivery d ON d.case_id = e.case_id AND d.at = e.at"
        " WHERE e.id = ? AND e.kind = 'delivered'",
        entry_id,
    )
    if not found:
        return text
    (proof,) = found
    if proof in (BY_SCHEDULE, BY_REQUEST):  # erased there: of three parts the middle one was the recipient
        proof = _BETWEEN.join(rest[1:] or rest)
    return _BETWEEN.join(filter(None, (way, without_number(proof))))
