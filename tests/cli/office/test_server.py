"""The commands with an office on a PostgreSQL server: by its address; what needs a file says so in words."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import engines
from tests.cli.conftest import CommandLine
from tests.clocks import Clocks
from tests.db.store.postgres.cable import Cable
from tests.office import make_office
from ult_desktop.base import UserError
from ult_desktop.base.config import load_station
from ult_desktop.core.office.setup_answers import SetupAnswers
from ult_desktop.db.store.damage_flag import lay_flag
from ult_desktop.db.store.errors import file_damaged
from ult_desktop.db.store.server_address import address_in
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.health.office_checks import check_backup_folder
from ult_desktop.operations.office.place import examine
from ult_desktop.operations.office.setting_up import set_up

pytestmark = pytest.mark.posix_only("postgresql")


@pytest.fixture
def desk(tmp_path: Path, own_home: Path) -> CommandLine:
    assert not own_home.exists()
    return CommandLine(make_office(tmp_path, on_server=True))


def test_an_office_is_made_and_worked_in_by_its_address(tmp_path: Path, own_home: Path) -> None:
    address = engines.server().create()
    desk = CommandLine(tmp_path)
    assert desk.run("init", address).code == 0
    taken = desk.run("queue", "issue", "A", "--database", address, "--json")
    assert taken.row["label"] == "A001"
    assert desk.run("verify", address).code == 0
    (kept,) = own_home.rglob("*.postgresql")
    assert (address_in(kept), stat.S_IMODE(kept.stat().st_mode)) == (address, 0o600)
    again = desk.run("init", address)
    assert (again.code, "tidak kosong" in again.err) == (1, True)


@pytest.mark.slow
def test_doctor_tells_of_server_and_account(desk: CommandLine) -> None:
    found = {row["check"]: row for row in desk.run("doctor", "--database", desk.path, "--json").rows}
    assert found["Server"]["found"].startswith("PostgreSQL ")
    assert found["Akun server"]["level"] == "warn"
    assert "pg_dump" in found["Cadangan"]["found"]
    assert found["Jam komputer"]["level"] == "ok"
    assert found["Kecepatan"]["level"] == "ok"
    assert {"Tempat berkas", "Kunci berkas", "Mode jurnal"}.isdisjoint(found)


@pytest.mark.slow
def test_doctor_warns_of_a_server_that_is_far_away(desk: CommandLine, tmp_path: Path) -> None:
    with Cable.laid(address_in(desk.path), delay_s=0.015) as cable:
        far = tmp_path / "jauh" / desk.path.name
        far.parent.mkdir()
        far.write_text(cable.address)
        found = {row["check"]: row for row in desk.run("doctor", "--database", far, "--json").rows}
    assert (found["Kecepatan"]["level"], "server yang dekat" in found["Kecepatan"]["todo"]) == ("warn", True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("account", "mode", "level", "told"),
    [
        ("counter", "counter", "ok", "catatan lama tidak dapat diubah"),
        ("kiosk", "kiosk", "ok", "anggota ult_kiosk"),
        ("display", "display", "ok", "anggota ult_display"),
        ("counter", "kiosk", "warn", "anggota ult_counter: boleh lebih"),
        ("kiosk", "display", "warn", "boleh lebih"),
        ("kiosk", "counter", "fail", "bukan anggota ult_counter"),
        ("display", "kiosk", "fail", "bukan anggota ult_kiosk"),
    ],
)
def test_doctor_tells_whether_the_account_fits(
    desk: CommandLine, tmp_path: Path, account: str, mode: str, level: str, told: str
) -> None:
    station = tmp_path / "station.toml"
    station.write_text(f'mode = "{mode}"\n')
    place = engines.as_station(desk.path, account)
    answer = desk.run("doctor", "--database", place, "--station", station, "--json")
    found = {row["check"]: row for row in answer.rows}
    assert found["Akun server"]["level"] == level, found["Akun server"]
    assert told in found["Akun server"]["found"]
    assert found["Data kantor"]["level"] == "ok"
    assert ("Kunci data pribadi" in found) is (account == "counter"), list(found)


@pytest.mark.parametrize(
    ("secret", "who"),
    [
        ("officer", "it"),
        ("officer (login, password_hash)", "it"),
        ("officer_key (wrapped)", "it"),
        ("officer", "PUBLIC"),
    ],
)
def test_doctor_tells_an_account_of_the_hall_that_was_let_read_passwords(
    desk: CommandLine, tmp_path: Path, secret: str, who: str
) -> None:
    station, place = tmp_path / "station.toml", engines.as_station(desk.path, "kiosk")
    station.write_text('mode = "kiosk"\n')
    table, _space, columns = secret.partition(" ")

    def account() -> dict[str, str]:
        answer = desk.run("doctor", "--database", place, "--station", station, "--json")
        (row,) = (row for row in answer.rows if row["check"] == "Akun server")
        return row

    with closing(Store(desk.path)) as store:
        account_name = urlsplit(address_in(place)).username if who == "it" else who
        store.write(lambda tx: tx.run(f"GRANT SELECT {columns} ON {table} TO {account_name}"))
        found = account()
        assert (found["level"], found["found"]) == ("warn", "dapat membaca sandi atau kunci petugas")
        for statement in found["todo"].split("`")[1::2]:
            store.write(lambda tx, sql=statement: tx.run(sql))  # type: ignore[misc]
    assert account()["level"] == "ok"


def test_doctor_leaves_what_a_role_was_given_to_verify(desk: CommandLine, tmp_path: Path) -> None:
    station, place = tmp_path / "station.toml", engines.as_station(desk.path, "kiosk")
    station.write_text('mode = "kiosk"\n')
    with closing(Store(desk.path)) as store:
        store.write(lambda tx: tx.run("GRANT SELECT ON officer TO ult_kiosk"))
    answer = desk.run("doctor", "--database", place, "--station", station, "--json")
    (found,) = (row for row in answer.rows if row["check"] == "Akun server")
    assert (found["level"], "verify" in found["todo"]) == ("warn", True)
    assert "REVOKE SELECT ON officer FROM ult_kiosk" in desk.run("verify", desk.path).err


@pytest.mark.slow
def test_an_account_of_the_hall_is_refused_at_a_desk_in_words(desk: CommandLine) -> None:
    place = engines.as_station(desk.path, "kiosk")
    answer = desk.run("officer", "list", "--database", place)
    assert (answer.code, "tidak berhak" in answer.err) == (1, True), answer.err
    assert "Layar, kios, dan loket" in answer.err


@pytest.mark.slow
@pytest.mark.parametrize("ruined", [b"\xb4" * 80, b"Daftar hadir rapat\n" * 50])
def test_an_address_that_was_ruined_is_told_of_and_written_anew(
    tmp_path: Path, own_home: Path, ruined: bytes
) -> None:
    address = address_in(make_office(tmp_path, on_server=True))
    desk = CommandLine(tmp_path)
    assert desk.run("verify", address).code == 0
    (kept,) = own_home.rglob("*.postgresql")
    kept.write_bytes(ruined)
    told = desk.run("verify", kept)
    assert (told.code, told.out) == (1, "")
    assert "Alamat server tidak terbaca (" in told.err
    assert "\n)" not in told.err
    assert desk.run("verify", address).code == 0
    assert address_in(kept) == address


def test_a_flag_of_damage_quotes_no_check_of_a_file(desk: CommandLine) -> None:
    lay_flag(desk.path, "kios-1", sqlite3.DatabaseError("malformed"), known=True)
    found = {row["check"]: row["found"] for row in desk.run("doctor", "--database", desk.path, "--json").rows}
    assert found["Tanda kerusakan"].endswith("(malformed).")


def test_what_needs_a_file_says_so(desk: CommandLine, tmp_path: Path) -> None:
    for words in (("backup", "--to", tmp_path), ("restore", tmp_path)):
        answer = desk.run(*words, "--database", desk.path)
        assert answer.code == 1
        assert "PostgreSQL" in answer.err


@pytest.mark.parametrize("mode", ["display", "kiosk", "counter"])
def test_the_care_of_the_file_leaves_copies_to_the_server_and_asks_for_what_the_account_may(
    desk: CommandLine, tmp_path: Path, mode: str
) -> None:
    place = engines.as_station(desk.path, mode)
    duty = MaintenanceTask(place, tmp_path / "journal.db", "uji", tmp_path, in_hall=mode != "counter")
    with closing(FileMaintainer(duty, Clocks().clock())) as keeper:
        assert keeper.do_due_jobs() == ()


def test_a_log_that_was_altered_there_is_mended_there(desk: CommandLine, tmp_path: Path) -> None:
    assert desk.run("queue", "issue", "A", "--database", desk.path).code == 0
    with closing(Store(desk.path)) as store:
        store.write(alter_the_past)
    task = MaintenanceTask(desk.path, tmp_path / "journal.db", "uji")
    with closing(FileMaintainer(task, Clocks().clock())) as keeper:
        (told,) = keeper.do_due_jobs()
    assert told.what.startswith("Pemeriksaan data kantor menemukan: chain")
    assert "pg_restore" in told.todo


def test_what_is_gone_there_stops_the_stations_and_is_mended_there(desk: CommandLine, tmp_path: Path) -> None:
    lay_flag(desk.path, "kios-1", "foreign_key: visit", known=True)
    answer = desk.run("queue", "issue", "A", "--database", desk.path)
    assert answer.code == 1
    assert "ditandai rusak" in answer.err
    assert "pg_restore" in answer.err
    assert "repair" not in answer.err
    assert desk.run("verify", desk.path, "--clear-damage").code == 0
    assert desk.run("queue", "issue", "A", "--database", desk.path).code == 0
    assert "pg_restore" in file_damaged(str(desk.path), "page 7").todo


def test_reports_may_lie_on_any_disk(desk: CommandLine, tmp_path: Path) -> None:
    (told,) = check_backup_folder(desk.path, tmp_path)
    assert (told.level, told.check) == ("ok", "Folder laporan")


def alter_the_past(tx: Transaction) -> None:
    """Alter the log as the owner of the database can."""
    tx.run("ALTER TABLE event DISABLE TRIGGER USER")
    tx.run("UPDATE event SET at = at - 1 WHERE kind = 'ticket.issued'")
    tx.run("ALTER TABLE event ENABLE TRIGGER USER")


def test_a_pc_joins_and_its_settings_name_no_password(desk: CommandLine, tmp_path: Path) -> None:
    address = address_in(desk.path)
    answers = SetupAnswers(database=address, mode="counter", name="loket-1", counter=1)
    set_up(answers, tmp_path / "station.toml")
    settings = tmp_path / "station.toml"
    assert address not in settings.read_text()
    assert address_in(Path(load_station(settings).database)) == address


def test_the_wizard_tells_what_is_there(desk: CommandLine) -> None:
    there = examine(address_in(desk.path)).office
    assert there is not None
    assert there.name == "BPMP Provinsi Kalimantan Utara"
    assert examine(engines.server().create()).office is None
    with pytest.raises(UserError, match="Server tidak menjawab"):
        examine("postgresql://ult@127.0.0.1:1/kantor")
