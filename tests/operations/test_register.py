"""What carries out an ask is found by the ask alone."""

import subprocess
import sys

import pytest

from tests.program import ROOT
from tests.samples import every_ask
from ult_desktop.core.command import Command
from ult_desktop.core.queue.commands import CallNext
from ult_desktop.operations.operation import HANDLERS
from ult_desktop.operations.register import CARRIED_OUT_IN, every_operation, kind_named, operation_of


@pytest.mark.parametrize("kind", every_ask(), ids=lambda kind: kind.__name__)
def test_every_ask_stands_in_the_table_with_its_module(kind: type[Command]) -> None:
    place = operation_of(kind).carry_out.__module__
    assert kind.__name__ in CARRIED_OUT_IN[place].split()
    assert kind_named(kind.__name__) is kind


def test_the_first_command_of_a_module_imports_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kind: type[Command] = CallNext
    place = operation_of(kind).carry_out.__module__
    monkeypatch.delitem(sys.modules, place)
    monkeypatch.delitem(HANDLERS, kind)
    again = operation_of(kind)
    assert sys.modules[place].call_next is again.carry_out


def test_the_table_names_nothing_else() -> None:
    named = [name for names in CARRIED_OUT_IN.values() for name in names.split()]
    assert sorted(named) == sorted(kind.__name__ for kind in every_operation())
    assert kind_named("Fly") is None


def test_one_ask_does_not_load_what_carries_out_the_others() -> None:
    words = f"""
import sys
from {CallNext.__module__} import CallNext
from ult_desktop.operations.register import CARRIED_OUT_IN, operation_of
operation_of(CallNext)
loaded = CARRIED_OUT_IN.keys() & sys.modules
assert len(loaded) < len(CARRIED_OUT_IN) / 3, loaded
"""
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
