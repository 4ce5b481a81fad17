"""The form that says which column of a list holds what.

It shows each column with its first value that is not empty.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ult_desktop.base import _
from ult_desktop.core.online.mapping import Table
from ult_desktop.ui.kit import Theme, forms

_SAMPLE = 28  # letters of an example that a choice has room for
_NONE = "-"  # a choice needs a value to be shown as chosen


def column_fields(
    theme: Theme, table: Table, wanted: Mapping[str, str], needed: Collection[str]
) -> tuple[tuple[forms.Field, ...], ...]:
    """Make the fields, two next to each other.

    `wanted`: what a column can hold, by its key, and its words.
    """
    options = [(_NONE, _("(tidak ada)")), *_options(table)]
    fields = [
        forms.ChoiceField(theme, key, words, options, required=key in needed) for key, words in wanted.items()
    ]
    return tuple(tuple(fields[place : place + 2]) for place in range(0, len(fields), 2))


def column_values(wanted: Iterable[str], heads: Mapping[str, str]) -> dict[str, str]:
    """Return the form's first values: the head of the column by what it holds."""
    return {key: heads.get(key, _NONE) for key in wanted}


def chosen_heads(wanted: Iterable[str], values: Mapping[str, Any]) -> dict[str, str]:
    """Return what was chosen, as `column_values` takes it. A key without a column is left out."""
    return {key: str(values[key]) for key in wanted if values.get(key) not in (None, _NONE)}


def column_problems(needed: Iterable[str], values: Mapping[str, Any]) -> dict[str, str]:
    """Return the problems by key: a column that fills two fields, or a needed key without one."""
    heads = list(values.values())
    lacking = {key: _("Pilih kolomnya.") for key in needed if values[key] == _NONE}
    return lacking | {
        key: _("Kolom ini sudah dipakai untuk isian lain.")
        for key, head in values.items()
        if head != _NONE and heads.count(head) > 1
    }


def _options(table: Table) -> list[tuple[str, str]]:
    found = dict[str, str]()
    for place, head in enumerate(table.headers):
        cells = (row.cells[place].strip() for row in table.rows if place < len(row.cells))
        sample = " ".join(next((cell for cell in cells if cell), "").split())
        if len(sample) > _SAMPLE:
            sample = f"{sample[:_SAMPLE]}…"
        if head:
            found.setdefault(head, f"{head} ({sample})" if sample else head)
    return list(found.items())
