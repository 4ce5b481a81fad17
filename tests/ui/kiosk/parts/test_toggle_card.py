"""The square to tick grows with the letters, for the people who need both large."""

import math

import pytest

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import bench
from tests.ui.look import settle
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.parts.toggle_card import ToggleCard
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen
from ult_desktop.ui.kit.theme import Theme


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize(
    ("width", "height", "inches"), [(1080, 1920, 21.5), (1366, 768, 15.6), (1024, 768, 15.0)]
)
def test_the_square_grows_with_the_letters(
    show: Show, width: int, height: int, inches: float, step: int
) -> None:
    theme = Theme.for_window("kiosk", width, height)
    theme.set_density(math.hypot(width, height) / (inches * 25.4))
    stand = bench(samples.board(), theme)
    show(stand.window, width, height)
    stand.window.flow.set_view(View(text_size=step))
    stand.window.flow.go(KioskVisit().steps_aside(Screen.OPTIONS))
    settle()
    page = stand.window.shell.options.page
    for card in (page.contrast, page.low):
        assert isinstance(card, ToggleCard)
        assert min(card.tick.width(), card.tick.height()) >= max(44, theme.text("strong") * 1.3)
        assert card._picture.isVisible()  # half of the card is empty: there is room for it
        edge, shown = card.target_rect(), card._picture.mapTo(card, card._picture.rect().topLeft())
        assert shown.x() - edge.left() >= theme.px(20)
    stand.window.close()
