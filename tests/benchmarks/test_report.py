"""A row's words, and the table made of rows."""

from pathlib import Path

import msgspec
import pytest

from benchmarks.report import Result, table, write
from benchmarks.rows import BenchmarkRow, percentile

ROWS = (
    BenchmarkRow("fast enough", 12.345, "ms", 150),
    BenchmarkRow("too much", 2.5, "×", 2),
    BenchmarkRow("for the record", 1200, "MB"),
)


@pytest.mark.parametrize(
    ("row", "figure", "goal", "verdict"),
    [
        (ROWS[0], "12.3 ms", "≤ 150 ms", "yes"),
        (ROWS[1], "2.50 ×", "≤ 2 ×", "NO"),
        (ROWS[2], "1,200 MB", "", ""),
        (BenchmarkRow("doubled", 0, "", 0), "0", "≤ 0", "yes"),
        (BenchmarkRow("lost", 1, "", 0), "1", "≤ 0", "NO"),
    ],
)
def test_a_row_tells_its_figure_and_whether_the_goal_is_met(
    row: BenchmarkRow, figure: str, goal: str, verdict: str
) -> None:
    assert (row.figure, row.goal_text, row.verdict) == (figure, goal, verdict)


def test_the_table_has_its_columns_under_each_other() -> None:
    assert table(ROWS).splitlines() == [
        "what              figure  goal      met",
        "fast enough      12.3 ms  ≤ 150 ms  yes",
        "too much          2.50 ×  ≤ 2 ×     NO",
        "for the record  1,200 MB",
    ]


def test_the_results_are_left_to_read_and_to_compare(tmp_path: Path) -> None:
    write([Result("Something", ROWS, 1.23)], {"cores": 2}, tmp_path / "out")
    assert "| too much | 2.50 × | ≤ 2 × | NO |" in (tmp_path / "out" / "results.md").read_text("utf-8")
    document = msgspec.json.decode((tmp_path / "out" / "results.json").read_bytes())
    assert document["machine"] == {"cores": 2}
    assert document["subjects"][0]["rows"][1] == {
        "what": "too much",
        "value": 2.5,
        "unit": "×",
        "goal": 2,
        "met": False,
    }


@pytest.mark.parametrize(("count", "share", "value"), [(100, 0.99, 99), (30, 0.99, 30), (1, 0.5, 1)])
def test_a_percentile_is_a_value_that_was_measured(count: int, share: float, value: int) -> None:
    assert percentile(range(count, 0, -1), share) == value
