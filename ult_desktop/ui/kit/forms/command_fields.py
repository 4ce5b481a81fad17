"""The fields of a form, made from the type of the command that it writes and from the data dictionary."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar, get_type_hints

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core import cells
from ult_desktop.core.field_checks import LARGEST, limits_of
from ult_desktop.core.fields import LINE, field_of, field_words
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField, KnownNameField, Options, RadioField, TickField
from ult_desktop.ui.kit.forms.date_fields import DateField, OfficeDays
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.text_fields import LineField, NumberField, TextField
from ult_desktop.ui.kit.theme import Theme

Record = TypeVar("Record", bound=msgspec.Struct)


class CommandFields(Generic[Record]):
    """The maker of a form's fields for a command of type `kind`, and of the command from the form's values.

    A field's label, bound and check come from the data dictionary. A field is required where the command has
    no default for it. A page that asks in other words passes them to `ask`.

    Args:
        theme: colours and sizes.
        kind: the command, or a record within it.
        days: the office's clock and holidays, for fields that hold a day.
    """

    def __init__(self, theme: Theme, kind: type[Record], days: OfficeDays) -> None:
        self._theme, self._kind, self._days = theme, kind, days
        self._types = get_type_hints(kind)
        self._fields = {each.name: each for each in msgspec.structs.fields(kind)}

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
        known, holds = field_of(name), self._types[name]
        if options is not None:
            return ChoiceField(self._theme, name, label, options, required=required)
        if isinstance(holds, type) and issubclass(holds, WordEnum):
            worded = [(each, each.word) for each in holds]
            return RadioField(self._theme, name, label, worded, required=required)
        if holds is bool:
            return TickField(self._theme, name, label)
        if holds is int:
            least, most = limits_of(self._kind).get(name, (0, LARGEST))
            number = NumberField(self._theme, name, label, required=required, least=least, most=most)
            number.show_value(self._fields[name].default if not required else None)
            return number
        if known.clean is cells.clean_day:
            return DateField(self._theme, name, label, required=required, days=self._days)
        rows = rows or known.rows or (1 if known.most == LINE else 3)
        if rows > 1:
            return TextField(self._theme, name, label, required=required, hint=hint, rows=rows)
        check = partial(cells.trouble, known.clean) if known.clean else None
        return LineField(self._theme, name, label, required=required, hint=hint, most=known.most, check=check)

    def ask_known(self, name: str, known: Iterable[str]) -> KnownNameField:
        """Return the field for a name that may be one of these."""
        label = field_words(name, self._kind.__name__)
        return KnownNameField(self._theme, name, label, [(each, each) for each in known])

    def in_pairs(self, *fields: str | Field) -> list[Field | Sequence[Field]]:
        """Return these fields, two next to each other, and a tick by itself."""
        rows: list[list[Field]] = []
        for each in fields:
            field = self.ask(each) if isinstance(each, str) else each
            has_room = rows and len(rows[-1]) == 1 and not isinstance(field, TickField)
            if has_room and not isinstance(rows[-1][0], TickField):
                rows[-1].append(field)
            else:
                rows.append([field])
        return [row[0] if len(row) == 1 else row for row in rows]

    def made(self, values: dict[str, Any], **known: object) -> Record:
        """Return the record of a form's `values` and of what the page knows; a day becomes ISO text."""
        answers = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in values.items()
            if value is not None
        }
        return self._kind(**{**answers, **known})
