"""A counter that notes calls by mouth while it is cut off; as a process of its own too, that can be killed.

Run as `python -m tests.operations.offline.lone_counter note JOURNAL OFFICE` or `hand-in JOURNAL FILE NOW`:
each tells every note that stands in a line, and goes on until it is killed or there is no more.
"""

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.office import stranger
from tests.operations.offline.lone_kiosk import ROOT, killed_after
from tests.operations.scene import MINUTE, HandClock, Scene
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.offline import CallNote, CallNotes, NoteCall
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import manual_calls
from ult_desktop.operations.offline.offline_upload import upload_offline_work

__all__ = ["LoneCounter", "killed_after"]


class LoneCounter:
    """Notes in minutes after the scene's beginning; it knows nothing but what it wrote down."""

    def __init__(self, scene: Scene, station: str = "loket-1") -> None:
        self.scene, self.station = scene, station
        self.began = scene.clock.now
        self.path = scene.path.with_name(f"journal-{station}.db")

    def note(
        self, label: str, called: int, served: tuple[int, int] | None = None, number: int = 1
    ) -> CallNote:
        """Note a call as the officer of counter `number`; minutes count from the last number before it."""
        start = self.began + 1000
        command = NoteCall(
            counter=number,
            label=label,
            called_at=start + called * MINUTE,
            arrived_at=None if served is None else start + served[0] * MINUTE,
            ended_at=None if served is None else start + served[1] * MINUTE,
        )
        return self.write(command, self.scene.officer(number))

    def write(self, command: NoteCall, by: Actor) -> CallNote:
        by = Actor(station=self.station, officer_id=by.officer_id, name=by.name, roles=by.roles)
        with closing(OfflineJournal(self.path)) as book:
            return manual_calls.store_note(command, by, self.scene.office.uid, self.scene.clock.now, book)

    def notes(self) -> CallNotes:
        with closing(OfflineJournal(self.path)) as book:
            return manual_calls.read_notes(self.scene.office.uid, book)

    def hand_in(self, timeout_s: float = 5) -> None:
        """The share is back."""
        self.scene.clock.now += 1000
        with closing(Office(self.scene.path, self.station, self.path, timeout_s)) as office:
            office.clock = self.scene.clock
            upload_offline_work(self.path, office)

    @contextmanager
    def held_share(self) -> Iterator[None]:
        """Another station writes and does not come to an end."""
        holder = stranger(self.scene.path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            holder.execute("ROLLBACK")
            holder.close()

    def start(self, *what: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.operations.offline.lone_counter", *what]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _note(journal: Path, office: str) -> None:
    by = Actor(station="loket-1", officer_id=1, roles=frozenset({Role.FRONT_OFFICE}))
    with closing(OfflineJournal(journal)) as book:
        began = len(book.waiting(office))
        for number in itertools.count(began + 1):
            now = time.time_ns() // 1_000_000
            command = NoteCall(counter=1, label=f"A{number}", called_at=now)
            print(manual_calls.store_note(command, by, office, now, book).command.label, flush=True)  # noqa: T201


def _hand_in(journal: Path, path: Path, now: int) -> None:
    with closing(Office(path, "loket-1", journal)) as office:
        office.clock = HandClock(now)
        office.committed = lambda: print("handed in", flush=True)  # noqa: T201
        upload_offline_work(journal, office)


if __name__ == "__main__":
    act, journal, place, *rest = sys.argv[1:]
    if act == "note":
        _note(Path(journal), place)
    else:
        _hand_in(Path(journal), Path(place), int(rest[0]))
