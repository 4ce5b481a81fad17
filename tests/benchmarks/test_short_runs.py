"""Benchmarks of seconds in place of minutes: each ends with its figures, however fast this machine is."""

from pathlib import Path

import pytest

from benchmarks.rows import BenchmarkRun
from benchmarks.subjects import share, staffing, summaries

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home")]


def test_a_month_is_staffed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staffing, "MEANS", (3.0,))
    rows = {row.what: row.value for row in staffing.measure(BenchmarkRun(tmp_path, quick=True))}
    assert rows["visitors of the month"] > 100
    assert rows["plans found"] >= 1
    (kept,) = (value for what, value in rows.items() if what.startswith("hours within their range"))
    assert 70 < kept < 90, "its range is one of 80 %"


def test_the_months_of_many_offices_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "MONTHS", 6)
    rows = {row.what: row.value for row in summaries.measure(BenchmarkRun(tmp_path, quick=True))}
    assert rows["files"] == 20 * 6
    assert rows["read"] > 0
    assert rows["read, and its page written: most memory"] > 10


@pytest.mark.usefixtures("qapp")
def test_round_trips_on_a_share_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("QUICK_REST_S", 1), ("QUICK_WORK_S", 6), ("SETTLED_S", 0.5)):
        monkeypatch.setattr(share, name, seconds)
    rows = {row.what: row.value for row in share.measure(BenchmarkRun(tmp_path, quick=True))}
    acts = [rows[f"{each}: round trips"] for each in ("number", *share.ACTS)]
    assert min(acts) == acts[0] > 50, "nothing is read again where nobody wrote"
    assert rows[f"an act each 5 s over {share.UNEVEN}: median"] > 1, "the link is slow"
    assert all(value for what, value in rows.items() if "at rest" in what or "hints come" in what)
