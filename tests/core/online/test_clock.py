"""Two working days as a clock: over weekends, stopped by the answer, red past its end."""

from datetime import datetime

import pytest

from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.online.clock import WORKING_DAYS, DueClock, Urgency, answer_days, due_clock
from ult_desktop.core.stamps import to_stamp
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.procedures.procedures import load_procedure

SETTINGS = settings_of(load_office("bpmp-kepri"))
CALENDAR = WorkingCalendar(SETTINGS)


def at(when: str) -> int:
    return to_stamp(datetime.fromisoformat(when).replace(tzinfo=SETTINGS.office.zone))


SENT = at("2026-11-19 10:00")  # a Thursday
DUE = CALENDAR.due_after_days(SENT, 2)


def clock(now: str, answered: str = "") -> DueClock:
    return due_clock(SENT, DUE, at(answered) if answered else None, CALENDAR, at(now))


def test_the_pos_gives_the_days() -> None:
    assert answer_days(load_procedure("kepri-daring")) == 2
    assert answer_days(load_procedure("kaltara-helpdesk")) == WORKING_DAYS
    assert answer_days(None) == WORKING_DAYS


@pytest.mark.parametrize(
    ("now", "tone", "days"),
    [
        ("2026-11-19 10:00", Urgency.OK, 2),
        ("2026-11-20 10:00", Urgency.OK, 1),
        ("2026-11-21 12:00", Urgency.OK, 1),
        ("2026-11-23 09:00", Urgency.OK, 0),
        ("2026-11-23 14:00", Urgency.WARN, 0),
        ("2026-11-23 20:00", Urgency.WARN, 0),
        ("2026-11-24 09:00", Urgency.DANGER, 1),
        ("2026-11-25 09:00", Urgency.DANGER, 2),
    ],
)
def test_the_clock(now: str, tone: Urgency, days: int) -> None:
    found = clock(now)
    assert (found.tone, found.days, found.due_at) == (tone, days, DUE)
    assert 0 <= found.share <= 1


def test_it_begins_empty_and_ends_full() -> None:
    assert clock("2026-11-19 10:00").share == 0
    assert clock("2026-11-27 10:00").share == 1


def test_the_answer_stops_it() -> None:
    assert clock("2026-12-01 09:00", answered="2026-11-20 09:00").tone is Urgency.DONE
    late = clock("2026-12-01 09:00", answered="2026-11-24 09:00")
    assert (late.tone, late.days) == (Urgency.DANGER, 1)


def test_a_clock_without_time_of_its_own_is_full() -> None:
    assert due_clock(SENT, SENT, None, CALENDAR, at("2026-11-19 10:00")).share == 1
