"""Two working days as a clock: over weekends, stopped by the answer, red past its end."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.online.clock import WORKING_DAYS, DueClock, Urgency, answer_days, due_clock
from ult_desktop.core.online.online_request import OnlineRequestRow, OnlineSource, OnlineState
from ult_desktop.core.stamps import to_stamp
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.procedures.procedures import load_procedure

SETTINGS = settings_of(load_office("bpmp-kepri"))
CALENDAR = WorkingCalendar(SETTINGS)


def at(when: str) -> int:
    return to_stamp(datetime.fromisoformat(when).replace(tzinfo=SETTINGS.office.zone))


SENT = at("2026-11-19 10:00")  # a Thursday
LINE = OnlineRequestRow(
    id=1, case_number="0001/ULT/2026", number="D-0001/2026",
    source=OnlineSource.SEMPENA, state=OnlineState.NEW, name="Dedi", phone="",
    institution="", topic="Data", sent_at=SENT, due_at=CALENDAR.due_after_days(SENT, 2), answered_at=None,
    owner="", with_other_desk=False,
)  # fmt: skip


def clock(now: str, line: OnlineRequestRow = LINE) -> DueClock:
    return due_clock(line, CALENDAR, at(now))


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
    assert (found.tone, found.days, found.due_at) == (tone, days, LINE.due_at)
    assert 0 <= found.share <= 1


def test_it_begins_empty_and_ends_full() -> None:
    assert clock("2026-11-19 10:00").share == 0
    assert clock("2026-11-27 10:00").share == 1


def test_the_answer_stops_it() -> None:
    in_time = replace(LINE, answered_at=at("2026-11-20 09:00"), state=OnlineState.ANSWERED)
    assert clock("2026-12-01 09:00", in_time).tone is Urgency.DONE
    late = replace(LINE, answered_at=at("2026-11-24 09:00"), state=OnlineState.CLOSED)
    assert (clock("2026-12-01 09:00", late).tone, clock("2026-12-01 09:00", late).days) == (Urgency.DANGER, 1)


def test_a_clock_without_time_of_its_own_is_full() -> None:
    assert clock("2026-11-19 10:00", replace(LINE, due_at=SENT)).share == 1
