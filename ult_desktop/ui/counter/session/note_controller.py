"""The link between the banner and the notes: who may note a call by mouth now, and the boxes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ult_desktop.base.late import late
from ult_desktop.core.offline import CallNotes

if TYPE_CHECKING:
    from ult_desktop.ui.counter.frame import workspaces
    from ult_desktop.ui.counter.frame.cut_off_banner import CutOffBanner
    from ult_desktop.ui.counter.offline import notes
    from ult_desktop.ui.counter.offline.notes import NoteKeeper
    from ult_desktop.ui.counter.session.lock import Lock
    from ult_desktop.ui.counter.session.officer_session import OfficerSession
else:
    workspaces = late("ult_desktop.ui.counter.frame.workspaces")
    notes = late("ult_desktop.ui.counter.offline.notes")


class NoteController(QObject):
    """The controller that offers noting to an officer at a counter, unless it is locked.

    Args:
        banner: offers noting, and shows the notes that wait.
        keeper: None on a PC that keeps no notes.
        lock: while it is on, nobody acts.
    """

    def __init__(self, banner: CutOffBanner, keeper: NoteKeeper | None, lock: Lock) -> None:
        super().__init__()
        self._banner, self._keeper, self._lock = banner, keeper, lock
        self._duty: OfficerSession | None = None
        banner.note_requested.connect(self.note)
        banner.list_requested.connect(self.show_list)
        lock.changed.connect(self._show)
        if keeper is not None:
            keeper.changed.connect(self._show)
        self._show()

    def begin(self, duty: OfficerSession) -> None:
        self._duty = duty
        duty.note_wanted.connect(self.note)
        self._show()

    def end(self) -> None:
        self._duty = None
        self._show()

    def note(self) -> None:
        """Note a call. The number is that of the visitor who is here, else the chosen row's."""
        if self._duty is None or self._keeper is None or not self._may_note():
            return
        workspace = self._duty.workspace
        situation = workspace.queue.situation if isinstance(workspace, workspaces.CounterWorkspace) else None
        meant = None if situation is None else situation.current or situation.selected
        notes.NoteBox(workspace.host, self._keeper, "" if meant is None else meant.label).open()

    def show_list(self) -> None:
        if self._duty is not None and self._keeper is not None and self._may_note():
            notes.NotesBox(self._duty.workspace.host, self._keeper).open()

    def _may_note(self) -> bool:
        at_counter = self._duty is not None and self._duty.session is not None
        return at_counter and self._keeper is not None and not self._lock.is_on

    def _show(self) -> None:
        found = CallNotes() if self._keeper is None else self._keeper.notes
        self._banner.show_notes(found, may_note=self._may_note())
