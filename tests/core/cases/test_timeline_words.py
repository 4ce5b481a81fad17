"""Words for cases: every state, kind and way has some, in the user's language."""

from enum import StrEnum

import pytest

from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.appointment import AppointmentState
from ult_desktop.core.cases.case import CaseKind, CaseOutcome, CaseState, SubReason, VisitorMode
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk, EscalationState, desk_of, desk_word
from ult_desktop.core.cases.ppid import Access, Decision, ObjectionReason, Possession
from ult_desktop.core.cases.timeline_words import EntryKind, entry_word

KINDS = (
    CaseKind,
    CaseState,
    CaseOutcome,
    SubReason,
    VisitorMode,
    DeliveryChannel,
    EscalationState,
    AppointmentState,
    Access,
    Decision,
    Possession,
    ObjectionReason,
)
WORDS: dict[type[StrEnum], list[str]] = {
    **{kind: [value.word for value in kind] for kind in KINDS},
    EntryKind: [entry_word(kind) for kind in EntryKind],
    CaseDesk: [desk_word(desk, "Unit Utama") for desk in CaseDesk],
}


@pytest.mark.parametrize("kind", WORDS)
def test_every_value_has_a_word_of_its_own(kind: type[StrEnum]) -> None:
    words = WORDS[kind]
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
