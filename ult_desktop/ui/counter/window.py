"""The counter's window: sign-in and workspace, wired to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from ult_desktop.core import asks
from ult_desktop.core.connection import Connection
from ult_desktop.i18n import _, use_language
from ult_desktop.ui import dialogs
from ult_desktop.ui.counter.admin_notices import tell_admin, tell_of_due_erasure, tell_of_no_procedure
from ult_desktop.ui.counter.duty import Duty
from ult_desktop.ui.counter.fittings import Fittings
from ult_desktop.ui.counter.frame import Frame
from ult_desktop.ui.counter.lock import Lock, visitor_is_here
from ult_desktop.ui.counter.note_desk import NoteDesk
from ult_desktop.ui.counter.reception import Reception, Seat
from ult_desktop.ui.counter.recovery_box import offer_code

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from ult_desktop.config import StationConfig
    from ult_desktop.core.ticket import Ticket
    from ult_desktop.errors import UserError
    from ult_desktop.ui.counter.session import Session
    from ult_desktop.ui.counter.sign_in import SignInPage
    from ult_desktop.ui.counter.workspace import Workspace
    from ult_desktop.ui.link import OfficeLink
    from ult_desktop.ui.theme import Theme
    from ult_desktop.ui.widgets.clock import Now

_TICK_MS = 1000


class CounterWindow(QMainWindow):
    """Assembles and wires; what happens is decided in `Duty`, `Desk`, `Session` and the pages.

    Args:
        link: the way to the office.
        theme: face "counter".
        config: this station's settings.
        now: the office's clock (aware, in the office's zone).
        fittings: drafts, printer, pages and tabs.
    """

    def __init__(
        self,
        link: OfficeLink,
        theme: Theme,
        config: StationConfig,
        now: Now,
        fittings: Fittings | None = None,
    ) -> None:
        super().__init__()
        self._link, self._theme, self._now = link, theme, now
        self._fittings = fittings or Fittings()
        self._duty: Duty | None = None
        self.frame = Frame(theme, now)
        self.setCentralWidget(self.frame)
        self.reception = Reception(link, theme, config.counter.number)
        self.reception.seated.connect(self._begin)
        self.lock = Lock(link, self.frame, theme, now, config.counter.lock_after_minutes)
        self.notes = NoteDesk(self.frame.banner, self._fittings.notes, self.lock)
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

    @property
    def session(self) -> Session | None:
        """The session at this counter; None until signed in, and without a counter."""
        return self._duty.session if self._duty is not None else None

    @property
    def workspace(self) -> Workspace | None:
        """None until signed in."""
        return self._duty.workspace if self._duty is not None else None

    def _show_sign_in(self) -> None:
        self.frame.show_page(self.sign_in)
        self.setWindowTitle(_("Loket"))

    def _look_again(self) -> None:
        """Something happened in the office: the one road by which anything new is shown."""
        if self._duty is None:
            self.reception.refresh()
        else:
            self._duty.refresh()

    def _begin(self, seat: Seat) -> None:
        self._duty = Duty(self._link, seat, self.frame, self._theme, self._now, self._fittings)
        self._duty.language_requested.connect(self._set_language)
        self._duty.over.connect(self._left)
        self.setWindowTitle(self._duty.title)
        self._duty.begin()
        self.lock.begin(self._duty, seat)
        self.notes.begin(self._duty)
        tell_admin(self._link, self, self._theme, seat.actor)
        tell_of_no_procedure(self._duty.workspace.desk)
        tell_of_due_erasure(self._duty.workspace.desk)
        offer_code(self._duty.workspace.desk)

    def _tick(self) -> None:
        if self._duty is not None:
            self._duty.show_time()
            self.lock.watch.look()
            self.lock.refresh()

    def _show_connection(self, connection: Connection) -> None:
        self.frame.show_connection(connection)
        if self._duty is None:
            self.reception.show_connection(connection)
        elif self.session is not None:
            self.session.set_online(online=connection is not Connection.OFFLINE)

    def _refused(self, error: UserError) -> None:
        """Refused outside an action: the board or the lists could not be read."""
        if self._duty is None:
            self.sign_in.show_refusal(error)
            return
        if self.session is not None:
            self.session.give_up_reading()
        if self.lock.is_on:
            self.lock.tell(error)
            return
        if error.what not in [box.title.text() for box in self.findChildren(dialogs.Box)]:
            dialogs.tell(self, self._theme, error)

    def _set_language(self, code: str) -> None:
        use_language(code)
        old_page = self.sign_in
        new_page = self.reception.renew_page()
        if self._duty is not None:
            self._duty.renew()
        else:
            self.frame.show_page(new_page)
        self.frame.remove_page(old_page)

    def _left(self) -> None:
        self._duty = None
        self.lock.end()
        self.notes.end()
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
        self.lock.end()
        if situation is not None and visitor is None and situation.is_mine and situation.online:
            self._link.perform(asks.LeaveCounter(counter=situation.counter))
        self._timer.stop()
        super().closeEvent(event)

    def _ask_before_closing(self, visitor: Ticket) -> None:
        if self.lock.is_on:
            self.lock.tell(visitor_is_here(visitor))
            return
        words = _("{label} tetap tercatat di loket ini sampai petugas masuk lagi.")
        yes = (_("Tutup jendela"), self.close)
        question = _("Masih ada pengunjung di loket")
        dialogs.ask(self, self._theme, question, words.format(label=visitor.label), yes)
