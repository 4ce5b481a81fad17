"""Issuing a ticket through the operation, against the same rows written by bare `sqlite3`.

Same file system, same schema, same pragmas, taken in turns within one run. What the operation adds is
the rules, the chain, the answer with the queue ahead, and the station's local journal: with that journal
in memory the first three are seen alone.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.place import make_office, open_office
from benchmarks.rows import Bench, Row, percentile
from ult_desktop.core.asks import IssueTicket
from ult_desktop.core.roles import Actor
from ult_desktop.db.connection import open_file
from ult_desktop.operations.office import Office

WAITING_AT_MOST = 25  # a full waiting room of an office; beyond it, everybody has been served
WARM_UP = 10
IN_MEMORY = Path(":memory:")


def measure(bench: Bench) -> list[Row]:
    ways = {name: _folder(bench, name) for name in ("bare", "operation", "journalled")}
    offices = [
        open_office(ways["operation"], "memory", IN_MEMORY),
        open_office(ways["journalled"], "disk"),
    ]
    model = _model_rows(bench.folder)
    link = open_file(ways["bare"])
    takers = [lambda n: _bare(link, model, n), *(_taker(office) for office in offices)]
    clearers = [open_file(path) for path in ways.values()]
    spent = _in_turns(takers, clearers, bench.pick(400, 60))
    for office in offices:
        office.close()
    for each in (link, *clearers):
        each.close()
    return _rows(*spent)


def _folder(bench: Bench, name: str) -> Path:
    folder = bench.folder / name
    folder.mkdir()
    return make_office(folder)


def _taker(office: Office) -> Callable[[int], None]:
    station = Actor(station=office.station)
    return lambda _n: office.perform(IssueTicket(service_id=1), station)


def _model_rows(folder: Path) -> tuple[dict[str, object], dict[str, object]]:
    """The ticket and event rows that one issuing writes, as the operation itself wrote them."""
    path = make_office(folder)
    office = open_office(path, "model", IN_MEMORY)
    _taker(office)(0)
    office.close()
    link = sqlite3.connect(path)
    link.row_factory = sqlite3.Row
    ticket = dict(link.execute("SELECT * FROM ticket").fetchone())
    event = dict(link.execute("SELECT * FROM event ORDER BY seq DESC LIMIT 1").fetchone())
    link.close()
    return ticket, event


def _bare(link: sqlite3.Connection, model: tuple[dict[str, object], dict[str, object]], n: int) -> None:
    ticket, event = model
    ticket |= {"id": n, "number": n, "code": f"{n:012}", "label": f"A{n:03}"}
    event |= {"seq": n, "subject": n, "request": f"{n:036}"}
    link.execute("BEGIN IMMEDIATE")
    for table, row in (("ticket", ticket), ("event", event)):
        marks = ", ".join("?" * len(row))
        link.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
    link.execute("COMMIT")


def _in_turns(
    takers: Sequence[Callable[[int], None]], clearers: Sequence[sqlite3.Connection], rounds: int
) -> list[list[float]]:
    """Milliseconds of each way, taken in turns; the waiting rooms are emptied unmeasured."""
    spent: list[list[float]] = [[] for _taker in takers]
    for n in range(1, WARM_UP + rounds + 1):
        for times, take in zip(spent, takers, strict=True):
            began = time.perf_counter()
            take(n)
            times.append((time.perf_counter() - began) * 1000)
        if n % WAITING_AT_MOST == 0:
            for link in clearers:
                link.execute("UPDATE ticket SET state = 'cancelled'")
    return [times[WARM_UP:] for times in spent]


def _rows(bare: list[float], operation: list[float], journalled: list[float]) -> list[Row]:
    base = median(bare)
    return [
        Row("two rows by bare sqlite3, median", base, "ms"),
        Row("operation, journal in memory, median", median(operation), "ms"),
        Row("operation, journal synced to disk, median", median(journalled), "ms"),
        Row("operation ÷ bare", median(operation) / base, "×", 1.5),
        Row("operation with the journal's sync ÷ bare", median(journalled) / base, "×", 2),
        Row("operation, journal synced to disk, p99", percentile(journalled, 0.99), "ms"),
    ]
