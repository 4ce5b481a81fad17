"""Tables of any length: reportlab alone copies all that is left of a table at every page."""

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable, Paragraph, Table, TableStyle
from typing_extensions import override

Cells = list[Paragraph]
# WORKAROUND reportlab copies all that is left of a table at every page, so that a long one takes time by
# the square of its rows: https://sourceforge.net/p/reportlab/feature-requests/13/. It can go when a split
# costs the same on every page.
AT_ONCE = 100  # rows that are set together


def long_table(
    heads: Cells,
    rows: Sequence[Callable[[], Cells]],
    widths: Sequence[float],
    style: TableStyle,
    *,
    splits_rows: bool = False,
    align: str = "CENTER",
) -> Flowable:
    """Return a table whose heads are on every page; a row is set when its page comes. `widths` in points.

    With `splits_rows` a row that is higher than a page runs on; `align` is its position between the margins.
    """

    def begun(cells: list[Cells], heights: list[float | None]) -> Table:
        return Table(
            [heads, *cells],
            colWidths=widths,
            rowHeights=[None, *heights],
            style=style,
            repeatRows=1,
            hAlign=align,
        )

    def longer(table: Table | None, until: int) -> Table:
        """Return the table with rows until then; those of the table so far were measured already."""
        before, heights = ([], []) if table is None else (table._cellvalues[1:], table._rowHeights[1:])  # noqa: SLF001
        fresh = [row() for row in rows[until - AT_ONCE : until]]
        return begun([*before, *fresh], [*heights, *[None] * len(fresh)])

    table = longer(None, AT_ONCE)
    if len(rows) <= AT_ONCE and not splits_rows:
        return table
    return _LongTable(table, longer, AT_ONCE, len(rows), splits_rows=splits_rows)


class _LongTable(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table that is never built as a whole.

    Each page takes its part, which grows when a page has more room.

    Of `count` rows those before `until` are set.
    """

    def __init__(
        self,
        table: Table,
        longer: Callable[[Table | None, int], Table],
        until: int,
        count: int,
        *,
        splits_rows: bool,
    ) -> None:
        super().__init__()
        self._table, self._longer, self._until, self._count = table, longer, until, count
        self._splits_rows, self._was_moved = splits_rows, False

    def _with(self, table: Table, until: int) -> "_LongTable":
        return _LongTable(table, self._longer, until, self._count, splits_rows=self._splits_rows)

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
        if len(parts) == 1 and self._until < self._count:
            until = self._until + AT_ONCE
            return self._with(self._longer(parts[0], until), until).split(availWidth, availHeight)
        return [*parts[:1], *(self._with(rest, self._until) for rest in parts[1:])]
