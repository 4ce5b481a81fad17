"""Years of an office, made at once: a file with as many tickets, visits and cases as wanted, for `verify`.

Every visitor of the past was issued a number, called, served and finished: one ticket, one turn, and four
events, chained as the program chains them. They are written in bulk without a journal; nobody else has the
file yet.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.place import open_office
from ult_desktop.core.event import GENESIS, Event, chain_hash
from ult_desktop.core.stamps import MINUTE_MS, to_datetime, to_stamp
from ult_desktop.operations.queue.issuing import ticket_code

PER_DAY = 400
DAY_MS = 24 * 60 * MINUTE_MS
OPENS_MS, OPEN_FOR_MS = 8 * 60 * MINUTE_MS, 7 * 60 * MINUTE_MS
DAYS_AT_ONCE = 50
_BULK = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -800000", "locking_mode = EXCLUSIVE")
_TICKET = (
    "INSERT INTO ticket (id, code, day, series, number, label, service_id, state, place, issued_at,"
    " queued_at, paper, turn_id) VALUES (?, ?, ?, ?, ?, ?, ?, 'done', 'fresh', ?, ?, 'printed', NULL)"
)
_TURN = (
    "INSERT INTO turn (id, ticket_id, counter, service_id, officer_id, day, priority, called_at, recalled_at,"
    " calls, arrived_at, ended_at, outcome) VALUES (?, ?, ?, ?, 2, ?, 0, ?, ?, 1, ?, ?, 'done')"
)
_EVENT = (
    "INSERT INTO event (seq, at, station, officer_id, kind, area, subject, data, request, chain,"
    " level) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
)

# Every fourth visitor signed the guest book and asked for something, which was settled.
_VISITS = """
INSERT INTO visit (id, day, channel, began_at, ended_at, ending, ticket_id, service_id, procedure_id,
    procedure_version)
SELECT t.id, t.day, 'tatap_muka', t.issued_at, u.ended_at, 'done', t.id, t.service_id, p.id, p.version
FROM ticket t JOIN turn u ON u.id = t.turn_id JOIN procedure p ON p.position = 1 WHERE t.id % 4 = 0
"""
_GUESTS = """
INSERT INTO guest (visit_id, name, institution, regency, phone, entered_by, at)
SELECT id, 'Tamu ' || id, 'SMPN ' || (id % 90), 'Kabupaten ' || (id / 4 % 5), '0811' || id, 'visitor',
    began_at FROM visit
"""
_NAME_KEYS = """
INSERT INTO name_key (place, key, holder)
SELECT 'guest', k.value || visit_id, visit_id FROM guest, json_each('["tamu", ""]') k
"""
_MARKS = """
INSERT INTO mark (visit_id, at, kind, event, officer_id, request)
SELECT v.id, v.ended_at, 'event', e.value, 2, 'h' || v.id || e.value FROM visit v,
    json_each('["guest_book_filled", "identity_verified", "question_recorded", "outcome_set"]') e
ORDER BY v.id
"""
_CASES = """
INSERT INTO casefile (id, year, serial, number, visit_id, service_id, state, opened_at, owner_id, detail,
    outcome, answer, closed_at)
SELECT id, 2000, id, id || '/ULT/2000', id, service_id, 'closed', began_at, 2, 'Pertanyaan ' || id,
    'tersedia', 'Jawaban', ended_at FROM visit
"""
_ENTRIES = """
INSERT INTO case_entry (case_id, at, kind, officer_id, text)
SELECT c.id, c.opened_at, e.value, 2, c.detail FROM casefile c, json_each('["opened", "answer", "closed"]') e
ORDER BY c.id
"""


@dataclass(frozen=True)
class PastVisit:
    """A visitor of the past; `issued_at` UTC ms. Ticket and turn carry the same id."""

    id: int
    day: str
    series: str
    number: int
    service_id: int
    counter: int
    issued_at: int

    @property
    def label(self) -> str:
        return f"{self.series}{self.number:03}"

    @property
    def called_at(self) -> int:
        return self.issued_at + (5 + self.id % 20) * MINUTE_MS

    @property
    def arrived_at(self) -> int:
        return self.called_at + MINUTE_MS // 2

    @property
    def finished_at(self) -> int:
        return self.arrived_at + (3 + self.id % 11) * MINUTE_MS

    def ticket_row(self) -> tuple[str | int, ...]:
        code = ticket_code(f"visit {self.id}")
        place = (self.day, self.series, self.number, self.label, self.service_id)
        return (self.id, code, *place, self.issued_at, self.issued_at)

    def turn_row(self) -> tuple[str | int, ...]:
        where = (self.id, self.id, self.counter, self.service_id, self.day)
        return (*where, self.called_at, self.called_at, self.arrived_at, self.finished_at)

    def events(self) -> tuple[tuple[int, str, str, int, str], ...]:
        """Return the events of the visit: time, kind, area, subject, data."""
        at_counter = f'{{"counter":{self.counter},"turn":{self.id}}}'
        issued = f'{{"label":"{self.label}","service":{self.service_id},"priority":false}}'
        called = f'{{"label":"{self.label}","counter":{self.counter},"attempt":1,"by_mouth":false}}'
        return (
            (self.issued_at, "ticket.issued", "queue", self.id, issued),
            (self.called_at, "ticket.called", "call", self.id, called),
            (self.arrived_at, "ticket.arrived", "queue", self.id, at_counter),
            (self.finished_at, "ticket.finished", "queue", self.id, at_counter),
        )


def age(path: Path, tickets: int, years: int | None = None) -> None:
    """Put `tickets` finished visits on the days before the office's today, of so many `years`."""
    per_day = PER_DAY if years is None else max(1, tickets // (years * 365))
    office = open_office(path, "age")
    now = to_datetime(office.clock(), office.kiosk_board().office.zone)
    office.close()
    midnight = datetime(now.year, now.month, now.day, tzinfo=now.tzinfo)
    add_history(path, tickets, now.date(), to_stamp(midnight), per_day)


def add_history(path: Path, tickets: int, today: date, today_ms: int, per_day: int = PER_DAY) -> None:
    """Put `tickets` finished visits on the days before `today`, which began at `today_ms` (UTC ms)."""
    link = sqlite3.connect(path, isolation_level=None)
    for pragma in _BULK:
        link.execute(f"PRAGMA {pragma}").fetchall()
    services = link.execute("SELECT id, prefix FROM service ORDER BY id").fetchall()
    counters = [number for (number,) in link.execute("SELECT number FROM counter").fetchall()]
    log = EventChain(link)
    link.execute("BEGIN")
    days = tickets // per_day
    for first in range(0, days, DAYS_AT_ONCE):
        visits = [
            visit
            for n in range(first, min(first + DAYS_AT_ONCE, days))
            for visit in _a_day(
                range(n * per_day, (n + 1) * per_day),
                today - timedelta(days - n),
                today_ms - (days - n) * DAY_MS,
                services,
                counters,
            )
        ]
        link.executemany(_TICKET, (visit.ticket_row() for visit in visits))
        link.executemany(_TURN, (visit.turn_row() for visit in visits))
        log.write(sorted(event for visit in visits for event in visit.events()))
    link.execute("UPDATE ticket SET turn_id = id")
    for statement in (_VISITS, _GUESTS, _NAME_KEYS, _MARKS, _CASES, _ENTRIES):
        link.execute(statement)
    link.execute("COMMIT")
    link.close()


def _a_day(
    visits: range, day: date, began_ms: int, services: Sequence[tuple[int, str]], counters: Sequence[int]
) -> Iterator[PastVisit]:
    """Yield a day's visitors, one after the other, every service at every counter."""
    for place, visit in enumerate(visits):
        service_id, prefix = services[place % len(services)]
        yield PastVisit(
            id=visit + 1,
            day=day.isoformat(),
            series=prefix,
            number=place // len(services) + 1,
            service_id=service_id,
            counter=counters[(place + place // len(services)) % len(counters)],
            issued_at=began_ms + OPENS_MS + place * (OPEN_FOR_MS // len(visits)),
        )


class EventChain:
    """A chain that continues a file's chain of events."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link
        tail = "SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1"
        seq, chain = link.execute(tail).fetchone() or (0, GENESIS)
        self._seq, self._chain = int(seq), str(chain)

    def write(self, events: Sequence[tuple[int, str, str, int, str]]) -> None:
        self._link.executemany(_EVENT, self._rows(events))

    def _rows(self, events: Sequence[tuple[int, str, str, int, str]]) -> Iterator[tuple[object, ...]]:
        for at, kind, area, subject, data in events:
            self._seq += 1
            # Like a UUIDv7: later ones are greater, so the index grows at its end as it does in life.
            request = f"{at:013}-{self._seq:022}"
            event = Event(
                seq=self._seq,
                at=at,
                station="kantor",
                officer_id=None if kind == "ticket.issued" else 2,
                kind=kind,
                area=area,
                subject=subject,
                data=data,
                request=request,
            )
            self._chain = chain_hash(self._chain, event)
            yield (self._seq, at, "kantor", event.officer_id, kind, area, subject, data, request, self._chain)
