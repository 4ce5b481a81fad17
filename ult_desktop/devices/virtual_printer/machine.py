"""The thread behind the virtual printer: sockets in, data to the engine, answers out."""

import queue
import re
import selectors
import socket
import threading
from collections.abc import Callable, Iterator

from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.engine import PrintEngine

HOST = "127.0.0.1"
_STATUS_REQUEST = re.compile(rb"\x10\x04([\x01-\x04])")
# So that a port can be opened again at once, and on Windows by one program only.
_OWN_PORT = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)


class Machine:
    """Serves one connection at a time. Everything but `order` and `close` runs on its own thread."""

    def __init__(self, canvas: Canvas, port: int, on_paper: Callable[[Paper], None]) -> None:
        self.engine = PrintEngine(canvas, on_paper, lambda: self._send(self.engine.sensors.paper()))
        self.hangs_up = False
        self._client: socket.socket | None = None
        self._recent = b""
        self._listener: socket.socket | None = None
        self._selector = selectors.DefaultSelector()
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._bell, self._rope = socket.socketpair()
        self._closing = False
        self.port = port
        self.listen()
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)
        self._thread.start()

    def order(self, act: Callable[[], None]) -> None:
        """Have `act` done on the machine's thread, and wait for it."""
        if threading.current_thread() is self._thread:
            act()
        elif self._thread.is_alive():
            done = threading.Event()
            self._orders.put(act)
            self._orders.put(done.set)
            self._rope.send(b"!")
            done.wait()

    def close(self) -> None:
        self.order(self._end)
        self._thread.join()

    def listen(self) -> None:
        """Open the port, unless it is open; the first time any free one when it is 0."""
        if self._listener is None:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, _OWN_PORT, 1)
            listener.bind((HOST, self.port))
            listener.listen()
            self.port = listener.getsockname()[1]
            self._listener = listener

    def vanish(self) -> None:
        """As with the plug pulled."""
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
        for end in (self._bell, self._rope, self._selector):
            end.close()

    def _serve(self) -> None:
        """Wait for one thing to do, and do it: an order may close what else is ready."""
        for source, act in self._sources():
            self._selector.register(source, selectors.EVENT_READ, act)
        ready = self._selector.select()
        for key in list(self._selector.get_map().values()):
            self._selector.unregister(key.fileobj)
        ready[0][0].data()

    def _sources(self) -> Iterator[tuple[socket.socket, Callable[[], None]]]:
        """What is listened to; a hung printer listens to its orders only."""
        client, listener = self._client, self._listener
        yield self._bell, self._obey
        if client is not None and not self.engine.hung:
            yield client, lambda: self._receive(client)
        elif listener is not None and not self.engine.hung:
            yield listener, lambda: self._accept(*listener.accept())

    def _obey(self) -> None:
        self._bell.recv(64)
        while not self._orders.empty():
            self._orders.get()()

    def _accept(self, client: socket.socket, _address: object) -> None:
        self._client = client
        self._recent = b""
        if self.hangs_up:
            self._drop()

    def _receive(self, client: socket.socket) -> None:
        try:
            data = client.recv(4096)
        except OSError:
            data = b""
        if data:
            self._answer_status(data)
            self.engine.receive(data)
        else:
            self._drop()

    def _answer_status(self, data: bytes) -> None:
        """Real-time requests are answered at once, wherever they stand in the data."""
        seen = self._recent + data
        for match in _STATUS_REQUEST.finditer(seen):
            self._send(self.engine.sensors.status(match[1][0]))
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
