"""The session of one officer at one counter: the board as last read, and the request under way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.kit.slow_wait import SlowWait

if TYPE_CHECKING:
    from ult_desktop.base import UserError
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.core.command import Answer, Command
    from ult_desktop.core.office.template import OfficeIdentity
    from ult_desktop.core.queue.boards import CounterBoard
    from ult_desktop.core.queue.ticket import Ticket
    from ult_desktop.ui.office_link.link import OfficeLink

Reprint = Callable[["Ticket", "OfficeIdentity"], object]
_SHOWN_AS_BUSY_MS = 250  # buttons that close for a shorter time would only flicker


class CounterSession(QObject):
    """The session that reads the board, sends requests one at a time, and knows the situation.

    A request is under way until the board that shows its effect has been read. So a key that is pressed
    too early never acts on an old board. `armed`: the counter calls the next ticket as soon as one comes.

    Signals:
        changed: the situation is different now.
        refused: a request was refused (UserError).
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, link: OfficeLink, actor: Actor, counter: int, reprint: Reprint | None) -> None:
        super().__init__()
        self.actor, self.counter = actor, counter
        self.online, self.armed = True, False
        self._link, self.reprint = link, reprint
        self._board: CounterBoard | None = None
        self._is_under_way = self._is_reading = self._must_read_again = False
        self._is_answered = False  # the request is answered, and its effect not read yet
        self._slow_timer = SlowWait(_SHOWN_AS_BUSY_MS, self)
        self._slow_timer.grew.connect(self.changed)

    @property
    def board(self) -> CounterBoard | None:
        return self._board

    @property
    def under_way(self) -> bool:
        """True until a request's effect is on the board. It is shown as busy only when it takes long."""
        return self._is_under_way

    def situation(self) -> Situation | None:
        """Return the present situation; None until the first board was read."""
        if self._board is None:
            return None
        return Situation(
            self._board,
            self.actor,
            online=self.online,
            busy=self._is_under_way and self._slow_timer.is_long,
            waited_s=self._slow_timer.seconds,
            prints=self.reprint is not None,
            armed=self.armed,
        )

    def set_online(self, *, online: bool) -> None:
        """Note that the share answers again, or is gone. A reading under way is given up: it may be lost."""
        self.online = online
        self._is_reading = self._must_read_again = False
        self._end_request()
        if online:
            self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Read the board. A refresh requested while reading follows once afterwards."""
        if self._is_reading:
            self._must_read_again = True
            return
        self._is_reading = True
        counter = self.counter
        self._link.read(lambda office: office.counter_board(counter), self._show_board)

    def perform(
        self,
        command: Command[Answer],
        then: Callable[[Answer], object] = lambda _result: None,
        refused: Callable[[UserError], object] = lambda _error: None,
        *,
        after_another: bool = False,
    ) -> None:
        """Send a request; `then` gets its result, `refused` the error.

        While another request is under way nothing is sent, unless this one follows from it (`after_another`).
        """
        if self._is_under_way and not after_another:
            return
        self._is_under_way = True
        self._slow_timer.start()
        self._link.perform(command, partial(self._on_done, then), partial(self._on_refused, refused))

    def arm(self, *, armed: bool) -> None:
        """Let the counter call the next ticket as soon as one comes, or not any more."""
        if armed is not self.armed:
            self.armed = armed
            self.changed.emit()

    def end(self) -> None:
        self._slow_timer.stop()

    def give_up_reading(self) -> None:
        """Stop waiting for the board: the last one stays, and keys work again."""
        self._is_reading = self._must_read_again = False
        self._end_request()
        self.changed.emit()

    def _on_done(self, then: Callable[[Answer], object], result: Answer) -> None:
        self._is_answered = True
        self.refresh()
        then(result)

    def _on_refused(self, refused: Callable[[UserError], object], error: UserError) -> None:
        self._is_answered = True
        self.refresh()
        self.refused.emit(error)
        refused(error)

    def _show_board(self, board: CounterBoard) -> None:
        self._board = board
        self._is_reading = False
        if self._is_answered:  # the worker does requests and readings in order: this board shows the effect
            self._end_request()
        if self._must_read_again:
            self._must_read_again = False
            self.refresh()
        self.changed.emit()

    def _end_request(self) -> None:
        self._is_under_way = self._is_answered = False
        self._slow_timer.stop()
