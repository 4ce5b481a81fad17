"""The meaning of the flags of a Windows queue."""

import pytest
from hypothesis import given, strategies as st

from ult_desktop.devices.printer.queue_status import (
    WORK_OFFLINE,
    JobFlag,
    PrinterFlag,
    QueuedJob,
    QueueReport,
    state_of_queue,
)
from ult_desktop.devices.printer.status import PrinterState

PRINTING, BUSY, TONER_LOW = 0x400, 0x200, 0x20000


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (0, PrinterState.UNKNOWN),
        (PRINTING | BUSY | TONER_LOW, PrinterState.UNKNOWN),
        (PrinterFlag.PAUSED, PrinterState.PAUSED),
        (PrinterFlag.PAPER_OUT, PrinterState.PAPER_OUT),
        (PrinterFlag.PAPER_PROBLEM, PrinterState.PAPER_OUT),
        (PrinterFlag.DOOR_OPEN | PrinterFlag.PAPER_OUT, PrinterState.COVER_OPEN),
        (PrinterFlag.OFFLINE, PrinterState.OFFLINE),
        (PrinterFlag.PAPER_JAM, PrinterState.OFFLINE),
        (PrinterFlag.ERROR | PrinterFlag.PAPER_OUT, PrinterState.PAPER_OUT),
        (PrinterFlag.USER_INTERVENTION, PrinterState.OFFLINE),
        (PrinterFlag.SERVER_OFFLINE, PrinterState.OFFLINE),
        (PrinterFlag.PENDING_DELETION, PrinterState.MISSING),
        (PrinterFlag.SERVER_UNKNOWN, PrinterState.MISSING),
    ],
)
def test_a_printer_tells(status: int, state: PrinterState) -> None:
    assert state_of_queue(QueueReport(status)) is state


def test_a_printer_that_was_set_offline() -> None:
    assert state_of_queue(QueueReport(0, attributes=WORK_OFFLINE | 0x40)) is PrinterState.OFFLINE


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (0, PrinterState.UNKNOWN),
        (JobFlag.PAUSED, PrinterState.UNKNOWN),
        (JobFlag.ERROR | JobFlag.PAPER_OUT, PrinterState.PAPER_OUT),
        (JobFlag.ERROR, PrinterState.OFFLINE),
        (JobFlag.OFFLINE, PrinterState.OFFLINE),
        (JobFlag.BLOCKED, PrinterState.OFFLINE),
        (JobFlag.USER_INTERVENTION, PrinterState.OFFLINE),
        (JobFlag.RETAINED | JobFlag.PRINTED | JobFlag.ERROR, PrinterState.UNKNOWN),
    ],
)
def test_a_job_that_met_a_trouble_tells_it(status: int, state: PrinterState) -> None:
    jobs = (QueuedJob(6, 0), QueuedJob(7, status))
    assert state_of_queue(QueueReport(0, jobs=jobs)) is state


@pytest.mark.parametrize("status", [JobFlag.PRINTED, JobFlag.COMPLETE, JobFlag.RETAINED, JobFlag.DELETED])
def test_what_was_printed_is_no_longer_held(status: int) -> None:
    assert not QueueReport(0, jobs=(QueuedJob(7, status),)).has_waiting_job(7)
    assert QueueReport(0, jobs=(QueuedJob(7, JobFlag.DELETING),)).has_waiting_job(7)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_any_flags_give_a_state(status: int, attributes: int, job: int) -> None:
    assert state_of_queue(QueueReport(status, attributes, (QueuedJob(1, job),))) in PrinterState
