"""The virtual printer: a server on a port, with sensors and faults that tests set."""

import queue
import re
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.grammar import UnknownCommand
from ult_desktop.devices.virtual_printer.interpreter import GOOD, Interpreter, PrinterKind

_FIXED = 0x12  # bits 1 and 4 are set in every answer to DLE EOT


@dataclass(frozen=True)
class Sensors:
    """Paper and cover."""

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False

    @property
    def is_stopped(self) -> bool:
        """Return whether the printer is offline: it stores data and prints nothing."""
        return self.paper_out or self.cover_open

    def status(self, number: int) -> bytes:
        """Return the answer to DLE EOT n: 1 printer, 2 cause of offline, 3 cause of error, 4 paper."""
        near_end = self.paper_low or self.paper_out
        conditions = {
            1: ((self.is_stopped, 0x08),),
            2: ((self.cover_open, 0x04), (self.paper_out, 0x20)),
            3: (),
            4: ((self.paper_out, 0x60), (near_end, 0x0C)),
        }
        return bytes([_FIXED | sum(bits for is_met, bits in conditions[number] if is_met)])

    def paper(self) -> bytes:
        """Return the answer to GS r 1."""
        if self.paper_out:
            return bytes([0x0C | 0x03])
        return bytes([0x03 if self.paper_low else 0])


class PrintEngine:
    """The engine that carries out what was received, while paper, cover and health allow it."""

    def __init__(
        self,
        canvas: Canvas,
        on_paper: Callable[[Paper], None],
        on_question: Callable[[], None],
        kind: PrinterKind,
    ) -> None:
        self.sensors = Sensors()
        self.is_hung = False
        self.refused: list[UnknownCommand] = []
        self._interpreter = Interpreter(canvas, on_paper, on_question, kind)
        self._received = b""
        # How many bytes are to be carried out before an act, and the act (`act_after`).
        self._delayed: tuple[int, Callable[[], None]] | None = None

    def receive(self, data: bytes) -> None:
        self._received += data
        self.work()

    def work(self) -> None:
        """Go on with the received data; what cannot be printed now waits."""
        while self._received and not self.sensors.is_stopped and not self.is_hung:
            size = self._delayed[0] if self._delayed else len(self._received)
            portion, self._received = self._received[:size], self._received[size:]
            try:
                self._interpreter.feed(portion)
            except UnknownCommand as refusal:
                self.refused.append(refusal)
                self._received = b""
            self._count_down(len(portion))

    def tear_off(self) -> None:
        """Take off by hand what no cutter cut, unless more is to come."""
        if not self._received:
            self._interpreter.tear_off()

    def lose_power(self) -> None:
        """Forget what was received and not printed."""
        self._received = b""
        self._interpreter.lose_power()

    def act_after(self, after_bytes: int, act: Callable[[], None]) -> None:
        """Call `act` when that many more bytes were carried out; at once for 0."""
        self._delayed = (after_bytes, act)
        self._count_down(0)

    def _count_down(self, size: int) -> None:
        if self._delayed is None:
            return
        remaining_bytes, act = self._delayed
        remaining_bytes -= size
        if remaining_bytes > 0:
            self._delayed = (remaining_bytes, act)
        else:
            self._delayed = None
            act()


HOST = "127.0.0.1"
_STATUS_REQUEST = re.compile(rb"\x10\x04([\x01-\x04])")
# So that a port can be opened again at once, and on Windows by one program only: there SO_REUSEADDR would let
# a second one take it.
# https://learn.microsoft.com/en-us/windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse
_OWN_PORT = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)


class PrinterServer:
    """The server behind a virtual printer. It serves one connection at a time.

    Everything but `order` and `close` runs on its own thread.
    """

    def __init__(
        self, canvas: Canvas, port: int, on_paper: Callable[[Paper], None], kind: PrinterKind
    ) -> None:
        self.engine = PrintEngine(canvas, on_paper, lambda: self._send(self.engine.sensors.paper()), kind)
        self._kind = kind
        self.must_hang_up = False
        self._client: socket.socket | None = None
        self._recent = b""
        self._listener: socket.socket | None = None
        self._selector = selectors.DefaultSelector()
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        # A byte sent into the waking end lets the thread look at the orders.
        self._wake_end, self._waking_end = socket.socketpair()
        self._closing = False
        self.port = port
        self.listen()
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)
        self._thread.start()

    def order(self, act: Callable[[], None]) -> None:
        """Have `act` done on the server's thread, and wait for it."""
        if threading.current_thread() is self._thread:
            act()
        elif self._thread.is_alive():
            done = threading.Event()
            self._orders.put(act)
            self._orders.put(done.set)
            self._waking_end.send(b"!")
            done.wait()

    def close(self) -> None:
        self.order(self._end)
        self._thread.join()

    def listen(self) -> None:
        """Open the port, unless it is open; 0 takes any free port, and keeps it."""
        if self._listener is None:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, _OWN_PORT, 1)
            listener.bind((HOST, self.port))
            listener.listen()
            self.port = listener.getsockname()[1]
            self._listener = listener

    def vanish(self) -> None:
        """Go off, as with the plug pulled."""
        self.engine.lose_power()
        self._drop()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def work(self) -> None:
        """Go on after a trouble."""
        self.engine.work()
        if self._client is None:
            self.engine.tear_off()

    def _run(self) -> None:
        while not self._closing:
            self._serve()
        for end in (self._wake_end, self._waking_end, self._selector):
            end.close()

    def _serve(self) -> None:
        """Wait for one thing to do, and do it."""
        for source, act in self._sources():
            self._selector.register(source, selectors.EVENT_READ, act)
        ready = self._selector.select()
        for key in list(self._selector.get_map().values()):
            self._selector.unregister(key.fileobj)
        # One only: carrying it out may close the other sockets that are ready.
        source_key, _events = ready[0]
        source_key.data()  # the act with which the source was registered

    def _sources(self) -> Iterator[tuple[socket.socket, Callable[[], None]]]:
        """Yield the sockets to listen to; a hung printer listens to its orders only."""
        client, listener = self._client, self._listener
        yield self._wake_end, self._obey
        if client is not None and not self.engine.is_hung:
            yield client, lambda: self._receive(client)
        elif listener is not None and not self.engine.is_hung:
            yield listener, lambda: self._accept(*listener.accept())

    def _obey(self) -> None:
        self._wake_end.recv(64)
        while not self._orders.empty():
            self._orders.get()()

    def _accept(self, client: socket.socket, _address: object) -> None:
        self._client = client
        self._recent = b""
        if self.must_hang_up:
            self._drop()
        self._send(self._kind.noise)

    def _receive(self, client: socket.socket) -> None:
        try:
            data = client.recv(_SLOW_BYTES if self._kind.speed else 4096)
        except OSError:
            data = b""
        if data:
            if self._kind.speed:
                time.sleep(len(data) / self._kind.speed)
            self._answer_status(data)
            self.engine.receive(data)
        else:
            self._drop()

    def _answer_status(self, data: bytes) -> None:
        """Answer real-time requests at once, wherever they are in the data."""
        seen = self._recent + data
        for match in _STATUS_REQUEST.finditer(seen):
            self._send(self.engine.sensors.status(match[1][0]))
        # A request of three bytes may come in two parts.
        self._recent = seen[-2:]

    def _send(self, answer: bytes) -> None:
        if self._client is not None:
            try:
                self._client.sendall(answer)
            except OSError:
                self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
        self.engine.tear_off()

    def _end(self) -> None:
        self._closing = True
        self.vanish()


PAPER = {80: (576, 32), 58: (384, 40)}  # printable dots and margins, 8 dots per millimetre
PROFILES = {80: "TM-T20II", 58: "POS-5890"}
_SLOW_BYTES = 32
# The cheap printers that offices have, by what is wrong with them.
KINDS = {
    "good": GOOD,
    "two-byte": PrinterKind(two_byte=True, cuts=False, draws_qr=False),
    "stubborn": PrinterKind(two_byte=True, obeys_fs=False, cuts=False, draws_qr=False),
    "no-cutter": PrinterKind(cuts=False),
    "no-qr": PrinterKind(draws_qr=False),
    "slow": PrinterKind(speed=4000),
    "noisy": PrinterKind(noise=b"\xff\x00??#"),
}


class VirtualPrinter:
    """A thermal printer on loopback that serves one connection at a time, as most of them do.

    Every method may be called from any thread, and its effect is there when it returns. `on_paper` is
    called on the printer's own thread, with each paper that is cut or torn off.
    """

    def __init__(
        self,
        width: int = 80,
        port: int = 0,
        on_paper: Callable[[Paper], None] = lambda _paper: None,
        kind: PrinterKind = GOOD,
    ) -> None:
        self.width, self.kind = width, kind
        self.papers: list[Paper] = []
        self._on_paper = on_paper
        self._paper_taken = threading.Condition()
        self._server = PrinterServer(Canvas(*PAPER[width]), port, self._take_paper, kind)

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def address(self) -> str:
        """The address at which a station reaches this printer."""
        options = f"width={self.width}&profile={PROFILES[self.width]}"
        qr = "" if self.kind.draws_qr else "&qr=picture"
        letters = "" if self.kind.obeys_fs else "&letters=ascii"
        return f"tcp://{HOST}:{self.port}?{options}{qr}{letters}"

    @property
    def refused(self) -> list[UnknownCommand]:
        """The commands that the printer did not understand."""
        return self._server.engine.refused

    def wait_for_papers(self, count: int, seconds: float = 5.0) -> list[Paper]:
        """Return all papers so far, as soon as there are `count`; raise TimeoutError."""
        with self._paper_taken:
            if not self._paper_taken.wait_for(lambda: len(self.papers) >= count, seconds):
                raise TimeoutError(f"{len(self.papers)} of {count} papers came out")
            return list(self.papers)

    def paper_out(self, after_bytes: int = 0) -> None:
        """Run out of paper, at once or in the middle of what comes next."""
        self._trouble(after_bytes, lambda: self._sense(paper_out=True))

    def paper_low(self) -> None:
        self._server.order(lambda: self._sense(paper_low=True))

    def cover_open(self) -> None:
        self._server.order(lambda: self._sense(cover_open=True))

    def hang(self, after_bytes: int = 0) -> None:
        """Take connections and data, and neither answer nor print."""
        self._trouble(after_bytes, lambda: setattr(self._server.engine, "is_hung", True))

    def vanish(self, after_bytes: int = 0) -> None:
        """Leave the network: connections end and new ones are refused."""
        self._trouble(after_bytes, self._server.vanish)

    def hang_up(self) -> None:
        """Take every connection and close it at once."""
        self._server.order(lambda: setattr(self._server, "must_hang_up", True))

    def restore(self) -> None:
        """Make all well again; what was received meanwhile is printed."""
        self._server.order(self._restore)

    def close(self) -> None:
        self._server.close()

    def _trouble(self, after_bytes: int, act: Callable[[], None]) -> None:
        self._server.order(lambda: self._server.engine.act_after(after_bytes, act))

    def _sense(self, **changes: bool) -> None:
        engine = self._server.engine
        engine.sensors = replace(engine.sensors, **changes)

    def _restore(self) -> None:
        server = self._server
        server.engine.sensors, server.engine.is_hung, server.must_hang_up = Sensors(), False, False
        server.listen()
        server.work()

    def _take_paper(self, paper: Paper) -> None:
        with self._paper_taken:
            self.papers.append(paper)
            self._paper_taken.notify_all()
        self._on_paper(paper)
