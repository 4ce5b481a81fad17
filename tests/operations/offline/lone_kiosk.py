"""A kiosk alone, with its clock in the test's hand; as a process of its own too, that can be killed.

Run as `python -m tests.operations.offline.lone_kiosk give JOURNAL` or `merge JOURNAL FILE`:
each prints a line for every number that stands, and goes on until it is killed or there is no more.
"""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import msgspec

import ult_desktop
from tests.engines import as_station
from tests.operations.scene import HandClock, Scene
from ult_desktop.core.offline import OfficeSnapshot
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import offline_kiosk
from ult_desktop.operations.offline.offline_upload import upload_offline_work

ROOT = Path(ult_desktop.__file__).parents[1]


class LoneKiosk:
    """Saw the scene's office once; from then on it knows nothing but what it wrote down."""

    def __init__(self, scene: Scene, letter: str = "K", station: str = "kios-1") -> None:
        self.scene, self.letter, self.station = scene, letter, station
        self.path = scene.path.with_name(f"journal-{station}.db")
        with closing(OfflineJournal(self.path)) as book:
            offline_kiosk.store_snapshot(self._now(offline_kiosk.read_snapshot(scene.office)), book)

    def _now(self, seen: OfficeSnapshot) -> OfficeSnapshot:
        """This PC's clock runs; the scene's stands."""
        offset = self.scene.clock.now - time.time_ns() // 1_000_000
        return msgspec.structs.replace(seen, clock_offset_ms=offset)

    def give(
        self,
        service: str = "A",
        priority: PriorityReason | None = None,
        wanted: tuple[Help, ...] = (),
        instead_of: str = "",
    ) -> IssuedTicket:
        """A number a second after the one before, in a program that was just started."""
        self.scene.clock.now += 1000
        command = IssueTicket(
            service_id=self.scene.service[service],
            priority=priority,
            help=wanted,
            at_kiosk=True,
            wants_paper=True,
        )
        with closing(OfflineJournal(self.path)) as book:
            seen = offline_kiosk.load_snapshot(book).snapshot
            assert seen is not None
            return offline_kiosk.issue_offline(
                command, self._now(seen), self.letter, self.station, instead_of, book
            )

    def open_office(self, place: Path | None = None) -> Office:
        office = Office(place or self.scene.path, self.station, self.path, timeout_s=5)
        office.clock = self.scene.clock
        return office

    def merge(self) -> None:
        """The share is back."""
        self.scene.clock.now += 1000
        with closing(self.open_office(as_station(self.scene.path, "kiosk"))) as office:
            upload_offline_work(self.path, office)

    def waiting(self) -> int:
        with closing(OfflineJournal(self.path)) as book:
            return len(book.waiting(self.scene.office.uid))

    def start(self, *what: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.operations.offline.lone_kiosk", *what]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed_after(process: "subprocess.Popen[str]", lines: int) -> list[str]:
    """kill -9 once it told so many lines; all that it told."""
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _line in range(lines)]
    process.kill()
    told += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    return told


def _give(journal: Path) -> None:
    with closing(OfflineJournal(journal)) as book:
        seen = offline_kiosk.load_snapshot(book).snapshot
        assert seen is not None
        while True:
            command = IssueTicket(service_id=min(seen.services), at_kiosk=True)
            issued = offline_kiosk.issue_offline(command, seen, "K", "kios-1", "", book)
            print(issued.ticket.label, flush=True)  # noqa: T201


def _merge(journal: Path, path: Path, now: int) -> None:
    with closing(Office(path, "kios-1", journal)) as office:
        office.clock = HandClock(now)
        office.committed = lambda: print("merged", flush=True)  # noqa: T201
        upload_offline_work(journal, office)


if __name__ == "__main__":
    act, journal, *rest = sys.argv[1:]
    if act == "give":
        _give(Path(journal))
    else:
        _merge(Path(journal), Path(rest[0]), int(rest[1]))
