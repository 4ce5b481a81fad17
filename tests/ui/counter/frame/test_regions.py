"""Ctrl+Tab goes from part to part of the window, and what stands there is met from left to right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import HallWorkspace
from ult_desktop.ui.counter.settings.page import SettingsPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def workspace_of(bench: Bench, *roles: Role) -> HallWorkspace:
    bench.sign_in("novi", *roles)
    desk = bench.make_desk((1366, 768), "light", None)
    workspace = HallWorkspace(desk, action_table(), CounterServices())
    bench.frame.show_page(workspace)
    bench.show(bench.frame, 1366, 768)
    bench.frame.activateWindow()
    bench.wait(bench.frame.isActiveWindow)
    return workspace


def holder(*parts: QWidget) -> QWidget | None:
    focus = QApplication.focusWidget()
    assert focus is not None
    return next((part for part in parts if part is focus or part.isAncestorOf(focus)), None)


def test_from_the_rail_to_the_list_and_back(bench: Bench) -> None:
    workspace = workspace_of(bench, Role.ADMIN)
    workspace.show_page("settings")
    page = workspace.pages["settings"]
    assert isinstance(page, SettingsPage)
    page.choose("calendar")
    parts = (workspace.rail, workspace.absence, page.buttons, page.chosen)
    met = []
    for _press in range(2 * len(parts)):
        bench.press(Qt.Key.Key_Tab, held=CTRL)
        met.append(holder(*parts))
    assert met == [*parts, *parts]
    bench.press(Qt.Key.Key_Backtab, held=CTRL | SHIFT)
    assert holder(*parts) is page.buttons


def test_a_page_of_one_part_is_one_stop(bench: Bench) -> None:
    workspace = workspace_of(bench, Role.HEAD)
    workspace.show_page("reports")
    parts = (workspace.absence, workspace.rail, workspace.pages["reports"])  # from the page onwards
    met = []
    for _press in parts:
        bench.press(Qt.Key.Key_Tab, held=CTRL)
        met.append(holder(*parts))
    assert met == list(parts)
