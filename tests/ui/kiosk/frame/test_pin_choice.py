"""A kiosk without a PIN asks for one: twice the same, and none that everybody tries."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.look import area, settle
from tests.ui.shown import theme_of
from ult_desktop.base.errors import UserError
from ult_desktop.ui.kiosk.frame.pin_page import PinChoice
from ult_desktop.ui.kit import Theme


@pytest.fixture
def page(qtbot: QtBot) -> PinChoice:
    made = PinChoice(Theme.for_window("kiosk", 1080, 1920))
    qtbot.addWidget(made)
    made.resize(1080, 1920)
    made.show()
    return made


def choose(page: PinChoice, pin: str) -> None:
    for digit in pin:
        page.keys[digit].click()
    page.go_on_button.click()


def test_the_same_pin_twice_is_taken(page: PinChoice, qtbot: QtBot, picture: Picture) -> None:
    picture(page, "kiosk-pilih-pin-1080x1920")
    choose(page, "1379")
    assert page.title.text() == "Ketik PIN itu sekali lagi"
    with qtbot.waitSignal(page.chosen) as chosen:
        choose(page, "1379")
    assert chosen.args == ["1379"]


def test_the_way_on_keeps_from_the_keys_on_a_low_screen(page: PinChoice) -> None:
    theme = theme_of(page)
    theme.set_density(3.78)
    page.resize(1366, 768)
    theme.fit(1366, 768)
    settle()
    above, below = area(page.delete_button, page), area(page.go_on_button, page)
    assert below.top() - above.bottom() > theme.gap


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("137",), "Pilih 4 sampai 8 angka."),
        (("4444",), "PIN ini mudah ditebak. Pilih PIN lain."),
        (("87654321",), "PIN ini mudah ditebak. Pilih PIN lain."),
        (("1379", "1397"), "Tidak sama. Pilih dari awal."),
    ],
)
def test_what_is_no_pin_is_told(page: PinChoice, qtbot: QtBot, typed: tuple[str, ...], words: str) -> None:
    with qtbot.assertNotEmitted(page.chosen):
        for each in typed:
            choose(page, each)
    assert page.words.text() == words


def test_from_the_keyboard_with_a_slip(page: PinChoice, qtbot: QtBot) -> None:
    QTest.keyClicks(page, "1380")
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    QTest.keyClicks(page, "79246813")
    assert page.dots.text().split() == ["●"] * 8, "not more than eight digits"
    QTest.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.chosen) as chosen:
        QTest.keyClicks(page, "13792468")
        QTest.keyClick(page, Qt.Key.Key_Enter)
    assert chosen.args == ["13792468"]


def test_what_cannot_be_kept_is_asked_for_again(page: PinChoice, qtbot: QtBot) -> None:
    choose(page, "1379")
    page.refuse(UserError("Berkas tidak dapat ditulis."))
    assert page.words.text() == "Berkas tidak dapat ditulis."
    with qtbot.waitSignal(page.given_up):
        QTest.keyClick(page, Qt.Key.Key_Escape)
