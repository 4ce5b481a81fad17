"""A message comes, offers the way back, and goes by itself."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.look import assert_sound
from ult_desktop.base import i18n
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.toast import Toast


@pytest.fixture
def window(show: Show) -> QWidget:
    """A page above a banner and a foot."""
    window, theme = QWidget(), Theme("counter")
    column = Column(theme, window)
    column.addWidget(QWidget(), 1)
    for name in ("banner", "foot"):
        part = QFrame()
        part.setObjectName(name)
        part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        Column(theme, part).addWidget(QLabel(name))
        column.addWidget(part)
    theme.apply(window)
    show(window, 800, 600)
    return window


def part(window: QWidget, name: str) -> QWidget:
    found = window.findChild(QFrame, name)
    assert isinstance(found, QWidget)
    return found


@pytest.fixture
def toast(window: QWidget) -> Toast:
    return Toast(Theme("counter"), window, part(window, "foot"))


def test_it_stands_at_the_foot_and_goes_by_itself(window: QWidget, toast: Toast, qtbot: QtBot) -> None:
    toast.show_message("A012 selesai.", stays_ms=30)
    assert toast.isVisible()
    assert not toast.undo_button.isVisible()
    assert toast.geometry().bottom() < 600
    assert toast.geometry().top() > 400
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_it_covers_the_foot_alone(window: QWidget, toast: Toast, qtbot: QtBot) -> None:
    """A way back stands for long: what the bars above the foot say is read meanwhile."""
    banner, foot = part(window, "banner"), part(window, "foot")
    low = foot.height()
    toast.show_message("A012 selesai.", undo=list)
    toast.show_message("Sambungan terputus. " * 12)
    qtbot.waitUntil(lambda: foot.geometry().contains(toast.geometry()))
    assert foot.height() > low
    assert not banner.geometry().intersects(toast.geometry())
    toast.dismiss()
    toast.end_undo()
    qtbot.waitUntil(lambda: foot.height() == low)


def test_there_is_a_way_back(window: QWidget, toast: Toast, qtbot: QtBot) -> None:
    done: list[str] = []
    toast.show_message("A012 selesai.", undo=partial(done.append, "back"))
    qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
    toast.take_back()
    assert done == ["back"], "once"


def test_what_else_is_at_hand_has_a_button_of_its_own(window: QWidget, toast: Toast, qtbot: QtBot) -> None:
    done: list[str] = []
    offers = [("Cetak bukti", partial(done.append, "printed"))]
    toast.show_message("A012 selesai.")
    words = "Diteruskan ke Back Office. Pengunjung pulang."
    toast.show_message(words, undo=partial(done.append, "back"), offers=offers)
    assert_sound(window)
    qtbot.mouseClick(toast.offers[0], Qt.MouseButton.LeftButton)
    assert (done, toast.label.text()) == (["printed"], words), "the way back stands"
    toast.end_undo()
    toast.show_message("A012 selesai.")
    assert toast.offers == []
    toast.dismiss()


def test_a_long_message_breaks_into_lines(window: QWidget, toast: Toast) -> None:
    toast.show_message("Nomor A012 dialihkan ke Loket 2 untuk Tunjangan Profesi. " * 4, undo=toast.dismiss)
    assert_sound(window)
    assert toast.width() < 800
    toast.end_undo()


def test_it_follows_its_window(window: QWidget, toast: Toast, qtbot: QtBot) -> None:
    toast.show_message("A012 selesai.", undo=toast.dismiss)
    window.resize(500, 400)
    qtbot.waitUntil(lambda: toast.geometry().bottom() < 400)
    assert_sound(window)
    toast.end_undo()


def test_the_way_back_speaks_the_language_in_force(window: QWidget, toast: Toast) -> None:
    i18n.use_language("en")
    toast.show_message("A012 done.", undo=toast.dismiss)
    assert toast.undo_button.text() == i18n._("Urungkan")
    toast.end_undo()


def test_a_click_takes_it_away(toast: Toast, qtbot: QtBot) -> None:
    toast.show_message("A012 selesai.")
    qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_the_way_back_stands_under_what_is_said_after_it(window: QWidget, toast: Toast, qtbot: QtBot) -> None:
    toast.show_message("A012 dialihkan ke Dapodik.", undo=toast.dismiss)
    toast.show_message("Belum ada pengunjung di loket ini.", stays_ms=30)
    assert toast.label.text() == "Belum ada pengunjung di loket ini.\nA012 dialihkan ke Dapodik."
    assert_sound(window)
    assert toast.undo_button.isVisible()
    qtbot.waitUntil(lambda: toast.label.text() == "A012 dialihkan ke Dapodik.")
    toast.show_message("A012: hasilnya tersedia.", undo=toast.dismiss)
    assert toast.label.text() == "A012: hasilnya tersedia.", "the last act comes first"
    qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
