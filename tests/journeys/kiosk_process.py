"""A kiosk as a process of its own: it gives numbers until it is killed, and prints each one that it gave.

Run as `python -m tests.journeys.kiosk_process OFFICE JOURNAL NAME [share]`; `share`: SQLite behaves as it
does on Windows, where its journal stays open.
"""

import sys
from contextlib import closing
from pathlib import Path

from benchmarks.survival.share_model import ShareModel
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.operations.office.office import Office


def main(path: Path, journal: Path, name: str) -> None:
    with closing(Office(path, name, journal)) as office:  # refused, it closes its files before the share ends
        while True:
            ticket = office.perform(IssueTicket(service_id=1), Actor(station=name)).ticket
            print(ticket.id, ticket.label, ticket.code, flush=True)  # noqa: T201
            office.kiosk_board()


if __name__ == "__main__":
    office_file, own_journal, station = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if sys.argv[4:] == ["share"]:
        with ShareModel(office_file.parent).at_work():
            main(office_file, own_journal, station)
    main(office_file, own_journal, station)
