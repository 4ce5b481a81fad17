"""An office written as the TOML that `init` reads."""

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

from ult_desktop.core.office.template import OfficeTemplate

LINE = 100  # longer lists are written one item a line
NO_REMARKS: Mapping[str, str] = {}


def office_text(template: OfficeTemplate, remarks: Mapping[str, str] = NO_REMARKS) -> str:
    """Reading the text gives `template` again. `remarks`: comments by part ("" is the file's head)."""
    parts = fields(template)
    plain = [part for part in parts if not _is_table(part) and not _is_list_of_tables(part)]
    lines = _remark(remarks.get("", ""))
    for part in (*plain, *(part for part in parts if part not in plain)):
        value, remark = getattr(template, part.name), _remark(remarks.get(part.name, ""))
        if part in plain:
            lines += ["", *remark, _entry(part.name, value)]
        elif _is_table(part):
            lines += ["", *remark, f"[{part.name}]", *_table(value)]
        elif remark or value:  # an empty list is left out: its first table may be written below then
            lines += ["", *remark, *_rows(part.name, value)]
    return "\n".join(lines) + "\n"


def _is_table(part: FieldInfo) -> bool:
    return isinstance(part.type, type) and issubclass(part.type, msgspec.Struct)


def _is_list_of_tables(part: FieldInfo) -> bool:
    plain = get_args(part.type)[0] if get_origin(part.type) is Annotated else part.type
    inside = get_args(plain)
    return bool(inside) and isinstance(inside[0], type) and issubclass(inside[0], msgspec.Struct)


def _rows(name: str, rows: Sequence[msgspec.Struct]) -> list[str]:
    found = [["", f"[[{name}]]", *_row(row)] for row in rows]
    return [line for row in found for line in row][1:]


def _remark(words: str) -> list[str]:
    return [f"# {line}".rstrip() for line in words.splitlines()]


def _table(part: msgspec.Struct) -> list[str]:
    """Everything that can be set, so that nobody has to look its name up."""
    return [
        _entry(field.name, value)
        for field in fields(part)
        if (value := getattr(part, field.name)) is not None
    ]


def _row(row: msgspec.Struct) -> list[str]:
    """One of many: what is as usual is left out."""
    return [_entry(field.name, getattr(row, field.name)) for field in _unusual(row)]


def _unusual(part: msgspec.Struct) -> list[FieldInfo]:
    return [field for field in fields(part) if getattr(part, field.name) != field.default]


def _entry(name: str, value: object) -> str:
    line = f"{name} = {_value(value)}"
    if isinstance(value, tuple) and len(line) > LINE:
        items = "".join(f"    {_value(item)},\n" for item in value)
        return f"{name} = [\n{items}]"
    return line


def _value(value: Any) -> str:  # noqa: ANN401  (whatever a template holds)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, msgspec.Struct):
        inside = ", ".join(
            f"{field.name} = {_value(getattr(value, field.name))}" for field in _unusual(value)
        )
        return f"{{ {inside} }}"
    return str(value)
