"""The purposes of a visit that a procedure names (POS Sumut tatap muka 2)."""

from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.visits.guest_book import GuestBookChoice


def purpose_choices(procedure: Procedure | None) -> tuple[GuestBookChoice, ...]:
    """Return a procedure's purposes and their children, as "id/child" (POS Sumut tatap muka 2)."""
    purposes = procedure.purposes if procedure else ()
    return tuple(
        choice
        for each in purposes
        for choice in (
            GuestBookChoice(each.id, each.name),
            *(GuestBookChoice(f"{each.id}/{child}", f"{each.name} · {child}") for child in each.children),
        )
    )


def purpose_words(procedure: Procedure | None, purpose: str) -> str:
    """Return a purpose as people read it: the procedure's own words, or what was written."""
    return next((each.words for each in purpose_choices(procedure) if each.value == purpose), purpose)
