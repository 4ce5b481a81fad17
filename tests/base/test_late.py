"""Modules that are imported late: told to the type checker and to the program by one name."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import ROOT
from ult_desktop.base.late import late


def imports_of(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """(name in the module, what is imported) for each import, and for each `name = late("…")`."""
    for each in body:
        match each:
            case ast.Import(names=[ast.alias(name=name, asname=given)]):
                yield given or name.partition(".")[0], name if given else name.partition(".")[0]
            case ast.ImportFrom(module=str(module), names=names):
                for alias in names:
                    yield alias.asname or alias.name, f"{module}.{alias.name}"
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Name(id="late"), args=[ast.Constant(value=str(place))]),
            ):
                yield name, place


USERS = [path for path in (ROOT / "ult_desktop").rglob("*.py") if "import late\n" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.name)
def test_the_type_checker_sees_the_module_that_is_imported(path: Path) -> None:
    blocks = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.If)]
    pairs = [(dict(imports_of(each.body)), dict(imports_of(each.orelse))) for each in blocks if each.orelse]
    assert pairs
    for told, imported in pairs:
        assert imported.items() <= told.items()


def test_nothing_is_imported_before_it_is_used() -> None:
    words = """
import sys
from ult_desktop.base.late import late
wave = late("wave")
assert "wave" not in sys.modules
assert wave.Wave_read.__module__ == "wave"
"""
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True)


def test_a_module_that_is_not_there_is_missed_when_used() -> None:
    nothing = late("ult_desktop.nothing")
    with pytest.raises(ModuleNotFoundError):
        nothing.of_this_name  # noqa: B018
