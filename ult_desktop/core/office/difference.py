"""What differs between two offices, key by key, as the file spells them."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import OfficeTemplate

IDENTITIES = {
    "services": "prefix",
    "counters": "number",
    "categories": "key",
    "officers": "login",
    "closures": "date",
    "ramadan": "first",
}
TITLES = ("name", "reason", "last")
Document = OfficeTemplate | OfficeSettings


class Change(msgspec.Struct, frozen=True):
    """One key: `before` and `after` in words, "" where it is not there."""

    where: str
    before: str
    after: str

    @property
    def section(self) -> str:
        return self.where.split(".")[0].split("[")[0]


def differences(old: Document, new: Document) -> tuple[Change, ...]:
    """In the order of the file. Both are of one kind."""
    return tuple(
        change
        for name in old.__struct_fields__
        for change in _differ(name, getattr(old, name), getattr(new, name))
    )


def sections_of(changes: Sequence[Change]) -> tuple[str, ...]:
    """The parts that changed, each once."""
    return tuple(dict.fromkeys(change.section for change in changes))


def _differ(where: str, old: Any, new: Any) -> Iterator[Change]:  # noqa: ANN401  (any part of an office)
    if old == new:
        return
    if where in IDENTITIES:
        yield from _differ_in_list(where, old, new)
    elif isinstance(old, msgspec.Struct) and type(old) is type(new):
        for name in old.__struct_fields__:
            yield from _differ(f"{where}.{name}", getattr(old, name), getattr(new, name))
    else:
        yield Change(where, words_of(old), words_of(new))


def _differ_in_list(where: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    before, after = _by_identity(where, old), _by_identity(where, new)
    for key in before | after:
        place = f"{where}[{key}]"
        if key not in after:
            yield Change(place, title_of(before[key]), "")
        elif key not in before:
            yield Change(place, "", title_of(after[key]))
        else:
            yield from _differ(place, before[key], after[key])
    kept = [key for key in before if key in after]
    moved = [key for key in after if key in before]
    if kept != moved:
        yield Change(where, ", ".join(kept), ", ".join(moved))


def _by_identity(where: str, rows: Sequence[Any]) -> dict[str, Any]:
    """Rows by what people know them by; a second one of the same name stands beside it."""
    found: dict[str, Any] = {}
    for row in rows:
        key = str(getattr(row, IDENTITIES[where]))
        while key in found:
            key += "'"
        found[key] = row
    return found


def title_of(row: msgspec.Struct) -> str:
    """A whole row in a few words."""
    named = (getattr(row, name) for name in TITLES if hasattr(row, name))
    return next((text for value in named if (text := words_of(value))), "+")


def words_of(value: Any) -> str:  # noqa: ANN401  (any value of an office)
    """A value on one line."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(words_of(item) for item in value)
    if isinstance(value, msgspec.Struct):
        parts = (words_of(getattr(value, name)) for name in value.__struct_fields__)
        return " / ".join(part for part in parts if part)
    return str(value)
