"""The table in a sheet: the row of its heads, the rows that are records, and those that are not."""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from ult_desktop.base import WordEnum

HEADER_WITHIN = 15  # rows in which the head is looked for, below a title and who made the list
MAX_ROWS = 50_000  # of one list
LONGEST_HEADER = 300  # letters; a form's whole question can be a head
_LEAST_SCORE = 2  # of a row of heads: two that may name a field, or one that surely does
_TITLED = 3  # in a table of so many columns, a row with one filled cell is a title or a note
_TOTAL = re.compile(r"(?:sub ?|grand )?(?:total|jumlah|rata ?rata|rerata|nrr|ikm|nilai)(?: [^\W\d]+){0,4}")
_SUM_SIGNS = frozenset({"\u03a3", "\u2211"})
_NUMBER = re.compile(r"\(?(\d{1,3})\)?")
_AMOUNT = re.compile(r"[\d.,%\s()/*]+")


class RawRow(msgspec.Struct, frozen=True):
    """A row as it was read: its number in the list, first is 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class NotRecordReason(WordEnum):
    """The reason why a row is no record."""

    HEAD = "judul", "judul yang berulang"
    NUMBERS = "nomor", "nomor kolom"
    TOTAL = "jumlah", "jumlah atau rata-rata"
    NOTE = "catatan", "catatan atau judul bagian"


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is left out unless somebody says that it is a record."""

    row: int
    why: NotRecordReason
    words: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table: the number of its head's row, the heads, and the rows below them that are not empty."""

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

    `score` says how likely cells are heads; the best row is taken. `chosen` is the number of the row that a
    person named instead. Heads may stand in two rows, as "Pemohon" above "Nama" and "Telepon".
    """
    if not lines:
        return Table(head=0, heads=(), rows=())
    places = [place for place, line in enumerate(lines[:HEADER_WITHIN]) if chosen in (None, line.number)]
    places = places or [place for place, line in enumerate(lines) if line.number == chosen] or [0]
    heads, place, deep = max(
        (each for place in places for each in _heads_at(lines, place)), key=lambda each: score(each[0])
    )
    if score(heads) < _LEAST_SCORE and chosen is None:
        filled = (n for n in places if sum(map(bool, lines[n].cells)) >= _LEAST_SCORE)
        heads, place, deep = _heads_at(lines, next(filled, 0))[0]
    last = max((n for n, head in enumerate(heads, 1) if head), default=0)
    rows = tuple(line for line in lines[place + deep :] if any(map(str.strip, line.cells)))
    width = max(last, max((len(line.cells) for line in rows), default=0))
    return Table(
        head=lines[place].number, heads=(*heads[:last], *("" for _n in range(last, width))), rows=rows
    )


def _heads_at(lines: Sequence[RawRow], place: int) -> list[tuple[tuple[str, ...], int, int]]:
    """Return the heads of the row at an index, and those of it together with the row below.

    Each is a tuple of the heads, the index and the number of rows.
    """
    one = _plain(lines[place].cells)
    found = [(one, place, 1)]
    if place + 1 < len(lines) and len(one) >= _LEAST_SCORE:
        below = _plain(lines[place + 1].cells)
        wide = max(len(one), len(below))
        pairs = zip((*one, *("",) * (wide - len(one))), (*below, *("",) * (wide - len(below))), strict=True)
        found.append((tuple(under or over for over, under in pairs), place, 2))
    return found


def _plain(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split())[:LONGEST_HEADER] for cell in cells)


def left_out_rows(table: Table, needed: Collection[int]) -> tuple[LeftOut, ...]:
    """Return the rows that are no records. `needed` are the places of columns that a record must fill."""
    notes = _below(table)
    found = []
    for line in table.rows:
        why = _no_record(line, table, needed) or (NotRecordReason.NOTE if line.number in notes else None)
        if why is not None:
            words = " · ".join(cell for cell in _plain(line.cells) if cell)
            found.append(LeftOut(row=line.number, why=why, words=words[:LONGEST_HEADER]))
    return tuple(found)


def _no_record(line: RawRow, table: Table, needed: Collection[int]) -> NotRecordReason | None:
    first = next(place for place, cell in enumerate(line.cells) if cell.strip())
    words = " ".join(line.cells[first].split())
    # For speed, the first filled cell is looked at before the others: most rows are records.
    if words == table.heads[first] and _repeats(line, table):
        return NotRecordReason.HEAD
    if _NUMBER.fullmatch(words) and _are_numbers(_plain(line.cells[first:])):
        return NotRecordReason.NUMBERS
    is_total = words.strip(" :.") in _SUM_SIGNS or _TOTAL.fullmatch(normalise_header(words))
    if is_total and all(_AMOUNT.fullmatch(cell) for cell in line.cells[first + 1 :] if cell.strip()):
        return NotRecordReason.TOTAL
    # The reader has cut the empty cells at a row's end, so the first filled one may be the last.
    alone = len(line.cells) == first + 1 and sum(map(bool, table.heads)) >= _TITLED
    return NotRecordReason.NOTE if alone and (first not in needed or first == 0) else None


def _repeats(line: RawRow, table: Table) -> bool:
    cells = _plain(line.cells)
    return all(not cell or cell == head for cell, head in zip(cells, table.heads, strict=False))


def _are_numbers(cells: Sequence[str]) -> bool:
    """Return whether a row numbers the columns, as government tables do: (1) (2) (3)."""
    filled = [cell for cell in cells if cell]
    counted = [int(found[1]) for found in map(_NUMBER.fullmatch, filled) if found]
    return len(counted) == len(filled) >= _LEAST_SCORE and all(b == a + 1 for a, b in pairwise(counted))


def _below(table: Table) -> frozenset[int]:
    """Return the numbers of the rows below the table's last gap (of empty rows), if these rows are notes.

    They are if each has at most half as many filled cells as the median row above.
    """
    gaps = [place for place, (a, b) in enumerate(pairwise(table.rows), 1) if b.number > a.number + 1]
    if not gaps:
        return frozenset()
    typical = median(sum(map(bool, line.cells)) for line in table.rows[: gaps[-1]])
    below = table.rows[gaps[-1] :]
    is_note = typical >= _TITLED and all(sum(map(bool, line.cells)) * 2 <= typical for line in below)
    return frozenset(line.number for line in below) if is_note else frozenset()
