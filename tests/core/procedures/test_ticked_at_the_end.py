"""Ticks of an officer at the end of a service for what was done before: the time is shared, not theirs."""

from tests.core.procedures.runs import at, event, seen
from ult_desktop.core.procedures.procedure import StepEvent as Event
from ult_desktop.core.procedures.progress import Progress
from ult_desktop.core.procedures.rounds import Mark

POS = "sumut-tatap-muka"
AT_THE_DESK = [
    event(Event.TICKET_ISSUED, "09:00"),
    event(Event.TICKET_CALLED, "09:02"),
    event(Event.TICKET_CHECKED, "09:03"),
]
GUEST_BOOK, SURVEY = Event.GUEST_BOOK_FILLED, Event.SURVEY_OFFERED


def ended(*marks: Mark) -> Progress:
    return seen(POS, [*AT_THE_DESK, *marks], "10:00", ended="09:59")


def late(found: Progress) -> list[int]:
    return [step.step for step in found.steps if step.overdue]


def minutes(found: Progress, step: int) -> float:
    return found.of_step(step).spent_ms / 60_000


def given(clock: str) -> Mark:
    return event(Event.SERVICE_GIVEN, clock, "tersedia")


def test_an_identity_that_is_ticked_with_the_end_of_the_service() -> None:
    """18 minutes from the arrival for five steps of 19."""
    marks = [event(GUEST_BOOK, "09:20"), event(Event.IDENTITY_VERIFIED, "09:20"), event(SURVEY, "09:21")]
    found = ended(*marks, given("09:21"))
    assert late(found) == []
    assert [minutes(found, step) for step in (7, 8, 9, 15, 16)] == [3, 3, 3, 5, 4]


def test_an_identity_that_took_too_long_by_itself() -> None:
    found = ended(
        event(GUEST_BOOK, "09:04"),
        event(Event.IDENTITY_VERIFIED, "09:10"),
        event(SURVEY, "09:14"),
        given("09:15"),
    )
    assert late(found) == [7]


def test_without_guest_book_and_survey_the_service_is_judged_as_a_whole_too() -> None:
    in_time = ended(event(Event.IDENTITY_VERIFIED, "09:20"), given("09:20"))
    assert late(in_time) == []
    too_long = ended(event(Event.IDENTITY_VERIFIED, "09:25"), given("09:25"))
    assert late(too_long) == [16]


def test_an_identity_that_is_ticked_after_the_answer() -> None:
    """Six minutes until the question was written down, for two steps of three each."""
    found = ended(
        event(GUEST_BOOK, "09:01"),
        event(Event.CASE_OPENED, "09:09"),
        event(Event.OUTCOME_SET, "09:11", "tersedia"),
        event(Event.ANSWERED, "09:13"),
        event(Event.CASE_CLOSED, "09:13"),
        event(Event.IDENTITY_VERIFIED, "09:14"),
        event(SURVEY, "09:14"),
    )
    assert late(found) == []
    assert (minutes(found, 7), minutes(found, 8)) == (3, 3)


def test_data_that_come_after_the_call_leave_the_number_its_own_time() -> None:
    """Reception gave the number at once; the counter wrote the guest book."""
    found = seen(
        POS,
        [
            event(Event.ARRIVED, "09:00"),
            event(Event.WELCOMED, "09:00"),
            event(Event.PURPOSE_RECORDED, "09:01"),
            event(Event.TICKET_ISSUED, "09:03"),
            event(Event.TICKET_CALLED, "09:20"),
            event(Event.TICKET_CHECKED, "09:21"),
            event(GUEST_BOOK, "09:30"),
        ],
        "09:31",
    )
    number = found.of_step(3)
    assert (number.spent_ms / 60_000, number.overdue, number.ended_at) == (2, False, at("09:30"))


def test_a_call_that_nobody_followed_is_no_other_number() -> None:
    """The wait begins again with the missed call, and the step of the number does not."""
    marks = [
        event(Event.ARRIVED, "09:00"),
        event(Event.PURPOSE_RECORDED, "09:01"),
        event(Event.TICKET_ISSUED, "09:03"),
        event(Event.TICKET_ISSUED, "09:20"),
        event(Event.TICKET_CALLED, "09:30"),
        event(GUEST_BOOK, "09:40"),
    ]
    assert minutes(seen(POS, marks, "09:41"), 3) == 2


def test_an_identity_keeps_its_time_whenever_the_data_come() -> None:
    marks = [event(Event.IDENTITY_VERIFIED, "09:08"), event(GUEST_BOOK, "09:20"), event(SURVEY, "09:20")]
    found = ended(*marks, given("09:20"))
    assert (late(found), minutes(found, 7)) == ([7], 5)
