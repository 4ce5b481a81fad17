"""The order of updates: one PC first, the others a day later; nobody is shut out by a changed office file."""

import pytest

from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.updates.rollout import (
    AWAITED_DAYS,
    KnownStation,
    MarkedUpdate,
    UpdateMark,
    UpdateTurn,
    turn_of,
    version_order,
)

NOW = 100 * DAY_MS
NEW = "1.1.0"


def station(name: str, version: str = "1.0.0", days_ago: int = 0) -> KnownStation:
    return KnownStation(identity=f"id-{name}", name=name, version=version, seen_at=NOW - days_ago * DAY_MS)


def mark(what: UpdateMark, name: str = "", hours_ago: int = 0, version: str = NEW) -> MarkedUpdate:
    identity = f"id-{name}" if name else ""
    return MarkedUpdate(
        id=1, version=version, identity=identity, mark=what, at=NOW - hours_ago * DAY_MS // 24
    )


def turn(
    name: str, *marks: MarkedUpdate, changes_file: bool = False, others: tuple[KnownStation, ...] = ()
) -> UpdateTurn:
    stations = (station("a"), station("b"), *others)
    return turn_of(f"id-{name}", NEW, changes_file=changes_file, marks=marks, stations=stations, now=NOW)


def test_who_had_it_first_goes_first_and_the_others_know_for_whom_they_wait() -> None:
    marks = (mark(UpdateMark.STAGED, "a", 2), mark(UpdateMark.STAGED, "b", 1))
    assert turn("a", *marks) == UpdateTurn(may=True)
    assert turn("b", *marks) == UpdateTurn(may=False, first="a")
    assert turn("a", *marks).words == "dipasang saat komputer ini dinyalakan lagi"
    assert turn("b", *marks).words == "menunggu a menjalankannya sehari"


@pytest.mark.parametrize(("hours", "may"), [(23, False), (24, True)])
def test_the_others_follow_when_it_ran_a_day(hours: int, may: bool) -> None:
    marks = (mark(UpdateMark.STAGED, "a", 30), mark(UpdateMark.INSTALLED, "a", hours))
    assert turn("b", *marks).may is may


def test_another_stations_day_and_a_stamp_of_the_future_prove_nothing() -> None:
    staged = (mark(UpdateMark.STAGED, "a", 60), mark(UpdateMark.STAGED, "b", 50))
    assert not turn("c", *staged, mark(UpdateMark.INSTALLED, "b", 48)).may
    assert not turn("c", *staged, mark(UpdateMark.INSTALLED, "a", -1)).may


def test_an_admin_lets_them_follow_at_once_and_only_for_that_version() -> None:
    staged = mark(UpdateMark.STAGED, "a", 1)
    assert turn("b", staged, mark(UpdateMark.RELEASED)).may
    assert not turn("b", staged, mark(UpdateMark.RELEASED, version="1.0.9")).may


def test_a_changed_office_file_waits_for_every_station_of_the_last_days() -> None:
    marks = (mark(UpdateMark.STAGED, "a"), mark(UpdateMark.RELEASED))
    gone, long_gone = station("c", days_ago=AWAITED_DAYS), station("d", days_ago=AWAITED_DAYS + 1)
    waits = turn("a", *marks, changes_file=True, others=(gone, long_gone, station("e", NEW)))
    assert waits == UpdateTurn(may=False, lacking=("b", "c"))
    assert waits.words == "menunggu paketnya sampai di b, c"
    more = (*marks, mark(UpdateMark.STAGED, "b"), mark(UpdateMark.EXCUSED, "c"))
    assert turn("a", *more, changes_file=True, others=(gone, long_gone)).may


def test_versions_are_numbers_not_letters() -> None:
    told = ["1.10.0", "1.9.9", "dev", "1.2.0"]
    assert sorted(told, key=version_order) == ["dev", "1.2.0", "1.9.9", "1.10.0"]
