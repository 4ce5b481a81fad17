"""The years of an office that are told: every report is made, and its figures are those of the file."""

from pathlib import Path

import pytest

from benchmarks.history_file import age
from benchmarks.place import make_office, open_office
from benchmarks.rows import BenchmarkRun
from benchmarks.subjects import reports


@pytest.mark.slow
def test_every_report_of_a_past_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "QUICK_TICKETS", 730)
    rows = {row.what: row for row in reports.measure(BenchmarkRun(tmp_path, quick=True))}
    assert rows["days whose figures were made"].value == 365
    assert rows["figures of a month or year, median"].value > 0
    made = [name for name in rows if name.startswith(("report of", "first page", "public recap", "waits of"))]
    assert (len(made), all(rows[name].goal for name in made)) == (12, True)


@pytest.mark.slow
def test_a_past_of_years_is_spread_over_them(tmp_path: Path) -> None:
    path = make_office(tmp_path)
    age(path, 730, years=1)
    office = open_office(path, "kiosk")
    assert office.read(lambda tx: tx.row("SELECT count(*), count(DISTINCT day) FROM ticket")) == (730, 365)
    assert office.verify().findings == ()
    office.close()
