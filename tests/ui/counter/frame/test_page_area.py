"""A page in a window too low for it: the window keeps its size, the page scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.care.test_page import arrival
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.phone.conftest import recorded
from tests.ui.look import settle
from ult_desktop.core.access.roles import Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.phone.commands import EndCall
from ult_desktop.core.queue.ticket import Help
from ult_desktop.ui.counter.frame.workspace import PageArea
from ult_desktop.ui.counter.frame.workspaces import PAGES, TABS
from ult_desktop.ui.counter.phone.page import PhonePage
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.panels import ShownStack
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


def test_cut_off_with_a_call_running_and_a_call_for_care_the_window_fits_its_screen(
    bench: Bench, qtbot: QtBot, show: Show, picture: Picture
) -> None:
    bench.engage("semua", *Role, name="Semua Peran")
    counter = RealCounter(bench, qtbot, show)
    window = counter.open(PAGES, TABS)
    workspace = counter.sign_in("semua")
    phone = workspace.pages["phone"]
    assert isinstance(phone, PhonePage)
    workspace.show_page("phone", phone.global_key)
    bench.wait(lambda: phone.call_panel is not None)
    arrival(bench, Help.WHEELCHAIR)
    bench.wait(workspace.alerts.isVisible)
    bench.link.connection_changed.emit(Connection.OFFLINE)
    bench.wait(window.frame.banner.isVisible)
    least = dict[str, int]()
    for name in workspace.pages:
        workspace.show_page(name)
        picture(window, f"counter-rendah-{name}", sound=name == "phone")
        assert window.size().toTuple() == (1366, 768), name
        least[name] = window.minimumSizeHint().width()
    assert least["qualifications"] < least["queue"] < least["phone"]
    assert window.minimumSizeHint().height() <= 768
    assert window.frame.status.geometry().bottom() < 768


def test_a_banner_below_a_telephone_call_covers_nothing(bench: Bench, qtbot: QtBot, show: Show) -> None:
    bench.engage("semua", *Role, name="Semua Peran")
    counter = RealCounter(bench, qtbot, show)
    counter.open(PAGES, TABS)
    workspace = counter.sign_in("semua")
    phone = workspace.pages["phone"]
    assert isinstance(phone, PhonePage)
    workspace.show_page("phone", phone.global_key)
    arrival(bench, Help.WHEELCHAIR)
    bench.wait(lambda: phone.call_panel is not None and workspace.alerts.isVisible())
    scroll = next(
        each for each in workspace.findChildren(PageArea) if each.isAncestorOf(phone)
    ).verticalScrollBar()
    assert scroll.maximum() == 0
    recorded(bench, phone)
    qtbot.wait(10)
    assert scroll.maximum() == 0


def test_an_act_that_ends_hands_the_keyboard_to_no_banner(bench: Bench, qtbot: QtBot, show: Show) -> None:
    """Enter would answer the call for care, and throw the officer out of what they do."""
    bench.engage("semua", *Role, name="Semua Peran")
    counter = RealCounter(bench, qtbot, show)
    counter.open(PAGES, TABS)
    workspace = counter.sign_in("semua")
    arrival(bench, Help.WHEELCHAIR)
    bench.wait(workspace.alerts.isVisible)
    phone = workspace.pages["phone"]
    assert isinstance(phone, PhonePage)
    workspace.show_page("phone", phone.global_key)
    bench.wait(lambda: phone.call_panel is not None)
    call = phone.call_panel
    assert call is not None
    bench.do(EndCall(call_id=call.call.visit_id, lost=True))
    bench.wait(lambda: phone.call_panel is None)
    for name in ("phone", "appointments", "cases", "guests"):
        workspace.show_page(name)
        settle()
        focus = workspace.window().focusWidget()
        assert focus is not None, name
        for bar in (workspace.alerts, workspace.data_keys_bar, workspace.absence):
            assert not bar.isAncestorOf(focus), name


def test_a_page_that_is_not_shown_does_not_widen_the_window(show: Show) -> None:
    window = QWidget()
    stack, narrow, wide = ShownStack(), Label("Antrean"), QWidget()
    wide.setMinimumSize(1800, 1200)
    stack.addWidget(narrow)
    stack.addWidget(wide)
    Column(Theme("counter"), window).addWidget(stack)
    show(window, 400, 260)
    assert window.minimumSizeHint().width() < 400
    stack.setCurrentWidget(wide)
    assert stack.minimumSizeHint().toTuple() == (1800, 1200)


def test_the_keyboard_brings_what_is_below_the_edge_into_sight(
    bench: Bench, qtbot: QtBot, show: Show
) -> None:
    theme = Theme("counter")
    page = QWidget()
    column = Column(theme, page)
    buttons = [Button(theme, f"Tombol {number}") for number in range(12)]
    words = Label("Kalimat panjang yang dilipat di layar sempit. " * 4, wrap=True)
    for each in (words, *buttons):
        column.addWidget(each)
    area = PageArea(theme, page)
    show(area, 400, 260)
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBar().maximum() == 0
    buttons[0].setFocus()
    for _each in buttons[1:]:
        qtbot.keyClick(area.focusWidget(), Qt.Key.Key_Tab)
    assert buttons[-1].hasFocus()
    assert area.verticalScrollBar().value() == area.verticalScrollBar().maximum()
    for each in buttons[1:]:
        each.hide()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert page.height() == area.viewport().height()


def test_a_page_that_fits_is_not_scrolled(show: Show) -> None:
    """Below the height it likes best, but not below its least, it is as high as its room."""
    theme = Theme("counter")
    page = QTextEdit()
    area = PageArea(theme, page)
    assert area.sizeHint() == page.sizeHint()
    show(area, 300, page.sizeHint().height() - 40)
    assert page.size() == area.viewport().size()
