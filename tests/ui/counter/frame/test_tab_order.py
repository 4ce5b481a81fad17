"""Tab meets what takes the keyboard as a reader meets it, and the keyboard begins at what is to be done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from tests.ui.counter.frame.test_heard_pages import OFFICERS, QUICK
from tests.ui.counter.frame.test_text_size import _read_pages
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import settle
from tests.ui.tab_order import out_of_order
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import HallWorkspace
from ult_desktop.ui.kit.reading_order import takes_keys
from ult_desktop.ui.kit.widgets.button import Button

ROLES = [
    (Role.FRONT_OFFICE, "id"),
    pytest.param(Role.ADMIN, "id", marks=pytest.mark.slow),
    *(pytest.param(role, "id", marks=pytest.mark.slow_night) for role in OFFICERS if role not in QUICK),
    *(pytest.param(role, "en", marks=pytest.mark.slow_night) for role in QUICK),
]


@pytest.mark.parametrize(("role", "language"), ROLES)
def test_every_page_is_walked(bench: Bench, role: Role, language: str) -> None:
    use_language(language)
    bench.sign_in("siti", Role.FRONT_OFFICE)
    for _number in range(3):
        bench.do(IssueTicket(service_id=1))
    bench.sign_in("novi", role)
    workspace = HallWorkspace(bench.make_desk((1366, 768), "light", None), action_table(), CounterServices())
    bench.frame.show_page(workspace)
    bench.show(bench.frame, 1366, 768)
    bench.frame.activateWindow()
    bench.wait(bench.frame.isActiveWindow)
    wrong = {}
    for name in _read_pages(bench, workspace):
        wrong[name] = [*_begins_wrongly(workspace.pages[name.split("/")[0]]), *out_of_order(bench.frame)]
    bench.frame.close()
    assert not {page: faults for page, faults in wrong.items() if faults}


def _begins_wrongly(page: QWidget) -> list[str]:
    """The keyboard begins in the page, and where it has no list or form of its own at the filled button."""
    here = QApplication.focusWidget()
    if here is None or not page.isAncestorOf(here) or not takes_keys(here):
        return [f"begins at {here}"]
    filled = [each for each in page.findChildren(Button) if each.property("role") == "primary"]
    can = [each for each in filled if each.isVisible() and each.isEnabled()]
    return [f"begins at {here.text()}"] if can and isinstance(here, Button) and here not in can else []


@pytest.mark.parametrize("state", samples.states(), ids=lambda state: state.name)
def test_the_queue_is_walked_in_every_state(open_counter: OpenCounter, state: samples.State) -> None:
    counter = open_counter(state.board)
    settle()
    here, main = QApplication.focusWidget(), counter.workspace.queue.action_bar.main
    assert here is (main or counter.workspace.queue.side.waiting.view)
    assert not "; ".join(out_of_order(counter.window))


def test_the_next_step_has_the_keyboard_when_its_button_is_another(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    bar = counter.workspace.queue.action_bar
    assert bar.buttons["call_next"].hasFocus()
    counter.link.show_board(samples.board(current=samples.serving()))
    assert bar.buttons["finish"].hasFocus()


def test_back_with_shift_is_the_same_way(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    here = QApplication.focusWidget()
    assert here is not None
    counter.window.focusNextPrevChild(True)
    following = QApplication.focusWidget()
    assert following is not None
    assert following is not here
    counter.window.focusNextPrevChild(False)
    assert QApplication.focusWidget() is here


def test_what_is_hidden_under_the_keyboard_hands_it_to_its_neighbour(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    rail = counter.workspace.rail
    rail.manual.setFocus(Qt.FocusReason.TabFocusReason)
    rail.manual.hide()
    assert rail.leave.hasFocus()
