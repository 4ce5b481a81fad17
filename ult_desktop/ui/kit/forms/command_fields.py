"""The fields of a form, made from the type of the command that it writes and from the data dictionary."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar, get_type_hints

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core import cells
from ult_desktop.core.field_checks import INTEGER_BOUND, limits_of
from ult_desktop.core.fields import LINE, field_of, field_words
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField, KnownNameField, Options, RadioField, TickField
from ult_desktop.ui.kit.forms.date_fields import DateField, OfficeDays
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.text_fields import LineField, NumberField, TextField
from ult_desktop.ui.kit.theme import Theme

Record = TypeVar("Record", bound=msgspec.Struct)


class CommandFields(Generic[Record]):
    """The maker of a form's fields for a command, and of the command from the form's values.

    The data dictionary says a field's label, bound and check. A field is required where the command has no
    default for it. A page that wants other words passes them to `ask`.

    Args:
        theme: colours and sizes.
        kind: the type of the command, or of a record within it.
        days: the office's clock and holidays, for fields that hold a day.
    """

    def __init__(self, theme: Theme, kind: type[Record], days: OfficeDays) -> None:
        self._theme, self._kind, self._days = theme, kind, days
        self._types = get_type_hints(kind)
        self._fields = {field.name: field for field in msgspec.structs.fields(kind)}

    def ask(
        self,
        name: str,
        label: str = "",
        *,
        required: bool | None = None,
        hint: str = "",
        options: Options | None = None,
        rows: int = 0,
    ) -> Field:
        """Return the form's field for the command's field `name`.

        `options` are (value, words); `rows` is the height of a text in lines.
        """
        label = label or field_words(name, self._kind.__name__)
        required = self._fields[name].required if required is None else required
        entry, value_type = field_of(name), self._types[name]  # `entry`: that of the data dictionary
        if options is not None:
            return ChoiceField(self._theme, name, label, options, required=required)
        if isinstance(value_type, type) and issubclass(value_type, WordEnum):
            members = [(member, member.word) for member in value_type]
            return RadioField(self._theme, name, label, members, required=required)
        if value_type is bool:
            return TickField(self._theme, name, label)
        if value_type is int:
            least, most = limits_of(self._kind).get(name, (0, INTEGER_BOUND))
            number = NumberField(self._theme, name, label, required=required, least=least, most=most)
            number.show_value(self._fields[name].default if not required else None)
            return number
        if entry.clean is cells.clean_day:
            return DateField(self._theme, name, label, required=required, days=self._days)
        rows = rows or entry.rows or (1 if entry.most == LINE else 3)
        if rows > 1:
            return TextField(self._theme, name, label, required=required, hint=hint, rows=rows)
        check = partial(cells.refusal_words, entry.clean) if entry.clean else None
        return LineField(self._theme, name, label, required=required, hint=hint, most=entry.most, check=check)

    def ask_known(self, name: str, known: Iterable[str]) -> KnownNameField:
        """Return the field for a name that may be one of the `known` ones."""
        label = field_words(name, self._kind.__name__)
        return KnownNameField(self._theme, name, label, [(text, text) for text in known])

    def in_pairs(self, *fields: str | Field) -> list[Field | Sequence[Field]]:
        """Return these fields as a form takes them: two next to each other, but a tick by itself."""
        rows: list[list[Field]] = []
        for name_or_field in fields:
            field = self.ask(name_or_field) if isinstance(name_or_field, str) else name_or_field
            has_room = rows and len(rows[-1]) == 1 and not isinstance(field, TickField)
            if has_room and not isinstance(rows[-1][0], TickField):
                rows[-1].append(field)
            else:
                rows.append([field])
        return [row[0] if len(row) == 1 else row for row in rows]

    def make_record(self, values: dict[str, Any], **known: object) -> Record:
        """Return the record with a form's `values` and what the page knows; a day becomes ISO text."""
        answers = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in values.items()
            if value is not None
        }
        return self._kind(**{**answers, **known})
