"""A label's lines end where people pause."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import Label


@pytest.mark.parametrize(
    ("words", "lines", "beside"),
    [
        ("Nomor Anda tetap berlaku. 58 menit lagi", "Nomor Anda tetap berlaku.\n58 menit lagi", " 58 m"),
        ("Silakan duduk. Lihat layar TV.", "Silakan duduk. Lihat\nlayar TV.", " layar"),
        ("Loket 1\nLihat layar TV.", "Loket 1\nLihat layar TV.", "Lihat layar TV."),
        ("Senin–Kamis", "Senin–Kamis", ""),
    ],
)
def test_a_number_keeps_its_word_and_no_short_word_is_alone(
    qtbot: QtBot, show: Show, words: str, lines: str, beside: str
) -> None:
    theme = Theme("kiosk")
    label, parted = Label(words, wrap=True), Label(lines)
    for each in (label, parted):
        theme.apply(each)
        qtbot.addWidget(each)
    label.ensurePolished()
    first = lines.partition("\n")[0]
    width = label.fontMetrics().horizontalAdvance(first + beside) + 1
    for each in (label, parted):
        show(each, width, 200)
    assert label.text() == words
    assert label.grab().toImage() == parted.grab().toImage()


def test_a_word_wider_than_the_label_is_still_drawn(qtbot: QtBot, show: Show) -> None:
    label, empty = Label("421.3/017/SMPN1/2026 ya", wrap=True), Label("", wrap=True)
    for each in (label, empty):
        show(each, label.fontMetrics().horizontalAdvance("421.3/017/SM"), 120)
    assert label.grab().toImage() != empty.grab().toImage()
