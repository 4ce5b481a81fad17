"""Dialogs say what they should, answer once, and work from the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.look import assert_sound, assert_targets, settle
from ult_desktop.base.errors import UserError
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.theme import Contrast, Face, Theme

ERROR = UserError(
    "Nomor A012 sudah dipanggil Loket 3.",
    safe="Antrean Anda tidak berubah dan semua nomor yang sudah diambil tetap berlaku.",
    todo="Panggil nomor berikutnya.",
)
OPTIONS = [("Loket 1 · Informasi", 1), ("Loket 2 · Tunjangan Profesi", 2)]


@pytest.fixture
def theme() -> Theme:
    return Theme("counter")


@pytest.fixture
def window(theme: Theme, show: Show) -> QWidget:
    window = QWidget()
    theme.apply(window)
    show(window, 1366, 768)
    window.activateWindow()
    return window


def button(box: QWidget, text: str) -> QPushButton:
    (found,) = [each for each in box.findChildren(QPushButton) if text in each.text()]
    return found


def words(box: QWidget) -> str:
    return " ".join(str(each.property("text")) for each in box.findChildren(QWidget))


def test_an_error_is_told_in_three_parts(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    answers: list[str] = []
    box = dialogs.tell(window, theme, ERROR, lambda: answers.append("read"))
    assert all(part in words(box) for part in (ERROR.what, ERROR.safe, ERROR.todo))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert answers == ["read"]


def test_escape_has_read_the_error_too(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    answers: list[str] = []
    box = dialogs.tell(window, theme, ERROR, lambda: answers.append("read"))
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert answers == ["read"]


@pytest.mark.parametrize(("key", "answers"), [(Qt.Key.Key_Return, ["closed"]), (Qt.Key.Key_Escape, [])])
def test_a_question_is_answered_by_enter_and_left_by_escape(
    key: Qt.Key, answers: list[str], window: QWidget, theme: Theme, qtbot: QtBot
) -> None:
    got: list[str] = []
    yes = ("Tutup loket", lambda: got.append("closed"))
    box = dialogs.ask(window, theme, "Tutup loket?", "Antrean tetap berjalan.", yes)
    qtbot.keyClick(box, key)
    assert got == answers


def test_the_way_back_does_nothing(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    got: list[str] = []
    yes = ("Tutup", lambda: got.append("closed"))
    box = dialogs.ask(window, theme, "Tutup loket?", "", yes, no="Jangan")
    with qtbot.waitSignal(box.destroyed):
        qtbot.mouseClick(button(box, "Jangan"), Qt.MouseButton.LeftButton)
    assert got == []


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_choice_by_digit_or_click(way: str, window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    got: list[object] = []
    box = dialogs.choose(window, theme, "Alihkan ke", OPTIONS, got.append)
    if way == "key":
        qtbot.keyClick(box, Qt.Key.Key_2)
    else:
        qtbot.mouseClick(button(box, "Loket 2"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: got == [2])


def test_a_choice_may_be_left(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    got: list[object] = []
    box = dialogs.choose(window, theme, "Alihkan ke", OPTIONS, got.append)
    qtbot.mouseClick(button(box, "Batal"), Qt.MouseButton.LeftButton)
    assert got == []


def test_text_is_asked_for_and_trimmed(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    got: list[str] = []
    yes = ("Jeda", lambda typed, _box: got.append(typed))
    box = dialogs.ask_text(window, theme, "Alasan jeda", "Terlihat di layar.", yes)
    (field,) = box.findChildren(QLineEdit)
    assert not button(box, "Jeda").isEnabled()
    qtbot.keyClicks(field, "  salat ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert got == ["salat"]
    assert (box.isVisible(), field.text()) == (True, "  salat ")
    box.close_saved()


def test_spaces_are_no_text(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    got: list[str] = []
    box = dialogs.ask_text(window, theme, "Alasan jeda", "", ("Jeda", lambda typed, _box: got.append(typed)))
    (field,) = box.findChildren(QLineEdit)
    qtbot.keyClicks(field, "   ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert got == []
    box.close()


def told(window: QWidget, theme: Theme) -> dialogs.Box:
    return dialogs.tell(window, theme, ERROR)


def asked(window: QWidget, theme: Theme) -> dialogs.Box:
    return dialogs.ask(window, theme, "Tutup hari ini?", "7 nomor masih menunggu.", ("Tutup", int))


def chosen(window: QWidget, theme: Theme) -> dialogs.Box:
    return dialogs.choose(window, theme, "Alihkan ke", OPTIONS, repr)


def asked_text(window: QWidget, theme: Theme) -> dialogs.Box:
    return dialogs.ask_text(
        window, theme, "Alasan jeda", "Terlihat di layar.", ("Jeda", lambda *_typed: None)
    )


@pytest.mark.parametrize("make", [told, asked, chosen, asked_text])
@pytest.mark.parametrize(
    ("face", "look", "size"),
    [("counter", "light", (1366, 768)), ("kiosk", "light", (1080, 1920)), ("kiosk", "kontras", (1024, 768))],
)
def test_dialogs_look_right(
    make: Callable[[QWidget, Theme], dialogs.Box],
    face: Face,
    look: Contrast,
    size: tuple[int, int],
    show: Show,
    picture: Picture,
) -> None:
    theme = Theme.for_window(face, *size, look)
    window = QWidget()
    theme.apply(window)
    show(window, *size)
    box = make(window, theme)
    picture(box, f"dialog-{make.__name__}-{face}-{look}-{size[0]}x{size[1]}")
    assert_targets(box, theme.target, theme.sizes.gap)
    assert box.width() <= size[0]
    assert box.height() <= size[1]
    box.close()


MANY_WORDS = "Nomor yang masih menunggu tetap berlaku besok, dan pengunjungnya diberi tahu. " * 40


@pytest.mark.parametrize("late", [False, True], ids=["at once", "later"])
def test_long_words_scroll_and_the_buttons_stay_in_sight(late: bool, show: Show) -> None:
    theme = Theme("counter")
    theme.set_text_size(130)
    window = QWidget()
    theme.apply(window)
    show(window, 1366, 728)
    box = dialogs.Box(window, theme, "Tutup hari ini?", ("circle-question-mark", "blue"))
    if not late:
        box.say(MANY_WORDS)
    yes = box.add_button("Tutup", "primary", int)
    box.open()
    settle()
    if late:
        low = box.height()
        box.say(MANY_WORDS)
        settle()
        assert box.height() > low
    assert_sound(box)
    assert box.height() <= window.height()
    assert box.frameGeometry().bottom() <= box.screen().availableGeometry().bottom()
    assert box.rect().contains(yes.geometry())
    (area,) = box.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    box.close()


def test_a_few_words_do_not_scroll(window: QWidget, theme: Theme) -> None:
    box = dialogs.tell(window, theme, ERROR)
    settle()
    (area,) = box.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    box.close()


def test_words_that_are_hidden_at_first_find_their_place(window: QWidget, theme: Theme) -> None:
    box = dialogs.Box(window, theme, "Buku tamu", ("circle-question-mark", "blue"))
    words = QLabel("Tamu ini pernah datang.")
    words.hide()
    box.words.addWidget(words)
    box.open()
    settle()
    (area,) = box.findChildren(QScrollArea)
    assert not area.isVisible()
    words.show()
    settle()
    assert words.isVisible()
    assert area.verticalScrollBar().maximum() == 0
    words.hide()
    settle()
    assert not area.isVisible()
    box.close()
