"""The sealing of personal text where it enters an office, and its masking or opening where it leaves.

Everything between (journal, operations, rows, replay, backups) handles text that it cannot read.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core import field_checks, free_text, personal
from ult_desktop.core.access.sealing import Keyring, Seal, UnsealError, is_sealed
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit
from ult_desktop.operations.operation import refuse

T = TypeVar("T")
AnyCommand = TypeVar("AnyCommand", bound=Command)
TextTransform = Callable[[str, personal.PersonalKind], str]
Derive = Callable[[msgspec.Struct], Mapping[str, str]]
"""Returns the fields of a struct in clear that are derived from its others."""
INDEX = "phone_index"  # the field with the blind index of the telephone number in the field `phone`


def seal_command(command: AnyCommand, seal: Seal | None, keyring: Keyring | None) -> AnyCommand:
    """Return `command` as it is journalled and carried out: checked, cleaned, its personal text sealed.

    Raises:
        UserError: the command's text is refused, or the command is to open personal data and nobody with the
            keys is signed in.
    """
    if command.opens and seal is not None and keyring is None:
        raise UserError(
            _("Data pribadi belum terbuka di komputer ini."),
            _("Datanya tetap tersimpan."),
            _("Masuk sebagai petugas yang sudah diberi kunci, atau minta petugas berkunci masuk sekali."),
        )
    field_checks.require_bounded(command)
    return seal_fields(field_checks.clean_fields(command.checked()), seal, keyring)


def mask_answer(command: Command[T], answer: T, keyring: Keyring | None) -> T:
    """Return the answer of `command`: in clear if the command opens personal data, else masked."""
    return unmask_fields(answer, keyring) if command.opens else mask_fields(answer, keyring)


def seal_fields(value: T, seal: Seal | None, keyring: Keyring | None) -> T:
    """Return `value` with its personal text sealed; sealing again changes nothing.

    With a keyring a telephone number also gets its blind index. An office without keys keeps clear text.

    Raises:
        UserError: a mask was given back as if it were the text behind it.
    """

    def seal_text(text: str, kind: personal.PersonalKind) -> str:
        # A form that showed a mask may send it back. If it were saved, the data would be lost.
        if personal.is_masked(text):
            raise refuse(
                _("Sebagian data pribadi masih tersamar, jadi tidak dapat disimpan."),
                _("Tampilkan datanya dulu, lalu ulangi."),
            )
        # Sealing gives another text each time, and a command that is repeated must be the same.
        if seal is None or seal.has_sealed(text):
            return text
        if kind is personal.PersonalKind.GROUND:
            # All reasons are sealed at one length: otherwise the length would betray the reason.
            return seal.seal_personal(personal.pad_reason(text))
        return seal.seal_personal(free_text.normalise_line(text))

    def derive_index(clear: msgspec.Struct) -> Mapping[str, str]:
        if keyring is None or INDEX not in clear.__struct_fields__:
            return {}
        index = phone_index_of(getattr(clear, "phone", ""), keyring)
        return {INDEX: index} if index else {}

    sealed: T = _transform(value, seal_text, derive_index)
    return sealed


def phone_index_of(number: str, keyring: Keyring | None) -> str:
    """Return the blind index of a telephone number in clear, in whatever form; "" without a keyring."""
    key = "" if is_sealed(number) else personal.phone_key(number)
    return keyring.blind_index(key) if keyring is not None and key else ""


def mask_fields(value: T, keyring: Keyring | None) -> T:
    """Return `value` as everybody may see it: personal text masked, or "belum terbuka" without a key.

    A LINE is text that the program composed, so it is personal only if it came sealed; otherwise it is shown
    as it is. A GROUND, the ground for priority, has no mask, because the officer who receives the visitor
    needs it.
    """

    def mask(text: str, kind: personal.PersonalKind) -> str:
        if kind is personal.PersonalKind.LINE and not is_sealed(text):
            return text
        clear = _open_text(text, keyring)
        if clear is not None and kind is personal.PersonalKind.GROUND:
            return clear.strip()
        return personal.sealed_word() if clear is None else personal.mask_text(clear, kind)

    masked: T = _transform(value, mask)
    return masked


def unmask_fields(value: T, keyring: Keyring | None) -> T:
    """Return `value` in clear. For the answer of a command that may open personal data, and is logged."""

    def unmask(text: str, _kind: personal.PersonalKind) -> str:
        clear = _open_text(text, keyring)
        return personal.sealed_word() if clear is None else clear.strip()

    in_clear: T = _transform(value, unmask)
    return in_clear


def _open_text(text: str, keyring: Keyring | None) -> str | None:
    """Return the clear text, or None when no key here opens it."""
    if not is_sealed(text):
        return text
    try:
        return keyring.open(text) if keyring is not None else None
    except UnsealError:
        return None


def _transform(value: Any, transform: TextTransform, derive: Derive | None = None) -> Any:  # noqa: ANN401  (whatever a read returns)
    """Return `value` with each personal text in it transformed; itself, if nothing in it changes."""
    if isinstance(value, msgspec.Struct):
        return _transform_struct(value, transform, derive)
    if type(value) in (tuple, list):
        new_items = [_transform(item, transform, derive) for item in value]
        # Most answers hold nothing personal: these need no copy.
        return value if all(map(operator.is_, new_items, value)) else type(value)(new_items)
    if type(value) is dict:
        new_dict = {key: _transform(item, transform, derive) for key, item in value.items()}
        return value if all(map(operator.is_, new_dict.values(), value.values())) else new_dict
    return value


def _transform_struct(
    value: msgspec.Struct, transform: TextTransform, derive: Derive | None
) -> msgspec.Struct:
    fields = personal_fields(type(value))
    if not fields:
        return value
    changes: dict[str, Any] = {}
    for name, kind in fields:
        before = getattr(value, name)
        if not before:
            continue
        after = (
            _transform(before, transform, derive)
            if kind is None
            else _transform_text(before, kind, transform)
        )
        if after is not before:
            changes[name] = after
    if derive is not None:
        changes.update(derive(value))
    return msgspec.structs.replace(value, **changes) if changes else value


def _transform_text(
    value: str | tuple[str, ...], kind: personal.PersonalKind, transform: TextTransform
) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return transform(value, kind)
    transformed = tuple(transform(text, kind) for text in value)
    # The same reason may have been sealed twice, to different texts: opened, it is shown once.
    return tuple(dict.fromkeys(transformed)) if kind is personal.PersonalKind.GROUND else transformed


@cache
def personal_fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, personal.PersonalKind | None], ...]:
    """Return the fields of a struct that may hold personal text, each with its mark.

    The mark is None for a field that is no personal text itself, but whose value may hold some. The field
    `seen` of an edit is left out: it is dropped before the edit is sealed.
    """
    hints = get_type_hints(kind, include_extras=True)
    names = [name for name in kind.__struct_fields__ if not (name == "seen" and issubclass(kind, Edit))]
    fields = []
    for name in names:
        mark = _mark_of(hints[name])
        if mark is not None or _may_hold_personal(hints[name], frozenset()):
            fields.append((name, mark))
    return tuple(fields)


def _mark_of(hint: object) -> personal.PersonalKind | None:
    """Return the mark of a text's type hint, also if the text may be None, or stands in a tuple."""
    if get_origin(hint) is Annotated:
        metas = (meta for meta in get_args(hint)[1:] if isinstance(meta, msgspec.Meta))
        return next(
            (meta.extra[personal.MARK] for meta in metas if meta.extra and personal.MARK in meta.extra), None
        )
    if get_origin(hint) in (Union, UnionType, tuple):
        return next(filter(None, map(_mark_of, get_args(hint))), None)
    return None


def _may_hold_personal(hint: object, outer_kinds: frozenset[object]) -> bool:
    """Return whether a value of that type may hold personal text, in the fields of a struct.

    `outer_kinds` are the kinds under examination, which are not begun again: a struct may hold its own
    kind.

    Raises TypeError for marked text in a list or a dict, and for a dataclass or a NamedTuple that may hold
    personal text: nothing here would seal it.
    """
    if hint is Any or hint is object:
        return True
    is_struct = isinstance(hint, type) and issubclass(hint, msgspec.Struct)
    if is_struct or is_dataclass(hint) or hasattr(hint, "_fields"):
        if hint in outer_kinds:
            return False
        inner_hints = get_type_hints(hint, include_extras=True)
        holds_personal = any(
            _mark_of(inner_hints[name]) or _may_hold_personal(inner_hints[name], outer_kinds | {hint})
            for name in getattr(hint, "__struct_fields__", inner_hints)
        )
        if holds_personal and not is_struct:
            raise TypeError(hint)
        return holds_personal
    if any(_mark_of(part) is not None for part in get_args(hint)):
        raise TypeError(hint)
    return any(_may_hold_personal(part, outer_kinds) for part in get_args(hint))
