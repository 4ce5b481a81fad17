"""A kiosk and a counter at work over a slow link: how long their acts take, and what they say of the link."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop

from benchmarks.place import free_port, front_officer, open_office
from ult_desktop.base import UserError
from ult_desktop.base.config import SyncConfig
from ult_desktop.core.command import Command
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

EVERY_S = 5.0
SEATED = commands.StaffCounter(counter=1)
SERVING = (commands.CallNext(counter=1), commands.Arrive(counter=1), commands.Finish(counter=1))


def wait(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Let Qt work for so many seconds, or until something holds."""
    app = QCoreApplication.instance() or QCoreApplication([])
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not until():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        time.sleep(0.01)


class SlowStation:
    """A station that acts when it is told to, one act after the other.

    `took` are the seconds until an answer came, `refused` what was refused, `states` what it showed of the
    link besides its first state.
    """

    def __init__(
        self, setup: StationSetup, acts: Iterator[Command[Any]], board: Callable[[Office], object]
    ) -> None:
        self.took: list[float] = []
        self.refused: list[UserError] = []
        self.states: list[Connection] = []
        self._acts, self._asked_at, self._busy = acts, 0.0, False
        self.link = OfficeLink(setup)
        self.link.changed.connect(partial(self.link.read, board, lambda _board: None))

    def begin(self) -> None:
        wait(60.0, lambda: self.link.connection is Connection.ONLINE)
        self.link.connection_changed.connect(self.states.append)

    def act(self) -> None:
        """Ask for the next act when the last one has ended."""
        if not self._busy:
            self._busy, self._asked_at = True, time.monotonic()
            self.link.perform(next(self._acts), self._answered, self._refused)

    def _answered(self, _answer: object) -> None:
        self._busy = False
        self.took.append(time.monotonic() - self._asked_at)

    def _refused(self, error: UserError) -> None:
        self._busy = False
        self.refused.append(error)


def at_work(path: Path, seconds: float, begins: Callable[[], None]) -> list[SlowStation]:
    """Let a kiosk and a counter of an office act in turn, an act each five seconds, for so many seconds.

    `begins` makes the link slow once both are at work.
    """
    pcs, sync = path.parent.parent, SyncConfig(hint_address=LOOPBACK, hint_port=free_port())
    office = open_office(path, "pusat", pcs / "pusat.db")
    officer = front_officer(office, 1)
    office.close()
    kiosk = SlowStation(
        StationSetup(path, pcs / "slow-kiosk.db", "kios-8", "kiosk", sync),
        cycle([commands.IssueTicket(service_id=1)]),
        Office.kiosk_board,
    )
    counter = SlowStation(
        StationSetup(path, pcs / "slow-counter.db", "loket-8", "counter", sync),
        cycle(SERVING),
        lambda office: office.counter_board(1),
    )
    stations = [kiosk, counter]
    for station in stations:
        station.begin()
    counter.link.actor = officer
    seated: list[object] = []
    counter.link.perform(SEATED, seated.append, seated.append)
    kiosk.link.perform(commands.IssueTicket(service_id=1), seated.append, seated.append)
    wait(60.0, lambda: len(seated) == len(stations))
    begins()
    for number in range(round(seconds / EVERY_S)):
        stations[number % len(stations)].act()
        wait(EVERY_S)
    for station in stations:
        station.link.close()
    return stations
