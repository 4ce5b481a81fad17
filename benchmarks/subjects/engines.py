"""An office in a file and one on a PostgreSQL server of this computer, in one run.

Both are on the same disk, both wait for it with each commit. Writers are plain processes that issue and call
as fast as they can. For the display, which shows one call after the other, as many give a number a second,
and one counter calls. The file's calls come by the hint on the LAN, the server's by its own (`NOTIFY`).
"""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.bare import issue
from benchmarks.history_file import age
from benchmarks.place import make_office, open_office, pointer
from benchmarks.process import acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun, percentile
from benchmarks.subjects.crowd import crowd_at
from benchmarks.subjects.history import compared, in_turns, young
from benchmarks.subjects.repaint import delays_at, rows_of
from benchmarks.vitals import busy_percent
from tests.cluster import OwnCluster, own
from tests.db.store.postgres.cable import Cable
from ult_desktop.db.move import rows as all_rows
from ult_desktop.db.move.move import new_place
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.server_address import address_in
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

MOST = 40
WARM_UP = 10
PAINTED_MS = 50
FAR_MS = (5, 20)
Make = Callable[[str], tuple[Path, Path]]


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    with own(durable=True) as server:
        places: dict[str, Make] = {
            "SQLite": lambda name: _in_file(bench.folder / f"file-{name}"),
            "PostgreSQL": lambda name: _on_server(bench.folder / f"server-{name}", server),
        }
        return [
            BenchmarkRow("cores busy with other work before", busy_percent(), "%"),
            *_commits(places, bench.pick(400, 40)),
            *(row for clerks in _writers(bench) for row in _crowds(places, clerks, bench.pick(6, 2))),
            *(row for givers in _writers(bench) for row in _painted(places, givers, bench.pick(60, 8))),
            *_far(places["PostgreSQL"], bench.pick(60, 4)),
            *_histories(places, server, bench),
        ]


def _writers(bench: BenchmarkRun) -> tuple[int, ...]:
    return (1, 4) if bench.quick else (1, 8, MOST)


def _in_file(folder: Path) -> tuple[Path, Path]:
    folder.mkdir()
    return make_office(folder, MOST), folder


def _on_server(folder: Path, server: OwnCluster) -> tuple[Path, Path]:
    folder.mkdir()
    return make_office(folder, MOST, address=server.create()), folder


def _commits(places: dict[str, Make], rounds: int) -> Iterator[BenchmarkRow]:
    """Measure a commit of one row, and a number given, which has all the rest."""
    for engine, make in places.items():
        path, _folder = make("commit")
        with closing(Store(path)) as store, closing(open_office(path, "one")) as office:
            plain = _spent(lambda: store.write(partial(_touch, words=f"{perf_counter()}")), rounds)
            given = _spent(lambda: issue(office), rounds)
        yield BenchmarkRow(f"{engine}: a commit of one row, median", median(plain), "ms")
        yield BenchmarkRow(f"{engine}: a commit of one row, p99", percentile(plain, 0.99), "ms")
        yield BenchmarkRow(f"{engine}: a number given, median", median(given), "ms")
        yield BenchmarkRow(f"{engine}: a number given, p99", percentile(given, 0.99), "ms")


def _far(make: Make, rounds: int) -> Iterator[BenchmarkRow]:
    """Measure a server in another building: each question waits for its round trip."""
    for milliseconds in FAR_MS:
        path, _folder = make(f"far-{milliseconds}")
        with Cable.laid(address_in(path), milliseconds / 2000) as line:
            path.write_text(line.address, encoding="utf-8")
            with closing(open_office(path, "one")) as office:
                given, board = (_spent(act, rounds) for act in (partial(issue, office), office.lobby_board))
        where = f"PostgreSQL, {milliseconds} ms away"
        yield BenchmarkRow(f"{where}: a number given, median", median(given), "ms")
        yield BenchmarkRow(f"{where}: the lobby's board read, median", median(board), "ms")


def _touch(tx: Transaction, words: str) -> None:
    """Write other words each time: SQLite writes no page that stays the same."""
    tx.run("UPDATE office SET kiosk_pause = ?", words)


def _spent(act: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _round in range(WARM_UP + rounds):
        began = perf_counter()
        act()
        times.append((perf_counter() - began) * 1000)
    return times[WARM_UP:]


def _crowds(places: dict[str, Make], clerks: int, seconds: int) -> Iterator[BenchmarkRow]:
    for engine, make in places.items():
        yield from crowd_at(make(f"crowd-{clerks}")[0], clerks, seconds, f"{engine}, {clerks} writers")


def _painted(places: dict[str, Make], givers: int, calls: int) -> Iterator[BenchmarkRow]:
    for engine, make in places.items():
        path, folder = make(f"painted-{givers}")
        on_server = not engine_at(path).has_file
        with contextlib.ExitStack() as stack:
            actors = [stack.enter_context(acting("giver", path, f"k-{n}", 1)) for n in range(givers)]
            for actor in actors:
                actor.wait_for("ready")
            delays = delays_at(path, folder, hint=not on_server, calls=calls)
            for actor in actors:
                actor.say("enough")
        yield from rows_of(f"{engine}, {givers} givers", delays, PAINTED_MS if on_server else None)


def _histories(places: dict[str, Make], server: OwnCluster, bench: BenchmarkRun) -> Iterator[BenchmarkRow]:
    tickets = bench.pick(1_000_000, 4_000)
    files, databases = dict[str, Path](), dict[str, Path]()
    for name, count in (("young", young(bench)), ("full", tickets)):
        files[name], folder = places["SQLite"](name)
        age(files[name], count)
        databases[name] = pointer(folder, server.create())
        began = perf_counter()
        _pour(files[name], databases[name])
        yield BenchmarkRow(f"PostgreSQL: {count:,} tickets poured in", perf_counter() - began, "s")
    for engine, offices in (("SQLite", files), ("PostgreSQL", databases)):
        every = {"empty": places[engine]("empty")[0], **offices}
        yield from compared(in_turns(every, bench.pick(100, 15)), engine)


def _pour(source: Path, target: Path) -> None:
    """Copy the same rows to a server."""

    def fill(link: Link) -> None:
        with closing(engine_at(source).open(source)) as old:
            for table in all_rows.every_table():
                for some in all_rows.read(old, table):
                    engine_at(target).insert_many(link, table.name, table.columns, some)

    new_place(target, "").make(fill)
