"""Every page of the survey at every size, in both languages and every way a visitor may want it."""

import math
from collections.abc import Iterator

import pytest

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.kiosk.surveys import run, start
from tests.ui.kiosk.test_look import MANNERS, Manner, _assert_low, is_for_the_night, is_no_key, is_no_tab
from tests.ui.kiosk.test_window import touch_window
from tests.ui.look import assert_sound, assert_targets, settle
from ult_desktop.base.config import StationConfig
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.survey.survey_page import SurveyRun
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen
from ult_desktop.ui.kit.theme import Theme

EVERY = 13  # questions
# The most choices, the longest question, the longest answers, the end.
LOOKED_AT = {4: "produk", 6: "perilaku", 8: "pengaduan", 9: "jenis-kelamin", 11: "pendidikan", EVERY: "saran"}


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
    config = StationConfig(language="en" if manner.language == "en" else "id")
    stand = bench(samples.board(), theme, config=config)
    show(stand.window, size.width, size.height)
    stand.window.flow.set_view(manner.view)
    use_language(manner.language)
    yield stand
    stand.window.close()


def test_every_page_is_sound(kiosk: KioskBench, manner: Manner, picture: Picture) -> None:
    here = SurveyRun(start())
    for step in range(EVERY + 1):
        if step in LOOKED_AT:
            kiosk.window.flow.go(KioskVisit().surveys(here))
            settle()
            if manner.shot:
                picture(kiosk.window, f"kiosk-survei-{LOOKED_AT[step]}-{manner}", sound=False)
            _assert_good(kiosk, manner, step)
        here = here.with_answer(1)


def _assert_good(kiosk: KioskBench, manner: Manner, step: int) -> None:
    try:
        assert_sound(kiosk.window)
        target, gap = math.floor(20 * manner.density), math.floor(3 * manner.density)
        assert_targets(kiosk.window, target, gap, among=lambda each: is_no_key(each) and is_no_tab(each))
        assert_targets(kiosk.window, target * 3 // 4, gap // 2, among=is_no_tab)
        if manner.view.low_reach and step < EVERY:
            _assert_low(kiosk)
    except AssertionError as fault:
        raise AssertionError(f"step {step}: {fault}") from fault


def test_the_last_words_are_sound(kiosk: KioskBench, manner: Manner, picture: Picture) -> None:
    for screen in (Screen.SURVEY_SENDING, Screen.SURVEY_DONE):
        kiosk.window.flow.go(KioskVisit().surveys(run(9)).goes_to(screen))
        settle()
        assert_sound(kiosk.window)
    if manner.shot:
        picture(kiosk.window, f"kiosk-survei-terima-kasih-{manner}", sound=False)


def test_no_answer_looks_chosen_before_it_is(show: Show) -> None:
    """Neither by the edge that a hidden button hands on, nor by a second touch of the same finger."""
    theme = Theme.for_window("kiosk", 1080, 1920)
    stand = bench(samples.board(), theme, KioskTimes(deaf=60_000))
    show(stand.window, 1080, 1920)
    stand.window.flow.go(KioskVisit().surveys(run(8)))
    stand.window.shell.foot.back_button.setFocus()
    stand.window.survey._answer(3)
    settle()
    survey = stand.window.shell.survey.page
    assert not any(card.hasFocus() for card in survey.grid.cards)
    touch_window(survey.grid.cards[3])
    here = stand.window.flow.scene.visit.survey
    assert here is not None
    assert (here.step, here.profile) == (9, ())
    stand.window.close()
