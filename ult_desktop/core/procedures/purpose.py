"""The purposes of a visit that a procedure names (POS Sumut tatap muka 2)."""

from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.visits.guest_book import GuestBookChoice


def purpose_choices(procedure: Procedure | None) -> tuple[GuestBookChoice, ...]:
    """Return a procedure's purposes, each followed by its children with the value "id/child"."""
    choices = []
    for purpose in procedure.purposes if procedure else ():
        choices.append(GuestBookChoice(purpose.id, purpose.name))
        choices += [
            GuestBookChoice(f"{purpose.id}/{child}", f"{purpose.name} · {child}")
            for child in purpose.children
        ]
    return tuple(choices)


def purpose_words(procedure: Procedure | None, purpose: str) -> str:
    """Return the procedure's words for a purpose; if it has none, the purpose as it was written."""
    return next((choice.words for choice in purpose_choices(procedure) if choice.value == purpose), purpose)
