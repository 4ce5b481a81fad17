"""How the program calls itself: from source, from a bundle, and without a console."""

import sys
from pathlib import Path

import pytest

from ult_desktop.base.own_program import own_command, without_console


def test_the_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command() == (sys.executable, "-m", "ult_desktop")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == (sys.executable,)


@pytest.mark.parametrize(("program", "windowed"), [("python", "pythonw"), ("ult-desktop", "ult-desktopw")])
def test_no_console_window_stays_where_the_program_comes_without_one(
    tmp_path: Path, program: str, windowed: str
) -> None:
    command = [str(tmp_path / f"{program}.exe"), "run"]
    assert without_console(command) == command
    (tmp_path / f"{windowed}.exe").touch()
    silent = [str(tmp_path / f"{windowed}.exe"), "run"]
    assert without_console(command) == silent
    assert without_console(silent) == silent


def test_only_windows_has_two_programs(tmp_path: Path) -> None:
    (tmp_path / "pythonw").touch()
    assert without_console([str(tmp_path / "python")]) == [str(tmp_path / "python")]
