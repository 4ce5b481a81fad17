"""The simulated office days: the same seed is the same day, and what breaks the program is found."""

import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rows import SIMULATION, BenchmarkRun, number_of_seed
from benchmarks.simulation import mutants
from benchmarks.simulation.day import DayResult, Plan, plan_of
from benchmarks.simulation.file_model import SimulatedWorld
from benchmarks.simulation.mutants import MUTANTS, Mutant
from benchmarks.simulation.ruled import ruled
from benchmarks.simulation.scheduler import Scheduler
from benchmarks.simulation.shrinking import shrink
from benchmarks.simulation.world import Rates
from benchmarks.subjects import simulation
from benchmarks.subjects.simulation import Hunt, Totals, lived, remembered
from ult_desktop.core.queue.opening import opening_days

FEW_DAYS, NIGHT_DAYS = 8, 1_800
CUTS, MORE_CUTS = (
    f"{SIMULATION}.{seed},stations=2,visitors=20,often=building+cut+server_cut" for seed in (5, 6)
)
ON_SERVER = "engine=postgres,stations=2,visitors=6"
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
def test_a_day_on_a_server_is_the_same_twice_and_nothing_is_lost_in_it() -> None:
    """A real one, which ends and starts again; clients are killed, cut off, put to sleep at any statement."""
    like = f"{ON_SERVER},often=kill+lost+server_restart"
    *days, _end = told_by("--first", 5, "--step", 0, "--days", 2, "--like", like)
    one, other = ({**day, "at": 0, "cpu_s": 0} for day in days)
    assert one["wrong"] == []
    assert one == other
    befallen = one["befallen"]
    assert isinstance(befallen, dict)
    assert {"kill", "lost", "server_restart"} <= befallen.keys()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "plan"),
    [
        ("a request is not looked up", f"{SIMULATION}.20261121"),
        ("the share is not synced", MORE_CUTS),
        ("a commit deletes the journal", CUTS),
        ("the journal is not synced", CUTS),
        ("nothing is tried again", f"{SIMULATION}.20261121,visitors=2"),
        ("no fresh connection after an error", f"{SIMULATION}.20261121,visitors=2"),
        ("a server has many writers at once", f"{SIMULATION}.5,{ON_SERVER}"),
        (
            "a server writes down what it acknowledged later",
            f"{SIMULATION}.11,{ON_SERVER},often=server_restart",
        ),
    ],
)
def test_an_error_in_the_program_is_found(name: str, plan: str) -> None:
    (day, *_smallest) = told_by("--plan", plan, "--mutant", name, "--as-it-is")
    assert day["wrong"]


def test_the_mutants_apply_to_the_program_as_it_is() -> None:
    assert len({each.name for each in MUTANTS}) == len(MUTANTS) >= 30
    for each in MUTANTS:
        compile(each.source(), each.file, "exec")
        assert each.source() != each.path.read_text(encoding="utf-8")


def test_a_mutant_that_does_not_apply_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(simulation, "MUTANTS", (Mutant("of old", "db/store/store", "no such line", ""),))
    with pytest.raises(SystemExit, match=r"mutant of old: .* 0 times in db/store/store.py"):
        simulation.measure(BenchmarkRun(tmp_path, mutants=True))
    with pytest.raises(ValueError, match="no mutant is called 'unknown'"):
        mutants.named("unknown")
    with pytest.raises(RuntimeError, match="is imported already"):
        mutants.put_in(MUTANTS[0])


def test_a_plan_is_told_and_read_again() -> None:
    plan = Plan(
        77, 2, 5, frozenset({"lost", "kill"}), frozenset({"nap"}), frozenset({12, 55}), "bpmp-dki", True
    )
    told = "office=bpmp-dki,anything=1,stations=2,visitors=5,without=kill+lost,often=nap,at=12+55"
    assert plan.told == f"{SIMULATION}.77,{told}"
    for each in (
        plan,
        Plan(77),
        Plan(77, only=frozenset()),
        Plan(77, anything=False),
        Plan(77, engine="postgres"),
    ):
        assert plan_of(each.told) == each
    with pytest.raises(ValueError, match="speed: no part of a day's plan"):
        plan_of(f"{SIMULATION}.77,speed=9")
    with pytest.raises(ValueError, match=r"bpmp-bali is none of bpmp-dki, .*"):
        plan_of(f"{SIMULATION}.77,office=bpmp-bali")
    with pytest.raises(ValueError, match="oracle is no engine of simulated days"):
        plan_of(f"{SIMULATION}.77,engine=oracle")
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
    with pytest.raises(ValueError, match="oracle is no engine of simulated days"):
        plan_of(f"{SIMULATION}.77,engine=oracle")
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
            "broken": [],
            "plan": f"{SIMULATION}.7",
        }
    )
    told = "1 days, 1,234 acts; faults: cut 1,000; lost 1, doubled 1, half done 1, otherwise wrong 1"
    assert totals.line() == told
    assert totals.wrong[0] == f"--seed {SIMULATION}.7: lost: x"


def acted(
    monkeypatch: pytest.MonkeyPatch, with_mutant: list[dict[str, Any]], without: dict[str, Any]
) -> None:
    """Let the processes of days say so."""

    class Actor:
        def __init__(self, *arguments: object) -> None:
            self.left = [*with_mutant, {"kind": "done"}] if "--mutant" in arguments else [without]

        def hear(self, _seconds: float) -> dict[str, Any]:
            return self.left.pop(0)

        def wait_for(self, _kind: str, _seconds: float) -> dict[str, Any]:
            return self.left.pop(0)

    @contextlib.contextmanager
    def acting(_module: str, *arguments: object) -> Iterator[Actor]:
        yield Actor(*arguments)

    monkeypatch.setattr(simulation, "acting", acting)


def a_day(seed: int, cpu_s: float = 1.0, wrong: str = "", broken: str = "") -> dict[str, Any]:
    plan = f"{SIMULATION}.{seed}"
    return {
        "kind": "day",
        "seed": seed,
        "plan": plan,
        "cpu_s": cpu_s,
        "wrong": [wrong] * bool(wrong),
        "broken": [broken] * bool(broken),
    }


def test_a_mutant_is_found_by_a_check_on_a_day_that_is_right_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acted(monkeypatch, [a_day(5), a_day(6, 7.0, "lost: x")], a_day(6))
    hunt = Hunt(MUTANTS[0], 5).done()
    assert hunt.line() == f"{MUTANTS[0].name}: 7 s, 2 days: found; --seed {SIMULATION}.6: lost: x"


@pytest.mark.parametrize(
    ("day", "without", "told"),
    [
        (a_day(5, 601.0, broken="KeyError"), a_day(5), "KeyError"),
        (a_day(5, 600.0, "lost: x"), a_day(5, wrong="lost: x"), "without the mutant, too: lost: x"),
    ],
)
def test_a_bench_that_breaks_and_a_day_that_is_wrong_anyhow_find_no_mutant(
    monkeypatch: pytest.MonkeyPatch, day: dict[str, Any], without: dict[str, Any], told: str
) -> None:
    acted(monkeypatch, [day], without)
    hunt = Hunt(MUTANTS[0], 5).done()
    assert not hunt.found
    assert hunt.broken == [f"{MUTANTS[0].name}, --seed {SIMULATION}.5: {told}"]
    assert hunt.line().endswith("NOT found (the bench broke 1 times)")


def test_a_mutant_that_is_found_after_its_time_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    acted(monkeypatch, [a_day(5, 601.0, "lost: x")], a_day(5))
    assert not Hunt(MUTANTS[0], 5).done().found


def test_days_that_do_not_end_find_no_mutant_and_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextlib.contextmanager
    def acting(*arguments: object) -> Iterator[None]:
        if "--mutant" in arguments:
            raise TimeoutError("an actor says nothing")
        yield

    monkeypatch.setattr(simulation, "acting", acting)
    hunt = Hunt(MUTANTS[0], 5).done()
    assert (hunt.found, hunt.broken) == (
        "",
        [f"{MUTANTS[0].name}, --seed {SIMULATION}.5: an actor says nothing"],
    )


def test_an_error_that_went_through_the_program_is_its_own_and_any_other_the_benchs() -> None:
    scheduler = Scheduler(random.Random(1))
    scheduler.start("program", None, partial(opening_days, None, None))  # type: ignore[arg-type]
    scheduler.start("bench", None, partial(next, iter(())))
    scheduler.pause(1.0)
    (bug,), (broken,) = scheduler.bugs, scheduler.broken
    assert "opening_days" in bug
    assert broken.startswith("bench: Traceback")


def test_a_day_that_is_broken_off_ends_the_programs_of_all_pcs(tmp_path: Path) -> None:
    scheduler = Scheduler(random.Random(1))
    world = SimulatedWorld(tmp_path, scheduler, scheduler.dice, Rates())
    first, second, third = (world.add_pc(number, f"loket-{number}") for number in (1, 2, 3))
    for pc in (first, third):
        scheduler.start(pc.name, pc, partial(scheduler.pause, 60.0))
    scheduler.start(second.name, second, partial(world.break_off, "two write at once"))
    scheduler.pause(1.0)
    assert scheduler.is_alone()
    assert scheduler.bugs == ["two write at once"]


def test_what_is_written_again_after_a_share_was_closed_to_writing_is_in_the_file(tmp_path: Path) -> None:
    scheduler = Scheduler(random.Random(1))
    world = SimulatedWorld(tmp_path, scheduler, scheduler.dice, Rates())
    world.share.mkdir()
    seen: list[list[Any]] = []

    def work() -> None:
        opened = partial(sqlite3.connect, world.office, isolation_level=None)
        with contextlib.closing(opened()) as writer, contextlib.closing(opened()) as reader:
            writer.execute("PRAGMA journal_mode = TRUNCATE")
            writer.execute("CREATE TABLE number (label)")
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("INSERT INTO number VALUES ('A001')")
            world.readonly = True
            writer.execute("ROLLBACK")
            world.readonly = False
            writer.execute("INSERT INTO number VALUES ('A001')")
            seen.append(reader.execute("SELECT * FROM number").fetchall())

    with ruled(world, 0):
        scheduler.start("work", world.add_pc(1, "loket-1"), work)
        scheduler.pause(10.0)
    assert scheduler.broken == []
    assert seen == [[("A001",)]]


@pytest.mark.slow
def test_two_disks_that_lie_alike_are_noticed_by_every_other_pc() -> None:
    (day, _end) = told_by("--plan", f"{SIMULATION}.12,visitors=30,anything=0,often=alike,office=bpmp-dki")
    assert day["wrong"] == day["broken"] == []
    befallen = day["befallen"]
    assert isinstance(befallen, dict)
    assert befallen["alike"]


@pytest.mark.slow
def test_somebody_does_any_command_with_any_values_and_nothing_is_lost() -> None:
    (day, _end) = told_by("--plan", f"{SIMULATION}.20261128,visitors=20,anything=1,office=bpmp-sumut")
    assert day["wrong"] == day["broken"] == []


@pytest.mark.slow
def test_a_day_is_the_same_whether_a_forecast_is_played_for_few_courses_or_for_all() -> None:
    """Waits that are told stand in rows alone: nobody does anything else for them."""
    words = f"""
from benchmarks.simulation import day, ruled
from ult_desktop.core.queue import waits

plan = day.plan_of("{SIMULATION}.20261121,stations=3,visitors=10,anything=0")
few = day.live(plan)
ruled.FEW_SCENARIOS = waits.SCENARIOS
assert few.acts and not few.wrong and day.live(plan) == few
"""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True, env=environment)
