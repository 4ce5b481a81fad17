"""The rail stays short: pages that belong together share a line, and what happened once is told once."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD
from tests.ui.conftest import Picture
from tests.ui.counter.frame.test_heard_pages import OFFICERS, QUICK
from tests.ui.counter.frame.test_nav_entries import RealCounter, counter
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import tick
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.phone.commands import EndCall, StartCall
from ult_desktop.ui.counter.frame.rail import PageTabs
from ult_desktop.ui.counter.frame.workspace import Workspace, count_once
from ult_desktop.ui.counter.frame.workspaces import PAGES, TABS
from ult_desktop.ui.counter.window import CounterWindow

__all__ = ["counter"]
MOST = 11
ROLES = [role if role in QUICK else pytest.param(role, marks=pytest.mark.slow) for role in OFFICERS]


def open_for(counter: RealCounter, bench: Bench, *roles: Role, desk: bool = False) -> Workspace:
    """An officer of these roles in the real window with every page, at a counter if `desk`."""
    bench.engage("orang", *roles, name="Orang Kantor")
    window = counter.open(PAGES, TABS)
    window.sign_in.officer.setCurrentIndex(window.sign_in.officer.findData("orang"))
    window.sign_in.counter.setCurrentIndex(window.sign_in.counter.findData(1 if desk else 0))
    workspace = counter.sign_in("orang")
    counter.bench.wait(lambda: workspace.rail.pages.height() > 0)
    return workspace


def is_whole(window: CounterWindow, workspace: Workspace) -> None:
    buttons = workspace.rail.pages
    assert len(buttons.buttons) <= MOST
    assert not buttons.verticalScrollBar().isVisible(), "the rail scrolls"
    assert buttons.verticalScrollBar().maximum() == 0
    assert (window.width(), window.height()) == (1366, 768)
    for tabs in workspace.tabs:
        assert not tabs.isVisible() or tabs.sizeHint().width() <= tabs.width()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("desk", [False, True])
def test_an_admin_sees_every_page_without_scrolling(
    counter: RealCounter, bench: Bench, picture: Picture, language: str, desk: bool
) -> None:
    use_language(language)
    workspace = open_for(counter, bench, Role.ADMIN, desk=desk)
    assert len(workspace.pages) == len(PAGES) + 2
    is_whole(counter.window, workspace)
    for name in workspace.pages:
        workspace.show_page(name)
        bench.wait(workspace.pages[name].isVisible)
        assert counter.window.width() == 1366, name
        is_whole(counter.window, workspace)
    workspace.show_page("deviations")
    picture(counter.window, f"counter-rel-admin-{language}-{'loket' if desk else 'tanpa'}", sound=False)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_has_a_rail_that_scrolls(counter: RealCounter, bench: Bench, role: Role) -> None:
    workspace = open_for(counter, bench, role)
    is_whole(counter.window, workspace)


def test_a_line_of_one_page_keeps_that_page_s_name(counter: RealCounter, bench: Bench) -> None:
    workspace = open_for(counter, bench, Role.ARCHIVIST)
    assert "Retensi data" in [each.text() for each in workspace.rail.pages.buttons.values()]
    assert not [tabs for tabs in workspace.tabs if "Retensi data" in tabs.tabText(0)]


def test_a_line_leads_to_where_one_was_and_its_tabs_to_its_pages(
    counter: RealCounter, bench: Bench, qtbot: QtBot
) -> None:
    workspace = open_for(counter, bench, Role.HEAD)
    workspace.rail.pages.buttons["privacy"].click()
    assert workspace.page == "subjects"
    (tabs,) = (each for each in workspace.findChildren(PageTabs) if each.isVisible())
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert workspace.page == "openings"
    assert workspace.rail.pages.buttons["privacy"].isChecked()
    workspace.rail.pages.buttons["day"].click()
    workspace.rail.pages.buttons["privacy"].click()
    assert workspace.page == "openings"
    counter.window.activateWindow()
    qtbot.waitUntil(counter.window.isActiveWindow)
    for key, page in ((Qt.Key.Key_PageDown, "retention"), (Qt.Key.Key_PageDown, "subjects")):
        qtbot.keyClick(workspace.pages[workspace.page], key, Qt.KeyboardModifier.ControlModifier)
        assert workspace.page == page
    qtbot.keyClick(workspace.pages["subjects"], Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert workspace.page == "retention"


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.FRONT_OFFICE, Role.SECURITY])
def test_who_is_escorted_is_a_tab_of_the_guests(counter: RealCounter, bench: Bench, role: Role) -> None:
    workspace = open_for(counter, bench, role)
    assert workspace.line_of["care"] == "guests"
    workspace.host.open_page("care")  # as the alert's own button does
    bench.wait(workspace.pages["care"].isVisible)
    assert workspace.rail.pages.buttons["guests"].isChecked()


def test_a_running_call_is_seen_from_every_page(counter: RealCounter, bench: Bench) -> None:
    workspace = open_for(counter, bench, Role.PHONE)
    caller = bench.office.sign_in("orang", PASSWORD)
    call = bench.do(StartCall(), caller)
    button = workspace.rail.pages.buttons["phone"]
    bench.wait(lambda: "berlangsung 00:00" in button.accessibleName())
    bench.later(1.5)
    tick(counter.window)
    assert "berlangsung 01:30" in button.accessibleName()
    bench.do(EndCall(call_id=call.visit_id, lost=True), caller)
    bench.wait(lambda: "berlangsung" not in button.accessibleName())


def test_one_case_has_one_badge() -> None:
    """An answer that came back waits in the inbox, in the list of cases, and to be called back."""
    waiting: dict[str, int | frozenset[int | str]] = {
        "cases": frozenset({7, 8, 9}),
        "inbox": frozenset({7, "handover:3"}),
        "phone": frozenset({7}),
        "care": 2,
    }
    assert count_once(waiting) == {"cases": 2, "inbox": 1, "phone": 1, "care": 2}
