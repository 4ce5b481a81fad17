"""Every page at every size, in both languages and every way a visitor may want it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import pytest
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.samples import SIZES, Size
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import area, assert_sound, assert_targets, settle, targets
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.kiosk.frame.speaker_tab import SpeakerTab
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.typing.keyboard import KeyGrid
from ult_desktop.ui.kit.theme import Theme


@dataclass(frozen=True)
class Manner:
    """A size, a language and the display settings; those with `shot` leave pictures."""

    size: Size
    language: str
    view: View
    shot: bool = False

    @override
    def __str__(self) -> str:
        view = self.view
        told = ((view.large_text, "large"), (view.high_contrast, "kontras"), (view.low_reach, "low"))
        return "-".join((str(self.size), self.language, *(word for true, word in told if true)))

    @property
    def traits(self) -> tuple[object, ...]:
        view = self.view
        return (self.size, self.language, view.large_text, view.high_contrast, view.low_reach)


UPRIGHT, WIDE, SMALL = SIZES
# Any two traits meet in each of their ways.
PAIRWISE = (
    Manner(UPRIGHT, "id", View(), shot=True),
    Manner(UPRIGHT, "en", View(large_text=True, high_contrast=True, low_reach=True), shot=True),
    Manner(WIDE, "id", View(large_text=True, low_reach=True), shot=True),
    Manner(WIDE, "en", View(high_contrast=True)),
    Manner(SMALL, "id", View(high_contrast=True, low_reach=True), shot=True),
    Manner(SMALL, "en", View(large_text=True)),
)
# The tightest there are, and the plain small one for its pictures.
TIGHTEST = (
    Manner(SMALL, "id", View(), shot=True),
    Manner(SMALL, "id", View(large_text=True)),
    Manner(SMALL, "en", View(large_text=True, low_reach=True)),
    Manner(UPRIGHT, "id", View(large_text=True)),
)
MANNERS = (*PAIRWISE, *(pytest.param(each, marks=pytest.mark.slow, id=str(each)) for each in TIGHTEST))


@pytest.fixture(params=MANNERS, ids=str)
def manner(request: pytest.FixtureRequest) -> Manner:
    chosen: Manner = request.param
    return chosen


@pytest.fixture
def kiosk(manner: Manner, show: Show) -> Iterator[KioskBench]:
    size = manner.size
    theme = Theme.for_window("kiosk", size.width, size.height)
    config = StationConfig(language="en" if manner.language == "en" else "id", kiosk=KioskConfig())
    stand = bench(samples.board(), theme, config=config)
    show(stand.window, size.width, size.height)
    stand.window.flow.set_view(manner.view)
    yield stand
    stand.window.close()


def test_any_two_traits_meet() -> None:
    """So that what is left out is a meeting of three."""
    for one, other in combinations(range(len(PAIRWISE[0].traits)), 2):
        met = {(manner.traits[one], manner.traits[other]) for manner in PAIRWISE}
        ways = product({first for first, _ in met}, {second for _, second in met})
        assert met == set(ways)
    assert {manner.size for manner in PAIRWISE} == set(SIZES)
    assert all({manner.traits[place] for manner in PAIRWISE} >= {False, True} for place in (2, 3, 4))


def test_every_page_is_sound(kiosk: KioskBench, manner: Manner, picture: Picture) -> None:
    for shown in tour(kiosk):
        use_language(manner.language)
        settle()
        if manner.shot:
            picture(kiosk.window, f"kiosk-{shown.name}-{manner}", sound=False)
        try:
            assert_sound(kiosk.window)
            assert_targets(kiosk.window, 96, 16, among=lambda each: is_no_key(each) and is_no_tab(each))
            assert_targets(kiosk.window, 72, 8, among=is_no_tab)
            if manner.view.low_reach and shown.low and not (shown.typed and manner.size.height < 1000):
                _assert_low(kiosk)
        except AssertionError as fault:
            raise AssertionError(f"page {shown.name}: {fault}") from fault


def is_no_key(target: QWidget) -> bool:
    """Of a keyboard: those stand closer together, as everybody is used to."""
    return not isinstance(target.parentWidget(), KeyGrid)


def is_no_tab(target: QWidget) -> bool:
    """Of the margin: it is as large as the others, but higher than wide."""
    return not isinstance(target, SpeakerTab)


def _assert_low(kiosk: KioskBench) -> None:
    half = kiosk.window.height() // 2
    touched = filter(is_no_tab, targets(kiosk.window))  # the tab ends in the middle
    high = [each for each in touched if area(each, kiosk.window).top() < half]
    assert not high, f"out of low reach: {high}"
