"""A list as JSON: objects in an array, at the top or under any key."""

from collections.abc import Iterator
from typing import Any

import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.online.mapping import RawRow
from ult_desktop.operations.online.csv_lists import MAX_COLUMNS, decode

DEEPEST = 4  # objects within objects that become columns, as "pemohon.nama"


def read_json(data: bytes, name: str) -> tuple[RawRow, ...]:
    """The headers as row 0, then the objects, the first is 1.

    Raises:
        UserError: no JSON, or no list of objects in it.
    """
    try:
        document = msgspec.json.decode(decode(data, name).lstrip("\ufeff"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise _not_json(name, _("ini bukan JSON yang benar")) from error
    items = _objects(document)
    if items is None:
        raise _not_json(name, _("tidak ada daftar permohonan di dalamnya"))
    flat = [dict(_flat(item)) for item in items]
    headers = tuple(dict.fromkeys(key for item in flat for key in item))[:MAX_COLUMNS]
    rows = [
        RawRow(number, tuple(item.get(key, "") for key in headers)) for number, item in enumerate(flat, 1)
    ]
    return (RawRow(0, headers), *rows)


def _objects(document: Any) -> list[dict[str, Any]] | None:  # noqa: ANN401  (whatever JSON holds)
    """The first list of objects, at the top or one key below."""
    candidates = [document, *(document.values() if isinstance(document, dict) else ())]
    for each in candidates:
        if isinstance(each, list) and each and all(isinstance(item, dict) for item in each):
            return each
    return None


def _flat(item: dict[str, Any], above: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        path = f"{above}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _flat(value, f"{path}.", depth + 1)
        else:
            yield path, _text(value)


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return msgspec.json.encode(value).decode()


def _not_json(name: str, problem: str) -> UserError:
    return UserError(
        f"{name}: {problem}.",
        _("Tidak ada yang diimpor."),
        _("Bentuk yang diterima: daftar objek, misalnya [{“nama”: …, “isi”: …}]."),
    )
