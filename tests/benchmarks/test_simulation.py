"""The simulated office days: the same seed is the same day, and what breaks the program is found."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.rows import SIMULATION, BenchmarkRun, number_of_seed
from benchmarks.simulation import mutants
from benchmarks.simulation.day import DayResult, Plan, plan_of
from benchmarks.simulation.mutants import MUTANTS, Mutant
from benchmarks.simulation.shrinking import shrink
from benchmarks.subjects import simulation
from benchmarks.subjects.simulation import Totals, lived, remembered

FEW_DAYS, NIGHT_DAYS = 8, 1_800
CUTS = f"{SIMULATION}.5,stations=2,visitors=20,often=building+cut+server_cut"
ROOT = Path(__file__).resolve().parents[2]


def told_by(*arguments: object) -> list[dict[str, object]]:
    """Live days in a process of their own, as the command does."""
    command = [sys.executable, "-m", "benchmarks.actors.simulated_days", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_the_same_seed_is_the_same_day_and_nothing_is_lost_in_it() -> None:
    *days, end = told_by("--first", 20261121, "--step", 0, "--days", 2)
    assert end["kind"] == "done"
    assert [day["wrong"] for day in days] == [[], []]
    one, other = ({**day, "at": 0, "cpu_s": 0} for day in days)
    assert one == other
    assert one["befallen"]


@pytest.mark.slow
def test_some_days_are_lived_with_every_fault_and_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    days = list(lived(30_000, FEW_DAYS, 0))
    assert [(day["plan"], day["wrong"]) for day in days if day["wrong"]] == []
    assert len(days) == FEW_DAYS


@pytest.mark.slow_night
def test_a_night_of_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    wrong = [(day["plan"], day["wrong"]) for day in lived(40_000, NIGHT_DAYS, 0) if day["wrong"]]
    assert wrong == []


@pytest.mark.slow
def test_a_day_has_the_faults_that_it_is_told_to_have_and_nothing_is_wrong() -> None:
    often = ("building", "lease", "nap", "printer", "quota", "stale")
    (day, _end) = told_by("--plan", f"{SIMULATION}.7,stations=4,visitors=40,often={'+'.join(often)}")
    assert day["wrong"] == []
    befallen = day["befallen"]
    assert isinstance(befallen, dict)
    assert {*often, "stale size"} <= befallen.keys()


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_power_goes() -> None:
    """A PC, the server, the building without power: disks keep what was synced, torn sectors included."""
    (day, _end) = told_by("--plan", CUTS)
    assert day["wrong"] == []
    befallen = day["befallen"]
    assert isinstance(befallen, dict)
    assert sum(befallen[kind] for kind in ("building", "cut", "server_cut")) > 50


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "plan"),
    [
        ("a request is not looked up", f"{SIMULATION}.20261121"),
        ("the share is not synced", CUTS),
        ("a commit deletes the journal", CUTS),
        ("the journal is not synced", CUTS),
        ("nothing is tried again", f"{SIMULATION}.20261121,visitors=2"),
        ("no fresh connection after an error", f"{SIMULATION}.20261121,visitors=2"),
    ],
)
def test_an_error_in_the_program_is_found(name: str, plan: str) -> None:
    (day, *_smallest) = told_by("--plan", plan, "--mutant", name, "--as-it-is")
    assert day["wrong"]


def test_the_mutants_apply_to_the_program_as_it_is() -> None:
    """A run of them names each that does not; a word that was changed since may cost a few."""
    assert len({each.name for each in MUTANTS}) == len(MUTANTS)
    applied = 0
    for each in MUTANTS:
        with contextlib.suppress(ValueError):
            compile(each.source(), each.file, "exec")
            assert each.source() != each.path.read_text(encoding="utf-8")
            applied += 1
    assert applied >= 30


def test_a_mutant_that_does_not_apply_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(simulation, "MUTANTS", (Mutant("of old", "db/store/store", "no such line", ""),))
    with pytest.raises(SystemExit, match=r"mutant of old: .* 0 times in db/store/store.py"):
        simulation.measure(BenchmarkRun(tmp_path, mutants=True))
    with pytest.raises(ValueError, match="no mutant is called 'unknown'"):
        mutants.named("unknown")
    with pytest.raises(RuntimeError, match="is imported already"):
        mutants.put_in(MUTANTS[0])


def test_a_plan_is_told_and_read_again() -> None:
    plan = Plan(77, 2, 5, frozenset({"lost", "kill"}), frozenset({"nap"}), frozenset({12, 55}))
    assert plan.told == f"{SIMULATION}.77,stations=2,visitors=5,without=kill+lost,often=nap,at=12+55"
    for each in (plan, Plan(77), Plan(77, only=frozenset())):
        assert plan_of(each.told) == each
    with pytest.raises(ValueError, match="speed: no part of a day's plan"):
        plan_of(f"{SIMULATION}.77,speed=9")
    with pytest.raises(ValueError, match="of version 9 of the simulation"):
        plan_of("9.17,stations=2")


def test_a_day_is_shrunk_to_what_makes_it_wrong() -> None:
    fell = [3, 40, 500, 501, 9_000]

    def live(plan: Plan) -> DayResult:
        left = [each for each in fell if plan.only is None or each in plan.only]
        is_wrong = plan.visitors >= 4 and plan.stations != 1 and 500 in left and "lost" not in plan.without
        befallen = {kind: 1 for kind in ("kill", "lost") if kind not in plan.without}
        wrong = ["lost: x"] * is_wrong
        stations = plan.stations or 6
        return DayResult(7, wrong=wrong, befallen=befallen, stations=stations, plan=plan.told, fell=left)

    found = shrink(Plan(7), live(Plan(7)), live)
    assert found.plan == f"{SIMULATION}.7,stations=2,visitors=4,without=kill,at=500"


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
    totals.add(
        {
            "seed": 7,
            "acts": 1_234,
            "alone": 1,
            "calls": 2,
            "befallen": {"cut": 1_000},
            "wrong": wrong,
            "plan": f"{SIMULATION}.7",
        }
    )
    told = "1 days, 1,234 acts; faults: cut 1,000; lost 1, doubled 1, half done 1, otherwise wrong 1"
    assert totals.line() == told
    assert totals.wrong[0] == f"--seed {SIMULATION}.7: lost: x"
