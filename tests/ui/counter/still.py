"""A link to an office that stands still: it shows one board, and keeps every request for the test."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from tests.ui.counter import samples
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.command import Command
from ult_desktop.core.connection import Connection
from ult_desktop.core.office.template import Greeting
from ult_desktop.core.queue.boards import CounterBoard, LobbyBoard
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.operations.office.office import OfficerSummary
from ult_desktop.operations.time_watch import TimeDoubt

T = TypeVar("T")


OFFICERS = (
    OfficerSummary("dedi", "Dedi Kurniawan", frozenset({Role.FRONT_OFFICE})),
    OfficerSummary("siti", "Siti Rahmawati", frozenset({Role.FRONT_OFFICE})),
)


class NoRows(Exception):
    """Asked for what only an office with rows knows."""


class StillKeys:
    """The keys of an office where everybody holds them."""

    lacks_newest_key = False


class StillOffice:
    """Answers what the counter's window reads."""

    keys = StillKeys()
    keyring = None

    def __init__(self, board: CounterBoard) -> None:
        self.board = board

    def counter_board(self, number: int) -> CounterBoard:
        assert number == self.board.mine.number
        return self.board

    def read(self, _query: Callable[[Any], T]) -> T:
        raise NoRows

    def officers(self) -> tuple[OfficerSummary, ...]:
        return OFFICERS

    def lobby_board(self) -> LobbyBoard:
        return LobbyBoard(
            office=samples.OFFICE,
            greeting=Greeting(),
            running_text=(),
            calls=(),
            counters=self.board.counters,
            lines=(),
        )


class StillLink(QObject):
    """Has the signals and verbs of OfficeLink; every request is granted, or refused with `refusal`."""

    changed = Signal()
    connection_changed = Signal(object)
    time_doubt: TimeDoubt | None = None
    unopened: UserError | None = None
    needs_restore = False
    refused = Signal(object)

    def __init__(self, board: CounterBoard) -> None:
        super().__init__()
        self.office = StillOffice(board)
        self.asked: list[Command] = []
        self.actor = Actor(station="LOKET-2")
        self.connection = Connection.ONLINE
        self.refusal: UserError | None = None
        self.hangs = self.waits = False
        self.has_keys = False
        self._held: list[Callable[[], None]] = []

    def show_board(self, board: CounterBoard) -> None:
        self.office.board = board
        self.changed.emit()

    def connect_as(self, connection: Connection) -> None:
        self.connection = connection
        self.connection_changed.emit(connection)

    def read(self, what: Callable[[Any], T], then: Callable[[T], None]) -> None:
        """Answer nothing that only rows could."""
        if not self.hangs:
            with suppress(NoRows):
                then(what(self.office))

    def perform(
        self,
        command: Command,
        then: Callable[[Any], None] | None = None,
        refused: Callable[[UserError], None] | None = None,
    ) -> None:
        if self.refusal is not None:
            (refused or self.refused.emit)(self.refusal)
            return
        self.asked.append(command)
        if then is None or self.hangs:
            return

        def answer() -> None:
            then(3 if isinstance(command, CloseDay) else self.office.board.mine.current or samples.called())

        if self.waits:
            self._held.append(answer)
        else:
            answer()

    def answer(self) -> None:
        """Let the requests come back that were held by `waits`."""
        self.waits = False
        while self._held:
            self._held.pop(0)()

    def sign_in(
        self, login: str, password: str, then: Callable[[Actor], None], refused: Callable[[UserError], None]
    ) -> None:
        if (login, password) == ("siti", "rahasia-kita"):
            self.actor, self.has_keys = samples.SITI, True
            then(self.actor)
        else:
            refused(UserError("Nama atau kata sandi salah.", todo="Coba lagi."))

    def confirm_time(
        self, by: tuple[str, str], then: Callable[[int], object], refused: Callable[[UserError], None]
    ) -> None:
        self.sign_in(*by, lambda _actor: None, refused)
        then(0)

    def sign_out(self) -> None:
        self.actor = Actor(station="LOKET-2")
        self.forget_keys()

    def forget_keys(self) -> None:
        self.has_keys = False
