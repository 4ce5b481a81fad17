"""Every PowerShell that the program and its guides write can be parsed; none runs here."""

import importlib
import platform
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from ult_desktop.base.windows import Windows
from ult_desktop.cli.doctor.windows import check_settings
from ult_desktop.core.office.setup_answers import SharedFolder
from ult_desktop.core.office.share_plan import client_steps, host_steps, undo_of
from ult_desktop.operations.office.sharing import run_as_administrator
from ult_desktop.pc.registry import Registry

ROOT = Path(__file__).parents[3]
NAMES = ("C:\\ult", "C:\\Pak O'Neil", "C:\\a\u2019b\u201ac\u2018", 'C:\\$x `n "kutip"; {0} (1)')
# WORKAROUND The grammar knows no digit in a parameter's name:
# https://github.com/airbus-cert/tree-sitter-powershell/blob/main/grammar.js (command_parameter)
DIGITS = re.compile(r"(?<= -)([A-Za-z]+)\d+(?=[A-Za-z])")


class Told(Windows):
    """A Windows that keeps what PowerShell would be given."""

    def __init__(self) -> None:
        super().__init__(("nothing",))
        self.scripts = list[str]()

    @override
    def ask(self, script: str, patience_s: float | None = None) -> str:
        self.scripts.append(script)
        return "0"


def faults(script: str) -> list[str]:
    """The pieces that are no PowerShell, and what is missing."""
    read: Any = importlib.import_module("tree_sitter")
    grammar = importlib.import_module("tree_sitter_powershell").language()
    plain = DIGITS.sub(r"\1", script).encode()
    nodes = [read.Parser(read.Language(grammar)).parse(plain).root_node]
    found = list[str]()
    while nodes:
        node = nodes.pop()
        nodes += node.children
        if node.type == "ERROR" or node.is_missing:
            found.append(f"{node.type}: {plain[node.start_byte : node.end_byte].decode()}")
    return found


def of_the_program() -> Iterator[str]:
    for name in NAMES:
        shared = SharedFolder(
            folder=name, accounts=("PC-1\\siti", "PC-1\\O'Neil"), password="Bako-timu-rele-47"
        )
        for step in (*host_steps(shared), *client_steps()):
            yield from (step.look, step.act, undo_of(step, name))
    told = Told()
    run_as_administrator(["setup", "share", *NAMES], told)
    list(check_settings(Path(rf"\\{platform.node()}\ult\office.db"), Registry(), told))
    assert len(told.scripts) > 2
    yield from told.scripts


def blocks(paths: Sequence[Path], head: str) -> list[str]:
    """The blocks of PowerShell in pages and workflows, as they stand there."""
    pattern = re.compile(head, re.DOTALL | re.MULTILINE)
    return [block for path in paths for block in pattern.findall(path.read_text(encoding="utf-8"))]


def test_what_the_program_gives_it() -> None:
    scripts = list(of_the_program())
    assert len(scripts) > 100
    assert {script: found for script in scripts if (found := faults(script))} == {}


def test_what_a_person_copies_from_the_guides() -> None:
    found = blocks(sorted((ROOT / "docs").glob("*.md")), r"^```powershell\n(.*?)^```")
    assert len(found) > 3
    assert [faults(block) for block in found] == [[]] * len(found)


def test_what_the_workflow_runs_on_windows() -> None:
    job = (ROOT / ".github/workflows/gate.yml").read_text(encoding="utf-8").partition("\n  installer:\n")[2]
    found = re.findall(r"^      (?:- |  )run: \|\n((?:          .*\n)+)", job, re.MULTILINE)
    assert len(found) == 4
    assert [faults(block) for block in found] == [[]] * len(found)


@pytest.mark.parametrize(
    "wrong", ["if ($x) { foo", "foo 'bar", "a | | b", "$n = @(1,", "Get-Foo -Bar (1 -eq"]
)
def test_what_is_none_is_found(wrong: str) -> None:
    assert faults(wrong)
