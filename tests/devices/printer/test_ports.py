"""Printers that are not on the network."""

import errno
import os
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.platforms import ON_WINDOWS
from ult_desktop.devices.printer.address import NoPrinter, parse_address
from ult_desktop.devices.printer.escpos_library import LibraryConnection, open_port
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import Deadline, PrintOutcome, PrintResult
from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.interpreter import Interpreter
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

SENT = PrintResult(PrintOutcome.UNCONFIRMED, PrinterState.UNKNOWN)


def text_of(data: bytes) -> str:
    papers: list[Paper] = []
    Interpreter(Canvas(576, 32), papers.append).feed(data)
    return papers[0].text


def test_a_device_file_takes_the_ticket_and_says_nothing(tmp_path: Path, ticket: TicketPaper) -> None:
    device = tmp_path / "lp0"
    printer = TicketPrinter(parse_address(f"file://{device}"))
    assert printer.ask() is PrinterState.UNKNOWN
    assert printer.print(ticket) == SENT
    assert "A012" in text_of(device.read_bytes())


@pytest.mark.posix_only("cups")
def test_a_cups_queue_takes_the_ticket_and_says_nothing(
    tmp_path: Path, ticket: TicketPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = {"lpstat": "echo karcis", "lp": f"cat > {tmp_path}/spool"}
    for name, line in scripts.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert TicketPrinter(parse_address("cups://karcis")).print(ticket) == SENT
    assert "A012" in text_of((tmp_path / "spool").read_bytes())


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("usb://ffff:ffff", PrinterState.OFFLINE),
        ("serial:///dev/tty-tidak-ada", PrinterState.OFFLINE),
        ("file:///folder/tidak/ada", PrinterState.OFFLINE),
        ("win32://Printer yang tidak ada", PrinterState.MISSING if ON_WINDOWS else PrinterState.OFFLINE),
        ("cups://antrean-yang-tidak-ada", PrinterState.OFFLINE),
    ],
)
def test_a_printer_that_is_not_there_takes_no_ticket(
    address: str, state: PrinterState, ticket: TicketPaper
) -> None:
    printer = TicketPrinter(parse_address(address))
    assert printer.ask() is state
    assert printer.print(ticket).outcome is PrintOutcome.FAILED


@pytest.fixture
def serial_line(device: VirtualPrinter) -> Iterator[str]:
    """A serial port whose far end is the virtual printer."""
    near, far = os.openpty()
    line = socket.create_connection(("127.0.0.1", device.port))
    stop, stopped = socket.socketpair()

    def carry() -> None:
        while True:
            ready, _, _ = select.select([near, line.fileno(), stopped.fileno()], [], [])
            if stopped.fileno() in ready:
                return
            if near in ready:
                line.sendall(os.read(near, 4096))
            if line.fileno() in ready:
                os.write(near, line.recv(64))

    carrier = threading.Thread(target=carry)
    carrier.start()
    yield os.ttyname(far)
    stop.send(b"!")
    carrier.join()
    for end in (line, stop, stopped):
        end.close()
    os.close(near)
    os.close(far)


@pytest.mark.posix_only("serial line")
@pytest.mark.usefixtures("unhurried_printer")
def test_a_serial_printer_prints_and_answers(
    serial_line: str, device: VirtualPrinter, ticket: TicketPaper
) -> None:
    printer = TicketPrinter(parse_address(f"serial://{serial_line}?baud=115200"))
    assert printer.print(ticket) == PrintResult(PrintOutcome.PRINTED, PrinterState.READY)
    assert "A012" in device.wait_for_papers(1)[0].text
    device.cover_open()
    assert printer.ask() is PrinterState.COVER_OPEN


class StubbornUsb:
    """A USB printer that raises what pyusb raises."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble

    def _read(self) -> bytes:
        raise self.trouble


def test_silence_on_usb_is_no_error() -> None:
    silent = LibraryConnection(StubbornUsb(OSError(errno.ETIMEDOUT, "Operation timed out")), can_answer=True)
    assert silent.receive(Deadline.after(1)) == b""


@pytest.mark.parametrize("trouble", [OSError(errno.ENODEV, "gone"), AssertionError(), KeyError("x")])
def test_every_trouble_of_the_library_is_an_oserror(trouble: Exception) -> None:
    with pytest.raises(OSError):  # noqa: PT011
        LibraryConnection(StubbornUsb(trouble), can_answer=True).receive(Deadline.after(1))


def test_no_printer_cannot_be_opened() -> None:
    with pytest.raises(OSError, match="no printer"):
        open_port(NoPrinter())


@pytest.mark.posix_only("fifo")
@pytest.mark.slow
def test_a_driver_that_hangs_leaves_the_ticket_unconfirmed(tmp_path: Path, ticket: TicketPaper) -> None:
    pipe = tmp_path / "lp0"  # a pipe that nobody reads blocks whoever opens it
    os.mkfifo(pipe)
    printer = TicketPrinter(parse_address(f"file://{pipe}"))
    result = printer.print(ticket)
    assert (result.outcome, result.state) == (PrintOutcome.UNCONFIRMED, PrinterState.NO_ANSWER)
    assert printer.ask() is PrinterState.NO_ANSWER
    with suppress(OSError):
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
    for thread in threading.enumerate():
        if thread.name == "printer-call":
            thread.join()
