"""Asks are data: each survives the journal unchanged, told apart by its name."""

import msgspec
import pytest

from tests.samples import every_ask, sample_ask
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.operations.register import every_operation


@pytest.mark.parametrize("kind", list(every_operation()), ids=lambda kind: kind.__name__)
def test_an_ask_survives_the_journal(kind: type[Command]) -> None:
    made = sample_ask(kind)
    written = msgspec.json.encode(made)
    assert msgspec.json.decode(written, type=kind) == made
    assert msgspec.json.decode(written)["type"] == kind.__name__


def test_every_ask_is_carried_out_by_something() -> None:
    assert every_ask() == sorted(every_operation(), key=lambda kind: kind.__name__)


def test_two_asks_never_share_a_name() -> None:
    names = [kind.__name__ for kind in every_ask()]
    assert len(set(names)) == len(names)


def test_a_field_of_a_newer_program_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="colour"):
        msgspec.json.decode(b'{"type":"CallNext","counter":1,"colour":"red"}', type=commands.CallNext)
