"""A station without a window that acts once a second: `giver DATABASE NAME`, until a line comes.

It gives a number, and withdraws it a second later: the hall stays as full as it is, however long a run takes.
"""

import sys
import threading
from contextlib import closing
from pathlib import Path

from benchmarks.actors.said import tell
from benchmarks.place import front_officer, open_office
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import Cancel, IssueTicket
from ult_desktop.operations.office.office import Office

PAUSE_S = 1.0


def _hear(ended: threading.Event) -> None:
    sys.stdin.readline()
    ended.set()


def _act(office: Office, ended: threading.Event) -> None:
    kiosk, officer = Actor(station=office.station), front_officer(office, 1)
    while not ended.wait(PAUSE_S):
        ticket = office.perform(IssueTicket(service_id=1), kiosk).ticket
        ended.wait(PAUSE_S)
        office.perform(Cancel(ticket_id=ticket.id), officer)


def main(database: str, name: str) -> None:
    ended = threading.Event()
    with closing(open_office(Path(database), name)) as office:
        tell("ready")
        threading.Thread(target=_hear, args=(ended,), daemon=True).start()
        _act(office, ended)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
