"""No list for a spreadsheet carries out what somebody typed."""

import re

import pytest

from tests.program import ROOT
from ult_desktop.base.spreadsheet import csv_file, csv_text, guard_formula, without_guard


@pytest.mark.parametrize(
    "first",
    ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", " =", "  @", "\u00a0=", " \u202f+", "\ufeff\u3000@"],
)
def test_what_would_be_a_formula_is_text(first: str) -> None:
    assert guard_formula(f"{first}1+1") == f"'{first}1+1"
    assert without_guard(f"'{first}1+1") == f"{first}1+1"


@pytest.mark.parametrize("cell", ["", " ", "Ani", "a=1", "0812-3456", "'=1"])
def test_other_text_stays_as_it_is(cell: str) -> None:
    assert guard_formula(cell) == cell


def test_a_cell_stays_one_cell() -> None:
    assert csv_text([("a;b", 'c"d', "e\nf", "=1")]) == '"a;b";"c""d";"e\nf";\'=1\r\n'
    assert csv_text([("a;b", "c")], delimiter=",") == "a;b,c\r\n"
    assert csv_file([("Jalan é",)]) == "\ufeffJalan é\r\n".encode()


def test_there_is_one_writer_of_lists() -> None:
    """Another one would forget: `tests/cli/test_exports.py` goes through every list that people take away."""
    writes = re.compile(r"csv\.(?:Dict)?[wW]riter|\bWorkbook\(|\.to_csv\(|xlsxwriter")
    found = [path for path in ROOT.glob("ult_desktop/**/*.py") if writes.search(path.read_text("utf-8"))]
    assert {path.relative_to(ROOT).as_posix() for path in found} == {
        "ult_desktop/base/spreadsheet.py",
        "ult_desktop/reports/workbook.py",  # tests/reports/test_period_report.py looks into its cells
    }
    takes = re.compile(r"\bcsv_(?:text|file)\(")
    users = [path for path in ROOT.glob("ult_desktop/**/*.py") if takes.search(path.read_text("utf-8"))]
    assert {path.stem for path in users} == {
        *("spreadsheet", "case", "visit", "importing", "openings_page", "forms", "security_page"),
        "figures_list",
    }
