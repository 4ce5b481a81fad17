"""The columns of a list: which field each holds, found by heads, earlier answers and values, and why."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core import cells
from ult_desktop.core.lists.table import RawRow, Table, normalise_header

NO_FIELD = "-"  # the answer that a column is not used
SAMPLES = 3  # values of a column that a person is shown
_SAMPLED_ROWS = 200  # the first rows, by which the shape of a column's values is judged
_SHORT_NAME = 2  # letters: a name as short as this is not looked for within a longer head
_MISSPELT = 0.85  # the likeness from which two words are one, misspelt


class Shape(StrEnum):
    """The shape of a field's values, by which its column is recognised where no head names it."""

    TEXT = "text"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "email"


class ListField(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a column can hold. `names` are its heads as they are compared, the surest first.

    `doubtful` are heads that name this field and another: they are asked about.
    """

    key: str
    words: str
    names: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    needed: bool = False
    shape: Shape = Shape.TEXT


class ColumnReason(WordEnum):
    """The reason why a column is taken to hold its field."""

    CHOSEN = "dipilih", "dipilih di sini"
    REMEMBERED = "diingat", "diingat dari daftar sebelumnya"
    SAME = "sama", "judulnya sama"
    LIKE = "mirip", "judulnya mirip"
    CONTAINS = "memuat", "judulnya memuat kata itu"
    DOUBTFUL = "ganda", "judulnya dipakai untuk beberapa isian"
    VALUES = "isinya", "hanya menurut isinya"
    UNKNOWN = "tidak_dikenal", "tidak dikenal, tidak dipakai"


class ListColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a list. The first has `number` 1; `field` is the field that it holds, "" for none.

    `proposed` is a field that it may hold: somebody must confirm it before anything is written. `why` is the
    reason for either.
    """

    number: int
    head: str
    field: str = ""
    proposed: str = ""
    why: ColumnReason = ColumnReason.UNKNOWN
    samples: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The letters that a spreadsheet has above the column: A, B … AA."""
        number, letters = self.number, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters

    @property
    def name(self) -> str:
        return self.head or _("kolom {letter}").format(letter=self.letter)


# A head with such a word is about something else: a birth date is no time of sending, a mother's name is not
# the sender's.
_MISLEADING_WORDS = frozenset(
    (
        *("lahir", "ibu", "ayah", "wali", "kandung", "consent", "persetujuan", "birth", "expiry"),
        *("kedaluwarsa", "darurat", "emergency", "pasangan", "suami", "istri", "anak", "saudara"),
    )
)
# Words that do not change what a head means: "Nama (sesuai KTP)", "No HP aktif", "Isi pesan Anda *".
_FILLERS = frozenset(
    (
        *("wajib", "opsional", "aktif", "sesuai", "ktp", "lengkap", "anda", "bila", "jika", "ada", "diisi"),
        *("dd", "mm", "yyyy", "wib", "wita", "wit", "required", "optional", "your", "kami", "untuk"),
    )
)
_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")  # "Penilaian [Sarana]": the grid of a form, and its row
# Reasons so weak that somebody has to confirm the field.
_UNSURE_REASONS = (ColumnReason.DOUBTFUL, ColumnReason.CONTAINS, ColumnReason.VALUES)


def head_keys(heads: Iterable[str]) -> tuple[str, ...]:
    """Return the keys by which heads are remembered; equal heads are numbered in their order.

    An empty head has the key "": nothing is remembered of its column.
    """
    counts = Counter[str]()
    keys = []
    for head in heads:
        normalised = normalise_header(head)
        counts[normalised] += 1
        number = counts[normalised]
        keys.append(normalised if number == 1 or not normalised else f"{normalised} #{number}")
    return tuple(keys)


class _Match(NamedTuple):
    """The key of the field that a column holds, or may hold, and why."""

    field: str
    why: ColumnReason


def head_score(heads: Sequence[str], fields: Sequence[ListField], remembered: Mapping[str, str]) -> int:
    """Return how likely these cells are heads: two for each that surely names a field, one for a guess."""
    matches = _match_heads(tuple(heads), fields, {}, remembered).values()
    return sum(1 if match.why in _UNSURE_REASONS else 2 for match in matches if match.field)


def find_columns(
    table: Table, fields: Sequence[ListField], chosen: Mapping[int, str], remembered: Mapping[str, str]
) -> tuple[ListColumn, ...]:
    """Find the field that each column holds.

    `chosen` are the fields that a person chose in this import, by the number of the column; `remembered` are
    those of earlier imports, by the key of the head (`head_keys`). In both `NO_FIELD` means that the column
    is not used.
    """
    matches = _match_heads(table.heads, fields, chosen, remembered)
    samples = [_sample_values(table.rows, index) for index in range(len(table.heads))]
    matched_fields = {match.field for match in matches.values()}
    for field in fields:
        if field.shape is Shape.TEXT or field.key in matched_fields:
            continue
        for index, head in enumerate(table.heads):
            is_free = index not in matches and not _is_misleading(head)
            if is_free and _have_shape(samples[index], field.shape):
                _assign(matches, field, index, ColumnReason.VALUES)
                break
    return tuple(
        _column(index, head, matches.get(index), samples[index]) for index, head in enumerate(table.heads)
    )


def _column(index: int, head: str, match: _Match | None, samples: tuple[str, ...]) -> ListColumn:
    field, why = match or _Match("", ColumnReason.UNKNOWN)
    must_confirm = why in _UNSURE_REASONS
    return ListColumn(
        number=index + 1,
        head=head,
        field="" if must_confirm or field == NO_FIELD else field,
        proposed=field if must_confirm else "",
        why=why,
        samples=samples[:SAMPLES],
    )


def _match_heads(
    heads: Sequence[str],
    fields: Sequence[ListField],
    chosen: Mapping[int, str],
    remembered: Mapping[str, str],
) -> dict[int, _Match]:
    """Return the matches by the index of the column, strongest reasons first; a field has one column."""
    known = {field.key for field in fields} | {NO_FIELD}
    matches = {
        number - 1: _Match(key, ColumnReason.CHOSEN)
        for number, key in chosen.items()
        if key in known and 1 <= number <= len(heads)
    }
    for index, key in enumerate(head_keys(heads)):
        field_key = remembered.get(key, "") if key else ""
        if field_key in known and index not in matches and not _has_column(field_key, matches):
            matches[index] = _Match(field_key, ColumnReason.REMEMBERED)
    normalised = [normalise_header(head) for head in heads]
    same: dict[str, int] = {}
    for index, head in enumerate(normalised):
        same.setdefault(head, index)  # of equal heads the first
    for why, columns in ((ColumnReason.SAME, same), (ColumnReason.LIKE, _similar_heads(heads))):
        for field in fields:
            for name in field.names:
                if name in columns:
                    _assign(matches, field, columns[name], why)
    _match_likely_heads(matches, normalised, fields)
    return matches


def _match_likely_heads(
    matches: dict[int, _Match], normalised: Sequence[str], fields: Sequence[ListField]
) -> None:
    """Match each field with the first free column whose head may name it."""
    for field in fields:
        for index, head in enumerate(normalised):
            if index not in matches and _may_name(head, field):
                why = ColumnReason.DOUBTFUL if head in field.doubtful else ColumnReason.CONTAINS
                _assign(matches, field, index, why)
                break


def _assign(matches: dict[int, _Match], field: ListField, index: int, why: ColumnReason) -> None:
    """Match the field with the column at `index`, unless one of the two is matched already."""
    if index not in matches and not _has_column(field.key, matches):
        matches[index] = _Match(field.key, why)


def _has_column(key: str, matches: Mapping[int, _Match]) -> bool:
    """Return whether a column has the field already; NO_FIELD may have several."""
    return key != NO_FIELD and any(key == match.field for match in matches.values())


def _similar_heads(heads: Sequence[str]) -> dict[str, int]:
    """Return the index of the column by its head without fillers, and by the row of a grid."""
    columns: dict[str, int] = {}
    for index, head in enumerate(heads):
        in_brackets = _IN_BRACKETS.search(head)
        words = [word for word in normalise_header(head).split() if word not in _FILLERS]
        for name in (" ".join(words), normalise_header(in_brackets[1]) if in_brackets else ""):
            if name:
                columns.setdefault(name, index)
    return columns


def _is_misleading(head: str) -> bool:
    return not _MISLEADING_WORDS.isdisjoint(normalise_header(head).split())


def _may_name(head: str, field: ListField) -> bool:
    """Return whether a normalised head contains a name of the field, is one misspelt, or a doubtful one."""
    if not head or _is_misleading(head):
        return False
    if head in field.doubtful:
        return True
    for name in field.names:
        if len(name) > _SHORT_NAME and f" {name} " in f" {head} ":
            return True
        may_be_misspelt = len(name) > 2 * _SHORT_NAME and abs(len(head) - len(name)) <= 1
        if may_be_misspelt and SequenceMatcher(None, head, name).ratio() >= _MISSPELT:
            return True
    return False


def _sample_values(rows: Sequence[RawRow], index: int) -> tuple[str, ...]:
    """Return the different values of a column in the first rows."""
    filled = (row.cells[index] for row in rows[:_SAMPLED_ROWS] if index < len(row.cells))
    return tuple(dict.fromkeys(" ".join(cell.split()) for cell in filled if cell.strip()))


_CLEAN: dict[Shape, Callable[[str], object]] = {
    Shape.DATE: cells.parse_day,
    Shape.PHONE: cells.clean_phone,
    Shape.EMAIL: cells.clean_email,
}


def _have_shape(samples: Sequence[str], shape: Shape) -> bool:
    """Return whether there are values, and each can be read as this shape."""
    try:
        for text in samples:
            _CLEAN[shape](text)
    except cells.BadCell:
        return False
    return bool(samples)
