"""Tests that do not run on Windows, under Wine or on a server are listed with a reason; none is silent."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import FILE_ONLY
from tests.platforms import MARKS

ROOT = Path(__file__).resolve().parent.parent
REASONS = {**MARKS, "file_only": FILE_ONLY}
PAGES = {**dict.fromkeys(MARKS, "windows.md"), "file_only": "store.md"}

TEST = re.compile(r"^def test_", re.MULTILINE)
BY_SYSTEM = re.compile(r"skipif\(\s*(not )?(sys\.platform|os\.name|hasattr\(os)")


def marks_in(path: Path) -> Iterator[tuple[str, str]]:
    """The marks on the tests of a file, as (mark, need); one on the whole file counts once a test."""
    text = path.read_text(encoding="utf-8")
    if not any(mark in text for mark in REASONS):
        return
    for top in ast.parse(text).body:
        is_whole = isinstance(top, ast.Assign) and ast.unparse(top.targets[0]) == "pytestmark"
        count = len(TEST.findall(text)) if is_whole else 1
        for node in ast.walk(top):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in REASONS
            ):
                (need,) = node.args
                assert isinstance(need, ast.Constant)
                yield from [(node.func.attr, str(need.value))] * count


def lacking() -> dict[tuple[str, str], dict[str, int]]:
    """How many tests of which files need what is not there."""
    found: defaultdict[tuple[str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for mark in marks_in(path):
            found[mark][path.relative_to(ROOT).as_posix()] += 1
    return {mark: dict(files) for mark, files in found.items()}


@pytest.mark.parametrize("mark", REASONS)
def test_the_page_lists_what_does_not_run_there(mark: str) -> None:
    counts = lacking()
    page = (ROOT / "docs" / PAGES[mark]).read_text(encoding="utf-8")
    lines = [
        f"| {reason} | {', '.join(f'`{name}` {count}' for name, count in counts[mark, need].items())} |"
        for need, reason in REASONS[mark].items()
    ]
    missing = [line for line in lines if line not in page]
    assert missing == [], "\n".join(lines)


def test_no_test_skips_itself_by_the_system() -> None:
    """Such a test would be missing from the list."""
    loud = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if BY_SYSTEM.search(path.read_text(encoding="utf-8"))
    ]
    assert loud == []
