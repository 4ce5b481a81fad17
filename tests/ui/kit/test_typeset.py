"""Text made to fit: it wraps, shrinks, and is cut last."""

import math

import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from pytestqt.qtbot import QtBot

from ult_desktop.ui.display.panels import FitText
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.typeset import TABULAR, fit, ruler, sans

CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@pytest.mark.parametrize("text", ["1111 menit", "Layanan Terpadu", "", "AVAVA"])
def test_a_ruler_measures_as_qt_does(text: str) -> None:
    """Whatever was measured before: fonts of one size differ by weight and figures."""
    fonts = [
        sans(size, weight, tabular=wide)
        for size in (22, 38)
        for weight in (400, 700)
        for wide in (True, False)
    ]
    told = [(ruler(font).horizontalAdvance(text), ruler(font).height) for font in (*fonts, *fonts)]
    truth = [(QFontMetrics(font).horizontalAdvance(text), QFontMetrics(font).height()) for font in fonts]
    assert told == truth * 2


def test_text_that_fits_keeps_its_size() -> None:
    words = fit("Loket 2", sans(40), QSizeF(400, 60))
    assert (words.rows, words.font.pixelSize(), words.elided) == (("Loket 2",), 40, False)


def test_text_wraps_before_it_shrinks() -> None:
    words = fit("Permohonan Informasi Publik", sans(40), QSizeF(360, 110), rows=2)
    assert words.rows == ("Permohonan", "Informasi Publik")
    assert words.font.pixelSize() == 40


def test_text_shrinks_before_it_is_cut() -> None:
    words = fit("Permohonan Informasi", sans(40), QSizeF(340, 60))
    assert words.rows == ("Permohonan Informasi",)
    assert 24 <= words.font.pixelSize() < 40
    assert words.size.width() <= 340


def test_what_never_fits_ends_in_an_ellipsis_and_says_so() -> None:
    words = fit("Legalisasi Ijazah dan Surat Keterangan", sans(40), QSizeF(150, 60))
    assert words.elided
    assert words.rows[-1].endswith("…")


def test_a_word_that_never_fits_takes_one_row() -> None:
    one, two = (fit("Pertanggungjawaban", sans(40), QSizeF(150, 120), rows=rows) for rows in (1, 2))
    assert two.rows == one.rows
    assert two.elided


@pytest.mark.parametrize("pixels", [40, 300])
def test_tight_text_is_drawn_inside_its_height(pixels: int) -> None:
    words = fit("A012", sans(pixels, 800), QSizeF(2000, 2000), tight=True)
    width, height = (math.ceil(side) for side in words.size.toTuple())
    image = QImage(width, height + 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    words.draw(painter, QRectF(image.rect()), QColor("white"), CENTRE)
    painter.end()
    lit = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).lightness() > 128 for x in range(image.width()))
    ]
    assert lit[0] >= 20, "round figures reach over the others and are not cut"
    assert lit[-1] < 20 + height
    assert len(lit) >= height * 0.93


def test_no_text_takes_no_height() -> None:
    assert fit("", sans(40), QSizeF(100, 100)).size.height() == 0


def test_a_hyphen_is_no_wider_than_in_words(qtbot: QtBot) -> None:
    title = FitText(Theme("display"), 40)
    qtbot.addWidget(title)
    title.set_text("Baik-baik")
    title.resize(900, 60)
    assert title.fitted.font.featureValue(QFont.Tag(TABULAR)) == 0
    title.set_text("08.00-16.00")
    assert title.fitted.font.featureValue(QFont.Tag(TABULAR)) == 1
