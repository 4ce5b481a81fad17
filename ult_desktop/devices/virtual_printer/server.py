"""The virtual printer on the network, with real troubles on request."""

import threading
from collections.abc import Callable
from dataclasses import replace

from ult_desktop.devices.virtual_printer import canvas, grammar
from ult_desktop.devices.virtual_printer.engine import Sensors
from ult_desktop.devices.virtual_printer.machine import HOST, Machine

PAPER = {80: (576, 32), 58: (384, 40)}  # printable dots and margins, 8 dots per millimetre
PROFILES = {80: "TM-T20II", 58: "POS-5890"}


class VirtualPrinter:
    """A thermal printer on loopback that serves one connection at a time, as most of them do.

    Every method may be called from any thread, and its effect is there when it returns. `on_paper` is
    called on the printer's own thread, with each paper that is cut or torn off.
    """

    def __init__(
        self, width: int = 80, port: int = 0, on_paper: Callable[[canvas.Paper], None] = lambda _paper: None
    ) -> None:
        self.width = width
        self.papers: list[canvas.Paper] = []
        self._on_paper = on_paper
        self._came = threading.Condition()
        self._machine = Machine(canvas.Canvas(*PAPER[width]), port, self._paper_came)

    @property
    def port(self) -> int:
        return self._machine.port

    @property
    def address(self) -> str:
        """How a station reaches this printer."""
        return f"tcp://{HOST}:{self.port}?width={self.width}&profile={PROFILES[self.width]}"

    @property
    def refused(self) -> list[grammar.UnknownCommand]:
        """What the printer did not understand."""
        return self._machine.engine.refused

    def wait_for_papers(self, count: int, seconds: float = 5.0) -> list[canvas.Paper]:
        """All papers so far, as soon as there are `count`; raises TimeoutError."""
        with self._came:
            if not self._came.wait_for(lambda: len(self.papers) >= count, seconds):
                raise TimeoutError(f"{len(self.papers)} of {count} papers came out")
            return list(self.papers)

    def paper_out(self, after_bytes: int = 0) -> None:
        """Run out of paper, at once or in the middle of what comes next."""
        self._trouble(after_bytes, lambda: self._sense(paper_out=True))

    def paper_low(self) -> None:
        self._machine.order(lambda: self._sense(paper_low=True))

    def cover_open(self) -> None:
        self._machine.order(lambda: self._sense(cover_open=True))

    def hang(self, after_bytes: int = 0) -> None:
        """Take connections and data, and neither answer nor print."""
        self._trouble(after_bytes, lambda: setattr(self._machine.engine, "hung", True))

    def vanish(self, after_bytes: int = 0) -> None:
        """Leave the network: connections end and new ones are refused."""
        self._trouble(after_bytes, self._machine.vanish)

    def hang_up(self) -> None:
        """Take every connection and close it at once."""
        self._machine.order(lambda: setattr(self._machine, "hangs_up", True))

    def restore(self) -> None:
        """All well again; what was received meanwhile is printed."""
        self._machine.order(self._restore)

    def close(self) -> None:
        self._machine.close()

    def _trouble(self, after_bytes: int, act: Callable[[], None]) -> None:
        self._machine.order(lambda: self._machine.engine.set_fuse(after_bytes, act))

    def _sense(self, **changes: bool) -> None:
        engine = self._machine.engine
        engine.sensors = replace(engine.sensors, **changes)

    def _restore(self) -> None:
        machine = self._machine
        machine.engine.sensors, machine.engine.hung, machine.hangs_up = Sensors(), False, False
        machine.listen()
        machine.work()

    def _paper_came(self, paper: canvas.Paper) -> None:
        with self._came:
            self.papers.append(paper)
            self._came.notify_all()
        self._on_paper(paper)
