"""The foot gives way on a narrow screen without moving what stands above it to and fro."""

import pytest
from PySide6.QtCore import QCoreApplication

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import bench
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kit.theme import Theme


def test_a_tight_foot_comes_to_rest(set_up: SetUp) -> None:
    kiosk = set_up(samples.big_board())
    kiosk.window.resize(1024, 768)
    kiosk.window.flow.set_view(View(text_size=1))
    foot = kiosk.window.shell.foot
    for shown in tour(kiosk):
        if foot.isVisible():
            assert foot._needed() <= foot.width(), shown.name


@pytest.mark.parametrize(
    ("language", "text_size", "least"), [("id", 1, 4), ("en", 1, 4), ("id", 2, 3), ("en", 2, 4)]
)
def test_low_and_large_the_foot_takes_what_stands_under_the_cards(
    show: Show, language: str, text_size: int, least: int
) -> None:
    """An upright screen of 21.5 inches; its cards have the room, and the way to priority stays."""
    theme = Theme.for_window("kiosk", 1080, 1920)
    theme.set_density(4.034)
    kiosk = bench(samples.board(), theme, config=StationConfig(language=language, kiosk=KioskConfig()))
    show(kiosk.window, 1080, 1920)
    shell = kiosk.window.shell
    for view in (View(low_reach=True), View(text_size=text_size), View(text_size=text_size, low_reach=True)):
        kiosk.window.flow.set_view(view)
        QCoreApplication.processEvents()
        assert shell.foot.pager.isVisible() == (shell.home.grid.pages > 1)
    assert sum(card.isVisible() for card in shell.home.grid.cards) >= least
    assert shell.foot.bar.isVisible()
    assert not shell.home.bar.isVisible()
    kiosk.window.close()
