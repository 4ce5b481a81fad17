"""The share goes while a box is filled in: what was typed stays, the words say so, and it is saved once.

One list of every box with which an officer writes something down about the visitor or the caller.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.at_work import AtWork, at_work
from tests.ui.hanging import Cable, HangingStore
from tests.ui.shown import is_told
from tests.ui.test_cut_off_counter import fill, open_call, serving, typed
from tests.ui.test_hanging_windows import open_mode, quick_to_notice
from ult_desktop.base import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.commands import Cancel
from ult_desktop.db.store.store import Store
from ult_desktop.ui.counter.actions.flows import TransferBox
from ult_desktop.ui.counter.cases.case_tab import AnswerBox
from ult_desktop.ui.counter.pages.boxes import FormBox, ask_words
from ult_desktop.ui.counter.visits.visit_boxes import GuestBox
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.widgets.button import Button

__all__ = ["at_work", "open_mode", "quick_to_notice"]
pytestmark = [pytest.mark.usefixtures("own_home", "quick_to_notice"), pytest.mark.slow]


class Filled(NamedTuple):
    """A box with words in it: how it is saved, what is typed in it, where its words are, and its event."""

    save: Callable[[], object]
    typed: Callable[[], object]
    words: Callable[[], str]
    event: str


def of_form(there: AtWork, form: Form, event: str, **said: str) -> Filled:
    for name, text in said.items():
        fill(form, name, text)
    box = form.window()
    line = box.outage.text if isinstance(box, Box) else there.banner.words.text
    return Filled(form.submit, partial(typed, form), lambda: f"{form.refusal.words.text()} {line()}", event)


def said(box: Box) -> str:
    return f"{box.outage.text()} {box.refusal.text()}"


def press_in(box: Box, words: str) -> Callable[[], object]:
    (button,) = (each for each in box.findChildren(Button) if each.text() == words)
    return button.click


def finish(there: AtWork) -> Filled:
    """F9, and the reason in the officer's own words."""
    there.press(Qt.Key.Key_F9)
    panel = there.workspace.queue.ending
    there.wait(panel.isVisible)
    there.wait(panel.explain_button.isVisible)
    panel.explain_button.click()
    panel.reason.choice.choose_none()
    panel.reason._on_answered("")
    panel.reason.words.setText("Pengunjung terburu-buru")

    def save() -> None:
        there.press(Qt.Key.Key_F9)

    def kept() -> object:
        return panel.isVisible() and panel.command().reason

    return Filled(save, kept, lambda: f"{there.toast} {there.banner.words.text()}", "ticket.finished")


def no_show(there: AtWork) -> Filled:
    """Nothing is typed in this question: it closes, and is asked again once the share is back."""
    there.press(Qt.Key.Key_F8)
    there.box(Box)

    def save() -> None:
        if not [box for box in there.window.findChildren(Box) if box.isVisible()]:
            there.press(Qt.Key.Key_F8)
        press_in(there.box(Box), "Tidak hadir")()

    return Filled(save, lambda: None, lambda: there.toast, "ticket.no_show")


def transfer(there: AtWork) -> Filled:
    there.press(Qt.Key.Key_F7)
    box = there.box(TransferBox)
    box.remark.setText("Berkas lengkap, tinggal tanda tangan")
    return Filled(box.send_button.click, box.remark.text, partial(said, box), "ticket.transferred")


def hold(there: AtWork) -> Filled:
    there.press(Qt.Key.Key_F6)
    there.box(Box).keys["4"].click()
    there.wait(lambda: [box for box in there.window.findChildren(Box) if box.findChild(QLineEdit)])
    (box,) = [each for each in there.window.findChildren(Box) if each.findChild(QLineEdit)]
    (line,) = box.findChildren(QLineEdit)
    line.setText("Menunggu keluarganya")
    return Filled(press_in(box, "Simpan"), line.text, partial(said, box), "ticket.held")


def tab_of(there: AtWork, name: str) -> Any:  # noqa: ANN401  (each tab has parts of its own)
    tabs = there.workspace.queue.tabs
    assert tabs is not None
    tabs.bar.setCurrentIndex(list(tabs.tabs).index(name))
    there.wait(lambda: is_told(tabs.tabs[name]))
    return tabs.tabs[name]


def guest_book(there: AtWork) -> Filled:
    tab = tab_of(there, "visitor")
    there.wait(lambda: "guest" in tab.view.acts.buttons)
    tab.view.acts.buttons["guest"].click()
    form = there.box(GuestBox).form
    return of_form(there, form, "visit.guest_book", name="Ibu Rahma", institution="SDN 1")


def case(there: AtWork) -> Filled:
    tab = tab_of(there, "case")
    there.wait(lambda: tab.form is not None and tab.form.isVisible())
    return of_form(there, tab.form, "case.opened", detail="Tunjangan belum cair")


def escalate(there: AtWork) -> Filled:
    case(there).save()
    tab = tab_of(there, "case")
    there.wait(lambda: "escalate" in tab.pane.detail.acts.buttons)
    tab.pane.detail.acts.buttons["escalate"].click()
    return of_form(there, there.box(FormBox).form, "escalation.sent", instruction="Mohon dicek di SIMTUN")


def answer_and_close(there: AtWork) -> Filled:
    tab = tab_of(there, "case")
    there.wait(lambda: tab.form is not None)
    tab.answer_at_once(lambda _case: None)
    form = there.box(AnswerBox).form
    form.field("answer").show_value("Mulai 15 Desember 2026.")
    return of_form(there, form, "case.answered_at_desk", detail="Kapan cair?")


def telephone(there: AtWork) -> Filled:
    form = open_call(there)
    return of_form(there, form, "phone.recorded", name="Pak Ali", question="Kapan pencairan?")


def one_line(there: AtWork) -> Filled:
    """Asked without a form's draft."""
    number = there.current
    assert number is not None
    host = tab_of(there, "visitor").host
    ask_words(host, "Batalkan", lambda why: Cancel(ticket_id=number.id, reason=why), verb="Batalkan")
    return of_form(there, there.box(FormBox).form, "ticket.cancelled", line="Dijemput anaknya")


BOXES = (finish, no_show, transfer, hold, guest_book, case, escalate, answer_and_close, telephone)


def called(at_work: Callable[..., AtWork], path: Path, box: Callable[[AtWork], Filled]) -> AtWork:
    """Siti serves a visitor, or has called them where it is about one who does not come."""
    return serving(at_work, path, begins=box is not no_show)


@pytest.mark.parametrize("box", BOXES, ids=lambda each: each.__name__)
def test_the_share_is_gone_before_it_is_saved(
    at_work: Callable[..., AtWork], office_file: Path, box: Callable[[AtWork], Filled]
) -> None:
    there = called(at_work, office_file, box)
    filled = box(there)
    before, told = there.kinds(), filled.typed()
    there.pull()
    filled.save()
    there.wait(lambda: "terputus" in filled.words().casefold())
    assert filled.typed() == told
    assert there.kinds().count(filled.event) == before.count(filled.event)
    there.plug_in()
    there.wait(lambda: there.window.session is not None and not there.window.session.under_way)
    if there.kinds().count(filled.event) == before.count(filled.event) and box not in AT_ONCE:
        filled.save()
    there.wait(lambda: there.kinds().count(filled.event) == before.count(filled.event) + 1)
    assert there.kinds().count(filled.event) == before.count(filled.event) + 1


AT_ONCE = (guest_book, case, escalate, answer_and_close, telephone)
"""A form goes off by itself once the share is back."""


@pytest.mark.parametrize("box", BOXES, ids=lambda each: each.__name__)
def test_the_share_goes_at_the_moment_of_saving(
    at_work: Callable[..., AtWork],
    office_file: Path,
    box: Callable[[AtWork], Filled],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody knows yet whether it was saved: what was typed stays until that is known."""

    def write(store: Store, *work: Any, **how: Any) -> Any:  # noqa: ANN401
        Cable.cross()
        return Store.write(store, *work, **how)

    there = called(at_work, office_file, box)
    filled = box(there)
    before, told = there.kinds(), filled.typed()
    monkeypatch.setattr(HangingStore, "write", write)
    Cable.pull()
    filled.save()
    there.wait(lambda: there.station.link.connection is Connection.OFFLINE)
    there.wait(lambda: "terputus" in there.banner.words.text().casefold())
    assert filled.typed() == told
    if box not in (finish, no_show):
        there.wait(lambda: re.search("Isian tetap di sini|belum diketahui", filled.words()))
    there.plug_in()
    there.wait(lambda: there.kinds().count(filled.event) == before.count(filled.event) + 1)


@pytest.mark.parametrize("box", [transfer, hold, escalate, one_line], ids=lambda each: each.__name__)
def test_a_box_that_is_closed_before_the_answer_is_there_again_when_it_is_refused(
    at_work: Callable[..., AtWork],
    office_file: Path,
    box: Callable[[AtWork], Filled],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where no draft keeps the words."""

    def write(_store: Store, *_work: Any, **_how: Any) -> Any:  # noqa: ANN401
        Cable.cross()
        raise UserError("Ditolak.", todo="Ulangi.")

    there = called(at_work, office_file, box)
    filled = box(there)
    told, shown = filled.typed(), there.box(Box)
    with monkeypatch.context() as broken:
        broken.setattr(HangingStore, "write", write)
        Cable.pull()
        filled.save()
        there.wait(Cable.hangs.is_set)
        there.qtbot.keyClick(shown, Qt.Key.Key_Escape)
        assert not shown.isVisible()
        Cable.plug_in()
        there.wait(shown.isVisible)
    assert filled.typed() == told
    assert "Ditolak." in filled.words()
    there.qtbot.keyClick(shown, Qt.Key.Key_Escape)
    there.wait(lambda: not shiboken6.isValid(shown))
