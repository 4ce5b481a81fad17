"""Nobody types a longer text twice: every box that asks for one keeps it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import ult_desktop.ui.counter

ROOT = Path(ult_desktop.ui.counter.__path__[0])
BOXES = ("FormBox", "__init__")


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def forgetful(path: Path) -> Iterator[str]:
    """The functions that put a field for a longer text into a box without a draft."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [each for each in ast.walk(function) if isinstance(each, ast.Call)]
        boxes = [each for each in calls if called(each) in BOXES and each.keywords]
        kept = all(any(word.arg == "draft" for word in box.keywords) for box in boxes)
        if not kept and any(called(each) == "TextField" for each in calls):
            yield f"{path.relative_to(ROOT)}: {function.name}"


def test_every_box_for_a_longer_text_keeps_it() -> None:
    assert [found for path in sorted(ROOT.rglob("*.py")) for found in forgetful(path)] == []
