"""The flow of a report over its pages: what keeps together, where a table breaks, parts side by side."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table
from typing_extensions import override

GAP, BETWEEN = 4 * mm, 8 * mm  # above a part; between two columns
MOST_KEPT = 105 * mm  # the most height that is kept together; what is higher may break anywhere
_LEAST_ROOM = 20 * mm  # the least room on a page in which a text begins
_STEP = 2 * mm  # by which columns grow until they hold all blocks
_ENDLESS = 0xFFFFFF  # points: a height that is never too small


class Block(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A part of a report: what is above its table stays on the page of the table's first rows.

    Only the last flowable may be broken. A table never breaks below a row whose first cell has
    `keepWithNext`.
    """

    def __init__(self, flowables: Sequence[Flowable]) -> None:
        super().__init__()
        *self.head, self.last = flowables
        self.spaceBefore = GAP

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self.above = sum(flowable.wrap(availWidth, _ENDLESS)[1] for flowable in self.head)
        height = self.above + self.last.wrap(availWidth, max(0, availHeight - self.above))[1]
        self.width, self.height = availWidth, height
        return availWidth, height

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self.wrap(availWidth, _ENDLESS)
        room = availHeight - self.above
        if isinstance(self.last, Table):
            room = self._room_of_rows(room)
        elif room < min(_LEAST_ROOM, self.last.wrap(availWidth, _ENDLESS)[1]):
            room = 0
        if room < 1:
            return []
        pieces = self.last.split(availWidth, room)
        if not pieces:
            return []
        first, *others = pieces
        return [Block([*self.head, first]), *(Block([piece]) for piece in others)]

    def _room_of_rows(self, room: float) -> float:
        """Return the height of the rows that may stay before the break; 0 when the table moves on."""
        table = self.last
        heads, *rows = table._rowHeights  # noqa: SLF001
        fitting = 0  # how many rows have room
        while fitting < len(rows) and heads + sum(rows[: fitting + 1]) <= room:
            fitting += 1
        staying = fitting  # how many of them may stay, for no break may be below a row with `keepWithNext`
        while staying and any(cell.getKeepWithNext() for cell in table._cellvalues[staying][0]):  # noqa: SLF001
            staying -= 1
        if not staying:
            kept_together = self.above + heads + sum(rows[: fitting + 1])
            return room if kept_together > MOST_KEPT else 0
        # A little more, because floats added up in another order may give another sum.
        return float(heads + sum(rows[:staying]) + 0.01)

    @override
    def draw(self) -> None:
        top = self.height
        for flowable in (*self.head, self.last):
            top -= flowable.wrap(self.width, _ENDLESS)[1]
            flowable.drawOn(self.canv, 0, top)


def _fill_column(
    blocks: Sequence[Block], width: float, room: float
) -> tuple[list[Block], list[Block], float]:
    """Return the blocks that have room in a column, the remaining ones, and the height that is used."""
    used, column = 0.0, list[Block]()
    for place, block in enumerate(blocks):
        above = block.getSpaceBefore() if column else 0
        height = block.wrap(width, _ENDLESS)[1]
        if used + above + height > room:
            parts = block.split(width, room - used - above)
            if not parts:
                return column, [*blocks[place:]], used
            used += above + parts[0].wrap(width, _ENDLESS)[1]
            return [*column, parts[0]], [*parts[1:], *blocks[place + 1 :]], used
        column.append(block)
        used += above + height
    return column, [], used


class Columns(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Narrow parts in some columns, which end at about the same height on the last page.

    The block `below` them is as wide as the page, and never alone on a page.
    """

    def __init__(self, blocks: Sequence[Block], count: int = 2, below: Block | None = None) -> None:
        super().__init__()
        self._blocks, self._count, self.below = blocks, count, below
        self._columns = list[list[Block]]()
        self.spaceBefore = GAP

    def _lay_out(self, width: float, room: float) -> Sequence[Block]:
        """Lay the blocks out in the height `room`; return those that have no room."""
        self.width, self._column_width = width, column_width(width, self._count)
        rest, self._columns, self.height = self._blocks, [], 0.0
        for _nth in range(self._count):
            column, rest, used = _fill_column(rest, self._column_width, room)
            self._columns.append(column)
            self.height = max(self.height, used)
        return rest

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        below = 0.0 if self.below is None else GAP + float(self.below.wrap(availWidth, _ENDLESS)[1])
        if self._lay_out(availWidth, availHeight - below):
            return availWidth, availHeight + 1  # higher than the room, so that reportlab asks for a part
        # All has room: the columns are made as low as they can be, so that they end at about the same height.
        room = self.height / self._count
        while self._lay_out(availWidth, min(room, availHeight - below)):
            room += _STEP
        self.height += below
        return availWidth, self.height

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        rest = self._lay_out(availWidth, availHeight)
        fitting = [block for column in self._columns for block in column]
        if not rest:  # only what is below has no room: the last part goes with it
            *fitting, last = fitting
            rest = [last]
        return [Columns(fitting, self._count), Columns(rest, self._count, self.below)] if fitting else []

    @override
    def draw(self) -> None:
        if self.below is not None:
            self.below.drawOn(self.canv, 0, 0)
        for place, column in enumerate(self._columns):
            top = self.height
            for nth, block in enumerate(column):
                top -= block.wrap(self._column_width, _ENDLESS)[1] + (block.getSpaceBefore() if nth else 0)
                block.drawOn(self.canv, place * (self._column_width + BETWEEN), top)


def column_width(width: float, count: int = 2) -> float:
    """Return the width of one of `count` columns."""
    return float(width - BETWEEN * (count - 1)) / count
