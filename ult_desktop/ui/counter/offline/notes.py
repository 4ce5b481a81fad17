"""The notes of a counter that is cut off: calls by hand, kept on this PC until the office is back."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, formats
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.connection import Connection
from ult_desktop.core.offline import LONGEST_LABEL, CallNote, CallNotes, NoteCall
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.operations.offline import manual_calls, offline_upload
from ult_desktop.ui.counter import pages
from ult_desktop.ui.kit import Column, dialogs, forms, widgets
from ult_desktop.ui.office_link.offline_upload import OfflineUpload
from ult_desktop.ui.office_link.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import time, tzinfo
    from pathlib import Path

    from ult_desktop.base import UserError
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.office_link.link import OfficeLink


def note_words(command: NoteCall, zone: tzinfo | None) -> str:
    """Return a note in a line: which number was called when, and how it ended."""

    def time_words(stamp: int | None) -> str:
        return "" if stamp is None else formats.format_time(to_datetime(stamp, zone))

    if command.came:
        words = _("{label}, dipanggil {called}, dilayani {arrived}–{ended}")
    else:
        words = _("{label}, dipanggil {called}, tidak datang")
    return words.format(
        label=command.label,
        called=time_words(command.called_at),
        arrived=time_words(command.arrived_at),
        ended=time_words(command.ended_at),
    )


def waiting_words(notes: CallNotes) -> str:
    """Return how many notes still wait to be uploaded; "" for none."""
    count = len(notes.waiting)
    return counted("{n} catatan menunggu dikirim.", count) if count else ""


def refused_words(notes: CallNotes) -> str:
    """Return how many notes were refused; "" for none."""
    count = len(notes.refused)
    return counted("{n} catatan panggilan manual tidak dapat digabung.", count) if count else ""


log = logging.getLogger(__name__)


class NoteKeeper(QObject):
    """The keeper of this station's notes. It writes them down, and uploads them when the office is back.

    It also uploads the notes that an earlier run left, even if nobody signs in.

    Args:
        link: the connection to the office.
        journal: the file of this station's offline work.

    Signals:
        changed: the journal has other notes now (`CallNotes`).
    """

    changed = Signal(object)

    def __init__(self, link: OfficeLink, journal: Path) -> None:
        super().__init__()
        self._link = link
        self._uid = ""  # of the office, without which the journal is not read; "" until it is known
        self.notes = CallNotes()
        self._journal: Tasks[OfflineJournal] = Tasks(partial(OfflineJournal, journal), self)
        self._upload = OfflineUpload(
            partial(link.perform, partial(_upload_journal, journal)), self._is_online, self
        )
        self._upload.done.connect(self._read_notes)
        link.connection_changed.connect(self._on_connection)
        link.changed.connect(self._upload_again)
        self._on_connection(link.connection)

    def note(
        self, command: NoteCall, then: Callable[[CallNote], object], refused: Callable[[UserError], object]
    ) -> None:
        """Write a note down; call `then` when it is on this PC's disk, else `refused`."""
        job = partial(
            manual_calls.store_note, command, self._link.actor, self._uid, to_stamp(self._link.now())
        )
        self._journal.run(job, partial(self._on_written, then), refused)

    def put_away(self, note: CallNote) -> None:
        """Put a refused note away, because the officer has read why the office could not take it."""
        request = note.request
        self._journal.run(
            lambda journal: journal.put_away(request), lambda _nothing: self._read_notes(), _log_failure
        )

    def close(self) -> None:
        """Stop and close the journal. All notes are on the disk when this returns."""
        self._upload.stop()
        self._journal.close()

    def _is_online(self) -> bool:
        return self._link.connection is Connection.ONLINE

    def _on_connection(self, connection: Connection) -> None:
        if connection is Connection.ONLINE:
            self._link.read(lambda office: office.uid, self._on_uid)

    def _on_uid(self, uid: str) -> None:
        self._uid = uid
        self._read_notes()
        self._upload.start()

    def _upload_again(self) -> None:
        """Upload the waiting notes again: a number that a note names may have been issued meanwhile."""
        if self.notes.waiting and self._is_online():
            self._upload.add_pending()
            self._upload.start()

    def _on_written(self, then: Callable[[CallNote], object], note: CallNote) -> None:
        self._upload.add_pending()
        self._read_notes()
        then(note)
        self._upload.start()

    def _read_notes(self) -> None:
        if self._uid:
            self._journal.run(partial(manual_calls.read_notes, self._uid), self._on_notes_read, _log_failure)

    def _on_notes_read(self, notes: CallNotes) -> None:
        if notes == self.notes:
            return
        had_waiting_notes = bool(self.notes.waiting)
        self.notes = notes
        self.changed.emit(notes)
        if not had_waiting_notes:  # an earlier run of the program may have left these
            self._upload_again()


def _upload_journal(journal: Path, office: Office, _actor: Actor) -> None:
    offline_upload.upload_offline_work(journal, office)


def _log_failure(error: UserError) -> None:
    """Log that the journal could not be read or changed. An officer sees only that a new note is refused."""
    log.warning("%s", error)


CAME, MISSED = "came", "missed"


class NoteBox(pages.FormBox):
    """The box to note a call. It works without the share, and closes when the note is on this PC's disk.

    Args:
        host: access to the office for the signed-in officer, at a counter.
        keeper: writes the note down.
        label: the number that was called; "" if it is not known.
    """

    def __init__(self, host: pages.PageHost, keeper: NoteKeeper, label: str) -> None:
        theme = host.theme
        self.number = forms.LineField(
            theme, "label", _("Nomor pada karcis"), required=True, hint="A012 / AK01", most=LONGEST_LABEL
        )
        self.outcome = forms.RadioField(
            theme,
            "outcome",
            _("Hasil panggilan"),
            [(CAME, _("Datang dan dilayani")), (MISSED, _("Tidak datang"))],
            required=True,
        )
        self.served = (
            forms.TimeField(theme, "arrived", _("Dilayani dari pukul"), required=True),
            forms.TimeField(theme, "ended", _("sampai pukul"), required=True),
        )
        self.called = forms.TimeField(theme, "called", _("Dipanggil pukul"), required=True)
        self._keeper = keeper
        super().__init__(
            host,
            _("Catat panggilan manual"),
            [[self.number, self.called], self.outcome, self.served],
            command=self._make_command,
            verb=_("Catat"),
            icon=("volume-x", "blue"),
            words=_("Disimpan di komputer ini, lalu masuk ke antrean begitu tersambung."),
            draft=host.draft("note-call"),
            check=self._check_times,
        )
        self.outcome.changed.connect(self._show_times)
        self.form.show_values({"label": label, "called": host.now().time(), "outcome": CAME})
        self._show_times()

    def _show_times(self) -> None:
        for field in self.served:
            field.set_shown(self.outcome.value() == CAME)

    def _check_times(self, values: dict[str, Any]) -> dict[str, str]:
        """Refuse a time after now, and one before the time of an earlier step."""
        now, earlier, problems = self._host.now().time(), values["called"], {}
        for name in ("called", "arrived", "ended"):
            at = values.get(name)
            if at is None:
                continue
            if at > now:
                problems[name] = _("Jam ini belum tiba.")
            elif at < earlier:
                problems[name] = _("Lebih awal daripada jam sebelumnya.")
            earlier = at
        return problems

    def _make_command(self, values: dict[str, Any]) -> NoteCall:
        def stamp(at: time | None) -> int | None:
            now = self._host.now()
            return None if at is None else to_stamp(datetime.combine(now.date(), at, now.tzinfo))

        return NoteCall(
            counter=self._host.counter or 0,
            label=values["label"],
            called_at=stamp(values["called"]) or 0,
            arrived_at=stamp(values.get("arrived")),
            ended_at=stamp(values.get("ended")),
        )

    @override
    def _send(self, values: dict[str, Any]) -> None:
        """Give the note to the keeper, where the other boxes send their command to the office."""
        self.form.set_busy(busy=True)
        self._keeper.note(self._make_command(values), self._on_noted, self._on_refused)

    def _on_noted(self, note: CallNote) -> None:
        # The dialog may be closed before this PC's disk has answered.
        if shiboken6.isValid(self):
            self.form.done()
            self.accept()
        self._host.tell(_("{label} dicatat di komputer ini.").format(label=note.command.label))

    def _on_refused(self, error: UserError) -> None:
        if shiboken6.isValid(self):
            self.form.set_busy(busy=False)
            self.form.show_refusal(error)


class NotesBox(dialogs.Box):
    """The box with the notes that wait or were refused.

    Only the officer who noted a call, or an admin, can put its refusal away; others see it.
    """

    def __init__(self, host: pages.PageHost, keeper: NoteKeeper) -> None:
        super().__init__(host.window, host.theme, _("Catatan panggilan manual"), ("notebook-pen", "blue"))
        self._host, self._keeper = host, keeper
        self.put_away_buttons: list[widgets.Button] = []
        self._lines = QWidget()
        self.words.addWidget(self._lines)
        keeper.changed.connect(self._show)
        self.add_button(_("Tutup"), "primary", lambda: None).setFocus()
        self._show(keeper.notes)

    def _show(self, notes: CallNotes) -> None:
        """Replace the whole list: the notes are few."""
        self.put_away_buttons.clear()
        new_lines = QWidget()
        column = Column(self.theme, new_lines, gap=12)
        for note in notes.refused:
            column.addWidget(self._make_refused_line(note))
        for note in notes.waiting:
            column.addWidget(self._make_line(note, _("Menunggu: belum masuk ke antrean."), "soft"))
        if not (notes.refused or notes.waiting):
            column.addWidget(widgets.Label(_("Tidak ada catatan yang tertinggal."), tone="soft"))
        self.words.replaceWidget(self._lines, new_lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = new_lines
        self.adjustSize()

    def _make_line(self, note: CallNote, why: str, tone: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "plain")
        column = Column(self.theme, frame, gap=4, margins=(16, 12, 16, 12))
        column.addWidget(
            widgets.Label(note_words(note.command, self._host.now().tzinfo), "strong", wrap=True)
        )
        column.addWidget(widgets.Label(why, "small", tone, wrap=True))
        return frame

    def _make_refused_line(self, note: CallNote) -> QFrame:
        frame = self._make_line(note, note.why, "danger")
        column = frame.layout()
        assert column is not None  # noqa: S101
        actor = self._host.actor
        if note.officer_id == actor.officer_id or actor.may(Permission.MANAGE_OFFICE):
            button = widgets.Button(self.theme, _("Sudah saya baca"), "quiet", "check")
            button.clicked.connect(partial(self._keeper.put_away, note))
            self.put_away_buttons.append(button)
            column.addWidget(button)
            column.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(widgets.Label(_("Dicatat petugas lain; ia yang membacanya."), "small", "soft"))
        return frame
