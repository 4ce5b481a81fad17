"""A setting as a person sees it, and the field that its type asks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import inspect

from ult_desktop.base import _
from ult_desktop.core.office.template import Weekly, Words
from ult_desktop.ui.kit import Theme, forms
from ult_desktop.ui.kit.forms.choice_fields import Options

WHOLE_TYPES = (Weekly, Words)  # records that one field asks for as a whole
Kinds = Mapping[str, inspect.Type]
FieldMaker = Callable[[Theme, str, str], forms.Field]


@dataclass(frozen=True)
class Setting:
    """A key of a document, and how a form asks for it.

    Args:
        key: as the file spells it, "calling.digits".
        words: what it is called.
        help: a sentence below it.
        options: the values that may be chosen, with their words; the key's type says whether one or several.
        rows: lines in sight if the value is a list.
        make: makes the field (of theme, key and words), where the key's type alone does not decide which.
    """

    key: str
    words: str
    help: str = ""
    options: Options = ()
    rows: int = 4
    make: FieldMaker | None = None

    def field(self, theme: Theme, kinds: Kinds) -> forms.Field:
        field = (
            self.make(theme, self.key, self.words)
            if self.make is not None
            else _field_of_kind(theme, self, kinds[self.key])
        )
        if self.help:
            field.explain(self.help)
        return field


SettingRows = tuple[Setting | tuple[Setting, ...], ...]
"""Settings as a form lays them out: below each other, those of an inner tuple next to each other."""


def every_setting(rows: SettingRows) -> Iterator[Setting]:
    for row in rows:
        yield from [row] if isinstance(row, Setting) else row


def fields_of(theme: Theme, rows: SettingRows, kinds: Kinds) -> list[forms.Field | list[forms.Field]]:
    """Return the fields as a form takes them."""
    return [
        row.field(theme, kinds)
        if isinstance(row, Setting)
        else [setting.field(theme, kinds) for setting in row]
        for row in rows
    ]


def _field_of_kind(theme: Theme, setting: Setting, kind: inspect.Type) -> forms.Field:
    plain = _plain(kind)
    name, words, required = setting.key, setting.words, not plain.is_optional
    match plain.kind:
        case inspect.BoolType():
            return forms.TickField(theme, name, words)
        case inspect.IntType(ge=least, le=most):
            return forms.NumberField(
                theme, name, words, required=required, least=least or 0, most=most or _MOST
            )
        case inspect.LiteralType(values=values):
            return forms.ChoiceField(theme, name, words, setting.options, required="" not in values)
        case inspect.StrType() as text:
            return _text_field(theme, setting, text, plain.description)
        case inspect.VarTupleType() as items:
            return _list_field(theme, setting, items)
        case inspect.StructType(cls=cls) if cls is Weekly:
            return forms.HoursField(theme, name, words, empty=Weekly() if required else None)
    return forms.WordsField(theme, name, words, required=required)


def _text_field(theme: Theme, setting: Setting, kind: inspect.StrType, description: str) -> forms.Field:
    if setting.options:
        return forms.ChoiceField(theme, setting.key, setting.words, setting.options)
    pattern = kind.pattern or ""
    required = bool(kind.min_length) or re.search(pattern, "") is None
    # A wrong text is refused in the words with which a settings file is refused.
    return forms.LineField(
        theme,
        setting.key,
        setting.words,
        required=required,
        check=lambda text: (
            "" if re.search(pattern, text) else _("Bentuknya: {form}.").format(form=_(description))
        ),
    )


def _list_field(theme: Theme, setting: Setting, kind: inspect.VarTupleType) -> forms.Field:
    if setting.options:
        return forms.TicksField(theme, setting.key, setting.words, setting.options)
    item = _plain(kind.item_type).kind
    if isinstance(item, inspect.IntType):
        least, most = item.ge or 0, item.le or _MOST
        return forms.NumbersField(theme, setting.key, setting.words, least=least, most=most)
    field_type = forms.WordsListField if isinstance(kind.item_type, inspect.StructType) else forms.LinesField
    return field_type(theme, setting.key, setting.words, rows=setting.rows, most=kind.max_length)


_MOST = 999_999  # of a number whose type names no highest


class PlainType(NamedTuple):
    """A type without its metadata and its None: what form it has in words, and whether None is allowed."""

    kind: inspect.Type
    description: str
    is_optional: bool = False


def _plain(kind: inspect.Type) -> PlainType:
    description = ""
    if isinstance(kind, inspect.Metadata):
        description = str((kind.extra_json_schema or {}).get("description", ""))
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        member = next(member for member in kind.types if not isinstance(member, inspect.NoneType))
        return _plain(member)._replace(is_optional=True)
    return PlainType(kind, description)


def value_words(value: object, options: Iterable[tuple[object, str]] = ()) -> str:
    """Return a value on one line, in the words of the options if it is one of them."""
    for option, words in options:
        if option == value:
            return words
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return "" if value is None else str(value)
