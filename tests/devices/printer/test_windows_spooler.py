"""The calls of the Windows spooler, against one that keeps their order as the real one does."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from ult_desktop.devices.printer.queue_status import QueuedJob, QueueReport

NAME = r"\\PC-1\EPSON TM-T82"
MODULE = "ult_desktop.devices.printer.windows_spooler"


class SpoolerError(Exception):
    """The kind of error that pywintypes raises: neither an OSError nor anything else that is known."""


class Spooler(ModuleType):
    """The calls of `win32print`: a job is begun, written, ended or taken back, on an open printer."""

    JOB_CONTROL_DELETE = 5

    def __init__(self) -> None:
        super().__init__("win32print")
        self.jobs = dict[int, bytes]()
        self.begun = self.open = 0
        self.driver, self.kind = 3, "RAW"
        self.full = False

    def OpenPrinter(self, name: str) -> SimpleNamespace:  # noqa: N802
        if name != NAME:
            raise SpoolerError(1801, "OpenPrinter", "The printer name is invalid.")
        self.open += 1
        return SimpleNamespace(job=None)

    def GetPrinter(self, _printer: SimpleNamespace, level: int) -> dict[str, object]:  # noqa: N802
        assert level == 2
        return {
            "pPrinterName": NAME,
            "pDriverName": "TM",
            "Status": 0x80,
            "Attributes": 0x40,
            "cJobs": len(self.jobs),
        }

    def EnumPrinterDrivers(  # noqa: N802
        self, server: None, environment: None, level: int
    ) -> list[dict[str, object]]:
        assert (server, environment, level) == (None, None, 2)
        return [{"Name": "Fax", "Version": 7 - self.driver}, {"Name": "TM", "Version": self.driver}]

    def EnumJobs(  # noqa: N802
        self, _printer: SimpleNamespace, first: int, most: int, level: int
    ) -> tuple[dict[str, int], ...]:
        assert (first, level) == (0, 1)
        return tuple({"JobId": job, "Status": 0x10, "PagesPrinted": 0} for job in self.jobs)[:most]

    def StartDocPrinter(  # noqa: N802
        self, printer: SimpleNamespace, level: int, job: tuple[str, str | None, str]
    ) -> int:
        assert (level, job) == (1, ("ult-desktop", None, self.kind))
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
        self.jobs[self.begun] = bytes(printer.job)
        printer.job = None

    def AbortPrinter(self, printer: SimpleNamespace) -> None:  # noqa: N802
        printer.job = None

    def SetJob(  # noqa: N802
        self, _printer: SimpleNamespace, job: int, level: int, about: None, command: int
    ) -> None:
        assert (level, about, command) == (0, None, self.JOB_CONTROL_DELETE)
        del self.jobs[job]

    def ClosePrinter(self, printer: SimpleNamespace) -> None:  # noqa: N802
        assert printer.job is None
        self.open -= 1


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spooler]:
    spooler, types = Spooler(), ModuleType("pywintypes")
    vars(types)["error"] = SpoolerError
    monkeypatch.setitem(sys.modules, "win32print", spooler)
    monkeypatch.setitem(sys.modules, "pywintypes", types)
    sys.modules.pop(MODULE, None)
    yield spooler
    sys.modules.pop(MODULE, None)


@pytest.fixture
def reach(spooler: Spooler) -> Callable[[str], Any]:
    opened: Callable[[str], Any] = import_module(MODULE).WindowsSpooler
    return opened


def test_a_ticket_is_one_job(spooler: Spooler, reach: Callable[[str], Any]) -> None:
    queue = reach(NAME)
    assert queue.send(b"A012") == 1
    assert spooler.jobs == {1: b"A012"}
    queue.close()
    assert spooler.open == 0


def test_a_driver_that_knows_xps_alone_lets_a_ticket_through(
    spooler: Spooler, reach: Callable[[str], Any]
) -> None:
    spooler.driver, spooler.kind = 4, "XPS_PASS"
    reach(NAME).send(b"A012")
    assert spooler.jobs == {1: b"A012"}


def test_a_queue_tells_of_printer_and_jobs(spooler: Spooler, reach: Callable[[str], Any]) -> None:
    queue = reach(NAME)
    assert queue.look() == QueueReport(0x80, 0x40)
    queue.send(b"A012")
    assert queue.look() == QueueReport(0x80, 0x40, (QueuedJob(1, 0x10),))
    assert spooler.begun == 1


def test_a_job_is_taken_back(spooler: Spooler, reach: Callable[[str], Any]) -> None:
    queue = reach(NAME)
    queue.withdraw(queue.send(b"A012"))
    assert spooler.jobs == {}


def test_a_job_that_breaks_off_is_none(spooler: Spooler, reach: Callable[[str], Any]) -> None:
    queue, spooler.full = reach(NAME), True
    with pytest.raises(OSError, match="not enough space"):
        queue.send(b"A012")
    assert spooler.jobs == {}
    queue.close()


def test_a_printer_that_windows_does_not_know(reach: Callable[[str], Any]) -> None:
    with pytest.raises(FileNotFoundError, match="invalid"):
        reach("Printer lain")
