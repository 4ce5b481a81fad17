"""Processes about an office that moves: one that moves it and is killed on the way, others that give numbers.

Run as `python -m tests.operations.office.moving_office move SOURCE TARGET POINT`, killed at that point: the
how manyth time that a function of the move begins or ends ("note_written:5"), or anything of it ("17"); none
kills nothing and prints how many there are. Or as `… give SOURCE NAME`, which prints each number once it is
acknowledged, until its input ends.
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

import ult_desktop
from tests.office import PASSWORD
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.server_address import office_at
from ult_desktop.operations.office.moving import finish_if_moved, follow_moves, move_office
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.request_ids import new_id

ROOT = Path(ult_desktop.__file__).parents[1]
PACE_S = 0.2  # of a busy kiosk, and more
_WATCHED = ("db/move/move.py", "db/store/moved.py", "db/store/store.py")


def started(*words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.operations.office.moving_office", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


class Killer:
    """Counts what the parts of a move begin and end, and ends the process at one of these points."""

    def __init__(self, point: str) -> None:
        self._name, _colon, nth = point.rpartition(":")
        self._nth = int(nth or 0)
        self.seen = 0

    def look(self, frame: FrameType, event: str, _arg: object) -> None:
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.endswith(_WATCHED):
            return
        if self._name in ("", code.co_name):
            self.seen += 1
            if self.seen == self._nth:
                os.kill(os.getpid(), signal.SIGKILL)


def move(source: Path, target: Path, point: str) -> None:
    journal = source.parent / "journal-pindah.db"
    if not finish_if_moved(source, target):
        office = Office(source, "pindah", journal)
        by = office.sign_in("admin", PASSWORD)
        killer = Killer(point)
        sys.setprofile(killer.look)
        move_office(office, by, target)
        sys.setprofile(None)
        print(killer.seen)  # noqa: T201


def give(source: Path, name: str) -> None:
    """Give as a station does: what is refused or unanswered is asked again under its own request."""
    ended = threading.Event()
    threading.Thread(target=_end_with_input, args=(ended,), daemon=True).start()
    actor, path = Actor(station=name), source
    office: Office | None = None
    print("ready", flush=True)  # noqa: T201
    while not ended.wait(PACE_S):
        request, label = new_id(), ""
        while not label:
            try:
                office = office or Office(path, name, source.parent / f"journal-{name}.db", timeout_s=3)
                label = office.perform(IssueTicket(service_id=1), actor, request).ticket.label
            except (ShareUnreachable, WritesBlocked):
                if office is not None:
                    office.close()
                office, path = None, _followed(source)
        print(label, flush=True)  # noqa: T201


def _end_with_input(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def _followed(source: Path) -> Path:
    try:
        return follow_moves(source)
    except (ShareUnreachable, WritesBlocked):
        return source


if __name__ == "__main__":
    if sys.argv[1] == "move":
        move(office_at(sys.argv[2]), office_at(sys.argv[3]), (*sys.argv, "")[4])
    else:
        give(Path(sys.argv[2]), sys.argv[3])
