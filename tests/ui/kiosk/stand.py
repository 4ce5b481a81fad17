"""A kiosk on the test bench: the office answers when the test says so, the printer too."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import msgspec
from PySide6.QtCore import QObject, Signal

from tests.ui.kiosk import samples
from tests.ui.shown import timer_of
from ult_desktop.base.config import StationConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.care.declarations import Alert
from ult_desktop.core.command import Command
from ult_desktop.core.connection import Connection
from ult_desktop.core.kiosk_code import TicketNow
from ult_desktop.core.queue.boards import IssuedTicket, KioskBoard
from ult_desktop.core.queue.commands import IssueTicket, ReportPaper
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.devices.voice.guide_voice import GuideVoice
from ult_desktop.devices.voice.reading import Piece
from ult_desktop.operations.time_watch import TimeDoubt
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import Request
from ult_desktop.ui.print_service import OnResult, OnState, PrintService

if TYPE_CHECKING:
    from pathlib import Path

    from ult_desktop.ui.office_link.link import OfficeLink

Then = Callable[[Any], None]
Refused = Callable[[UserError], None]
HOUR_MS = 3_600_000
PIN = "1379"
# Nothing goes on by itself while a test, however slow, is still looking.
CALM = KioskTimes(idle=HOUR_MS, stay=HOUR_MS, photo=HOUR_MS, printing=HOUR_MS, hurry=HOUR_MS, deaf=0)


@dataclass
class Asked:
    """One ask and its request, which takes one answer."""

    ask: Command
    request: Request[Any]


class BenchOffice:
    """The office that `link.read` hands to its query."""

    def __init__(self, board: KioskBoard) -> None:
        self.board = board
        self.tickets: dict[str, Ticket] = {}
        self.alerts: dict[int, Alert] = {}
        self.now: dict[str, TicketNow] = {}

    def kiosk_board(self) -> KioskBoard:
        return self.board

    def alert(self, alert_id: int) -> Alert:
        return self.alerts[alert_id]

    def ticket_now(self, code: str) -> TicketNow | None:
        return self.now.get(code)

    def find_ticket(self, code: str) -> Ticket | None:
        return self.tickets.get(code)


class BenchLink(QObject):
    """Has the face of `OfficeLink`; keeps every request until the test answers it."""

    changed = Signal()
    connection_changed = Signal(object)
    time_doubt: TimeDoubt | None = None
    unopened: UserError | None = None
    refused = Signal(object)

    def __init__(self, board: KioskBoard | None) -> None:
        super().__init__()
        self.office = BenchOffice(board or samples.board())
        self.answers = board is not None
        self.connection = Connection.ONLINE
        self.requests: list[Asked] = []
        self.reported: dict[str, str] = {}

    def perform(
        self, command: Command, then: Then | None = None, refused: Refused | None = None
    ) -> Request[Any]:
        request = Request(then, refused or self.refused.emit)
        self.requests.append(Asked(command, request))
        return request

    def read(self, what: Callable[[Any], Any], then: Then) -> None:
        if self.answers:
            then(what(self.office))

    def read_board(self, then: Then) -> None:
        self.read(BenchOffice.kiosk_board, then)

    def report(self, **states: str) -> None:
        self.reported |= states

    def show_board(self, **changes: object) -> None:
        self.office.board = msgspec.structs.replace(self.office.board, **changes)
        self.changed.emit()

    def connect_as(self, connection: Connection) -> None:
        self.connection = connection
        self.connection_changed.emit(connection)

    @property
    def asked(self) -> list[IssueTicket]:
        return [each.ask for each in self.requests if isinstance(each.ask, IssueTicket)]

    @property
    def papers(self) -> list[ReportPaper]:
        return [each.ask for each in self.requests if isinstance(each.ask, ReportPaper)]

    def answer_last(self, value: object) -> None:
        """To whatever was asked for last: a code, a line of the guest book."""
        _settle(self.requests.pop().request, value)

    def answer(self, value: IssuedTicket | UserError) -> None:
        """To the last number that was asked for."""
        _settle([each.request for each in self.requests if isinstance(each.ask, IssueTicket)][-1], value)


def _settle(request: Request[Any], value: object) -> None:
    if isinstance(value, UserError):
        request.refuse(value)
    else:
        request.answer(value)


class Ear(QObject):
    """Takes what is said as the voice does, and makes no sound of it."""

    sounded, over = Signal(str), Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.recordings: dict[str, Path] = {}
        self.language = ""
        self.pieces: list[Piece] = []
        self.steps: list[str] = []

    def say(self, pieces: Iterable[Piece]) -> None:
        self.pieces = list(pieces)
        assert self.pieces, "nothing was to be heard"

    def add(self, pieces: Iterable[Piece]) -> None:
        self.pieces.extend(pieces)

    def reset(self) -> None:
        self.steps.append("reset")

    def louder(self) -> None:
        self.steps.append("louder")

    def softer(self) -> None:
        self.steps.append("softer")

    def faster(self) -> None:
        self.steps.append("faster")

    def close(self) -> None:
        self.steps.append("close")


def open_ear(parent: QObject) -> GuideVoice:
    return cast("GuideVoice", Ear(parent))


@dataclass
class BenchSpool:
    """Takes papers; prints when told."""

    on_result: OnResult
    on_state: OnState
    papers: list[tuple[str, TicketPaper]] = field(default_factory=list)

    def submit(self, ticket_id: str, paper: TicketPaper) -> None:
        self.papers.append((ticket_id, paper))

    def settle(self, outcome: PrintOutcome, state: PrinterState = PrinterState.READY) -> None:
        self.on_result(self.papers[-1][0], PrintResult(outcome, state))

    def close(self) -> None:
        self.papers.clear()


@dataclass
class KioskBench:
    """A window with its link and its printer."""

    window: KioskWindow
    link: BenchLink
    spool: BenchSpool

    def fall_silent(self, times: int = 1) -> None:
        """Nobody touched the screen as long as the page waits, and again for each question."""
        for _turn in range(times):
            timer_of(self.window.waiting.patience).timeout.emit()


def bench(
    board: KioskBoard | None, theme: Theme, times: KioskTimes = CALM, config: StationConfig | None = None
) -> KioskBench:
    link = BenchLink(board)
    spools: list[BenchSpool] = []

    def spool_for(on_result: OnResult, on_state: OnState) -> Spool:
        spools.append(BenchSpool(on_result, on_state))
        return cast("Spool", spools[-1])

    desk = PrintService(cast("OfficeLink", link), spool_for, link)
    config = config or StationConfig()
    kiosk = msgspec.structs.replace(config.kiosk, exit_pin=PIN)
    window = KioskWindow(
        cast("OfficeLink", link),
        desk,
        theme,
        msgspec.structs.replace(config, kiosk=kiosk),
        lambda: samples.NINE_FORTY_ONE,
        times,
    )
    window.guidance.open_voice = open_ear
    return KioskBench(window, link, spools[0])
