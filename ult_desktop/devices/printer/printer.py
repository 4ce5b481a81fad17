"""The ticket printer as the program sees it: ask it, print on it, never wait longer than a limit."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.devices.printer import (
    address as printer_address,
    layout,
    paper as printer_paper,
    status,
    talk,
    windows_queue,
)

if TYPE_CHECKING:
    from ult_desktop.devices.printer import escpos_library
else:
    escpos_library = late("ult_desktop.devices.printer.escpos_library")

T = TypeVar("T")


class LeftRunningError(TimeoutError):
    """The error that the call took too long and still runs: what it was to do may still happen."""


class TimeLimiter:
    """The limiter of device calls. It runs them on a thread that is left behind when it hangs.

    While one hangs, the next is refused at once: a dead driver costs one thread, not one per ticket.
    """

    def __init__(self) -> None:
        self._stuck: threading.Thread | None = None

    def run(self, job: Callable[[], T], seconds: float) -> T:
        """Return or raise the outcome of `job`.

        Raises:
            LeftRunningError: it takes longer than `seconds`.
            TimeoutError: an earlier one still hangs; `job` was not started.
        """
        # Python cannot end a thread, and a driver that hangs never returns to it.
        if self._stuck is not None and self._stuck.is_alive():
            raise TimeoutError("an earlier call to the printer still hangs")
        call = _Call(job)
        thread = threading.Thread(target=call.work, name="printer-call", daemon=True)
        thread.start()
        thread.join(seconds)
        self._stuck = thread if thread.is_alive() else None
        if self._stuck is not None:
            raise LeftRunningError("the call to the printer takes too long")
        return call.outcome()


class _Call(Generic[T]):
    """A call and its outcome."""

    def __init__(self, job: Callable[[], T]) -> None:
        self._job = job
        self._results: list[T] = []
        self._trouble: BaseException | None = None

    def work(self) -> None:
        try:
            self._results.append(self._job())
        except BaseException as error:  # noqa: BLE001 (raised again by outcome, on the asking thread)
            self._trouble = error

    def outcome(self) -> T:
        if self._trouble is not None:
            raise self._trouble
        return self._results[0]


TALK_SECONDS = 2.6
GRACE_SECONDS = 0.3  # added for calls that know no deadline; with TALK_SECONDS it stays under 3 s

logger = logging.getLogger(__name__)


class TicketPrinter:
    """A printer at one address. It never raises for device trouble, and never takes more than 3 s.

    Only a print through a queue of Windows takes up to 8 s, since it waits until the job has left the queue.

    It blocks while it talks to the printer: call it on the printing thread (`Spool`).
    """

    def __init__(self, address: printer_address.PrinterAddress) -> None:
        self.address = address
        # Only a network connection keeps a time limit by itself. A USB driver, a serial port or a name
        # look-up may wait without end.
        self._limiter = TimeLimiter()
        self._answers_in_order = True
        self._queue: windows_queue.WindowsQueue | None = None
        if isinstance(address.port, printer_address.WindowsPrinter):
            self._queue = windows_queue.WindowsQueue(address.port.name)

    def warm_up(self) -> None:
        """Load python-escpos (0.2 s, 7 MiB) before the first ticket waits for it, if there is a printer."""
        if not isinstance(self.address.port, printer_address.NoPrinter):
            self._encode(())

    def ask(self) -> status.PrinterState:
        if isinstance(self.address.port, printer_address.NoPrinter):
            return status.PrinterState.NONE
        deadline = talk.Deadline.after(TALK_SECONDS)
        try:
            return self._limiter.run(lambda: self._ask(deadline), TALK_SECONDS + GRACE_SECONDS)
        except OSError as error:
            return self._state_after(error)

    def print(self, paper: layout.Paper) -> talk.PrintResult:
        """Print one ticket or sheet and find out whether it came out."""
        if isinstance(self.address.port, printer_address.NoPrinter):
            return talk.PrintResult(talk.PrintOutcome.FAILED, status.PrinterState.NONE)
        deadline = talk.Deadline.after(windows_queue.PRINT_SECONDS if self._queue else TALK_SECONDS)
        # Before anything is sent: a bug in the layout must not leave half a ticket in the printer.
        ticket = self._encode(layout.commands(paper, self.address.model))
        try:
            result = self._limiter.run(
                lambda: self._print(ticket, deadline), deadline.remaining_s() + GRACE_SECONDS
            )
        except OSError as error:
            # A network connection keeps its deadline: only a name look-up can hang, before anything is sent.
            is_on_network = isinstance(self.address.port, printer_address.NetworkPort)
            may_be_sent = isinstance(error, LeftRunningError) and not is_on_network
            outcome = talk.PrintOutcome.UNCONFIRMED if may_be_sent else talk.PrintOutcome.FAILED
            return talk.PrintResult(outcome, self._state_after(error), str(error))
        # Remembered, since a model that does not know GS r would make each ticket wait for its answer.
        self._answers_in_order = self._answers_in_order and result.detail != talk.NOT_IN_ORDER
        return result

    def _ask(self, deadline: talk.Deadline) -> status.PrinterState:
        if self._queue is not None:
            return self._queue.ask()
        with self._open_connection(deadline) as connection:
            return talk.PrinterDialogue(connection, deadline).ask()

    def _print(self, ticket: bytes, deadline: talk.Deadline) -> talk.PrintResult:
        if self._queue is not None:
            return self._queue.print(ticket)
        with self._open_connection(deadline) as connection:
            return talk.PrinterDialogue(connection, deadline).print(ticket, in_order=self._answers_in_order)

    @contextmanager
    def _open_connection(self, deadline: talk.Deadline) -> Iterator[talk.PrinterConnection]:
        port = self.address.port
        connection: talk.PrinterConnection = (
            talk.SocketConnection(port, deadline)
            if isinstance(port, printer_address.NetworkPort)
            else escpos_library.open_port(port)
        )
        try:
            yield connection
        finally:
            connection.close()

    def _encode(self, commands: tuple[layout.PrintCommand, ...]) -> bytes:
        return escpos_library.encode(commands, self.address.model)

    def _state_after(self, error: OSError) -> status.PrinterState:
        logger.info("printer %s: %s", self.address.text, error)
        timed_out = isinstance(error, TimeoutError)
        return status.PrinterState.NO_ANSWER if timed_out else status.PrinterState.OFFLINE


def print_test(address: str) -> talk.PrintResult:
    """Print lines that show which paper and which letters the printer at an address has.

    It is slow. Raises UserError for a wrong address.
    """
    printer = TicketPrinter(printer_address.parse_address(address))
    return printer.print(printer_paper.PrinterTest(_("Cetak percobaan")))
