"""The next visitor finds again all that had no room in one visitor's large letters."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import settle, visible
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen
from ult_desktop.ui.kit.theme import Theme

SIZES = [(1080, 1920), (1920, 1080), (1366, 768)]
VISITS = {
    "home": KioskVisit(),
    "info": KioskVisit().asks_about(2),
    "help": KioskVisit().declares(PriorityReason.ELDERLY),
    "options": KioskVisit().steps_aside(Screen.OPTIONS),
}


def seen(stand: KioskBench, visit: KioskVisit) -> list[tuple[str, object]]:
    stand.window.flow.go(visit)
    settle()
    return [(_words(each), each.geometry()) for each in visible(stand.window.shell)]


def _words(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}"


@pytest.mark.parametrize("name", VISITS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_stays_hidden(show: Show, width: int, height: int, name: str) -> None:
    stand = bench(samples.board(), Theme.for_window("kiosk", width, height))
    show(stand.window, width, height)
    before = seen(stand, VISITS[name])
    stand.window.flow.set_view(View(text_size=3))
    large = seen(stand, VISITS[name])
    assert large != before
    stand.window.flow.go(KioskVisit().goes_to(Screen.MORE))  # on this page the visit ends
    stand.window.end_visit()
    assert seen(stand, VISITS[name]) == before
    stand.window.close()
