"""No command carries a text without end, or a number that no row can hold."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from tests.samples import every_ask, sample_ask
from ult_desktop.base.errors import UserError
from ult_desktop.core.command import Command
from ult_desktop.core.field_checks import INTEGER_BOUND, require_bounded
from ult_desktop.core.fields import LINE, TEXT, field_of, field_words
from ult_desktop.core.queue.commands import Hold
from ult_desktop.core.visits.commands import SignGuestBook

EVERY = pytest.mark.parametrize("kind", every_ask(), ids=lambda kind: kind.__name__)


def with_leaves(value: Any, kind: type, new: object) -> Iterator[Any]:  # noqa: ANN401
    """`value` once for each of its leaves of that `kind`, with `new` in its place; keys are leaves too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ({**value, key: each} for each in with_leaves(inner, kind, new))
            if isinstance(key, kind):
                yield {**{k: v for k, v in value.items() if k != key}, new: inner}
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            for each in with_leaves(inner, kind, new):
                yield [*value[:place], each, *value[place + 1 :]]
    elif type(value) is kind:
        yield new


def overfilled(kind: type[Command], leaf: type, new: object) -> Iterator[Command]:
    """The commands that hold `new` somewhere; what their types forbid or pass over is bounded already."""
    for fields in with_leaves(msgspec.to_builtins(sample_ask(kind)), leaf, new):
        with suppress(msgspec.ValidationError):
            command = msgspec.convert(fields, kind)
            if str(new) in msgspec.json.encode(command).decode():
                yield command


@EVERY
def test_every_text_is_bounded(kind: type[Command]) -> None:
    require_bounded(sample_ask(kind))
    most = max([TEXT, *(field_of(name).most for name in kind.__struct_fields__)])
    for command in overfilled(kind, str, "x" * (most // 3 * 4 + 4)):
        with pytest.raises(UserError, match="terlalu panjang"):
            require_bounded(command)


@EVERY
def test_every_number_can_be_stored(kind: type[Command]) -> None:
    for number in (INTEGER_BOUND, -INTEGER_BOUND - 1):
        for command in overfilled(kind, int, number):
            with pytest.raises(UserError, match="terlalu besar"):
                require_bounded(command)


def test_the_words_name_the_field_and_its_bound() -> None:
    require_bounded(Hold(ticket_id=INTEGER_BOUND - 1, reason="a" * TEXT))
    with pytest.raises(UserError) as told:
        require_bounded(Hold(ticket_id=1, reason="a" * (TEXT + 1)))
    assert told.value.what == "Isian “Alasan” terlalu panjang: 20001 huruf, paling banyak 20000."
    assert "formulir" in told.value.safe
    with pytest.raises(UserError, match="Isian “Nama” terlalu panjang: 501 huruf, paling banyak 500"):
        require_bounded(msgspec.structs.replace(sample_ask(SignGuestBook), name="a" * (LINE + 1)))


def test_a_field_that_only_files_have_is_called_as_it_is_there() -> None:
    assert (field_words("running_text"), field_of("running_text").most) == ("running_text", TEXT)
