"""An installation on a PC: what of Windows it changes, and changes back."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.pc.test_lock_down import RegistryOfValues
from ult_desktop.pc import installing
from ult_desktop.pc.installing import put_on_path, take_off_path, update_task
from ult_desktop.pc.registry import Hive

PATH = Hive.PC, r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment", "Path"
HOME = Path(r"C:\Program Files\ULT Desktop\program")


@pytest.mark.parametrize("before", [r"%SystemRoot%\system32;C:\Tools;", "", r'"C:\Tools\";;D:\x'])
def test_the_search_path_has_the_program_once_and_keeps_what_others_wrote(before: str) -> None:
    registry = RegistryOfValues({PATH: before} if before else {})
    put_on_path(registry, HOME)
    put_on_path(registry, HOME)  # an upgrade
    assert registry.values[PATH] == (f"{before};{HOME}" if before else str(HOME))
    take_off_path(registry, HOME)
    assert registry.values[PATH] == before


def test_an_entry_spelt_another_way_is_the_same_one() -> None:
    registry = RegistryOfValues({PATH: rf'A;"{str(HOME).upper()}\";B'})
    put_on_path(registry, HOME)
    assert str(registry.values[PATH]).count(";") == 2
    take_off_path(registry, HOME)
    assert registry.values[PATH] == "A;B"


def test_a_search_path_that_would_become_too_long_is_left_alone() -> None:
    registry = RegistryOfValues({PATH: ";".join(["C:\\Tools"] * 3640)})
    before = dict(registry.values)
    put_on_path(registry, HOME)
    assert registry.values == before


def test_updates_come_at_the_start_and_at_sign_in_and_on_battery(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fast Startup makes of most starts a sign-in."""
    program = r"C:\Program Files\A & B\ult-desktop.exe"
    task = ET.fromstring(update_task([program, "update", "apply", "--at-start"]).partition("?>")[2])
    told = {each.tag.partition("}")[2]: each.text for each in task.iter()}
    assert {"BootTrigger", "LogonTrigger"} <= set(told)
    assert (told["UserId"], told["RunLevel"]) == ("S-1-5-18", "HighestAvailable")
    assert told["DisallowStartIfOnBatteries"] == told["StopIfGoingOnBatteries"] == "false"
    assert (told["Command"], told["Arguments"]) == (program, "update apply --at-start")
    monkeypatch.setattr(installing, "WINDOWS", True)
    commands = [" ".join(each) for each in installing.system_commands(47474, Path("task.xml"))]
    assert "schtasks /create /f /tn ult-desktop update /xml task.xml" in commands
