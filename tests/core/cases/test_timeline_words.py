"""Words for cases: every state, kind and way has some, in the user's language."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.appointment import AppointmentState, appointment_word
from ult_desktop.core.cases.case import (
    CaseKind,
    CaseOutcome,
    CaseState,
    SubReason,
    VisitorMode,
    kind_word,
    outcome_word,
    state_word,
    sub_reason_word,
    visitor_word,
)
from ult_desktop.core.cases.delivery import DeliveryChannel, delivery_channel_word
from ult_desktop.core.cases.escalation import (
    CaseDesk,
    EscalationState,
    desk_of,
    desk_word,
    escalation_state_word,
)
from ult_desktop.core.cases.ppid import (
    Access,
    Decision,
    ObjectionReason,
    Possession,
    access_word,
    decision_word,
    objection_word,
    possession_word,
)
from ult_desktop.core.cases.timeline_words import EntryKind, entry_word

WORDS: list[tuple[type[StrEnum], Callable[[Any], str]]] = [
    (CaseKind, kind_word),
    (CaseState, state_word),
    (CaseOutcome, outcome_word),
    (SubReason, sub_reason_word),
    (VisitorMode, visitor_word),
    (EntryKind, entry_word),
    (DeliveryChannel, delivery_channel_word),
    (EscalationState, escalation_state_word),
    (CaseDesk, lambda desk: desk_word(desk, "Unit Utama")),
    (AppointmentState, appointment_word),
    (Access, access_word),
    (Decision, decision_word),
    (Possession, possession_word),
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
