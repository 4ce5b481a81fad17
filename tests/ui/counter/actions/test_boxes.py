"""The counter's dialogs: complete, readable, over the window that asked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import CounterBench, OpenCounter, press
from tests.ui.look import assert_targets
from tests.ui.written import LEAST, pale
from ult_desktop.base.i18n import use_language
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.ui.counter.actions.flows import TransferBox
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast


def choose(row: int) -> Callable[[CounterBench], None]:
    def choose_it(counter: CounterBench) -> None:
        waiting = counter.workspace.queue.side.waiting
        waiting.view.setCurrentIndex(waiting.model.index(row))
        waiting.button.click()

    return choose_it


def ask_for(name: str) -> Callable[[CounterBench], None]:
    return lambda counter: counter.workspace.action_requested.emit(name)


BOXES: list[tuple[str, CounterBoard, Callable[[CounterBench], None]]] = [
    ("alihkan", samples.board(current=samples.serving(sender_counter=1)), ask_for("transfer")),
    ("alihkan-panjang", samples.long_names(), ask_for("transfer")),
    ("tanpa-karcis", samples.board(), ask_for("walk_in")),
    ("tanpa-karcis-banyak", samples.board(services=samples.long_names().services), ask_for("walk_in")),
    ("batalkan", samples.board(current=samples.called()), ask_for("cancel")),
    ("karcis-tidak-cocok", samples.board(current=samples.called()), ask_for("mismatch")),
    ("jeda", samples.board(), ask_for("switch_counter")),
    (
        "tutup-hari",
        samples.board(current=samples.serving()),
        lambda c: c.workspace.day.close_day_button.click(),
    ),
    ("di-luar-urutan", samples.board(), choose(5)),
    ("keluar", samples.board(current=samples.serving()), lambda c: c.workspace.rail.leave.click()),
]


def open_box(counter: CounterBench, start: Callable[[CounterBench], None]) -> Box:
    """The one that `start` opens; it has room in the window."""
    start(counter)
    (box,) = counter.window.findChildren(Box)
    QCoreApplication.processEvents()
    assert box.width() <= counter.window.width()
    assert box.height() <= counter.window.height()
    return box


@pytest.mark.parametrize(
    ("size", "language", "contrast"), [((1366, 768), "id", "light"), ((1920, 1080), "en", "kontras")]
)
@pytest.mark.parametrize(("name", "board", "start"), BOXES, ids=[name for name, *_rest in BOXES])
def test_box(
    open_counter: OpenCounter,
    picture: Picture,
    name: str,
    board: CounterBoard,
    start: Callable[[CounterBench], None],
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
) -> None:
    use_language(language)
    counter = open_counter(board, size, contrast)
    box = open_box(counter, start)
    picture(box, f"counter-dialog-{name}-{size[0]}x{size[1]}-{language}-{contrast}")
    assert_targets(box, 36)
    assert pale(box, LEAST[contrast]) == []
    box.close()
    assert counter.link.asked == []


def test_a_ticket_that_does_not_fit_is_asked_for(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.called()))
    box = open_box(counter, ask_for("mismatch"))
    (line,) = box.findChildren(QLineEdit)
    line.setText("a7")
    press(counter, "Catat")
    assert counter.link.asked == [commands.NoteMismatch(counter=2, shown="a7")]


def test_a_visitor_of_the_only_service_is_offered_another_destination(open_counter: OpenCounter) -> None:
    ticket = samples.serving()
    only = tuple(each for each in samples.board().services if each.id == ticket.service_id)
    box = open_box(open_counter(samples.board(services=only, current=ticket)), ask_for("transfer"))
    assert isinstance(box, TransferBox)
    assert not box.to_service.isEnabled()
    assert box.command().to_counter is not None
