"""The grace: a visitor who began before a break or the closing may finish, one who begins later may not."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import MONDAY
from tests.ui.kiosk.stand import CALM, KioskBench
from tests.ui.kiosk.test_window import card, screen_of, touch
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen

LUNCH = OpeningStatus(state=Openness.BREAK, opens_at=MONDAY, week=samples.WEEK[2:])


@pytest.mark.parametrize("state", [Openness.BREAK, Openness.OUTSIDE_HOURS])
def test_a_visit_that_was_begun_ends_with_a_number(kiosk: KioskBench, state: Openness) -> None:
    shell = kiosk.window.shell
    kiosk.window.flow.go(KioskVisit().declares(PriorityReason.ELDERLY))
    kiosk.link.show_board(opening=OpeningStatus(state=state, opens_at=MONDAY))
    kiosk.link.changed.emit()
    assert screen_of(kiosk) is Screen.HELP
    assert shell.helps.page.isVisible()
    touch(shell.helps.page.go_on_button)
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.priority_issued())
    assert screen_of(kiosk) is Screen.TAKEN
    kiosk.window.end_visit()
    assert shell.notice.isVisible()


def test_who_has_not_begun_is_told_at_once(kiosk: KioskBench) -> None:
    kiosk.link.show_board(opening=LUNCH)
    assert kiosk.window.shell.page is kiosk.window.shell.notice
    assert kiosk.window.shell.notice.title.text().startswith("Istirahat sampai ")


@pytest.mark.parametrize("state", [Openness.PAUSED, Openness.HOLIDAY])
def test_a_pause_holds_for_everybody(kiosk: KioskBench, state: Openness) -> None:
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.GROUND))
    kiosk.link.show_board(opening=OpeningStatus(state=state, reason="Printer diperbaiki"))
    assert kiosk.window.shell.page is kiosk.window.shell.notice


def test_the_time_to_finish_ends(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=replace(CALM, finish=1))
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.GROUND))
    kiosk.link.show_board(opening=LUNCH)
    qtbot.waitUntil(lambda: kiosk.window.shell.page is kiosk.window.shell.notice)
