"""Which time is believed, and when something old may go."""

import pytest

from ult_desktop.core.office_time import (
    LONGEST_SILENCE_MS,
    NEAR_MS,
    SAME_DATE_MS,
    Doubt,
    TimeWitnesses,
    is_future,
)
from ult_desktop.core.stamps import DAY_MS

NOW = 1_795_400_000_000
YEAR = 365 * DAY_MS


@pytest.mark.parametrize(
    ("ago", "may"),
    [
        (0, True),
        (17 * DAY_MS, True),
        (LONGEST_SILENCE_MS, True),
        (LONGEST_SILENCE_MS + 1, False),
        (YEAR, False),
        (-NEAR_MS, True),
        (-NEAR_MS - 1, False),
    ],
)
def test_what_is_old_goes_while_something_new_is_there(ago: int, may: bool) -> None:
    assert TimeWitnesses(now=NOW, log=NOW - ago, own=NOW).may_forget() is may
    assert TimeWitnesses(now=NOW, log=NOW, own=NOW).may_forget(NOW, NOW - ago) is may
    assert TimeWitnesses(now=NOW, log=0, own=NOW).may_forget(0), "a new office"


def test_nothing_old_goes_while_a_clock_contradicts() -> None:
    """Within the days of a holiday too, of which the log alone would say nothing."""
    for own, may in ((0, True), (-SAME_DATE_MS, True), (-SAME_DATE_MS - 1, False), (-10 * DAY_MS, False)):
        assert TimeWitnesses(now=NOW, log=NOW - 10 * DAY_MS, own=NOW + own).may_forget() is may


def test_a_stamp_of_the_next_hour_is_a_clock_that_runs_a_little_fast() -> None:
    assert not is_future(NOW + NEAR_MS, NOW)
    assert is_future(NOW + NEAR_MS + 1, NOW)


def doubt(silent: int, own: int = 0, **known: bool) -> Doubt | None:
    """After a silence of the log; this PC's own clock is so far from the share's."""
    return TimeWitnesses(now=NOW, log=NOW - silent, own=NOW + own, **known).doubt


def test_a_night_a_weekend_and_two_weeks_of_idul_fitri_are_believed() -> None:
    for silent in (15 * 3_600_000, 3 * DAY_MS, 17 * DAY_MS, LONGEST_SILENCE_MS):
        assert doubt(silent) is None
        assert doubt(silent, own=SAME_DATE_MS) is None, "a time zone that is set wrongly"
        assert doubt(silent, own=-6 * YEAR) is None, "a dead battery is no witness"
        assert doubt(silent, own=YEAR) is None


def test_a_new_office_and_a_log_of_this_hour_raise_no_question() -> None:
    assert TimeWitnesses(now=NOW, log=0, own=NOW + YEAR).doubt is None
    for silent in (-NEAR_MS, 0, NEAR_MS):
        assert doubt(silent, own=DAY_MS, refuted=True) is None


@pytest.mark.parametrize("known", [{}, {"ran": True}, {"others_agree": True}])
def test_a_time_before_the_log_is_never_believed(known: dict[str, bool]) -> None:
    assert doubt(-NEAR_MS - 1, **known) is Doubt.BEHIND


def test_two_clocks_that_mean_different_dates_contradict_each_other() -> None:
    assert doubt(2 * DAY_MS, own=-SAME_DATE_MS - 1) is Doubt.APART
    assert doubt(2 * DAY_MS, own=SAME_DATE_MS + 1) is Doubt.APART
    assert doubt(2 * DAY_MS, own=-SAME_DATE_MS - 1, others_agree=True) is None
    assert doubt(2 * DAY_MS, own=-SAME_DATE_MS - 1, ran=True) is None
    assert doubt(2 * DAY_MS, ran=True, refuted=True) is Doubt.APART


def test_a_silence_that_no_holiday_explains_is_asked_about_unless_somebody_measured_it() -> None:
    assert doubt(LONGEST_SILENCE_MS + 1) is Doubt.SILENT
    assert doubt(LONGEST_SILENCE_MS + 1, ran=True) is None
    assert doubt(LONGEST_SILENCE_MS + 1, others_agree=True) is None
