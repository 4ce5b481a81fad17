"""The handler of an ask is found by the ask alone."""

import subprocess
import sys

import pytest

from tests.program import ROOT
from tests.samples import every_ask
from ult_desktop.core.command import Command
from ult_desktop.core.queue.commands import CallNext
from ult_desktop.operations.operation import HANDLERS
from ult_desktop.operations.register import every_operation, kind_named, operation_of


@pytest.mark.parametrize("kind", every_ask(), ids=lambda kind: kind.__name__)
def test_every_ask_is_carried_out_in_its_own_noun(kind: type[Command]) -> None:
    core, operations = kind.__module__.split("."), operation_of(kind).carry_out.__module__.split(".")
    assert operations[:3] == ["ult_desktop", "operations", core[2]]
    assert kind_named(kind.__name__) is kind


def test_an_unknown_name_is_no_command() -> None:
    assert kind_named("Fly") is None


def test_a_command_that_its_noun_does_not_handle_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    kind: type[Command] = CallNext
    operation_of(kind)
    monkeypatch.delitem(HANDLERS, kind)
    with pytest.raises(KeyError):
        operation_of(kind)


def test_every_operation_is_an_ask() -> None:
    assert set(every_operation()) == set(every_ask())


def test_one_ask_does_not_load_what_carries_out_the_others() -> None:
    words = f"""
import sys
from {CallNext.__module__} import CallNext
from ult_desktop.operations.operation import HANDLERS
from ult_desktop.operations.register import operation_of
assert operation_of(CallNext).carry_out.__module__ == "ult_desktop.operations.queue.calling"
strange = "online privacy survey figures updates".split()
loaded = [noun for noun in strange if f"ult_desktop.operations.{{noun}}" in sys.modules]
assert loaded == [], loaded
"""
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
