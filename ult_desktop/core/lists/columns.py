"""The columns of a list: which field each holds, found by heads, earlier answers and values, and why."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import partial

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core import cells
from ult_desktop.core.lists.table import RawRow, Table, normalise_header

NO_FIELD = "-"  # the answer that a column is not used
SAMPLES = 3  # values of a column that a person is shown
_LOOK_AT = 200  # rows by which the shape of a column's values is judged
_SHORTEST = 2  # letters: a name as short as this is not looked for within a longer head
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


# A head with such a word names no field: a birth date is no time of sending, a mother's name no sender.
_OTHERWISE = frozenset(
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
_ASKED = (ColumnReason.DOUBTFUL, ColumnReason.CONTAINS, ColumnReason.VALUES)


def head_keys(heads: Iterable[str]) -> tuple[str, ...]:
    """Return the keys by which heads are remembered; equal heads are numbered in their order."""
    times: dict[str, int] = {}
    keys = []
    for head in heads:
        plain = normalise_header(head)
        times[plain] = times.get(plain, 0) + 1
        keys.append(plain if times[plain] == 1 else f"{plain} #{times[plain]}")
    return tuple(keys)


def head_score(heads: Sequence[str], fields: Sequence[ListField], remembered: Mapping[str, str]) -> int:
    """Return how likely these cells are heads: two for each that surely names a field, one for a guess."""
    found = _by_heads(tuple(heads), fields, {}, remembered).values()
    return sum(1 if why in _ASKED else 2 for field, why in found if field)


def find_columns(
    table: Table, fields: Sequence[ListField], chosen: Mapping[int, str], remembered: Mapping[str, str]
) -> tuple[ListColumn, ...]:
    """Find the field that each column holds.

    `chosen` are the fields that a person chose in this import, by the number of the column; `remembered` are
    those of earlier imports, by the key of the head (`head_keys`). In both `NO_FIELD` means that the column
    is not used.
    """
    found = _by_heads(table.heads, fields, chosen, remembered)
    samples = [_samples(table.rows, place) for place in range(len(table.heads))]
    used = {field for field, _why in found.values()}
    for field in fields:
        if field.shape is not Shape.TEXT and field.key not in used:
            free = (place for place in range(len(table.heads)) if place not in found)
            fitting = (place for place in free if _fits(samples[place], field.shape))
            likely = (place for place in fitting if not _is_otherwise(table.heads[place]))
            _take(found, field, next(likely, None), ColumnReason.VALUES)
    return tuple(
        _column(place, head, found.get(place), samples[place]) for place, head in enumerate(table.heads)
    )


def _column(
    place: int, head: str, found: tuple[str, ColumnReason] | None, samples: tuple[str, ...]
) -> ListColumn:
    field, why = found or ("", ColumnReason.UNKNOWN)
    must_confirm = why in _ASKED
    return ListColumn(
        number=place + 1,
        head=head,
        field="" if must_confirm or field == NO_FIELD else field,
        proposed=field if must_confirm else "",
        why=why,
        samples=samples[:SAMPLES],
    )


def _by_heads(
    heads: Sequence[str],
    fields: Sequence[ListField],
    chosen: Mapping[int, str],
    remembered: Mapping[str, str],
) -> dict[int, tuple[str, ColumnReason]]:
    """Return field and reason by the index of the column, strongest reasons first; a field has one column."""
    known = {field.key for field in fields} | {NO_FIELD}
    found = {
        number - 1: (key, ColumnReason.CHOSEN)
        for number, key in chosen.items()
        if key in known and 1 <= number <= len(heads)
    }
    for place, key in enumerate(head_keys(heads)):
        field_key = remembered.get(key, "") if key else ""
        if field_key in known and place not in found and not _is_held(field_key, found):
            found[place] = (field_key, ColumnReason.REMEMBERED)
    for why, forms in ((ColumnReason.SAME, _same_forms(heads)), (ColumnReason.LIKE, _like_forms(heads))):
        for field in fields:
            free = (forms[name] for name in field.names if name in forms)
            _take(found, field, next((place for place in free if place not in found), None), why)
    plain = [normalise_header(head) for head in heads]
    for field in fields:
        likely = (place for place, head in enumerate(plain) if place not in found and _may_be(head, field))
        first = next(likely, None)
        doubtful = first is not None and plain[first] in field.doubtful
        _take(found, field, first, ColumnReason.DOUBTFUL if doubtful else ColumnReason.CONTAINS)
    return found


def _take(
    found: dict[int, tuple[str, ColumnReason]], field: ListField, place: int | None, why: ColumnReason
) -> None:
    """Give the field to the column at `place`, unless it is None or the field has a column already."""
    if place is not None and not _is_held(field.key, found):
        found[place] = (field.key, why)


def _is_held(key: str, found: Mapping[int, tuple[str, ColumnReason]]) -> bool:
    """Return whether a column has the field already; NO_FIELD may have several."""
    return key != NO_FIELD and any(key == field for field, _why in found.values())


def _same_forms(heads: Sequence[str]) -> dict[str, int]:
    """Return the index of the column by its head as heads are compared; of equal heads the first."""
    return {normalise_header(heads[place]): place for place in reversed(range(len(heads)))}


def _like_forms(heads: Sequence[str]) -> dict[str, int]:
    """Return the index of the column by its head without fillers, and by the row of a grid."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        within = _IN_BRACKETS.search(head)
        words = [word for word in normalise_header(head).split() if word not in _FILLERS]
        for form in (" ".join(words), normalise_header(within[1]) if within else ""):
            if form:
                found.setdefault(form, place)
    return found


def _is_otherwise(head: str) -> bool:
    return not _OTHERWISE.isdisjoint(normalise_header(head).split())


def _may_be(head: str, field: ListField) -> bool:
    """Return whether a head contains a name of the field, or is one of them misspelt, or a doubtful one."""
    if not head or not _OTHERWISE.isdisjoint(head.split()):
        return False
    if head in field.doubtful:
        return True
    return any(
        len(name) > _SHORTEST and (f" {name} " in f" {head} " or _is_misspelt(head, name))
        for name in field.names
    )


def _is_misspelt(head: str, name: str) -> bool:
    if abs(len(head) - len(name)) > 1 or len(name) <= _SHORTEST * 2:
        return False
    return SequenceMatcher(None, head, name).ratio() >= _MISSPELT


def _samples(rows: Sequence[RawRow], place: int) -> tuple[str, ...]:
    """Return the different values of a column in the first rows."""
    filled = (row.cells[place] for row in rows[:_LOOK_AT] if place < len(row.cells))
    return tuple(dict.fromkeys(" ".join(cell.split()) for cell in filled if cell.strip()))


_SHAPED: dict[Shape, Callable[[str], object]] = {
    Shape.DATE: cells.parse_day,
    Shape.PHONE: cells.clean_phone,
    Shape.EMAIL: cells.clean_email,
}


def _fits(samples: Sequence[str], shape: Shape) -> bool:
    return bool(samples) and not any(map(partial(_is_bad, _SHAPED[shape]), samples))


def _is_bad(clean: Callable[[str], object], text: str) -> bool:
    try:
        clean(text)
    except cells.BadCell:
        return True
    return False
