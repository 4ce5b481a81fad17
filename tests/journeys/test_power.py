"""The power goes at any moment: what was acknowledged is on the disk, and the next start is as ever.

The long run is `python -m benchmarks power`.
"""

from pathlib import Path

import pytest

from benchmarks.subjects.power import DiskSnapshot, WatchedDay, cut_the_power
from benchmarks.survival.station import at_noon, found_office

pytestmark = pytest.mark.by_engine


@pytest.mark.parametrize("rounds", [8, pytest.param(30, marks=pytest.mark.slow_night)])
def test_nothing_acknowledged_is_lost_when_the_power_goes(tmp_path: Path, rounds: int) -> None:
    tally = cut_the_power(tmp_path, seed=20261121, rounds=rounds)
    assert tally.wrong == []
    assert tally.cuts == rounds
    assert tally.hot > rounds // 3, "the cuts fell into the commits, not beside them"


@pytest.mark.slow
@pytest.mark.parametrize(("setting", "value"), [("JOURNAL_MODE", "delete"), ("SYNCHRONOUS_FULL", 1)])
def test_with_the_settings_that_rule_1_forbids_it_would_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: object
) -> None:
    """The unlinked or not yet synced journal comes back hot: the harness sees what was measured.

    Where a station's own journal outlived the cut, the station itself calls the file an older copy.
    """
    monkeypatch.setattr(f"ult_desktop.db.store.connection.{setting}", value)
    tally = cut_the_power(tmp_path, seed=5, rounds=100, wrong_at_most=1)
    assert any(sign in tally.wrong[0] for sign in ("lost: Told(", "OlderCopy("))


@pytest.mark.slow
def test_a_seed_repeats_a_day(tmp_path: Path) -> None:
    stations = at_noon(2)

    def day(name: str) -> list[tuple[str, int, dict[str, int]]]:
        (tmp_path / name).mkdir()
        run = WatchedDay(found_office(tmp_path / name, stations), stations, seed=7)
        run.run(cuts=5)
        return [sketch(moment) for moment in run.moments]

    def sketch(moment: DiskSnapshot) -> tuple[str, int, dict[str, int]]:
        lengths = {Path(path).name: len(content) for path, content in moment.files.items()}
        return moment.where, len(moment.told), lengths

    assert day("satu") == day("dua")
