"""A station at work, as a process of its own: takes numbers, calls, serves, and tells each thing done.

Each result is printed as one JSON line after the operation returned: what stands there is acknowledged.
"""

import argparse
import json
import sys
from pathlib import Path

from tests.office import PASSWORD
from ult_desktop.core import asks
from ult_desktop.core.asks import Ask
from ult_desktop.core.ticket import Ticket, TicketState
from ult_desktop.errors import UserError
from ult_desktop.operations.office import Office


class Worker:
    """One counter of the office, driven as fast as the file allows."""

    def __init__(self, office: Office, login: str, counter: int) -> None:
        self._office = office
        self._actor = office.sign_in(login, PASSWORD)
        self._counter = counter

    def sit_down(self) -> None:
        """Take the counter, and bring whoever was left there by a killed process to the end."""
        line = self._office.perform(asks.StaffCounter(counter=self._counter), self._actor)
        if line.current is not None:
            self._serve(line.current)

    def round(self) -> None:
        issued = self._office.perform(asks.IssueTicket(service_id=1), self._actor).ticket
        self._tell("issued", issued)
        try:
            called = self._office.perform(asks.CallNext(counter=self._counter), self._actor)
        except UserError as refusal:
            if not refusal.what.startswith("Tidak ada yang menunggu"):
                raise
            return
        self._tell("called", called)
        self._serve(called)

    def _serve(self, ticket: Ticket) -> None:
        if ticket.state is TicketState.CALLED:
            self._do(asks.Arrive(counter=self._counter))
        self._do(asks.Finish(counter=self._counter))

    def _do(self, ask: Ask) -> None:
        self._tell(type(ask).__name__.lower(), self._office.perform(ask, self._actor))

    def _tell(self, act: str, ticket: Ticket) -> None:
        line = {
            "act": act,
            "id": ticket.id,
            "label": ticket.label,
            "state": ticket.state,
            "counter": ticket.counter,
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("--counter", type=int, required=True)
    parser.add_argument("--login", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--clock-offset-ms", type=int, required=True)
    arguments = parser.parse_args()
    station = f"loket-{arguments.counter}"
    office = Office(arguments.database, station, arguments.database.parent / f"journal-{station}.db")
    office.clock.offset_ms = arguments.clock_offset_ms
    worker = Worker(office, arguments.login, arguments.counter)
    worker.sit_down()
    for _n in range(arguments.rounds):
        worker.round()
    office.close()


if __name__ == "__main__":
    main()
