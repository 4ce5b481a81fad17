"""What does not run on Windows or under Wine is listed with its reason; nothing is skipped in silence."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms import MARKS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "windows.md").read_text(encoding="utf-8")

BY_SYSTEM = re.compile(r"skipif\(\s*(not )?(sys\.platform|os\.name|hasattr\(os)")


def marks_in(path: Path) -> Iterator[tuple[str, str]]:
    """The marks on the tests of a file, as (mark, need)."""
    text = path.read_text(encoding="utf-8")
    if not any(mark in text for mark in MARKS):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MARKS:
            (need,) = node.args
            assert isinstance(need, ast.Constant)
            yield node.func.attr, str(need.value)


def lacking() -> dict[tuple[str, str], dict[str, int]]:
    """How many tests of which files need what is not there."""
    found: defaultdict[tuple[str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for mark in marks_in(path):
            found[mark][path.relative_to(ROOT).as_posix()] += 1
    return {mark: dict(files) for mark, files in found.items()}


@pytest.mark.parametrize("mark", MARKS)
def test_the_page_lists_what_does_not_run_there(mark: str) -> None:
    counts = lacking()
    lines = [
        f"| {reason} | {', '.join(f'`{name}` {count}' for name, count in counts[mark, need].items())} |"
        for need, reason in MARKS[mark].items()
    ]
    missing = [line for line in lines if line not in PAGE]
    assert missing == [], "\n".join(lines)


def test_no_test_skips_itself_by_the_system() -> None:
    """It would be missing from the list."""
    loud = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if BY_SYSTEM.search(path.read_text(encoding="utf-8"))
    ]
    assert loud == []
