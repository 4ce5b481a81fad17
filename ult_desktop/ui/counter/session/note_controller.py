"""The notes of calls by mouth while cut off: who may write one now, and which boxes the banner opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ult_desktop.base.late import late
from ult_desktop.core.offline import CallNotes

if TYPE_CHECKING:
    from ult_desktop.ui.counter.frame import workspaces
    from ult_desktop.ui.counter.frame.counter_frame import CutOffBanner
    from ult_desktop.ui.counter.offline import notes
    from ult_desktop.ui.counter.offline.notes import NoteKeeper
    from ult_desktop.ui.counter.session.lock import Lock
    from ult_desktop.ui.counter.session.officer_session import OfficerSession
else:
    workspaces = late("ult_desktop.ui.counter.frame.workspaces")
    notes = late("ult_desktop.ui.counter.offline.notes")


class NoteController(QObject):
    """The controller that lets an officer at a counter note a call by mouth, unless the counter is locked.

    Args:
        banner: has the buttons for notes, and shows the notes that wait.
        keeper: keeps the notes on this PC; None: this PC keeps none.
        lock: the counter's.
    """

    def __init__(self, banner: CutOffBanner, keeper: NoteKeeper | None, lock: Lock) -> None:
        super().__init__()
        self._banner, self._keeper, self._lock = banner, keeper, lock
        self._officer_session: OfficerSession | None = None
        banner.note_requested.connect(self.note)
        banner.list_requested.connect(self.show_list)
        lock.changed.connect(self._show)
        if keeper is not None:
            keeper.changed.connect(self._show)
        self._show()

    def begin(self, officer_session: OfficerSession) -> None:
        self._officer_session = officer_session
        officer_session.note_wanted.connect(self.note)
        self._show()

    def end(self) -> None:
        self._officer_session = None
        self._show()

    def note(self) -> None:
        """Open the box for a note, about the visitor who is here, else about the chosen row."""
        if self._officer_session is None or self._keeper is None or not self._may_note():
            return
        workspace = self._officer_session.workspace
        situation = workspace.queue.situation if isinstance(workspace, workspaces.CounterWorkspace) else None
        ticket = None if situation is None else situation.current or situation.selected
        notes.NoteBox(workspace.host, self._keeper, "" if ticket is None else ticket.label).open()

    def show_list(self) -> None:
        if self._officer_session is not None and self._keeper is not None and self._may_note():
            notes.NotesBox(self._officer_session.workspace.host, self._keeper).open()

    def _may_note(self) -> bool:
        at_counter = self._officer_session is not None and self._officer_session.session is not None
        return at_counter and self._keeper is not None and not self._lock.is_on

    def _show(self) -> None:
        call_notes = CallNotes() if self._keeper is None else self._keeper.notes
        self._banner.show_notes(call_notes, may_note=self._may_note())
