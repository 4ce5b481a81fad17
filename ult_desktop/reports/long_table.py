"""Tables of any length: reportlab alone copies all that is left of a table at every page."""

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable, Paragraph, Table, TableStyle
from typing_extensions import override

Cells = list[Paragraph]
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
    """Its heads stand on every page; a row is set when its page comes. `widths` in points.

    With `splits_rows` a row may run on to the next page; `align` is where it stands between the margins.
    """

    def begun(cells: list[Cells], heights: list[float | None]) -> Table:
        return Table(
            [heads, *cells],
            colWidths=widths,
            rowHeights=[None, *heights],
            style=style,
            repeatRows=1,
            splitInRow=int(splits_rows),
            hAlign=align,
        )

    def longer(table: Table | None, until: int) -> Table:
        """With rows until then; those of the table so far were measured already."""
        before, heights = ([], []) if table is None else (table._cellvalues[1:], table._rowHeights[1:])  # noqa: SLF001
        fresh = [row() for row in rows[until - AT_ONCE : until]]
        return begun([*before, *fresh], [*heights, *[None] * len(fresh)])

    table = longer(None, AT_ONCE)
    return table if len(rows) <= AT_ONCE else _LongTable(table, longer, AT_ONCE, len(rows))


class _LongTable(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Never stands as a whole: each page takes its part of the table, which grows when a page has more room.

    Its rows before `until` are set, of so many in all.
    """

    def __init__(
        self, table: Table, longer: Callable[[Table | None, int], Table], until: int, count: int
    ) -> None:
        super().__init__()
        self._table, self._longer, self._until, self._count = table, longer, until, count

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return availWidth, availHeight + 1

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        parts: list[Table] = self._table.split(availWidth, availHeight)
        if len(parts) == 1 and self._until < self._count:
            until = self._until + AT_ONCE
            grown = _LongTable(self._longer(parts[0], until), self._longer, until, self._count)
            return grown.split(availWidth, availHeight)
        return [*parts[:1], *(_LongTable(rest, self._longer, self._until, self._count) for rest in parts[1:])]
