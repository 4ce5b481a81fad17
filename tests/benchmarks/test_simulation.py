"""The simulated office days: the same seed is the same day, and what breaks the program is found."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.rows import SIMULATION, number_of_seed
from benchmarks.subjects.simulation import Totals, remembered

ROOT = Path(__file__).resolve().parents[2]


def lived(*arguments: object) -> list[dict[str, object]]:
    """Live days in a process of their own, as the command does."""
    command = [sys.executable, "-m", "benchmarks.actors.simulated_days", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_the_same_seed_is_the_same_day_and_nothing_is_lost_in_it() -> None:
    *days, end = lived(20261121, 0, 2, 0)
    assert end["kind"] == "done"
    assert [day["wrong"] for day in days] == [[], []]
    one, other = ({**day, "at": 0} for day in days)
    assert one == other
    assert one["befallen"]


def test_a_seed_of_another_version_is_refused_with_words() -> None:
    assert number_of_seed("17") == number_of_seed(f"{SIMULATION}.17") == 17
    with pytest.raises(ValueError, match="of version 9 of the simulation"):
        number_of_seed("9.17")
    with pytest.raises(ValueError, match="is no seed"):
        number_of_seed("x.17")


def test_a_run_goes_on_where_it_ended_and_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    kept = tmp_path / "simulation.json"
    assert remembered(kept, 5).next_seed == 5
    kept.write_bytes(b'{"version": 1, "next_s')
    with pytest.raises(SystemExit, match=r"cannot be read .* delete it to begin anew"):
        remembered(kept, 5)
    kept.write_text(json.dumps({"version": SIMULATION + 1}))
    with pytest.raises(SystemExit, match="of version"):
        remembered(kept, 5)


def test_the_line_tells_what_was_wrong_by_kinds() -> None:
    totals = Totals()
    wrong = ["lost: x", "doubled: A001", "visit.guest_book: ['x'] half done", "ValueError: x"]
    totals.add({"seed": 7, "acts": 1_234, "alone": 1, "calls": 2, "befallen": {"cut": 1_000}, "wrong": wrong})
    told = "1 days, 1,234 acts; faults: cut 1,000; lost 1, doubled 1, half done 1, otherwise wrong 1"
    assert totals.line() == told
    assert totals.wrong[0] == f"--seed {SIMULATION}.7: lost: x"
