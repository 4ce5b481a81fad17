"""Words for cases: every state, kind and way has some, in the user's language."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from ult_desktop.core.appointment import AppointmentState, appointment_word
from ult_desktop.core.case import (
    CaseKind,
    CaseState,
    Outcome,
    SubReason,
    VisitorMode,
    kind_word,
    outcome_word,
    state_word,
    sub_reason_word,
    visitor_word,
)
from ult_desktop.core.case_words import EntryKind, entry_word
from ult_desktop.core.delivery import Way, way_word
from ult_desktop.core.escalation import CaseDesk, HopState, desk_of, desk_word, hop_word
from ult_desktop.core.ppid import (
    Access,
    Decision,
    Held,
    ObjectionReason,
    access_word,
    decision_word,
    held_word,
    objection_word,
)
from ult_desktop.core.roles import Role

WORDS: list[tuple[type[StrEnum], Callable[[Any], str]]] = [
    (CaseKind, kind_word),
    (CaseState, state_word),
    (Outcome, outcome_word),
    (SubReason, sub_reason_word),
    (VisitorMode, visitor_word),
    (EntryKind, entry_word),
    (Way, way_word),
    (HopState, hop_word),
    (CaseDesk, lambda desk: desk_word(desk, "Unit Utama")),
    (AppointmentState, appointment_word),
    (Access, access_word),
    (Decision, decision_word),
    (Held, held_word),
    (ObjectionReason, objection_word),
]


@pytest.mark.parametrize(("kind", "word"), WORDS, ids=lambda each: getattr(each, "__name__", ""))
def test_every_value_has_a_word_of_its_own(kind: type[StrEnum], word: Callable[[Any], str]) -> None:
    words = [word(value) for value in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_a_kind_of_another_part_is_shown_by_its_text() -> None:
    assert entry_word("telepon_balik") == ""


def test_the_related_unit_is_called_as_the_office_does() -> None:
    assert desk_word(CaseDesk.RELATED_UNIT, "Unit Utama") == "Unit Utama"


@pytest.mark.parametrize(
    ("roles", "desk"),
    [
        ({Role.FRONT_OFFICE, Role.BACK_OFFICE}, CaseDesk.FRONT_OFFICE),
        ({Role.HELPDESK}, CaseDesk.HELPDESK),
        ({Role.BACK_OFFICE, Role.PPID}, CaseDesk.BACK_OFFICE),
        ({Role.RELATED_UNIT}, CaseDesk.RELATED_UNIT),
        ({Role.PHONE}, CaseDesk.FRONT_OFFICE),
    ],
)
def test_for_which_desk_somebody_sends_on(roles: set[Role], desk: CaseDesk) -> None:
    assert desk_of(frozenset(roles)) is desk
