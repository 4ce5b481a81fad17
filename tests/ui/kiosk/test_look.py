"""Every page at every size, in both languages and every way a visitor may want it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.samples import SIZES, Size
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import Bench, bench
from tests.ui.look import area, assert_sound, assert_targets, targets
from ult_desktop.config import Kiosk, StationConfig
from ult_desktop.i18n import use_language
from ult_desktop.ui.kiosk.view_options import View
from ult_desktop.ui.theme import Theme


@dataclass(frozen=True)
class Manner:
    """A language and the display settings; those with `shot` leave pictures."""

    language: str
    view: View
    shot: str = ""


MANNERS = {
    "id": Manner("id", View(), "id"),
    "en": Manner("en", View()),
    "id-large": Manner("id", View(large_text=True)),
    "en-large-kontras": Manner("en", View(large_text=True, high_contrast=True), "en-large-kontras"),
    "id-low": Manner("id", View(low_reach=True), "id-low"),
    "id-large-low": Manner("id", View(large_text=True, low_reach=True)),
    "en-large-low": Manner("en", View(large_text=True, low_reach=True)),
}


@pytest.fixture(params=SIZES, ids=str)
def size(request: pytest.FixtureRequest) -> Size:
    chosen: Size = request.param
    return chosen


@pytest.fixture(params=MANNERS.values(), ids=list(MANNERS))
def manner(request: pytest.FixtureRequest) -> Manner:
    chosen: Manner = request.param
    return chosen


@pytest.fixture
def kiosk(size: Size, manner: Manner, show: Show) -> Iterator[Bench]:
    theme = Theme.for_window("kiosk", size.width, size.height)
    config = StationConfig(language="en" if manner.language == "en" else "id", kiosk=Kiosk())
    stand = bench(samples.board(), theme, config=config)
    show(stand.window, size.width, size.height)
    stand.window.flow.set_view(manner.view)
    yield stand
    stand.window.close()


def test_every_page_is_sound(kiosk: Bench, size: Size, manner: Manner, picture: Picture) -> None:
    for shown in tour(kiosk):
        use_language(manner.language)
        _settle()
        if manner.shot:
            picture(kiosk.window, f"kiosk-{shown.name}-{size}-{manner.shot}", sound=False)
        try:
            assert_sound(kiosk.window)
            assert_targets(kiosk.window, 96, 16)
            if manner.view.low_reach and shown.low and not (shown.typed and size.height < 1000):
                _assert_low(kiosk)
        except AssertionError as fault:
            raise AssertionError(f"page {shown.name}: {fault}") from fault


def _settle() -> None:
    """Layouts inside layouts need a turn each."""
    for _turn in range(3):
        QCoreApplication.processEvents()


def _assert_low(kiosk: Bench) -> None:
    half = kiosk.window.height() // 2
    high = [each for each in targets(kiosk.window) if area(each, kiosk.window).top() < half]
    assert not high, f"out of low reach: {high}"
