"""The sealing of personal text where it enters an office; where it leaves, it is masked or opened.

Everything between (journal, operations, rows, replay, backups) handles what it cannot read.
"""

import operator
from collections.abc import Callable, Mapping
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
INDEX = "phone_index"  # the field by which a returning visitor is found, beside their telephone number


def seal_command(command: AnyCommand, seal: Seal | None, keyring: Keyring | None) -> AnyCommand:
    """Return `command` as it is journalled and carried out: checked, cleaned, its personal text sealed.

    Raises:
        UserError: its text is refused, or it is to open personal data, and nobody with the keys is signed in.
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
    """Return `value` with its personal text closed; sealing again changes nothing.

    With a keyring a telephone number also gets its blind index. An office without keys keeps clear text.

    Raises:
        UserError: a mask was given back as if it were the text behind it.
    """

    def close(text: str, kind: personal.PersonalKind) -> str:
        # A form that showed a mask may send it back. If it were saved, the data would be lost.
        if personal.is_masked(text):
            raise refuse(
                _("Sebagian data pribadi masih tersamar, jadi tidak dapat disimpan."),
                _("Tampilkan datanya dulu, lalu ulangi."),
            )
        # Sealing gives another text each time, and a command that is repeated must be the same.
        if seal is None or seal.knows(text):
            return text
        if kind is personal.PersonalKind.GROUND:
            # All reasons are sealed at one length: otherwise the length would betray the reason.
            return seal.seal_personal(personal.pad_reason(text))
        return seal.seal_personal(free_text.normalise_line(text))

    def derive(clear: msgspec.Struct) -> Mapping[str, str]:
        if keyring is None or INDEX not in clear.__struct_fields__:
            return {}
        index = phone_index_of(getattr(clear, "phone", ""), keyring)
        return {INDEX: index} if index else {}

    closed: T = _transform(value, close, derive)
    return closed


def phone_index_of(number: str, keyring: Keyring | None) -> str:
    """Return the blind index of a telephone number in clear, however it is written.

    It is "" without a keyring.
    """
    key = "" if is_sealed(number) else personal.phone_key(number)
    return keyring.blind_index(key) if keyring is not None and key else ""


def mask_fields(value: T, keyring: Keyring | None) -> T:
    """Return `value` as everybody may see it: personal text masked, or "belum terbuka" without a key.

    A LINE that did not come sealed is shown as it is. A GROUND has no mask, because whoever receives the
    visitor needs it (`core/personal.py`).
    """

    def mask(text: str, kind: personal.PersonalKind) -> str:
        if kind is personal.PersonalKind.LINE and not is_sealed(text):
            return text
        clear = _opened(text, keyring)
        if clear is not None and kind is personal.PersonalKind.GROUND:
            return clear.strip()
        return personal.sealed_word() if clear is None else personal.mask_text(clear, kind)

    masked: T = _transform(value, mask)
    return masked


def unmask_fields(value: T, keyring: Keyring | None) -> T:
    """Return `value` in clear, for the answer of a command that is allowed to open it, and is logged."""

    def open_up(text: str, _kind: personal.PersonalKind) -> str:
        clear = _opened(text, keyring)
        return personal.sealed_word() if clear is None else clear.strip()

    clear: T = _transform(value, open_up)
    return clear


def _opened(text: str, keyring: Keyring | None) -> str | None:
    """Return the clear text, or None when no key here opens it."""
    if not is_sealed(text):
        return text
    try:
        return keyring.open(text) if keyring is not None else None
    except UnsealError:
        return None


def _transform(value: Any, transform: TextTransform, derive: Derive | None = None) -> Any:  # noqa: ANN401  (whatever a read gives)
    if isinstance(value, msgspec.Struct):
        return _transform_struct(value, transform, derive)
    if type(value) in (tuple, list):
        new = [_transform(each, transform, derive) for each in value]
        # A value in which nothing changed is returned itself: most answers hold nothing personal.
        return value if all(map(operator.is_, new, value)) else type(value)(new)
    if type(value) is dict:
        changed = {key: _transform(each, transform, derive) for key, each in value.items()}
        return value if all(map(operator.is_, changed.values(), value.values())) else changed
    return value


def _transform_struct(
    value: msgspec.Struct, transform: TextTransform, derive: Derive | None
) -> msgspec.Struct:
    plan = personal_fields(type(value))
    if not plan:
        return value
    changes: dict[str, Any] = {}
    for name, kind in plan:
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
    transformed = (transform(each, kind) for each in value)
    # The same reason may have been sealed twice, to different texts: opened, it is shown once.
    return tuple(dict.fromkeys(transformed) if kind is personal.PersonalKind.GROUND else transformed)


@cache
def personal_fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, personal.PersonalKind | None], ...]:
    """Return the fields of a struct with personal text, each with its mark.

    For a field whose value may hold such fields in its turn the mark is None. What the writer of an edit saw
    is dropped before it comes here.
    """
    hints = get_type_hints(kind, include_extras=True)
    names = [name for name in kind.__struct_fields__ if not (name == "seen" and issubclass(kind, Edit))]
    found = ((name, hints[name], _mark_of(hints[name])) for name in names)
    return tuple((name, mark) for name, hint, mark in found if mark is not None or _holds(hint, {kind}))


def _mark_of(hint: object) -> personal.PersonalKind | None:
    """Return the mark of a text, of one that may be None, or of a tuple of such."""
    if get_origin(hint) is Annotated:
        metas = (meta for meta in get_args(hint)[1:] if isinstance(meta, msgspec.Meta))
        return next(
            (meta.extra[personal.MARK] for meta in metas if meta.extra and personal.MARK in meta.extra), None
        )
    if get_origin(hint) in (Union, UnionType, tuple):
        return next(filter(None, map(_mark_of, get_args(hint))), None)
    return None


def _holds(hint: object, above: set[object]) -> bool:
    """Return whether a value of that type may hold personal text. `above` are the structs being looked at."""
    if hint is Any or hint is object:
        return True
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        # A struct may hold its own kind: it is not looked at again.
        if hint in above:
            return False
        inner = get_type_hints(hint, include_extras=True)
        return any(
            _mark_of(inner[name]) or _holds(inner[name], above | {hint}) for name in hint.__struct_fields__
        )
    return any(_mark_of(each) is not None or _holds(each, above) for each in get_args(hint))
