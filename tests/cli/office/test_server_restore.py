"""`restore` of an office on a server: `pg_restore` of an older dump, then the journals of every PC."""

import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from psycopg.sql import SQL, Identifier

from tests import engines
from tests.cli.conftest import CommandLine
from tests.cluster import dump_by_the_guide, name_in, programs
from tests.office import make_office
from ult_desktop.base.paths import data_folder, journal_path
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.server_address import address_in
from ult_desktop.db.store.witness import OlderCopy
from ult_desktop.operations.backup import replay
from ult_desktop.operations.backup.restoring import ReplayRequest
from ult_desktop.operations.backup.server_replay import replay_on_server
from ult_desktop.operations.lookup import tickets_today
from ult_desktop.operations.office.office import Office

pytestmark = pytest.mark.posix_only("postgresql")


@dataclass
class ServerScene:
    """An office on a server with two stations: one of this PC, one whose journal lies on another."""

    desk: CommandLine
    dump: Path
    kiosk: Path

    @property
    def address(self) -> str:
        return address_in(self.desk.path)

    def open(self, station: str) -> Office:
        there = self.kiosk if station == "kios-1" else journal_path(station)
        return Office(self.desk.path, station, there)

    def give(self, station: str, count: int = 1) -> list[str]:
        with closing(self.open(station)) as office:
            asked = [commands.IssueTicket(service_id=1)] * count
            return [office.perform(each, Actor(station=station)).ticket.label for each in asked]

    def labels(self) -> list[str]:
        with closing(self.open("tv")) as office:
            found = office.read(lambda tx: tickets_today(tx, office.clock(), None))
            return sorted(each.label for each in found)

    def save(self) -> None:
        dump_by_the_guide(self.address, self.dump)

    def bring_back(self) -> None:
        """Bring the office back as the IT guide says: the database anew, and the dump into it."""
        name = name_in(self.address)
        engines.server().drop(self.address)
        create = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
        engines.server().run(SQL(create).format(Identifier(name)))
        self._run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={self.address}", self.dump)

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run([programs() / program, *arguments], check=True, capture_output=True)

    def restore(self, *words: object) -> "tuple[int, str, str]":
        answer = self.desk.run("restore", "--database", self.desk.path, *words)
        return answer.code, answer.out, answer.err


@pytest.fixture
def scene(tmp_path: Path, own_home: Path) -> ServerScene:
    """Two numbers, a dump, three more numbers of two PCs; then the dump comes back."""
    assert not own_home.exists()
    (tmp_path / "kios").mkdir()
    desk = CommandLine(make_office(tmp_path, on_server=True))
    made = ServerScene(desk, tmp_path / "kantor.dump", tmp_path / "kios" / "journal-kios-1.db")
    assert made.give("loket-1", 2) == ["A001", "A002"]
    made.save()
    assert (made.give("loket-1"), made.give("kios-1", 2)) == (["A003"], ["A004", "A005"])
    made.bring_back()
    return made


def test_numbers_given_after_the_dump_come_back_once(scene: ServerScene) -> None:
    with closing(scene.open("kios-1")) as barred:
        with pytest.raises(OlderCopy, match="ult-desktop restore --journals"):
            barred.perform(commands.IssueTicket(service_id=1), Actor(station="kios-1"))
        code, out, err = scene.restore("--journals", scene.kiosk.parent)
        assert code == 0, err
        assert "3 diulang, 2 sudah ada, 0 tidak dapat diulang" in out
        assert out.rstrip().endswith("Utuh.")
        assert scene.labels() == ["A001", "A002", "A003", "A004", "A005"]
        issued = barred.perform(commands.IssueTicket(service_id=1), Actor(station="kios-1"))
        assert issued.ticket.label == "A006"  # who was barred goes on, without a new start
    assert scene.give("loket-1") == ["A007"]
    verdict = scene.desk.run("verify", str(scene.desk.path), "--json").row
    assert verdict["ok"], verdict


def test_it_says_how_far_it_is_and_stopped_in_the_middle_it_has_changed_nothing(
    scene: ServerScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "PROGRESS_EVERY_S", 0.0)
    said: list[str] = []

    def stop(words: str) -> None:
        said.append(words)
        if words.startswith("4 dari 5"):
            raise KeyboardInterrupt

    carried = (scene.kiosk.parent,)
    request = ReplayRequest(
        office_file=scene.desk.path,
        own=data_folder(),
        carried=carried,
        force=False,
        now=own_ms(),
        station="pusat",
        by="",
    )
    with pytest.raises(KeyboardInterrupt):
        replay_on_server(request, stop)
    assert said == ["5 permintaan ada di jurnal.", *(f"{n} dari 5 permintaan diulang …" for n in range(5))]
    assert scene.labels() == ["A001", "A002"]
    with pytest.raises(OlderCopy):
        scene.give("loket-1")
    code, out, err = scene.restore("--journals", *carried)
    assert (code, "3 diulang, 2 sudah ada" in out) == (0, True), err
    assert "4 dari 5 permintaan diulang …" in err


def test_a_station_that_knows_nothing_newer_writes_no_more_either(scene: ServerScene) -> None:
    """A station that was off since the dump would give A003 to A005 to others."""
    with closing(scene.open("kios-2")) as office:
        with pytest.raises(OlderCopy, match="bukan lagi yang dulu") as told:
            office.perform(commands.IssueTicket(service_id=1), Actor(station="kios-2"))
        assert "restore --journals" in told.value.todo
        assert '"check":"server"' in scene.desk.run("verify", str(scene.desk.path), "--json").out
        assert scene.restore("--journals", scene.kiosk.parent)[0] == 0
        issued = office.perform(commands.IssueTicket(service_id=1), Actor(station="kios-2"))
        assert issued.ticket.label == "A006"


def test_a_dump_that_lacks_nothing_is_marked_all_the_same(scene: ServerScene) -> None:
    """The office came to another server, say: that is a person's to say."""
    assert scene.restore("--journals", scene.kiosk.parent)[0] == 0
    scene.save()
    scene.bring_back()
    with pytest.raises(OlderCopy, match="bukan lagi yang dulu"):
        scene.give("loket-1")
    code, out, err = scene.restore("--journals", scene.kiosk.parent)
    assert (code, "0 diulang, 5 sudah ada" in out) == (0, True), err
    assert scene.give("loket-1") == ["A006"]


@pytest.mark.slow
def test_once_is_enough(scene: ServerScene) -> None:
    assert scene.restore("--journals", scene.kiosk.parent)[0] == 0
    code, _out, err = scene.restore("--journals", scene.kiosk.parent)
    assert (code, "tidak perlu dipulihkan" in err) == (1, True)
    code, out, _err = scene.restore("--journals", scene.kiosk.parent, "--force")
    assert (code, "0 diulang, 5 sudah ada" in out) == (0, True)
    assert scene.labels() == ["A001", "A002", "A003", "A004", "A005"]


@pytest.mark.slow
def test_a_journal_that_was_not_brought_is_missed_and_may_follow(scene: ServerScene) -> None:
    kept = scene.kiosk.read_bytes()
    scene.kiosk.unlink()
    code, out, _err = scene.restore()
    assert (code, "1 diulang" in out) == (0, True)
    assert scene.labels() == ["A001", "A002", "A003"]
    scene.kiosk.write_bytes(kept)
    code, out, _err = scene.restore("--journals", scene.kiosk.parent, "--force")
    assert (code, "2 diulang" in out) == (0, True)
    assert scene.labels() == ["A001", "A002", "A003", "A004", "A005"]


@pytest.mark.slow
def test_what_fails_in_the_middle_leaves_the_dump_as_it_was(
    scene: ServerScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("ult_desktop.operations.backup.server_replay.note_restored", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            scene.restore("--journals", scene.kiosk.parent)
    assert scene.labels() == ["A001", "A002"]
    assert scene.restore("--journals", scene.kiosk.parent)[0] == 0


def test_a_backup_is_for_files(scene: ServerScene) -> None:
    code, _out, err = scene.restore(scene.dump)
    assert (code, "pg_restore" in err) == (1, True)
    assert scene.labels() == ["A001", "A002"]
