"""Which column holds what: one choice for each field, filled in with what is remembered or guessed."""

from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.online.mapping import (
    REQUIRED,
    ColumnMapping,
    ColumnMappings,
    RequestField,
    Table,
    field_word,
)
from ult_desktop.ui.kit.forms.choice_field import ChoiceField
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.theme import Theme

_SAMPLE = 28  # letters of an example that a choice has room for
_NONE = "-"  # a choice needs a value to be shown as chosen


def mapping_form(theme: Theme, table: Table, mapping: ColumnMappings) -> Form:
    """The form; its values become a mapping by `chosen_columns`."""
    options = [(_NONE, _("(tidak ada)")), *_options(table)]
    fields = [
        ChoiceField(theme, field.value, field_word(field), options, required=field in REQUIRED)
        for field in RequestField
    ]
    pairs = [tuple(fields[place : place + 2]) for place in range(0, len(fields), 2)]
    form = Form(theme, pairs, _("Lihat pratinjau"), _("Kembali"), check=_problems)
    form.show_values(
        {field.value: _NONE for field in RequestField} | {each.field.value: each.header for each in mapping}
    )
    return form


def chosen_columns(values: dict[str, Any]) -> ColumnMappings:
    """What was chosen; a column that is none is left out."""
    chosen = {field: values.get(field.value) for field in RequestField}
    return tuple(
        ColumnMapping(str(header), field) for field, header in chosen.items() if header not in (None, _NONE)
    )


def _options(table: Table) -> list[tuple[str, str]]:
    """Each header with its first value that says something."""
    found = []
    for place, header in enumerate(table.headers):
        cells = (row.cells[place].strip() for row in table.rows if place < len(row.cells))
        sample = " ".join(next((cell for cell in cells if cell), "").split())
        if len(sample) > _SAMPLE:
            sample = f"{sample[:_SAMPLE]}…"
        if header:
            found.append((header, f"{header} ({sample})" if sample else header))
    return found


def _problems(values: dict[str, Any]) -> dict[str, str]:
    """A column fills one field, and what is needed has one."""
    headers = list(values.values())
    lacking = {field.value: _("Pilih kolomnya.") for field in REQUIRED if values[field.value] == _NONE}
    return lacking | {
        name: _("Kolom ini sudah dipakai untuk isian lain.")
        for name, header in values.items()
        if header != _NONE and headers.count(header) > 1
    }
