"""The number in the rail: beside the page's name, never over it."""

import pytest
from PySide6.QtGui import QFontMetrics

from tests.ui.conftest import Picture, Show
from ult_desktop.ui.counter.pages.nav_buttons import NavButton
from ult_desktop.ui.kit.theme import Theme

LOW = 182  # pixels that a rail with a scroll bar leaves at 1366x768


@pytest.fixture
def button(show: Show) -> NavButton:
    theme = Theme.for_window("counter", 1366, 768)
    made = NavButton(theme, "Pendampingan", "accessibility", "Ctrl+4")
    theme.apply(made)
    show(made, LOW, made.sizeHint().height())
    return made


@pytest.mark.parametrize(("count", "name"), [(0, "Pendampingan"), (1, "Pendampingan"), (128, "Pendampin…")])
def test_the_name_ends_before_the_number(button: NavButton, picture: Picture, count: int, name: str) -> None:
    button.show_count(count)
    assert button.shown_text() == name
    picture(button, f"counter-rel-tombol-{count}")
    left = button.iconSize().width() + 18  # border, padding and gap
    wide = QFontMetrics(button.font()).horizontalAdvance(name)
    assert not count or left + wide < button.badge_box().left()


def test_the_bold_name_of_the_page_in_sight_is_cut_sooner(button: NavButton, picture: Picture) -> None:
    button.show_count(12)
    plain = button.shown_text()
    button.setChecked(True)
    picture(button, "counter-rel-tombol-terpilih")
    assert len(button.shown_text()) <= len(plain)
    assert button.shown_text() != button.text()


def test_a_name_that_is_cut_stands_in_the_tool_tip(button: NavButton) -> None:
    assert button.toolTip() == "Ctrl+4"
    button.show_count(128)
    assert button.toolTip() == "Pendampingan · Ctrl+4 · 128 menunggu"
    assert button.accessibleName() == "Pendampingan, 128 menunggu"
    button.resize(300, button.height())
    assert button.toolTip() == "Ctrl+4 · 128 menunggu"
    assert button.shown_text() == "Pendampingan"
