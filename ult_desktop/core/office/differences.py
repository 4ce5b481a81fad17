"""The differences of two offices, or of two parts of them, value by value."""

from collections.abc import Iterator, Sequence

import msgspec

from ult_desktop.base.digests import sha256

# The lists whose rows are compared one by one, and the field that identifies a row.
IDENTITIES = {
    "services": "prefix",
    "counters": "number",
    "categories": "key",
    "officers": "login",
    "closures": "date",
    "ramadan": "first",
    "pauses": "reason",
}
TITLES = ("name", "reason", "last")  # the fields that name a row for people, the best first
_PICTURE_DIGEST_LETTERS = 6  # enough to see that it is another picture


class Change(msgspec.Struct, frozen=True):
    """A change of one value. `where` is its path ("services[A].minutes"); "" is a value that is not there."""

    where: str
    before: str
    after: str

    @property
    def section(self) -> str:
        """The part of the file in which it is."""
        return self.where.split(".")[0].split("[")[0]


def differences(old: msgspec.Struct, new: msgspec.Struct) -> tuple[Change, ...]:
    """Return the changes from `old` to `new`, two records of one type, in the order of the file."""
    return tuple(
        change
        for name in old.__struct_fields__
        for change in _changes(name, getattr(old, name), getattr(new, name))
    )


def sections_of(changes: Sequence[Change]) -> tuple[str, ...]:
    """Return the parts that changed, each once."""
    return tuple(dict.fromkeys(change.section for change in changes))


def _changes(where: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if where in IDENTITIES and isinstance(old, tuple) and isinstance(new, tuple):
        yield from _row_changes(where, old, new)
    elif isinstance(old, msgspec.Struct) and type(old) is type(new):
        for name in old.__struct_fields__:
            yield from _changes(f"{where}.{name}", getattr(old, name), getattr(new, name))
    else:
        yield Change(where, on_one_line(old), on_one_line(new))


def _row_changes(
    where: str, old: tuple[msgspec.Struct, ...], new: tuple[msgspec.Struct, ...]
) -> Iterator[Change]:
    before, after = rows_by_identity(where, old), rows_by_identity(where, new)
    for key in before | after:
        row_path = f"{where}[{key}]"
        if key not in after:
            yield Change(row_path, title_of(before[key]), "")
        elif key not in before:
            yield Change(row_path, "", title_of(after[key]))
        else:
            yield from _changes(row_path, before[key], after[key])
    order_before = [key for key in before if key in after]
    order_after = [key for key in after if key in before]
    if order_before != order_after:
        yield Change(where, ", ".join(order_before), ", ".join(order_after))


def rows_by_identity(where: str, rows: tuple[msgspec.Struct, ...]) -> dict[str, msgspec.Struct]:
    """Return the rows by the field that identifies them; a second row of the same key gets another key."""
    by_key: dict[str, msgspec.Struct] = {}
    for row in rows:
        key = str(getattr(row, IDENTITIES[where]))
        while key in by_key:
            key += "'"
        by_key[key] = row
    return by_key


def title_of(row: msgspec.Struct) -> str:
    """Return the name of a row: the first of the fields TITLES that it has, or "+" without one."""
    titles = (on_one_line(getattr(row, name)) for name in TITLES if hasattr(row, name))
    return next(filter(None, titles), "+")


def on_one_line(value: object) -> str:
    """Return a value as one line of text, for people: parts of a record between " / ", items between "; "."""
    if value in (None, (), b""):
        return ""
    if isinstance(value, bytes):
        return f"PNG {sha256(value).hex()[:_PICTURE_DIGEST_LETTERS]}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(on_one_line(item) for item in value)
    if isinstance(value, msgspec.Struct):
        parts = (on_one_line(getattr(value, name)) for name in value.__struct_fields__)
        return " / ".join(part for part in parts if part)
    return str(value)
