"""The mechanics behind the socket: a receive buffer, sensors, and paper that comes out or does not."""

from collections.abc import Callable

from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.grammar import UnknownCommand
from ult_desktop.devices.virtual_printer.interpreter import Interpreter
from ult_desktop.devices.virtual_printer.sensors import Sensors


class Engine:
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
