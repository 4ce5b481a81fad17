"""Which backups stay: proved over random disks and times."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from ult_desktop.db.backup.backup_folder import DAILY_DAYS, LEAST_DAYS, MONTHLY_DAYS, backups_to_keep

ZONE = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 23, 15, 30, tzinfo=ZONE)
past = st.integers(min_value=0, max_value=800 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
disks = st.sets(past, max_size=60)


def hours_before(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@given(disks)
def test_every_hour_of_today_day_of_a_month_and_month_of_a_year_that_had_one_has_its_last(
    disk: set[datetime],
) -> None:
    stay = backups_to_keep(disk, NOW)
    assert stay <= disk
    for at in disk:
        age = (NOW.date() - at.date()).days
        if age == 0:
            assert any(other >= at and other.hour == at.hour and other.date() == at.date() for other in stay)
        if age <= DAILY_DAYS:
            assert any(other >= at and other.date() == at.date() for other in stay)
        if age <= MONTHLY_DAYS:
            assert any(other >= at and (other.year, other.month) == (at.year, at.month) for other in stay)


@given(disks)
def test_the_disk_stays_small_and_the_newest_stays(disk: set[datetime]) -> None:
    stay = backups_to_keep(disk, NOW)
    assert len(stay) <= 24 + DAILY_DAYS + 14 + LEAST_DAYS
    assert not disk or max(disk) in stay


@given(disks, st.integers(min_value=0, max_value=100_000))
def test_what_went_is_never_missed_later(disk: set[datetime], minutes: int) -> None:
    """To rotate twice is to rotate once at the later time: no backup is let go that would stay."""
    later = NOW + timedelta(minutes=minutes)
    assert backups_to_keep(backups_to_keep(disk, NOW), later) == backups_to_keep(disk, later)


def test_one_of_an_hour_one_of_a_day_one_of_a_month() -> None:
    disk = [hours_before(hours) for hours in (0.1, 0.2, 1.2, 24, 26, 24 * 40, 24 * 41, 24 * 400)]
    weeks = [hours_before(24 * days) for days in range(60, 66)]
    assert backups_to_keep([*disk, *weeks], NOW) == {*disk[:1], *disk[2:4], *disk[5:7], *weeks[:3]}


def test_a_wrong_clock_costs_nothing() -> None:
    """All from the future: this PC's clock went back. All older than a year: it was off for long."""
    future = {NOW + timedelta(days=days) for days in (1, 1.1, 400)}
    assert backups_to_keep(future | {hours_before(1)}, NOW) == future | {hours_before(1)}
    old = [hours_before(24 * days) for days in range(500, 500 + LEAST_DAYS + 1)]
    assert backups_to_keep([*old, hours_before(24 * 500 + 1)], NOW) == set(old[:-1])
    assert backups_to_keep((), NOW.astimezone(UTC)) == frozenset()
