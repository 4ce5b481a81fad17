"""Typing at the kiosk: keys under the finger, a real keyboard, a scanner."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import bench
from tests.ui.kiosk.test_window import touch
from tests.ui.look import area, assert_sound, settle
from ult_desktop.ui.kiosk.typing.keyboard import Keys
from ult_desktop.ui.kiosk.typing.scanner import BURST_MS
from ult_desktop.ui.kiosk.typing.typing_page import Typing, TypingPage
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit
from ult_desktop.ui.kit.theme import Theme

NAME = Typing("name", "Siapa nama Anda?", verb="Lanjut", place=(1, 7))


@pytest.fixture
def page(show: Show) -> TypingPage:
    theme = Theme.for_window("kiosk", 1080, 1920)
    page = TypingPage(theme)
    theme.apply(page)
    show(page, 1080, 1920)
    page.ask(NAME)
    page.setFocus()
    return page


def press(page: TypingPage, text: str) -> None:
    for character in text:
        grid = next(each for each in page.keyboard._grids if not each.isHidden())
        touch(page.keyboard.space if character == " " else grid.key(character))


def test_words_begin_with_a_capital(page: TypingPage) -> None:
    press(page, "dedi k")
    assert page.text == "Dedi K"
    assert page.keyboard.letters.key("a").text() == "a"
    touch(page.keyboard.delete)
    assert page.text == "Dedi "
    assert page.keyboard.letters.key("a").text() == "A"


def test_capitals_can_be_held(page: TypingPage) -> None:
    touch(page.keyboard.shift)
    press(page, "smpn")
    touch(page.keyboard.shift)
    press(page, " satu")
    assert page.text == "SMPN Satu"


def test_signs_and_back_to_the_letters(page: TypingPage) -> None:
    press(page, "a")
    touch(page.keyboard.turn)
    press(page, "1&")
    touch(page.keyboard.turn)
    press(page, "b")
    assert page.text == "A1&b"


def test_a_needed_answer_is_waited_for_and_an_optional_one_skipped(page: TypingPage, qtbot: QtBot) -> None:
    touch(page.go_on_button)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert not page.go_on_button.isEnabled()
    page.ask(Typing("phone", "Telepon?", verb="Lanjut", skip="Lewati", keys=Keys.DIGITS))
    assert page.go_on_button.text() == "Lewati"
    press(page, "0812")
    assert page.go_on_button.text() == "Lanjut"
    with qtbot.waitSignal(page.entered) as entered:
        touch(page.go_on_button)
    assert entered.args == ["0812"]


def test_the_same_question_in_another_language_keeps_what_is_typed(page: TypingPage) -> None:
    press(page, "dedi")
    page.ask(Typing("name", "What is your name?", verb="Continue"))
    assert page.text == "Dedi"
    page.ask(Typing("institution", "Instansi?", verb="Lanjut", text="SMPN 1"))
    assert page.text == "SMPN 1"
    page.forget()
    assert page.text == ""


def test_there_is_an_end_to_a_text(page: TypingPage) -> None:
    page.ask(Typing("short", "?", longest=3))
    press(page, " abcd")
    assert page.text == "Abc"


def test_a_real_keyboard_types_as_it_is(page: TypingPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page, "Ani O'Neil")
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    QTest.keyClick(page, Qt.Key.Key_F5)
    assert page.text == "Ani O'Nei"
    with qtbot.waitSignal(page.entered) as entered:
        QTest.keyClick(page, Qt.Key.Key_Enter)
    assert entered.args == ["Ani O'Nei"]


def test_no_key_beside_the_letters_leaves_the_page(page: TypingPage) -> None:
    """The way back is in the foot: whoever looks for the key to delete does not lose the visit."""
    keys = [key for key in page.keyboard.findChildren(QAbstractButton) if key.isVisible()]
    assert all(key.text() or key in (page.keyboard.shift, page.keyboard.delete) for key in keys)
    assert page.keyboard.shift.text() != page.keyboard.turn.text()
    touch(page.keyboard.turn)
    assert page.keyboard.turn.text() == "ABC"


def test_a_scanned_code_stands_alone(page: TypingPage, qtbot: QtBot) -> None:
    page.ask(Typing("code", "Kode?", verb="Lanjut", keys=Keys.CODE))
    press(page, "A0")
    with qtbot.waitSignal(page.entered) as entered:
        QTest.keyClicks(page, "K7QF3M9T2ABC")
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert entered.args == ["K7QF3M9T2ABC"]


def test_a_code_that_fingers_type_is_no_scan(
    page: TypingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.kiosk.typing.scanner.BURST_MS", BURST_MS)
    page.ask(Typing("code", "Kode?", verb="Lanjut", keys=Keys.CODE))
    QTest.keyClicks(page, "A0")
    qtbot.wait(BURST_MS + 20)
    QTest.keyClicks(page, "12")
    with qtbot.waitSignal(page.entered) as entered:
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert entered.args == ["A012"]


def test_a_wide_screen_has_the_keys_of_a_typewriter(page: TypingPage) -> None:
    page.resize(1920, 1080)
    QCoreApplication.processEvents()
    assert [key.text() for key in page.keyboard.letters.keys[:6]] == list("QWERTY")


def test_a_long_trouble_must_fit(page: TypingPage) -> None:
    assert page.line.fits()
    page.ask(Typing("name", "?", trouble="Kode ini tidak kami kenal. " * 12))
    assert not page.line.fits()


def test_a_small_upright_kiosk_has_room_for_each_word_and_for_the_sound(show: Show) -> None:
    theme = Theme.for_window("kiosk", 576, 1024)
    window = bench(samples.board(), theme).window
    show(window, 576, 1024)
    window.flow.go(KioskVisit().asks_code(CodePurpose.ANY))
    page, tab = window.shell.code.page, window.shell.speaker
    for keys, skip in ((Keys.WORDS, ""), (Keys.DIGITS, "Lewati"), (Keys.CODE, "")):
        page.ask(Typing(keys, "Siapa nama Anda?", verb="Lanjut", skip=skip, keys=keys))
        settle()
        assert_sound(window)
        assert not area(page.line, window).intersects(area(tab, window))
    assert window.shell.foot.back_button.text() == "Kembali"
    window.close()
