"""A station without a window that gives a number a second: `giver DATABASE NAME`, until a line comes."""

import sys
import threading
from contextlib import closing
from pathlib import Path

from benchmarks.actors.said import tell
from benchmarks.place import open_office
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket

PAUSE_S = 1.0


def _hear(ended: threading.Event) -> None:
    sys.stdin.readline()
    ended.set()


def main(database: str, name: str) -> None:
    ended = threading.Event()
    with closing(open_office(Path(database), name)) as office:
        office.perform(IssueTicket(service_id=1), Actor(station=name))
        tell("ready")
        threading.Thread(target=_hear, args=(ended,), daemon=True).start()
        while not ended.wait(PAUSE_S):
            office.perform(IssueTicket(service_id=1), Actor(station=name))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
