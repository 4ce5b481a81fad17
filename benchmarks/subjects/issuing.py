"""The issuing of a ticket through the operation, against the same rows written by bare `sqlite3`.

Both have the same disk, schema and pragmas, and are taken in turns within one run. The operation adds the
rules, the chain, the answer with the queue ahead, and the station's local journal: where nothing of that
journal is synced, the first three are seen alone. Where a disk syncs at once, or only says so, the ratios are
at their worst; on a share, where a commit takes ten times as long, the addition hardly shows.

A number in a full hall is measured by itself: place and wait are reckoned from all who wait. Its CPU time is
taken, which other programs on the PC do not lengthen.
"""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from sqlite3 import Connection
from statistics import median

from benchmarks.bare import BareWriter, issue
from benchmarks.place import make_office, open_office
from benchmarks.rows import BenchmarkRow, BenchmarkRun, percentile
from ult_desktop.db.store.connection import open_file
from ult_desktop.operations.office.office import Office

WAITING_AT_MOST = 25  # a full waiting room of an office; beyond it, everybody has been served
WARM_UP = 10
Way = Callable[[int], None]


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    bare, plain, journalled, model = (
        _made(bench.folder / name) for name in ("bare", "plain", "journalled", "model")
    )
    rounds = WARM_UP + bench.pick(400, 60)
    offices = [_unsynced(plain), open_office(journalled, "disk")]
    with contextlib.closing(_unsynced(model)) as example:
        issue(example)
    writer = BareWriter(bare, model, rounds)
    ways: list[Way] = [writer.write, lambda _n: issue(offices[0]), lambda _n: issue(offices[1])]
    rooms = [open_file(path) for path in (bare, plain, journalled)]
    spent = _in_turns(ways, rooms, rounds)
    for close in (writer.close, *(office.close for office in offices), *(room.close for room in rooms)):
        close()
    full = _in_a_full_hall(bench.folder / "full", bench.pick(40, 10))
    return [*_rows(*spent), full]


def _in_a_full_hall(folder: Path, rounds: int) -> BenchmarkRow:
    """Issue numbers where 60 counters are open, 1,500 people wait and a wait is told."""
    folder.mkdir()
    with contextlib.closing(open_office(make_office(folder, counters=60), "full")) as office:
        issue(office)
        with contextlib.closing(open_file(folder / "office.db")) as room:
            room.executescript(_FULL_HALL)
        spent = []
        for _n in range(rounds):
            began = time.process_time()
            issue(office)
            spent.append((time.process_time() - began) * 1000)
    return BenchmarkRow("1,500 waiting, 60 counters: a number, CPU, median", median(spent), "ms", 25)


_FULL_HALL = """
UPDATE counter SET state = 'open', officer_id = (SELECT id FROM officer WHERE login = 'p' || number);
WITH RECURSIVE more(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM more WHERE n < 1500)
INSERT INTO ticket (code, day, series, number, label, service_id, state, place, issued_at, queued_at)
SELECT code || n, day, series, n, series || n, 1 + n % (SELECT max(id) FROM service), state, place,
 issued_at + n, queued_at + n FROM ticket, more;
WITH RECURSIVE more(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM more WHERE n < 599)
INSERT INTO turn (ticket_id, counter, service_id, day, priority, called_at, recalled_at, calls, arrived_at,
 ended_at, outcome) SELECT id, 1 + n % 60, 1 + n % (SELECT max(id) FROM service), '2020-01-01', n % 10 = 0,
 at, at, 1, at, at + (5 + n % 20) * 60000, 'done'
 FROM (SELECT id, n, issued_at - 7200000 + n AS at FROM more, (SELECT id, issued_at FROM ticket LIMIT 1));
"""


def _made(folder: Path) -> Path:
    folder.mkdir()
    return make_office(folder)


def _unsynced(path: Path) -> Office:
    """Open an office whose local journal waits for no disk."""
    office = open_office(path, "unsynced")
    link = office._journal._connection  # noqa: SLF001  (no station has a journal that is not synced)
    for pragma in ("synchronous = OFF", "journal_mode = MEMORY"):
        link.execute(f"PRAGMA {pragma}")
    return office


def _in_turns(ways: Sequence[Way], rooms: Sequence[Connection], rounds: int) -> list[list[float]]:
    """Return the milliseconds of each way; the waiting rooms are emptied unmeasured."""
    spent: list[list[float]] = [[] for _way in ways]
    for n in range(rounds):
        for times, way in zip(spent, ways, strict=True):
            began = time.perf_counter()
            way(n)
            times.append((time.perf_counter() - began) * 1000)
        if n % WAITING_AT_MOST == 0:
            for room in rooms:
                room.execute("UPDATE ticket SET state = 'cancelled'")
    return [times[WARM_UP:] for times in spent]


def _rows(bare: list[float], plain: list[float], journalled: list[float]) -> list[BenchmarkRow]:
    base = median(bare)
    return [
        BenchmarkRow("two rows by bare sqlite3, median", base, "ms"),
        BenchmarkRow("operation, journal not synced, median", median(plain), "ms"),
        BenchmarkRow("operation, journal synced to disk, median", median(journalled), "ms"),
        BenchmarkRow("operation ÷ bare", median(plain) / base, "×", 1.5),
        BenchmarkRow("operation with the journal's sync ÷ bare", median(journalled) / base, "×", 2),
        BenchmarkRow("what rules, chain and answer add, median", median(plain) - base, "ms"),
        BenchmarkRow("operation, journal synced to disk, p99", percentile(journalled, 0.99), "ms"),
    ]
