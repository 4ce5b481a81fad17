"""The process's time: the share's, carried on by ticks, whatever is done to any clock meanwhile."""

import time
from pathlib import Path

import pytest

from tests.clocks import MORNING, Clocks
from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.stamps import CLOCKS_APART_MS, DAY_MS
from ult_desktop.db.store.clock import ClockSources, ShareClock, own_ms, share_ms, ticks_ms

YEAR = 365 * DAY_MS


def test_a_right_clock_needs_no_correction(tmp_path: Path) -> None:
    clock = ShareClock(tmp_path, "Loket 1/A: é")
    assert clock.measure() == 0
    assert clock() == pytest.approx(time.time() * 1000, abs=1000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fast_s", [-7200, -1, 1, 86_400])
def test_a_wrong_clock_is_measured_against_the_share(tmp_path: Path, fast_s: int) -> None:
    wrong = ClockSources(ticks_ms, lambda: own_ms() + fast_s * 1000, share_ms)
    clock = ShareClock(tmp_path, "kios", wrong)
    assert clock.measure() == pytest.approx(-fast_s * 1000, abs=100)
    assert clock() == pytest.approx(time.time() * 1000, abs=1000)


def test_without_a_folder_the_last_known_one_stays(tmp_path: Path) -> None:
    assert ShareClock(tmp_path / "tidak-ada", "kios").measure() == 0
    assert ShareClock(tmp_path / "tidak-ada", "kios", offset_ms=7_300).measure() == 7_300


@pytest.mark.parametrize("step", [-YEAR, -2 * DAY_MS, DAY_MS, YEAR])
def test_a_step_of_the_pcs_own_clock_steps_no_stamp(step: int) -> None:
    """Before and after the share is asked again."""
    pc = Clocks()
    clock = pc.clock()
    clock.measure()
    clock.hold()
    pc.own += step
    pc.pass_ms(1000)
    assert clock() == MORNING + 1000
    assert clock.measure() == -step
    assert clock() == MORNING + 1000


@pytest.mark.parametrize("wrong", [-YEAR, YEAR])
def test_a_start_with_a_wrong_clock_is_over_once_it_was_put_right(wrong: int) -> None:
    """NTP comes after the program: what was measured at the start is no part of any later time."""
    pc = Clocks(own=wrong)
    clock = pc.clock()
    assert (clock.measure(), clock()) == (-wrong, MORNING)
    clock.hold()
    pc.own -= wrong
    pc.pass_ms(60_000)
    assert (clock.measure(), clock()) == (0, MORNING + 60_000)


@pytest.mark.parametrize("step", [-YEAR, DAY_MS])
def test_a_share_that_jumps_is_not_followed_once_the_log_agreed(step: int) -> None:
    pc = Clocks()
    clock = pc.clock()
    clock.measure()
    clock.hold()
    pc.share += step
    clock.measure()
    assert (clock(), clock.apart_ms) == (MORNING, step)
    assert clock.yield_to_share()
    assert (clock(), clock.is_held) == (MORNING + step, False)
    clock.hold()
    assert not clock.yield_to_share(), "the share says nothing else"
    assert clock.is_held


def test_a_share_is_followed_before_the_log_agreed_and_by_small_steps_always() -> None:
    pc = Clocks(share=YEAR)
    clock = pc.clock()
    clock.measure()
    assert clock() == MORNING + YEAR
    pc.share = MORNING
    clock.measure()
    clock.hold()
    pc.share = MORNING + NEAR_MS
    clock.measure()
    assert clock() == MORNING + NEAR_MS


def test_what_is_less_than_a_round_trip_moves_nothing() -> None:
    pc = Clocks(share=CLOCKS_APART_MS - 1)
    clock = pc.clock()
    assert (clock.measure(), clock()) == (0, MORNING)


@pytest.mark.posix_only("clock")
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_ticks_only_grow(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    before = ticks_ms()
    assert before <= ticks_ms()


def test_on_windows_the_tick_count_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tick count runs on while the PC sleeps, which `time.monotonic` promises nowhere."""

    class Kernel:
        @staticmethod
        def count() -> int:
            return 123_456

        GetTickCount64 = count

    class Windll:
        kernel32 = Kernel

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.windll", Windll, raising=False)
    assert ticks_ms() == 123_456
