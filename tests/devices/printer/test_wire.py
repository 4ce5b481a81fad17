"""A line to a network printer, and its clock."""

import socket
import time
from collections.abc import Iterator

import pytest

from ult_desktop.devices.printer.address import NetworkPort
from ult_desktop.devices.printer.talk import Deadline, SocketConnection


@pytest.fixture
def ends() -> Iterator[tuple[SocketConnection, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        wire = SocketConnection(NetworkPort("127.0.0.1", listener.getsockname()[1]), Deadline.after(5))
        far, _address = listener.accept()
        yield wire, far
        far.close()
        wire.close()


def test_bytes_go_both_ways(ends: tuple[SocketConnection, socket.socket]) -> None:
    wire, far = ends
    wire.send(b"question", Deadline.after(5))
    assert far.recv(64) == b"question"
    far.sendall(b"answer")
    assert wire.receive(Deadline.after(5)) == b"answer"


def test_silence_is_not_an_error(ends: tuple[SocketConnection, socket.socket]) -> None:
    assert ends[0].receive(Deadline.after(0)) == b""


def test_a_closed_line_is_not_silence(ends: tuple[SocketConnection, socket.socket]) -> None:
    wire, far = ends
    far.close()
    with pytest.raises(ConnectionAbortedError):
        wire.receive(Deadline.after(5))


def test_a_printer_that_takes_nothing_ends_in_time(ends: tuple[SocketConnection, socket.socket]) -> None:
    with pytest.raises(TimeoutError):
        ends[0].send(b"x" * 50_000_000, Deadline.after(0.05))


def test_a_part_of_the_time_never_outlasts_the_whole() -> None:
    whole = Deadline.after(1)
    assert whole.within(60) == whole
    assert whole.within(0.1).end < whole.end
    assert Deadline(time.monotonic() - 1).remaining_s() == 0
