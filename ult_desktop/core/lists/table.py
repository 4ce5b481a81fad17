"""The table in a sheet: the row of its heads, the rows that are records, and those that are not."""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise, zip_longest
from statistics import median
from typing import NamedTuple

import msgspec

from ult_desktop.base import WordEnum

HEADER_WITHIN = 15  # the first rows, in which the heads are looked for: a title can stand above them
MAX_ROWS = 50_000  # of one list
LONGEST_HEADER = 300  # letters: the whole question of a form can be a head
_LEAST_SCORE = 2  # of a row of heads: it has two that may name a field, or one that surely does
_LEAST_CELLS = 2  # filled ones, of a row of heads or of a row that numbers the columns
_NOTES_FROM = 3  # columns: in so wide a table a row with one filled cell is a title or a note
_TOTAL = re.compile(r"(?:sub ?|grand )?(?:total|jumlah|rata ?rata|rerata|nrr|ikm|nilai)(?: [^\W\d]+){0,4}")
_SUM_SIGNS = frozenset({"\u03a3", "\u2211"})
_NUMBER = re.compile(r"\(?(\d{1,3})\)?")
_AMOUNT = re.compile(r"[\d.,%\s()/*]+")


class RawRow(msgspec.Struct, frozen=True):
    """A row as it was read: its number in the list, first is 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class SkipReason(WordEnum):
    """The reason why a row is no record."""

    HEAD = "judul", "judul yang berulang"
    NUMBERS = "nomor", "nomor kolom"
    TOTAL = "jumlah", "jumlah atau rata-rata"
    NOTE = "catatan", "catatan atau judul bagian"


class LeftOutRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is not imported, unless a person says that it is a record."""

    row: int
    why: SkipReason
    words: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table: the number of the row with its heads, the heads, and the rows below that are not empty."""

    head: int
    heads: tuple[str, ...]
    rows: tuple[RawRow, ...]


def normalise_header(header: str) -> str:
    """Return a head in the form that is compared: small letters and digits, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", header[:LONGEST_HEADER].casefold()))


def find_table(
    lines: Sequence[RawRow], score: Callable[[Sequence[str]], int], chosen: int | None = None
) -> Table:
    """Find the table in a sheet.

    The heads are the row with the best `score`, which says how likely cells are heads, or the row with the
    number `chosen` by a person. They may be in two rows, as "Pemohon" above "Nama" and "Telepon".
    """
    if not lines:
        return Table(head=0, heads=(), rows=())
    if chosen is None:
        indexes = list(range(min(HEADER_WITHIN, len(lines))))
    else:
        indexes = [index for index, line in enumerate(lines) if line.number == chosen] or [0]
    candidates = (candidate for index in indexes for candidate in _heads_at(lines, index))
    best = max(candidates, key=lambda candidate: score(candidate.texts))
    if score(best.texts) < _LEAST_SCORE and chosen is None:
        # No row names a field: the first with two filled cells is taken, and a person says what they hold.
        filled = (index for index in indexes if sum(map(bool, lines[index].cells)) >= _LEAST_CELLS)
        best = _heads_at(lines, next(filled, 0))[0]
    last = max((number for number, head in enumerate(best.texts, 1) if head), default=0)
    rows = tuple(line for line in lines[best.end :] if any(map(str.strip, line.cells)))
    width = max(last, max((len(line.cells) for line in rows), default=0))
    heads = (*best.texts[:last], *[""] * (width - last))
    return Table(head=lines[best.first].number, heads=heads, rows=rows)


class _Heads(NamedTuple):
    """Cells that may be the heads, the index of their (first) row, and that of the row below them."""

    texts: tuple[str, ...]
    first: int
    end: int


def _heads_at(lines: Sequence[RawRow], index: int) -> list[_Heads]:
    """Return the heads of the row at an index, and those of it together with the row below."""
    upper = _collapse_spaces(lines[index].cells)
    heads = [_Heads(upper, index, index + 1)]
    if index + 1 < len(lines) and len(upper) >= _LEAST_CELLS:
        lower = _collapse_spaces(lines[index + 1].cells)
        pairs = zip_longest(upper, lower, fillvalue="")
        heads.append(_Heads(tuple(below or above for above, below in pairs), index, index + 2))
    return heads


def _collapse_spaces(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split())[:LONGEST_HEADER] for cell in cells)


def left_out_rows(table: Table, needed: Collection[int]) -> tuple[LeftOutRow, ...]:
    """Return the rows that are no records. `needed` are the indexes of columns that a record must fill."""
    notes = _notes_at_end(table)
    left_out = []
    for line in table.rows:
        why = _skip_reason(line, table, needed) or (SkipReason.NOTE if line.number in notes else None)
        if why is not None:
            words = " · ".join(cell for cell in _collapse_spaces(line.cells) if cell)
            left_out.append(LeftOutRow(row=line.number, why=why, words=words[:LONGEST_HEADER]))
    return tuple(left_out)


def _skip_reason(line: RawRow, table: Table, needed: Collection[int]) -> SkipReason | None:
    first = next(index for index, cell in enumerate(line.cells) if cell.strip())
    words = " ".join(line.cells[first].split())
    # For speed, the first filled cell is looked at before the others: most rows are records.
    if words == table.heads[first]:
        pairs = zip(_collapse_spaces(line.cells), table.heads, strict=False)
        if all(not cell or cell == head for cell, head in pairs):
            return SkipReason.HEAD
    if _NUMBER.fullmatch(words) and _are_column_numbers(_collapse_spaces(line.cells[first:])):
        return SkipReason.NUMBERS
    is_total = words.strip(" :.") in _SUM_SIGNS or _TOTAL.fullmatch(normalise_header(words))
    if is_total and all(_AMOUNT.fullmatch(cell) for cell in line.cells[first + 1 :] if cell.strip()):
        return SkipReason.TOTAL
    # The reader has cut the empty cells at a row's end, so the first filled one may be the last.
    is_only_cell = len(line.cells) == first + 1 and sum(map(bool, table.heads)) >= _NOTES_FROM
    # A title or note is in the first column, also where a record must fill that one.
    return SkipReason.NOTE if is_only_cell and (first not in needed or first == 0) else None


def _are_column_numbers(cells: Sequence[str]) -> bool:
    """Return whether a row numbers the columns, as government tables do: (1) (2) (3)."""
    filled = [cell for cell in cells if cell]
    numbers = [int(match[1]) for match in map(_NUMBER.fullmatch, filled) if match]
    follow_each_other = all(later == number + 1 for number, later in pairwise(numbers))
    return len(numbers) == len(filled) >= _LEAST_CELLS and follow_each_other


def _notes_at_end(table: Table) -> frozenset[int]:
    """Return the numbers of the rows below the table's last gap (of empty rows), if these rows are notes.

    They are notes if each has at most half as many filled cells as the median row above the gap.
    """
    gaps = [index for index, (a, b) in enumerate(pairwise(table.rows), 1) if b.number > a.number + 1]
    if not gaps:
        return frozenset()
    typical = median(sum(map(bool, line.cells)) for line in table.rows[: gaps[-1]])
    below = table.rows[gaps[-1] :]
    is_note = typical >= _NOTES_FROM and all(sum(map(bool, line.cells)) * 2 <= typical for line in below)
    return frozenset(line.number for line in below) if is_note else frozenset()
