"""Processes killed at any moment: nothing acknowledged is lost, nothing doubled, the others go on.

The long run is `python -m benchmarks crash`.
"""

from pathlib import Path

import pytest

from benchmarks.subjects.crash import kill_at_random

pytestmark = pytest.mark.by_engine


@pytest.mark.parametrize("rounds", [4, pytest.param(16, marks=pytest.mark.slow_night)])
def test_kill_minus_nine_at_any_moment(tmp_path: Path, rounds: int) -> None:
    tally = kill_at_random(tmp_path, seed=20261121, rounds=rounds)
    assert tally.wrong == []
    assert tally.kills == rounds
    assert tally.acknowledged > 4 * rounds
    assert tally.cut_short > rounds // 5, "the kills fell into the work, not beside it"
