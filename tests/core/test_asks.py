"""Asks are data: each survives the journal unchanged, told apart by its name."""

from typing import Any

import msgspec
import pytest

from ult_desktop.core import asks
from ult_desktop.core.asks import Ask
from ult_desktop.core.boards import CounterState
from ult_desktop.core.ticket import Help, PaperState, PriorityGround
from ult_desktop.operations.base import REGISTER

VALUES: dict[str, Any] = {
    "priority": PriorityGround.ELDERLY, "help": (Help.CANE,), "state": CounterState.PAUSED,
    "paper": PaperState.FAILED, "roles": ("admin",), "at_kiosk": True, "wants_paper": True,
    "by_mouth": True, "back": True, "reason": "makan", "remark": "lanjut", "login": "siti", "name": "Siti",
    "password_hash": "x",
}  # fmt: skip


@pytest.mark.parametrize("kind", list(REGISTER), ids=lambda kind: kind.__name__)
def test_an_ask_survives_the_journal(kind: type[Ask]) -> None:
    made = kind(**{field: VALUES.get(field, 7) for field in kind.__struct_fields__})
    written = msgspec.json.encode(made)
    assert msgspec.json.decode(written, type=kind) == made
    assert msgspec.json.decode(written)["type"] == kind.__name__


def test_every_ask_is_carried_out_by_something() -> None:
    every = {kind for kind in vars(asks).values() if isinstance(kind, type) and issubclass(kind, Ask)}
    assert every - {Ask} == set(REGISTER)


def test_a_field_of_a_newer_program_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="colour"):
        msgspec.json.decode(b'{"type":"CallNext","counter":1,"colour":"red"}', type=asks.CallNext)
