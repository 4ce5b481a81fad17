"""The printing thread: order, results, states, and that nothing kills it."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

Results = queue.SimpleQueue[tuple[str, PrintResult]]
States = queue.SimpleQueue[PrinterState]
PATIENCE_S = 60
pytestmark = pytest.mark.usefixtures("unhurried_printer")


@contextmanager
def spooling(printer: TicketPrinter, idle: float = 60) -> Iterator[tuple[Spool, Results, States]]:
    results, states = Results(), States()
    spool = Spool(printer, lambda *result: results.put(result), states.put, idle)
    yield spool, results, states
    spool.close()


def test_tickets_come_out_in_the_order_of_asking(
    printer: TicketPrinter, device: VirtualPrinter, ticket: TicketPaper
) -> None:
    with spooling(printer) as (spool, results, _):
        for number in range(3):
            spool.submit(f"t{number}", replace(ticket, label=f"A00{number}"))
        got = [results.get(timeout=PATIENCE_S) for _ in range(3)]
    assert [(ticket_id, result.outcome) for ticket_id, result in got] == [
        (f"t{number}", PrintOutcome.PRINTED) for number in range(3)
    ]
    assert [f"A00{n}" in paper.text for n, paper in enumerate(device.papers)] == [True] * 3


def test_it_is_quiet_until_there_is_something_to_print(
    printer: TicketPrinter, device: VirtualPrinter, ticket: TicketPaper
) -> None:
    results, states = Results(), States()
    spool = Spool(printer, lambda *result: results.put(result), states.put, 60, quiet_seconds=60)
    with pytest.raises(queue.Empty):
        states.get(timeout=0.1)
    spool.submit("t1", ticket)
    assert results.get(timeout=PATIENCE_S)[1].outcome is PrintOutcome.PRINTED
    assert states.get(timeout=PATIENCE_S) is PrinterState.READY
    spool.close()


def test_it_looks_when_it_has_been_quiet(printer: TicketPrinter, device: VirtualPrinter) -> None:
    states = States()
    spool = Spool(printer, lambda *_result: None, states.put, 60, quiet_seconds=0.01)
    assert states.get(timeout=PATIENCE_S) is PrinterState.READY
    spool.close()


def test_the_owner_hears_when_the_printer_returns_and_tries_again(
    printer: TicketPrinter, device: VirtualPrinter, ticket: TicketPaper
) -> None:
    with spooling(printer, idle=0.02) as (spool, results, states):
        assert states.get(timeout=PATIENCE_S) is PrinterState.READY
        assert spool.state is PrinterState.READY
        device.paper_out()
        assert states.get(timeout=PATIENCE_S) is PrinterState.PAPER_OUT
        spool.submit("t1", ticket)
        assert results.get(timeout=PATIENCE_S)[1].outcome is PrintOutcome.FAILED
        device.restore()
        assert states.get(timeout=PATIENCE_S) is PrinterState.READY
        spool.submit("t1", ticket)
        assert results.get(timeout=PATIENCE_S)[1].outcome is PrintOutcome.PRINTED
    assert states.empty()


def test_a_failed_print_tells_the_state_at_once(
    printer: TicketPrinter, device: VirtualPrinter, ticket: TicketPaper
) -> None:
    with spooling(printer) as (spool, _, states):
        assert states.get(timeout=PATIENCE_S) is PrinterState.READY
        device.cover_open()
        spool.submit("t1", ticket)
        assert states.get(timeout=PATIENCE_S) is PrinterState.COVER_OPEN


def test_an_error_in_the_owner_or_the_layout_does_not_kill_the_thread(
    printer: TicketPrinter, ticket: TicketPaper, caplog: pytest.LogCaptureFixture
) -> None:
    results = Results()

    def fragile(ticket_id: str, result: PrintResult) -> None:
        results.put((ticket_id, result))
        raise RuntimeError("the owner fell over")

    spool = Spool(printer, fragile, idle_seconds=60)
    spool.submit("broken", replace(ticket, label=None))  # type: ignore[arg-type]
    spool.submit("whole", ticket)
    outcomes = [(name, result.outcome) for name, result in (results.get(timeout=PATIENCE_S) for _ in "12")]
    spool.close()
    assert outcomes == [("broken", PrintOutcome.FAILED), ("whole", PrintOutcome.PRINTED)]
    assert "the owner fell over" in caplog.text


def test_closing_drops_what_was_not_begun(ticket: TicketPaper) -> None:
    results = Results()
    spool = Spool(TicketPrinter(parse_address("none")), lambda *result: results.put(result))
    spool.close()
    spool.submit("late", ticket)
    assert results.empty()


def test_tickets_behind_a_close_are_left_to_their_owner(printer: TicketPrinter, ticket: TicketPaper) -> None:
    spools: list[Spool] = []
    done: list[str] = []

    def first_done(ticket_id: str, _result: PrintResult) -> None:
        done.append(ticket_id)
        spools[0]._closing.set()

    spools.append(Spool(printer, first_done, idle_seconds=60))
    spools[0].submit("first", ticket)
    spools[0].submit("second", ticket)
    spools[0].close()
    assert done in (["first"], [])
