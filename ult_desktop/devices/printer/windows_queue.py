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
KNOCK_SECONDS = 1.5  # the same for a job that is only `KNOCK`
LOOK_SECONDS = 0.1
PRINT_SECONDS = KNOCK_SECONDS + LEAVE_SECONDS + 1.5  # a print with everything around it
WITHDRAWN = "the job stayed in the queue and was taken back"
KNOCK = b"\x1b@"  # ESC @ resets a printer and prints nothing


class WindowsQueue:
    """A queue of Windows.

    It opens the queue anew for each question and each print, and remembers in between which job did not move.

    Many drivers report nothing while a printer is off. A job that does not leave the queue is then the sign:
    the queue's first one, or the last ticket, which was taken back. After such a ticket each question sends
    KNOCK, a job that needs no paper; the next ticket is sent only when such a job has left the queue.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._next_job: tuple[int, int] | None = None
        self._next_job_since = 0.0
        self._in_doubt = False

    def ask(self) -> PrinterState:
        """Return the printer's state. Raises OSError when the queue cannot be reached."""
        try:
            with self._opened() as spooler:
                return self._state(spooler)
        except FileNotFoundError:
            return PrinterState.MISSING

    def print(self, ticket: bytes) -> talk.PrintResult:
        """Send `ticket` if it can come out; raise OSError when nothing was sent."""
        try:
            with self._opened() as spooler:
                before = self._state(spooler)
                if not before.can_print:
                    return talk.PrintResult(talk.PrintOutcome.FAILED, before)
                return self._send(spooler, ticket)
        except FileNotFoundError:
            return talk.PrintResult(talk.PrintOutcome.FAILED, PrinterState.MISSING)

    @contextmanager
    def _opened(self) -> Iterator[queue_status.Spooler]:
        try:
            spooler: queue_status.Spooler = windows_spooler.WindowsSpooler(self._name)
        except ImportError as error:
            raise OSError(f"no Windows: {error}") from error
        try:
            yield spooler
        finally:
            spooler.close()

    def _state(self, spooler: queue_status.Spooler) -> PrinterState:
        report = spooler.look()
        state = queue_status.state_of_queue(report)
        if state.can_print and self._stands_still(report):
            return PrinterState.OFFLINE
        # A knock is a job of two bytes: it costs no paper, and whether it leaves the queue says whether the
        # printer is there again.
        if state.can_print and self._in_doubt:
            self._in_doubt = self._stuck(spooler, spooler.send(KNOCK), KNOCK_SECONDS) is not None
            return PrinterState.OFFLINE if self._in_doubt else state
        return state

    def _stands_still(self, report: queue_status.QueueReport) -> bool:
        """Return whether the same job has been the next one for as long as a ticket may take."""
        first = report.waiting[0].progress if report.waiting else None
        if first is None or first != self._next_job:
            # Jobs of other programs count as well: behind one that does not move a ticket would not come out
            # either.
            self._next_job, self._next_job_since = first, time.monotonic()
        return first is not None and time.monotonic() - self._next_job_since >= LEAVE_SECONDS

    def _send(self, spooler: queue_status.Spooler, ticket: bytes) -> talk.PrintResult:
        job_id = spooler.send(ticket)
        try:
            stuck = self._stuck(spooler, job_id, LEAVE_SECONDS)
        except OSError as trouble:  # it may still come out
            self._in_doubt = True
            return talk.PrintResult(talk.PrintOutcome.UNCONFIRMED, PrinterState.OFFLINE, str(trouble))
        if stuck is None:
            # A job that left the queue was taken by the driver, which says nothing of the paper.
            return talk.PrintResult(talk.PrintOutcome.UNCONFIRMED, PrinterState.UNKNOWN)
        self._in_doubt = True
        state = queue_status.state_of_queue(stuck)
        state = PrinterState.OFFLINE if state.can_print else state
        return talk.PrintResult(talk.PrintOutcome.FAILED, state, WITHDRAWN)

    def _stuck(
        self, spooler: queue_status.Spooler, job_id: int, seconds: float
    ) -> queue_status.QueueReport | None:
        """Return None once the job has left the queue.

        Else take it back and return the last report of the queue.
        """
        deadline = talk.Deadline.after(seconds)
        while (report := spooler.look()).holds(job_id):
            if deadline.remaining_s() == 0:
                spooler.withdraw(job_id)
                return report
            time.sleep(LOOK_SECONDS)
        return None
