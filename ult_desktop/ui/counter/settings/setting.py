"""A setting as a person sees it, and the field that its type asks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec import inspect

from ult_desktop.base import _
from ult_desktop.core.office.template import Weekly, Words
from ult_desktop.ui.kit import Theme, forms
from ult_desktop.ui.kit.forms.choice_fields import Options

WHOLE = (Weekly, Words)  # records that are asked as one value, each in a field of its own
Kinds = Mapping[str, inspect.Type]
FieldMaker = Callable[[Theme, str, str], forms.Field]


@dataclass(frozen=True)
class Setting:
    """A key of a document, with the words for its field.

    Args:
        key: as the file spells it, "calling.digits".
        words: what it is called.
        help: a sentence below it.
        options: the values that may be chosen, with their words; the key's type says whether one or several.
        rows: lines in sight if the value is a list.
        make: makes the field of theme, key and words, if the type alone does not say which field.
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


Rows = tuple[Setting | tuple[Setting, ...], ...]
"""Settings below each other; those of an inner tuple are next to each other."""


def every_setting(rows: Rows) -> Iterator[Setting]:
    for each in rows:
        yield from [each] if isinstance(each, Setting) else each


def fields_of(theme: Theme, rows: Rows, kinds: Kinds) -> list[forms.Field | list[forms.Field]]:
    """Return the fields as a form takes them."""
    return [
        each.field(theme, kinds)
        if isinstance(each, Setting)
        else [setting.field(theme, kinds) for setting in each]
        for each in rows
    ]


def _field_of_kind(theme: Theme, setting: Setting, kind: inspect.Type) -> forms.Field:
    plain, described, optional = _plain(kind)
    name, words = setting.key, setting.words
    match plain:
        case inspect.BoolType():
            return forms.TickField(theme, name, words)
        case inspect.IntType(ge=least, le=most):
            return forms.NumberField(
                theme, name, words, required=not optional, least=least or 0, most=most or _MOST
            )
        case inspect.LiteralType(values=values):
            return forms.ChoiceField(theme, name, words, setting.options, required="" not in values)
        case inspect.StrType():
            return _text_field(theme, setting, plain, described)
        case inspect.VarTupleType():
            return _list_field(theme, setting, plain)
        case inspect.StructType(cls=cls) if cls is Weekly:
            return forms.HoursField(theme, name, words, empty=None if optional else Weekly())
    return forms.WordsField(theme, name, words, required=not optional)


def _text_field(theme: Theme, setting: Setting, kind: inspect.StrType, described: str) -> forms.Field:
    if setting.options:
        return forms.ChoiceField(theme, setting.key, setting.words, setting.options)
    pattern = kind.pattern or ""
    required = bool(kind.min_length) or re.search(pattern, "") is None
    # A wrong text is refused in the words with which a file is refused.
    sought = re.compile(pattern)
    return forms.LineField(
        theme,
        setting.key,
        setting.words,
        required=required,
        check=lambda text: "" if sought.search(text) else _("Bentuknya: {form}.").format(form=_(described)),
    )


def _list_field(theme: Theme, setting: Setting, kind: inspect.VarTupleType) -> forms.Field:
    if setting.options:
        return forms.TicksField(theme, setting.key, setting.words, setting.options)
    item = _plain(kind.item_type)[0]
    if isinstance(item, inspect.IntType):
        least, most = item.ge or 0, item.le or _MOST
        return forms.NumbersField(theme, setting.key, setting.words, least=least, most=most)
    many = forms.WordsListField if isinstance(kind.item_type, inspect.StructType) else forms.LinesField
    return many(theme, setting.key, setting.words, rows=setting.rows, most=kind.max_length)


_MOST = 999_999  # of a number whose type names no highest


def _plain(kind: inspect.Type) -> tuple[inspect.Type, str, bool]:
    """Return the bare type, its form in words, and whether the value may be empty."""
    described = ""
    if isinstance(kind, inspect.Metadata):
        described = str((kind.extra_json_schema or {}).get("description", ""))
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        inside = next(each for each in kind.types if not isinstance(each, inspect.NoneType))
        plain, described, _optional = _plain(inside)
        return plain, described, True
    return kind, described, False


def value_words(value: object, options: Iterable[tuple[object, str]] = ()) -> str:
    """Return a value on one line, in the words of the options if it is one of them."""
    for option, words in options:
        if option == value:
            return words
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return "" if value is None else str(value)
