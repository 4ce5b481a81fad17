"""The exchange with a printer over an open connection.

Its time limit, the question for the printer's state, the print and the check that it came out.
"""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Protocol

from ult_desktop.devices.printer import address, status


@dataclass(frozen=True)
class Deadline:
    """The moment by which an exchange must be over, on the monotonic clock."""

    end: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    def remaining_s(self) -> float:
        """Return the seconds left, never below zero."""
        return max(0.0, self.end - time.monotonic())

    def within(self, seconds: float) -> "Deadline":
        """Return a deadline `seconds` from now, but not later than this one."""
        return Deadline(min(self.end, time.monotonic() + seconds))


class PrinterConnection(Protocol):
    """An open connection. All methods raise OSError when it is dead."""

    @property
    def can_answer(self) -> bool:
        """Return whether the other end can answer at all."""
        ...

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Hand all bytes over; raises TimeoutError when they are not taken in time."""
        ...

    def receive(self, deadline: Deadline) -> bytes:
        """Return the next bytes, or b"" when nothing came in time. A closed connection raises."""
        ...

    def close(self) -> None: ...


class SocketConnection:
    """A printer on the network, over a socket of our own: the library's waits 60 s."""

    can_answer = True

    def __init__(self, target: address.NetworkPort, deadline: Deadline) -> None:
        self._socket = socket.create_connection((target.host, target.port), _seconds(deadline))
        # A question is three bytes: Nagle's algorithm would hold it back until the one before is
        # acknowledged, for up to 40 ms or 200.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes, deadline: Deadline) -> None:
        self._socket.settimeout(_seconds(deadline))
        self._socket.sendall(data)

    def receive(self, deadline: Deadline) -> bytes:
        self._socket.settimeout(_seconds(deadline))
        try:
            data = self._socket.recv(64)
        except TimeoutError:
            return b""
        if not data:
            # python-escpos takes this for "there is paper" (`paper_status` in
            # https://github.com/python-escpos/python-escpos/blob/v3.1/src/escpos/escpos.py); no answer is a
            # state of its own here (docs/devices.md, "Ticket printers").
            raise ConnectionAbortedError("the printer closed the connection")
        return data

    def close(self) -> None:
        self._socket.close()


def _seconds(deadline: Deadline) -> float:
    """Return a socket timeout; zero would mean "do not wait" and raise another error."""
    return max(0.001, deadline.remaining_s())


FIRST_ANSWER_SECONDS = 1.2
NEXT_ANSWER_SECONDS = 0.4
NOT_IN_ORDER = "ready afterwards, but GS r was not answered"  # by this `TicketPrinter` knows not to ask again


@unique
class PrintOutcome(StrEnum):
    """The outcome of a ticket, by all that can be known."""

    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"


@dataclass(frozen=True)
class PrintResult:
    """The result of a print.

    The outcome, the printer's state behind it, and technical words for the log only.

    UNCONFIRMED means sent in whole or in part, with nobody to say whether it came out;
    FAILED means that no whole ticket came out.
    """

    outcome: PrintOutcome
    state: status.PrinterState
    detail: str = ""


class PrinterDialogue:
    """An exchange over one connection, which ends by its deadline."""

    def __init__(self, connection: PrinterConnection, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline
        self._received: list[int] = []

    def ask(self) -> status.PrinterState:
        """Return the printer's state. Raises OSError when the connection dies meanwhile."""
        if not self._connection.can_answer:
            return status.PrinterState.UNKNOWN
        answers: dict[int, int] = {}
        seconds = FIRST_ANSWER_SECONDS
        for number in status.QUESTIONS:
            self._connection.send(status.request(number), self._deadline)
            answer = self._receive_answer(status.is_status, seconds)
            if answer is None:  # a late answer to this question would be taken for that to the next
                break
            answers[number] = answer
            seconds = NEXT_ANSWER_SECONDS
        return status.state_of(answers)

    def print(self, ticket: bytes, *, in_order: bool) -> PrintResult:
        """Print `ticket`: ask first, send, ask again; raise OSError when nothing was sent.

        Nothing is sent to a printer that is not ready: the ticket would come out later, in addition to that
        of the next try. `in_order`: the printer may answer GS r, which it does only after it has carried out
        the whole ticket. That a ticket of 400 bytes could be sent proves nothing: the system takes it also
        for a printer that hangs.
        """
        before = self.ask()
        if not before.can_print:
            return PrintResult(PrintOutcome.FAILED, before)
        try:
            self._connection.send(ticket, self._deadline)
            return self._check_outcome(in_order=in_order)
        except OSError as error:
            timed_out = isinstance(error, TimeoutError)
            state = status.PrinterState.NO_ANSWER if timed_out else status.PrinterState.OFFLINE
            return PrintResult(PrintOutcome.UNCONFIRMED, state, str(error))

    def _check_outcome(self, *, in_order: bool) -> PrintResult:
        if not self._connection.can_answer:
            return PrintResult(PrintOutcome.UNCONFIRMED, status.PrinterState.UNKNOWN)
        if in_order and self._is_carried_out():
            return PrintResult(PrintOutcome.PRINTED, self.ask())
        after = self.ask()
        if after.can_print:
            return PrintResult(PrintOutcome.PRINTED, after, NOT_IN_ORDER)
        is_silent = after is status.PrinterState.NO_ANSWER
        return PrintResult(PrintOutcome.UNCONFIRMED if is_silent else PrintOutcome.FAILED, after)

    def _is_carried_out(self) -> bool:
        """Return whether GS r is answered; give up early when the printer reports trouble meanwhile."""
        self._connection.send(status.PAPER_REQUEST, self._deadline)
        # The question for the state afterwards needs its time too.
        while self._deadline.remaining_s() > 2 * NEXT_ANSWER_SECONDS:
            if self._receive_answer(status.is_paper_answer, NEXT_ANSWER_SECONDS) is not None:
                return True
            if not self.ask().can_print:
                return False
        return False

    def _receive_answer(self, fits: Callable[[int], bool], seconds: float) -> int | None:
        """Return the first byte that `fits`, or None if none came in time.

        The others are kept for the questions to which they are answers.
        """
        deadline = self._deadline.within(seconds)
        while True:
            for index, byte in enumerate(self._received):
                if fits(byte):
                    return self._received.pop(index)
            if deadline.remaining_s() == 0:
                return None
            self._received += self._connection.receive(deadline)
