"""An office written as TOML, the form of the office's file."""

import base64
import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

from ult_desktop.core.office import template as office_template

LINE_LETTERS = 100  # a list that does not fit on such a line has each item on its own
NO_REMARKS: Mapping[str, str] = {}


def toml_of(template: office_template.OfficeTemplate, remarks: Mapping[str, str] = NO_REMARKS) -> str:
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
