"""A station without a window that acts every so often: `giver DATABASE NAME SECONDS`, until a line comes.

It gives a number, and withdraws it with its next act: the hall stays as full as it is, however long a run
takes. In the end it tells how many milliseconds each act took.
"""

import sys
import threading
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks.actors.said import tell
from benchmarks.place import front_officer, open_office
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import Cancel, IssueTicket
from ult_desktop.operations.office.office import Office


def _hear(ended: threading.Event) -> None:
    sys.stdin.readline()
    ended.set()


def _act(office: Office, ended: threading.Event, pause_s: float) -> list[float]:
    kiosk, officer = Actor(station=office.station), front_officer(office, 1)
    spent, given = list[float](), list[int]()
    while not ended.wait(pause_s):
        began = perf_counter()
        if given:
            office.perform(Cancel(ticket_id=given.pop()), officer)
        else:
            given.append(office.perform(IssueTicket(service_id=1), kiosk).ticket.id)
        spent.append((perf_counter() - began) * 1000)
    return spent


def main(database: str, name: str, pause_s: float) -> None:
    ended = threading.Event()
    with closing(open_office(Path(database), name)) as office:
        tell("ready")
        threading.Thread(target=_hear, args=(ended,), daemon=True).start()
        tell("done", spent=_act(office, ended, pause_s))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
