"""The last calls: how many stand large, and what becomes of the others."""

import pytest

from tests.ui.conftest import Show
from tests.ui.display import samples
from ult_desktop.ui.display.call_list import CallList
from ult_desktop.ui.theme import Theme


@pytest.fixture
def calls(show: Show) -> CallList:
    made = CallList(Theme("display"))
    show(made, 800, 800)
    return made


def labels(count: int) -> list[str]:
    return [f"A{100 - index}" for index in range(count)]


def called(count: int) -> tuple[samples.Call, ...]:
    return tuple(samples.call(100 - index, label, 1) for index, label in enumerate(labels(count)))


def small(calls: CallList) -> list[str]:
    return [chip.number.text() for chip in calls.chips.chips if chip.isVisible()]


def test_before_the_first_call_it_says_so(calls: CallList) -> None:
    assert calls.empty.isVisible()
    assert calls.shown == ()


def test_newest_on_top(calls: CallList) -> None:
    calls.show_calls(called(3))
    assert calls.shown == ("A100", "A99", "A98")
    assert not calls.empty.isVisible()
    tops = [card.y() for card in calls.cards if card.isVisible()]
    assert tops == sorted(tops)


def test_cards_keep_their_height_however_few_there_are(calls: CallList) -> None:
    calls.show_calls(called(1))
    alone = calls.cards[0].height()
    calls.show_calls(called(4))
    assert abs(calls.cards[0].height() - alone) <= 1


@pytest.mark.parametrize(("count", "large"), [(4, 4), (5, 3), (7, 3), (8, 2), (10, 2)])
def test_what_does_not_fit_stands_small_below(calls: CallList, count: int, large: int) -> None:
    calls.show_calls(called(count))
    assert list(calls.shown) == labels(count)[:large]
    assert small(calls) == labels(count)[large:]


def test_twelve_counters_show_the_ten_newest(calls: CallList) -> None:
    calls.show_calls(called(12))
    assert [*calls.shown, *small(calls)] == labels(10)


def test_priority_is_told_by_icon_and_word(calls: CallList) -> None:
    calls.show_calls((samples.call(2, "P003", priority=True), samples.call(1)))
    assert calls.cards[0].priority.text() == "Prioritas"
    assert calls.cards[0].priority.isVisible()
    assert not calls.cards[1].priority.isVisible()


def test_the_notice_comes_and_goes(calls: CallList) -> None:
    calls.show_notice("menyambung kembali…")
    assert calls.notice.isVisible()
    assert calls.rect().contains(calls.notice.geometry())
    calls.show_notice("")
    assert not calls.notice.isVisible()
