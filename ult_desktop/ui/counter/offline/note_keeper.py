"""A counter's calls by mouth: kept on this PC's disk, worded, handed in when the share is back."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import _, counted, formats
from ult_desktop.core.connection import Connection
from ult_desktop.core.offline import CallNote, CallNotes, NoteCall
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.operations.offline import manual_calls, offline_upload
from ult_desktop.ui.office_link.offline_upload import OfflineUpload
from ult_desktop.ui.office_link.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from pathlib import Path

    from ult_desktop.base import UserError
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.office_link.link import OfficeLink


def note_words(command: NoteCall, zone: tzinfo | None) -> str:
    """Return which number was called when, and the result."""

    def at(stamp: int | None) -> str:
        return "" if stamp is None else formats.format_time(to_datetime(stamp, zone))

    if command.came:
        words = _("{label}, dipanggil {called}, dilayani {arrived}–{ended}")
    else:
        words = _("{label}, dipanggil {called}, tidak datang")
    return words.format(
        label=command.label,
        called=at(command.called_at),
        arrived=at(command.arrived_at),
        ended=at(command.ended_at),
    )


def waiting_words(notes: CallNotes) -> str:
    """Return how many notes are still to be handed in; "" for none."""
    count = len(notes.waiting)
    return counted("{n} catatan menunggu dikirim.", count) if count else ""


def refused_words(notes: CallNotes) -> str:
    """Return how many notes were refused; "" for none."""
    count = len(notes.refused)
    return counted("{n} catatan panggilan manual tidak dapat digabung.", count) if count else ""


log = logging.getLogger(__name__)


class NoteKeeper(QObject):
    """The keeper of notes. It also hands in what an earlier run left, whoever signs in, and if nobody does.

    Args:
        link: the way to the office.
        journal: this station's.

    Signals:
        changed: the journal has other notes now (`CallNotes`).
    """

    changed = Signal(object)

    def __init__(self, link: OfficeLink, journal: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._uid = link, ""
        self.notes = CallNotes()
        self._book: Tasks[OfflineJournal] = Tasks(partial(OfflineJournal, journal), self)
        self._handing = OfflineUpload(partial(link.perform, partial(_hand_in, journal)), self._is_there, self)
        self._handing.done.connect(self._look)
        link.connection_changed.connect(self._on_connection)
        link.changed.connect(self._on_news)
        self._on_connection(link.connection)

    def note(
        self, command: NoteCall, then: Callable[[CallNote], object], refused: Callable[[UserError], object]
    ) -> None:
        """Write it down; `then` comes when it is on the disk."""
        job = partial(manual_calls.note, command, self._link.actor, self._uid, to_stamp(self._link.now()))
        self._book.run(job, partial(self._wrote, then), refused)

    def put_away(self, noted: CallNote) -> None:
        """Put the note away: the officer has read why the office could not take it."""
        request = noted.request
        self._book.run(lambda book: book.put_away(request), lambda _nothing: self._look(), _failed)

    def close(self) -> None:
        """Stop and close the journal. All notes are on the disk when this returns."""
        self._handing.stop()
        self._book.close()

    def _is_there(self) -> bool:
        return self._link.connection is Connection.ONLINE

    def _on_connection(self, connection: Connection) -> None:
        if connection is Connection.ONLINE:
            self._link.read(lambda office: office.uid, self._know)

    def _know(self, uid: str) -> None:
        self._uid = uid
        self._look()
        self._handing.go()

    def _on_news(self) -> None:
        """Try the waiting notes again: a number that was missing may have come."""
        if self.notes.waiting and self._is_there():
            self._handing.add_pending()
            self._handing.go()

    def _wrote(self, then: Callable[[CallNote], object], noted: CallNote) -> None:
        self._handing.add_pending()
        self._look()
        then(noted)
        self._handing.go()

    def _look(self) -> None:
        if self._uid:
            self._book.run(partial(manual_calls.notes, self._uid), self._show, _failed)

    def _show(self, notes: CallNotes) -> None:
        if notes == self.notes:
            return
        began, self.notes = notes.waiting and not self.notes.waiting, notes
        self.changed.emit(notes)
        if began:
            self._on_news()


def _hand_in(journal: Path, office: Office, _actor: Actor) -> None:
    offline_upload.upload_offline_work(journal, office)


def _failed(error: UserError) -> None:
    """Log a failed reading. The counter works without notes; an officer hears of it only when they note."""
    log.warning("%s", error)
