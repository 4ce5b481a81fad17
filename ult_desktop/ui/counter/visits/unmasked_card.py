"""A visit's card as it is seen after its masks were lifted."""

from typing import TypeVar

import msgspec

from ult_desktop.core.personal import is_masked
from ult_desktop.core.visits.identity import IdentityCheck, VisitorLetter
from ult_desktop.db.visits.guests import VisitCard

Line = TypeVar("Line", IdentityCheck, VisitorLetter)


def has_masks(card: VisitCard) -> bool:
    """Whether there is anything on it to be shown."""
    guest, acting = card.guest, card.representation
    texts = [
        *((guest.phone, guest.email, guest.letter_number) if guest else ()),
        *((acting.principal, acting.issuer, acting.number) if acting else ()),
        *(check.number_tail for check in card.checks),
        *(text for letter in card.letters for text in (letter.number, letter.issuer, letter.subject)),
    ]
    return any(map(is_masked, texts))


def with_clear_fields(card: VisitCard, clear: VisitCard | None) -> VisitCard:
    """`card` with what is known in clear of the same visit; what was written since then keeps its masks."""
    if clear is None or clear.visit.id != card.visit.id:
        return card
    guest, acting = card.guest, card.representation
    same_guest = guest and clear.guest and guest.at == clear.guest.at
    same_acting = acting and clear.representation and acting.at == clear.representation.at
    return msgspec.structs.replace(
        card,
        guest=clear.guest if same_guest else guest,
        representation=clear.representation if same_acting else acting,
        checks=_known(card.checks, clear.checks),
        letters=_known(card.letters, clear.letters),
    )


def _known(lines: tuple[Line, ...], clear: tuple[Line, ...]) -> tuple[Line, ...]:
    by_id = {line.id: line for line in clear}
    return tuple(by_id.get(line.id, line) for line in lines)
