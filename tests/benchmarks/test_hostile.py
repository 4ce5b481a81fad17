"""A hostile week in short: each scene once. The long run is `python -m benchmarks hostile`."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.subjects import hostile
from benchmarks.survival.hostile_scenes import HostileOffice
from benchmarks.survival.judge import judge
from benchmarks.survival.station import found_office

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile.SCENES)
def test_a_hostile_week(tmp_path: Path, name: str) -> None:
    tally = hostile.play(tmp_path, seed=20261121, names=[name])
    assert tally.wrong == []
    assert tally.played == Counter([name])
    assert tally.acknowledged or name == "guessed_password"  # whose thief comes to no act


@pytest.mark.slow_night
@pytest.mark.parametrize("mutant", hostile.MUTANTS)
def test_an_error_of_the_program_is_shown_by_its_scene(mutant: str) -> None:
    assert hostile.shown(mutant, 20261121) != ""


@pytest.mark.slow
def test_no_scene_knows_of_another(tmp_path: Path) -> None:
    """All are copies of one office: a PC that they shared would be a witness against the next."""
    names = ("poisoned_folder", "proof_beside_writers")
    assert hostile.play(tmp_path, seed=777001, names=names).wrong == []


def test_a_judge_that_cannot_read_what_is_left_says_so(tmp_path: Path) -> None:
    """A power cut leaves a journal that was never written out: no traceback hides the seed."""
    (station,) = hostile.STATIONS[:1]
    path = found_office(tmp_path, (station,))
    with closing(sqlite3.connect(station.journal(path))) as journal, journal:
        journal.execute("CREATE TABLE self (id INTEGER PRIMARY KEY)")  # of no program's shape
    (said,) = judge(path, (station,), ())
    assert said.startswith("no normal start")


def test_a_scene_that_breaks_is_told_with_its_seed_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_office: HostileOffice) -> Iterator[str]:
        yield "something was lost"
        raise KeyError("no such row")

    monkeypatch.setattr(hostile, "SCENES", {"broken": broken})
    over = iter((False, False, True))
    monkeypatch.setattr(hostile, "_is_over", lambda _until: next(over))
    tally = hostile.play_for(tmp_path, seed=7, minutes=60)
    said = ("something was lost", "ended by KeyError('no such row')")
    assert tally.wrong == [f"--seed {seed}, broken: {each}" for seed in (7, 8) for each in said]
    assert tally.played == Counter(broken=2)
    assert hostile.play(tmp_path / "again", 8).wrong == tally.wrong[2:]


@pytest.mark.slow
def test_the_seeds_of_a_run_choose_every_scene_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[str] = []

    def note(_first: Path, _folder: Path, name: str, seed: int, tally: hostile.HostileTally) -> None:
        played.append(name)
        tally.played[name] += 1
        tally.wrong += [f"--seed {seed}"] if len(played) == len(hostile.SCENES) else []
        monkeypatch.setattr(hostile, "_is_over", lambda _until: len(played) == len(hostile.SCENES))

    monkeypatch.setattr(hostile, "play_one", note)
    tally = hostile.play_for(tmp_path, seed=7, minutes=60)
    assert sorted(played) == sorted(hostile.SCENES)
    again = int(tally.wrong[0].split()[1])
    hostile.play(tmp_path / "again", again)
    assert played[-1] == played[-2]  # the seed alone brings the scene back


@pytest.mark.slow
def test_what_a_scene_loses_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def thief(office: HostileOffice) -> Iterator[str]:
        office.start(0).ask("issue", 2)
        with closing(sqlite3.connect(office.path)) as link, link:
            link.execute("DELETE FROM ticket WHERE label = 'A002'")
        yield from ()

    def bug(office: HostileOffice) -> Iterator[str]:
        yield from office.refused("nothing", station := office.start(0), station.ask("no such order"))

    monkeypatch.setattr(hostile, "SCENES", {"thief": thief, "bug": bug})
    tally = hostile.play(tmp_path, seed=1, names=["thief"])
    assert any("not as it was told" in each for each in tally.wrong)
    told = " ".join(hostile.play(tmp_path / "bug", seed=1, names=["bug"]).wrong)
    assert "was not refused: bug" in told
    assert "AttributeError" in told
