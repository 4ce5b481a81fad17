"""The counter's window: sign-in and workspace, wired to the office."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from ult_desktop.base import UserError, _, use_language
from ult_desktop.base.late import late
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.ui.counter.frame.counter_frame import CounterFrame
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.health.health_watch import offer_to_move_deadlines
from ult_desktop.ui.counter.pages.page_host import REFUSAL_STAYS_MS
from ult_desktop.ui.counter.session import lock, sign_in
from ult_desktop.ui.counter.session.note_controller import NoteController
from ult_desktop.ui.kit import dialogs

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from ult_desktop.base.config import StationConfig
    from ult_desktop.core.queue.ticket import Ticket
    from ult_desktop.ui.counter.access import key_boxes
    from ult_desktop.ui.counter.actions import flows
    from ult_desktop.ui.counter.actions.counter_session import CounterSession
    from ult_desktop.ui.counter.frame.workspace import Workspace
    from ult_desktop.ui.counter.session import admin_notices, officer_session
    from ult_desktop.ui.counter.session.sign_in import SignedInOfficer, SignInPage
    from ult_desktop.ui.kit import Theme, widgets
    from ult_desktop.ui.office_link.link import OfficeLink
else:
    flows = late("ult_desktop.ui.counter.actions.flows")
    admin_notices = late("ult_desktop.ui.counter.session.admin_notices")
    officer_session = late("ult_desktop.ui.counter.session.officer_session")
    key_boxes = late("ult_desktop.ui.counter.access.key_boxes")

_TICK_MS = 1000


class CounterWindow(QMainWindow):
    """The counter's window, which makes its parts and connects them.

    `OfficerSession`, `ActionDispatcher`, `CounterSession` and the pages decide what happens.

    Args:
        link: the connection to the office.
        theme: face "counter".
        config: this station's settings.
        now: the office's clock (aware, in the office's zone).
        services: drafts, printer, pages and tabs.
    """

    def __init__(
        self,
        link: OfficeLink,
        theme: Theme,
        config: StationConfig,
        now: widgets.Now,
        services: CounterServices | None = None,
    ) -> None:
        super().__init__()
        self._link, self._theme, self._now = link, theme, now
        self._services = services or CounterServices()
        self._officer_session: officer_session.OfficerSession | None = None
        self.frame = CounterFrame(theme, now)
        self.setCentralWidget(self.frame)
        self.sign_in_flow = sign_in.SignInFlow(link, theme, config.counter.number, self._services.drafts)
        self.sign_in_flow.seated.connect(self._on_signed_in)
        self.sign_in_flow.language_requested.connect(self._set_language)
        self.sign_in_flow.typing_began.connect(_import_pages)
        self.lock = lock.Lock(link, self.frame, theme, now, config.counter.lock_after_minutes)
        self.time_cover = lock.TimeCover(link, self.frame, theme, now)
        self.notes = NoteController(self.frame.banner, self._services.notes, self.lock)
        self._show_sign_in()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        theme.apply(self)
        self._show_connection(link.connection)
        self.time_cover.refresh()
        link.changed.connect(self._refresh)
        link.connection_changed.connect(self._show_connection)
        link.refused.connect(self._on_refused)
        self._refresh()

    @property
    def sign_in(self) -> SignInPage:
        return self.sign_in_flow.page

    @property
    def session(self) -> CounterSession | None:
        """The session at this counter; None until an officer has signed in at a counter."""
        return self._officer_session.session if self._officer_session is not None else None

    @property
    def workspace(self) -> Workspace | None:
        """The workspace of the signed-in officer; None until signed in."""
        return self._officer_session.workspace if self._officer_session is not None else None

    def _show_sign_in(self) -> None:
        self.frame.show_page(self.sign_in)
        self.setWindowTitle(_("Loket"))

    def _refresh(self) -> None:
        """Read again what the window shows, because something happened in the office."""
        if self._officer_session is None:
            self.sign_in_flow.refresh()
        else:
            self._officer_session.refresh()

    def _on_signed_in(self, officer: SignedInOfficer) -> None:
        self._officer_session = officer_session.OfficerSession(
            self._link, officer, self.frame, self._theme, self._now, self._services
        )
        self._officer_session.language_requested.connect(self._set_language)
        self._officer_session.over.connect(self._on_signed_out)
        self.setWindowTitle(self._officer_session.title)
        self._officer_session.begin()
        self.lock.begin(self._officer_session, officer)
        self.notes.begin(self._officer_session)
        admin_notices.show_reset_notices(self._link, self, self._theme, officer.actor)
        admin_notices.tell_of_restore(self._officer_session.workspace.host)
        admin_notices.warn_of_no_procedure(self._officer_session.workspace.host)
        flows.offer_day_back(self._officer_session.workspace.host)
        admin_notices.offer_due_erasure(self._officer_session.workspace.host)
        admin_notices.offer_due_drill(self._officer_session.workspace.host)
        offer_to_move_deadlines(self._officer_session.workspace.host)
        key_boxes.offer_code(self._officer_session.workspace.host)

    def _tick(self) -> None:
        if self._officer_session is not None:
            self._officer_session.show_time()
            self.lock.watch.check()
            self.lock.refresh()

    def _show_connection(self, connection: Connection) -> None:
        self.frame.show_connection(connection)
        if self._officer_session is None:
            self.sign_in_flow.show_connection(connection)
        elif self.session is not None:
            self.session.set_online(online=connection is not Connection.OFFLINE)

    def _on_refused(self, error: UserError) -> None:
        """Show that the board or the lists could not be read; the refusal of an action is shown elsewhere."""
        self.time_cover.refresh()
        if self.time_cover.page is not None:
            return
        if self._officer_session is None:
            self.sign_in_flow.show_refusal(error)
            return
        if self.session is not None:
            self.session.give_up_reading()
        if self.lock.is_on:
            self.lock.tell(error)
            return
        # Each change of the office is read again and may be refused again: one box about it is enough.
        if error.what not in [box.title.text() for box in self.findChildren(dialogs.Box)]:
            dialogs.tell(self, self._theme, error)

    def tell_of_sheet(self, result: PrintResult) -> None:
        """Show that a sheet was not printed here, and what to do."""
        if result.outcome is PrintOutcome.FAILED:
            what = _("Lembar tidak tercetak. {state}").format(state=result.state.word)
            todo = _("Cetak sekali lagi sesudahnya, atau simpan sebagai PDF.")
            self.frame.toast.show_message(UserError(what, "", todo).brief, stays_ms=REFUSAL_STAYS_MS)

    def _set_language(self, code: str) -> None:
        use_language(code)
        old_page = self.sign_in
        self.sign_in_flow.renew_page()
        if self._officer_session is not None:
            self._officer_session.renew()
        else:
            self._show_sign_in()
            self.sign_in_flow.refresh()
        self._show_connection(self._link.connection)
        self.frame.remove_page(old_page)

    def _on_signed_out(self) -> None:
        self._officer_session = None
        self.lock.end()
        self.notes.end()
        self._link.sign_out()
        self._show_sign_in()
        self._refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._theme.fit(self.width(), self.height())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before a person closes the window while a visitor is at the counter."""
        situation = self.session.situation() if self.session else None
        visitor = situation.current if situation and situation.is_mine else None
        # Qt calls a close from the window's frame spontaneous; one by `close()` was asked about already.
        if visitor is not None and event.spontaneous():
            event.ignore()
            self._ask_before_closing(visitor)
            return
        self.lock.end()
        if situation is not None and visitor is None and situation.is_mine and situation.online:
            self._link.perform(commands.LeaveCounter(counter=situation.counter))
        if self.session is not None:
            self.session.end()
        self._timer.stop()
        super().closeEvent(event)

    def _ask_before_closing(self, visitor: Ticket) -> None:
        if self.lock.is_on:
            self.lock.tell(lock.visitor_is_here(visitor))
            return
        words = _("{label} tetap tercatat di loket ini sampai petugas masuk lagi.")
        yes = (_("Tutup jendela"), self.close)
        question = _("Masih ada pengunjung di loket")
        dialogs.ask(self, self._theme, question, words.format(label=visitor.label), yes)


def _import_pages() -> None:
    """Import the officer's pages, half of this program, while the officer types their password."""
    threading.Thread(
        target=import_module, args=("ult_desktop.ui.counter.frame.workspaces",), daemon=True
    ).start()
