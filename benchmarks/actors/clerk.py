"""A station without a window that issues and calls as fast as it can: `clerk DATABASE COUNTER SECONDS`.

It serves a few, as a station that has been at work, and says "ready". It waits for a line and works. Then it
reports what was acknowledged to it, how long each operation took, and which refusals it met that are not of
the queue.
"""

import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.actors.said import tell
from benchmarks.place import open_office, seat
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.queue.commands import CallNext, IssueTicket, NoShow
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.operations.office.office import Office

Act = Callable[[Command, Actor], Any]


@dataclass
class Shift:
    """The result of one clerk's work; `spent` in milliseconds. Labels are those that were acknowledged."""

    spent: list[float] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


WARM_UP = 2  # visitors: what is imported, prepared and read once is


def work(office: Office, counter: int, officer: Actor, seconds: float) -> Shift:
    """Serve one visitor after the other until the time is up.

    A clerk who is waiting for others then finishes that step alone.
    """
    shift = Shift()
    do = _timed(office, shift)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _serve(shift, do, counter, Actor(station=office.station), officer, end)
    return shift


def _serve(shift: Shift, do: Act, counter: int, kiosk: Actor, officer: Actor, end: float) -> None:
    """Issue a number, call the next one, and mark it as not come."""
    issued = do(IssueTicket(service_id=1), kiosk)
    if issued is not None:
        shift.issued.append(issued.ticket.label)
        # One number for each call: as many wait as there are clerks, and never none.
        called = do(CallNext(counter=counter), officer) if time.monotonic() < end else None
        if called is not None:
            shift.called.append(called.label)
            do(NoShow(counter=counter), officer)


def _timed(office: Office, shift: Shift) -> Act:
    def do(command: Command, by: Actor) -> Any:  # noqa: ANN401  (each ask has its own answer)
        began = time.perf_counter()
        try:
            return office.perform(command, by)
        except ShareUnreachable as error:
            shift.busy.append(str(error))
            return None
        finally:
            shift.spent.append((time.perf_counter() - began) * 1000)

    return do


def main(database: str, counter: str, seconds: str) -> None:
    office = open_office(Path(database), f"clerk-{counter}")
    officer = seat(office, int(counter))
    before = Shift()
    for _visitor in range(WARM_UP):
        _serve(before, _timed(office, before), int(counter), Actor(station=office.station), officer, math.inf)
    tell("ready")
    sys.stdin.readline()
    began = time.monotonic()
    shift = work(office, int(counter), officer, float(seconds))
    tell("done", began=began, spent=shift.spent, issued=shift.issued, called=shift.called, busy=shift.busy)
    office.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
