"""Working days and office time: Indonesian holidays, breaks, Fridays, Ramadan, closures, every zone."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, strategies as st

from tests.examples import examples
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Closure, OfficeIdentity, RamadanPeriod, Weekly
from ult_desktop.core.office.working_time import WorkedTime, WorkingCalendar
from ult_desktop.core.stamps import MINUTE_MS, to_stamp

ZONES = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
USUAL, FRIDAY = ("07.30-12.00", "13.00-16.00"), ("07.30-11.30", "13.00-16.30")
HOURS = Weekly(USUAL, USUAL, USUAL, USUAL, FRIDAY)
SHORT = ("08.00-12.00", "12.30-15.00")
RAMADAN = RamadanPeriod(
    first=date(2026, 2, 18),
    last=date(2026, 3, 19),
    hours=Weekly(SHORT, SHORT, SHORT, SHORT, ("08.00-11.30", "12.30-15.30")),
)
TOWN = OfficeIdentity(name="BPMP", short_name="BPMP", timezone="Asia/Makassar")
SETTINGS = OfficeSettings(office=TOWN, hours=HOURS, ramadan=(RAMADAN,))
CALENDAR = WorkingCalendar(SETTINGS)
MINUTES = st.integers(0, 5 * 24 * 60)
STAMPS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: to_stamp(moment.replace(tzinfo=TOWN.zone))
)


def calendar(**changes: object) -> WorkingCalendar:
    return WorkingCalendar(msgspec.structs.replace(SETTINGS, **changes))


def at(text: str) -> int:
    return to_stamp(datetime.fromisoformat(text).replace(tzinfo=TOWN.zone))


def test_delays_added_up_are_carried_to_working_days() -> None:
    assert CALENDAR.usual_minutes == 450
    assert calendar(hours=Weekly((), (), USUAL, SHORT, SHORT)).usual_minutes == 390, "as most days"
    assert (
        calendar(hours=Weekly()).usual_minutes
        == calendar(hours=Weekly(*7 * [("00.00-23.59",)])).usual_minutes
    )
    five_hours = WorkedTime(minutes=300)
    assert five_hours.plus(WorkedTime(days=1, minutes=200), 450) == WorkedTime(days=2, minutes=50)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("day", "n", "due"),
    [
        ("2026-03-10", 10, "2026-03-31"),  # UU 14/2008: ten working days, over Nyepi and Idul Fitri
        ("2026-03-10", 17, "2026-04-10"),
        ("2026-03-10", 30, "2026-04-29"),
        ("2026-11-20", 10, "2026-12-04"),
        ("2026-11-20", 17, "2026-12-15"),
        ("2026-11-20", 30, "2027-01-07"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 1, "2026-11-23"),  # from a Saturday
    ],
)
def test_the_nth_working_day(zone: str, day: str, n: int, due: str) -> None:
    found = calendar(office=msgspec.structs.replace(TOWN, timezone=zone))
    assert found.nth_working_day(date.fromisoformat(day), n) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),  # Saturday
        ("2026-08-17", False),
        ("2026-12-24", False),  # cuti bersama
        ("2026-11-24", True),
    ],
)
def test_which_days_are_worked(day: str, working: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is working


def test_the_office_overrides_the_calendar() -> None:
    own = calendar(
        closures=(Closure(date(2026, 11, 24), "Banjir"), Closure(date(2026, 12, 25), "Libur")),
        working_days=(date(2026, 8, 17), date(2026, 12, 25)),
    )
    assert own.is_working_day(date(2026, 8, 17))
    assert not own.is_working_day(date(2026, 11, 24))
    assert not own.is_working_day(date(2026, 12, 25))  # its own closure is its last word


def test_cuti_bersama_may_be_worked_but_not_the_feast() -> None:
    busy = calendar(cuti_bersama_works=True)
    assert busy.is_working_day(date(2026, 12, 24))
    assert not busy.is_working_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:10", 10),
        ("2026-11-23T11:50", "2026-11-23T13:10", 20),  # over the break
        ("2026-11-27T11:20", "2026-11-27T13:10", 20),  # over the Friday prayer
        ("2026-11-23T12:10", "2026-11-23T12:50", 0),
        ("2026-11-20T16:20", "2026-11-23T07:40", 20),  # over a weekend
        ("2026-11-23T16:05", "2026-11-23T18:00", 0),
        ("2026-11-23T09:10", "2026-11-23T09:00", 0),
        ("2026-03-17T14:50", "2026-03-25T07:40", 20),  # Ramadan's hours, the feast, the usual hours
        ("2026-11-23T00:00", "2026-11-28T00:00", 37.5 * 60),  # Perpres 21/2023: 37 h 30 min a week
        ("2026-03-02T00:00", "2026-03-07T00:00", 32.5 * 60),  # 32 h 30 min in Ramadan
    ],
)
def test_minutes_run_in_office_hours_only(begin: str, end: str, minutes: float) -> None:
    assert CALENDAR.time_between(at(begin), at(end)) == minutes * MINUTE_MS


@pytest.mark.parametrize(
    ("begin", "minutes", "due"),
    [
        ("2026-11-23T09:00", 10, "2026-11-23T09:10"),
        ("2026-11-23T11:55", 10, "2026-11-23T13:05"),
        ("2026-11-23T11:50", 10, "2026-11-23T12:00"),
        ("2026-11-23T17:00", 10, "2026-11-24T07:40"),
        ("2026-11-20T16:25", 10, "2026-11-23T07:35"),
        ("2026-11-21T10:00", 0, "2026-11-21T10:00"),
    ],
)
def test_when_minutes_have_passed(begin: str, minutes: int, due: str) -> None:
    assert CALENDAR.due_after_time(at(begin), minutes * MINUTE_MS) == at(due)


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:45", "45 menit"),
        ("2026-11-23T09:00", "2026-11-23T11:00", "2 jam"),
        ("2026-11-23T09:00", "2026-11-24T09:35", "1 hari kerja 35 menit"),
        ("2026-11-23T09:00", "2026-11-24T08:59", "7 jam 29 menit"),
        ("2026-11-23T09:00", "2026-12-02T10:00", "7 hari kerja 1 jam"),
        ("2026-11-23T12:20", "2026-11-24T13:00", "1 hari kerja"),  # begun in the break, when nobody works
        ("2026-11-21T20:00", "2026-11-24T07:31", "1 hari kerja 1 menit"),  # from a Saturday
        ("2026-11-20T16:20", "2026-11-23T16:00", "1 hari kerja"),  # Monday closes before that clock time
        ("2026-11-23T09:00", "2026-11-23T09:00", "0 menit"),
    ],
)
def test_time_in_working_days(begin: str, end: str, words: str) -> None:
    worked = CALENDAR.worked_time(at(begin), CALENDAR.time_between(at(begin), at(end)))
    assert worked.words == words


@examples(150)
@given(STAMPS, st.integers(1, 20), st.integers(1, 3000))
def test_who_is_late_by_the_days_took_more_of_them(begin: int, days: int, minutes: int) -> None:
    due = CALENDAR.due_after_days(begin, days)
    late = CALENDAR.due_after_time(due, minutes * MINUTE_MS)
    worked = CALENDAR.worked_time(begin, CALENDAR.time_between(begin, late))
    assert worked.days >= days
    assert 0 <= worked.minutes < 9 * 60


@pytest.mark.parametrize(
    ("begin", "days", "due"),
    [
        ("2026-11-23T09:00", 1, "2026-11-24T16:00"),
        ("2026-11-26T09:00", 1, "2026-11-27T16:30"),
        ("2026-11-27T20:00", 1, "2026-11-30T16:00"),
        ("2026-11-28T09:00", 2, "2026-12-01T16:00"),
        ("2026-03-16T09:00", 1, "2026-03-17T15:00"),
    ],
)
def test_when_working_days_have_passed(begin: str, days: int, due: str) -> None:
    assert CALENDAR.due_after_days(at(begin), days) == at(due)


def test_around_the_clock_loses_no_minute_and_keeps_no_holiday() -> None:
    always = calendar(hours=Weekly(*[("00.00-23.59",)] * 7), ramadan=())
    assert always.time_between(at("2026-08-16T23:00"), at("2026-08-18T01:00")) == 26 * 60 * MINUTE_MS


def test_an_office_without_hours_is_counted_around_the_clock() -> None:
    unwritten = calendar(hours=Weekly())
    assert unwritten.time_between(at("2026-11-21T22:00"), at("2026-11-22T01:00")) == 180 * MINUTE_MS
    assert unwritten.due_after_days(at("2026-11-21T22:00"), 1) == at("2026-11-23T00:00")


def test_ramadan_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="Ramadan"):
        RamadanPeriod(first=date(2026, 3, 19), last=date(2026, 2, 18), hours=HOURS)


def test_offices_of_before_these_settings_load() -> None:
    old = msgspec.json.decode(
        b'{"office":{"name":"K","short_name":"K","timezone":"Asia/Jakarta"},"hours":{}}', type=OfficeSettings
    )
    assert (old.ramadan, old.working_days, old.cuti_bersama_works) == ((), (), False)


@examples(150)
@given(STAMPS, MINUTES, MINUTES)
def test_time_adds_up_and_never_runs_backwards(begin: int, first: int, second: int) -> None:
    middle, end = begin + first * MINUTE_MS, begin + (first + second) * MINUTE_MS
    parts = CALENDAR.time_between(begin, middle), CALENDAR.time_between(middle, end)
    assert sum(parts) == CALENDAR.time_between(begin, end)
    assert 0 <= min(parts) <= max(parts) <= end - begin
    assert CALENDAR.time_between(end, begin) == 0


@examples(150)
@given(STAMPS, st.integers(1, 3000))
def test_the_due_moment_is_the_first_by_which_the_time_has_passed(begin: int, minutes: int) -> None:
    due = CALENDAR.due_after_time(begin, minutes * MINUTE_MS)
    assert CALENDAR.time_between(begin, due) == minutes * MINUTE_MS
    assert CALENDAR.time_between(begin, due - 1) < minutes * MINUTE_MS


@examples(100)
@given(STAMPS, st.integers(1, 20))
def test_working_days_are_worked_and_come_one_after_another(begin: int, n: int) -> None:
    days = [CALENDAR.nth_working_day(CALENDAR.day_of(begin), count) for count in range(n + 1)]
    assert all(CALENDAR.is_working_day(day) for day in days[1:])
    assert all(
        not CALENDAR.is_working_day(earlier + timedelta(days=gap))
        for earlier, later in pairwise(days)
        for gap in range(1, (later - earlier).days)
    )
    assert CALENDAR.day_of(CALENDAR.due_after_days(begin, n)) == days[-1]
