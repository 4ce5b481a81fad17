"""An older copy of the office file under its path: met before a number is given a second time."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

import ult_desktop
from tests.db.rows import event, log_after
from tests.db.schema.builds import next_program
from tests.office import connection_of, copy_office, journal_of, open_office, store_of
from tests.operations.town import Town
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.event import RestoreMark
from ult_desktop.core.queue import commands
from ult_desktop.db.backup import journals
from ult_desktop.db.store import damage_flag, events
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.stations import AT_WORK_MS, Presence
from ult_desktop.db.store.store import LOOK_AT_PATH_S, Store
from ult_desktop.db.store.witness import OlderCopy
from ult_desktop.operations.backup.restoring import restore
from ult_desktop.operations.office.office import Office

ROOT = Path(ult_desktop.__file__).parents[1]
HERE = Presence(name="kios-1", mode="kiosk", version="1", boot="b")


@pytest.mark.file_only("copies")
def test_an_older_copy_in_the_files_place_is_written_by_nobody(office: Office, office_file: Path) -> None:
    """Such a copy would give the numbers since then a second time."""
    take = commands.IssueTicket(service_id=1)
    here = Actor(station="kios-1")
    office.perform(take, here)
    older = office_file.read_bytes()
    office.perform(take, here)
    newer = office_file.read_bytes()
    office_file.write_bytes(older)
    with pytest.raises(OlderCopy, match="salinan yang lebih lama") as told:
        office.perform(take, here)
    assert "Kembalikan berkas yang benar" in told.value.todo
    office_file.write_bytes(newer)
    assert office.perform(take, here).ticket.label == "A003"


@pytest.mark.file_only("copies")
def test_an_older_copy_is_met_by_the_next_beat(office: Office, office_file: Path) -> None:
    presence = Presence(name="kios-1", mode="kiosk", version="1", boot="b")
    older = office_file.read_bytes()
    other = open_office(office_file, "lain")
    other.perform(commands.IssueTicket(service_id=1), Actor(station="lain"))
    other.close()
    office.report_presence(presence)
    newer = office_file.read_bytes()
    office_file.write_bytes(older)
    with pytest.raises(OlderCopy):
        office.report_presence(presence)
    office_file.write_bytes(newer)
    office.report_presence(presence)


@pytest.mark.file_only("copies")
@pytest.mark.posix_only("exchange")
@pytest.mark.parametrize("held_open", [False, True])
def test_a_restored_office_is_written_on_without_a_restart(tmp_path: Path, held_open: bool) -> None:
    """A kiosk that nobody closed has no keyboard either; what nobody's journal had is gone, and told."""
    town = Town(tmp_path)
    town.take("kios-1")
    town.back_up()
    for _ in range(3):
        town.take("kios-2")
    kiosk = town.offices["kios-1"]
    here = Presence(name="kios-1", mode="kiosk", version="1", boot="b")
    kiosk.report_presence(here)
    if not held_open:
        store_of(kiosk).close()
    assert restore(town.wish(force=True, silent_ms=2 * AT_WORK_MS)).verdict.tickets == 1
    older = town.path.read_bytes()
    kiosk.report_presence(here)
    assert town.take("kios-1").label == "A002"
    town.path.write_bytes(older)
    with pytest.raises(OlderCopy):
        kiosk.report_presence(here)
    town.close()


def reopened(town: Town, name: str = "kios-1") -> Office:
    town.offices[name].close()
    town.offices[name] = town.open(name)
    return town.offices[name]


@pytest.mark.file_only("copies")
def test_an_older_copy_is_met_after_a_restart(town: Town) -> None:
    """Nobody's memory but the journal's: the office was closed over night."""
    town.take("kios-1")
    older = town.path.read_bytes()
    for _ in range(3):
        town.take("kios-1")
    newer = town.path.read_bytes()
    town.offices["kios-1"].close()
    town.path.write_bytes(older)
    kiosk = reopened(town)
    assert kiosk.last_seq() == 1, "looking goes on"
    with pytest.raises(OlderCopy):
        town.take("kios-1")
    with pytest.raises(OlderCopy):
        kiosk.report_presence(HERE)
    town.path.write_bytes(newer)
    reopened(town)
    assert town.take("kios-1").label == "A005"


@pytest.mark.file_only("copies")
@pytest.mark.posix_only("exchange")
def test_a_share_brought_back_whole_is_written_by_nobody(town: Town, tmp_path: Path) -> None:
    """Its anchors are the old ones too: who knows better tells those who were off, and those who come."""
    town.take("kios-1")
    town.offices["kios-1"].report_presence(HERE)
    town.offices["kios-2"].close()
    share, snapshot = town.path.parent, tmp_path / "snapshot"
    shutil.copytree(share, snapshot)
    for _ in range(3):
        town.take("kios-1")
    newer = town.path.read_bytes()
    town.offices["kios-1"].report_presence(HERE)
    share.rename(tmp_path / "away")
    snapshot.rename(share)
    time.sleep(LOOK_AT_PATH_S)
    assert town.offices["kios-1"].last_seq() == 1, "looking goes on, and tells the others"
    off, new = reopened(town, "kios-2"), open_office(town.path, "kios-3")
    for office, name in ((off, "kios-2"), (new, "kios-3")):
        with pytest.raises(WritesBlocked, match="salinan"):
            office.perform(commands.IssueTicket(service_id=1), Actor(station=name))
    flag = damage_flag.read_flag(town.path)
    assert flag is not None
    assert flag.station == "kios-1"
    town.path.write_bytes(newer)
    assert new.perform(commands.IssueTicket(service_id=1), Actor(station="kios-3")).ticket.label == "A005"
    assert town.take("kios-1").label == "A006"
    assert damage_flag.read_flag(town.path) is None
    new.close()


@pytest.mark.file_only("copies")
def test_what_it_has_seen_of_others_makes_a_display_a_witness(town: Town) -> None:
    older = town.path.read_bytes()
    town.take("kios-1")
    display = open_office(town.path, "tv")
    display.report_presence(HERE)
    display.close()
    town.path.write_bytes(older)
    display = open_office(town.path, "tv")
    with pytest.raises(OlderCopy):
        display.report_presence(HERE)
    display.close()


@pytest.mark.file_only("copies")
@pytest.mark.parametrize("ended", ["closed", "reported", "killed and started"])
def test_a_station_that_was_off_learns_of_an_older_copy_from_the_share(town: Town, ended: str) -> None:
    """A copy would give what the others gave since: nobody waits for the upkeep's five minutes."""
    town.offices["kios-2"].close()
    older = town.path.read_bytes()
    kiosk = town.offices["kios-1"]
    if ended == "reported":
        town.take("kios-1")
        kiosk.report_presence(HERE)
        killed(town, "kios-1")
    elif ended == "closed":
        town.take("kios-1")
        kiosk.close()
    else:
        town.take("kios-1")
        kiosk.read(events.last_seq)
        killed(town, "kios-1")
    town.path.write_bytes(older)
    if ended == "killed and started":
        town.offices["kios-1"] = town.open("kios-1")
        with pytest.raises(OlderCopy):
            town.offices["kios-1"].report_presence(HERE)
    town.offices["kios-2"] = town.open("kios-2")
    with pytest.raises(OlderCopy):
        town.take("kios-2")


@pytest.mark.file_only("copies")
def test_what_a_station_read_of_others_makes_it_a_witness_before_its_next_report(town: Town) -> None:
    """But for the last commit: a server without power may take that back."""
    older = town.path.read_bytes()
    display = open_office(town.path, "tv")
    town.take("kios-1")
    town.take("kios-1")
    killed(town, "kios-1")
    display.expect_news()
    assert display.read(events.last_seq) == 2
    killed_display = connection_of(journal_of(display))
    killed_display.close()
    town.path.write_bytes(older)
    display = open_office(town.path, "tv")
    with pytest.raises(OlderCopy):
        display.report_presence(HERE)


@pytest.mark.file_only("copies")
def test_a_log_that_runs_otherwise_is_no_longer_ours(town: Town) -> None:
    """There are as many events as there were, but others: a program that did not notice wrote on."""
    older = town.path.read_bytes()
    town.take("kios-1")
    town.close()
    town.path.write_bytes(older)
    shutil.rmtree(journals.folder_of(town.path))  # what was laid there went back with the file
    stranger = open_office(town.path, "lain")
    for _ in range(3):
        stranger.perform(commands.IssueTicket(service_id=1), Actor(station="lain"))
    stranger.close()
    town.offices["kios-1"] = town.open("kios-1")
    with pytest.raises(OlderCopy):
        town.take("kios-1")


@pytest.mark.file_only("copies")
def test_an_older_copy_in_an_older_version_is_not_brought_up_to_date(town: Town) -> None:
    older = town.path.read_bytes()
    reopened(town)
    town.take("kios-1")
    town.close()
    town.path.write_bytes(older)
    with next_program(), pytest.raises(OlderCopy):
        town.open("kios-1")
    assert town.path.read_bytes() == older


def killed(town: Town, name: str) -> None:
    """Nothing more is written: not to the journal either."""
    connection_of(journal_of(town.offices[name])).close()
    store_of(town.offices[name]).close()


@pytest.mark.file_only("copies")
def test_a_kill_and_an_older_copy_cost_no_acknowledged_number(town: Town) -> None:
    """The restarted station must not take for cut short what it cannot find in the file."""
    town.take("kios-2")
    town.back_up()
    older = town.path.read_bytes()
    for _ in range(5):
        town.take("kios-1")
    killed(town, "kios-1")
    for name in ("kios-2", "loket-1"):
        town.offices[name].close()
    town.path.write_bytes(older)
    for name in town.pcs:
        town.offices[name] = town.open(name)
        town.offices[name].settle()
    town.close()
    came = restore(town.wish("kios-1", "kios-2", force=True))
    assert town.tickets() == town.papers
    assert (len(came.replayed.done), came.replayed.refused, came.replayed.lost) == (5, (), 0)
    assert [line.doubtful for line in came.replayed.done] == [False] * 4 + [True]


@pytest.mark.file_only("copies")
def test_even_a_single_number_stays_in_doubt_until_the_log_has_run_on(town: Town) -> None:
    """Nothing but its own entry knows of it: it waits, open, and a restore brings it back."""
    town.back_up()
    older = town.path.read_bytes()
    town.take("kios-1")
    killed(town, "kios-1")
    for name in ("kios-2", "loket-1"):
        town.offices[name].close()
    town.path.write_bytes(older)
    for _start in range(2):
        town.open("kios-1").close()
    came = restore(town.wish("kios-1", force=True))
    assert ([line.doubtful for line in came.replayed.done], town.tickets()) == ([True], town.papers)
    for name in town.pcs:
        town.offices[name] = town.open(name)


@pytest.mark.file_only("copies")
def test_the_rebuilt_office_says_so_in_its_log(town: Town) -> None:
    """A file in whose place nobody laid it by a restore has no such mark, whatever else stands in it."""
    town.take("kios-1")
    town.back_up()
    town.take("kios-2")
    town.close()
    for times in (1, 2):
        restore(town.wish(force=True, silent_ms=2 * AT_WORK_MS))
        kiosk = town.open("kios-2")
        last = kiosk.read(lambda tx: log_after(tx, 0))[-1]
        assert (last.kind, last.station) == ("office.restored", "loket-1-cli")
        assert kiosk.read(events.count_restores) == times
        kiosk.report_presence(HERE)
        kiosk.close()
    for name in town.pcs:
        town.offices[name] = town.open(name)
    assert town.take("kios-2").label == "A002", "its own was in no journal that was brought"


@pytest.mark.file_only("copies")
def test_a_mark_that_contradicts_the_log_is_none(town: Town) -> None:
    town.take("kios-1")
    older = town.path.read_bytes()
    town.take("kios-1")
    town.close()
    town.path.write_bytes(older)
    mark = RestoreMark(restores=1, base_seq=1, base_chain="f" * 64)
    forged = msgspec.structs.replace(
        event("f1"), kind=events.RESTORED, data=msgspec.json.encode(mark).decode()
    )
    store = Store(town.path)
    store.write(lambda tx: events.append(tx, forged))
    assert store.read(events.count_restores) == 0
    store.close()
    town.offices["kios-1"] = town.open("kios-1")
    with pytest.raises(OlderCopy):
        town.take("kios-1")


@pytest.mark.file_only("copies")
def test_a_copy_from_before_the_last_restore_is_older_too(town: Town) -> None:
    """The copy was rebuilt as well, but not as often."""
    town.take("kios-1")
    town.back_up()
    town.close()
    restore(town.wish("kios-1", force=True))
    town.offices["kios-1"] = town.open("kios-1")
    older = town.path.read_bytes()
    town.take("kios-1")
    town.offices["kios-1"].close()
    town.path.write_bytes(older)
    town.offices["kios-1"] = town.open("kios-1")
    with pytest.raises(OlderCopy):
        town.take("kios-1")


class KioskProcess:
    """A kiosk as a process of its own, which prints each number that it gave until it is refused one."""

    def __init__(self, town: Town, name: str) -> None:
        self._said = town.pcs[name] / "said"
        journal = town.pcs[name] / f"journal-{name}.db"
        kiosk = [sys.executable, "-m", "tests.journeys.kiosk_process"]
        command = [*kiosk, str(town.path), str(journal), name, "share"]
        with self._said.open("w") as said:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.PIPE, text=True)

    def papers(self) -> list[str]:
        return self._said.read_text().splitlines()

    def wait_for(self, papers: int) -> None:
        while len(self.papers()) < papers:
            assert self.process.poll() is None
            time.sleep(0.01)

    def end(self) -> str:
        """Wait until it is refused a number; the last line of what it met."""
        _out, error = self.process.communicate(timeout=60)
        return str(error).splitlines()[-1]


@pytest.mark.slow
@pytest.mark.file_only("copies")
@pytest.mark.posix_only("exchange")
def test_an_older_copy_renamed_over_the_file_gets_nothing_from_stations_at_work(town: Town) -> None:
    """A NAS brings a snapshot back. Both kiosks hold the file that is gone; every paper comes back."""
    town.back_up()
    town.close()
    older = copy_office(town.path, town.disk)
    content = older.read_bytes()
    kiosks = [KioskProcess(town, name) for name in ("kios-1", "kios-2")]
    for kiosk in kiosks:
        kiosk.wait_for(5)
    older.replace(town.path)
    for kiosk in kiosks:
        assert kiosk.end().startswith("ult_desktop.db.store.witness.OlderCopy")
        town.papers += kiosk.papers()
    assert town.path.read_bytes() == content
    came = restore(town.wish("kios-1", "kios-2", force=True))
    assert (came.replayed.refused, came.replayed.lost, came.verdict.ok) == ((), 0, True)
    assert sorted(town.tickets()) == sorted(town.papers)
    for name in town.pcs:
        town.offices[name] = town.open(name)
