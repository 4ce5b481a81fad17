"""The layout of a procedure's flow on its pages: symbols in the actors' lanes and the arrows between them.

The symbols are those of PermenPANRB 35/2012: a capsule for a beginning or end, a box for an activity, a
diamond for a decision, a pentagon where the flow goes on on another page. No arrow runs through a symbol: it
goes down between two rows, and along the edge of a lane.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from string import ascii_uppercase
from typing import NamedTuple

from msgspec import Struct

from ult_desktop.base import _
from ult_desktop.core.procedures.procedure import Procedure, Step

Point = tuple[float, float]
# The places of page connectors: from a lane's middle, in parts of its width.
_CONNECTOR_OFFSETS = (0.0, -0.32, 0.32)
# Parts of the height of the strip in which page connectors are.
_CONNECTOR_HIGH, _CONNECTORS_APART = 0.6, 0.62  # a connector's height, the least distance of two
_MIDDLE, _TURN = (
    0.38,
    0.84,
)  # how far a connector's middle, and the turn of its arrow, are from the page's end
_TURN_ABOVE_SYMBOL = 0.4  # of the space above a symbol: how far down an arrow into it turns
_SMALLER_WIDE, _SMALLER_HIGH = 0.82, 0.8  # the size of the end of a decision, as parts of a symbol's


class FlowShape(StrEnum):
    """The form of a symbol."""

    CAPSULE = "capsule"
    BOX = "box"
    DIAMOND = "diamond"
    PENTAGON = "pentagon"


class FlowSizes(Struct, frozen=True, kw_only=True):
    """The lengths of a drawing, in its own unit.

    `lane` is the width of a lane, `wide` and `high` are those of a symbol, `air` is the space above and below
    it, `strip` the height of a row of page connectors, `gap` the distance of two arrows along one edge.
    """

    lane: float
    wide: float
    high: float
    air: float
    strip: float
    gap: float

    @property
    def least_row(self) -> float:
        """The least height of a row."""
        return self.high + 2 * self.air


class FlowSymbol(Struct, frozen=True, kw_only=True):
    """A symbol, by its middle and its size.

    `helps`: it is that of a further actor in a step, or the end to which a decision leads.
    """

    shape: FlowShape
    x: float
    y: float
    wide: float
    high: float
    text: str
    helps: bool = False


class PageFlow(Struct, frozen=True, kw_only=True):
    """The flow of a page: x from the left edge of the first lane, y down from the top of the rows.

    `above` and `below` are the heights of the strips for page connectors, 0 without one; the first row begins
    below `above`. `ties` join the symbols of one step.
    """

    above: float
    below: float
    symbols: tuple[FlowSymbol, ...]
    arrows: tuple[tuple[Point, ...], ...]
    ties: tuple[tuple[Point, Point], ...]


class _Row(Struct, frozen=True):
    """A step's row; `page` and `lane` are indexes, `x` and `y` are the middle of the step's symbol."""

    step: Step
    page: int
    lane: int
    top: float
    height: float
    x: float

    @property
    def y(self) -> float:
        return self.top + self.height / 2


class _Link(Struct, frozen=True):
    """An arrow from a step to another one.

    `follows`: the other step's row is the next one. `letter` names the page connector, "" within a page.
    """

    source: _Row
    target: _Row
    follows: bool
    letter: str


def page_flows(
    procedure: Procedure, pages: Sequence[Sequence[float]], sizes: FlowSizes
) -> tuple[PageFlow, ...]:
    """Return the flow of each page; `pages` are the heights of its rows, together one for each step.

    The procedure must be free of faults.
    """
    rows = _rows(procedure, pages, sizes)
    links = tuple(_links(rows))
    return tuple(
        _Page(number, procedure, [row for row in rows if row.page == number], links, sizes).draw(sum(heights))
        for number, heights in enumerate(pages)
    )


def divide_into_pages(heights: Sequence[float], room: float, last: float) -> list[list[float]]:
    """Divide the rows over the fewest pages, none much fuller than the others; return the heights by page.

    Args:
        heights: the rows' heights.
        room: the height that a page has for its rows and strips.
        last: the height that is needed below the last row, on the same page.
    """
    fewest = len(_fill_pages(heights, room, last))
    # The smallest room that needs no more pages, by bisection; 20 halvings are finer than a pixel.
    low, high = 0.0, room
    for _nth in range(20):
        middle = (low + high) / 2
        if len(_fill_pages(heights, middle, last)) <= fewest:
            high = middle
        else:
            low = middle
    return _fill_pages(heights, high, last)


def _fill_pages(heights: Sequence[float], room: float, last: float) -> list[list[float]]:
    """Return the heights of the rows by page, each page filled up to `room` before the next begins."""
    pages: list[list[float]] = [[]]
    for nth, height in enumerate(heights):
        more = last if nth == len(heights) - 1 else 0
        if pages[-1] and sum(pages[-1]) + height + more > room:
            pages.append([])
        pages[-1].append(height)
    return pages


def _rows(procedure: Procedure, pages: Sequence[Sequence[float]], sizes: FlowSizes) -> tuple[_Row, ...]:
    lanes = [actor.id for actor in procedure.actors]
    page_of_row = (number for number, heights in enumerate(pages) for _height in heights)
    page = dict(zip((step.step for step in procedure.steps), page_of_row, strict=True))
    entered_pages = set[int]()  # from another page: they begin with a strip of connectors
    for step in procedure.steps:
        targets = {page[number] for number in step.targets if number is not None}
        entered_pages |= targets - {page[step.step]}
    steps, rows = iter(procedure.steps), list[_Row]()
    for number, heights in enumerate(pages):
        top = sizes.strip if number in entered_pages else 0.0
        for height in heights:
            step = next(steps)
            lane = lanes.index(step.actors[0].id)
            rows.append(_Row(step, number, lane, top, height, (lane + 0.5) * sizes.lane))
            top += height
    return tuple(rows)


def _links(rows: Sequence[_Row]) -> Iterator[_Link]:
    by_number = {row.step.step: row for row in rows}
    letters = dict[int, str]()
    for row, below in zip(rows, (*rows[1:], None), strict=True):
        for number in row.step.targets:
            if number is None:
                continue
            target = by_number[number]
            letter = ""
            if target.page != row.page:
                letter = letters.setdefault(number, ascii_uppercase[len(letters) % len(ascii_uppercase)])
            yield _Link(row, target, target is below, letter)


class _Track(NamedTuple):
    """A vertical part of an arrow along the edge of a lane; `target` is the step to which the arrow leads."""

    top: float
    bottom: float
    target: int


class _Page:
    """The drawing of one page.

    Sides of symbols, tracks along the edges of lanes, and places for connectors are taken in the order of
    `draw`: whoever comes later gets what is still free.
    """

    def __init__(
        self,
        number: int,
        procedure: Procedure,
        rows: Sequence[_Row],
        links: Sequence[_Link],
        sizes: FlowSizes,
    ) -> None:
        self._rows, self._sizes = rows, sizes
        self._lanes = {actor.id: place for place, actor in enumerate(procedure.actors)}
        self._ends = (procedure.steps[0].step, procedure.steps[-1].step)
        self._leaving = [link for link in links if link.source.page == number and link.letter]
        self._coming = [link for link in links if link.target.page == number and link.letter]
        self._within = [link for link in links if link.source.page == number and not link.letter]
        self._symbols, self._arrows = list[FlowSymbol](), list[tuple[Point, ...]]()
        self._tracks = dict[float, list[_Track]]()  # by their x
        self._free_sides = dict[int, set[int]]()  # by step: the sides (-1, 1) that no arrow or helper takes

    def draw(self, rows_height: float) -> PageFlow:
        """Draw the page; its rows are `rows_height` high together."""
        above = self._sizes.strip if self._coming else 0.0
        ties = tuple(tie for row in self._rows for tie in self._place_symbols(row))
        for link in (link for link in self._within if link.follows):
            self._arrows.append((self._under(link.source), *self._into(link.target, link.source.x)))
        for link in (link for link in self._within if not link.follows):
            # Out at a side, and along the edge of a lane.
            source, target = link.source, link.target
            side = self._take_side(source, target)
            x = self._take_track(_edge(source, side), source.y, target.top, target.step.step, side)
            self._arrows.append((self._beside(source, side), (x, source.y), *self._into(target, x)))
        self._draw_entries()
        self._draw_exits(above + rows_height)
        for row in self._rows:
            if row.step.branches and None in row.step.targets:
                self._draw_end(row)
        return PageFlow(
            above=above,
            below=self._sizes.strip if self._leaving else 0.0,
            symbols=tuple(self._symbols),
            arrows=tuple(self._arrows),
            ties=ties,
        )

    def _place_symbols(self, row: _Row) -> Iterator[tuple[Point, Point]]:
        """Place the symbols of a row; yield the lines that tie a helper's to the main one."""
        shape = FlowShape.CAPSULE if row.step.step in self._ends else FlowShape.BOX
        main = FlowShape.DIAMOND if row.step.branches else shape
        self._symbols.append(self._symbol(main, row.x, row.y, str(row.step.step)))
        helpers = [self._lanes[actor.id] for actor in row.step.actors[1:]]
        self._free_sides[row.step.step] = {-1, 1} - {1 if lane > row.lane else -1 for lane in helpers}
        for lane in helpers:
            x = (lane + 0.5) * self._sizes.lane
            self._symbols.append(self._symbol(FlowShape.BOX, x, row.y, str(row.step.step), helps=True))
            yield (row.x, row.y), (x, row.y)

    def _symbol(self, shape: FlowShape, x: float, y: float, text: str, *, helps: bool = False) -> FlowSymbol:
        wide, high = self._sizes.wide, self._sizes.high
        return FlowSymbol(shape=shape, x=x, y=y, wide=wide, high=high, text=text, helps=helps)

    def _under(self, row: _Row) -> Point:
        """Return the middle of the lower edge of a row's symbol."""
        return row.x, row.y + self._sizes.high / 2

    def _into(self, row: _Row, x: float) -> tuple[Point, ...]:
        """Return the end of an arrow into a row, which comes down or up at `x`."""
        turn_y = row.top + self._sizes.air * _TURN_ABOVE_SYMBOL
        into = (row.x, row.y - self._sizes.high / 2)
        return (into,) if x == row.x else ((x, turn_y), (row.x, turn_y), into)

    def _take_side(self, row: _Row, target: _Row) -> int:
        """Take the side (-1 left, 1 right) on which an arrow leaves a row's symbol; return it."""
        free_sides = self._free_sides[row.step.step]
        is_last_lane = row.lane + 1 == len(self._lanes)
        wanted = 1 if target.lane > row.lane or (target.lane == row.lane and not is_last_lane) else -1
        side = wanted if wanted in free_sides or not free_sides else -wanted
        free_sides.discard(side)
        return side

    def _beside(self, row: _Row, side: int) -> Point:
        """Return the middle of the left (-1) or right (1) edge of a row's symbol."""
        return row.x + side * self._sizes.wide / 2, row.y

    def _take_track(self, edge: int, begin: float, end: float, target: int, side: int) -> float:
        """Take a track for an arrow along an edge between lanes from y `begin` to y `end`; return its x.

        Arrows to the same step `target` may share their x, others run `gap` apart. `side` is the one on which
        the arrow leaves its symbol.
        """
        track = _Track(min(begin, end), max(begin, end), target)
        edge_x, gap = edge * self._sizes.lane, self._sizes.gap
        room = (self._sizes.lane - self._sizes.wide) / 2 - gap / 2  # from the edge to the symbols
        places: list[float] = []
        for nth in range(1, max(1, int(room // gap)) + 1):
            # First on this side of the edge, then beyond it.
            places += [edge_x - side * nth * gap, edge_x + side * nth * gap]
        inside = [x for x in places if 0.0 < x < len(self._lanes) * self._sizes.lane]
        for x in inside:
            others = [other for other in self._tracks.setdefault(x, []) if other.target != target]
            if all(other.bottom < track.top or other.top > track.bottom for other in others):
                self._tracks[x].append(track)
                return x
        return inside[-1]  # no place is free: the arrow runs over another

    def _draw_entries(self) -> None:
        """Draw the connectors at the top of the page, and the arrows from them."""
        sizes, taken = self._sizes, set[float]()
        for letter in dict.fromkeys(link.letter for link in self._coming):
            target = next(link.target for link in self._coming if link.letter == letter)
            x = self._take_connector_x(target.x, taken)
            y = sizes.strip * _MIDDLE
            self._symbols.append(self._connector(x, y, letter))
            start = (x, y + sizes.strip * _CONNECTOR_HIGH / 2)
            if target is self._rows[0]:
                self._arrows.append((start, *self._into(target, x)))
                continue
            side = 1 if target.lane + 1 < len(self._lanes) else -1
            turn_y = sizes.strip * _TURN
            track_x = self._take_track(_edge(target, side), turn_y, target.top, target.step.step, side)
            self._arrows.append((start, (x, turn_y), (track_x, turn_y), *self._into(target, track_x)))

    def _draw_exits(self, bottom: float) -> None:
        """Draw the arrows to other pages, and the connectors at the bottom of this one."""
        sizes, taken, x_of_letter = self._sizes, set[float](), dict[str, float]()
        y, turn_y = bottom + sizes.strip * (1 - _MIDDLE), bottom + sizes.strip * (1 - _TURN)
        # The arrow from the last row comes first, for it can go straight down.
        for link in sorted(self._leaving, key=lambda link: not link.follows):
            way: tuple[Point, ...] = (self._under(link.source),)
            if not link.follows:
                side = self._take_side(link.source, link.target)
                edge = _edge(link.source, side)
                track_x = self._take_track(edge, link.source.y, bottom, link.target.step.step, side)
                way = (self._beside(link.source, side), (track_x, link.source.y), (track_x, turn_y))
            x = x_of_letter.get(link.letter)
            if x is None:
                x = x_of_letter[link.letter] = self._take_connector_x(way[-1][0], taken)
                self._symbols.append(self._connector(x, y, link.letter))
            turn = () if link.follows and x == link.source.x else ((x, turn_y),)
            self._arrows.append((*way, *turn, (x, y - sizes.strip * _CONNECTOR_HIGH / 2)))

    def _take_connector_x(self, wanted: float, taken: set[float]) -> float:
        """Take the free place for a page connector that is next to the wanted x; return its x."""
        lanes = range(len(self._lanes))
        every = [(lane + 0.5 + offset) * self._sizes.lane for lane in lanes for offset in _CONNECTOR_OFFSETS]
        free = [
            x
            for x in every
            if all(abs(x - other) >= self._sizes.strip * _CONNECTORS_APART for other in taken)
        ]
        x = min(free or every, key=lambda x: abs(x - wanted))
        taken.add(x)
        return x

    def _connector(self, x: float, y: float, letter: str) -> FlowSymbol:
        high = self._sizes.strip * _CONNECTOR_HIGH
        return FlowSymbol(shape=FlowShape.PENTAGON, x=x, y=y, wide=high, high=high, text=letter)

    def _draw_end(self, row: _Row) -> None:
        """Draw the end to which a decision leads, in the nearest lane that is empty in its row."""
        taken = {self._lanes[actor.id] for actor in row.step.actors}
        sides = sorted((-1, 1), key=lambda side: side not in self._free_sides[row.step.step])
        free = set(self._lanes.values()) - taken
        nearest = next(((row.lane + side, side) for side in sides if row.lane + side in free), None)
        if nearest is None:
            return
        lane, side = nearest
        wide, high = self._sizes.wide * _SMALLER_WIDE, self._sizes.high * _SMALLER_HIGH
        x = (lane + 0.5) * self._sizes.lane
        end = FlowSymbol(
            shape=FlowShape.CAPSULE, x=x, y=row.y, wide=wide, high=high, text=_("Selesai"), helps=True
        )
        self._symbols.append(end)
        self._arrows.append((self._beside(row, side), (x - side * wide / 2, row.y)))


def _edge(row: _Row, side: int) -> int:
    """Return the left (-1) or right (1) edge of a row's lane; the first lane's left edge is 0."""
    return row.lane + 1 if side > 0 else row.lane


def symbol_points(symbol: FlowSymbol) -> tuple[Point, ...]:
    """Return the corners of a symbol that has straight sides; the point of a pentagon is below."""
    left, right = symbol.x - symbol.wide / 2, symbol.x + symbol.wide / 2
    top, bottom = symbol.y - symbol.high / 2, symbol.y + symbol.high / 2
    if symbol.shape is FlowShape.DIAMOND:
        return (symbol.x, top), (right, symbol.y), (symbol.x, bottom), (left, symbol.y)
    if symbol.shape is FlowShape.PENTAGON:
        waist = top + symbol.high * 0.6
        return (left, top), (right, top), (right, waist), (symbol.x, bottom), (left, waist)
    return (left, top), (right, top), (right, bottom), (left, bottom)


def head_points(arrow: Sequence[Point], long: float) -> tuple[Point, Point, Point]:
    """Return the corners of an arrow's head of the length `long`."""
    (x0, y0), (x, y) = arrow[-2:]
    half = long / 2
    if x != x0:  # arrows run straight: this one across
        back = x - long if x > x0 else x + long
        return (x, y), (back, y + half), (back, y - half)
    back = y - long if y > y0 else y + long
    return (x, y), (x + half, back), (x - half, back)
