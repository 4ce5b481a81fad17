"""A station as a process that does what it is told; its clock can be set, it can be stopped and killed."""

import time
import traceback
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import Any

import msgspec
import psutil
from uuid_utils import uuid7

from benchmarks.survival.station import SimulatedStation
from benchmarks.survival.visit import StationCrew, Told
from ult_desktop.base.errors import UserError
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.office.office import Office

PATIENCE_S = 60.0
_PROCESSES = ForkServerContext() if "forkserver" in get_all_start_methods() else SpawnContext()


class Order(msgspec.Struct, frozen=True):
    """What a station is to do: `what` is a method of `HostileWork`."""

    what: str
    number: int = 0
    folder: str = ""


class Reply(msgspec.Struct, frozen=True):
    """The end of an order: "done", "refused" with the office's words, or "bug" with a traceback."""

    outcome: str
    words: str = ""


class SteppedClock:
    """This process's own clock, as a dead battery, NTP or a hand sets it; ticks and the share run on."""

    def __init__(self) -> None:
        self._now_ns = time.time_ns
        self.ahead_ms = 0

    def rule(self) -> None:
        time.time_ns = lambda: self._now_ns() + self.ahead_ms * 1_000_000
        time.time = lambda: time.time_ns() / 1_000_000_000


@dataclass
class HostileWork:
    """What a station can be told to do."""

    office: Office
    crew: StationCrew
    clock: SteppedClock
    journal: Path

    def serve(self, order: Order) -> None:
        """So many visitors, from the number to the survey."""
        for _visitor in range(order.number):
            for _act in self.crew.visitor():
                pass

    def serve_unasked(self, order: Order) -> None:
        """So many visitors without a survey, which no journal holds."""
        for _visitor in range(order.number):
            for _act in self.crew.visitor(surveyed=False):
                pass

    def issue(self, order: Order) -> None:
        """So many numbers that go on waiting."""
        for _visitor in range(order.number):
            self.crew.issue()

    def alone(self, order: Order) -> None:
        """So many numbers as while the share is gone."""
        for _visitor in range(order.number):
            self.crew.give_alone()

    def merge(self, _order: Order) -> None:
        self.crew.merge()

    def step(self, order: Order) -> None:
        """This PC's clock is set so many milliseconds ahead of the right time, or behind it."""
        self.clock.ahead_ms = order.number

    def upkeep(self, order: Order) -> None:
        task = MaintenanceTask(self.office.path, self.journal, self.office.station, Path(order.folder))
        keeper = FileMaintainer(task, self.office.clock)
        keeper.look()
        keeper.close()

    def settle(self, _order: Order) -> None:
        self.office.settle()

    def leave(self, _order: Order) -> None:
        self.office.close()


def live(path: Path, station: SimulatedStation, ahead_ms: int, orders: Connection) -> None:
    """A station's process. It opens the office and serves orders until the pipe is closed."""

    def say(news: Told | Reply) -> None:
        orders.send_bytes(msgspec.json.encode(news))

    clock, work = SteppedClock(), None
    clock.ahead_ms = ahead_ms
    clock.rule()
    while True:
        try:
            order = msgspec.json.decode(orders.recv_bytes(), type=Order)
        except EOFError:
            return
        try:
            if work is None:
                office = station.open(path)
                crew = StationCrew(office, station.counter, lambda: str(uuid7()), say)
                work = HostileWork(office, crew, clock, station.journal(path))
            getattr(work, order.what)(order)
            say(Reply("done"))
        except UserError as error:
            say(Reply("refused", f"{type(error).__name__}: {error}"))
        except Exception:  # noqa: BLE001  (told to who started it)
            say(Reply("bug", traceback.format_exc()))


@dataclass
class HostileStation:
    """A station's process as a scene sees it; `told` is where its acknowledged acts go."""

    path: Path
    station: SimulatedStation
    told: list[Told]
    ahead_ms: int = 0
    bugs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        _PROCESSES.set_forkserver_preload(["benchmarks.survival.hostile_station"])
        self._ear, mouth = _PROCESSES.Pipe()
        self.process = _PROCESSES.Process(
            target=live, args=(self.path, self.station, self.ahead_ms, mouth), daemon=True
        )
        self.process.start()
        mouth.close()

    def begin(self, what: str, number: int = 0, folder: str = "") -> None:
        self._ear.send_bytes(msgspec.json.encode(Order(what, number, folder)))

    def finish(self, patience_s: float = PATIENCE_S) -> Reply:
        """What became of the order; a process that was killed has no reply."""
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
        """It sleeps, wherever it is, until `wake`."""
        psutil.Process(self.process.pid).suspend()

    def wake(self) -> None:
        psutil.Process(self.process.pid).resume()

    def kill(self) -> None:
        """What it had told before is heard."""
        self.process.kill()
        self.process.join()
        while self.finish().outcome not in ("killed", "stuck"):
            pass
        self._ear.close()
