"""Processes killed at any moment: nothing acknowledged is lost, nothing doubled, the others go on.

The long run is `python -m benchmarks crash`.
"""

from pathlib import Path

from benchmarks.subjects.crash import kill_at_random

ROUNDS = 16


def test_kill_minus_nine_at_any_moment(tmp_path: Path) -> None:
    tally = kill_at_random(tmp_path, seed=20261121, rounds=ROUNDS)
    assert tally.wrong == []
    assert tally.kills == ROUNDS
    assert tally.acknowledged > 4 * ROUNDS
    assert tally.cut_short > ROUNDS // 5, "the kills fell into the work, not beside it"
