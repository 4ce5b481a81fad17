"""A cable between stations and the server that a test can pull out, at once or within a commit."""

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Self
from urllib.parse import urlsplit

_PIECE = 1 << 16


class Cable:
    """Leads from a port of this computer to the server of `address`; `address` then leads through it.

    What is said is readable on it: it is for a server on this computer. Each way takes `delay_s`.
    """

    def __init__(self, address: str, delay_s: float = 0.0) -> None:
        parts = urlsplit(address)
        self._server = (parts.hostname or "", parts.port or 0)
        self._delay_s = delay_s
        self._ends = list[socket.socket]()
        self._threads = list[threading.Thread]()
        self._swallow = threading.Event()
        self.is_out = False
        self._door = socket.create_server(("127.0.0.1", 0))
        here = f"{parts.username}:{parts.password}@127.0.0.1:{self._door.getsockname()[1]}"
        self.address = f"postgresql://{here}{parts.path}?sslmode=disable"
        self._start(self._admit)

    @classmethod
    @contextmanager
    def laid(cls, address: str, delay_s: float = 0.0) -> Iterator[Self]:
        cable = cls(address, delay_s)
        try:
            yield cable
        finally:
            cable.close()

    def pull_out(self) -> None:
        """Every connection ends, and no new one comes through."""
        self.is_out = True
        for end in self._ends:
            _end(end)

    def put_in(self) -> None:
        self.is_out = False

    def swallow_next_commit(self) -> None:
        """The server gets it; its answer goes nowhere, and the cable is out."""
        self._swallow.set()

    def close(self) -> None:
        self.pull_out()
        _end(self._door)
        for thread in self._threads:
            thread.join()
        for end in (self._door, *self._ends):
            end.close()

    def _start(self, run: Callable[..., None], *ends: socket.socket) -> None:
        thread = threading.Thread(target=run, args=ends)
        self._threads.append(thread)
        thread.start()

    def _admit(self) -> None:
        while True:
            try:
                near = self._door.accept()[0]
            except OSError:
                return
            if self.is_out:
                near.close()
                continue
            far = socket.create_connection(self._server)
            self._ends += [near, far]
            self._start(self._carry, near, far)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        """Both ways, until an end is gone."""
        while True:
            for end in select.select([near, far], [], [])[0]:
                other = far if end is near else near
                try:
                    piece = end.recv(_PIECE)
                    time.sleep(self._delay_s)
                    other.sendall(piece)
                except OSError:
                    piece = b""
                if end is near and b"COMMIT" in piece and self._swallow.is_set():
                    self._swallow.clear()
                    far.recv(_PIECE)  # it is committed
                    self.pull_out()
                if not piece:
                    _end(near)
                    _end(far)
                    return


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
