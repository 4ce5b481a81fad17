"""A PC set up as somebody answered: all of it, or nothing."""

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests import engines
from tests.office import store_of
from tests.operations.office.windows_shell import FRESH, OtherWindows
from ult_desktop.base.config import BackupConfig, KioskConfig, StationConfig, load_station
from ult_desktop.base.errors import UserError
from ult_desktop.base.station_file import station_text
from ult_desktop.core.access.keys import new_code
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.setup_answers import (
    FirstOfficer,
    NewOffice,
    SetupAnswers,
    ShareAccount,
    SharedFolder,
)
from ult_desktop.core.office.share_plan import ShareChange
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.access.recovery import recover
from ult_desktop.operations.office import setting_up
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.setting_up import set_up

pytestmark = pytest.mark.by_engine

if sys.platform != "win32":
    import resource

SITI = FirstOfficer(login="siti", name="Siti", password="kata-sandi-siti")
SATPAM = FirstOfficer(login="joko", name="Joko", password="kata-sandi-joko", roles=(Role.SECURITY,))
NEW = NewOffice(
    template="bpmp-dki", admin_password="kata-sandi-admin", name="BPMP Kita", officers=(SITI, SATPAM)
)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return tmp_path / "own" / "station.toml"


def answers_at(folder: Path, **more: object) -> SetupAnswers:
    plain = SetupAnswers(database=str(folder / "office.db"), mode="counter", autostart=False)
    return msgspec.structs.replace(plain, **more)


def test_a_new_office_works_at_once(tmp_path: Path, station: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    code = new_code()
    done = set_up(answers_at(folder, office=NEW, backup=str(tmp_path)), station, code)
    assert (done.recovery_code, done.remarks) == (code, ())
    assert sorted(path.name for path in folder.iterdir()) == ["office-link.toml", "office.db"]
    assert load_station(station).database == str(folder / "office.db")
    assert load_station(station).backup.folder_path == tmp_path
    office = Office(folder / "office.db", "loket-1", tmp_path / "journal.db")
    assert office.lobby_board().office.name == "BPMP Kita"
    assert [each.login for each in office.officers()] == ["admin", "joko", "siti"]
    office.sign_in("siti", "kata-sandi-siti")
    assert office.keys.secrets, "who may open personal data holds the keys"
    office.sign_in("joko", "kata-sandi-joko")
    assert not office.keys.secrets
    admin = office.sign_in("admin", "kata-sandi-admin")
    with pytest.raises(UserError, match="sudah memegang kunci"):  # which the code opens
        recover(office, admin, code)
    assert office.verify().ok
    office.close()


@pytest.mark.slow
@pytest.mark.posix_only("postgresql")
def test_an_office_on_a_server_has_no_pointer_beside_it(tmp_path: Path, station: Path) -> None:
    place = engines.new_database(tmp_path)
    set_up(answers_at(tmp_path, office=NEW, database=place.read_text()), station)
    assert [each.name for each in tmp_path.rglob("office-link.toml")] == []
    office = Office(Path(load_station(station).database), "loket-1", tmp_path / "journal.db")
    assert office.lobby_board().office.name == "BPMP Kita"
    office.close()


@pytest.mark.file_only("pages")
def test_the_next_pc_joins_by_the_folder(tmp_path: Path, office_file: Path, station: Path) -> None:
    joining = SetupAnswers(database=str(office_file.parent), mode="counter", counter=2, autostart=False)
    before = office_file.read_bytes()
    assert set_up(joining, station) == setting_up.SetupResult(database=str(office_file))
    assert load_station(station).database == str(office_file)
    assert office_file.read_bytes() == before


def _no_office(folder: Path) -> SetupAnswers:
    return answers_at(folder)


def _weak(folder: Path) -> SetupAnswers:
    weak = FirstOfficer(login="budi", name="Budi", password="123")
    return answers_at(folder, office=msgspec.structs.replace(NEW, officers=(weak,)))


def _no_template(folder: Path) -> SetupAnswers:
    return answers_at(folder, office=msgspec.structs.replace(NEW, template="bpmp-mars"))


@pytest.mark.parametrize(
    ("wrong", "words"), [(_no_office, "belum ada kantor"), (_weak, "Kata sandi"), (_no_template, "bpmp-mars")]
)
def test_a_refusal_leaves_nothing(
    tmp_path: Path, station: Path, wrong: Callable[[Path], SetupAnswers], words: str
) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    with pytest.raises(UserError, match=words):
        set_up(wrong(folder), station)
    assert list(folder.iterdir()) == []
    assert list(station.parent.iterdir()) == []


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_an_office_that_is_there_is_never_overwritten(office_file: Path, station: Path) -> None:
    before = office_file.read_bytes()
    with pytest.raises(UserError, match="sudah ada"):
        set_up(answers_at(office_file.parent, office=NEW), station)
    assert office_file.read_bytes() == before
    assert not station.exists()


def test_windows_goes_back_when_no_office_can_be_made(tmp_path: Path, station: Path) -> None:
    windows = OtherWindows()
    wanted = answers_at(tmp_path / "gone" / "below", office=NEW, tune_windows=True)
    with pytest.raises(UserError, match="tidak dapat ditulisi"):
        set_up(wanted, station, windows=windows)
    assert windows.now == list(FRESH)
    assert windows.asked == 2, "once to set it, once to take it back"
    assert not station.exists()


def test_a_folder_that_was_made_for_nothing_goes_again(tmp_path: Path, station: Path) -> None:
    with pytest.raises(UserError, match="Kata sandi"):
        set_up(_weak(tmp_path / "new"), station)
    assert not (tmp_path / "new").exists()


def test_an_account_that_the_share_refuses_leaves_nothing(tmp_path: Path, station: Path) -> None:
    windows = OtherWindows()
    account = ShareAccount(name=r"PC-1\ult-kantor", password="salah")
    joining = SetupAnswers(database=r"\\PC-1\ult\office.db", mode="counter", account=account)
    with pytest.raises(UserError, match=r"Kata sandi PC-1.ult-kantor salah"):
        set_up(joining, station, windows=windows)
    assert (windows.kept, windows.said, station.exists()) == ({}, [], False)


def test_the_pc_that_shares_is_told_of_a_public_network() -> None:
    windows = OtherWindows()
    windows.profile = "Public"
    shared = SharedFolder(folder=r"C:\ult", accounts=("siti",))
    hosting = SetupAnswers(database=r"\\PC-1\ult\office.db", mode="counter", share=shared)
    assert [word for word in setting_up._network_remarks(hosting, windows) if "Publik" in word]
    windows.profile = "Private DomainAuthenticated"
    assert list(setting_up._network_remarks(hosting, windows)) == []


@pytest.mark.file_only("pages")
def test_what_windows_changed_can_be_taken_back_later(
    tmp_path: Path, office_file: Path, station: Path
) -> None:
    done = set_up(answers_at(office_file.parent, tune_windows=True), station, windows=OtherWindows())
    kept = msgspec.json.decode(Path(done.undo).read_bytes(), type=tuple[ShareChange, ...])
    assert kept == done.changes


def test_what_windows_changed_cannot_be_noted_and_goes_back(
    tmp_path: Path, office_file: Path, station: Path
) -> None:
    windows = OtherWindows()
    (station.parent / setting_up.CHANGES).mkdir(parents=True)
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        set_up(answers_at(office_file.parent, tune_windows=True), station, windows=windows)
    assert windows.now == list(FRESH)
    assert not station.exists()


def test_what_was_noted_before_is_there_again_after_a_refusal(tmp_path: Path, station: Path) -> None:
    noted = station.parent / setting_up.CHANGES
    station.parent.mkdir()
    noted.write_bytes(b"[]")
    with pytest.raises(UserError, match="belum ada kantor"):
        set_up(answers_at(tmp_path, tune_windows=True), station, windows=OtherWindows())
    assert noted.read_bytes() == b"[]"


@pytest.mark.slow
@pytest.mark.posix_only("file limit")
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, station: Path) -> None:
    folder = tmp_path / "share"
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, allowed[1]))  # the office does not fit
        with pytest.raises(UserError, match="tidak dapat dibuat"):
            set_up(answers_at(folder, office=NEW), station)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert not folder.exists()
    assert list(station.parent.iterdir()) == []


@pytest.mark.file_only("pages")
def test_what_is_not_asked_stays_as_it_was(office_file: Path, station: Path) -> None:
    station.parent.mkdir()
    before = StationConfig(name="loket-1", kiosk=KioskConfig(letter="M"), backup=BackupConfig(folder="/b"))
    station.write_text(station_text(before), encoding="utf-8")
    set_up(answers_at(office_file.parent, name="loket-1"), station)
    assert (load_station(station).kiosk.letter, load_station(station).backup.folder) == ("M", "/b")


@pytest.mark.file_only("pages")
def test_the_place_of_a_dead_pc_is_taken(office: Office, station: Path) -> None:
    old = Presence(
        name="kios-lobi", mode="kiosk", version="1", boot="b", seen_at=1, letter="M", identity="i-kios"
    )
    store_of(office).write(lambda tx: stations.report(tx, old))
    taking = answers_at(office.path.parent, mode="kiosk", exit_pin="1379", replaces="kios-lobi")
    with pytest.raises(UserError, match="kios-lobi yang diganti"):
        set_up(taking, station)
    assert not station.exists()
    store_of(office).write(lambda tx: stations.replace(tx, "i-kios", 2))
    set_up(taking, station)
    config = load_station(station)
    assert (config.name, config.kiosk.letter, config.kiosk.exit_pin) == ("kios-lobi", "M", "1379")
    store_of(office).write(lambda tx: stations.report(tx, msgspec.structs.replace(old, identity="i-neu")))
    with pytest.raises(UserError, match="kios-lobi yang diganti"):
        set_up(taking, station)


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("systemd")
def test_the_programs_own_command_starts_the_mode_with_the_pc(
    office_file: Path, station: Path, own_home: Path
) -> None:
    joining = answers_at(office_file.parent, autostart=True)
    done = set_up(joining, station)
    assert done.remarks == ()
    (unit,) = (own_home / "systemd" / "user").glob("*.service")
    assert str(station) in unit.read_text(encoding="utf-8")


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("samba")
def test_a_lock_down_that_does_not_go_is_told_and_undoes_nothing(office_file: Path, station: Path) -> None:
    done = set_up(answers_at(office_file.parent, lock_down=True), station)
    assert "hanya ada di Windows" in done.remarks[0]
    assert station.exists()


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("systemd")
def test_an_autostart_that_fails_is_told_and_undoes_nothing(
    office_file: Path, station: Path, own_home: Path
) -> None:
    (own_home / "systemd").parent.mkdir(parents=True)
    (own_home / "systemd").write_text("")
    done = set_up(answers_at(office_file.parent, autostart=True), station)
    assert "tidak dapat ditulis" in done.remarks[0]
    assert station.exists()
