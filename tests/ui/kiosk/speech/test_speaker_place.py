"""The loudspeaker takes nothing from any page: cards and keys are as large with it as without it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.samples import Size
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import LEAVES, area, settle, targets, visible
from tests.ui.shown import lock, theme_of
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen
from ult_desktop.ui.kit.theme import Theme

SIZES = (Size(1080, 1920), Size(768, 1366), Size(1366, 768), Size(1024, 768), Size(1024, 600))
WAYS = (Screen.HOME, Screen.GROUND, Screen.CODE, Screen.OPTIONS)
LARGE = View(text_size=1, low_reach=True)


@pytest.fixture
def stand() -> Iterator[KioskBench]:
    stand = bench(samples.board(), Theme("kiosk"))
    yield stand
    lock(stand.window, on=False)
    stand.window.close()


def test_the_usual_pages_lose_nothing(stand: KioskBench, show: Show, picture: Picture) -> None:
    for size in SIZES:
        show(stand.window, size.width, size.height)
        for screen in WAYS:
            stand.window.flow.go(KioskVisit().goes_to(screen))
            picture(stand.window, f"kiosk-pengeras-{screen.name.lower()}-{size}", sound=False)
            check(stand, screen.name)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("view", [View(), LARGE], ids=["plain", "large"])
def test_no_page_loses_anything(stand: KioskBench, show: Show, size: Size, view: View) -> None:
    show(stand.window, size.width, size.height)
    for shown in tour(stand):
        stand.window.flow.set_view(view)
        check(stand, shown.name)


def check(stand: KioskBench, page: str) -> None:
    shell = stand.window.shell
    shell.show_speech(on=False, possible=True)
    beside = places(stand)
    if shell.page is not shell.pin.built:
        assert shell.speaker.isVisible(), page
        assert_free(stand)
        tab, height = shell.speaker.geometry(), stand.window.height()
        assert tab.bottom() + 1 == height // 2
        assert tab.width() * tab.height() >= theme_of(stand.window).target ** 2 or tab.height() == height // 4
    shell.show_speech(on=False, possible=False)
    assert places(stand) == beside, page
    shell.show_speech(on=False, possible=True)


def places(stand: KioskBench) -> dict[int, QRect]:
    """Where everything stands but what is in the foot."""
    settle()
    shell = stand.window.shell
    seen = [each for each in targets(stand.window) if each is not shell.speaker]
    return {id(each): area(each, stand.window) for each in seen if not shell.foot.isAncestorOf(each)}


def assert_free(stand: KioskBench) -> None:
    """Nothing that is read or touched lies below the tab."""
    window, tab = stand.window, stand.window.shell.speaker
    for each in visible(window):
        if isinstance(each, LEAVES) and each is not tab:
            assert not area(each, window).intersects(tab.geometry()), each
