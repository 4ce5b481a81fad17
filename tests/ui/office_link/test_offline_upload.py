"""Numbers given alone are handed in once the share is there: one run at a time, nothing forgotten."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from ult_desktop.base.errors import UserError
from ult_desktop.ui.office_link.offline_upload import OfflineUpload


class Hand:
    """Runs that end when the test says so."""

    def __init__(self) -> None:
        self.there = True
        self.runs: list[tuple[Callable[[object], None], Callable[[UserError], None]]] = []
        self.done = 0
        self.handing = OfflineUpload(
            lambda then, failed: self.runs.append((then, failed)), lambda: self.there
        )
        self.handing.done.connect(self._count)

    def _count(self) -> None:
        self.done += 1


@pytest.fixture
def hand(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setattr("ult_desktop.ui.office_link.offline_upload.RETRY_MS", 20)
    made = Hand()
    yield made
    made.handing.stop()


def test_nothing_is_sent_while_nothing_is_owed_or_nobody_is_there(hand: Hand) -> None:
    hand.handing.start()
    hand.there = False
    hand.handing.add_pending()
    hand.handing.start()
    assert hand.runs == []
    hand.there = True
    hand.handing.start()
    assert len(hand.runs) == 1


def test_one_run_at_a_time_and_what_came_meanwhile_follows(hand: Hand) -> None:
    hand.handing.add_pending()
    hand.handing.start()
    hand.handing.add_pending()
    hand.handing.start()
    assert len(hand.runs) == 1
    hand.runs[0][0](None)
    assert len(hand.runs) == 2, "by itself"
    assert hand.handing.owes
    hand.runs[1][0](None)
    assert (hand.done, hand.handing.owes, len(hand.runs)) == (2, False, 2)


def test_a_run_that_failed_is_tried_again(hand: Hand, qtbot: QtBot) -> None:
    hand.handing.add_pending()
    hand.handing.start()
    hand.runs[0][1](UserError("Sambungan terputus."))
    hand.handing.start()
    assert len(hand.runs) == 1, "after a pause"
    qtbot.waitUntil(lambda: len(hand.runs) == 2)
