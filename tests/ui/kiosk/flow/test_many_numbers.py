"""Many numbers within a minute at one kiosk: one kind question, one notice, and a number for everybody."""

from collections.abc import Callable

import pytest

from tests.ui.kiosk import samples
from tests.ui.kiosk.scenes import CUT
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import card, screen_of, touch
from ult_desktop.core.care.commands import NoteManyNumbers
from ult_desktop.core.queue.rates import MANY_NUMBERS
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen

Pass = Callable[[int], None]
_FOR_ME, _FOR_A_GROUP = 0, 1


@pytest.fixture
def let_pass(kiosk: KioskBench) -> Pass:
    """Let seconds pass; without it none do."""
    now = [1000.0]
    kiosk.window.flow._codes.given_numbers._seconds = lambda: now[0]

    def later(seconds: int) -> None:
        now[0] += seconds

    return later


def take(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    kiosk.window.end_visit()


def crowd(kiosk: KioskBench) -> None:
    for _each in range(MANY_NUMBERS.times):
        take(kiosk)


def notices(kiosk: KioskBench) -> int:
    return sum(isinstance(each.ask, NoteManyNumbers) for each in kiosk.link.requests)


def answer(kiosk: KioskBench, place: int) -> None:
    touch(kiosk.window.shell.choice.page.grid.cards[place])


def test_one_visitor_is_asked_and_reception_is_told_once(kiosk: KioskBench, let_pass: Pass) -> None:
    crowd(kiosk)
    assert notices(kiosk) == 0
    touch(card(kiosk, 0))
    assert (screen_of(kiosk), notices(kiosk)) == (Screen.WHOSE, 1)
    assert kiosk.window.shell.head.title.text() == "Nomor ini untuk siapa?"
    asked = len(kiosk.link.asked)
    answer(kiosk, _FOR_ME)
    assert len(kiosk.link.asked) == asked + 1
    kiosk.link.answer(samples.issued())
    assert screen_of(kiosk) is Screen.TAKEN
    kiosk.window.end_visit()
    crowd(kiosk)
    assert notices(kiosk) == 1
    let_pass(5 * 60)
    crowd(kiosk)
    touch(card(kiosk, 0))
    assert (screen_of(kiosk), notices(kiosk)) == (Screen.WHOSE, 2)


def test_a_school_is_not_asked_again(kiosk: KioskBench, let_pass: Pass) -> None:
    crowd(kiosk)
    touch(card(kiosk, 0))
    answer(kiosk, _FOR_A_GROUP)
    kiosk.link.answer(samples.issued())
    kiosk.window.end_visit()
    for _minutes in range(5):
        let_pass(5 * 60)
        crowd(kiosk)
    assert notices(kiosk) == 1


@pytest.mark.usefixtures("let_pass")
def test_whoever_goes_back_or_away_took_nothing(kiosk: KioskBench) -> None:
    crowd(kiosk)
    asked = len(kiosk.link.asked)
    touch(card(kiosk, 0))
    touch(kiosk.window.shell.foot.back_button)
    assert (screen_of(kiosk), len(kiosk.link.asked)) == (Screen.HOME, asked)
    assert kiosk.window.flow.scene.visit.is_at_start
    take(kiosk)
    assert len(kiosk.link.asked) == asked + 1


def test_an_even_stream_is_not_many(kiosk: KioskBench, let_pass: Pass) -> None:
    for _each in range(3 * MANY_NUMBERS.times):
        take(kiosk)
        let_pass(MANY_NUMBERS.seconds // (MANY_NUMBERS.times - 1))
    assert notices(kiosk) == 0


@pytest.mark.usefixtures("let_pass")
def test_a_priority_visitor_is_not_asked(kiosk: KioskBench) -> None:
    crowd(kiosk)
    kiosk.window.flow.go(KioskVisit().declares(PriorityReason.ELDERLY).wants(()))
    asked = len(kiosk.link.asked)
    touch(card(kiosk, 0))
    assert (notices(kiosk), len(kiosk.link.asked)) == (0, asked + 1)


@pytest.mark.usefixtures("let_pass")
def test_a_notice_that_reaches_nobody_is_no_trouble_for_the_visitor(kiosk: KioskBench) -> None:
    crowd(kiosk)
    touch(card(kiosk, 0))
    kiosk.link.answer_last(CUT)
    assert screen_of(kiosk) is Screen.WHOSE
