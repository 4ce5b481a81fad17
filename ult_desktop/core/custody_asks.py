"""What can be asked about identity cards in custody and visitors' badges."""

from ult_desktop.core.command import Ask
from ult_desktop.core.identity import IdDocument


class LendCard(Ask, frozen=True, kw_only=True):
    """The office takes a visitor's card (POS Sumut tatap muka 3 and 7).

    Looked at and given back at once, unless it is `held`: the law wants no more than is needed
    (UU 27/2022).
    """

    visit_id: int
    kind: IdDocument
    purpose: str = ""
    place: str = ""
    held: bool = False


class ReturnCard(Ask, frozen=True, kw_only=True):
    """The card goes back to the visitor."""

    loan_id: int


class ReleaseCardWithReason(Ask, frozen=True, kw_only=True):
    """The card is no longer here and was not given back: sent after, or handed to the police."""

    loan_id: int
    reason: str


class GiveBadge(Ask, frozen=True, kw_only=True):
    """The visitor wears this badge."""

    visit_id: int
    number: str


class ReturnBadge(Ask, frozen=True, kw_only=True):
    """The badge came back, or is lost."""

    loan_id: int
    lost: bool = False
