"""A queue of Windows, asked and printed on: no ticket lies in it, to come out when its visitor is gone."""

from dataclasses import replace

import pytest

from ult_desktop.devices.printer import windows_queue
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.queue_status import JobFlag, PrinterFlag, QueuedJob, QueueReport
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.devices.printer.windows_queue import TEST_JOB, WITHDRAWN, WindowsQueue

TICKET = b"A012"


class Queue:
    """A queue whose reports a test writes; a job stays in it while the printer is `off`."""

    def __init__(self) -> None:
        self.report = QueueReport(0)
        self.off = self.refuses_withdrawal = False
        self.came_out = list[bytes]()
        self.sent = list[bytes]()
        self.open = 0
        self.gone: OSError | None = None

    def reach(self, _name: str) -> "Queue":
        if self.gone is not None:
            raise self.gone
        self.open += 1
        return self

    def look(self) -> QueueReport:
        return self.report

    def send(self, data: bytes) -> int:
        self.sent.append(data)
        if self.off:
            self.report = replace(self.report, jobs=(*self.report.jobs, QueuedJob(len(self.sent), 0)))
        else:
            self.came_out.append(data)
        return len(self.sent)

    def withdraw(self, job_id: int) -> None:
        if self.refuses_withdrawal:
            raise PermissionError(5, "SetJob", "Access is denied.")
        self.report = replace(self.report, jobs=tuple(job for job in self.report.jobs if job.id != job_id))

    def close(self) -> None:
        self.open -= 1


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_queue, "LEAVE_SECONDS", 0.0)
    monkeypatch.setattr(windows_queue, "TEST_JOB_SECONDS", 0.0)


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def printer(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> WindowsQueue:
    module = type("windows_spooler", (), {"WindowsSpooler": staticmethod(queue.reach)})
    monkeypatch.setattr(windows_queue, "windows_spooler", module)
    return WindowsQueue("EPSON")


def test_three_seconds_of_a_ticket_are_five_in_a_queue() -> None:
    assert windows_queue.PRINT_SECONDS == 8.0


def test_a_ticket_that_leaves_the_queue_was_sent(queue: Queue, printer: WindowsQueue) -> None:
    assert printer.print(TICKET) == PrintResult(PrintOutcome.UNCONFIRMED, PrinterState.UNKNOWN)
    assert (queue.came_out, queue.open) == ([TICKET], 0)


def test_it_is_waited_for(queue: Queue, printer: WindowsQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_queue, "LEAVE_SECONDS", 60.0)
    queue.off = True
    monkeypatch.setattr("time.sleep", lambda _seconds: queue.withdraw(1))
    assert printer.print(TICKET).outcome is PrintOutcome.UNCONFIRMED


def test_asking_leaves_nothing_in_the_queue(queue: Queue, printer: WindowsQueue) -> None:
    assert printer.ask() is PrinterState.UNKNOWN
    assert (queue.sent, queue.open) == ([], 0)


@pytest.mark.parametrize(
    ("flag", "state"),
    [(PrinterFlag.PAPER_OUT, PrinterState.PAPER_OUT), (PrinterFlag.PAUSED, PrinterState.PAUSED)],
)
def test_nothing_is_sent_where_it_cannot_come_out(
    queue: Queue, printer: WindowsQueue, flag: PrinterFlag, state: PrinterState
) -> None:
    queue.report = QueueReport(flag)
    assert printer.ask() is state
    assert printer.print(TICKET) == PrintResult(PrintOutcome.FAILED, state)
    assert (queue.sent, queue.open) == ([], 0)


def test_a_job_that_stays_is_taken_back(queue: Queue, printer: WindowsQueue) -> None:
    queue.off = True
    assert printer.print(TICKET) == PrintResult(PrintOutcome.FAILED, PrinterState.OFFLINE, WITHDRAWN)
    assert queue.report.jobs == ()


def test_what_the_job_met_is_told(queue: Queue, printer: WindowsQueue) -> None:
    """Most drivers speak of the paper only when a job does not get through."""
    queue.off = True
    send = queue.send

    def meet(data: bytes) -> int:
        job = send(data)
        queue.report = QueueReport(0, jobs=(QueuedJob(job, JobFlag.PAPER_OUT | JobFlag.ERROR),))
        return job

    queue.send = meet  # type: ignore[method-assign]
    assert printer.print(TICKET) == PrintResult(PrintOutcome.FAILED, PrinterState.PAPER_OUT, WITHDRAWN)


def test_after_that_a_knock_must_get_through_before_another_ticket_is_sent(
    queue: Queue, printer: WindowsQueue
) -> None:
    """Windows says of a printer that is off what it says of one that is on: nothing."""
    queue.off = True
    printer.print(TICKET)
    assert printer.ask() is PrinterState.OFFLINE
    assert printer.print(TICKET) == PrintResult(PrintOutcome.FAILED, PrinterState.OFFLINE)
    assert (queue.sent, queue.report.jobs) == ([TICKET, TEST_JOB, TEST_JOB], ())
    queue.off = False
    assert printer.ask() is PrinterState.UNKNOWN
    assert printer.ask() is PrinterState.UNKNOWN
    printer.print(TICKET)
    assert queue.came_out == [TEST_JOB, TICKET]


def test_a_job_that_cannot_be_taken_back_may_still_come_out(queue: Queue, printer: WindowsQueue) -> None:
    queue.off = queue.refuses_withdrawal = True
    result = printer.print(TICKET)
    assert (result.outcome, result.state) == (PrintOutcome.UNCONFIRMED, PrinterState.OFFLINE)
    assert "Access is denied" in result.detail
    assert queue.open == 0


def test_behind_a_job_that_does_not_move_no_ticket_is_put(queue: Queue, printer: WindowsQueue) -> None:
    """Another program's, perhaps, since this morning; its pages tell whether it moves."""
    queue.report = QueueReport(0, jobs=(QueuedJob(90, 0), QueuedJob(91, 0)))
    assert printer.ask() is PrinterState.OFFLINE
    assert printer.print(TICKET).state is PrinterState.OFFLINE
    assert queue.sent == []


def test_behind_one_that_moves_it_is(
    queue: Queue, printer: WindowsQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows_queue, "LEAVE_SECONDS", 60.0)
    for page in range(3):
        queue.report = QueueReport(0, jobs=(QueuedJob(90, 0, page),))
        assert printer.ask() is PrinterState.UNKNOWN
    assert printer.print(TICKET).outcome is PrintOutcome.UNCONFIRMED


def test_a_queue_that_is_no_more(queue: Queue, printer: WindowsQueue) -> None:
    queue.gone = FileNotFoundError(1801, "OpenPrinter", "The printer name is invalid.")
    assert printer.ask() is PrinterState.MISSING
    assert printer.print(TICKET) == PrintResult(PrintOutcome.FAILED, PrinterState.MISSING)


@pytest.fixture
def station(printer: WindowsQueue) -> TicketPrinter:
    """The printer as a station has it."""
    return TicketPrinter(parse_address(r"win32://\\PC-1\EPSON TM-T82"))


def test_a_station_prints_through_the_queue(
    queue: Queue, station: TicketPrinter, ticket: TicketPaper
) -> None:
    assert station.ask() is PrinterState.UNKNOWN
    assert station.print(ticket) == PrintResult(PrintOutcome.UNCONFIRMED, PrinterState.UNKNOWN)
    (paper,) = queue.came_out
    assert b"A012" in paper


def test_a_spooler_that_does_not_answer_has_printed_nothing(
    queue: Queue, station: TicketPrinter, ticket: TicketPaper
) -> None:
    queue.gone = OSError(1722, "OpenPrinter", "The RPC server is unavailable.")
    assert station.ask() is PrinterState.OFFLINE
    result = station.print(ticket)
    assert (result.outcome, result.state) == (PrintOutcome.FAILED, PrinterState.OFFLINE)
