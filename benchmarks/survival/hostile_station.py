"""A station as a process that follows orders; its clock can be set, it can be stopped and killed."""

import os
import time
import traceback
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import psutil

from benchmarks.process import PROCESSES, has_last_words
from benchmarks.survival.station import SimulatedStation
from benchmarks.survival.visit import StationCrew, Tell, Told
from ult_desktop.base import machine
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store import clock as store_clock
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import offline_kiosk
from ult_desktop.operations.request_ids import new_id

PATIENCE_S = 60.0


class Order(msgspec.Struct, frozen=True):
    """An order for a station: `what` is a method of `HostileWork`."""

    what: str
    number: int = 0
    folder: str = ""


class Reply(msgspec.Struct, frozen=True):
    """The end of an order: "done", "refused" with the office's words, or "bug" with a traceback."""

    outcome: str
    words: str = ""


class SteppedClock:
    """The own clock of this process, as a dead battery, NTP or a person sets it; ticks run on.

    The share's clock can be set, too: as this process sees it.
    """

    def __init__(self) -> None:
        self._now_ns = time.time_ns
        self.ahead_ms = self.share_ahead_ms = 0

    def rule(self) -> None:
        time.time_ns = lambda: self._now_ns() + self.ahead_ms * 1_000_000
        time.time = lambda: time.time_ns() / 1_000_000_000
        store_clock.SYSTEM = store_clock.SYSTEM._replace(share=self._share)

    def _share(self, folder: Path, station: str) -> int | None:
        at = store_clock.share_ms(folder, station)
        return None if at is None else at + self.share_ahead_ms


@dataclass
class HostileWork:
    """The work that a station can be ordered to do; the first order that needs the office opens it."""

    path: Path
    station: SimulatedStation
    clock: SteppedClock
    tell: Tell

    @cached_property
    def office(self) -> Office:
        return self.station.open(self.path)

    @cached_property
    def crew(self) -> StationCrew:
        return StationCrew(self.office, self.station.counter, new_id, self.tell)

    def serve(self, order: Order) -> None:
        """Serve so many visitors, from the number to the survey."""
        self._visitors(order.number, surveyed=True)

    def serve_unasked(self, order: Order) -> None:
        """Serve so many visitors without a survey, which no journal holds."""
        self._visitors(order.number, surveyed=False)

    def _visitors(self, count: int, *, surveyed: bool) -> None:
        for _visitor in range(count):
            for _act in self.crew.visitor(surveyed=surveyed):
                pass

    def issue(self, order: Order) -> None:
        """Issue so many numbers that go on waiting."""
        for _visitor in range(order.number):
            self.crew.issue()

    def present(self, _order: Order) -> None:
        """Report itself as a kiosk and keep what it sees, as after each change of the office."""
        name = self.station.name
        self.office.report_presence(
            Presence(name=name, mode="kiosk", version="1", boot=str(os.getpid()), letter="K")
        )
        with closing(OfflineJournal(self.station.journal(self.path))) as book:
            offline_kiosk.store_snapshot(offline_kiosk.read_snapshot(self.office), book)

    def alone(self, order: Order) -> None:
        """Give so many numbers as while the share is gone, by what the kiosk kept."""
        with closing(OfflineJournal(self.station.journal(self.path))) as book:
            seen = offline_kiosk.load_snapshot(book).snapshot
            if seen is None or not seen.has_letter:
                raise UserError("a kiosk without a letter gives no number alone")
            for _visitor in range(order.number):
                command = IssueTicket(service_id=1, at_kiosk=True)
                name = self.station.name
                given = offline_kiosk.issue_offline(command, seen, seen.letter, name, "", book).ticket
                self.tell(Told("alone", name, "", label=given.label))

    def merge(self, _order: Order) -> None:
        self.crew.merge()

    def step(self, order: Order) -> None:
        """Set this PC's clock so many milliseconds ahead of the right time, or behind it."""
        self.clock.ahead_ms = order.number

    def step_share(self, order: Order) -> None:
        """Set the clock of the computer that keeps the file in the same way."""
        self.clock.share_ahead_ms = order.number

    def guess(self, _order: Order) -> None:
        """Guess a password, as a command of this PC: what the log says of it is no station's work."""
        journal = self.station.journal(self.path).with_name("journal-perintah.db")
        with closing(Office(self.path, "perintah", journal)) as office:
            office.sign_in("siti", "tebakan")

    def upkeep(self, order: Order) -> None:
        journal, name = self.station.journal(self.path), self.station.name
        keeper = FileMaintainer(
            MaintenanceTask(self.path, journal, name, Path(order.folder)), self.office.clock
        )
        keeper.do_due_jobs()
        keeper.close()

    def leave(self, _order: Order) -> None:
        self.office.close()


def live(path: Path, station: SimulatedStation, ahead_ms: int, orders: Connection) -> None:
    """Run a station's process. It opens the office and serves orders until the pipe is closed."""

    def say(news: Told | Reply) -> None:
        orders.send_bytes(msgspec.json.encode(news))

    clock = SteppedClock()
    clock.ahead_ms = ahead_ms
    clock.rule()
    if station.pc:
        machine._facts = lambda: iter([station.pc])  # noqa: SLF001  (this process is on another computer)
    work = HostileWork(path, station, clock, say)
    while True:
        try:
            order = msgspec.json.decode(orders.recv_bytes(), type=Order)
        except EOFError:
            return
        try:
            getattr(work, order.what)(order)
            say(Reply("done"))
        except UserError as error:
            say(Reply("refused", f"{type(error).__name__}: {error}"))
        except Exception:  # noqa: BLE001  (reported to the parent process)
            say(Reply("bug", traceback.format_exc()))


@dataclass
class HostileStation:
    """The process of a station as a scene sees it; `told` collects its acknowledged acts."""

    path: Path
    station: SimulatedStation
    told: list[Told]
    ahead_ms: int = 0
    bugs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        PROCESSES.set_forkserver_preload(["benchmarks.survival.hostile_station"])
        self._ear, mouth = PROCESSES.Pipe()
        self.process = PROCESSES.Process(
            target=live, args=(self.path, self.station, self.ahead_ms, mouth), daemon=True
        )
        self.process.start()
        mouth.close()

    def begin(self, what: str, number: int = 0, folder: str = "") -> None:
        self._ear.send_bytes(msgspec.json.encode(Order(what, number, folder)))

    def finish(self, patience_s: float = PATIENCE_S) -> Reply:
        """Return the result of the order; a process that was killed has no reply."""
        deadline = time.monotonic() + patience_s
        while (left := deadline - time.monotonic()) > 0:
            if not self._ear.poll(left):
                break
            try:
                news: dict[str, Any] = msgspec.json.decode(self._ear.recv_bytes())
            except (EOFError, OSError):
                return Reply("killed")
            if "outcome" not in news:
                self.told.append(msgspec.convert(news, Told))
                continue
            reply = msgspec.convert(news, Reply)
            if reply.outcome == "bug":
                self.bugs.append(reply.words)
            return reply
        self.bugs.append(f"{self.station.name} is stuck")
        return Reply("stuck")

    def ask(self, what: str, number: int = 0, folder: str = "") -> Reply:
        self.begin(what, number, folder)
        return self.finish()

    def stop(self) -> None:
        """Let it sleep, wherever it is, until `wake`."""
        psutil.Process(self.process.pid).suspend()

    def wake(self) -> None:
        psutil.Process(self.process.pid).resume()

    def kill(self) -> None:
        """Kill it, and read what it had reported before."""
        self.process.kill()
        self.process.join()
        while has_last_words(self._ear) and self.finish().outcome not in ("killed", "stuck"):
            pass
        self._ear.close()
