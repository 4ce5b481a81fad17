"""One thing that was missing is one deviation."""

import pytest

from tests.core.procedures.runs import POS, event, seen
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.causes import (
    StandIn,
    VisitFacts,
    missing_letters,
    missing_outputs,
    roles_at_the_desk,
    steps_without,
)
from ult_desktop.core.accountability.deviation_words import cause_words
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark

DESK = "sumut-tatap-muka"
EVERYBODY = frozenset({Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE, Role.BACK_OFFICE})
KIOSK = [
    event(StepEvent.TICKET_ISSUED, "09:00"),
    event(StepEvent.TICKET_CALLED, "09:10"),
    event(StepEvent.TICKET_CHECKED, "09:11"),
]
VERIFIED = event(StepEvent.IDENTITY_VERIFIED, "09:12", "atas_nama_sendiri")


def missing(marks: list[Mark], facts: VisitFacts, name: str = DESK) -> list[tuple[tuple[int, ...], str]]:
    found = missing_outputs(POS[name], seen(name, marks, "10:00", ended="09:30"), facts)
    return [(each.steps, each.cause) for each in found]


def test_a_plain_kiosk_visitor_leaves_two_deviations_and_not_nine() -> None:
    facts = VisitFacts(at_kiosk=True, has_guest=False, has_case=False, on_duty=EVERYBODY)
    assert missing(KIOSK, facts) == [
        ((1, 2, 3, 4, 7), "tanpa_buku_tamu"),
        ((8, 9, 15, 16), "tanpa_permohonan"),
    ]


def test_the_kiosk_does_what_the_door_does_for_whoever_signs_its_guest_book() -> None:
    facts = VisitFacts(at_kiosk=True, has_case=False, on_duty=EVERYBODY)
    signed = [event(StepEvent.GUEST_BOOK_FILLED, "09:01"), *KIOSK, VERIFIED]
    assert missing(signed, facts) == [((8, 9, 15, 16), "tanpa_permohonan")]


def test_without_a_receptionist_their_steps_are_one_deviation() -> None:
    on_duty = EVERYBODY - {Role.RECEPTION}
    welcomed = [event(StepEvent.WELCOMED, "09:00"), event(StepEvent.ARRIVED, "09:00"), *KIOSK, VERIFIED]
    facts = VisitFacts(on_duty=on_duty, has_case=False)
    signed = [*welcomed, event(StepEvent.GUEST_BOOK_FILLED, "09:12")]
    assert missing(signed, facts)[0] == ((2, 4), "tanpa:reception")
    assert missing(welcomed, facts)[0] == ((2, 3, 4), "tanpa:reception")


@pytest.mark.parametrize(
    ("to", "left"), [(None, []), (Role.FRONT_OFFICE, [((2, 4), "")]), (Role.HELPDESK, [])]
)
def test_what_the_office_said_beforehand_falls_away_or_passes_on(
    to: Role | None, left: list[tuple[tuple[int, ...], str]]
) -> None:
    rules = {Role.RECEPTION: StandIn(passes_to=to)}
    facts = VisitFacts(on_duty=EVERYBODY - {Role.RECEPTION}, without=rules, was_served=False)
    marks = [event(StepEvent.WELCOMED, "09:00"), event(StepEvent.ARRIVED, "09:00"), *KIOSK]
    assert missing([*marks, event(StepEvent.GUEST_BOOK_FILLED, "09:05")], facts) == left


def test_the_steps_pass_to_a_role_only_on_their_own_days() -> None:
    without_both = EVERYBODY - {Role.RECEPTION, Role.FRONT_OFFICE}
    facts = VisitFacts(
        on_duty=EVERYBODY - {Role.RECEPTION},
        on_duty_by_step={2: without_both, 4: EVERYBODY - {Role.RECEPTION}},
        without={Role.RECEPTION: StandIn(passes_to=Role.FRONT_OFFICE)},
        was_served=False,
    )
    marks = [event(StepEvent.WELCOMED, "09:00"), event(StepEvent.ARRIVED, "09:00"), *KIOSK]
    assert missing([*marks, event(StepEvent.GUEST_BOOK_FILLED, "09:05")], facts) == [((4,), "")]


def test_what_was_declared_for_the_day_is_not_counted_again_in_a_visit() -> None:
    on_duty = EVERYBODY - {Role.RECEPTION}
    facts = VisitFacts(at_kiosk=True, has_guest=False, on_duty=on_duty, without={Role.RECEPTION: StandIn()})
    assert missing(KIOSK, facts)[0] == ((1, 7), "tanpa_buku_tamu")


def test_where_nobodys_sign_in_is_known_nobody_is_absent() -> None:
    assert ((1, 2, 3, 4, 7), "") in missing(KIOSK, VisitFacts(has_case=False))


def test_the_words() -> None:
    words = [cause_words(cause) for cause in ("tanpa:reception", "tanpa_buku_tamu", "tanpa_permohonan", "")]
    assert words == ["Tanpa Resepsionis yang bertugas", "Tanpa buku tamu", "Tanpa permohonan", ""]


def test_whose_steps_they_are() -> None:
    assert roles_at_the_desk(POS[DESK]) == (Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE)
    assert steps_without(POS[DESK], Role.RECEPTION) == (2, 3, 4)
    assert steps_without(POS["kaltara-helpdesk"], Role.SECURITY) == ()


@pytest.mark.parametrize(
    ("facts", "lacking"),
    [
        (VisitFacts(has_letter=False), [1]),
        (VisitFacts(), []),
        (VisitFacts(has_letter=False, was_served=False), []),
    ],
)
def test_the_letter_is_owed_where_the_step_that_asks_for_it_was_done(
    facts: VisitFacts, lacking: list[int]
) -> None:
    kaltara = "kaltara-helpdesk"
    signed = seen(kaltara, [event(StepEvent.GUEST_BOOK_FILLED, "09:05")], "10:00", ended="09:30")
    assert [step.step for step in missing_letters(POS[kaltara], signed, facts)] == lacking
    withdrawn = VisitFacts(has_letter=False, was_served=False)
    verified = [event(StepEvent.GUEST_BOOK_FILLED, "09:05"), event(StepEvent.IDENTITY_VERIFIED, "09:12")]
    served = seen(kaltara, verified, "10:00", ended="09:30")
    assert [step.step for step in missing_letters(POS[kaltara], served, withdrawn)] == [1]
    unsigned = seen(kaltara, [event(StepEvent.IDENTITY_VERIFIED, "09:05")], "10:00", ended="09:30")
    assert list(missing_letters(POS[kaltara], unsigned, facts)) == []
