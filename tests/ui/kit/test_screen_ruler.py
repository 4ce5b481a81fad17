"""The millimetres of a screen, and the letters that follow from them."""

import math

import pytest
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QFontMetricsF

from ult_desktop.ui.kit.public_screen import LINE, UNKNOWN, pixels_per_mm
from ult_desktop.ui.kit.theme import VISITOR_TEXT_SIZES, Theme

CAPITALS_MM, FINE_MM, TARGET_MM, GAP_MM = 4.9, 3.5, 20, 3
INTER_CAPITALS = 0.727  # of the size of a letter


def sides(inches: float, pixels: QSize) -> QSizeF:
    """Return the sides of a screen of this diagonal, in millimetres."""
    mm = inches * 25.4 / math.hypot(pixels.width(), pixels.height())
    return QSizeF(pixels.width() * mm, pixels.height() * mm)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
@pytest.mark.parametrize("inches", [15.0, 21.5, 32.0])
@pytest.mark.parametrize("pixels", [QSize(1024, 768), QSize(1920, 1080), QSize(1080, 1920)], ids=str)
def test_capitals_and_targets_have_their_millimetres(pixels: QSize, inches: float, ratio: float) -> None:
    """However large the screen is and however much Windows enlarges."""
    size = QSize(round(pixels.width() / ratio), round(pixels.height() / ratio))
    theme = Theme.for_window("kiosk", size.width(), size.height())
    theme.set_density(pixels_per_mm(sides(inches, pixels), size, ratio))
    true = math.hypot(pixels.width(), pixels.height()) / ratio / (inches * 25.4)
    assert theme.density == pytest.approx(true, rel=0.01)
    assert theme.target / true > TARGET_MM * 0.99
    assert theme.gap / true > GAP_MM * 0.99
    theme.fit(size.width(), size.height())
    before = 0
    for step in range(len(VISITOR_TEXT_SIZES)):
        theme.set_text_step(step)
        heights = {name: QFontMetricsF(theme.font(name)).capHeight() / true for name in theme.sizes.text}
        assert heights.pop("fine") > FINE_MM * 0.99
        assert min(heights.values()) > CAPITALS_MM * 0.99
        assert theme.text("body") >= before
        before = theme.text("body")


def test_words_grow_to_twice_their_size_where_there_is_room() -> None:
    theme = Theme.for_window("kiosk", 1080, 1920)
    theme.set_density(4.03)
    theme.fit(1080, 1920)
    usual = theme.text("body")
    grown = []
    for step in range(len(VISITOR_TEXT_SIZES)):
        theme.set_text_step(step)
        grown.append(theme.text("body") / usual)
    assert grown == pytest.approx([1.0, 1.25, 1.5, 2.0], abs=0.02)


def test_a_small_screen_keeps_room_for_a_few_lines() -> None:
    theme = Theme.for_window("kiosk", 1920, 1080)
    theme.set_density(pixels_per_mm(sides(15, QSize(1920, 1080)), QSize(1920, 1080), 1.0))
    theme.fit(1920, 1080)
    theme.set_text_step(3)
    assert 1080 / theme.text("body") >= 18.5


@pytest.mark.parametrize("pixels", [QSize(1080, 1920), QSize(1920, 1080), QSize(1024, 768)], ids=str)
@pytest.mark.parametrize("inches", [0, 15.0, 21.5, 32.0])
def test_no_letter_is_smaller_than_it_is_drawn(pixels: QSize, inches: float) -> None:
    """On a large screen, and on one that does not tell how large it is."""
    theme = Theme.for_window("kiosk", pixels.width(), pixels.height())
    drawn = {name: theme.text(name) for name in theme.sizes.text}
    theme.fit(pixels.width(), pixels.height())
    theme.set_density(pixels_per_mm(sides(inches, pixels), pixels, 1.0) if inches else UNKNOWN)
    sizes = {name: theme.text(name) for name in theme.sizes.text}
    assert all(sizes[name] >= pixels for name, pixels in drawn.items())
    assert inches or sizes == drawn


@pytest.mark.parametrize(
    "told",
    [QSizeF(0, 0), QSizeF(160, 90), QSizeF(476, 0), QSizeF(476, 476), QSizeF(9000, 5000), QSizeF(-1, -1)],
    ids=str,
)
def test_what_cannot_be_is_not_believed(told: QSizeF) -> None:
    assert pixels_per_mm(told, QSize(1920, 1080), 1.0) == UNKNOWN


def test_a_turned_screen_may_tell_its_sides_as_before() -> None:
    told = sides(21.5, QSize(1920, 1080))
    assert pixels_per_mm(told, QSize(1080, 1920), 1.0) == pytest.approx(4.03, abs=0.01)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_ruler_is_believed_before_the_screen(ratio: float) -> None:
    """The line has the screen's own pixels: it is as long at every scaling."""
    size = QSize(round(1920 / ratio), round(1080 / ratio))
    assert pixels_per_mm(QSizeF(160, 90), size, ratio, line_mm=150) * ratio == pytest.approx(LINE / 150)
