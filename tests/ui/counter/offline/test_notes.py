"""Calls by mouth at a counter that is cut off: noted, kept, handed in once, and told when that failed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import open_office, sign_in
from tests.ui.at_work import AtWork, at_work
from tests.ui.hanging import Cable
from tests.ui.test_hanging_windows import OpenMode, open_mode, quick_to_notice, take_a_number
from ult_desktop.app import assemble
from ult_desktop.base.paths import journal_path
from ult_desktop.core.offline import CallNote, CallNotes, NoteCall
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.ui.counter.offline.notes import MISSED, NoteBox, NotesBox
from ult_desktop.ui.kit.widgets.label import Label
from ult_desktop.ui.office_link.link import OfficeLink

__all__ = ["at_work", "open_mode", "quick_to_notice"]
Picture = Callable[..., None]
pytestmark = pytest.mark.usefixtures("own_home")


def note(there: AtWork, label: str, *, came: bool = True) -> None:
    """By the key, as it is noted at a counter."""
    there.press(Qt.Key.Key_F5)
    box = there.box(NoteBox)
    box.number.editor.setText(label)
    now = box.called.editor.text()
    if came:
        for field in box.served:
            field.editor.setText(now)
    else:
        box.outcome.show_value(MISSED)
    waiting = len(there.keeper.notes.waiting)
    box.form.submit()
    there.wait(lambda: len(there.keeper.notes.waiting) == waiting + 1)


@pytest.mark.usefixtures("quick_to_notice")
def test_a_call_by_mouth_is_noted_and_merges_once(
    at_work: Callable[..., AtWork], office_file: Path, picture: Picture
) -> None:
    for _n in range(3):
        take_a_number(office_file)
    there = at_work()
    there.pull()
    note(there, "a001")
    note(there, "A002", came=False)
    note(there, "A002", came=False)
    assert "3 catatan menunggu dikirim" in there.banner.words.text()
    assert there.toast == "A002 dicatat di komputer ini."
    picture(there.window, "counter-cut-off-notes")
    assert there.ticket("A001").state is TicketState.WAITING
    there.plug_in()
    there.wait(lambda: there.keeper.notes.refused)
    assert there.keeper.notes.waiting == ()
    served, missed = there.ticket("A001"), there.ticket("A002")
    assert (served.state, missed.state) == (TicketState.DONE, TicketState.NO_SHOW)
    assert there.kinds().count("ticket.called_by_mouth") == 2
    assert "1 catatan panggilan manual tidak dapat digabung" in there.banner.words.text()
    assert there.banner.isVisible()
    assert not there.banner.note_button.isVisible()
    picture(there.window, "counter-note-refused")
    there.banner.list_button.click()
    box = there.box(NotesBox)
    picture(box, "counter-note-refused-list")
    (read,) = box.put_away_buttons
    read.click()
    there.wait(there.banner.isHidden)
    assert box.put_away_buttons == []
    box.close()


@pytest.mark.slow
@pytest.mark.usefixtures("quick_to_notice")
def test_what_an_earlier_run_noted_is_handed_in_though_nobody_signs_in(
    at_work: Callable[..., AtWork], open_mode: OpenMode, office_file: Path, qtbot: QtBot
) -> None:
    take_a_number(office_file)
    there = at_work()
    there.pull()
    note(there, "A001")
    journal = journal_path(there.station.link.setup.name)
    assert journal.exists()
    there.station.close()
    Cable.plug_in()
    assert there.ticket("A001").state is TicketState.WAITING
    again = AtWork(open_mode(assemble.Mode.COUNTER), office_file, qtbot)
    again.wait(partial(_is_done, again))
    assert again.window.session is None


def _is_done(there: AtWork) -> bool:
    return there.ticket("A001").state is TicketState.DONE


@pytest.mark.slow
@pytest.mark.usefixtures("quick_to_notice")
def test_a_number_that_comes_later_takes_the_note_with_it(
    at_work: Callable[..., AtWork], office_file: Path
) -> None:
    there = at_work()
    there.pull()
    note(there, "A001")
    there.plug_in()
    there.wait(lambda: not there.keeper._upload.owes)
    assert "1 catatan menunggu dikirim" in there.banner.words.text()
    assert there.banner.isVisible()
    take_a_number(office_file)
    there.wait(lambda: there.ticket("A001").state is TicketState.DONE)
    there.wait(there.banner.isHidden)


@pytest.mark.usefixtures("quick_to_notice")
def test_what_cannot_be_is_told_in_the_box(
    at_work: Callable[..., AtWork], picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = datetime(2026, 11, 23, 9, 41, tzinfo=ZoneInfo("Asia/Makassar"))
    monkeypatch.setattr(OfficeLink, "now", lambda _link: morning)
    there = at_work()
    there.pull()
    there.press(Qt.Key.Key_F5)
    box = there.box(NoteBox)
    picture(box, "counter-note-box")
    box.number.editor.setText("Budi")
    box.outcome.show_value(MISSED)
    box.form.submit()
    there.wait(lambda: "bukan nomor antrean" in box.form.refusal.words.text())
    box.called.editor.setText("23.59")
    box.form.submit()
    assert box.called.error.text() == "Jam ini belum tiba."
    box.outcome.show_value("came")
    box.called.editor.setText("00.01")
    for field in box.served:
        field.editor.setText("00.00")
    box.form.submit()
    assert box.served[0].error.text() == "Lebih awal daripada jam sebelumnya."
    box.close()
    there.plug_in()


@pytest.mark.slow
@pytest.mark.usefixtures("quick_to_notice")
def test_the_visitor_at_the_counter_is_meant_first(at_work: Callable[..., AtWork], office_file: Path) -> None:
    take_a_number(office_file)
    there = at_work()
    there.press(Qt.Key.Key_F2)
    there.wait(lambda: there.current is not None)
    there.pull()
    there.banner.note_button.click()
    box = there.box(NoteBox)
    assert box.number.value() == "A001"
    box.close()
    there.plug_in()


def test_somebody_elses_refusal_is_only_seen(at_work: Callable[..., AtWork], office_file: Path) -> None:
    office = open_office(office_file, "lain")
    other = sign_in(office, 2)
    office.close()
    there = at_work()
    command = NoteCall(counter=1, label="A001", called_at=0)
    mine = CallNote(
        request="a", command=command, officer_id=there.station.link.actor.officer_id, why="Sudah."
    )
    theirs = CallNote(request="b", command=command, officer_id=other.officer_id, why="Sudah.")
    there.keeper._on_notes_read(CallNotes(refused=(mine, theirs)))
    there.banner.list_button.click()
    assert len(there.box(NotesBox).put_away_buttons) == 1
    there.keeper._on_notes_read(CallNotes())
    assert there.box(NotesBox).put_away_buttons == []
    there.box(NotesBox).close()


@pytest.mark.usefixtures("quick_to_notice")
def test_what_waits_can_be_seen_and_stays_when_the_officer_leaves(
    at_work: Callable[..., AtWork], picture: Picture
) -> None:
    there = at_work()
    there.pull()
    note(there, "A001", came=False)
    there.banner.list_button.click()
    box = there.box(NotesBox)
    assert "tidak datang" in " ".join(label.text() for label in box.findChildren(Label))
    assert box.put_away_buttons == []
    picture(box, "counter-notes-waiting")
    box.close()
    there.plug_in()
    there.workspace.rail.leave_requested.emit()
    there.wait(lambda: there.window.session is None)
    assert there.banner.isVisible()
    assert not there.banner.list_button.isVisible()
    assert not there.banner.note_button.isVisible()
