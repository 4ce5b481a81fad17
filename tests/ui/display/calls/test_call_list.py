"""The last calls: how many stand large, and what becomes of the others."""

import pytest

from tests.ui.conftest import Show
from tests.ui.display import samples
from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.call_list import CallList
from ult_desktop.ui.display.words import StateWords
from ult_desktop.ui.kit.theme import Theme


@pytest.fixture
def calls(show: Show) -> CallList:
    made = CallList(Theme("display"))
    show(made, 800, 800)
    return made


def labels(count: int) -> list[str]:
    return [f"A{100 - index}" for index in range(count)]


def called(count: int) -> tuple[Call, ...]:
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


SIT = StateWords("armchair", "Silakan duduk", (), keeps_room=False)
NOON = StateWords("coffee", "Istirahat sampai 13.00", ("Nomor Anda tetap berlaku.",))


def test_what_few_calls_leave_free_tells_what_to_do(calls: CallList) -> None:
    calls.show_calls(called(1), state=SIT)
    assert calls.empty.isVisible()
    assert calls.empty.words.text() == "Silakan duduk"
    assert calls.empty.y() > calls.cards[0].geometry().bottom()
    calls.show_calls(called(3))
    assert not calls.empty.isVisible()


@pytest.mark.parametrize("count", [0, 1, 4, 12])
def test_a_break_is_told_however_many_calls_there_are(calls: CallList, count: int) -> None:
    calls.show_calls(called(count), range(1, 101), NOON)
    assert calls.empty.isVisible()
    shown = [*(card for card in calls.cards if card.isVisible()), calls.chips]
    assert not [
        each for each in shown if each.isVisible() and each.geometry().intersects(calls.empty.geometry())
    ]
    assert len(calls.shown) + len(small(calls)) == min(count, 9)


def test_cards_keep_their_height_however_few_there_are(calls: CallList) -> None:
    calls.show_calls(called(1))
    alone = calls.cards[0].height()
    calls.show_calls(called(4))
    assert abs(calls.cards[0].height() - alone) <= 1


def test_visitors_still_expected_stand_small_below(calls: CallList) -> None:
    calls.show_calls(called(7), at_counters=range(1, 101))
    assert list(calls.shown) == labels(3)
    assert small(calls) == labels(7)[3:]


def test_who_is_done_makes_room_for_no_one_small(calls: CallList) -> None:
    calls.show_calls(called(12))
    assert list(calls.shown) == labels(4)
    assert small(calls) == []


def test_only_who_is_still_expected_stands_out_as_called_now(calls: CallList) -> None:
    calls.show_calls(called(2), at_counters=[100, 99])
    assert [card.called_now for card in calls.cards[:2]] == [True, False]
    calls.show_calls(called(2), at_counters=[99])
    assert not calls.cards[0].called_now


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
