"""Stations as real processes on one file, what each acknowledged, and what the file says in the end."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tests.office import make_office, open_office
from ult_desktop.core.ticket import TicketState
from ult_desktop.db import counters, services
from ult_desktop.db.store import Store
from ult_desktop.db.transaction import Transaction

ROOT = Path(__file__).resolve().parents[2]
LOGINS = {1: "siti", 2: "budi", 3: "dewi", 4: "rahmat", 5: "admin", 6: "nina"}
PROGRESS = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.DONE)
PATIENCE_S = 60.0
FOR_EVER = 1_000_000
DAY_S, NOON_UTC_S = 86_400, 4 * 3_600  # Makassar is eight hours ahead


class Told(msgspec.Struct, frozen=True):
    """One acknowledged result."""

    act: str
    id: int
    label: str
    state: TicketState
    counter: int | None


@dataclass
class Station:
    """A worker process and every line it completed."""

    process: subprocess.Popen[str]
    told: list[Told] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)
    errors: list[str] = field(default_factory=list)

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):  # a kill may cut the last one: not acknowledged
                with self.heard:
                    self.told.append(msgspec.json.decode(line, type=Told))
                    self.heard.notify_all()
        assert self.process.stderr is not None
        self.errors += self.process.stderr.readlines()
        self.process.wait()
        with self.heard:
            self.heard.notify_all()

    def wait_for(self, count: int) -> bool:
        """Until it acknowledged `count` results; False when it ended before."""
        with self.heard:
            self.heard.wait_for(
                lambda: len(self.told) >= count or self.process.poll() is not None, PATIENCE_S
            )
        return len(self.told) >= count


class Crew:
    """The stations of one office. Use as a context: it ends what it started."""

    def __init__(self, folder: Path, counters_wanted: int) -> None:
        self.path = make_office(folder)
        self._prepare(counters_wanted)
        # For the processes it is noon in the office's zone: a test must not meet its midnight.
        self._offset_ms = round((NOON_UTC_S - time.time() % DAY_S) * 1000)
        self.every: list[Station] = []
        self._threads: list[threading.Thread] = []

    def _prepare(self, wanted: int) -> None:
        """As many counters as stations, every one for every service; everybody may serve."""

        def fill(tx: Transaction) -> None:
            known = {row.number for row in counters.all_counters(tx)}
            tx.run("DELETE FROM counter_service")
            for number in range(1, wanted + 1):
                if number not in known:
                    counters.insert(tx, number, f"Loket {number}", priority=False)
                for row in services.active(tx):
                    counters.serve(tx, number, row.id)
            tx.run("UPDATE officer SET roles = '[\"front_office\"]' WHERE login = 'nina'")

        store = Store(self.path)
        store.write(fill)
        store.close()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_error: object) -> None:
        for station in self.every:
            if station.process.poll() is None:
                station.process.kill()
            station.process.wait()
        for thread in self._threads:
            thread.join()
        for station in self.every:
            for pipe in (station.process.stdout, station.process.stderr):
                assert pipe is not None
                pipe.close()

    def start(self, counter: int, rounds: int = FOR_EVER) -> Station:
        command = [sys.executable, "-m", "tests.journeys.worker", str(self.path)]
        command += ["--counter", str(counter), "--login", LOGINS[counter], "--rounds", str(rounds)]
        command += ["--clock-offset-ms", str(self._offset_ms)]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        station = Station(process)
        self.every.append(station)
        self._threads.append(threading.Thread(target=station.listen))
        self._threads[-1].start()
        return station

    def told(self) -> Iterator[Told]:
        """Everything that was acknowledged to anybody."""
        for station in self.every:
            yield from station.told


class Books:
    """What the file and the journals say in the end, after every station was opened once more."""

    def __init__(self, path: Path, stations: int) -> None:
        for number in range(1, stations + 1):  # as the next morning does: each journal is settled
            open_office(path, f"loket-{number}").close()
        office = open_office(path, "pemeriksa")
        self.verdict = office.verify()
        office.close()
        self.tickets = _rows(path, "SELECT id, label, number, state FROM ticket ORDER BY number")
        self.turns = _rows(path, "SELECT ticket_id, counter FROM turn ORDER BY ticket_id")
        logged = "SELECT request FROM event WHERE station LIKE 'loket-%'"
        self.requests = {request for (request,) in _rows(path, logged)}
        self.journal = {
            request: outcome
            for number in range(1, stations + 1)
            for request, outcome in _rows(
                path.parent / f"journal-loket-{number}.db", "SELECT request, outcome FROM work"
            )
        }

    def lost(self, crew: Crew) -> list[Told]:
        """Acknowledged results that the file does not hold, in that state or a later one."""
        standing = {row[0]: (row[1], PROGRESS.index(row[3])) for row in self.tickets}
        return [
            told
            for told in crew.told()
            if standing.get(told.id, ("", -1))[0] != told.label
            or standing[told.id][1] < PROGRESS.index(told.state)
        ]

    def check(self, crew: Crew) -> None:
        """Nothing lost, nothing doubled, the file whole, the journals at one with the log."""
        assert self.verdict.findings == ()
        assert self.lost(crew) == []
        assert [row[2] for row in self.tickets] == list(range(1, len(self.tickets) + 1))
        given = [told.label for told in crew.told() if told.act == "issued"]
        assert len(given) == len(set(given))
        assert len({ticket for ticket, _counter in self.turns}) == len(self.turns)
        called = {told.id: told.counter for told in crew.told() if told.act == "called"}
        assert called.items() <= dict(self.turns).items()
        assert {request for request, outcome in self.journal.items() if outcome == "done"} == set(
            self.requests
        )
        assert "open" not in self.journal.values()


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    link = sqlite3.connect(path)
    try:
        return link.execute(sql).fetchall()
    finally:
        link.close()
