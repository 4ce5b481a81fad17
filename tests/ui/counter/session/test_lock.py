"""A counter that nobody sits at is covered; nothing below the cover is lost, and nobody acts through it."""

from datetime import timedelta

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import KEYS, CounterBench, OpenCounter, dialog, sample_now
from tests.ui.counter.test_window import ByHand
from tests.ui.shown import press_key, theme_of, tick
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.ui.counter.session.lock import IdleWatch, LockPage
from ult_desktop.ui.kit import dialogs

CTRL = Qt.KeyboardModifier.ControlModifier


def pass_time(counter: CounterBench, minutes: float) -> None:
    counter.later += timedelta(minutes=minutes)
    tick(counter.window)


def lock(counter: CounterBench, qtbot: QtBot) -> LockPage:
    press_key(counter.window, Qt.Key.Key_L, CTRL)
    return page_of(counter)


def page_of(counter: CounterBench) -> LockPage:
    page = counter.window.lock.page
    assert page is not None
    assert page.isVisible()
    assert not counter.workspace.isVisible()
    return page


def unlock(counter: CounterBench, qtbot: QtBot, password: str = "rahasia-kita") -> None:
    qtbot.keyClicks(page_of(counter).password, password)
    qtbot.keyClick(page_of(counter).password, Qt.Key.Key_Return)


def test_ten_minutes_without_a_hand_lock_it(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    pass_time(counter, 9.9)
    qtbot.mouseMove(counter.workspace)
    qtbot.keyClick(counter.window, Qt.Key.Key_Shift)
    pass_time(counter, 9.9)
    assert not counter.window.lock.is_on
    pass_time(counter, 0.1)
    page = page_of(counter)
    assert page.officer.text() == "Siti Rahmawati"
    assert page.password.hasFocus()


def test_a_key_that_is_a_shortcut_is_a_hand_too(open_counter: OpenCounter, qtbot: QtBot) -> None:
    """An officer who calls and serves by F2, F4 and F9 alone sits at the counter."""
    counter = open_counter(samples.board())
    pass_time(counter, 9.9)
    press_key(counter.window, Qt.Key.Key_F2)
    assert counter.link.asked  # F2 has called
    pass_time(counter, 9.9)
    assert not counter.window.lock.is_on


def test_a_hand_at_another_window_is_not_one_at_this_counter(open_counter: OpenCounter, qtbot: QtBot) -> None:
    """The survey on the second screen runs in the same program."""
    counter = open_counter(samples.board())
    survey = QLineEdit()
    qtbot.addWidget(survey)
    survey.show()
    survey.activateWindow()
    qtbot.waitUntil(survey.isActiveWindow)
    pass_time(counter, 9)
    for key in (Qt.Key.Key_A, Qt.Key.Key_B):
        press_key(survey, key)
    assert survey.text() == "ab"
    press_key(survey, Qt.Key.Key_L, CTRL)
    assert not counter.window.lock.is_on
    pass_time(counter, 1)
    assert counter.window.lock.is_on


@pytest.mark.parametrize(("minutes", "locks"), [(0, False), (1, True)])
def test_the_office_says_after_how_long_and_nought_is_never(
    open_counter: OpenCounter, minutes: int, locks: bool
) -> None:
    counter = open_counter(samples.board())
    heard: list[bool] = []
    watch = IdleWatch(counter.window.frame, lambda: sample_now() + counter.later, minutes)
    watch.idle.connect(lambda: heard.append(True))
    watch.check()
    watch.start()
    watch.start()
    counter.later -= timedelta(hours=5)
    watch.check()
    assert heard == []
    counter.later += timedelta(minutes=1)
    watch.check()
    assert bool(heard) is locks
    watch.stop()
    watch.stop()


@pytest.mark.parametrize("board", [samples.board(), samples.board(current=samples.serving())])
def test_while_locked_no_key_does_anything(
    open_counter: OpenCounter, qtbot: QtBot, board: CounterBoard
) -> None:
    counter = open_counter(board)
    lock(counter, qtbot)
    for key in (*KEYS.values(), Qt.Key.Key_Escape, Qt.Key.Key_Tab):
        qtbot.keyClick(counter.window, key)
    for key in (Qt.Key.Key_F, Qt.Key.Key_Z, Qt.Key.Key_L):
        qtbot.keyClick(counter.window, key, CTRL)
    assert counter.link.asked == []
    page_of(counter)


def test_the_visitor_stays_and_the_queue_goes_on(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    page = lock(counter, qtbot)
    waiting = len(samples.board().waiting)
    assert page.queue.text() == f"Loket 2 · A012 di loket ini · {waiting} menunggu"
    counter.link.show_board(samples.board())
    pass_time(counter, 0)
    assert page.queue.text() == f"Loket 2 · {waiting} menunggu"
    page_of(counter)
    unlock(counter, qtbot)
    assert counter.workspace.isVisible()
    assert counter.link.asked == []
    qtbot.keyClick(counter.window, KEYS["F2"])
    assert counter.link.asked == [commands.CallNext(counter=2)]


def test_what_was_typed_is_there_again(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    line = counter.workspace.queue.side.findChildren(QLineEdit)[0]
    line.setFocus()
    qtbot.keyClicks(line, "A01")
    lock(counter, qtbot)
    unlock(counter, qtbot)
    assert line.text() == "A01"
    assert line.hasFocus()


def test_a_dialog_is_hidden_with_its_words_and_comes_back(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    qtbot.keyClick(counter.window, KEYS["F7"])
    box = dialog(counter)
    box.remark.setText("cek SK")  # type: ignore[attr-defined]
    press_key(box, Qt.Key.Key_L, CTRL)
    page_of(counter)
    assert not box.isVisible()
    unlock(counter, qtbot)
    assert dialog(counter) is box
    assert box.isModal()
    assert box.remark.text() == "cek SK"  # type: ignore[attr-defined]


def test_a_dialog_that_opens_over_the_cover_waits_below_it(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    lock(counter, qtbot)
    theme = theme_of(counter.window)
    box = dialogs.tell(counter.window, theme, UserError("Kertas habis."))
    qtbot.waitUntil(lambda: not box.isVisible())
    gone = dialogs.tell(counter.window, theme, UserError("Sudah lewat."))
    qtbot.waitUntil(lambda: not gone.isVisible())
    gone.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(gone))
    unlock(counter, qtbot)
    assert dialog(counter) is box


def test_an_open_list_closes(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    qtbot.keyClick(counter.window, KEYS["F7"])
    (services, *_others) = dialog(counter).findChildren(QComboBox)
    services.showPopup()
    assert QApplication.activePopupWidget() is not None
    counter.window.lock.lock()
    assert QApplication.activePopupWidget() is None


def test_a_wrong_password_is_told_on_the_cover(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    page = lock(counter, qtbot)
    unlock(counter, qtbot, "tebakan")
    assert page.wrong.text() == "Nama atau kata sandi salah. Coba lagi."
    assert (page.password.text(), page.password.hasFocus()) == ("", True)
    counter.window.lock.lock()
    assert page.wrong.isVisible()
    unlock(counter, qtbot)
    assert not counter.window.lock.is_on


def test_enter_twice_asks_once(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    page = lock(counter, qtbot)
    asked: list[str] = []
    page.unlock_requested.disconnect()
    page.unlock_requested.connect(asked.append)
    unlock(counter, qtbot)
    unlock(counter, qtbot)
    assert asked == ["rahasia-kita"]
    assert not page.change_button.isEnabled()


def test_another_officer_takes_over_when_nobody_is_there(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    box = dialogs.tell(counter.window, theme_of(counter.window), UserError("Kertas habis."))
    counter.window.lock.lock()
    page_of(counter).change_button.click()
    qtbot.waitUntil(lambda: not shiboken6.isValid(box))
    assert counter.link.asked == [commands.LeaveCounter(counter=2)]
    assert counter.window.sign_in.isVisible()
    assert not counter.window.lock.is_on
    pass_time(counter, 60)
    press_key(counter.window, Qt.Key.Key_L, CTRL)
    assert counter.window.sign_in.isVisible()


def test_nobody_takes_over_with_a_visitor_there(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    page = lock(counter, qtbot)
    page.change_button.click()
    assert page.wrong.text() == (
        "A012 masih di loket ini. Buka kunci dulu, lalu selesaikan atau alihkan pengunjung itu."
    )
    assert counter.link.asked == []
    page_of(counter)


def test_what_cannot_be_read_is_told_on_the_cover(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    page = lock(counter, qtbot)
    counter.link.refused.emit(UserError("Berkas kantor dipindahkan."))
    assert page.wrong.text() == "Berkas kantor dipindahkan."
    assert counter.window.findChildren(QDialog) == []


def test_a_locked_window_closes_only_without_a_visitor(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    page, event = lock(counter, qtbot), ByHand()
    counter.window.closeEvent(event)
    assert not event.isAccepted()
    assert page.wrong.text().startswith("A012 masih di loket ini.")
    assert counter.window.findChildren(QDialog) == []
    counter.link.show_board(samples.board())
    assert counter.window.close()
    assert counter.link.asked == [commands.LeaveCounter(counter=2)]


def test_only_who_is_on_duty_has_something_to_lock(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    the_lock = counter.window.lock
    the_lock.refresh()
    the_lock.tell(UserError("Tidak terdengar."))
    counter.workspace.rail.leave.click()
    the_lock.lock()
    the_lock._change_officer()
    the_lock._on_unlocked(samples.SITI)
    assert not the_lock.is_on
    assert counter.window.sign_in.isVisible()


def test_locked_it_looks_sound(open_counter: OpenCounter, qtbot: QtBot, picture: Picture) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    lock(counter, qtbot)
    picture(counter.window, "counter-locked-1366x768")
    unlock(counter, qtbot, "tebakan")
    picture(counter.window, "counter-locked-wrong-1366x768")
    contrast = open_counter(samples.board(), (1920, 1080), "kontras")
    lock(contrast, qtbot)
    picture(contrast.window, "counter-locked-kontras-1920x1080")
