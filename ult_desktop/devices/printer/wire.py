"""An open line to a printer, and the clock that every talk over it obeys."""

import socket
import time
from dataclasses import dataclass
from typing import Protocol

from ult_desktop.devices.printer.printer_port import NetworkPort


@dataclass(frozen=True)
class Deadline:
    """The moment a talk must be over, on the monotonic clock."""

    end: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.end - time.monotonic())

    def within(self, seconds: float) -> "Deadline":
        """`seconds` from now, but not later than this deadline."""
        return Deadline(min(self.end, time.monotonic() + seconds))


class PrinterConnection(Protocol):
    """An open line. All methods raise OSError when the line is dead."""

    @property
    def talks(self) -> bool:
        """Whether the other end can answer at all."""
        ...

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Hand all bytes over; raises TimeoutError when they are not taken in time."""
        ...

    def receive(self, deadline: Deadline) -> bytes:
        """The next bytes, or b"" when nothing came in time; a closed line raises."""
        ...

    def close(self) -> None: ...


class SocketConnection:
    """A printer on the network, over a socket of our own: the library's waits 60 s."""

    talks = True

    def __init__(self, place: NetworkPort, deadline: Deadline) -> None:
        self._socket = socket.create_connection((place.host, place.port), _seconds(deadline))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes, deadline: Deadline) -> None:
        self._socket.settimeout(_seconds(deadline))
        self._socket.sendall(data)

    def receive(self, deadline: Deadline) -> bytes:
        self._socket.settimeout(_seconds(deadline))
        try:
            data = self._socket.recv(64)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionAbortedError("the printer closed the connection")
        return data

    def close(self) -> None:
        self._socket.close()


def _seconds(deadline: Deadline) -> float:
    """A socket timeout; zero would mean "do not wait" and raise another error."""
    return max(0.001, deadline.left())
