"""The row of actions: the next act, two more, and “Lainnya”; what only shows is an icon."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.look import assert_sound, assert_targets, settle
from ult_desktop.ui.kit.detail import ActionsRow, DetailAction
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Theme

WORDS = (
    "Tetapkan hasil",
    "Tulis jawaban",
    "Teruskan",
    "Sampaikan jawaban",
    "Tutup permohonan",
    "Bank jawaban",
)


@pytest.fixture
def row(show: Show) -> Iterator[ActionsRow]:
    theme = Theme.for_window("counter", 1280, 720)
    window, made = QWidget(), ActionsRow(theme)
    window.setProperty("kind", "page")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch()
    theme.apply(window)
    show(window, 1280, 720)
    window.activateWindow()
    yield made
    window.close()


def acts(done: list[str], first: str, *, closed: str = "", eye: bool = False) -> list[DetailAction]:
    made = [
        DetailAction(
            each,
            each,
            "check",
            partial(done.append, each),
            "primary" if each == first else "",
            "Belum waktunya." if each == closed else "",
        )
        for each in WORDS
    ]
    show = DetailAction("contact", "Tampilkan kontak", "eye", lambda: done.append("contact"), is_aside=True)
    return [*made, *([show] if eye else [])]


def standing(row: ActionsRow) -> list[str]:
    """The words in sight, from left to right."""
    shown = [each for each in (*row.buttons.values(), row.more_button) if each.isVisible()]
    return [each.text() or each.accessibleName() for each in sorted(shown, key=lambda each: each.x())]


def box(row: ActionsRow) -> Box:
    (found,) = (each for each in row.window().findChildren(Box) if each.isVisible())
    return found


def test_the_next_act_comes_first_and_two_more(row: ActionsRow, picture: Picture) -> None:
    row.show_actions(acts([], "Sampaikan jawaban", eye=True))
    picture(row.window(), "counter-tindakan")
    assert standing(row) == [
        "Sampaikan jawaban",
        "Tetapkan hasil",
        "Tulis jawaban",
        "Lainnya …",
        "Tampilkan kontak",
    ]
    assert_sound(row.window())
    assert_targets(row.window(), 36)


def test_what_cannot_be_done_now_makes_room(row: ActionsRow) -> None:
    row.show_actions(acts([], "Teruskan", closed="Tetapkan hasil"))
    assert standing(row) == ["Teruskan", "Tulis jawaban", "Sampaikan jawaban", "Lainnya …"]
    row.more_button.click()
    assert not box(row).keys["3"].isEnabled()
    assert box(row).keys["3"].toolTip() == "Belum waktunya."
    box(row).close()


def test_what_would_be_alone_behind_the_rest_stands_in_sight(row: ActionsRow) -> None:
    row.show_actions(acts([], "Tulis jawaban")[:4])
    assert standing(row) == ["Tulis jawaban", "Tetapkan hasil", "Teruskan", "Sampaikan jawaban"]


def test_the_rest_is_done_by_its_digit(row: ActionsRow, qtbot: QtBot) -> None:
    done: list[str] = []
    row.show_actions(acts(done, "Tetapkan hasil", eye=True))
    row.more_button.click()
    qtbot.keyClick(box(row), Qt.Key.Key_2)
    row.buttons["contact"].click()
    assert done == ["Tutup permohonan", "contact"]


def test_an_act_that_is_gone_by_then_does_nothing(row: ActionsRow, qtbot: QtBot) -> None:
    done: list[str] = []
    row.show_actions(acts(done, "Tetapkan hasil"))
    row.more_button.click()
    row.show_actions(acts(done, "Tetapkan hasil")[:3])
    qtbot.keyClick(box(row), Qt.Key.Key_1)
    assert done == []


def test_the_keyboard_goes_to_the_next_act_when_its_own_is_out_of_sight(row: ActionsRow) -> None:
    row.show_actions(acts([], "Tetapkan hasil"))
    row.buttons["Teruskan"].setFocus()
    row.show_actions(acts([], "Bank jawaban"))
    assert row.buttons["Bank jawaban"].hasFocus()


def test_many_stand_in_columns(row: ActionsRow, qtbot: QtBot, picture: Picture) -> None:
    many = [DetailAction(f"{n}", f"Yang ke-{n} untuk tamu ini", "", lambda: None) for n in range(22)]
    done: list[str] = []
    end = DetailAction("end", "Akhiri kunjungan", "", lambda: done.append("end"), "danger")
    row.show_actions([*many, end])
    row.more_button.click()
    settle()
    assert_sound(box(row))
    assert box(row).height() < 720
    marked = [key for key, button in box(row).keys.items() if button.property("ends")]
    assert marked == ["k"], "what ends the visit is told from the rest, and has a key too"
    picture(row.window(), "counter-tindakan-lain")
    qtbot.keyClick(box(row), Qt.Key.Key_K)
    assert done == ["end"]
