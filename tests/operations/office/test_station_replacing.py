"""A dead PC is replaced: another takes its name and letter, and it is refused when it comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import PASSWORD, make_office, open_office
from tests.operations.scene import HandClock
from ult_desktop.base.config import StationConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.commands import ReplaceStation
from ult_desktop.core.offline import MergeTicket
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS, office_day
from ult_desktop.core.station_health import StationHealth
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.health.stations import check_stations
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.station_replacing import (
    StationReplaced,
    require_station_named,
    take_over_config,
)

NOW = 1_795_000_000_000


class Two:
    """A kiosk and the desk of an admin, on one clock."""

    def __init__(self, folder: Path) -> None:
        path = make_office(folder, hand_clock=True)
        self.clock = HandClock(NOW)
        self.kiosk, self.desk = open_office(path, "kios-1"), open_office(path, "meja")
        for office in (self.kiosk, self.desk):
            office.clock = self.clock
        self.admin = self.desk.sign_in("admin", PASSWORD)

    def report(self, office: Office, boot: str = "b", letter: str = "M", *, backs_up: bool = False) -> None:
        mode = "kiosk" if letter else "counter"
        office.report_presence(
            Presence(
                name=office.station,
                mode=mode,
                version="1",
                boot=boot,
                seen_at=self.clock.now,
                letter=letter,
                health=StationHealth(counter=2, disk_mb=5000, backs_up=backs_up),
            )
        )

    def seen(self, name: str = "kios-1") -> StationStatus:
        return next(each for each in self.desk.read(stations.all_seen) if each.name == name)

    def replace(self) -> None:
        self.desk.perform(ReplaceStation(identity=self.seen().identity), self.admin)

    def refused(self, words: str) -> None:
        with pytest.raises(UserError, match=words):
            self.replace()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    made.report(made.kiosk)
    yield made
    made.kiosk.close()
    made.desk.close()


def test_only_a_silent_station_is_replaced_and_only_once(two: Two) -> None:
    two.refused("kios-1 masih bekerja")
    two.clock.now += 3 * MINUTE_MS
    two.replace()
    assert two.seen().replaced_at == two.clock.now
    two.refused("kios-1 sudah diganti")
    with pytest.raises(UserError, match="tidak dikenal"):
        two.desk.perform(ReplaceStation(identity="hantu"), two.admin)


def test_one_that_comes_back_is_told_and_refused(two: Two) -> None:
    two.clock.now += 3 * MINUTE_MS
    two.replace()
    kiosk = Actor(station="kios-1")
    with pytest.raises(StationReplaced, match="sudah digantikan"):
        two.kiosk.perform(IssueTicket(service_id=1), kiosk)
    with pytest.raises(StationReplaced, match="sudah digantikan"):
        two.report(two.kiosk)
    assert two.kiosk.lobby_board().office.name
    assert two.kiosk.read(lambda tx: stations.letter_of(tx, two.kiosk.own.identity)) == ""


def test_what_it_gave_while_cut_off_is_still_taken(two: Two) -> None:
    """The numbers are on paper in somebody's hand."""
    two.clock.now += 3 * MINUTE_MS
    two.replace()
    zone = two.kiosk.read(office_rows.zone)
    given = MergeTicket(
        service_id=1,
        day=office_day(two.clock.now, zone),
        series="AM",
        number=1,
        label="AM01",
        issued_at=two.clock.now - MINUTE_MS,
    )
    assert two.kiosk.perform(given, Actor(station="kios-1")).label == "AM01"


def test_its_letter_is_free_a_day_later(two: Two, tmp_path: Path) -> None:
    """Papers of that day may be in hands; nobody else counts in its series then."""
    two.clock.now += 3 * MINUTE_MS
    two.replace()
    new = open_office(two.desk.path, "baru")
    new.clock = two.clock
    two.report(new)
    assert two.seen("baru").letter == "?M"
    two.clock.now += DAY_MS
    two.report(new)
    assert two.seen("baru").letter == "M"
    new.close()


def test_what_the_new_pc_takes_over(two: Two) -> None:
    config = take_over_config(two.seen(), StationConfig(name="baru"))
    assert (config.name, config.kiosk.letter, config.counter.number) == ("kios-1", "M", 2)
    two.report(two.desk, letter="")
    bare = StationStatus(
        name="tv", mode="display", version="1", seen_at=0, printer="", voice="", clock_offset_ms=0
    )
    assert take_over_config(bare, StationConfig()).kiosk == StationConfig().kiosk
    assert require_station_named(two.desk.read(stations.all_seen), "kios-1").name == "kios-1"
    with pytest.raises(UserError, match="Tidak ada komputer bernama tv"):
        require_station_named(two.desk.read(stations.all_seen), "tv")


def test_nothing_is_told_of_one_that_was_replaced(two: Two) -> None:
    two.clock.now += 3 * MINUTE_MS
    found = two.desk.read(stations.all_seen)
    assert [line.check for line in check_stations(found, two.clock.now)] == ["kios-1"]
    two.replace()
    assert list(check_stations(two.desk.read(stations.all_seen), two.clock.now)) == []
