"""The statement on who can use the program names a test for whatever it calls met."""

import re

import pytest

from tests.test_docs import ROOT, TEST

PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("|") and not re.match(r"\|[-| ]+\|$|\| (clause|rule|finding) \|", line)
]
VERDICTS = ("met", "not met", "in part", "the office", "does not apply")


def test_every_row_has_a_verdict() -> None:
    assert len(ROWS) > 50
    strange = [row for row in ROWS if len(row) != 4 or not row[2].startswith(VERDICTS)]
    assert not strange


@pytest.mark.parametrize("row", [row for row in ROWS if row[2].startswith("met")], ids=lambda row: row[0])
def test_what_is_met_is_tested(row: tuple[str, ...]) -> None:
    assert TEST.search(row[3]), "no test is named"


def test_what_is_not_met_says_why() -> None:
    silent = [row[0] for row in ROWS if row[2].startswith(("not met", "in part")) and not row[3]]
    assert not silent
