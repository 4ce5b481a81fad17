"""The foot gives way on a narrow screen without moving what stands above it to and fro."""

import msgspec
import pytest

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import assert_sound, settle
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kit.theme import Theme


@pytest.mark.slow
def test_a_tight_foot_comes_to_rest(set_up: SetUp) -> None:
    kiosk = set_up(samples.big_board())
    kiosk.window.resize(1024, 768)
    kiosk.window.flow.set_view(View(text_size=1))
    foot = kiosk.window.shell.foot
    for shown in tour(kiosk):
        if foot.isVisible():
            assert foot._needed_width() <= foot.width(), shown.name


# By the size of the text: the pages of six services, and of eight.
PAGES = {0: (1, 2), 1: (1, 2), 2: (2, 2)}


def low_kiosk(show: Show, language: str, services: int) -> KioskBench:
    """An upright screen of 21.5 inches."""
    theme = Theme.for_window("kiosk", 1080, 1920)
    theme.set_density(4.034)
    board = msgspec.structs.replace(samples.board(), lines=samples.board().lines[:services])
    config = StationConfig(language="en" if language == "en" else "id", kiosk=KioskConfig())
    kiosk = bench(board, theme, config=config)
    show(kiosk.window, 1080, 1920)
    return kiosk


@pytest.mark.parametrize("services", [6, 8])
@pytest.mark.parametrize("text_size", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_low_reach_the_foot_takes_what_stands_under_the_cards(
    show: Show, picture: Picture, language: str, text_size: int, services: int
) -> None:
    """The cards have its room, and the way to priority stays: six stand on one page in large text."""
    kiosk = low_kiosk(show, language, services)
    shell = kiosk.window.shell
    kiosk.window.flow.set_view(View(text_size=text_size, low_reach=True))
    settle()
    picture(kiosk.window, f"kiosk-rendah-{services}-{language}-text{text_size + 1}", sound=False)
    assert_sound(kiosk.window)
    assert shell.home.grid.pages == PAGES[text_size][services > 6]
    assert shell.foot.bar.isVisible()
    assert not shell.home.bar.isVisible()
    kiosk.window.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_nothing_costs_is_said_in_two_lines(show: Show, language: str) -> None:
    kiosk = low_kiosk(show, language, 8)
    settle()
    words = kiosk.window.shell.foot.no_fee
    assert words.isVisible()
    assert words.heightForWidth(words.width()) <= 2 * words.fontMetrics().lineSpacing() + 2
    kiosk.window.close()


@pytest.mark.slow
@pytest.mark.parametrize("services", [6, 8])
@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_the_keys_to_leaf_are_there_where_there_is_more(show: Show, language: str, services: int) -> None:
    """Whatever was chosen before: another foot makes other cards, and they another foot."""
    kiosk = low_kiosk(show, language, services)
    shell = kiosk.window.shell
    for step, low in ((0, True), (1, False), (1, True), (2, True), (0, True), (3, False), (2, False)):
        kiosk.window.flow.set_view(View(text_size=step, low_reach=low))
        settle()
        assert shell.foot.pager.isVisible() == (shell.home.grid.pages > 1)
        assert shell.foot.pager.isVisible() is not shell.foot.pager.isHidden()
    kiosk.window.close()


@pytest.mark.slow
@pytest.mark.parametrize("text_size", [0, 1, 2])
@pytest.mark.parametrize("language", ["id", "en"])
def test_on_a_small_screen_the_place_stays_longer_than_a_second_key(
    show: Show, picture: Picture, language: str, text_size: int
) -> None:
    config = StationConfig(language="en" if language == "en" else "id", kiosk=KioskConfig())
    board = msgspec.structs.replace(samples.board(), lines=(*samples.lines(), *samples.lines()))
    kiosk = bench(board, Theme.for_window("kiosk", 800, 480), config=config)
    show(kiosk.window, 800, 480)
    kiosk.window.flow.set_view(View(text_size=text_size))
    settle()
    picture(kiosk.window, f"kiosk-800x480-{language}-text{text_size + 1}")
    foot = kiosk.window.shell.foot
    assert foot.pager.after_button.isVisible() == (kiosk.window.shell.home.grid.pages > 1)
    assert foot.pager.place.isVisible() or not foot.pager.before_button.isVisible()
    kiosk.window.close()
