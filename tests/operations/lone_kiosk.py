"""A kiosk alone, with its clock in the test's hand; as a process of its own too, that can be killed.

Run as `python -m tests.operations.lone_kiosk give JOURNAL` or `merge JOURNAL FILE`: each prints a line for
every number that stands, and goes on until it is killed or there is no more.
"""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import msgspec

import ult_desktop
from tests.operations.scene import Scene
from ult_desktop.core.asks import IssueTicket
from ult_desktop.core.boards import IssuedTicket
from ult_desktop.core.cut_off import OfficeSeen
from ult_desktop.core.ticket import Help, PriorityGround
from ult_desktop.db.cut_off import CutOffBook
from ult_desktop.operations import cut_off
from ult_desktop.operations.handing_in import hand_in
from ult_desktop.operations.office import Office

ROOT = Path(ult_desktop.__file__).parents[1]


class LoneKiosk:
    """Saw the scene's office once; from then on it knows nothing but what it wrote down."""

    def __init__(self, scene: Scene, letter: str = "K", station: str = "kios-1") -> None:
        self.scene, self.letter, self.station = scene, letter, station
        self.path = scene.path.with_name(f"journal-{station}.db")
        with closing(CutOffBook(self.path)) as book:
            cut_off.keep(self._now(cut_off.look(scene.office)), book)

    def _now(self, seen: OfficeSeen) -> OfficeSeen:
        """This PC's clock runs; the scene's stands."""
        offset = self.scene.clock.now - time.time_ns() // 1_000_000
        return msgspec.structs.replace(seen, clock_offset_ms=offset)

    def give(
        self,
        service: str = "A",
        priority: PriorityGround | None = None,
        wanted: tuple[Help, ...] = (),
        instead_of: str = "",
    ) -> IssuedTicket:
        """A number a second after the one before, in a program that was just started."""
        self.scene.clock.now += 1000
        ask = IssueTicket(
            service_id=self.scene.service[service],
            priority=priority,
            help=wanted,
            at_kiosk=True,
            wants_paper=True,
        )
        with closing(CutOffBook(self.path)) as book:
            seen = cut_off.kept(book).seen
            assert seen is not None
            return cut_off.give_alone(ask, self._now(seen), self.letter, self.station, instead_of, book)

    def open_office(self) -> Office:
        office = Office(self.scene.path, self.station, self.path, patience_s=5)
        office.clock = self.scene.clock
        return office

    def merge(self) -> None:
        """The share is back."""
        self.scene.clock.now += 1000
        with closing(self.open_office()) as office:
            hand_in(self.path, office)

    def waiting(self) -> int:
        with closing(CutOffBook(self.path)) as book:
            return len(book.waiting(self.scene.office.uid))

    def start(self, *what: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.operations.lone_kiosk", *what]
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
    with closing(CutOffBook(journal)) as book:
        seen = cut_off.kept(book).seen
        assert seen is not None
        while True:
            ask = IssueTicket(service_id=min(seen.services), at_kiosk=True)
            print(cut_off.give_alone(ask, seen, "K", "kios-1", "", book).ticket.label, flush=True)  # noqa: T201


def _merge(journal: Path, path: Path) -> None:
    with closing(Office(path, "kios-1", journal)) as office:
        office.committed = lambda: print("merged", flush=True)  # noqa: T201
        hand_in(journal, office)


if __name__ == "__main__":
    act, journal, *rest = sys.argv[1:]
    if act == "give":
        _give(Path(journal))
    else:
        _merge(Path(journal), Path(rest[0]))
