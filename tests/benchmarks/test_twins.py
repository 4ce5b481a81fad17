"""Days of chance on both engines. The long run is `python -m benchmarks twins`."""

from pathlib import Path

import psycopg
import pytest

from benchmarks.fuzzing.twins import TwinTally, compare_day
from benchmarks.subjects.twins import Moulds, play_days
from tests.engines import server

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.usefixtures("own_home"), pytest.mark.slow]
SEED = 20261121


def test_both_engines_tell_the_same_of_a_day(tmp_path: Path) -> None:
    tally = play_days(tmp_path, ["bpmp-sumut"], SEED, 1)
    assert tally.differences == []
    assert len(tally.done) >= 25
    assert tally.questions > 500
    assert tally.rows > 300


def test_an_engine_with_a_row_of_its_own_is_told_with_the_seed(tmp_path: Path) -> None:
    paths = Moulds(tmp_path, server()).copied("bpmp-dki", tmp_path / "day")
    with psycopg.connect(paths[1].read_text()) as link:
        link.execute("UPDATE counter SET name = 'lain' WHERE number = 12")
    tally = TwinTally()
    compare_day("bpmp-dki", SEED, 6, paths, tally)
    assert tally.differences[0].startswith(f"--office bpmp-dki --seed {SEED}: ")
    assert "lain" in tally.differences[0]
