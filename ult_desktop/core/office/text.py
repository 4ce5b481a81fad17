"""The office's file as text: an office written as TOML, and the differences of two offices, key by key."""

import base64
import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

from ult_desktop.base.digests import sha256
from ult_desktop.core.office import template as office_template

LINE_LETTERS = 100  # a list that does not fit on such a line has each item on its own
NO_REMARKS: Mapping[str, str] = {}


def office_toml(template: office_template.OfficeTemplate, remarks: Mapping[str, str] = NO_REMARKS) -> str:
    """Return the office as TOML, from which the same `template` is read.

    `remarks` are comments, by the name of the part above which they are written ("": the top of the file).
    """
    parts = fields(template)
    plain = [part for part in parts if not _is_table(part) and not _is_list_of_tables(part)]
    tables = [part for part in parts if part not in plain]
    lines = _comment(remarks.get("", ""))
    for part in (*plain, *tables):  # in TOML a value after a table would belong to the table
        value, remark = getattr(template, part.name), _comment(remarks.get(part.name, ""))
        if part in plain:
            lines += ["", *remark, _toml_entry(part.name, value)]
        elif _is_table(part):
            lines += ["", *remark, f"[{part.name}]", *_toml_table(value)]
        elif remark or value:  # an empty list is left out, so that its first table can be added at the end
            lines += ["", *remark, *_toml_rows(part.name, value)]
    return "\n".join(lines) + "\n"


def _is_table(part: FieldInfo) -> bool:
    return isinstance(part.type, type) and issubclass(part.type, msgspec.Struct)


def _is_list_of_tables(part: FieldInfo) -> bool:
    plain = get_args(part.type)[0] if get_origin(part.type) is Annotated else part.type
    inside = get_args(plain)
    return bool(inside) and isinstance(inside[0], type) and issubclass(inside[0], msgspec.Struct)


def _toml_rows(name: str, rows: Sequence[msgspec.Struct]) -> list[str]:
    """Return the lines of the rows, with an empty line between two; default values are left out."""
    lines: list[str] = []
    for row in rows:
        entries = (_toml_entry(field.name, getattr(row, field.name)) for field in _non_default_fields(row))
        lines += ["", f"[[{name}]]", *entries]
    return lines[1:]


def _comment(words: str) -> list[str]:
    return [f"# {line}".rstrip() for line in words.splitlines()]


def _toml_table(part: msgspec.Struct) -> list[str]:
    """Return the lines of a table, with those of default values too, to show which keys there are.

    TOML has no word for None: such fields are left out.
    """
    return [
        _toml_entry(field.name, value)
        for field in fields(part)
        if (value := getattr(part, field.name)) is not None
    ]


def _non_default_fields(part: msgspec.Struct) -> list[FieldInfo]:
    """Return the fields that do not have their default."""
    return [field for field in fields(part) if getattr(part, field.name) != field.default]


def _toml_entry(name: str, value: object) -> str:
    line = f"{name} = {_toml_value(value)}"
    if isinstance(value, tuple) and len(line) > LINE_LETTERS:
        items = "".join(f"    {_toml_value(item)},\n" for item in value)
        return f"{name} = [\n{items}]"
    return line


def _toml_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bytes):
        return f'"{base64.b64encode(value).decode()}"'
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml_value(item) for item in value)}]"
    if isinstance(value, msgspec.Struct):
        inside = ", ".join(
            f"{field.name} = {_toml_value(getattr(value, field.name))}"
            for field in _non_default_fields(value)
        )
        return f"{{ {inside} }}"
    return str(value)


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
