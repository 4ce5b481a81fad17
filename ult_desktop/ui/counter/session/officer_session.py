"""An officer at work: workspace, the counter's session, signing out with nobody forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.base import _
from ult_desktop.core.queue import commands, ticket
from ult_desktop.core.stamps import MINUTE_MS, to_stamp
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.actions.counter_session import CounterSession
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace, HallWorkspace
from ult_desktop.ui.counter.health.health_watch import HealthWatch
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.session.action_dispatcher import ActionDispatcher
from ult_desktop.ui.counter.session.own_password_box import OwnPasswordBox
from ult_desktop.ui.counter.session.own_settings import OwnLook, OwnSettingsBox
from ult_desktop.ui.counter.words import counter_name
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.announcing import announce

if TYPE_CHECKING:
    from ult_desktop.core.queue.boards import CounterBoard
    from ult_desktop.ui.counter.actions.reasons import Situation
    from ult_desktop.ui.counter.frame.counter_frame import CounterFrame
    from ult_desktop.ui.counter.frame.counter_services import CounterServices
    from ult_desktop.ui.counter.frame.workspace import Workspace
    from ult_desktop.ui.counter.session.sign_in_flow import SignedInOfficer
    from ult_desktop.ui.kit import Theme, widgets
    from ult_desktop.ui.office_link.link import OfficeLink


Then = Callable[[], object]


class SignOutFlow:
    """The flow that closes the counter for the officer.

    It asks first if somebody is called or served there.
    """

    def __init__(self, parent: QWidget, theme: Theme, session: CounterSession) -> None:
        self._parent, self._theme, self._session = parent, theme, session

    def start(self, s: Situation, then: Then) -> None:
        """Leave, and call `then` once the counter is closed."""
        if not s.is_mine:
            then()
        elif s.current is not None:
            self._ask_about(s.current, then)
        else:
            self._leave(then)

    def _ask_about(self, visitor: ticket.Ticket, then: Then) -> None:
        serving = visitor.state is ticket.TicketState.SERVING
        text = _("{label} masih dilayani di sini.") if serving else _("{label} masih dipanggil ke sini.")
        verb = _("Selesaikan dan keluar") if serving else _("Tunda dan keluar")
        words = (
            _("Loket ditutup setelah kunjungan ini selesai.")
            if serving
            else _("Nomor ini masuk daftar Ditunda dan dapat dilanjutkan dari loket mana pun.")
        )
        counter = self._session.counter
        last = commands.Finish(counter=counter) if serving else commands.Hold(ticket_id=visitor.id)

        def leave_after() -> None:
            self._session.perform(last, lambda _ticket: self._leave(then))

        dialogs.ask(self._parent, self._theme, text.format(label=visitor.label), words, (verb, leave_after))

    def _leave(self, then: Then) -> None:
        leave = commands.LeaveCounter(counter=self._session.counter)
        self._session.perform(leave, lambda _line: then(), after_another=True)


class OfficerSession(QObject):
    """The officer's session, from signing in to signing out.

    Args:
        link: the way to the office.
        seat: who signed in, and at which counter if any.
        frame: the frame around the workspace.
        theme: colours and sizes.
        now: the injected clock.
        fittings: what this PC offers: drafts, printer, pages and tabs.

    Signals:
        language_requested: "id" or "en".
        over: the officer has signed out.
        note_wanted: a call by mouth is to be noted.
    """

    language_requested = Signal(str)
    note_wanted = Signal()
    over = Signal()

    def __init__(
        self,
        link: OfficeLink,
        seat: SignedInOfficer,
        frame: CounterFrame,
        theme: Theme,
        now: widgets.Now,
        fittings: CounterServices,
    ) -> None:
        super().__init__()
        self._link, self._seat, self._frame = link, seat, frame
        self._theme, self._now, self._fittings = theme, now, fittings
        self._minute = 0
        self._look = OwnLook(theme, fittings.drafts, seat.actor.officer_id or 0)
        self._covered = False
        self.session = (
            None if seat.counter is None else CounterSession(link, seat.actor, seat.counter, fittings.reprint)
        )
        self.workspace = self._new_workspace()
        if self.session is not None:
            self.session.changed.connect(self.show_situation)  # after the workspace: it appears filled

    def _new_workspace(self) -> Workspace:
        work = PageHost(
            self._link, self._theme, self._frame.toast, self._now, self._seat.counter, self._fittings
        )
        table = action_table()
        HealthWatch(work, self._frame.status.health)
        workspace: Workspace
        if self.session is None:
            workspace = HallWorkspace(work, table, self._fittings)
        else:
            workspace = CounterWorkspace(work, table, self._fittings)
            desk = ActionDispatcher(
                self._frame, self._theme, self.session, workspace, self._frame.toast, self._now
            )
            desk.note_wanted.connect(self.note_wanted)
            desk.show_situation()
        workspace.rail.language_requested.connect(self._ask_for_language)
        workspace.rail.leave_requested.connect(lambda: workspace.leave(self.leave))
        workspace.rail.own_requested.connect(self._show_own_settings)
        workspace.text_wanted.connect(self._look.step)
        return workspace

    def _ask_for_language(self, code: str) -> None:
        self.workspace.leave(partial(self.language_requested.emit, code))

    def _show_own_settings(self) -> None:
        OwnSettingsBox(self._frame.window(), self._theme, self._look, self._change_password).open()

    def _change_password(self) -> None:
        told = partial(self._frame.toast.show_message, _("Kata sandi Anda diganti."))
        OwnPasswordBox(self._frame.window(), self._link, self._theme, told).open()

    def begin(self) -> None:
        """Show the workspace, at a counter as soon as its board has been read."""
        if self.session is not None:
            self.session.refresh()
        else:
            self._frame.show_page(self.workspace)

    def refresh(self) -> None:
        if self.session is not None:
            self.session.refresh()

    def renew(self) -> None:
        """Build the workspace in the language in force now, at the page where it was."""
        old, self.workspace = self.workspace, self._new_workspace()
        self.workspace.show_page(old.page, old.subject)
        self._frame.remove_page(old)
        old.host.end()
        if self.session is None:
            self._frame.show_page(self.workspace)
        else:
            self.show_situation()

    def set_covered(self, *, covered: bool) -> None:
        """While covered the workspace is kept as it is, and does not come to the front by itself."""
        self._covered = covered
        if not covered:
            self._frame.show_page(self.workspace)
            self.show_situation()

    @property
    def visitor(self) -> ticket.Ticket | None:
        """The visitor who is called or served at this officer's counter."""
        situation = None if self.session is None else self.session.situation()
        return situation.current if situation is not None and situation.is_mine else None

    @property
    def summary(self) -> str:
        """The state of the counter's queue, in one line; "" without a counter."""
        board = None if self.session is None else self.session.board
        if board is None:
            return ""
        waiting = _("{n} menunggu").format(n=len(board.waiting))
        if self.visitor is None:
            return f"{counter_name(board.mine)} · {waiting}"
        here = _("{label} di loket ini").format(label=self.visitor.label)
        return f"{counter_name(board.mine)} · {here} · {waiting}"

    @property
    def calls(self) -> str:
        """Calls for care that this officer would see, in words without any visitor; "" without one."""
        return self.workspace.alerts.covered

    @property
    def title(self) -> str:
        """The title of the window."""
        board = self.session.board if self.session is not None else None
        return _title(board, len(board.waiting)) if board is not None else self._seat.actor.name

    def show_situation(self) -> None:
        """Update what lies outside the workspace after a board has come."""
        if self.session is None or self.session.board is None:
            return
        board, window = self.session.board, self._frame.window()
        if not self._covered:
            self._frame.show_page(self.workspace)
        self._frame.show_devices(board)
        somebody_came = board.next_up is not None and window.windowTitle() == _title(board, 0)
        window.setWindowTitle(self.title)
        if somebody_came and board.mine.current is None:
            QApplication.alert(window)
            QApplication.beep()
            announce(window, self.title)

    def show_time(self) -> None:
        """Once a second; once a minute everything that goes by the clock."""
        now = to_stamp(self._now())
        self.workspace.show_time(now)
        if now // MINUTE_MS != self._minute:
            self._minute = now // MINUTE_MS
            self.workspace.host.changed.emit()
            if self.session is not None:
                self.session.refresh()

    def leave(self) -> None:
        """Sign out; asks first when a visitor is there."""
        if self.session is None:
            self._left()
            return
        situation = self.session.situation()
        if situation is not None:
            SignOutFlow(self._frame, self._theme, self.session).start(situation, self._left)

    def _left(self) -> None:
        self.end()
        self._frame.remove_page(self.workspace)
        self.over.emit()

    def end(self) -> None:
        self._look.end()
        self._frame.status.health.show_status("", "danger", "heart-pulse")
        if self.session is not None:
            self.session.end()
        self.workspace.host.end()


def _title(board: CounterBoard, waiting: int) -> str:
    return _("{counter} · {n} menunggu").format(counter=counter_name(board.mine), n=waiting)
