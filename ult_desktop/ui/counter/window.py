"""The counter's window: sign-in and workspace, wired to the office."""

from __future__ import annotations

from functools import partial
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
from ult_desktop.ui.counter.session import Reprint, Session
from ult_desktop.ui.counter.sign_in import Choices, SignIn, SignInPage
from ult_desktop.ui.counter.words import counter_name
from ult_desktop.ui.counter.workspace import Workspace
from ult_desktop.ui.tasks import Connection

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from ult_desktop.config import StationConfig
    from ult_desktop.core.boards import CounterBoard
    from ult_desktop.core.roles import Actor
    from ult_desktop.errors import UserError
    from ult_desktop.operations.office import Office
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
        self._link, self._theme, self._config, self._now = link, theme, config, now
        self._reprint = reprint
        self._may_close = False
        self._minute = 0
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.frame = Frame(theme, now)
        self.setCentralWidget(self.frame)
        self.sign_in = self._new_sign_in()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        theme.apply(self)
        self._show_connection(link.connection)
        link.changed.connect(self._look_again)
        link.connection_changed.connect(self._show_connection)
        link.refused.connect(self._refused)
        self._look_again()

    def _new_sign_in(self) -> SignInPage:
        page = SignInPage(self._theme, self._config.counter.number)
        page.sign_in_requested.connect(self._sign_in)
        self.frame.show_page(page)
        self.setWindowTitle(_("Loket"))
        return page

    def _look_again(self) -> None:
        """Something happened in the office: the one road by which anything new is shown."""
        if self.session is None:
            self._link.read(_choices, self.sign_in.show_choices)
        else:
            self.session.refresh()

    def _sign_in(self, wish: SignIn) -> None:
        sit_down = partial(self._sit_down, wish.counter)
        self._link.sign_in(wish.login, wish.password, sit_down, self.sign_in.show_refusal)

    def _sit_down(self, counter: int, actor: Actor) -> None:
        def refused(error: UserError) -> None:
            self._link.sign_out()
            self.sign_in.show_refusal(error)

        begin = partial(self._begin, actor, counter)
        self._link.perform(asks.StaffCounter(counter=counter), begin, refused)

    def _begin(self, actor: Actor, counter: int, _line: object) -> None:
        self.session = Session(self._link, actor, counter, self._reprint)
        self.session.changed.connect(self._show_situation)
        self.sign_in.clear()
        self._new_workspace(self.session)
        self.session.refresh()

    def _new_workspace(self, session: Session) -> Workspace:
        workspace = self.workspace = Workspace(self._theme, action_table())
        desk = Desk(self, self._theme, session, workspace, self.frame.toast, self._now)
        desk.show_situation()
        workspace.rail.contrast_requested.connect(self._set_contrast)
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
        elif connection is Connection.OFFLINE:
            self.sign_in.show_busy(_("Menunggu sambungan…"))

    def _refused(self, error: UserError) -> None:
        """Refused outside an action: the board or the lists could not be read."""
        if self.session is None:
            self.sign_in.show_refusal(error)
            return
        self.session.give_up_reading()
        if error.what not in [box.title.text() for box in self.findChildren(dialogs.Box)]:
            dialogs.tell(self, self._theme, error)

    def _set_contrast(self, on: bool) -> None:
        self._theme.set_contrast("kontras" if on else "light")

    def _set_language(self, code: str) -> None:
        use_language(code)
        old_page, old_workspace = self.sign_in, self.workspace
        self.sign_in = self._new_sign_in()
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
        self.frame.show_page(self.sign_in)
        self.setWindowTitle(_("Loket"))
        self._look_again()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._theme.fit(self.width(), self.height())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed window leaves the counter, unless somebody is still called or served there."""
        situation = self.session.situation() if self.session else None
        visitor = situation.current if situation and situation.is_mine else None
        if visitor is not None and not self._may_close:
            event.ignore()
            words = _("{label} tetap tercatat di loket ini sampai petugas masuk lagi.").format(
                label=visitor.label
            )
            yes = (_("Tutup jendela"), self.close_without_asking)
            dialogs.ask(self, self._theme, _("Masih ada pengunjung di loket"), words, yes)
            return
        if situation is not None and visitor is None and situation.is_mine and situation.online:
            self._link.perform(asks.LeaveCounter(counter=situation.counter))
        self._timer.stop()
        super().closeEvent(event)

    def close_without_asking(self) -> None:
        """Close even with a visitor at the counter, who stays there in the file."""
        self._may_close = True
        self.close()


def _choices(office: Office) -> Choices:
    lobby = office.lobby_board()
    officers = tuple((line.login, line.name) for line in office.officers())
    return Choices(lobby.office, officers, lobby.counters)


def _title(board: CounterBoard, waiting: int) -> str:
    return _("{counter} · {n} menunggu").format(counter=counter_name(board.mine), n=waiting)
