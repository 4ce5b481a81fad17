"""What can be asked about identity cards in custody and visitors' badges."""

from ult_desktop.core.command import Command
from ult_desktop.core.visits.identity import IdDocument


class LendCard(Command, frozen=True, kw_only=True):
    """The office takes a visitor's card (POS Sumut tatap muka 3 and 7).

    Looked at and given back at once, unless it is `held`: the law wants no more than is needed
    (UU 27/2022).
    """

    visit_id: int
    kind: IdDocument
    purpose: str = ""
    place: str = ""
    held: bool = False


class ReturnCard(Command, frozen=True, kw_only=True):
    """The card goes back to the visitor."""

    loan_id: int


class ReleaseCardWithReason(Command, frozen=True, kw_only=True):
    """The card is no longer here and was not given back: sent after, or handed to the police."""

    loan_id: int
    reason: str


class GiveBadge(Command, frozen=True, kw_only=True):
    """The visitor wears this badge."""

    visit_id: int
    number: str


class ReturnBadge(Command, frozen=True, kw_only=True):
    """The badge came back, or is lost."""

    loan_id: int
    lost: bool = False
