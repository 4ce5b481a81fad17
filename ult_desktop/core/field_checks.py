"""The checks of a command's fields by the data dictionary: length and size are bounded, text is cleaned.

Every command passes here before it is journalled (`operations.sealing`), so a new field is checked without
further code. A command from a journal is repeated as it is.
"""

from functools import cache
from typing import TypeVar

import msgspec
import msgspec.inspect

from ult_desktop.base import UserError, _
from ult_desktop.core import cells, personal
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.command import Command
from ult_desktop.core.fields import field_of, field_words

AnyCommand = TypeVar("AnyCommand", bound=Command)

INTEGER_BOUND = 2**63
"""The bound of a number in a row of the file (64 bits with a sign): it is at least -2**63 and below 2**63."""


def require_bounded(command: Command) -> None:
    """Check that no text of the command is too long, and no number out of its bounds.

    Raises:
        UserError: one is; it names the field and its bound.
    """
    _require_bounded_values(command, "")
    for name, (least, most) in limits_of(type(command)).items():
        if not least <= getattr(command, name) <= most:
            raise _refusal(
                _("Isian “{field}”: tulis angka dari {least} sampai {most}.").format(
                    field=field_words(name), least=least, most=most
                ),
                _("Periksa angka itu, lalu ulangi."),
            )


@cache
def limits_of(record: type[msgspec.Struct]) -> dict[str, tuple[int, int]]:
    """Return by name the least and the largest number of the fields whose type bounds them on both sides."""
    info = msgspec.inspect.type_info(record)
    assert isinstance(info, msgspec.inspect.StructType)  # noqa: S101  (so that mypy knows it)
    kinds = {field.name: field.type for field in info.fields}
    numbers = {name: kind for name, kind in kinds.items() if isinstance(kind, msgspec.inspect.IntType)}
    return {
        name: (kind.ge, kind.le)
        for name, kind in numbers.items()
        if kind.ge is not None and kind.le is not None
    }


def clean_fields(command: AnyCommand) -> AnyCommand:
    """Return `command` with its fields cleaned; what is sealed or masked is left to the person who opens it.

    Raises:
        UserError: a field is refused; it says which, what is wrong and the form that is expected.
    """
    changed = {}
    for name in command.__struct_fields__:
        clean, text = field_of(name).clean, getattr(command, name)
        if clean is None or not isinstance(text, str) or is_sealed(text) or personal.is_masked(text):
            continue
        try:
            changed[name] = clean(text)
        except cells.BadCell as bad:
            raise bad.refusal(field_words(name)) from bad
    return msgspec.structs.replace(command, **changed) if changed else command


def _require_bounded_values(value: object, name: str) -> None:
    """Check every text and number within `value`, the value of the field `name`. Raises UserError."""
    if isinstance(value, str | bytes):
        if len(value) > (most := field_of(name).most):
            raise _refusal(
                _("Isian “{field}” terlalu panjang: {n} huruf, paling banyak {most}.").format(
                    field=field_words(name), n=len(value), most=most
                ),
                _("Pendekkan isian itu, atau lampirkan sebagai dokumen."),
            )
    elif isinstance(value, int):
        if not -INTEGER_BOUND <= value < INTEGER_BOUND:
            raise _refusal(
                _("Angka pada isian “{field}” terlalu besar.").format(field=field_words(name)),
                _("Periksa nomor itu, lalu ulangi."),
            )
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            _require_bounded_values(getattr(value, field), field)
    elif isinstance(value, dict):
        _require_bounded_values((*value, *value.values()), name)
    elif isinstance(value, list | tuple | frozenset):
        for item in value:
            _require_bounded_values(item, name)


def _refusal(what: str, todo: str) -> UserError:
    return UserError(what, _("Tidak ada yang berubah; yang diketik tetap ada di formulir."), todo)
