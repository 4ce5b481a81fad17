"""A printer of Windows, against a spooler that keeps the order of its calls as the real one does."""

import sys
from types import ModuleType, SimpleNamespace

import pytest

from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult

NAME = r"\\PC-1\EPSON TM-T82"


class SpoolerError(Exception):
    """As pywintypes.error: neither an OSError nor anything else that is known."""


class Spooler(ModuleType):
    """The calls of `win32print`: a job is begun, written, ended or taken back, on an open printer."""

    def __init__(self) -> None:
        super().__init__("win32print")
        self.jobs = list[bytes]()
        self.begun = self.open = 0
        self.full = False

    def OpenPrinter(self, name: str) -> SimpleNamespace:  # noqa: N802
        if name != NAME:
            raise SpoolerError(1801, "OpenPrinter", "The printer name is invalid.")
        self.open += 1
        return SimpleNamespace(job=None)

    def StartDocPrinter(  # noqa: N802
        self, printer: SimpleNamespace, level: int, job: tuple[str, str | None, str]
    ) -> int:
        assert (level, job) == (1, ("ult-desktop", None, "RAW"))
        self.begun += 1
        printer.job = bytearray()
        return self.begun

    def StartPagePrinter(self, printer: SimpleNamespace) -> None:  # noqa: N802
        assert printer.job == b""

    def WritePrinter(self, printer: SimpleNamespace, data: bytes) -> int:  # noqa: N802
        if self.full:
            raise SpoolerError(112, "WritePrinter", "There is not enough space on the disk.")
        printer.job += data
        return len(data)

    def EndPagePrinter(self, printer: SimpleNamespace) -> None:  # noqa: N802
        assert printer.job

    def EndDocPrinter(self, printer: SimpleNamespace) -> None:  # noqa: N802
        self.jobs.append(bytes(printer.job))
        printer.job = None

    def AbortPrinter(self, printer: SimpleNamespace) -> None:  # noqa: N802
        printer.job = None

    def ClosePrinter(self, printer: SimpleNamespace) -> None:  # noqa: N802
        assert printer.job is None
        self.open -= 1


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Spooler:
    spooler = Spooler()
    monkeypatch.setitem(sys.modules, "win32print", spooler)
    monkeypatch.delitem(sys.modules, "ult_desktop.devices.printer.windows_queue", raising=False)
    return spooler


def test_a_shared_printer_takes_the_ticket_as_one_job(spooler: Spooler, ticket: TicketPaper) -> None:
    printer = TicketPrinter(parse_address(f"win32://{NAME}"))
    assert printer.print(ticket) == PrintResult(PrintOutcome.UNCONFIRMED, PrinterState.UNKNOWN)
    (job,) = spooler.jobs
    assert b"A012" in job
    assert (spooler.begun, spooler.open) == (1, 0)


def test_asking_leaves_no_job_in_the_queue(spooler: Spooler) -> None:
    printer = TicketPrinter(parse_address(f"win32://{NAME}"))
    assert printer.ask() is PrinterState.UNKNOWN
    assert (spooler.begun, spooler.open) == (0, 0)


def test_a_job_that_breaks_off_is_taken_back(spooler: Spooler, ticket: TicketPaper) -> None:
    spooler.full = True
    result = TicketPrinter(parse_address(f"win32://{NAME}")).print(ticket)
    assert (result.outcome, result.state) == (PrintOutcome.UNCONFIRMED, PrinterState.OFFLINE)
    assert (spooler.jobs, spooler.open) == ([], 0)


def test_a_printer_that_windows_does_not_know_is_offline(spooler: Spooler) -> None:
    assert TicketPrinter(parse_address("win32://Printer lain")).ask() is PrinterState.OFFLINE
