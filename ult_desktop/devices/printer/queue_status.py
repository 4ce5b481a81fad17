"""The report of a Windows queue on its printer and its jobs, in the flags of Microsoft's reference."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Protocol

from ult_desktop.devices.printer.status import PrinterState


class PrinterFlag(IntFlag):
    """The flags of `PRINTER_INFO_2.Status`, without those that no ticket printer has."""

    # https://learn.microsoft.com/en-us/windows/win32/printdocs/printer-info-2
    PAUSED = 0x1
    ERROR = 0x2
    PENDING_DELETION = 0x4
    PAPER_JAM = 0x8
    PAPER_OUT = 0x10
    PAPER_PROBLEM = 0x40
    OFFLINE = 0x80
    NOT_AVAILABLE = 0x1000
    USER_INTERVENTION = 0x100000
    OUT_OF_MEMORY = 0x200000
    DOOR_OPEN = 0x400000
    SERVER_UNKNOWN = 0x800000
    SERVER_OFFLINE = 0x2000000


class JobFlag(IntFlag):
    """The flags of `JOB_INFO_1.Status`."""

    # https://learn.microsoft.com/en-us/windows/win32/printdocs/job-info-1
    PAUSED = 0x1
    ERROR = 0x2
    DELETING = 0x4
    OFFLINE = 0x20
    PAPER_OUT = 0x40
    PRINTED = 0x80
    DELETED = 0x100
    BLOCKED = 0x200
    USER_INTERVENTION = 0x400
    COMPLETE = 0x1000
    RETAINED = 0x2000


WORK_OFFLINE = 0x400  # of `PRINTER_INFO_2.Attributes`: somebody, or Windows itself, set the printer offline
_OUT_OF_QUEUE = JobFlag.PRINTED | JobFlag.DELETED | JobFlag.COMPLETE | JobFlag.RETAINED
_PRINTER_STOPS = (
    PrinterFlag.ERROR
    | PrinterFlag.PAPER_JAM
    | PrinterFlag.OFFLINE
    | PrinterFlag.NOT_AVAILABLE
    | PrinterFlag.USER_INTERVENTION
    | PrinterFlag.OUT_OF_MEMORY
    | PrinterFlag.SERVER_OFFLINE
)
_JOB_STOPS = JobFlag.ERROR | JobFlag.OFFLINE | JobFlag.BLOCKED | JobFlag.USER_INTERVENTION


@dataclass(frozen=True)
class QueuedJob:
    """A job as the queue lists it."""

    id: int
    status: int
    pages: int = 0

    @property
    def is_waiting(self) -> bool:
        """Return whether the job is still to come out: a queue may keep what it has printed."""
        return not self.status & _OUT_OF_QUEUE

    @property
    def progress(self) -> tuple[int, int]:
        """A value that changes when a page of the job comes out, or another job takes its place."""
        return self.id, self.pages


@dataclass(frozen=True)
class QueueReport:
    """A queue at one moment; its jobs are in the order of printing."""

    status: int
    attributes: int = 0
    jobs: tuple[QueuedJob, ...] = ()

    @property
    def waiting(self) -> tuple[QueuedJob, ...]:
        return tuple(job for job in self.jobs if job.is_waiting)

    def has_waiting_job(self, job_id: int) -> bool:
        return any(job.id == job_id for job in self.waiting)


def state_of_queue(report: QueueReport) -> PrinterState:
    """Return the trouble that Windows has heard of, from the printer or from a job that met it; else UNKNOWN.

    UNKNOWN is no promise: many drivers report nothing until a job does not get through.
    """
    printer, jobs = PrinterFlag(report.status), JobFlag(0)
    for job in report.waiting:
        jobs |= JobFlag(job.status)
    for state, is_met in (
        (PrinterState.MISSING, printer & (PrinterFlag.PENDING_DELETION | PrinterFlag.SERVER_UNKNOWN)),
        (PrinterState.COVER_OPEN, printer & PrinterFlag.DOOR_OPEN),
        (PrinterState.PAPER_OUT, printer & (PrinterFlag.PAPER_OUT | PrinterFlag.PAPER_PROBLEM)),
        (PrinterState.PAPER_OUT, jobs & JobFlag.PAPER_OUT),
        (PrinterState.PAUSED, printer & PrinterFlag.PAUSED),
        (PrinterState.OFFLINE, printer & _PRINTER_STOPS),
        (PrinterState.OFFLINE, report.attributes & WORK_OFFLINE),
        (PrinterState.OFFLINE, jobs & _JOB_STOPS),
    ):
        if is_met:
            return state
    return PrinterState.UNKNOWN


class Spooler(Protocol):
    """An open queue of Windows; every method raises OSError when Windows refuses."""

    def look(self) -> QueueReport: ...

    def send(self, data: bytes) -> int:
        """Send ready bytes as one job, whole or not at all; return its number in the queue."""
        ...

    def withdraw(self, job_id: int) -> None:
        """Take a job out before it is printed."""
        ...

    def close(self) -> None: ...
