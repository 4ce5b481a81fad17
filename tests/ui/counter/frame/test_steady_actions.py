"""Actions that are pressed all day stay where they were: banners come below the page."""

import pytest
from PySide6.QtCore import QPoint, QRect

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import CounterBench, OpenCounter
from tests.ui.look import settle
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import CounterBoard

BOARDS = {
    "call_next": samples.board(),
    "arrive": samples.board(current=samples.called()),
    "finish": samples.board(current=samples.serving()),
}


def place(counter: CounterBench, name: str) -> QRect:
    """Return the place of an action's button in the window."""
    button = counter.workspace.queue.action_bar.buttons[name]
    assert button.isVisible()
    return QRect(button.mapTo(counter.window, QPoint(0, 0)), button.size())


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_banners_move_no_action(open_counter: OpenCounter, picture: Picture, size: tuple[int, int]) -> None:
    counter = open_counter(samples.board(), size)
    workspace, tops = counter.workspace, set()

    def look() -> None:
        for name, board in BOARDS.items():
            show(counter, board)
            box = place(counter, name)
            tops.add(box.top())
            assert counter.window.rect().contains(box)

    look()
    workspace.absence.show()
    look()
    frame = counter.window.frame
    frame.toast.show_message("A012 dialihkan ke Dapodik.", undo=list)
    frame.toast.show_message("Belum ada pengunjung di loket ini.")
    look()
    line = QRect(workspace.absence.mapTo(frame, QPoint(0, 0)), workspace.absence.size())
    assert not frame.toast.geometry().intersects(line), "the way back covers no line"
    picture(counter.window, f"counter-urungkan-{size[0]}x{size[1]}", sound=False)
    frame.toast.dismiss()
    frame.toast.end_undo()
    counter.link.connect_as(Connection.OFFLINE)
    settle()
    assert all(bar.isVisible() for bar in (workspace.absence, counter.window.frame.banner))
    look()
    picture(counter.window, f"counter-dua-spanduk-{size[0]}x{size[1]}", sound=False)
    assert max(tops) - min(tops) <= 1, "F2, F4 and F9 stay where they are, to the rounding of a pixel"


def show(counter: CounterBench, board: CounterBoard) -> None:
    counter.link.show_board(board)
    settle()
