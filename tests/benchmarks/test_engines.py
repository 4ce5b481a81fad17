"""Both engines side by side, and a server among accidents, in short.

The long runs are `python -m benchmarks engines` and `python -m benchmarks server`.
"""

from pathlib import Path

import pytest

from benchmarks.rows import BenchmarkRun
from benchmarks.subjects import engines
from benchmarks.subjects.server import accidents

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.usefixtures("own_home"), pytest.mark.slow]


def test_a_server_among_accidents_loses_and_doubles_nothing(tmp_path: Path) -> None:
    tally = accidents(tmp_path, seed=20261121, rounds=6, gone_s=3.0)
    assert tally.wrong == []
    assert tally.gone == 1
    assert tally.killed > 0
    assert tally.crashed > 0
    assert tally.acknowledged > 24


@pytest.mark.slow_night
def test_both_engines_are_measured(tmp_path: Path) -> None:
    rows = {row.what: row.value for row in engines.measure(BenchmarkRun(tmp_path, quick=True))}
    near, far = (rows[f"PostgreSQL{where}: a number given, median"] for where in ("", ", 20 ms away"))
    assert far > near + 20
    for engine in ("SQLite", "PostgreSQL"):
        assert rows[f"{engine}: a commit of one row, median"] > 0
        assert rows[f"{engine}, 4 writers: doubled"] == 0
        assert rows[f"{engine}, 4 writers: lost or file not proven"] == 0
        assert rows[f"{engine}, 4 givers: call to be seen, p99"] > 0
        assert rows[f"issue: full ÷ two months {engine}"] > 0
