"""The differences between two versions of a procedure, part by part."""

from collections.abc import Iterator
from itertools import zip_longest

from msgspec import Struct

from ult_desktop.base import _
from ult_desktop.core.procedures import document
from ult_desktop.core.procedures.procedure import Procedure, Step


class Difference(Struct, frozen=True):
    """A part of the document that differs: its words in either version, "" where one does not have it."""

    part: str
    before: str
    after: str


def differences(before: Procedure, after: Procedure) -> tuple[Difference, ...]:
    """Return the differences in the order of the document: its head, its lists, its steps."""
    return tuple(part for part in _parts(before, after) if part.before != part.after)


def _parts(before: Procedure, after: Procedure) -> Iterator[Difference]:
    for (name, old), (_name, new) in zip(document.head_rows(before), document.head_rows(after), strict=True):
        yield Difference(name, old, new)
    old_lists, new_lists = _lists(before), _lists(after)
    for heading in dict.fromkeys((*old_lists, *new_lists)):  # each once, in the order of the document
        yield Difference(heading, old_lists.get(heading, ""), new_lists.get(heading, ""))
    for number, (old_step, new_step) in enumerate(zip_longest(before.steps, after.steps), 1):
        heading = _("Langkah {n}").format(n=number)
        yield Difference(heading, _step_words(before, old_step), _step_words(after, new_step))


def _lists(procedure: Procedure) -> dict[str, str]:
    return {part.heading: "\n".join(part.items) for part in document.document_lists(procedure)}


def _step_words(procedure: Procedure, step: Step | None) -> str:
    if step is None:
        return ""
    rows = ((_("Pelaksana"), document.actors_words(procedure, step)), *document.quality_rows(step))
    return "\n".join((step.activity, *(f"{name}: {value}" for name, value in rows if value)))
