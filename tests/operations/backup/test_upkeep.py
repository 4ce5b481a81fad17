"""The care of the file: by one station at a time, when it is due, and told when it fails."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from tests import engines
from tests.clocks import Clocks, undoubted
from tests.db.other_process import other_process
from tests.db.store.test_damage import ruin
from tests.office import PASSWORD, give_up_after, make_office, open_office
from tests.operations.scene import HandClock, Scene
from tests.operations.town import Town
from ult_desktop.base.errors import UserError
from ult_desktop.core.stamps import DAY_MS, to_datetime
from ult_desktop.db.backup import backup, backup_folder, journals, upkeep
from ult_desktop.db.store import damage_flag
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.witness import OlderCopy
from ult_desktop.operations.backup.backing_up import EVERY_HOUR_MS, BackupUnderWay, back_up
from ult_desktop.operations.backup.upkeep import (
    AGAIN_AFTER_MS,
    COPY_JOURNAL_EVERY_MS,
    FileMaintainer,
    MaintenanceTask,
)
from ult_desktop.operations.office.time_confirming import confirm_time

YEAR_MS = 365 * DAY_MS
pytestmark = [pytest.mark.usefixtures("windows_files", "quick_reopens"), pytest.mark.file_only("copies")]


class UpkeepScene:
    """An office with hours, two stations that take care of it, and one clock."""

    def __init__(self, folder: Path) -> None:
        self.path = make_office(folder, always_open=False)
        self.scene = Scene(self.path, "2026-11-23 09:00")
        self.disk = folder / "disk"
        self.disk.mkdir()
        self.keepers: list[FileMaintainer] = []

    @property
    def clock(self) -> HandClock:
        return self.scene.clock

    def keeper(self, station: str, place: Path | None = None) -> FileMaintainer:
        journal = self.path.parent / f"journal-{station}.db"
        keeper = FileMaintainer(MaintenanceTask(self.path, journal, station, place), self.clock)
        self.keepers.append(keeper)
        return keeper

    def on_pc(self, pc: Clocks, station: str = "loket-1") -> FileMaintainer:
        """One on a PC whose clocks the test steps."""
        journal = self.path.parent / f"journal-{station}.db"
        keeper = FileMaintainer(MaintenanceTask(self.path, journal, station, self.disk), pc.clock())
        self.keepers.append(keeper)
        return keeper

    def lay_in_days(self, days: int) -> set[Path]:
        """So many days' backups, as copies of one; what lies on the disk then."""
        now = self.clock.now
        made = backup_folder.make_backup(self.path, self.disk, undoubted(now - EVERY_HOUR_MS)).path
        for day in range(1, days):
            at = to_datetime(now - day * DAY_MS, UTC)
            shutil.copyfile(made, made.with_name(f"office-{at:%Y%m%dT%H%M%SZ}.db"))
        return set(self.disk.rglob("*.db"))

    def old_files(self) -> set[Path]:
        """Return what goes by its age: the backups, the journals on the share and on the disk."""
        return {*self.disk.rglob("*.db"), *self.disk.rglob("*.jsonl"), *self.path.parent.rglob("*.jsonl")}

    def rows(self, task: str) -> list[tuple[str, int, str]]:
        found = self.scene.office.read(lambda tx: upkeep.all_of(tx, task))
        return [(row.station, row.done_at, row.trouble) for row in found]

    def add_ticket_without_event(self) -> None:
        office = Store(self.path)
        office.write(
            lambda tx: tx.run(
                "INSERT INTO ticket (code, day, series, number, label, service_id, state, place, issued_at,"
                " queued_at) VALUES ('x', '2026-11-23', 'A', 1, 'A001', 1, 'waiting', 'fresh', 1, 1)"
            )
        )
        office.close()

    def backups(self) -> int:
        return len(list(self.disk.rglob("*.db")))

    def close(self) -> None:
        for keeper in self.keepers:
            keeper.close()
        self.scene.office.close()


@pytest.fixture
def care(tmp_path: Path) -> Iterator[UpkeepScene]:
    taken = UpkeepScene(tmp_path)
    yield taken
    taken.close()


def test_one_of_two_stations_makes_the_hours_backup(care: UpkeepScene) -> None:
    first, second = care.keeper("loket-1", care.disk), care.keeper("loket-2", care.disk)
    assert (first.do_due_jobs(), second.do_due_jobs()) == ((), ())
    assert care.backups() == 1
    assert care.rows(upkeep.BACKUP) == [("loket-1", care.clock.now, "")]
    care.clock.now += EVERY_HOUR_MS - 1
    assert first.do_due_jobs() == ()
    assert care.backups() == 1
    care.clock.now += 1
    second.do_due_jobs()
    first.do_due_jobs()
    assert [station for station, _at, _trouble in care.rows(upkeep.BACKUP)] == ["loket-2", "loket-1"]
    assert care.backups() == 2


@pytest.mark.parametrize("wrong", [-6 * YEAR_MS, YEAR_MS])
def test_a_pc_that_starts_with_a_wrong_clock_and_is_corrected_costs_nothing(
    care: UpkeepScene, wrong: int
) -> None:
    """A dead battery, then NTP: what was measured at the start would be a year off all day."""
    care.scene.take()
    kept = care.lay_in_days(30)
    pc = Clocks(own=wrong, now=care.clock.now)
    keeper = care.on_pc(pc)
    pc.own -= wrong
    assert keeper.do_due_jobs() == ()
    pc.pass_ms(EVERY_HOUR_MS)
    assert keeper.do_due_jobs() == ()
    assert kept <= set(care.disk.rglob("*.db"))
    assert care.backups() == 32
    assert care.rows(upkeep.BACKUP) == [("loket-1", pc.share, "")]


def test_a_share_whose_clock_is_ahead_costs_nothing_and_is_told(care: UpkeepScene) -> None:
    care.scene.take()
    care.scene.office.settle()
    kept = care.lay_in_days(30)
    pc = Clocks(share=YEAR_MS, now=care.clock.now)
    keeper = care.on_pc(pc, "uji")
    (told,) = keeper.do_due_jobs()
    assert "Yang lama tidak dihapus" in told.what
    assert len(kept) + 1 == care.backups(), "a backup is made all the same"
    pc.share -= YEAR_MS
    pc.pass_ms(1000)
    assert care.on_pc(pc, "loket-2").do_due_jobs() == ()
    assert len(kept) + 2 == care.backups(), "one from the future counts as never"
    assert kept <= set(care.disk.rglob("*.db"))
    assert [entry.name for entry in journals.read_day_files(journals.folder_of(care.path))] == ["IssueTicket"]


@pytest.mark.parametrize("ahead", [15 * DAY_MS, YEAR_MS])
def test_nothing_old_goes_before_a_person_confirmed_a_doubtful_date(care: UpkeepScene, ahead: int) -> None:
    """The share's clock jumped and this PC was switched on then; its own clock is right, and so is the log.

    After 15 days the log alone would say nothing: an office may close for two weeks.
    """
    care.scene.take()
    care.lay_in_days(30)
    share = journals.folder_of(care.path)
    share.mkdir(exist_ok=True)
    (share / f"loket-9-{(care.clock.now - 25 * DAY_MS) // DAY_MS}.jsonl").touch()
    pc = Clocks(now=care.clock.now)
    pc.share += ahead
    keeper, desk = care.on_pc(pc, "uji"), open_office(care.path, "loket-2")
    desk.clock = pc.clock()
    desk.clock.measure()
    old = care.old_files()
    for _hour in range(2):
        pc.pass_ms(EVERY_HOUR_MS)
        (told,) = keeper.do_due_jobs()
        assert told.what.startswith("Yang lama tidak dihapus")
        assert "office confirm-time" in told.todo
        assert old <= care.old_files()
    confirm_time(desk, desk.check_password("siti", PASSWORD))
    keeper.do_due_jobs()  # the first backup after that is what the next one is held against
    for _hour in range(2):
        pc.pass_ms(EVERY_HOUR_MS)
        assert keeper.do_due_jobs() == ()
    desk.close()
    assert {path.suffix for path in old - care.old_files()} == {".db", ".jsonl"}


def test_a_lease_from_the_future_is_nobodys(care: UpkeepScene) -> None:
    office = Store(care.path)
    office.write(lambda tx: upkeep.take_lease(tx, upkeep.BACKUP, "loket-2", care.clock.now + YEAR_MS))
    office.close()
    assert care.keeper("loket-1", care.disk).do_due_jobs() == ()
    assert care.backups() == 1


@pytest.mark.parametrize(("ahead", "left"), [(40 * DAY_MS, 1), (YEAR_MS, 2)])
def test_journals_on_the_share_go_by_their_age_unless_the_log_speaks_against_it(
    care: UpkeepScene, ahead: int, left: int
) -> None:
    """At most three weeks after the newest entry."""
    care.scene.take()
    care.scene.office.settle()
    care.keeper("uji").do_due_jobs()
    care.clock.now += ahead
    if ahead < YEAR_MS:
        care.scene.take()
        care.scene.office.settle()
    else:
        (folder,) = care.path.parent.glob("*-jurnal")
        shutil.copyfile(next(folder.iterdir()), folder / "loket-9-20000.jsonl")
    care.keeper("uji").do_due_jobs()
    assert len(list(care.path.parent.glob("*-jurnal/*.jsonl"))) == left


def test_a_station_without_a_second_place_makes_none(care: UpkeepScene) -> None:
    assert care.keeper("kios").do_due_jobs() == ()
    assert care.rows(upkeep.BACKUP) == []


def test_an_unplugged_disk_is_told_and_another_station_takes_over(care: UpkeepScene, tmp_path: Path) -> None:
    first, second = care.keeper("loket-1", tmp_path / "usb"), care.keeper("loket-2", care.disk)
    (told,) = first.do_due_jobs()
    assert "usb tidak ada" in told.what
    assert care.rows(upkeep.BACKUP) == [("loket-1", 0, told.what)]
    assert first.do_due_jobs() == (), "not each minute again"
    assert second.do_due_jobs() == ()
    assert care.backups() == 1
    care.clock.now += EVERY_HOUR_MS
    (tmp_path / "usb").mkdir()
    assert first.do_due_jobs() == ()
    assert ("loket-1", care.clock.now, "") in care.rows(upkeep.BACKUP)


def test_after_a_failure_the_same_station_tries_again(care: UpkeepScene, tmp_path: Path) -> None:
    keeper = care.keeper("loket-1", tmp_path / "usb")
    assert len(keeper.do_due_jobs()) == 1
    care.clock.now += AGAIN_AFTER_MS
    assert len(keeper.do_due_jobs()) == 1


def test_who_finds_a_backup_under_way_leaves_it(care: UpkeepScene) -> None:
    office = Store(care.path)
    office.write(lambda tx: upkeep.take_lease(tx, upkeep.BACKUP, "loket-2", care.clock.now))
    assert care.keeper("loket-1", care.disk).do_due_jobs() == ()
    assert care.backups() == 0
    with pytest.raises(BackupUnderWay, match="loket-2 sedang membuat cadangan"):
        back_up(office, care.disk, "loket-1", undoubted(care.clock.now))
    office.close()


def test_the_file_is_checked_outside_hours_once_a_night_by_one(care: UpkeepScene) -> None:
    first, second = care.keeper("loket-1"), care.keeper("loket-2")
    first.do_due_jobs()
    assert care.rows(upkeep.CHECK) == [], "somebody waits for the file now"
    care.scene.set_time("2026-11-23 20:00")
    first.do_due_jobs()
    second.do_due_jobs()
    assert care.rows(upkeep.CHECK) == [("loket-1", care.clock.now, "")]
    care.scene.set_time("2026-11-24 05:00")
    second.do_due_jobs()
    care.scene.set_time("2026-11-24 10:00")
    second.do_due_jobs()
    assert len(care.rows(upkeep.CHECK)) == 1, "not twice a night, and not in office hours"
    care.scene.set_time("2026-11-24 20:00")
    second.do_due_jobs()
    assert len(care.rows(upkeep.CHECK)) == 2


def test_an_office_that_never_closes_is_checked_before_dawn(tmp_path: Path) -> None:
    path = make_office(tmp_path)
    scene = Scene(path, "2026-11-23 20:00")
    keeper = FileMaintainer(MaintenanceTask(path, tmp_path / "journal.db", "loket-1"), scene.clock)
    for when, checks in (("2026-11-23 20:00", 0), ("2026-11-24 02:30", 1)):
        scene.set_time(when)
        assert keeper.do_due_jobs() == ()
        assert len(scene.office.read(lambda tx: upkeep.all_of(tx, upkeep.CHECK))) == checks
    keeper.close()
    scene.office.close()


def test_the_nights_check_stops_every_station_at_damaged_pages(care: UpkeepScene) -> None:
    keeper = care.keeper("loket-1")
    assert keeper.do_due_jobs() == ()
    ruin(care.path, "turn")
    care.scene.set_time("2026-11-23 20:00")
    (told,) = keeper.do_due_jobs()
    assert isinstance(told, DamagedFile)
    assert "ult-desktop repair" in told.todo
    found = damage_flag.read_flag(care.path)
    assert found is not None
    assert found.station == "loket-1"
    care.clock.now += 1
    assert [type(error) for error in care.keeper("loket-2").do_due_jobs()] == [DamagedFile]


def test_damage_that_a_fresh_look_does_not_see_stops_nobody(
    care: UpkeepScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PC that believes an old size of the file reads half of it, until it opens it once more."""
    whole = b""
    monkeypatch.setattr(time, "sleep", lambda _seconds: care.path.write_bytes(whole))
    keeper = care.keeper("loket-1")
    for hour in ("10:00", "20:00"):  # at the station's start, and at night
        care.scene.set_time(f"2026-11-23 {hour}")
        whole = care.path.read_bytes()
        ruin(care.path, "turn")
        assert keeper.do_due_jobs() == ()
        assert not damage_flag.is_flagged(care.path)


def test_a_contradiction_is_told_and_work_goes_on(care: UpkeepScene) -> None:
    """A ticket that no event knows: somebody else's hand, not a bad disk."""
    care.add_ticket_without_event()
    care.scene.set_time("2026-11-23 20:00")
    keeper = care.keeper("loket-1")
    (told,) = keeper.do_due_jobs()
    assert "ticket_without_event: 2026-11-23 A001" in told.what
    assert ("pg_restore" if engines.on_server() else "ult-desktop repair") in told.todo
    assert care.rows(upkeep.CHECK) == [("loket-1", 0, told.what)]
    assert not damage_flag.is_flagged(care.path)
    assert keeper.do_due_jobs() == ()


def test_a_backup_that_finds_the_file_damaged_has_it_checked_at_once(care: UpkeepScene) -> None:
    keeper = care.keeper("loket-1", care.disk)
    assert keeper.do_due_jobs() == ()
    ruin(care.path, "turn")
    care.clock.now += EVERY_HOUR_MS
    (told,) = keeper.do_due_jobs()
    assert isinstance(told, DamagedFile)
    assert damage_flag.is_flagged(care.path)
    assert care.backups() == 1


def test_a_backup_disk_that_writes_badly_is_told_as_that(
    care: UpkeepScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office file is whole: the copy alone is not."""
    right = backup.copy_online

    def badly(source: Path, target: Path, *more: object) -> None:
        right(source, target)
        ruin(target, "turn")

    monkeypatch.setattr(backup, "copy_online", badly)
    keeper = care.keeper("loket-1", care.disk)
    (told,) = keeper.do_due_jobs()
    assert "bukan salinan kantor yang utuh" in told.what
    assert not damage_flag.is_flagged(care.path)
    assert [trouble for _s, _at, trouble in care.rows(upkeep.CHECK)] == [""]
    care.add_ticket_without_event()
    care.clock.now += EVERY_HOUR_MS
    found, told = keeper.do_due_jobs()
    assert "ticket_without_event" in found.what, "what the check found is told with the copy's trouble"
    assert "bukan salinan kantor yang utuh" in told.what


@pytest.mark.parametrize("pages_of", ["turn", "ticket", "turn_today"])
def test_a_start_finds_damaged_pages_in_office_hours(care: UpkeepScene, pages_of: str) -> None:
    """Nobody needed that page yet; an index counts as well."""
    ruin(care.path, pages_of)
    keeper = care.keeper("kios")
    (told,) = keeper.do_due_jobs()
    assert isinstance(told, DamagedFile)
    assert damage_flag.is_flagged(care.path)
    assert [each.what for each in keeper.do_due_jobs()] == [], "told once by the care; each write says it"


@pytest.mark.slow
def test_a_start_while_the_share_is_away_looks_as_soon_as_it_is_back(care: UpkeepScene) -> None:
    keeper = care.keeper("kios")
    give_up_after(keeper, 0.05)
    with other_process("exclusive", care.path):
        assert keeper.do_due_jobs() == ()
    ruin(care.path, "turn")
    assert [type(each) for each in keeper.do_due_jobs()] == [DamagedFile]


@pytest.mark.parametrize("how", ["cut-off", "rewritten"])
def test_a_start_looks_cheaply(care: UpkeepScene, how: str) -> None:
    care.scene.take()
    if how == "cut-off":
        care.scene.office.close()
        with care.path.open("r+b") as file:
            file.truncate(care.path.stat().st_size - 4096)
    else:
        office = Store(care.path)
        office.on_connection(lambda link: link.execute("DROP TRIGGER event_is_append_only"))
        office.write(lambda tx: tx.run("UPDATE event SET subject = 9"))
        office.close()
    troubles = care.keeper("loket-1").do_due_jobs()
    words = {"cut-off": "bukan berkas kantor yang utuh", "rewritten": "catatan 1 diubah"}
    assert words[how] in troubles[0].what


def test_the_journal_is_laid_out_beside_the_file(care: UpkeepScene) -> None:
    care.scene.take()
    care.scene.office.settle()
    keeper = care.keeper("uji")
    keeper.do_due_jobs()
    folder = journals.folder_of(care.path)
    assert [entry.name for entry in journals.read_day_files(folder)] == ["IssueTicket"]
    care.scene.take()
    keeper.do_due_jobs()
    assert len(list(journals.read_day_files(folder))) == 1
    care.clock.now += COPY_JOURNAL_EVERY_MS
    keeper.do_due_jobs()
    assert len(list(journals.read_day_files(folder))) == 2


@pytest.mark.slow
def test_a_share_that_is_gone_is_nobodys_news(care: UpkeepScene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window tells that already; and the share's own clock is asked once it is there."""
    clock = ShareClock(care.path.parent, "loket-1")
    keeper = FileMaintainer(
        MaintenanceTask(care.path, care.path.with_name("journal-a.db"), "loket-1", care.disk), clock
    )
    give_up_after(keeper, 0.05)
    with other_process("exclusive", care.path):
        assert keeper.do_due_jobs() == ()
    assert keeper.do_due_jobs() == ()
    assert care.backups() == 1
    keeper.close()


def test_a_folder_that_cannot_be_written_is_told(care: UpkeepScene) -> None:
    care.scene.take()
    journals.folder_of(care.path).write_text("bukan folder")
    (told,) = care.keeper("uji").do_due_jobs()
    assert isinstance(told, UserError)
    assert "Jurnal stasiun tidak dapat disalin" in told.what
    shutil.rmtree(care.disk)


def test_nothing_is_done_to_an_older_copy_or_with_it(tmp_path: Path) -> None:
    """Its backup would be the newest, and the next restore's base."""
    town = Town(tmp_path)
    older = town.path.read_bytes()
    town.take("kios-1")
    town.close()
    town.path.write_bytes(older)
    journal = town.pcs["kios-1"] / "journal-kios-1.db"
    duty = MaintenanceTask(town.path, journal, "kios-1", town.disk)
    keeper = FileMaintainer(duty, ShareClock(town.path.parent, "kios-1"))
    assert [type(each) for each in keeper.do_due_jobs()] == [OlderCopy]
    assert list(town.disk.iterdir()) == []
    keeper.close()
