"""Custody: visitors' identity cards that the office holds, and badges that visitors have.

POS Sumut tatap muka 3 and 7.
"""

from collections.abc import Sequence

import msgspec

from ult_desktop.base import _
from ult_desktop.core.visits.identity import IdDocument


class CardLoan(msgspec.Struct, frozen=True, kw_only=True):
    """An identity card that the office took. Times UTC ms.

    `released` is the reason why it was not given back to the visitor, "" if it was or is still held.
    """

    id: int
    visit_id: int
    label: str | None
    guest: str
    kind: IdDocument
    purpose: str
    place: str
    lent_at: int
    lent_by: str
    returned_at: int | None
    returned_to: str
    released: str

    @property
    def is_held(self) -> bool:
        return self.returned_at is None


class BadgeLoan(msgspec.Struct, frozen=True, kw_only=True):
    """A badge (tag tamu) that the office gave a visitor. Times UTC ms; `lost`: it was not returned."""

    id: int
    visit_id: int
    label: str | None
    guest: str
    number: str
    given_at: int
    given_by: str
    returned_at: int | None
    lost: bool


def held_words(cards: Sequence[CardLoan]) -> str:
    """Return in words the cards that are still held, by kind and place."""
    return ", ".join(
        _("{card} di {place}").format(card=card.kind.word, place=card.place) if card.place else card.kind.word
        for card in cards
    )
