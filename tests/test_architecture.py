"""The budgets and the one home of each thing, kept by a machine."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = sorted((ROOT / "ult_desktop").rglob("*.py"))
SOURCES = [*PACKAGE, *sorted((ROOT / "tests").rglob("*.py")), ROOT / "dev.py"]
BESIDE = sorted(path for folder in ("benchmarks", "tools") for path in (ROOT / folder).rglob("*.py"))
LINES_PER_FILE, LINES_PER_CLASS, LINES_PER_FUNCTION = 700, 300, 60
MODULES_PER_FOLDER = 25
# One home each: the stylesheet is set by the theme, a dialog is run by the dialogs, a program by its root.
HOMES = {
    "setStyleSheet": "ui/kit/theme.py",
    "exec": "ui/kit/dialogs.py|app/assemble.py|app/refusal.py|app/wizard.py|app/speech.py|demo/actor.py"
    "|demo/rehearsal.py",
}
RIDDLE = re.compile(r"(What|Of|Who|Whose|It|As|In|Beside|Those|The same)\b")
MACHINE = re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+)/|[A-Z]:\\\\Users")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class Defined(NamedTuple):
    """A class or a function, and its length in lines."""

    name: str
    is_class: bool
    length: int


@cache
def defined_in(path: Path) -> tuple[Defined, ...]:
    return tuple(
        Defined(node.name, isinstance(node, ast.ClassDef), (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    )


def over_budget(path: Path) -> Iterator[str]:
    """Return the functions and classes that are too long in a file."""
    if text_of(path).count("\n") > LINES_PER_FILE:
        yield f"{name(path)}: more than {LINES_PER_FILE} lines"
    for each in defined_in(path):
        if each.name.startswith("test_"):
            continue  # a scenario is read from top to bottom: to cut it makes it no clearer
        if each.length > (LINES_PER_CLASS if each.is_class else LINES_PER_FUNCTION):
            yield f"{name(path)}: {'class' if each.is_class else 'function'} {each.name}, {each.length} lines"


def test_budgets() -> None:
    assert [offender for path in SOURCES for offender in over_budget(path)] == []


def test_a_docstring_begins_with_a_verb_or_with_the_thing() -> None:
    """Ruff's D401 asks it of functions with a summary; here it holds for constants too, in every folder."""
    riddles = [
        f"{name(path)}: {node.value.value}"
        for path in [*SOURCES, *BESIDE]
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and RIDDLE.match(node.value.value)
    ]
    assert riddles == []


def test_no_folder_holds_more_modules_than_a_reader_takes_in() -> None:
    modules = Counter(name(path.parent) for path in PACKAGE if path.name != "__init__.py")
    assert {folder: count for folder, count in modules.items() if count > MODULES_PER_FOLDER} == {}


def test_no_class_name_means_two_things() -> None:
    homes = defaultdict(set)
    for path in PACKAGE:
        for each in defined_in(path):
            if each.is_class and not each.name.startswith("_"):
                homes[each.name].add(name(path))
    assert {taken: sorted(where) for taken, where in homes.items() if len(where) > 1} == {}


@pytest.mark.parametrize("called", HOMES)
def test_one_home(called: str) -> None:
    homes = [ROOT / "ult_desktop" / home for home in HOMES[called].split("|")]
    strangers = [
        f"{name(path)}:{node.lineno}"
        for path in PACKAGE
        if path not in homes and called in text_of(path)
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == called
    ]
    assert strangers == []


def test_every_test_stands_where_its_module_stands() -> None:
    """A test file or its folder names something of the package; journeys and pages stand at the top."""
    lost = []
    for test in (ROOT / "tests").rglob("test_*.py"):
        place = test.relative_to(ROOT / "tests")
        if len(place.parts) == 1 or place.parts[0] in ("journeys", "benchmarks"):
            continue
        if not (ROOT / "ult_desktop" / place.parent).is_dir():
            lost.append(place.as_posix())
    assert lost == []


@pytest.mark.parametrize("part", ["cli", "core", "db", "demo", "devices", "operations", "ui"])
def test_every_part_has_its_tests(part: str) -> None:
    assert list((ROOT / "tests" / part).rglob("test_*.py"))


def test_no_name_is_imported_twice_for_types_too() -> None:
    """A name that is imported at run time needs no second import under TYPE_CHECKING; no linter says so."""
    for path in SOURCES:
        body = ast.parse(text_of(path)).body
        for_types = [each for node in body if isinstance(node, ast.If) for each in imported_in(node.body)]
        assert not {*for_types} & {*imported_in(body)}, name(path)


def imported_in(body: list[ast.stmt]) -> list[str]:
    imports = (node for node in body if isinstance(node, ast.Import | ast.ImportFrom))
    return [alias.asname or alias.name for node in imports for alias in node.names]


def test_no_path_of_one_machine() -> None:
    texts = [*SOURCES, *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "pyproject.toml"]
    texts += (ROOT / "resources").rglob("*.toml")
    assert [name(path) for path in texts if MACHINE.search(text_of(path))] == []
