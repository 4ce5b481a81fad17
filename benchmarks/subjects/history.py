"""The cost of history: the same operations in turns on an empty, a young and a full file.

The young file has two months, the full one a million tickets. All get the same visitors today. The waits that
kiosk, display and ticket show are learned from the last 600 turns of thirty days and played through for each
service whose visits are known: an empty office knows none and plays nothing. So the cost of years of history
is what the full office takes more than one of two months, which learns from as much; the cost of learning is
reported with it.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.history_file import PER_DAY, age
from benchmarks.place import make_office, open_office, seat
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.cases.commands import CloseCase, DeliverAnswer, OpenCase, SetOutcome
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.command import Command
from ult_desktop.core.queue.commands import Arrive, CallNext, Finish, IssueTicket, NoShow
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.commands import SignGuestBook, VerifyIdentity
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.db.cases.case_views import case_list
from ult_desktop.db.visits import guests
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.office.office import Office

WARM_UP = 5
Spent = Mapping[tuple[str, str], list[float]]
Steps = Iterator[tuple[str, Callable[[], object]]]
NAMES = (
    *("issue", "call", "arrive", "finish", "no-show", "kiosk board", "lobby board", "counter board"),
    *("guest book", "identity", "open case", "close case", "steps", "case list", "guests today"),
)


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    tickets = bench.pick(1_000_000, 40_000)
    offices = {name: _made(bench, name) for name in ("empty", "young", "full")}
    age(offices["young"], young(bench))
    began = time.monotonic()
    age(offices["full"], tickets)
    made = time.monotonic() - began
    spent = in_turns(offices, bench.pick(150, 40))
    rows = [
        BenchmarkRow(f"generating {tickets:,} tickets, {4 * tickets:,} events", made, "s", 120),
        BenchmarkRow("size of that file", offices["full"].stat().st_size / 1e6, "MB"),
    ]
    return [*rows, *compared(spent, "file")]


def young(bench: BenchmarkRun) -> int:
    """Return the number of tickets of an office of two months."""
    return bench.pick(60, 5) * PER_DAY


def compared(spent: Spent, place: str) -> list[BenchmarkRow]:
    """Return each step's rows at an empty, a young and a full office."""
    rows: list[BenchmarkRow] = []
    for name in NAMES:
        empty, months, years = (median(spent[name, each]) for each in ("empty", "young", "full"))
        rows.append(BenchmarkRow(f"{name}: empty {place}, median", empty, "ms"))
        rows.append(BenchmarkRow(f"{name}: two months ÷ empty {place}", months / empty, "×"))
        rows.append(BenchmarkRow(f"{name}: full ÷ two months {place}", years / months, "×", 1.1))
    return rows


def _made(bench: BenchmarkRun, name: str) -> Path:
    folder = bench.folder / name
    folder.mkdir()
    return make_office(folder)


def in_turns(places: Mapping[str, Path], rounds: int) -> Spent:
    """Measure milliseconds by step and office; the first rounds, which fill the caches, are left out."""
    spent: dict[tuple[str, str], list[float]] = defaultdict(list)
    offices = {name: open_office(path, name) for name, path in places.items()}
    officers = {name: seat(office, 1) for name, office in offices.items()}
    for n in range(WARM_UP + rounds):
        days = {name: _visitors(office, officers[name]) for name, office in offices.items()}
        for steps in zip(*days.values(), strict=True):
            for place, (name, step) in zip(days, steps, strict=True):
                began = time.perf_counter()
                step()
                if n >= WARM_UP:
                    spent[name, place].append((time.perf_counter() - began) * 1000)
    for office in offices.values():
        office.close()
    return spent


def _visitors(office: Office, officer: Actor) -> Steps:
    """Yield the steps of two visitors, of whom one comes, while all stations read their boards."""
    kiosk = Actor(station="kiosk")
    do: Callable[[Command], Callable[[], object]] = lambda command: partial(office.perform, command, officer)  # noqa: E731
    yield "issue", partial(office.perform, IssueTicket(service_id=1), kiosk)
    yield "issue", partial(office.perform, IssueTicket(service_id=1), kiosk)
    yield "kiosk board", office.kiosk_board
    yield "call", do(CallNext(counter=1))
    yield "lobby board", office.lobby_board
    yield "arrive", do(Arrive(counter=1))
    yield from _asks(office, do)
    yield "counter board", partial(office.counter_board, 1)
    yield "finish", do(Finish(counter=1))
    yield "call", do(CallNext(counter=1))
    yield "no-show", do(NoShow(counter=1))


def _asks(office: Office, do: Callable[[Command], Callable[[], object]]) -> Steps:
    """Yield the steps of a visitor at the counter: guest book, identity, question and answer."""
    today = office_day(office.clock(), office.kiosk_board().office.zone)
    visit_id = office.read(lambda tx: int(tx.value("SELECT max(id) FROM visit")))
    yield "guest book", do(SignGuestBook(visit_id=visit_id, name="Dedi Kurniawan", phone="081155501234"))
    yield "identity", do(VerifyIdentity(visit_id=visit_id, kind=IdDocument.KTP))
    yield "open case", do(OpenCase(visit_id=visit_id, detail="Kapan tunjangan cair?"))
    case_id = office.read(lambda tx: int(tx.value("SELECT max(id) FROM casefile")))
    yield "steps", partial(office.read, lambda tx: visit_steps(tx, visit_id, office.clock()))
    yield "case list", partial(office.read, lambda tx: case_list(tx, CaseFilter()))
    yield "guests today", partial(office.read, lambda tx: guests.of_day(tx, today))
    do(SetOutcome(case_id=case_id, outcome=CaseOutcome.AVAILABLE))()
    do(DeliverAnswer(case_id=case_id, way=DeliveryChannel.DIRECT))()
    yield "close case", do(CloseCase(case_id=case_id))
