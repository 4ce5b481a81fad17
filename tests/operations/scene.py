"""An office at work, told in the words of the counter, with its clock in the test's hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from typing_extensions import override

from tests.db.plan_judge import slow
from tests.db.rows import log_after
from tests.engines import as_station
from tests.office import open_office, plain_link, sign_in, store_of, trace_statements
from tests.personal import all_keys
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.event import Event
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason, Ticket
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.clock import ClockSources, ShareClock
from ult_desktop.db.store.connection import file_link
from ult_desktop.db.store.server_address import is_server
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office

KIOSK = Actor(station="kiosk-1")
ELDERLY = PriorityReason.ELDERLY
MINUTE = 60_000


class HandClock(ShareClock):
    """A clock that stands until it is moved (UTC ms); the share's, this PC's own and its ticks agree."""

    def __init__(self, now: int) -> None:
        self.now = now
        super().__init__(Path(), "", ClockSources(self._read, self._read, lambda *_where: self.now))
        self.hold()

    def _read(self) -> int:
        return self.now

    @override
    def __call__(self) -> int:
        return self.now


def _every_row(tx: Transaction) -> list[str]:
    """Return every row in one statement: a server is asked each for itself."""
    tables = [each for each in tx.on_connection(tx.engine.tables) if each != "duty"]
    rows = (f"SELECT 'INSERT INTO \"{table}\" ' || CAST({table} AS text) FROM {table}" for table in tables)
    return sorted(tx.column(" UNION ALL ".join(rows)))


def _rows_of_file(link: sqlite3.Connection) -> Iterator[str]:
    """Return the rows of the file in a tenth of the time that SQLite's own dump takes to quote them."""
    for (table,) in link.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'duty'"):
        for row in link.execute(f'SELECT * FROM "{table}"'):
            yield f'INSERT INTO "{table}" {tuple(row)}'


class Scene:
    """One open office file; officers sit down where a test puts them."""

    def __init__(self, path: Path, when: str = "2026-11-23 09:00") -> None:
        self.path = path
        self.office = open_office(path)
        self.zone = self.office.read(office_rows.zone)
        self.clock = HandClock(0)
        self.set_time(when)
        self.office.clock = self.clock
        self._kiosk: Office | None = None
        if is_server(path):  # visitors take numbers by an account that may no more than a kiosk needs
            self._kiosk = open_office(as_station(path, "kiosk"), KIOSK.station)
            self._kiosk.clock = self.clock
        found = self.office.read(services.active)
        self.service = {row.definition.prefix: row.id for row in found}
        self.actors: dict[int, Actor] = {}
        self._said: set[str] = set()
        self._dumped, self._rows = b"", [""]
        trace_statements(store_of(self.office), self._said.add)

    @property
    def kiosk(self) -> Office:
        return self._kiosk or self.office

    def set_time(self, when: str) -> None:
        """The office's own wall clock, "2026-11-23 09:00"."""
        self.clock.now = to_stamp(datetime.fromisoformat(when).replace(tzinfo=self.zone))

    def later(self, minutes: float) -> None:
        self.clock.now += round(minutes * MINUTE)

    def officer(self, counter: int) -> Actor:
        if counter not in self.actors:
            with all_keys(self.office):
                self.actors[counter] = sign_in(self.office, counter)
        return self.actors[counter]

    def sit(self, *counters: int) -> None:
        """Each counter's own officer sits down there."""
        for counter in counters:
            self.office.perform(commands.StaffCounter(counter=counter), self.officer(counter))

    def do(self, command: Command, counter: int | None = None, request: str = "") -> Ticket:
        """Perform as the officer of `counter` (by default the ask's own, else counter 1's)."""
        answer: Ticket = self.office.perform(command, self._who(command, counter), request)
        return answer

    def _who(self, command: Command, counter: int | None) -> Actor:
        return self.officer(counter or int(getattr(command, "counter", 1)))

    def refused(self, command: Command, counter: int | None = None, words: str | None = None) -> None:
        """The ask is refused with these words, says what is safe, and changes nothing."""
        self._who(command, counter)  # a first sign-in writes a key
        before = self.dump()
        with pytest.raises(UserError, match=words) as refusal:
            self.do(command, counter)
        assert refusal.value.what
        assert refusal.value.safe or refusal.value.todo
        assert self.dump() == before

    def take(self, service: str = "A", priority: PriorityReason | None = None) -> Ticket:
        """A visitor takes a number at the desk's printer, a second after the one before."""
        self.clock.now += 1000
        command = commands.IssueTicket(service_id=self.service[service], priority=priority)
        ticket: Ticket = self.kiosk.perform(command, KIOSK).ticket
        return ticket

    def call(self, counter: int = 1) -> Ticket:
        self.clock.now += 1000
        return self.do(commands.CallNext(counter=counter))

    def serve(self, counter: int = 1) -> Ticket:
        """Call the next and begin to serve."""
        self.call(counter)
        return self.do(commands.Arrive(counter=counter))

    def visit(self, counter: int = 1) -> Ticket:
        """Call the next, serve, finish."""
        self.serve(counter)
        return self.do(commands.Finish(counter=counter))

    def miss(self, counter: int = 1) -> Ticket:
        """Call the next, who does not come."""
        self.call(counter)
        return self.do(commands.NoShow(counter=counter))

    def ticket(self, ticket: Ticket) -> Ticket:
        """Return the ticket as it is now."""
        return self.office.read(lambda tx: tickets.get(tx, ticket.id))

    def order(self, counter: int = 1, count: int = 9) -> list[str]:
        """The labels in the order in which the counter calls them, each missed at once."""
        waiting = len(self.office.counter_board(counter).waiting)
        return [self.miss(counter).label for _n in range(min(count, waiting))]

    def events(self) -> tuple[Event, ...]:
        return self.office.read(lambda tx: log_after(tx, 0))

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events()]

    def dump(self) -> list[str]:
        """Every row of the office file, the log included; but not who signed in.

        A file that nobody wrote to is not read again.
        """
        if is_server(self.path):
            return self.office.read(_every_row)
        content = self.path.read_bytes()
        if content != self._dumped:
            self._dumped = content
            with closing(plain_link(self.path)) as link:
                self._rows = list(_rows_of_file(link))
        return self._rows

    def close(self) -> None:
        """Whatever was done: the file is sound, and nothing walked through history."""
        trace_statements(store_of(self.office), None)
        # A test may have put its clock back: what was written before is in the future then.
        assert [each for each in self.office.verify().findings if each.check != "future"] == []
        if not is_server(self.path):
            walked = store_of(self.office).on_connection(lambda link: slow(file_link(link), self._said))
            assert walked == {}, walked
        self.shut()

    def shut(self) -> None:
        """Close the office's stations as they are."""
        for office in {self.kiosk, self.office}:
            office.close()
