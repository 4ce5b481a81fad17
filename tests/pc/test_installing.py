"""An installation on a PC: what of Windows it changes, and changes back."""

from pathlib import Path

import pytest

from tests.pc.test_lock_down import RegistryOfValues
from ult_desktop.pc.installing import put_on_path, take_off_path
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
