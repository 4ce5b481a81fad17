"""The share's clock: one time for all stations, whatever each PC's own says."""

import time
from pathlib import Path

import pytest

from ult_desktop.db.store.share_files import ShareClock, measure_offset_ms


def test_a_right_clock_needs_no_correction(tmp_path: Path) -> None:
    assert measure_offset_ms(tmp_path, "Loket 1/A: é") == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fast_s", [-7200.0, -0.5, 0.5, 86_400.0])
def test_a_wrong_clock_is_measured_against_the_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_s: float
) -> None:
    true_time = time.time
    monkeypatch.setattr(time, "time", lambda: true_time() + fast_s)
    assert measure_offset_ms(tmp_path, "kios") == pytest.approx(-fast_s * 1000, abs=100)


def test_without_a_folder_nothing_is_corrected(tmp_path: Path) -> None:
    assert measure_offset_ms(tmp_path / "tidak-ada", "kios") == 0
    assert measure_offset_ms(tmp_path / "tidak-ada", "kios", 7_300) == 7_300, "the last known one stays"


def test_the_clock_runs_by_the_share() -> None:
    clock = ShareClock(3_600_000)
    assert clock() == pytest.approx(time.time() * 1000 + 3_600_000, abs=1000)
    clock.offset_ms = 0
    assert clock() == pytest.approx(time.time() * 1000, abs=1000)
