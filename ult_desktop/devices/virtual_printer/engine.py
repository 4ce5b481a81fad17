"""The mechanics behind the socket: a receive buffer, sensors and their answers, paper."""

from collections.abc import Callable
from dataclasses import dataclass

from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.grammar import UnknownCommand
from ult_desktop.devices.virtual_printer.interpreter import Interpreter

_FIXED = 0x12  # bits 1 and 4 are set in every answer to DLE EOT


@dataclass(frozen=True)
class Sensors:
    """Paper and cover."""

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False

    @property
    def stopped(self) -> bool:
        """Whether the printer is offline: it stores data and prints nothing."""
        return self.paper_out or self.cover_open

    def status(self, number: int) -> bytes:
        """The answer to DLE EOT n: 1 printer, 2 cause of offline, 3 cause of error, 4 paper."""
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out,
            3: 0,
            4: 0x60 * self.paper_out | 0x0C * (self.paper_low or self.paper_out),
        }
        return bytes([_FIXED | bits[number]])

    def paper(self) -> bytes:
        """The answer to GS r 1."""
        return bytes([0x0C * self.paper_out | 0x03 * (self.paper_low or self.paper_out)])


class PrintEngine:
    """Carries out what was received, as far as paper, cover and health allow."""

    def __init__(
        self, canvas: Canvas, on_paper: Callable[[Paper], None], on_question: Callable[[], None]
    ) -> None:
        self.sensors = Sensors()
        self.hung = False
        self.refused: list[UnknownCommand] = []
        self._interpreter = Interpreter(canvas, on_paper, on_question)
        self._received = b""
        self._fuse: tuple[int, Callable[[], None]] | None = None

    def receive(self, data: bytes) -> None:
        self._received += data
        self.work()

    def work(self) -> None:
        """Go on with the received data; what cannot be printed now waits."""
        while self._received and not self.sensors.stopped and not self.hung:
            size = self._fuse[0] if self._fuse else len(self._received)
            portion, self._received = self._received[:size], self._received[size:]
            try:
                self._interpreter.feed(portion)
            except UnknownCommand as refusal:
                self.refused.append(refusal)
                self._received = b""
            self._burn(len(portion))

    def tear_off(self) -> None:
        """Take off by hand what no cutter cut, unless more is to come."""
        if not self._received:
            self._interpreter.tear_off()

    def lose_power(self) -> None:
        """Forget what was received and not printed."""
        self._received = b""
        self._interpreter.lose_power()

    def set_fuse(self, after_bytes: int, act: Callable[[], None]) -> None:
        """Do `act` when that many more bytes were carried out; at once for 0."""
        self._fuse = (after_bytes, act)
        self._burn(0)

    def _burn(self, size: int) -> None:
        if self._fuse is not None:
            left, act = self._fuse[0] - size, self._fuse[1]
            self._fuse = (left, act) if left > 0 else None
            if left <= 0:
                act()
