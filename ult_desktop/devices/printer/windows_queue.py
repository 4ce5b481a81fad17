"""A printer behind a queue of Windows: it is asked before each print, and no ticket stays in the queue."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ult_desktop.base.late import late
from ult_desktop.devices.printer import queue_status, talk
from ult_desktop.devices.printer.status import PrinterState

if TYPE_CHECKING:
    from ult_desktop.devices.printer import windows_spooler
else:
    windows_spooler = late("ult_desktop.devices.printer.windows_spooler")

LEAVE_SECONDS = 5.0  # a ticket that is still in the queue after this time is taken back
TEST_JOB_SECONDS = 1.5  # the same for `TEST_JOB`
LOOK_SECONDS = 0.1  # between two looks at the queue
PRINT_SECONDS = TEST_JOB_SECONDS + LEAVE_SECONDS + 1.5  # a print with everything around it
WITHDRAWN = "the job stayed in the queue and was taken back"
TEST_JOB = b"\x1b@"  # ESC @ resets a printer and prints nothing


class WindowsQueue:
    """A queue of Windows.

    The queue is opened for each question and each print, and closed after it. In between this object
    remembers which job did not move.

    Many drivers report nothing while a printer is off. A job that does not leave the queue is then the sign:
    the queue's first one, or the last ticket, which was taken back. After such a ticket each question sends
    TEST_JOB, which needs no paper; the next ticket is sent only when such a job has left the queue.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._first_job: tuple[int, int] | None = None  # the `progress` of the queue's first job
        self._first_job_since = 0.0  # when it was first seen so, on the monotonic clock
        self._is_in_doubt = False  # whether the last job did not get through

    def ask(self) -> PrinterState:
        """Return the printer's state. Raises OSError when the queue cannot be reached."""
        try:
            with self._open_spooler() as spooler:
                return self._read_state(spooler)
        except FileNotFoundError:
            return PrinterState.MISSING

    def print(self, ticket: bytes) -> talk.PrintResult:
        """Send `ticket` if it can come out; raise OSError when nothing was sent."""
        try:
            with self._open_spooler() as spooler:
                before = self._read_state(spooler)
                if not before.can_print:
                    return talk.PrintResult(talk.PrintOutcome.FAILED, before)
                return self._send(spooler, ticket)
        except FileNotFoundError:
            return talk.PrintResult(talk.PrintOutcome.FAILED, PrinterState.MISSING)

    @contextmanager
    def _open_spooler(self) -> Iterator[queue_status.Spooler]:
        try:
            spooler: queue_status.Spooler = windows_spooler.WindowsSpooler(self._name)
        except ImportError as error:
            raise OSError(f"no Windows: {error}") from error
        try:
            yield spooler
        finally:
            spooler.close()

    def _read_state(self, spooler: queue_status.Spooler) -> PrinterState:
        report = spooler.look()
        state = queue_status.state_of_queue(report)
        if state.can_print and self._is_standing_still(report):
            return PrinterState.OFFLINE
        # Whether the test job leaves the queue says whether the printer is there again.
        if state.can_print and self._is_in_doubt:
            stuck = self._wait_until_gone(spooler, spooler.send(TEST_JOB), TEST_JOB_SECONDS)
            self._is_in_doubt = stuck is not None
            return PrinterState.OFFLINE if self._is_in_doubt else state
        return state

    def _is_standing_still(self, report: queue_status.QueueReport) -> bool:
        """Return whether the queue's first job has not moved for as long as a ticket may take."""
        first = report.waiting[0].progress if report.waiting else None
        if first is None or first != self._first_job:
            # Jobs of other programs count as well: behind one that does not move a ticket would not come out
            # either.
            self._first_job, self._first_job_since = first, time.monotonic()
        return first is not None and time.monotonic() - self._first_job_since >= LEAVE_SECONDS

    def _send(self, spooler: queue_status.Spooler, ticket: bytes) -> talk.PrintResult:
        job_id = spooler.send(ticket)
        try:
            stuck = self._wait_until_gone(spooler, job_id, LEAVE_SECONDS)
        except OSError as trouble:  # the ticket may still come out
            self._is_in_doubt = True
            return talk.PrintResult(talk.PrintOutcome.UNCONFIRMED, PrinterState.OFFLINE, str(trouble))
        if stuck is None:
            # A job that left the queue was taken by the driver, which says nothing of the paper.
            return talk.PrintResult(talk.PrintOutcome.UNCONFIRMED, PrinterState.UNKNOWN)
        self._is_in_doubt = True
        state = queue_status.state_of_queue(stuck)
        state = PrinterState.OFFLINE if state.can_print else state
        return talk.PrintResult(talk.PrintOutcome.FAILED, state, WITHDRAWN)

    def _wait_until_gone(
        self, spooler: queue_status.Spooler, job_id: int, seconds: float
    ) -> queue_status.QueueReport | None:
        """Wait until the job has left the queue, and return None.

        A job that is still there after `seconds` is taken back, and the last report of the queue returned.
        """
        deadline = talk.Deadline.after(seconds)
        while (report := spooler.look()).has_waiting_job(job_id):
            if deadline.remaining_s() == 0:
                spooler.withdraw(job_id)
                return report
            time.sleep(LOOK_SECONDS)
        return None
