"""A program whose standard error nobody sees tells in a box why it ends."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PICTURES
from ult_desktop.cli import program
from ult_desktop.cli.common import unseen
from ult_desktop.ui.kit.dialogs import Box

WRONG = ("kiosk", "--database", "office.db", "--size", "besar")


def ended(work: Callable[[], object]) -> object:
    with pytest.raises(SystemExit) as end:
        unseen.run_visibly(work)
    return end.value.code


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float | None]]:
    boxes: list[tuple[str, float | None]] = []
    monkeypatch.setattr(unseen, "show_words", lambda *told: boxes.append(told))
    return boxes


def say_and_end(code: int) -> Callable[[], None]:
    def work() -> None:
        sys.stderr.write("Begini sebabnya.\n")
        raise SystemExit(code)

    return work


def test_what_is_seen_is_shown_in_no_box(shown: list[tuple[str, float | None]]) -> None:
    assert ended(say_and_end(1)) == 1
    assert shown == []
    assert unseen.UNSEEN not in unseen.environment_of_child()


@pytest.mark.parametrize("code", [1, 2])
def test_a_double_click_shows_why(
    monkeypatch: pytest.MonkeyPatch, shown: list[tuple[str, float | None]], code: int
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert ended(say_and_end(code)) == code
    assert shown == [("Begini sebabnya.", None)]
    assert unseen.environment_of_child()[unseen.UNSEEN]


@pytest.mark.parametrize(("code", "seconds"), [(1, unseen.SUPERVISED_BOX_S), (2, None)])
def test_a_supervised_mode_shows_it_and_leaves_it_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    shown: list[tuple[str, float | None]],
    code: int,
    seconds: float | None,
) -> None:
    """One that is started again waits for nobody."""
    monkeypatch.setenv(unseen.UNSEEN, "1")
    assert ended(say_and_end(code)) == code
    assert shown == [("Begini sebabnya.", seconds)]
    assert "Begini sebabnya." in capsys.readouterr().err
    assert unseen.UNSEEN not in os.environ


@pytest.mark.parametrize("code", [0, 1])
def test_an_end_without_words_shows_no_box(
    monkeypatch: pytest.MonkeyPatch, shown: list[tuple[str, float | None]], code: int
) -> None:
    monkeypatch.setattr(sys, "stderr", None)

    def work() -> None:
        raise SystemExit(code)

    assert ended(work) == code
    assert shown == []


@pytest.mark.slow
def test_the_box_says_what_the_terminal_would(
    own_home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole road: the program, started by a double click on a shortcut with a wrong option."""
    said = list[str]()

    def look() -> None:
        boxes = [each for each in QApplication.topLevelWidgets() if isinstance(each, Box)]
        if not any(each.isVisible() for each in boxes):  # Windows' loop turns before the box is up
            return
        timer.stop()
        (box,) = (each for each in boxes if each.isVisible())
        said.extend(label.text() for label in box.findChildren(QLabel))
        PICTURES.mkdir(exist_ok=True)
        box.grab().save(str(PICTURES / "refusal.png"))
        box.close()

    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "argv", ["ult-desktop", *WRONG])
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    with pytest.raises(SystemExit) as end:
        program.run()
    assert end.value.code == 2
    assert "tulis seperti 1280x720" in " ".join(said)


def test_a_box_in_which_nobody_clicks_makes_way(qtbot: QtBot) -> None:
    unseen.show_words("Begini sebabnya.", 0.01)


@pytest.mark.posix_only("no screen")
def test_without_a_screen_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    unseen.show_words("Begini sebabnya.", None)


@pytest.mark.posix_only("no screen")
def test_where_qt_cannot_be_loaded_the_program_still_ends() -> None:
    unseen.show_words("Begini sebabnya.", None, "ult_desktop.app.no_such_module")
