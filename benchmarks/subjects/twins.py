"""Random office days on a SQLite file and a PostgreSQL database: not one answer or row differs.

`--days` says how many, `--office` in which of the ready-made ones; each seed is a day of the next one.
"""

import shutil
from collections.abc import Sequence
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

from benchmarks.fuzzing.twins import TwinTally, compare_day, where_of
from benchmarks.place import pointer
from benchmarks.register.play import make_office
from benchmarks.register.script import OFFICES
from benchmarks.rows import BenchmarkRow, BenchmarkRun, in_words
from tests.cluster import Cluster, running
from ult_desktop.db.store.postgres.engine import SERVER

FULL_DAYS, QUICK_DAYS = 1000, 4
VISITS = 6
_UID = "0" * 32


class Moulds:
    """The ready-made offices, each once on each engine; a day gets a copy."""

    def __init__(self, folder: Path, server: Cluster) -> None:
        self._folder, self._server = folder, server
        self._made: dict[str, tuple[Path, str]] = {}

    def copied(self, office: str, folder: Path) -> tuple[Path, Path]:
        """Copy the office into `folder`, as a file, and to the server."""
        if office not in self._made:
            self._made[office] = self._make(office)
        file, address = self._made[office]
        folder.mkdir()
        path = Path(shutil.copy(file, folder / "office.db"))
        there = pointer(folder, self._server.create(address))
        with closing(SERVER.open(there)) as link:
            SERVER.note_home(link)
        return path, there

    def drop(self, path: Path) -> None:
        self._server.drop(path.read_text(encoding="utf-8"))

    def _make(self, office: str) -> tuple[Path, str]:
        place = self._folder / f"mould-{office}"
        place.mkdir()
        address = self._server.create()
        make_office(office, pointer(place, address), _UID)
        return make_office(office, place / "office.db", _UID), address


def play_days(folder: Path, offices: Sequence[str], seed: int, days: int) -> TwinTally:
    tally = TwinTally()
    with running() as server:
        moulds = Moulds(folder, server)
        for number, office in enumerate(islice(cycle(offices), days)):
            paths = moulds.copied(office, folder / f"day-{number}")
            with in_words(tally.differences, where_of(office, seed + number)):
                compare_day(office, seed + number, VISITS, paths, tally)
            moulds.drop(paths[1])
            shutil.rmtree(folder / f"day-{number}")
    return tally


def measure(bench: BenchmarkRun) -> Sequence[BenchmarkRow]:
    offices = (bench.office,) if bench.office else tuple(OFFICES)
    tally = play_days(bench.folder, offices, bench.seed, bench.rounds_of(FULL_DAYS, QUICK_DAYS))
    return (
        BenchmarkRow("days", tally.days, ""),
        BenchmarkRow("acts and boards", tally.acts, ""),
        BenchmarkRow("acts refused", tally.refused, ""),
        BenchmarkRow("kinds of acts that were done", len(tally.done), ""),
        BenchmarkRow("questions", tally.questions, ""),
        BenchmarkRow("rows", tally.rows, ""),
        bench.wrong_row("differences", tally.differences),
    )
