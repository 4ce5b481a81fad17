"""The counter's window: sign-in and workspace, wired to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from typing_extensions import override

from ult_desktop.core import asks
from ult_desktop.core.stamps import MINUTE_MS, to_stamp
from ult_desktop.i18n import _, use_language
from ult_desktop.ui import dialogs
from ult_desktop.ui.counter.actions import action_table
from ult_desktop.ui.counter.desk import Desk
from ult_desktop.ui.counter.frame import Frame
from ult_desktop.ui.counter.leaving import Leaving
from ult_desktop.ui.counter.reception import Reception, Seat
from ult_desktop.ui.counter.session import Reprint, Session
from ult_desktop.ui.counter.words import counter_name
from ult_desktop.ui.counter.workspace import Workspace
from ult_desktop.ui.tasks import Connection

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from ult_desktop.config import StationConfig
    from ult_desktop.core.boards import CounterBoard
    from ult_desktop.core.ticket import Ticket
    from ult_desktop.errors import UserError
    from ult_desktop.ui.counter.sign_in import SignInPage
    from ult_desktop.ui.link import OfficeLink
    from ult_desktop.ui.theme import Theme
    from ult_desktop.ui.widgets.clock import Now

_TICK_MS = 1000


class CounterWindow(QMainWindow):
    """Assembles and wires; what happens is decided in `Desk`, `Session` and `Leaving`.

    Args:
        link: the way to the office.
        theme: face "counter".
        config: this station's settings.
        now: the office's clock (aware, in the office's zone).
        reprint: prints a ticket again, given the ticket and the board; None without a printer here.
    """

    def __init__(
        self,
        link: OfficeLink,
        theme: Theme,
        config: StationConfig,
        now: Now,
        reprint: Reprint | None = None,
    ) -> None:
        super().__init__()
        self._link, self._theme, self._now = link, theme, now
        self._reprint = reprint
        self._minute = 0
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.frame = Frame(theme, now)
        self.setCentralWidget(self.frame)
        self.reception = Reception(link, theme, config.counter.number)
        self.reception.seated.connect(self._begin)
        self._show_sign_in()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        theme.apply(self)
        self._show_connection(link.connection)
        link.changed.connect(self._look_again)
        link.connection_changed.connect(self._show_connection)
        link.refused.connect(self._refused)
        self._look_again()

    @property
    def sign_in(self) -> SignInPage:
        return self.reception.page

    def _show_sign_in(self) -> None:
        self.frame.show_page(self.sign_in)
        self.setWindowTitle(_("Loket"))

    def _look_again(self) -> None:
        """Something happened in the office: the one road by which anything new is shown."""
        if self.session is None:
            self.reception.refresh()
        else:
            self.session.refresh()

    def _begin(self, seat: Seat) -> None:
        self.session = Session(self._link, seat.actor, seat.counter, self._reprint)
        self.session.changed.connect(self._show_situation)
        self._new_workspace(self.session)
        self.session.refresh()

    def _new_workspace(self, session: Session) -> Workspace:
        workspace = self.workspace = Workspace(self._theme, action_table())
        desk = Desk(self, self._theme, session, workspace, self.frame.toast, self._now)
        desk.show_situation()
        workspace.rail.language_requested.connect(self._set_language)
        workspace.rail.leave_requested.connect(self._leave)
        return workspace

    def _show_situation(self) -> None:
        """A board has come: what stands outside the workspace follows it."""
        if self.session is None or self.session.board is None or self.workspace is None:
            return
        board = self.session.board
        if self.frame.show_page(self.workspace):
            self.workspace.queue.focus_list()
        self.frame.show_devices(board)
        somebody_came = board.next_up is not None and self.windowTitle() == _title(board, 0)
        self.setWindowTitle(_title(board, len(board.waiting)))
        if somebody_came and board.mine.current is None:
            QApplication.alert(self)

    def _tick(self) -> None:
        if self.workspace is None or self.session is None:
            return
        now = to_stamp(self._now())
        self.workspace.show_time(now)
        if now // MINUTE_MS != self._minute:
            self._minute = now // MINUTE_MS
            self.session.changed.emit()

    def _show_connection(self, connection: Connection) -> None:
        self.frame.show_connection(connection)
        if self.session is not None:
            self.session.set_online(online=connection is not Connection.OFFLINE)
        else:
            self.reception.show_connection(connection)

    def _refused(self, error: UserError) -> None:
        """Refused outside an action: the board or the lists could not be read."""
        if self.session is None:
            self.sign_in.show_refusal(error)
            return
        self.session.give_up_reading()
        if error.what not in [box.title.text() for box in self.findChildren(dialogs.Box)]:
            dialogs.tell(self, self._theme, error)

    def _set_language(self, code: str) -> None:
        use_language(code)
        old_page, old_workspace = self.sign_in, self.workspace
        self.frame.show_page(self.reception.renew_page())
        self.frame.remove_page(old_page)
        if self.session is not None and old_workspace is not None:
            self._new_workspace(self.session).show_page(old_workspace.page)
            self.frame.remove_page(old_workspace)
        self._show_situation()

    def _leave(self) -> None:
        situation = self.session.situation() if self.session else None
        if self.session is None or situation is None:
            return
        Leaving(self, self._theme, self.session).start(situation, self._left)

    def _left(self) -> None:
        if self.session is None or self.workspace is None:
            return
        self.session.end()
        self.frame.remove_page(self.workspace)
        self.session = self.workspace = None
        self._link.sign_out()
        self._show_sign_in()
        self._look_again()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._theme.fit(self.width(), self.height())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """A hand that closes the window with a visitor there is asked; the system's shutdown is not."""
        situation = self.session.situation() if self.session else None
        visitor = situation.current if situation and situation.is_mine else None
        if visitor is not None and event.spontaneous():
            event.ignore()
            self._ask_before_closing(visitor)
            return
        if situation is not None and visitor is None and situation.is_mine and situation.online:
            self._link.perform(asks.LeaveCounter(counter=situation.counter))
        self._timer.stop()
        super().closeEvent(event)

    def _ask_before_closing(self, visitor: Ticket) -> None:
        words = _("{label} tetap tercatat di loket ini sampai petugas masuk lagi.")
        yes = (_("Tutup jendela"), self.close)
        question = _("Masih ada pengunjung di loket")
        dialogs.ask(self, self._theme, question, words.format(label=visitor.label), yes)


def _title(board: CounterBoard, waiting: int) -> str:
    return _("{counter} · {n} menunggu").format(counter=counter_name(board.mine), n=waiting)
