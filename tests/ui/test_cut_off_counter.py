"""A counter whose share goes away: told in time, nothing typed is lost, a call by mouth merges later."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD
from tests.ui.at_work import AtWork, at_work
from tests.ui.hanging import Cable
from tests.ui.office_link.watched_link import SOON_S
from tests.ui.shown import all_done, theme_of
from tests.ui.test_hanging_windows import OpenMode, open_mode, quick_to_notice, take_a_number
from ult_desktop.app import assemble
from ult_desktop.base.errors import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.ui.kit.dialogs import Box, tell
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.widgets.button import Button

__all__ = ["at_work", "open_mode", "quick_to_notice"]
Picture = Callable[..., None]
pytestmark = pytest.mark.usefixtures("own_home")


def test_a_hang_is_told_within_two_seconds(at_work: Callable[..., AtWork], picture: Picture) -> None:
    """With the times of an office: nobody asked for anything, the watcher alone meets the hang."""
    there = at_work(poll_ms=500)
    box = tell(there.window, theme_of(there.window), UserError("Satu pertanyaan."))
    there.wait(lambda: all_done(there.station.link))
    pulled = time.monotonic()
    Cable.pull()
    there.wait(there.banner.isVisible)
    assert time.monotonic() - pulled < SOON_S
    assert "menyambung kembali" in there.banner.words.text()
    assert there.window.frame.status.link.text() == "menyambung kembali…"
    assert "tidak hilang" in box.outage.text()
    there.wait(lambda: there.station.link.connection is Connection.OFFLINE)
    assert time.monotonic() - pulled < SOON_S
    picture(box, "counter-cut-off-box")
    assert there.window.frame.status.link.text() == "terputus"
    Cable.plug_in()
    there.wait(lambda: not there.banner.isVisible())
    assert box.outage.isHidden()
    box.close()


@pytest.mark.slow
def test_an_error_is_told_within_two_seconds(at_work: Callable[..., AtWork]) -> None:
    there = at_work(poll_ms=500)
    gone = time.monotonic()
    Cable.stop_server()
    there.wait(there.banner.isVisible)
    assert time.monotonic() - gone < SOON_S
    there.wait(lambda: there.station.link.connection is Connection.OFFLINE)
    Cable.plug_in()
    there.wait(lambda: not there.banner.isVisible())


@pytest.mark.usefixtures("quick_to_notice")
def test_it_is_told_wherever_the_window_is(
    open_mode: OpenMode, office_file: Path, qtbot: QtBot, picture: Picture
) -> None:
    there = AtWork(open_mode(assemble.Mode.COUNTER), office_file, qtbot)
    there.wait(there.window.sign_in.button.isEnabled)
    assert there.banner.isHidden()
    there.pull()
    assert there.banner.isVisible(), "on the sign-in page"
    assert not there.banner.note_button.isVisible(), "nobody is signed in"
    picture(there.window, "counter-cut-off-sign-in")
    there.plug_in()
    there.sign_in()
    there.window.lock.lock()
    there.pull()
    assert there.window.lock.page is not None
    assert there.window.lock.page.isVisible()
    assert there.banner.isVisible(), "on the lock page"
    assert not there.banner.note_button.isVisible(), "nobody is there"
    picture(there.window, "counter-cut-off-locked")
    there.banner.note_requested.emit()
    there.banner.list_requested.emit()
    assert there.window.findChildren(Box) == []
    qtbot.keyClicks(there.window.lock.page.password, PASSWORD)
    qtbot.keyClick(there.window.lock.page.password, Qt.Key.Key_Return)
    refused = there.window.lock.page.wrong
    there.wait(lambda: "terputus" in refused.text())
    there.plug_in()
    assert there.banner.isHidden()
    assert there.window.lock.page.password.text() == PASSWORD
    qtbot.keyClick(there.window.lock.page.password, Qt.Key.Key_Return)
    there.wait(lambda: not there.window.lock.is_on)


@pytest.mark.usefixtures("quick_to_notice")
def test_a_sign_in_during_an_outage_is_repeated_by_enter(
    open_mode: OpenMode, office_file: Path, qtbot: QtBot
) -> None:
    there = AtWork(open_mode(assemble.Mode.COUNTER), office_file, qtbot)
    page = there.window.sign_in
    there.wait(page.button.isEnabled)
    there.wait(lambda: all_done(there.station.link))
    Cable.stop_server()
    page.officer.setCurrentIndex(page.officer.findData("siti"))
    qtbot.keyClicks(page.password, PASSWORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    there.wait(page.wrong.isVisible)
    said = page.wrong.text()
    there.plug_in()
    there.wait(page.button.isEnabled)
    assert (page.wrong.isVisible(), page.wrong.text()) == (True, said)
    assert (page.password.text(), page.password.echoMode()) == (PASSWORD, QLineEdit.EchoMode.Password)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    there.wait(lambda: there.window.session is not None and there.window.session.board is not None)


@pytest.mark.slow
@pytest.mark.usefixtures("quick_to_notice")
def test_what_needs_the_shared_truth_is_refused_with_words(
    at_work: Callable[..., AtWork], office_file: Path
) -> None:
    take_a_number(office_file)
    there = at_work()
    there.pull()
    before = there.kinds()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F10, Qt.Key.Key_F11):
        there.window.frame.toast.dismiss()
        there.press(key)
        assert "terputus" in there.toast
    assert not there.workspace.alerts.take_button.isEnabled()
    there.plug_in()
    assert there.workspace.alerts.take_button.isEnabled()
    assert there.kinds() == before, "and not done later behind people's backs"


@pytest.mark.slow
@pytest.mark.usefixtures("quick_to_notice")
def test_the_way_out_while_cut_off_is_offered_once(at_work: Callable[..., AtWork], office_file: Path) -> None:
    """An act that is grey in the actions is not alive in the banner; each closed action names the way out."""
    there = serving(at_work, office_file)
    there.pull()
    bar = there.workspace.queue.action_bar
    assert not [each for each in bar.buttons.values() if each.isVisible() and "F5" in each.text()]
    assert there.banner.note_button.isVisible()
    assert "F5" in there.banner.note_button.text()
    there.press(Qt.Key.Key_F2)
    assert "(F5)" in there.toast
    there.press(Qt.Key.Key_F5)
    there.box(Box).reject()


@pytest.mark.slow
@pytest.mark.usefixtures("quick_to_notice")
def test_a_reason_that_is_typed_waits(at_work: Callable[..., AtWork], office_file: Path) -> None:
    """F6 is for the shared list; its box, met by the outage, neither closes nor loses the words."""
    there = serving(at_work, office_file)
    there.press(Qt.Key.Key_F6)
    there.box(Box).keys["4"].click()
    there.wait(lambda: [box for box in there.window.findChildren(Box) if box.findChild(QLineEdit)])
    (box,) = [each for each in there.window.findChildren(Box) if each.findChild(QLineEdit)]
    (line,) = box.findChildren(QLineEdit)
    (give,) = [each for each in box.findChildren(Button) if each.text() == "Simpan"]
    there.qtbot.keyClicks(line, "Menunggu keluarganya")
    assert give.isEnabled()
    there.pull()
    assert not give.isEnabled()
    there.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert box.isVisible()
    assert line.text() == "Menunggu keluarganya"
    there.plug_in()
    there.wait(give.isEnabled)
    there.qtbot.keyClick(line, Qt.Key.Key_Return)
    there.wait(lambda: there.current is None)


def serving(at_work: Callable[..., AtWork], office_file: Path, *, begins: bool = True) -> AtWork:
    """A visitor is called, and served if it `begins`."""
    take_a_number(office_file)
    there = at_work()
    there.press(Qt.Key.Key_F2)
    there.wait(lambda: there.current is not None)
    if begins:
        there.press(Qt.Key.Key_F4)
        there.wait(lambda: there.current is not None and there.current.state is TicketState.SERVING)
    return there


@pytest.mark.slow
@pytest.mark.usefixtures("quick_to_notice")
def test_nobody_is_set_aside_behind_the_offices_back(
    at_work: Callable[..., AtWork], office_file: Path
) -> None:
    """No other desk could know of it: F6 is refused with words before anything is asked."""
    there = serving(at_work, office_file)
    there.pull()
    before = there.kinds()
    there.window.frame.toast.dismiss()
    there.press(Qt.Key.Key_F6)
    assert "terputus" in there.toast
    assert [box for box in there.window.findChildren(Box) if box.isVisible()] == []
    there.plug_in()
    assert there.kinds() == before


def fill(form: Form, name: str, text: str) -> None:
    editor = form.field(name).editor
    assert isinstance(editor, (QLineEdit, QPlainTextEdit))
    if isinstance(editor, QLineEdit):
        editor.setText(text)
    else:
        editor.setPlainText(text)


def typed(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.values().items() if value}


def open_case(there: AtWork) -> Form:
    """The visitor at the counter, under the tab of his case."""
    there.press(Qt.Key.Key_F2)
    there.wait(lambda: there.current is not None)
    there.press(Qt.Key.Key_F4)
    tabs = there.workspace.queue.tabs
    assert tabs is not None
    tabs.bar.setCurrentIndex(list(tabs.tabs).index("case"))
    case: Any = tabs.tabs["case"]
    there.wait(lambda: case.form is not None and case.form.isVisible())
    form: Form = case.form
    return form


def open_call(there: AtWork) -> Form:
    there.workspace.show_page("phone")
    phone: Any = there.workspace.pages["phone"]
    phone.pick_up()
    there.wait(lambda: [each for each in phone.findChildren(Form) if each.isVisible()])
    shown: Form = next(each for each in phone.findChildren(Form) if each.isVisible())
    return shown


def open_entry(there: AtWork) -> Form:
    there.workspace.show_page("cases")
    cases: Any = there.workspace.pages["cases"]
    cases.type_in()
    form: Form = there.box(Box).form
    return form


@pytest.mark.usefixtures("quick_to_notice")
def test_what_is_typed_on_three_pages_stays_and_goes_off(
    at_work: Callable[..., AtWork], office_file: Path
) -> None:
    take_a_number(office_file)
    there = at_work()
    case, caller, entry = open_case(there), open_call(there), open_entry(there)
    fill(case, text_of(case), "Permohonan data guru")
    fill(caller, "name", "Ibu Rahma")
    fill(entry, "name", "Pak Ali")
    fill(entry, "email", "ali@contoh.id")
    there.pull()
    fill(entry, "detail", "Mohon data sekolah.")
    entry.field("source").show_value(OnlineSource.EMAIL)
    before = [typed(each) for each in (case, caller, entry)]
    entry.submit()
    there.wait(lambda: "dikirim sendiri" in entry.refusal.words.text())
    assert [typed(each) for each in (case, caller, entry)] == before
    keeper = there.window._services.drafts
    assert keeper is not None
    there.wait(lambda: all_done(keeper))
    there.plug_in()
    there.wait(lambda: [kind for kind in there.kinds() if kind.startswith("online.")])
    there.wait(lambda: not [box for box in there.window.findChildren(Box) if box.isVisible()])
    assert [typed(each) for each in (case, caller)] == before[:2]
    caller.submit()
    there.wait(lambda: not caller.isVisible() or typed(caller) == {})


def text_of(form: Form) -> str:
    """The first field that takes a line or lines."""
    return next(n for n, f in form._fields.items() if isinstance(f.editor, (QLineEdit, QPlainTextEdit)))
