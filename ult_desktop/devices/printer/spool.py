"""The printing thread: tickets go in, results come out, and nobody waits for the printer."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ult_desktop.devices.printer import layout, status, talk
from ult_desktop.devices.printer.printer import TicketPrinter

IDLE_SECONDS = 5.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    """A ticket's print that waits."""

    ticket_id: str
    paper: layout.Paper


class Spool:
    """The queue of prints, in the order of asking, on one thread of its own.

    Both callbacks run on that thread. `on_result(ticket_id, result)` comes once for every ticket that was
    submitted, except for those that `close` drops. `on_state(state)` comes when the printer's state differs
    from the last one reported, from asking every `idle_seconds` or from a print. For the first
    `quiet_seconds`, or until the first ticket, the spool asks and loads nothing: a window that starts has the
    processor to itself. The spool does not retry: the owner of the tickets knows which are still waiting, and
    submits them again when the state says that the printer can print.
    """

    def __init__(
        self,
        printer: TicketPrinter,
        on_result: Callable[[str, talk.PrintResult], None],
        on_state: Callable[[status.PrinterState], None] = lambda _state: None,
        idle_seconds: float = IDLE_SECONDS,
        quiet_seconds: float = 0.0,
    ) -> None:
        self._printer = printer
        self._on_result = on_result
        self._on_state = on_state
        self._idle_seconds, self._quiet_seconds = idle_seconds, quiet_seconds
        self._state: status.PrinterState | None = None
        # None ends the wait at once; an event alone would be seen only after `idle_seconds`.
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printer-spool", daemon=True)
        self._thread.start()

    @property
    def state(self) -> status.PrinterState | None:
        """The state last found, by a question or a print; None before the first answer."""
        return self._state

    def submit(self, ticket_id: str, paper: layout.Paper) -> None:
        self._jobs.put(_Job(ticket_id, paper))

    def close(self) -> None:
        """End the thread: a print under way is finished, tickets behind it are dropped.

        That takes 3 s at most, or 8 s through a queue of Windows.
        """
        self._closing.set()
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        if not self._quiet_seconds or not self._print_next(self._quiet_seconds):
            self._ask_state()
            with _log_errors():
                self._printer.warm_up()
        while not self._closing.is_set():
            if not self._print_next(self._idle_seconds):
                self._ask_state()

    def _print_next(self, seconds: float) -> bool:
        """Wait for the next job and print it; return False if none came in `seconds`."""
        try:
            job = self._jobs.get(timeout=seconds)
        except queue.Empty:
            return False
        if job is not None and not self._closing.is_set():
            self._print(job)
        return True

    def _ask_state(self) -> None:
        with _log_errors():
            self._report_state(self._printer.ask())

    def _print(self, job: _Job) -> None:
        # A bug in the layout must not leave the ticket without a result.
        result = talk.PrintResult(
            talk.PrintOutcome.FAILED, status.PrinterState.UNKNOWN, "error in the program"
        )
        with _log_errors():
            result = self._printer.print(job.paper)
        with _log_errors():
            self._on_result(job.ticket_id, result)
        with _log_errors():
            self._report_state(result.state)

    def _report_state(self, state: status.PrinterState) -> None:
        changed, self._state = state is not self._state, state
        if changed:
            self._on_state(state)


@contextmanager
def _log_errors() -> Iterator[None]:
    """Log whatever a step raises: the thread must live on for the next ticket."""
    try:
        yield
    except Exception:
        logger.exception("the printing thread met an error")
