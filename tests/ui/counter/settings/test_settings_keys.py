"""The page's keys are its own in the real window, and at the queue they are the queue's again."""

from datetime import date

import msgspec
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.template import Closure
from ult_desktop.db.office import office as office_rows
from ult_desktop.ui.counter.settings.calendar_group import CalendarGroup
from ult_desktop.ui.counter.settings.page import SettingsPage


def closures(bench: Bench) -> int:
    return len(bench.office.read(office_rows.load).settings.closures)


def test_del_and_undo_are_about_the_settings_while_they_are_in_sight(
    bench: Bench, qtbot: QtBot, show: Show
) -> None:
    counter = RealCounter(bench, qtbot, show)
    settings = bench.office.read(office_rows.load).settings
    closed = msgspec.structs.replace(settings, closures=(Closure(date(2026, 12, 24), "Rapat"),))
    bench.do(ChangeSettings(settings=closed), bench.sign_in("admin"))
    counter.open((SettingsPage,))
    workspace = counter.sign_in("admin")
    workspace.show_page("settings")
    whole = workspace.pages["settings"]
    assert isinstance(whole, SettingsPage)
    whole.open_subject(("calendar", "closure 2026-12-24"))
    page = whole.chosen
    assert isinstance(page, CalendarGroup)
    bench.wait(lambda: page.chosen is not None)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    bench.wait(lambda: closures(bench) == 0)
    bench.wait(lambda: page.list.count == 0)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: counter.toast == "Perubahan diurungkan.")
    assert closures(bench) == 1
    asked: list[str] = []
    workspace.action_requested.connect(asked.append)
    for place in ("day", "queue"):
        workspace.show_page(place)
        qtbot.keyClick(counter.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["undo"]
