"""Every page at every size, in both languages and every way a visitor may want it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from typing_extensions import override

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.samples import Size
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import area, assert_sound, assert_targets, settle, targets, visible
from tests.ui.shown import theme_of
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.kiosk.frame.shell import SpeakerTab
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.guest_book.book import ReviewPage
from ult_desktop.ui.kiosk.number.taken_page import BigNumber
from ult_desktop.ui.kiosk.parts.card_grid import ServiceCard
from ult_desktop.ui.kiosk.parts.card_plan import InfoCorner, corner_font
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kiosk.typing.keyboard import KeyGrid
from ult_desktop.ui.kit.theme import VISITOR_TEXT_SIZES, Theme
from ult_desktop.ui.kit.widgets import Pill


@dataclass(frozen=True)
class Manner:
    """A screen, a language and the display settings; those with `shot` leave pictures."""

    size: Size
    inches: float
    language: str
    view: View
    shot: bool = False

    @override
    def __str__(self) -> str:
        view = self.view
        told = ((view.high_contrast, "kontras"), (view.low_reach, "low"))
        words = (str(self.size), self.language, f"text{view.text_size + 1}")
        return "-".join((*words, *(word for true, word in told if true)))

    @property
    def traits(self) -> tuple[object, ...]:
        view = self.view
        return (self.size, self.language, view.text_size, view.high_contrast, view.low_reach)

    @property
    def density(self) -> float:
        return math.hypot(self.size.width, self.size.height) / (self.inches * 25.4)


SCREENS = (
    *((Size(1080, 1920), 21.5), (Size(1920, 1080), 21.5), (Size(1024, 768), 15.0)),
    *((Size(1366, 768), 15.6), (Size(1280, 1024), 17.0), (Size(1920, 1080), 15.0)),
)


def manners() -> Iterator[Manner]:
    """Each screen in each text size, and any other two traits meet in each of their ways."""
    for (place, (size, inches)), step in product(enumerate(SCREENS), range(len(VISITOR_TEXT_SIZES))):
        language = ("id", "en")[(place + step) % 2]
        view = View(step, bool((place + step // 2) % 2), (step in (1, 2)) is (place % 2 == 0))
        yield Manner(size, inches, language, view, shot=True)


MANNERS = tuple(manners())


def is_for_the_night(manner: Manner) -> bool:
    """By day each screen is looked at in one size of text, and each size on one screen at least."""
    place = SCREENS.index((manner.size, manner.inches))
    return manner.view.text_size != (3, 1, 2, 3, 0, 3)[place]


@pytest.fixture(
    params=[
        pytest.param(each, marks=pytest.mark.slow_night if is_for_the_night(each) else ()) for each in MANNERS
    ],
    ids=lambda each: f"{each}-{each.inches}",
)
def manner(request: pytest.FixtureRequest) -> Manner:
    chosen: Manner = request.param
    return chosen


@pytest.fixture
def kiosk(manner: Manner, show: Show) -> Iterator[KioskBench]:
    size = manner.size
    theme = Theme.for_window("kiosk", size.width, size.height)
    theme.set_density(manner.density)
    config = StationConfig(language="en" if manner.language == "en" else "id", kiosk=KioskConfig())
    stand = bench(samples.board(), theme, config=config)
    show(stand.window, size.width, size.height)
    stand.window.flow.set_view(manner.view)
    yield stand
    stand.window.close()


def test_any_two_traits_meet() -> None:
    """So that what is left out is a meeting of three."""
    for one, other in combinations(range(len(MANNERS[0].traits)), 2):
        met = {(manner.traits[one], manner.traits[other]) for manner in MANNERS}
        ways = product({first for first, _ in met}, {second for _, second in met})
        assert met == set(ways)
    assert all({manner.traits[place] for manner in MANNERS} == {False, True} for place in (3, 4))


def test_every_page_is_sound(kiosk: KioskBench, manner: Manner, picture: Picture) -> None:
    target, gap = math.floor(20 * manner.density), math.floor(3 * manner.density)
    for shown in tour(kiosk):
        use_language(manner.language)
        settle()
        if manner.shot:
            picture(kiosk.window, f"kiosk-{shown.name}-{manner}", sound=False)
        try:
            assert_sound(kiosk.window)
            assert_targets(kiosk.window, target, gap, among=lambda each: is_no_key(each) and is_no_tab(each))
            assert_targets(kiosk.window, target * 3 // 4, gap // 2, among=is_no_tab)
            assert not list(cut_texts(kiosk.window))
            assert not list(small_texts(kiosk.window, 4.9 * manner.density, 3.5 * manner.density))
            assert not list(slits(kiosk.window))
            if manner.view.low_reach and shown.low and not (shown.typed and manner.size.height < 1100):
                _assert_low(kiosk)
        except AssertionError as fault:
            raise AssertionError(f"page {shown.name}: {fault}") from fault


def cut_texts(window: QWidget) -> Iterator[str]:
    """Return the texts that end in "…" on the screen though their words go on."""
    for each in visible(window):
        is_cut = getattr(each, "is_cut", None)
        if callable(is_cut) and is_cut():
            yield f"{type(each).__name__} {getattr(each, 'text', lambda: '')()!r}"


def small_texts(window: QWidget, least: float, fine: float) -> Iterator[str]:
    """Return the texts with capitals below `least` pixels, or `fine` where nobody has to read them."""
    for each in visible(window):
        for words, font, needless in _texts(each):
            high, wanted = QFontMetricsF(font).capHeight(), fine if needless else least
            if high < wanted - 0.01 and any(symbol.isalnum() for symbol in words):
                yield f"{words!r} has capitals of {high:.1f} px, not {wanted:.1f}"


def _texts(widget: QWidget) -> Iterator[tuple[str, QFont, bool]]:
    """The words of it, their font, and whether they are said elsewhere as well."""
    if isinstance(widget, ServiceCard):
        plan = widget.plan
        assert plan is not None
        for block in (plan.title, plan.detail, plan.status):
            said = block is plan.detail and widget._face.info
            yield " ".join(block.lines), block.font, said
    elif isinstance(widget, InfoCorner):
        yield widget.accessibleName(), corner_font(theme_of(widget)), False
    elif isinstance(widget, BigNumber | Pill):
        yield widget.text(), widget.text_font(), False
    elif isinstance(widget, QLabel | QAbstractButton) and widget.text():
        yield widget.text(), widget.font(), widget.property("type") == "fine"


def slits(window: QWidget) -> Iterator[str]:
    """Words that roll through less than three lines, or that are cut in the middle of one."""
    for each in visible(window):
        if isinstance(each, Rolling) and each.verticalScrollBar().maximum() > 0:
            line, edge = QFontMetricsF(theme_of(each).font("body")).lineSpacing(), each.viewport().height()
            if each.height() < 3 * line - 1:
                yield f"words roll through {each.height()} px"
            beside = isinstance(each.parentWidget(), ReviewPage)  # two columns have no edge in common
            if not beside and any(top < edge < end for top, end in each._lines()):
                yield f"a line is cut at {edge} px"


def is_no_key(target: QWidget) -> bool:
    """Return whether a target is no key of a keyboard: those are closer together, as everybody is used to."""
    return not isinstance(target.parentWidget(), KeyGrid)


def is_no_tab(target: QWidget) -> bool:
    """Return whether a target is no tab of the margin: it is as large as the others, but higher than wide."""
    return not isinstance(target, SpeakerTab)


def _assert_low(kiosk: KioskBench) -> None:
    half = kiosk.window.height() // 2
    touched = filter(is_no_tab, targets(kiosk.window))  # the tab ends in the middle
    high = [each for each in touched if area(each, kiosk.window).top() < half]
    assert not high, f"out of low reach: {high}"
