"""`station`: what installers ask of the program, on a PC of its own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.office import make_office
from tests.program import answer_of, is_free, start, wait_until
from ult_desktop.base.config import load_station
from ult_desktop.devices.virtual_printer.server import KINDS, VirtualPrinter
from ult_desktop.operations.updates.staging import UpdatePlaces
from ult_desktop.pc import autostart, ending, installing
from ult_desktop.pc.registry import Hive


@pytest.fixture
def own_pc(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """Its folder and units lie apart; what the system would be told is kept."""
    before = os.umask(0o007)  # as an installed program has it
    told: list[list[str]] = []
    monkeypatch.setenv("ULT_FOLDER", str(tmp_path / "pc"))
    monkeypatch.setattr(autostart, "UNITS", tmp_path / "units")
    monkeypatch.setattr(installing, "run", told.append)
    monkeypatch.setattr(shutil, "chown", lambda path, *who: told.append(["chown", str(path), *who]))
    yield told
    os.umask(before)


@pytest.mark.posix_only("systemd")
def test_a_pc_is_set_up_and_left_again(own_pc: list[list[str]], desk: CommandLine, tmp_path: Path) -> None:
    said = desk.run("station", "install", "ROLE=kiosk", r"DATABASE=\\SERVER\ult\office.db")
    assert "PC ini siap." in said.out
    assert "menanyakan PIN keluarnya" in said.out
    assert "menanyakan PIN" not in desk.run("station", "install", "ROLE=kiosk", "PIN=1379").out
    assert (load_station().mode, load_station().database) == ("kiosk", r"\\SERVER\ult\office.db")
    assert (tmp_path / "pc").stat().st_mode & 0o7777 == 0o2770
    assert ["groupadd", "--system", "--force", "ult-desktop"] in own_pc
    unit = tmp_path / "units" / "ult-desktop.service"
    wanted = tmp_path / "units" / "graphical-session.target.wants" / "ult-desktop.service"
    assert wanted.resolve() == unit
    assert " run\nRestart" in unit.read_text(), "as what the wizard makes of this PC later"
    assert unit.stat().st_mode & 0o444 == 0o444, "each account's systemd reads it"
    assert wanted.parent.stat().st_mode & 0o555 == 0o555
    assert autostart.of_this_pc().is_on(Hive.PC)

    desk.run("station", "install")
    assert autostart.of_this_pc().is_on(Hive.PC), "an upgrade says no role and changes nothing"
    desk.run("station", "install", "ROLE=counter", "COUNTER=2")
    desk.run("autostart", "display", "--everyone", "--windowed")
    assert " run display --windowed\n" in unit.read_text(), "another than the PC's own"

    assert "tidak dihapus" in desk.run("station", "remove").out
    assert not autostart.of_this_pc().is_on(Hive.PC)
    assert not unit.exists()
    assert load_station().counter.number == 2


def test_a_database_that_is_not_there_is_told_and_kept(
    own_pc: list[list[str]], desk: CommandLine, tmp_path: Path
) -> None:
    """The account that installs may not reach the share of those who work."""
    for where, words in (
        (tmp_path / "nowhere" / "office.db", "nowhere tidak terjangkau."),
        (tmp_path / "other.db", "belum ada kantor."),
    ):
        said = desk.run("station", "install", "ROLE=kiosk", "PIN=1379", f"DATABASE={where}")
        assert said.code == 0
        assert words in said.err
        assert load_station().database == str(where)
    assert desk.run("station", "install", "ROLE=kiosk", "PIN=1379", f"DATABASE={desk.path}").err == ""


def test_a_folder_and_a_pointer_become_the_file_that_they_mean(
    own_pc: list[list[str]], desk: CommandLine
) -> None:
    """A station opens what its settings name, as a file."""
    office = desk.path.rename(desk.path.with_name("office.db"))
    pointer = desk.path.with_name("office-link.toml")
    pointer.write_text(f"database = '{office}'\n")
    for where in (office.parent, pointer):
        assert desk.run("station", "install", "ROLE=kiosk", "PIN=1379", f"DATABASE={where}").err == ""
        assert load_station().database == str(office)


def test_the_key_of_updates_is_fixed_for_this_pc(
    own_pc: list[list[str]], desk: CommandLine, tmp_path: Path
) -> None:
    desk.run("update", "key", tmp_path / "kunci")
    public = tmp_path / "kunci.pub"
    assert desk.run("station", "install", f"UPDATEKEY={public}").code == 0
    place = UpdatePlaces.of_this_pc().key
    assert place.read_bytes() == public.read_bytes()
    place.unlink()
    place.mkdir()
    assert "tidak dapat ditulis" in desk.run("station", "install", f"UPDATEKEY={public}").err
    assert desk.run("station", "install", "--prepare", f"UPDATEKEY={tmp_path / 'lain'}").code == 2


def test_a_wrong_property_changes_nothing(own_pc: list[list[str]], desk: CommandLine, tmp_path: Path) -> None:
    words = ("ROLE=kios", "PIN=abcd", "PRINTER=tcp://", "DATABASE=office.db", "DATABASE=postgresql://x")
    swallowed = ("PRINTER=win32://X PIN=4826", "UPDATEKEY=x.pub PIN=4826")
    for word in (*words, *swallowed, "DATABASE=postgresql://[x/kantor", f"UPDATEKEY={tmp_path / 'none'}"):
        for prepare in (("--prepare",), ()):
            answer = desk.run("station", "install", *prepare, word)
            assert answer.code == 2, "which the installer tells as a wrong property"
            assert "4826" not in answer.err, "the installer keeps it in its log"
    assert own_pc == []
    assert not (tmp_path / "pc" / "station.toml").exists()


@pytest.mark.posix_only("no lock-down")
def test_a_kiosk_is_locked_down_on_windows_alone(desk: CommandLine) -> None:
    answer = desk.run("station", "lock-down", "on")
    assert (answer.code, answer.err) == (1, "Penguncian kios hanya ada di Windows.\n")


@pytest.mark.slow
def test_a_station_that_has_just_begun_ends_and_is_to_come_back(own_home: Path, tmp_path: Path) -> None:
    """A roll-back a minute after an upgrade meets such a station: no window is there yet that could end."""
    office, folder = make_office(tmp_path), tmp_path / "pc"
    words = ("run", "display", "--database", office, "--windowed")
    process = start(*words, ULT_FOLDER=str(folder), QT_QPA_PLATFORM="offscreen")
    wait_until(lambda: any(not is_free(each) for each in folder.glob("present-*.lock")), process)
    assert answer_of(start("station", "end", "--again", ULT_FOLDER=str(folder))).code == 0
    assert answer_of(process).code == ending.COME_BACK
    assert not (folder / "end.request").exists()


@pytest.mark.usefixtures("own_pc", "unhurried_printer")
def test_a_printer_is_tried_and_its_kind_saved(desk: CommandLine) -> None:
    printer = VirtualPrinter(58, kind=KINDS["stubborn"])
    plain = f"tcp://127.0.0.1:{printer.port}"
    desk.run("station", "install", "ROLE=counter", f"PRINTER={plain}")
    said = desk.run("station", "printer")
    assert (said.code, "éñüç ½±" in said.out) == (0, True)
    assert "éñüç" not in printer.wait_for_papers(1)[0].text
    saved = desk.run("station", "printer", "--letters", "ascii", "--width", "58")
    assert f"{plain}?width=58&letters=ascii" in saved.out
    assert load_station().printer.address == f"{plain}?width=58&letters=ascii"
    desk.run("station", "printer", "--letters", "cp437")
    assert load_station().printer.address == f"{plain}?width=58"
    printer.paper_out()
    assert "Kertas printer habis" in desk.run("station", "printer").err
    printer.close()
