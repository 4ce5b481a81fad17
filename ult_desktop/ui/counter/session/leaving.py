"""Signing out: never with a visitor forgotten at the counter."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.ui.counter.actions.counter_session import CounterSession
from ult_desktop.ui.counter.actions.situation import Situation
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.theme import Theme

Then = Callable[[], object]


class SignOutFlow:
    """Closes the counter for the officer; asks first when somebody is called or served there."""

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

    def _ask_about(self, visitor: Ticket, then: Then) -> None:
        serving = visitor.state is TicketState.SERVING
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
