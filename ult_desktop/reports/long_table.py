"""Tables of any length, whose columns are as wide as their words."""

from collections.abc import Callable, Iterable, Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, PageBreak, Paragraph, Table, TableStyle
from typing_extensions import override

from ult_desktop.reports.pages import BOLD

Cells = list[Paragraph]
# WORKAROUND reportlab copies all that is left of a table at every page, so that a long one takes time by
# the square of its rows: https://sourceforge.net/p/reportlab/feature-requests/13/. It can go when a split
# costs the same on every page.
AT_ONCE = 100  # rows that are added to a table together
LAST = 2  # the fewest rows on the page of what is below the table
_MEASURED = 200  # about so many rows of a long table are measured
_LARGEST_SHARE = 0.4  # of the table's width, for one column


def least_widths(lines: Sequence[Sequence[str]], room: float, size: float, sides: float) -> list[float]:
    """Return the width of each column's longest word, with the room beside it; `lines` begin with the heads.

    `size` is that of the letters, in points. In a long table some hundred lines are measured.
    """
    return [
        min(room * _LARGEST_SHARE, _widest((word for cell in column for word in cell.split()), size) + sides)
        for column in _columns(lines)
    ]


def shared_widths(lines: Sequence[Sequence[str]], room: float, size: float, sides: float) -> list[float]:
    """Share `room` points out: enough for each column's longest word, then for its longest line.

    Heads may always stand in several lines.
    """
    least, most = least_widths(lines, room, size, sides), room * _LARGEST_SHARE
    longest = [
        min(most, _widest((line for cell in cells for line in cell.splitlines()), size) + sides)
        for _head, *cells in _columns(lines)
    ]
    wanted = [max(0.0, line - word) for line, word in zip(longest, least, strict=True)]
    rest = room - sum(least)
    if rest < 0:
        return [room * width / sum(least) for width in least]
    return [width + more for width, more in zip(least, _share_out(rest, wanted), strict=True)]


def _columns(lines: Sequence[Sequence[str]]) -> Iterable[tuple[str, ...]]:
    heads, *rows = lines
    return zip(heads, *rows[:: max(1, len(rows) // _MEASURED)], strict=True)


def _widest(words: Iterable[str], size: float) -> float:
    return max((stringWidth(word, BOLD, size) for word in words), default=0.0)


def _share_out(room: float, wanted: list[float]) -> list[float]:
    """Return what each column gets of the room, the smallest wish first; the rest is shared equally."""
    shares = dict[int, float]()  # by the column's index
    for index in sorted(range(len(wanted)), key=lambda index: wanted[index]):
        without_share = len(wanted) - len(shares)
        shares[index] = min(wanted[index], room / without_share)
        room -= shares[index]
    return [shares[index] + room / len(wanted) for index in range(len(wanted))]


def long_table(  # noqa: PLR0913  (how a table looks, and how it breaks)
    heads: Cells,
    rows: Sequence[Callable[[], Cells]],
    widths: Sequence[float],
    style: TableStyle,
    *,
    splits_rows: bool = False,
    align: str = "CENTER",
    below: float = 0.0,
) -> Flowable:
    """Return a table whose heads are on every page; a row is set when its page comes. `widths` in points.

    With `splits_rows` a row that is higher than a page runs on. `align` is the table's position between the
    margins. `below` is the height in points of what follows the table, which gets the last rows on its page.
    """

    def with_heads(cells: list[Cells], heights: list[float | None]) -> Table:
        return Table(
            [heads, *cells],
            colWidths=widths,
            rowHeights=[None, *heights],
            style=style,
            repeatRows=1,
            hAlign=align,
        )

    def lengthen(table: Table | None, until: int) -> Table:
        """Return the table with the next rows before `until`; it keeps the heights of those that it has."""
        before, heights = ([], []) if table is None else (table._cellvalues[1:], table._rowHeights[1:])  # noqa: SLF001
        added = [row() for row in rows[until - AT_ONCE : until]]
        return with_heads([*before, *added], [*heights, *[None] * len(added)])

    table = lengthen(None, AT_ONCE)
    if len(rows) <= AT_ONCE and not splits_rows:
        return table
    return _LongTable(table, lengthen, AT_ONCE, len(rows), splits_rows=splits_rows, below=below)


class _LongTable(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table that is never built as a whole: rows are added while a page has room for more.

    Args:
        table: the heads and the first rows that are on no page yet.
        lengthen: adds the rows before a number to a table.
        until: the rows before this number are set, on pages or in `table`.
        count: the number of all rows.
        splits_rows: a row that is higher than a page runs on.
        below: the height in points of what follows the table.
    """

    def __init__(
        self,
        table: Table,
        lengthen: Callable[[Table | None, int], Table],
        until: int,
        count: int,
        *,
        splits_rows: bool,
        below: float,
    ) -> None:
        super().__init__()
        self._below = below
        self._table, self._lengthen, self._until, self._count = table, lengthen, until, count
        self._splits_rows, self._was_moved = splits_rows, False

    def _with(self, table: Table, until: int) -> "_LongTable":
        return _LongTable(
            table, self._lengthen, until, self._count, splits_rows=self._splits_rows, below=self._below
        )

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        # Higher than any page, so that reportlab always asks for a part.
        return availWidth, availHeight + 1

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Split the table at the page's end.

        A first row without room moves to the next page as a whole. It is cut only if that page has no room
        for it either.
        """
        self._table.splitInRow = int(self._splits_rows and self._was_moved)
        parts: list[Table] = self._table.split(availWidth, availHeight)
        self._was_moved = not parts
        if len(parts) == 1 and self._until < self._count:  # the page has room for more rows
            until = self._until + AT_ONCE
            return self._with(self._lengthen(parts[0], until), until).split(availWidth, availHeight)
        # What is below the table has no room here: the last rows go with it to the next page.
        heights = parts[0]._rowHeights if len(parts) == 1 else ()  # noqa: SLF001
        if sum(heights) + self._below > availHeight and len(heights) > 1 + LAST:
            # A little more, because floats added up in another order may give another sum.
            first, rest = parts[0].split(availWidth, sum(heights[:-LAST]) + 0.01)
            return [first, PageBreak(), self._with(rest, self._until)]
        return [*parts[:1], *(self._with(rest, self._until) for rest in parts[1:])]
