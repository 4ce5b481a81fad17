"""Edits of a head of office during the year, on settings that others may have changed since."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from ult_desktop.base.errors import UserError
from ult_desktop.core.office import edits
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import Closure, RamadanPeriod, Weekly
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.operations.office.office_files import load_office

SETTINGS = settings_of(load_office())
FRIDAY, MONDAY, CHRISTMAS = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 25)
MEETING = Closure(FRIDAY, "Rapat kerja")
CLOSED = edits.close_days(SETTINGS, FRIDAY, FRIDAY, "Rapat kerja")
FASTING = RamadanPeriod(first=date(2027, 2, 8), last=date(2027, 3, 9), hours=Weekly(monday=("08.00-15.00",)))
RAMADAN = edits.set_ramadan(SETTINGS, None, FASTING)


def test_several_days_are_closed_where_work_would_be_done() -> None:
    closed = edits.close_days(SETTINGS, FRIDAY, MONDAY, "Pindah gedung")
    assert [closure.date for closure in closed.closures] == [FRIDAY, MONDAY]
    christmas = edits.close_days(SETTINGS, CHRISTMAS - timedelta(2), CHRISTMAS + timedelta(3), "Cuti")
    assert [closure.date.day for closure in christmas.closures] == [23, 28]


def test_a_day_that_is_closed_gets_another_reason() -> None:
    again = edits.close_days(CLOSED, FRIDAY, FRIDAY, "Listrik padam")
    assert again.closures == (Closure(FRIDAY, "Listrik padam"),)


def test_days_without_work_need_no_closing() -> None:
    with pytest.raises(UserError, match="memang tidak buka"):
        edits.close_days(SETTINGS, date(2026, 11, 28), date(2026, 11, 29), "Libur")


def test_a_closure_moves_and_goes() -> None:
    moved = edits.change_closure(CLOSED, MEETING, Closure(MONDAY, "Rapat kerja"))
    assert moved.closures == (Closure(MONDAY, "Rapat kerja"),)
    assert edits.drop_closure(CLOSED, MEETING) == SETTINGS
    with pytest.raises(UserError, match="diubah orang lain"):
        edits.change_closure(SETTINGS, MEETING, Closure(MONDAY, "Rapat kerja"))


def test_an_extra_working_day_opens_the_office() -> None:
    worked = edits.add_working_day(SETTINGS, CHRISTMAS)
    assert WorkingCalendar(worked).is_working_day(CHRISTMAS)
    assert edits.drop_working_day(worked, CHRISTMAS) == SETTINGS
    assert not edits.is_open_on(SETTINGS, CHRISTMAS)
    assert edits.is_open_on(worked, CHRISTMAS)
    assert edits.is_open_on(CLOSED, FRIDAY), "its own closures aside"


def test_the_holidays_ahead_are_those_on_which_work_would_be_done() -> None:
    ahead = edits.national_days_ahead(SETTINGS, date(2026, 12, 1))
    assert Closure(CHRISTMAS, "Hari Raya Natal") in ahead
    assert all(closure.date.weekday() < 5 for closure in ahead)
    assert CHRISTMAS not in [
        each.date for each in edits.national_days_ahead(edits.add_working_day(SETTINGS, CHRISTMAS), FRIDAY)
    ]


def test_ramadan_is_set_changed_and_dropped() -> None:
    later = RamadanPeriod(first=FASTING.first + timedelta(1), last=FASTING.last, hours=FASTING.hours)
    assert edits.set_ramadan(RAMADAN, FASTING, later).ramadan == (later,)
    assert edits.drop_ramadan(RAMADAN, FASTING) == SETTINGS
    with pytest.raises(UserError, match="bertumpuk"):
        edits.set_ramadan(RAMADAN, None, later)
    with pytest.raises(UserError, match="diubah orang lain"):
        edits.set_ramadan(SETTINGS, FASTING, later)


def test_a_change_is_taken_back_and_others_stay() -> None:
    elsewhere = edits.add_working_day(CLOSED, CHRISTMAS)
    assert edits.merge(elsewhere, CLOSED, SETTINGS) == edits.add_working_day(SETTINGS, CHRISTMAS)
    again = edits.close_days(CLOSED, MONDAY, MONDAY, "Cuti")
    assert edits.merge(again, CLOSED, SETTINGS) == edits.close_days(SETTINGS, MONDAY, MONDAY, "Cuti")


def test_rows_and_keys_are_carried_over_by_themselves() -> None:
    """Two people at two services, or at one service's name and prefix, are in nobody's way."""
    seen = load_office()
    first, second, *others = seen.services
    theirs = replace(seen, services=(replace(first, quota=9), replace(second, icon="star"), *others))
    wanted = replace(seen, services=(second, replace(first, icon="heart"), *others))
    merged = edits.merge(theirs, seen, wanted)
    assert merged.services[:2] == (replace(second, icon="star"), replace(first, quota=9, icon="heart"))


def test_where_both_changed_one_key_it_is_asked_whose_stays() -> None:
    seen = load_office()
    first, *others = seen.services
    theirs, wanted = (
        replace(seen, services=(replace(first, icon=icon), *others)) for icon in ("star", "heart")
    )
    with pytest.raises(edits.Clash) as clash:
        edits.merge(theirs, seen, wanted)
    (change,) = clash.value.changes
    assert (change.where, change.before, change.after) == (f"services[{first.prefix}].icon", "star", "heart")
    assert edits.merge(theirs, seen, wanted, {change.where: True}) == wanted
    assert edits.merge(theirs, seen, wanted, {change.where: False}) == theirs
    gone = replace(seen, services=tuple(others))
    with pytest.raises(edits.Clash):
        edits.merge(gone, seen, wanted)
