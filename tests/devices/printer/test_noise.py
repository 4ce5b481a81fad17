"""A printer that answers anything, over a real socket: a result in time, whatever comes back."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import example, given, strategies as st

from tests.examples import examples
from ult_desktop.devices.printer import printer as module
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome

LOOPBACK = "127.0.0.1"
TALK_S = 0.02
SLACK_S = 10.0  # for a loaded machine; the device would talk for ever
FLOOD = bytes(range(256)) * 256


@contextmanager
def answering(pieces: list[bytes], *, for_ever: bool = False) -> Iterator[str]:
    """Each thing that it is sent is answered with the next piece; then it hangs up, or begins anew."""
    with socket.create_server((LOOPBACK, 0)) as server:

        def serve() -> None:
            line, _address = server.accept()
            with line:
                answers = list(pieces)
                try:
                    while line.recv(4096) and (answers or for_ever):
                        line.sendall(answers.pop(0) if answers else FLOOD)
                except OSError:
                    return  # the station had heard enough

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"tcp://{LOOPBACK}:{server.getsockname()[1]}"
        finally:
            thread.join()


@examples(40)
@given(st.lists(st.binary(min_size=1, max_size=8), max_size=8))
@example([b"\x12", b"\x12", b"\x12", b"\x00", b"\x12"])
def test_any_answers_end_in_a_result(
    monkeypatch: pytest.MonkeyPatch, ticket: TicketPaper, pieces: list[bytes]
) -> None:
    monkeypatch.setattr(module, "TALK_SECONDS", TALK_S)
    with answering(pieces) as address:
        result = TicketPrinter(parse_address(address)).print(ticket)
    assert result.outcome in PrintOutcome
    assert result.state in PrinterState


@examples(20)
@given(st.lists(st.binary(min_size=1, max_size=8), max_size=4))
def test_any_answers_give_a_state(monkeypatch: pytest.MonkeyPatch, pieces: list[bytes]) -> None:
    monkeypatch.setattr(module, "TALK_SECONDS", TALK_S)
    with answering(pieces) as address:
        assert TicketPrinter(parse_address(address)).ask() in PrinterState


@pytest.mark.slow
def test_a_device_that_never_stops_talking_takes_no_longer_than_another(ticket: TicketPaper) -> None:
    """No answer can be told from its noise; it is given up in the time of a silent one."""
    with answering([b"\xff" * len(FLOOD)] * 64) as address:
        printer = TicketPrinter(parse_address(address))
        printer.warm_up()
        began = time.monotonic()
        result = printer.print(ticket)
        assert time.monotonic() - began < module.TALK_SECONDS + module.GRACE_SECONDS + SLACK_S
    assert result.outcome is PrintOutcome.FAILED
