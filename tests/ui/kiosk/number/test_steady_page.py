"""While the page of a number changes, its slip stays whole and its buttons stay where they are."""

import pytest
from PySide6.QtCore import QRect

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import settle
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kit.theme import Theme

SIZES = [(1080, 1920), (1920, 1080), (1366, 768), (1024, 768), (576, 1024)]


def taken(show: Show, width: int, height: int) -> KioskBench:
    stand = bench(samples.board(), Theme.for_window("kiosk", width, height))
    show(stand.window, width, height)
    issued = samples.priority_issued()
    stand.link.office.alerts[issued.ticket.id] = samples.kiosk_alert()
    stand.window.flow.take(issued.ticket.service_id)
    stand.link.answer(issued)
    settle()
    return stand


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_slip_is_torn_at_one_height(show: Show, width: int, height: int) -> None:
    stand = taken(show, width, height)
    stand.spool.settle(PrintOutcome.PRINTED)
    settle()
    stand.link.office.alerts.clear()
    stand.window.shell.taken.show_care(None, staffed=True)  # the words below the tear become fewer: it moves
    settle()
    slip = stand.window.shell.taken.slip
    rim = QRect(slip.mapTo(stand.window, slip.rect().topLeft()), slip.size()).adjusted(0, 40, 0, -40)
    seen = stand.window.screen().grabWindow(stand.window.winId())  # only what was painted anew is new in it
    assert seen.copy(rim).toImage() == stand.window.grab(rim).toImage()
    stand.window.close()


@pytest.mark.parametrize("outcome", [PrintOutcome.PRINTED, PrintOutcome.FAILED])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_button_moves_under_the_finger(show: Show, width: int, height: int, outcome: PrintOutcome) -> None:
    stand = taken(show, width, height)
    page = stand.window.shell.taken
    assert not page.countdown.isVisible()
    before = page.book_button.geometry(), page.ready_button.geometry()
    stand.spool.settle(outcome, PrinterState.PAPER_OUT)
    settle()
    assert page.countdown.isVisible() is (outcome is PrintOutcome.PRINTED)
    assert (page.book_button.geometry(), page.ready_button.geometry()) == before
    stand.window.close()
