"""The bar of actions: the next step and two more, the rest behind “Lainnya”, and what is beside a row."""

from datetime import timedelta
from itertools import permutations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.counter import samples
from tests.ui.counter.conftest import CounterBench, OpenCounter, choose, dialog
from tests.ui.shown import tick
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.core.queue.ticket import Ticket


def further(counter: CounterBench) -> list[str]:
    """Return the entries behind “Lainnya” now; it is closed again."""
    counter.workspace.queue.action_bar.more_button.click()
    box = dialog(counter)
    words = [button.text() for button in box.keys.values()]
    box.reject()
    return words


def test_without_a_printer_reprint_is_not_offered(open_counter: OpenCounter) -> None:
    board = samples.board(current=samples.serving())
    assert further(open_counter(board)) == ["1  Tunda  (F6)", "2  Cetak ulang  (Ctrl+P)"]
    assert further(open_counter(board, prints=False)) == ["1  Tunda  (F6)"]


@pytest.mark.parametrize(
    ("board", "shown", "behind"),
    [
        (samples.board(), ["call_next", "walk_in"], ["Panggil tanpa alat"]),
        (
            samples.board(current=samples.called()),
            ["arrive", "recall", "no_show"],
            ["Panggil tanpa alat", "Tunda"],
        ),
        (
            samples.board(current=samples.serving()),
            ["finish", "answer", "transfer"],
            ["Tunda", "Cetak ulang"],
        ),
    ],
)
def test_the_next_step_and_two_more_are_in_sight(
    open_counter: OpenCounter, board: CounterBoard, shown: list[str], behind: list[str]
) -> None:
    counter = open_counter(board)
    bar = counter.workspace.queue.action_bar
    assert [name for name, button in bar.buttons.items() if button.isVisible()] == shown
    places = {button.y() for button in bar.buttons.values() if button.isVisible()} | {bar.more_button.y()}
    assert places == {0}, "they stand in one line at every state"
    assert [words for words in behind if not any(words in each for each in further(counter))] == []


def test_an_action_without_a_key_is_offered_by_its_words_alone(open_counter: OpenCounter) -> None:
    words = further(open_counter(samples.board(current=samples.called())))
    assert words[-1] == f"{len(words)}  Karcis tidak cocok"


def test_between_two_steps_the_bar_asks_for_no_more_room_than_one_of_them(open_counter: OpenCounter) -> None:
    steps = [samples.board(current=current) for current in (None, samples.called(), samples.serving())]
    counter = open_counter(steps[0])
    bar, asked = counter.workspace.queue.action_bar, list[int]()

    class Watch(QObject):
        """Asks as a layout around the bar may at any moment."""

        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
                asked.append(bar.minimumSizeHint().width())
            return super().eventFilter(watched, event)

    watch = Watch()
    for button in bar.buttons.values():
        button.installEventFilter(watch)
    rooms = []
    for board in [board for pair in permutations(steps, 2) for board in pair]:
        counter.link.show_board(board)
        rooms.append(bar.minimumSizeHint().width())
    assert asked, "the steps have buttons of their own"
    assert max(asked) <= max(rooms) <= bar.width()


def test_what_is_behind_is_done_by_its_digit(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.called()))
    counter.workspace.queue.action_bar.more_button.click()
    qtbot.keyClick(dialog(counter), Qt.Key.Key_2)
    assert counter.link.asked == [commands.Hold(ticket_id=1012)]


def test_the_second_half_of_a_double_click_does_nothing(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    buttons = counter.workspace.queue.action_bar.buttons
    qtbot.mouseClick(buttons["call_next"], Qt.MouseButton.LeftButton)
    counter.link.show_board(samples.board(current=samples.called()))
    qtbot.mouseDClick(buttons["arrive"], Qt.MouseButton.LeftButton)
    assert counter.link.asked == [commands.CallNext(counter=2)]


@pytest.mark.parametrize(
    ("ticket", "seconds", "main"),
    [
        (samples.called(), 19, "arrive"),
        (samples.called(), 20, "recall"),
        (samples.called(3), 19, "arrive"),
        (samples.called(3), 20, "no_show"),
        (samples.called(priority=True), 39, "arrive"),
        (samples.called(priority=True), 40, "recall"),
    ],
)
def test_a_visitor_is_given_the_time_to_walk(
    open_counter: OpenCounter, ticket: Ticket, seconds: int, main: str
) -> None:
    counter = open_counter(samples.board(current=ticket, last_call_at=samples.NOW))
    counter.later = timedelta(seconds=seconds)
    tick(counter.window)
    buttons = counter.workspace.queue.action_bar.buttons
    assert [name for name, button in buttons.items() if button.property("role") == "primary"] == [main]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_1, commands.Hold(ticket_id=1012, reason="Melengkapi berkas", away=True)),
        (Qt.Key.Key_3, commands.Hold(ticket_id=1012, reason="Menunggu back office")),
    ],
)
def test_who_is_served_is_set_aside_for_a_reason(
    open_counter: OpenCounter, qtbot: QtBot, key: Qt.Key, wanted: commands.Hold
) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    qtbot.keyClick(counter.window, Qt.Key.Key_F6)
    qtbot.keyClick(dialog(counter), key)
    assert counter.link.asked == [wanted]


def test_a_row_is_set_aside_beside_it_while_another_is_served(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    hold, cancel = counter.workspace.queue.side.waiting.further_buttons
    assert not hold.isEnabled()
    choose(counter, 1)
    hold.click()
    assert counter.link.asked == [commands.Hold(ticket_id=samples.waiting()[1].id)]
    cancel.click()
    assert samples.waiting()[1].label in dialog(counter).title.text()
    dialog(counter).reject()
