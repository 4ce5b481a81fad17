"""A mode on its way to its window."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from tests.cli.conftest import CommandLine
from ult_desktop.app import assemble, setup as app_setup
from ult_desktop.app.assemble import Launch
from ult_desktop.base.config import StationConfig, default_path
from ult_desktop.base.own_program import own_command
from ult_desktop.base.station_file import station_text
from ult_desktop.cli.common import unseen
from ult_desktop.cli.station import supervise
from ult_desktop.pc import autostart, ending
from ult_desktop.ui import process


def test_the_office_file_is_not_touched_before_there_is_a_window(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at a server that is off takes half a minute on Windows."""
    touched, launched = list[str](), list[Path]()
    look = os.stat

    def noted(path: str, **more: bool) -> os.stat_result:
        touched.append(str(path))
        return look(path, **more)

    def launch(begin: Callable[[], Launch]) -> int:
        given = begin()
        monkeypatch.undo()
        launched.append(given.database)
        return 0

    monkeypatch.setattr(assemble, "run", launch)
    monkeypatch.setattr(os, "stat", noted)
    assert desk.run("display", "--database", desk.path).code == 0
    assert launched == [desk.path]
    assert str(desk.path) not in touched


@pytest.fixture
def wizards(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the reasons for which the wizard was opened."""
    found = list[object]()

    def open_one(_station: Path, mode: str | None = None, if_left: object = None) -> int:
        found.append(mode)
        return 0

    monkeypatch.setattr(app_setup, "run_setup", open_one)
    return found


def test_a_pc_without_settings_is_set_up_first(desk: CommandLine, wizards: list[object]) -> None:
    assert desk.run("kiosk").code == 0
    assert desk.run("setup").code == 0
    assert desk.run().code == 0, "a click on the program"
    assert wizards == ["kiosk", None, None]


def test_a_station_that_asks_for_the_wizard_gets_it(
    desk: CommandLine, wizards: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assemble, "run", lambda _begin: process.SET_UP)
    assert desk.run("counter", "--database", desk.path).code == 0
    assert wizards == [None]


@pytest.fixture
def left_running(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return what is left to itself by a wizard that makes this PC a counter."""
    found = list[list[str]]()

    def finish(station: Path, _mode: str | None = None, if_left: object = None) -> int:
        station.parent.mkdir(parents=True, exist_ok=True)
        station.write_text('mode = "counter"\n', encoding="utf-8")
        return ending.SET_UP

    monkeypatch.setattr(app_setup, "run_setup", finish)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_how: found.append(command))
    return found


@pytest.mark.parametrize("words", [(), ("setup",), ("kiosk",)])
def test_what_the_wizard_made_of_the_pc_gets_a_supervisor(
    desk: CommandLine, left_running: list[list[str]], words: tuple[str, ...]
) -> None:
    assert desk.run(*words).code == 0
    assert left_running == [autostart.mode_command()]


def test_settings_of_another_file_go_along(
    desk: CommandLine, left_running: list[list[str]], tmp_path: Path
) -> None:
    station = tmp_path / "station.toml"
    assert desk.run("setup", "--station", station).code == 0
    assert left_running == [autostart.mode_command("counter", "--station", str(station))]


def test_the_supervisor_that_is_there_starts_it(
    desk: CommandLine, left_running: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(unseen.SUPERVISED, "1")
    assert desk.run("kiosk").code == ending.SET_UP
    assert left_running == []


@pytest.mark.parametrize("options", [(), ("--windowed", "--station={station}"), ("--station", "{station}")])
def test_a_shortcut_of_a_kiosk_goes_on_as_what_the_wizard_chose(
    desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """With its settings, and without what was for the kiosk alone; a crash starts it again as that."""
    started, again = list[list[str]](), list[list[str]]()
    station = tmp_path / "station.toml" if options else default_path()
    statuses = iter((ending.SET_UP, 3, ending.COME_BACK))

    def once(supervisor: supervise.Supervisor) -> int:
        started.append(supervisor._command[len(own_command()) :])
        station.parent.mkdir(parents=True, exist_ok=True)
        station.write_text('mode = "display"\n', encoding="utf-8")
        return next(statuses)

    monkeypatch.setattr(supervise.Supervisor, "_run_once", once)
    monkeypatch.setattr(supervise.Supervisor, "_pause", lambda *_pause: None)
    monkeypatch.setattr(ending, "start_later", again.append)
    words = [each.format(station=station) for each in options]
    assert desk.run("run", "kiosk", *words).code == ending.COME_BACK
    chosen = ["display", *(("--station", str(station)) if options else ())]
    assert started == [["kiosk", *words], chosen, chosen]
    assert again == ([chosen] if sys.platform == "win32" else []), "on Linux systemd starts it again"


def test_a_click_on_the_program_starts_what_the_pc_is_and_keeps_it_running(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = list[str]()

    class Recorded(supervise.Supervisor):
        def __init__(self, command: Sequence[str], log: Path) -> None:
            super().__init__(command, log)
            started.append(command[-1])

        @override
        def run(self, tell: Callable[[str], object], first_pause_s: float = 0) -> int:
            return 0

    monkeypatch.setattr(supervise, "Supervisor", Recorded)
    default_path().parent.mkdir(parents=True)
    default_path().write_text('mode = "display"\n', encoding="utf-8")
    assert desk.run().code == 0
    assert started == ["display"]


def test_a_share_that_is_away_or_a_file_that_is_missing_never_sets_up_anew(
    desk: CommandLine, wizards: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    launched = list[Launch]()

    def launch(begin: Callable[[], Launch]) -> int:
        launched.append(begin())
        return 0

    monkeypatch.setattr(assemble, "run", launch)
    gone = StationConfig(database="/share/that/is/away/office.db", mode="display")
    default_path().parent.mkdir(parents=True)
    default_path().write_text(station_text(gone), encoding="utf-8")
    assert desk.run("display").code == 0
    assert [each.mode.value for each in launched] == ["display"]
    assert desk.run("kiosk", "--station", tmp_path / "none.toml").code == 1
    default_path().write_text("database = \n", encoding="utf-8")
    assert desk.run("kiosk").code == 2
    assert desk.run("kiosk", "--database", "/no/such/office.db").code == 2
    assert wizards == []


@pytest.mark.posix_only("no screen")
def test_a_mode_without_a_screen_is_refused_with_words(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    answer = desk.run("display", "--database", desk.path)
    assert answer.code == 1
    assert "Tidak ada layar di sesi ini." in answer.err
    assert "SSH" in answer.err
