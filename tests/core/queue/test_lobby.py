"""The state of the lobby through a week, a feast, a night, and with the share gone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.core.queue.test_opening import AROUND_THE_CLOCK, FLOOD, HOURS, office
from ult_desktop.base import use_language
from ult_desktop.core.office.template import Weekly
from ult_desktop.core.queue.boards import OpeningDay
from ult_desktop.core.queue.lobby import LobbyNow, LobbyState, countdown, lobby_now, opens_words, week_rows
from ult_desktop.core.queue.opening import opening_days

MONDAY = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Makassar")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def lobby(text: str, hours: Weekly = HOURS, *, serving: bool = False, cut: bool = False) -> LobbyNow:
    moment = at(text)
    days = opening_days(office("Asia/Makassar", hours, FLOOD), moment.date())
    return lobby_now(days, moment, serving=serving, cut_off=cut)


@pytest.mark.parametrize(
    ("moment", "state", "opens"),
    [
        ("2026-11-23T00:00", LobbyState.BEFORE, "2026-11-23T07:30"),
        ("2026-11-23T07:29:59", LobbyState.BEFORE, "2026-11-23T07:30"),
        ("2026-11-23T07:30", LobbyState.OPEN, None),
        ("2026-11-23T11:59:59", LobbyState.OPEN, None),
        ("2026-11-23T12:00", LobbyState.BREAK, "2026-11-23T13:00"),
        ("2026-11-23T13:00", LobbyState.OPEN, None),
        ("2026-11-23T16:00", LobbyState.CLOSED, "2026-11-25T07:30"),  # the 24th is closed by a flood
        ("2026-11-27T11:30", LobbyState.BREAK, "2026-11-27T13:00"),
        ("2026-11-27T16:30", LobbyState.CLOSED, "2026-11-30T07:30"),
        ("2026-11-28T10:00", LobbyState.CLOSED, "2026-11-30T07:30"),
    ],
)
def test_the_hours_of_a_week(moment: str, state: LobbyState, opens: str | None) -> None:
    found = lobby(moment)
    assert (found.state, found.opens) == (state, None if opens is None else at(opens))
    assert (found.minutes is None) == (state not in (LobbyState.BEFORE, LobbyState.BREAK))


def test_the_minutes_that_are_left_are_rounded_up() -> None:
    assert lobby("2026-11-23T12:24:30").minutes == 36
    assert lobby("2026-11-23T07:29:59").minutes == 1


def test_a_closed_day_has_its_name() -> None:
    found = lobby("2026-11-24T10:00", serving=True)
    assert (found.state, found.holiday) == (LobbyState.CLOSED, "Banjir")


def test_who_has_a_number_is_served_after_closing_but_not_in_the_night() -> None:
    assert lobby("2026-11-23T17:59", serving=True).state is LobbyState.ENDING
    assert lobby("2026-11-23T17:59").state is LobbyState.CLOSED
    assert lobby("2026-11-23T18:00", serving=True).state is LobbyState.CLOSED, "a counter was left open"
    assert lobby("2026-11-23T12:10", serving=True).state is LobbyState.BREAK


def test_calls_are_missed_only_while_there_are_any() -> None:
    assert lobby("2026-11-23T09:00", cut=True).state is LobbyState.CUT_OFF
    assert lobby("2026-11-23T12:10", cut=True).state is LobbyState.BREAK
    assert lobby("2026-11-23T16:10", serving=True, cut=True).state is LobbyState.CLOSED


def test_an_office_around_the_clock_never_closes() -> None:
    for clock in ("00:00", "12:00", "23:59:30"):
        assert lobby(f"2026-11-25T{clock}", AROUND_THE_CLOCK).state is LobbyState.OPEN


def test_days_that_are_not_known_count_as_open() -> None:
    known = (OpeningDay(MONDAY),)
    assert lobby_now((), at("2026-11-23T09:00")).state is LobbyState.OPEN
    assert lobby_now(known, at("2026-11-24T09:00"), cut_off=True).state is LobbyState.CUT_OFF
    assert lobby_now(known, at("2026-11-23T09:00")) == LobbyNow(state=LobbyState.CLOSED)


def test_the_way_to_the_next_opening_in_words() -> None:
    assert [countdown(minutes) for minutes in (25, 60, 65)] == [
        "25 menit lagi",
        "1 jam lagi",
        "1 jam 5 menit lagi",
    ]
    told = [opens_words(at(f"2026-11-{day}T07:30"), MONDAY) for day in (23, 24, 30)]
    assert told == [
        "Buka kembali pukul 07.30\N{NO-BREAK SPACE}WITA.",
        "Buka kembali besok pukul 07.30\N{NO-BREAK SPACE}WITA.",
        "Buka kembali Senin, 30 November 2026 pukul 07.30\N{NO-BREAK SPACE}WITA.",
    ]
    use_language("en")
    assert countdown(65) == "in 1 h 5 min"


def test_the_week_begins_with_monday_and_joins_days_that_are_alike() -> None:
    days = opening_days(office(), date(2026, 11, 25))
    usual = "07.30–12.00, 13.00–16.00"
    friday = ("Jumat", "07.30–11.30, 13.00–16.30")
    weekend = ("Sabtu–Minggu", "tutup")
    assert week_rows(days, date(2026, 11, 25)) == (("Senin–Kamis", usual), friday, weekend)
    flooded = opening_days(office("Asia/Makassar", HOURS, FLOOD), MONDAY)
    assert week_rows(flooded, MONDAY) == (
        ("Senin", usual),
        ("Sel, 24 Nov", "Banjir"),
        ("Rabu–Kamis", usual),
        friday,
        weekend,
    )


def test_hours_are_written_to_the_minute() -> None:
    day = OpeningDay(MONDAY, ((time(8), time(12)),))
    assert day.is_open(time(11, 59, 59))
    assert not day.is_open(time(12))
