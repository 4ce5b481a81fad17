"""`restore` and `repair`: an IT person with a damaged file, a backup disk and a USB stick."""

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.clocks import undoubted
from tests.db.other_process import other_process
from tests.db.store.test_damage import ruin
from tests.office import plain_link, stranger
from tests.program import CommandResult
from ult_desktop.base.paths import journal_path
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.backup import backup_folder
from ult_desktop.db.store import damage_flag, key_ranges, store
from ult_desktop.db.store.journal import Journal
from ult_desktop.operations.office.office import Office

pytestmark = pytest.mark.file_only("copies")


@dataclass
class RestoreScene:
    """A desk whose office has a backup of one ticket, a second ticket here and a third at a kiosk."""

    desk: CommandLine
    disk: Path
    kiosk: Path

    def run(self, *words: object, typed: str = "") -> CommandResult:
        command, *more = words
        return self.desk.run(command, *more, "--database", self.desk.path, typed=typed)

    def labels(self) -> list[str]:
        with closing(stranger(self.desk.path)) as link:
            return [label for (label,) in link.execute("SELECT label FROM ticket ORDER BY id")]

    def beside(self, pattern: str) -> list[Path]:
        return list(self.desk.path.parent.glob(pattern))


@pytest.fixture
def case(desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RestoreScene:
    monkeypatch.setattr(store, "DAMAGE_PAUSE_S", 0.01)
    disk, kiosk = tmp_path / "disk", tmp_path / "kios"
    disk.mkdir()
    for station, journal in (
        ("loket-1", journal_path("loket-1")),
        ("loket-1", journal_path("loket-1")),
        ("kios-1", kiosk / "journal-kios-1.db"),
    ):
        office = Office(desk.path, station, journal)
        office.perform(commands.IssueTicket(service_id=1), Actor(station=station))
        office.close()
        if not list(disk.iterdir()):
            backup_folder.make_backup(desk.path, disk, undoubted(office.clock()))
    return RestoreScene(desk, disk, kiosk)


def test_an_office_comes_back_with_what_every_pc_knew(case: RestoreScene) -> None:
    ruin(case.desk.path, "ticket")
    row = case.run("restore", case.disk, "--journals", case.kiosk, "--json").row
    assert case.labels() == ["A001", "A002", "A003"]
    assert [line["label"] for line in row["replayed"]["done"]] == ["A002", "A003"]
    assert (row["replayed"]["known"], row["replayed"]["refused"], row["verdict"]["ok"]) == (1, [], True)
    assert Path(row["aside"]).is_file()


def test_words_for_people(case: RestoreScene) -> None:
    ruin(case.desk.path, "ticket")
    (newest,) = case.disk.rglob("*.db")
    rotten = newest.with_name("office-20990101T000000Z.db")
    rotten.write_bytes(b"rusak" * 1000)
    answer = case.run("restore", case.disk)
    assert answer.code == 0, answer.err
    assert f"Dilewati: {rotten}" in answer.out
    assert "Berkas lama disimpan sebagai" in answer.out
    assert "diulang" in answer.out
    assert "1 diulang, 1 sudah ada, 0 tidak dapat diulang, 0 dokumen dikembalikan." in answer.out
    assert answer.out.rstrip().endswith("Utuh.")
    again = case.run("restore", case.disk, "--journals", case.kiosk, "--force")
    assert "2 diulang" in again.out
    assert case.labels() == ["A001", "A002", "A003"]


def test_what_was_not_repeated_is_told_with_its_reason(case: RestoreScene) -> None:
    """The kiosk's later work is here, the middle of the story is not; and one request is in doubt."""
    own = case.desk.path.parent / "home"
    (journal,) = own.rglob("journal-*.db")
    opened = Journal(journal)
    opened._connection.execute(
        "UPDATE work SET outcome = 'open', result = '' WHERE at = (SELECT max(at) FROM work)"
    )
    opened._connection.execute(
        "INSERT INTO work SELECT 'r9', office, 'Lukis', '{}', at, station, NULL, 'done',"
        ' \'{"seq":9,"kind":"x","subject":1}\' FROM work LIMIT 1'
    )
    opened.close()
    case.desk.path.unlink()
    answer = case.run("restore", case.disk)
    assert "diulang, belum pasti dulu berhasil" in answer.out
    assert "Lukis Pekerjaan Lukis tidak dikenal program ini." in answer.out
    assert "TIDAK diulang" in answer.out
    assert "catatan terakhir tidak ada di jurnal mana pun" in answer.out


def test_a_whole_file_is_left_alone(case: RestoreScene) -> None:
    answer = case.run("restore", case.disk)
    assert answer.code == 1
    assert "--force" in answer.err
    repaired = case.run("repair", "--from", case.disk, "--json")
    assert "tidak ada yang perlu diperbaiki" in repaired.err
    assert (repaired.row["verdict"]["ok"], repaired.row["backup"], repaired.row["replayed"]["done"]) == (
        True,
        "",
        [],
    )


def test_repair_clears_the_flag_of_a_whole_file(case: RestoreScene) -> None:
    damage_flag.write_flag(case.desk.path, damage_flag.DamageFlag(station="kios-1"))
    answer = case.run("repair", "--from", case.disk)
    assert answer.code == 0
    assert "Tanda kerusakan dihapus" in answer.err
    assert not damage_flag.is_flagged(case.desk.path)


@pytest.mark.slow
def test_a_crashed_stations_journal_is_rolled_back_by_looking(case: RestoreScene) -> None:
    with other_process("half-write", case.desk.path):
        pass
    assert case.run("repair", "--from", case.disk).code == 0
    assert case.labels() == ["A001", "A002", "A003"]


def test_repair_asks_saves_what_can_be_read_and_restores(case: RestoreScene) -> None:
    ruin(case.desk.path, "ticket")
    ruined = case.desk.path.read_bytes()
    no = case.run("repair", "--from", case.disk, typed="n\n")
    assert no.code == 1
    assert "Cadangan terakhir yang utuh" in no.err
    assert no.err.rstrip().endswith("Dibatalkan.")
    assert "Aborted" not in no.err
    assert case.desk.path.read_bytes() == ruined
    assert "sudah ada di" in case.run("repair", "--from", case.disk, typed="n\n").err
    (side,) = case.beside("office.terbaca-*")
    with closing(plain_link(side)) as link:
        assert link.execute("SELECT count(*) FROM event").fetchone() == (3,)
    yes = case.run("repair", "--from", case.disk, "--journals", case.kiosk, "--yes")
    assert yes.code == 0, yes.err
    assert case.labels() == ["A001", "A002", "A003"]
    (old,) = [path for path in case.beside("office.lama-*") if path.suffix == ".db"]
    assert old.read_bytes() == ruined


def test_each_damage_is_salvaged_once(case: RestoreScene) -> None:
    """The file was repaired and is damaged again: what the first copy holds is old by then."""
    ruin(case.desk.path, "ticket")
    case.run("repair", "--from", case.disk, typed="n\n")
    (first,) = case.beside("office.terbaca-*")
    os.utime(first, (1, 1))
    case.run("repair", "--from", case.disk, typed="n\n")
    assert len(case.beside("office.terbaca-*")) == 2


def test_repair_of_a_lost_or_unreadable_file(case: RestoreScene) -> None:
    case.desk.path.write_bytes(b"\xa5" * case.desk.path.stat().st_size)
    assert case.run("repair", "--from", case.disk, "--yes").code == 0
    case.desk.path.unlink()
    answer = case.run("repair", "--from", case.disk, "--yes")
    assert answer.code == 0
    assert "tidak ada." in answer.err
    assert case.labels() == ["A001", "A002"]


def test_a_file_whose_damage_cannot_even_be_named(case: RestoreScene) -> None:
    """SQLite's words quote the damaged bytes of the schema, and those are no text."""
    whole = case.desk.path.read_bytes()
    case.desk.path.write_bytes(whole.replace(b"CREATE TABLE turn (", b"CREATE \xcfABLE turn ("))
    answer = case.run("repair", "--from", case.disk, "--yes", "--journals", case.kiosk)
    assert (answer.code, case.labels()) == (0, ["A001", "A002", "A003"]), answer.err


def test_of_a_large_file_at_work_nobody_knows_that_it_is_whole(
    case: RestoreScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_ranges, "run_in_time", lambda _tx, look: None)  # noqa: ARG005  (by its name)
    before = case.desk.path.read_bytes()
    for command in (("repair", "--from", case.disk), ("restore", case.disk)):
        answer = case.run(*command)
        assert answer.code == 1
        assert "hanya bila tidak ada stasiun yang bekerja" in answer.err
        assert "tunggu dua menit" in answer.err
    assert case.desk.path.read_bytes() == before


def test_repair_leaves_a_contradiction_to_a_person(case: RestoreScene) -> None:
    with closing(stranger(case.desk.path)) as link:
        link.execute("UPDATE ticket SET label = 'A099' WHERE id = 2")
        link.commit()
    answer = case.run("repair", "--from", case.disk, "--yes")
    assert answer.code == 1
    assert "label_against_event" in answer.err
    assert "restore --force" in answer.err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["repair --yes --from", "restore", "restore --force"])
def test_a_busy_file_is_not_a_damaged_one(
    case: RestoreScene, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Somebody is at work in it: nothing is touched, whatever is asked."""
    monkeypatch.setattr("ult_desktop.operations.backup.restoring.RETRY_LIMIT_S", 0.1)
    monkeypatch.setattr("ult_desktop.db.backup.backup.READ_RETRY_LIMIT_S", 0.1)
    with other_process("exclusive", case.desk.path):
        answer = case.run(*command.split(), case.disk)
    assert answer.code == 1
    assert "terlalu lama" in answer.err
    assert case.beside("office.lama-*") == case.beside("office.terbaca-*") == []
    assert case.labels() == ["A001", "A002", "A003"]
