"""The counter's window on a still office, signed in as Siti at counter 2."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.counter import samples
from tests.ui.counter.pages.bench import bench, cut_before_it_is_sent
from tests.ui.counter.still import StillLink
from ult_desktop.base.config import StationConfig
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast, Theme
from ult_desktop.ui.kit.widgets.button import Button

if TYPE_CHECKING:
    from ult_desktop.core.queue.ticket import Ticket


__all__ = ["bench", "cut_before_it_is_sent"]


def sample_now() -> datetime:
    return datetime.fromtimestamp(samples.NOW / 1000, UTC).astimezone(samples.OFFICE.zone)


class CounterBench:
    """A window, its link, and short ways to what the tests look at."""

    def __init__(self, board: CounterBoard, theme: Theme, *, prints: bool = True) -> None:
        self.link = StillLink(board)
        self.printed: list[Ticket] = []
        self.later = timedelta()
        self.window = CounterWindow(
            cast("Any", self.link),
            theme,
            StationConfig(),
            lambda: sample_now() + self.later,
            CounterServices(
                reprint=(lambda ticket, _board: self.printed.append(ticket)) if prints else None,
                pages=(),
                tabs=(),
            ),
        )

    def sign_in(self) -> "CounterBench":
        page = self.window.sign_in
        page.counter.setCurrentIndex(page.counter.findData(2))
        page.counter.activated.emit(page.counter.currentIndex())  # also where somebody else sits there
        page.officer.setCurrentIndex(page.officer.findData("siti"))
        page.password.setText("rahasia-kita")
        page.button.click()
        self.link.asked.clear()
        return self

    @property
    def workspace(self) -> CounterWorkspace:
        assert isinstance(self.window.workspace, CounterWorkspace)
        return self.window.workspace

    @property
    def toast(self) -> str:
        toast = self.window.frame.toast
        return toast.label.text() if not toast.isHidden() else ""


OpenCounter = Callable[..., CounterBench]

KEYS = {
    "F2": Qt.Key.Key_F2,
    "F3": Qt.Key.Key_F3,
    "F4": Qt.Key.Key_F4,
    "F5": Qt.Key.Key_F5,
    "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7,
    "F8": Qt.Key.Key_F8,
    "F9": Qt.Key.Key_F9,
    "F10": Qt.Key.Key_F10,
    "F11": Qt.Key.Key_F11,
    "Del": Qt.Key.Key_Delete,
}


def dialog(counter: CounterBench) -> Box:
    boxes = [box for box in counter.window.findChildren(Box) if box.isVisible()]
    assert len(boxes) == 1
    return boxes[0]


def press(counter: CounterBench, words: str) -> None:
    """Press the button of the open dialog that says `words`."""
    buttons = [each for each in dialog(counter).findChildren(Button) if words in each.text()]
    assert len(buttons) == 1, words
    buttons[0].click()


def choose(counter: CounterBench, row: int) -> None:
    view = counter.workspace.queue.side.waiting.view
    view.setCurrentIndex(view.model().index(row, 0))


@pytest.fixture
def open_counter(qtbot: QtBot, show: Show) -> OpenCounter:
    """A signed-in window: `open_counter(board)`, of a given size and contrast."""

    def open_it(
        board: CounterBoard,
        size: tuple[int, int] = (1366, 768),
        contrast: Contrast = "light",
        *,
        prints: bool = True,
    ) -> CounterBench:
        theme = Theme.for_window("counter", *size, contrast)
        counter = CounterBench(board, theme, prints=prints)
        show(counter.window, *size)
        counter.window.activateWindow()
        counter.sign_in()
        return counter

    return open_it
