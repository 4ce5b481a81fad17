"""A counter that calls by itself: armed in an empty hall, or after each finished visit."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import CounterBench, OpenCounter, dialog
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import all_done
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.ui.counter.session.officer_session import OwnServing

NOBODY: dict[str, Any] = {"waiting": (), "missed": (), "held": ()}
CALL = commands.CallNext(counter=2)


@pytest.fixture
def armed(open_counter: OpenCounter, qtbot: QtBot) -> CounterBench:
    counter = open_counter(samples.board(**NOBODY))
    qtbot.keyClick(counter.window, Qt.Key.Key_F2)
    assert counter.link.asked == []
    return counter


def test_who_comes_into_an_empty_hall_is_called(armed: CounterBench, picture: Picture) -> None:
    queue = armed.workspace.queue
    assert queue.current.idle.title.text() == "Loket siap memanggil"
    assert queue.action_bar.buttons["call_next"].words() == "Jangan panggil"
    picture(armed.window, "counter-siap-memanggil")
    armed.link.show_board(samples.board())
    assert armed.link.asked == [CALL]
    armed.link.show_board(samples.board(current=samples.called()))
    armed.link.show_board(samples.board())
    assert armed.link.asked == [CALL], "once"


def test_f2_again_takes_it_back(armed: CounterBench, qtbot: QtBot) -> None:
    qtbot.keyClick(armed.window, Qt.Key.Key_F2)
    assert armed.workspace.queue.current.idle.title.text() == "Tidak ada yang menunggu"
    armed.link.show_board(samples.board())
    assert armed.link.asked == []


def test_another_counter_that_was_quicker_is_no_news(armed: CounterBench) -> None:
    armed.link.refusal = UserError("Tidak ada yang menunggu untuk loket ini.")
    armed.link.show_board(samples.board())
    assert armed.toast == ""
    armed.link.refusal = None
    armed.link.show_board(samples.board(**NOBODY))
    armed.link.show_board(samples.board(waiting=samples.waiting()[1:]))
    assert armed.link.asked == [CALL]


def test_a_paused_or_locked_counter_calls_nobody(armed: CounterBench, qtbot: QtBot) -> None:
    paused = samples.counter(2, state=CounterState.PAUSED)
    armed.link.show_board(samples.board(**NOBODY, mine=paused))
    armed.link.show_board(samples.board(**NOBODY))
    qtbot.keyClick(armed.window, Qt.Key.Key_F2)
    armed.window.lock.lock()
    armed.link.show_board(samples.board())
    assert CALL not in armed.link.asked


def test_finishing_calls_the_next_for_who_chose_that(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    counter.workspace.rail.own_settings.click()
    box: Any = dialog(counter)
    assert not box.calls_next.isChecked()
    box.calls_next.click()
    box.close()
    counter.link.waits = True
    for _press in range(2):
        qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    counter.link.office.board = samples.board()
    counter.link.answer()
    finished, called = counter.link.asked
    assert isinstance(finished, commands.Finish)
    assert called == CALL


def test_it_is_kept_for_one_officer(bench: Bench) -> None:
    OwnServing(bench.drafts, 7).choose(calls_next=True)
    mine, other = OwnServing(bench.drafts, 7), OwnServing(bench.drafts, 8)
    bench.wait(lambda: mine.calls_next and all_done(bench.drafts))
    assert not other.calls_next
