"""The door: hours, break, Friday, holidays, closures, pause, round the clock, in every zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec
import pytest

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import (
    Closure,
    OfficeIdentity,
    RamadanPeriod,
    ServiceTemplate,
    Weekly,
    Words,
)
from ult_desktop.core.office.working_time import holiday_on
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.core.queue.opening import kiosk_gives_numbers, opening_of, service_closed_words
from ult_desktop.core.stamps import to_stamp

ZONES = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
USUAL = ("07.30-12.00", "13.00-16.00")
HOURS = Weekly(USUAL, USUAL, USUAL, USUAL, ("07.30-11.30", "13.00-16.30"))
AROUND_THE_CLOCK = Weekly(*[("00.00-23.59",)] * 7)
FLOOD = Closure(date(2026, 11, 24), "Banjir")  # a Tuesday


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def office(zone: str = "Asia/Makassar", hours: Weekly = HOURS, *closures: Closure) -> OfficeSettings:
    return OfficeSettings(
        office=OfficeIdentity(name="BPMP", short_name="BPMP", timezone=zone),  # type: ignore[arg-type]
        hours=hours,
        closures=closures,
    )


def at(text: str, zone: str = "Asia/Makassar") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def door(text: str, settings: OfficeSettings | None = None, pause: str = "") -> OpeningStatus:
    settings = settings or office()
    return opening_of(settings, pause, at(text, settings.office.timezone))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23T07:29:59", "2026-11-23T07:30"),  # Monday
        ("2026-11-23T12:00", "2026-11-23T13:00"),
        ("2026-11-23T16:00", "2026-11-24T07:30"),
        ("2026-11-27T11:30", "2026-11-27T13:00"),  # Friday prayer
        ("2026-11-27T16:30", "2026-11-30T07:30"),
        ("2026-11-28T10:00", "2026-11-30T07:30"),  # Saturday
    ],
)
def test_outside_the_hours_it_says_when_it_opens(zone: str, moment: str, opens: str) -> None:
    found = door(moment, office(zone))
    on_break = moment[:10] == opens[:10] and not moment.endswith("07:29:59")
    assert found.state is (Openness.BREAK if on_break else Openness.OUTSIDE_HOURS)
    assert found.opens_at == to_stamp(at(opens, zone))


@pytest.mark.parametrize(
    ("moment", "given"),
    [
        ("2026-11-23T07:29:59", False),
        ("2026-11-23T07:30", True),
        ("2026-11-23T12:02:59", True),
        ("2026-11-23T12:03", False),
        ("2026-11-23T16:02", True),
        ("2026-11-23T16:03", False),
        ("2026-11-28T10:00", False),
    ],
)
def test_who_began_before_the_end_has_three_minutes(moment: str, given: bool) -> None:
    assert kiosk_gives_numbers(office(), "", at(moment)) is given
    assert not kiosk_gives_numbers(office(), "Printer diperbaiki", at(moment))


@pytest.mark.parametrize(
    "moment",
    ["2026-11-23T07:30", "2026-11-23T11:59:59", "2026-11-23T13:00", "2026-11-27T11:29", "2026-11-27T16:29"],
)
def test_within_the_hours_it_is_open(zone: str, moment: str) -> None:
    assert door(moment, office(zone)) == OpeningStatus()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-08-17", "Kemerdekaan"),
        ("2026-03-20", "Cuti Bersama Hari Raya Idul Fitri"),
        ("2026-12-25", "Natal"),
        ("2026-12-24", "Cuti Bersama"),
    ],
)
def test_national_holidays_and_cuti_bersama_are_closed(day: str, name: str) -> None:
    found = door(f"{day}T10:00")
    assert found.state is Openness.HOLIDAY
    assert name in found.reason
    assert found.opens_at is not None


def test_no_holiday_is_only_estimated_in_words() -> None:
    names = [holiday_on(office(), date(2030, month, day)) for month in range(1, 13) for day in range(1, 29)]
    assert any(names)
    assert not any("perkiraan" in name for name in names)


def test_the_longest_feast_is_looked_over() -> None:
    found = door("2026-03-18T08:00")  # Nyepi and Idul Fitri with their cuti bersama, then a weekend
    assert found.opens_at == to_stamp(at("2026-03-25T07:30"))


def test_the_offices_own_closure_comes_before_the_calendar() -> None:
    shut = office("Asia/Makassar", HOURS, FLOOD, Closure(date(2026, 8, 17), "Upacara"))
    assert door("2026-11-24T10:00", shut).reason == "Banjir"
    assert door("2026-11-24T10:00", shut).opens_at == to_stamp(at("2026-11-25T07:30"))
    assert door("2026-08-17T10:00", shut).reason == "Upacara"


def test_a_shut_door_tells_the_week() -> None:
    """From today on; a closure has its name, a day off has none."""
    shut = office("Asia/Makassar", HOURS, FLOOD, Closure(date(2026, 11, 28), "Upacara"))
    week = door("2026-11-23T06:00", shut).week
    assert [day.date.day for day in week] == [23, 24, 25, 26, 27, 28, 29]
    assert [day.holiday for day in week] == ["", "Banjir", "", "", "", "", ""]
    assert (week[0].spans[0], week[1].spans, week[5].spans) == ((time(7, 30), time(12)), (), ())


def test_ramadan_has_its_own_hours() -> None:
    short = ("08.00-12.00", "12.30-15.00")
    fasting = RamadanPeriod(
        first=date(2026, 2, 18), last=date(2026, 3, 19), hours=Weekly(short, short, short, short, short)
    )
    settings = msgspec.structs.replace(office(), ramadan=(fasting,))
    early = door("2026-02-18T07:45", settings)
    assert (early.state, early.opens_at) == (Openness.OUTSIDE_HOURS, to_stamp(at("2026-02-18T08:00")))
    assert door("2026-02-18T12:40", settings) == OpeningStatus()
    assert door("2026-03-25T07:45", settings) == OpeningStatus()


def test_an_office_may_open_on_a_holiday() -> None:
    busy = msgspec.structs.replace(office(), working_days=(date(2026, 8, 17),))
    assert door("2026-08-17T10:00", busy) == OpeningStatus()


def test_a_pause_counts_within_the_hours_alone() -> None:
    """A hall that is closed is not "paused for a moment": the visitor learns when it opens."""
    assert door("2026-11-23T10:00", pause="Rapat") == OpeningStatus(state=Openness.PAUSED, reason="Rapat")
    for closed in ("2026-11-23T21:00", "2026-11-23T12:10", "2026-08-17T10:00"):
        assert door(closed, pause="Rapat") == door(closed)
        assert door(closed).state not in (Openness.OPEN, Openness.PAUSED)


@pytest.mark.parametrize("moment", ["2026-11-22T03:00", "2026-08-17T00:00", "2026-11-23T23:59:59"])
def test_around_the_clock_has_no_holidays(moment: str) -> None:
    assert door(moment, office("Asia/Jayapura", AROUND_THE_CLOCK)) == OpeningStatus()


def test_around_the_clock_keeps_its_own_closures() -> None:
    found = door("2026-11-24T23:59", office("Asia/Jakarta", AROUND_THE_CLOCK, FLOOD))
    assert (found.state, found.reason) == (Openness.HOLIDAY, "Banjir")
    assert found.opens_at == to_stamp(at("2026-11-25T00:00", "Asia/Jakarta"))


def test_long_days_are_not_around_the_clock() -> None:
    long = office("Asia/Makassar", Weekly(*[("00.30-23.30",)] * 7))
    assert door("2026-11-23T00:10", long).state is Openness.OUTSIDE_HOURS
    assert door("2026-08-17T10:00", long).state is Openness.HOLIDAY


def test_an_office_that_never_opens() -> None:
    assert door("2026-11-23T10:00", office("Asia/Makassar", Weekly())).opens_at is None


def service(hours: Weekly | None) -> ServiceTemplate:
    return ServiceTemplate(prefix="A", name=Words("Umum"), hours=hours)


def test_a_service_with_hours_of_its_own() -> None:
    mornings = service(Weekly(monday=("08.00-10.00", "13.00-14.00")))
    assert service_closed_words(service(None), at("2026-11-22T03:00")) == ""
    assert service_closed_words(mornings, at("2026-11-23T09:00")) == ""
    assert service_closed_words(mornings, at("2026-11-23T11:00")) == "Dibuka 08.00–10.00, 13.00–14.00"
    assert service_closed_words(mornings, at("2026-11-24T09:00")) == "Tidak dibuka hari ini"
    by = msgspec.structs.replace(mornings, channels=("telepon", "daring"))
    assert service_closed_words(by, at("2026-11-23T09:00")) == "Hanya lewat telepon, daring"
    both = msgspec.structs.replace(mornings, channels=("tatap_muka",))
    assert service_closed_words(both, at("2026-11-23T09:00")) == ""
