"""The keys of a settings record, as its file spells them ("calling.digits"), and the value at each."""

from collections.abc import Collection, Mapping
from functools import reduce
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

Document = TypeVar("Document", bound=msgspec.Struct)


def keys_of(kind: type[msgspec.Struct], whole: Collection[type] = ()) -> dict[str, inspect.Type]:
    """Return every key of `kind` with its type, in the order of the record.

    A record in `whole` is one value.
    """
    fields = inspect.type_info(kind)
    if not isinstance(fields, inspect.StructType):
        raise TypeError(kind)
    types: dict[str, inspect.Type] = {}
    for field in fields.fields:
        if isinstance(field.type, inspect.StructType) and field.type.cls not in whole:
            inside = keys_of(field.type.cls, whole)
            types |= {f"{field.name}.{key}": inner for key, inner in inside.items()}
        else:
            types[field.name] = field.type
    return types


def value_at(document: msgspec.Struct, key: str) -> object:
    return reduce(getattr, key.split("."), document)


def with_value(document: Document, key: str, value: object) -> Document:
    """Return the record with another value at `key`."""
    name, _dot, rest = key.partition(".")
    inner = with_value(getattr(document, name), rest, value) if rest else value
    return msgspec.structs.replace(document, **{name: inner})


def with_values(document: Document, values: Mapping[str, Any]) -> Document:
    for key, value in values.items():
        document = with_value(document, key, value)
    return document
