"""The link between the officer's actions and the office: each becomes a request, or words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.actions.flows import ActionDialogs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ult_desktop.base import UserError
    from ult_desktop.core.command import Command
    from ult_desktop.ui.counter.actions.actions import Action
    from ult_desktop.ui.counter.actions.counter_session import CounterSession
    from ult_desktop.ui.counter.actions.reasons import Situation
    from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
    from ult_desktop.ui.kit import Theme, widgets
    from ult_desktop.ui.kit.widgets.toast import Toast

REFUSAL_STAYS_MS = 9000


class ActionDispatcher(QObject):
    """The dispatcher that wires a workspace to its session.

    Args:
        window: over it the dialogs open.
        session: the officer's session.
        workspace: what shows it.
        table: the actions by name, in the workspace's language.
        toast: where short messages go.
        now: the injected clock.

    Signals:
        note_wanted: a call by mouth while cut off: it is noted, and merges later.
    """

    note_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        session: CounterSession,
        workspace: CounterWorkspace,
        toast: Toast,
        now: widgets.Now,
    ) -> None:
        super().__init__(workspace)
        self._window, self._theme = window, theme
        self._session, self._workspace = session, workspace
        self._toast, self._now = toast, now
        self._flows = ActionDialogs(window, theme)
        self._doing = self._next = ""
        workspace.asked.connect(self.act)
        session.changed.connect(self.show_situation)
        session.refused.connect(self.tell)
        toast.undo_requested.connect(self._undo)

    def act(self, name: str) -> None:
        """Do an action by its name, ask for what it needs first, or say why it is closed.

        Fast fingers: another key pressed while a request is under way is done right after it. The same
        key pressed twice is meant once, and nothing is done late once a request takes its time.
        """
        situation = self._workspace.queue.situation
        if situation is None:
            return
        if name == "by_mouth" and not situation.online:
            self.note_wanted.emit()
            return
        if self._session.under_way:
            self._next = name if name != self._doing and not situation.busy else ""
            return
        self._doing = name
        action = self._workspace.table[name]
        why = action.closed_because(situation)
        if why:
            self._toast.show_message(why)
        elif name == "reprint":
            self._print_again(situation)
        elif name == "finish":
            self._finish(action)
        elif action.command is not None:
            self._send(action, action.command(situation))
        else:
            self._flows.start(name, situation, partial(self._send, action))

    def _finish(self, action: Action) -> None:
        """Show what is missing at the first request; finish at the second."""
        queue = self._workspace.queue
        if self._workspace.page == "queue" and queue.is_ending:
            self._send(action, queue.ending.command())
        else:
            self._workspace.show_page("queue")
            queue.begin_ending()

    def show_situation(self) -> None:
        situation = self._session.situation()
        if situation is None:
            return
        self._workspace.show_situation(situation, to_stamp(self._now()))
        following, still_wanted = self._next, not situation.busy
        if not self._session.under_way or not still_wanted:
            self._next = ""
            if following and still_wanted:
                self.act(following)

    def tell(self, error: UserError) -> None:
        """Show a refusal without taking the focus away, because nothing changed."""
        words = error.brief
        self._toast.show_message(words, stays_ms=REFUSAL_STAYS_MS)

    def _send(self, action: Action, command: Command) -> None:
        self._toast.dismiss()
        self._session.perform(command, partial(self._told, action))

    def _told(self, action: Action, result: object) -> None:
        label = result.label if isinstance(result, Ticket) else str(result)
        if action.told:
            self._toast.show_message(action.told.format(label=label), undo=action.undoable)

    def _undo(self) -> None:
        self.act("undo")

    def _print_again(self, situation: Situation) -> None:
        ticket = situation.selected or situation.current
        if ticket is not None and self._session.reprint is not None:
            self._session.reprint(ticket, situation.board)
