"""A wizard with a hand on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.setup.screen_reader import ScreenReader
from ult_desktop.base.config import StationConfig, load_station
from ult_desktop.base.windows import Windows
from ult_desktop.devices.printer import search
from ult_desktop.operations.office.setting_up import SetupResult
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.window import SetupWindow


@dataclass
class Wizard:
    """A window, what a screen reader tells of it, and where the PC's settings go."""

    window: SetupWindow
    reader: ScreenReader
    station: Path
    wait: Callable[[Callable[[], bool]], object]
    done: list[SetupResult]

    def press(self, name: str) -> None:
        self.wait(lambda: self.reader.press(name))

    def type(self, name: str, text: str) -> None:
        self.wait(lambda: self.reader.type(name, text))

    def reads(self, text: str) -> None:
        self.wait(lambda: self.reader.reads(text))

    def enter(self, title: str = "") -> None:
        """Enter, where the keyboard is; then the page of this title comes."""
        QTest.keyClick(self.window.focusWidget(), Qt.Key.Key_Return)
        self.wait(lambda: not self.window.page.work.isVisible())
        assert not title or self.window.page.title == title, self.reader.texts()

    @property
    def settings(self) -> StationConfig:
        return load_station(self.station)


@pytest.fixture
def wizard(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Wizard]]:
    """`wizard(draft)`; this machine's own printers are not those of an office PC."""
    monkeypatch.setattr(search, "local_printers", lambda: ())
    opened: list[SetupWindow] = []

    def open_it(
        draft: SetupDraft | None = None, size: tuple[int, int] = (1366, 768), windows: Windows | None = None
    ) -> Wizard:
        station, done = tmp_path / "own" / "station.toml", list[SetupResult]()
        window = SetupWindow(Theme.for_window("counter", *size), station, draft, windows)
        window.finished.connect(done.append)
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        return Wizard(window, ScreenReader(), station, qtbot.waitUntil, done)

    yield open_it
    for window in opened:
        window.close()
