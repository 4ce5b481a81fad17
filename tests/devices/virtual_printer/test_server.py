"""The virtual printer behaves on the network as a real one does."""

import socket
from collections.abc import Iterator

import pytest

from ult_desktop.devices.virtual_printer.server import VirtualPrinter

TICKET = b"\x1b@A012\n\x1dV\x42\x00"


@pytest.fixture
def device() -> Iterator[VirtualPrinter]:
    virtual = VirtualPrinter(58)
    yield virtual
    virtual.close()


@pytest.fixture
def line(device: VirtualPrinter) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", device.port), 5) as connection:
        yield connection


def test_paper_is_kept_and_told() -> None:
    heard: list[str] = []
    device = VirtualPrinter(on_paper=lambda paper: heard.append(paper.text))
    with socket.create_connection(("127.0.0.1", device.port)) as connection:
        connection.sendall(TICKET)
        assert device.wait_for_papers(1)[0].text == "A012"
    device.close()
    assert heard == ["A012"]


def test_status_is_answered_in_the_middle_of_a_command(device: VirtualPrinter, line: socket.socket) -> None:
    line.sendall(b"\x1b@\x1d(k\x0c\x001P0ab\x10\x04")
    line.sendall(b"\x04cdefgh")
    assert line.recv(8) == b"\x12"


@pytest.mark.parametrize(
    ("trouble", "answers"),
    [
        (VirtualPrinter.restore, b"\x12\x12\x12\x12"),
        (VirtualPrinter.paper_low, b"\x12\x12\x12\x1e"),
        (VirtualPrinter.paper_out, b"\x1a\x32\x12\x7e"),
        (VirtualPrinter.cover_open, b"\x1a\x16\x12\x12"),
    ],
)
def test_the_sensors_speak_epson(
    device: VirtualPrinter, line: socket.socket, trouble: object, answers: bytes
) -> None:
    assert callable(trouble)
    trouble(device)
    line.sendall(b"".join(b"\x10\x04" + bytes([number]) for number in (1, 2, 3, 4)))
    got = b""
    while len(got) < 4:
        got += line.recv(4)
    assert got == answers


def test_paper_low_is_told_in_order(device: VirtualPrinter, line: socket.socket) -> None:
    device.paper_low()
    line.sendall(b"\x1dr\x01")
    assert line.recv(1) == b"\x03"


def test_without_paper_the_data_waits_until_there_is_some(
    device: VirtualPrinter, line: socket.socket
) -> None:
    device.paper_out()
    line.sendall(TICKET + b"\x10\x04\x04")
    assert line.recv(1) == b"\x7e"
    assert device.papers == []
    device.restore()
    assert len(device.wait_for_papers(1)) == 1


def test_a_printer_without_cutter_gives_its_paper_when_the_line_ends(
    device: VirtualPrinter, line: socket.socket
) -> None:
    line.sendall(b"A012\n")
    line.close()
    assert device.wait_for_papers(1)[0].text == "A012"


def test_it_comes_back_on_the_same_port(device: VirtualPrinter) -> None:
    port = device.port
    device.vanish()
    device.vanish()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)
    device.restore()
    socket.create_connection(("127.0.0.1", port), 5).close()
    assert device.port == port


def test_what_it_does_not_understand_is_kept(device: VirtualPrinter, line: socket.socket) -> None:
    line.sendall(b"\x1b@\x01\x10\x04\x01")
    assert line.recv(1) == b"\x12"
    line.sendall(TICKET)
    device.wait_for_papers(1)
    assert [refusal.offset for refusal in device.refused] == [2]


def leave_rudely(line: socket.socket) -> None:
    """Close with a reset, as the system does for a program that was killed."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    line.close()


@pytest.mark.parametrize("begun", [b"\x1dr\x01", b""])
def test_a_client_that_is_killed_does_no_harm(
    device: VirtualPrinter, line: socket.socket, begun: bytes
) -> None:
    device.paper_out()
    line.sendall(begun + b"\x10\x04\x01")
    assert line.recv(1) == b"\x1a"
    device.hang()
    leave_rudely(line)
    device.restore()
    with socket.create_connection(("127.0.0.1", device.port), 5) as other:
        other.sendall(b"\x10\x04\x01")
        assert other.recv(1) == b"\x12"


def test_an_answer_for_a_client_that_has_left_is_dropped(device: VirtualPrinter, line: socket.socket) -> None:
    device.paper_out()
    line.sendall(TICKET + b"\x1dr\x01\x10\x04\x01")
    assert line.recv(1) == b"\x1a"
    line.close()
    machine = device._server
    while machine._client is not None:  # until the machine has noticed
        machine.order(lambda: None)
    device.restore()
    assert len(device.wait_for_papers(1)) == 1


def test_waiting_for_paper_that_does_not_come_ends(device: VirtualPrinter) -> None:
    with pytest.raises(TimeoutError, match="0 of 1"):
        device.wait_for_papers(1, 0.01)


def test_orders_may_come_from_its_own_thread() -> None:
    devices: list[VirtualPrinter] = []
    device = VirtualPrinter(on_paper=lambda _paper: devices[0].paper_out())
    devices.append(device)
    with socket.create_connection(("127.0.0.1", device.port), 5) as line:
        line.sendall(TICKET + b"\x1dr\x01")
        device.wait_for_papers(1)
        line.sendall(b"\x10\x04\x04")
        assert line.recv(1) in (b"\x0f", b"\x7e")
    device.close()
    device.close()


def test_the_address_names_a_model_that_fits(device: VirtualPrinter) -> None:
    assert device.address == f"tcp://127.0.0.1:{device.port}?width=58&profile=POS-5890"
