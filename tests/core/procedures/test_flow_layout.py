"""The flow of a procedure on its pages: every arrow there, none through a symbol, connectors in pairs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from tests.procedures import branch, procedure, step
from ult_desktop.core.procedures.flow_layout import (
    FlowShape,
    FlowSizes,
    PageFlow,
    Point,
    divide_into_pages,
    page_flows,
)
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids

SIZES = FlowSizes(lane=48, wide=32, high=17, air=9, strip=25, gap=3.4)
ROW = SIZES.least_row + 10


def flows(read: Procedure, a_page: int) -> tuple[PageFlow, ...]:
    heights = [ROW] * len(read.steps)
    return page_flows(read, [heights[at : at + a_page] for at in range(0, len(heights), a_page)], SIZES)


def crossed(page: PageFlow) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """Yield the symbols through which an arrow runs; it may touch the edge of one where it begins or ends."""
    for arrow in page.arrows:
        for (x0, y0), (x1, y1) in pairwise(arrow):
            for symbol in page.symbols:
                inside_x = max(min(x0, x1), symbol.x - symbol.wide / 2 + 0.1) < min(
                    max(x0, x1) + 0.05, symbol.x + symbol.wide / 2 - 0.1
                )
                inside_y = max(min(y0, y1), symbol.y - symbol.high / 2 + 0.1) < min(
                    max(y0, y1) + 0.05, symbol.y + symbol.high / 2 - 0.1
                )
                if inside_x and inside_y:
                    yield symbol.text, arrow


@pytest.mark.parametrize("a_page", [1, 2, 3, 5, 99])
@pytest.mark.parametrize("name", procedure_ids())
def test_no_arrow_runs_through_a_symbol_or_leaves_the_lanes(name: str, a_page: int) -> None:
    read = load_procedure(name)
    pages = flows(read, a_page)
    assert [found for page in pages for found in crossed(page)] == []
    wide = SIZES.lane * len(read.actors)
    assert all(0 < x < wide for page in pages for arrow in page.arrows for x, _y in arrow)


@pytest.mark.parametrize("name", procedure_ids())
def test_each_connector_is_on_the_page_that_it_leaves_and_on_the_one_that_it_comes_to(name: str) -> None:
    pages = flows(load_procedure(name), 2)
    letters = Counter(
        symbol.text for page in pages for symbol in page.symbols if symbol.shape is FlowShape.PENTAGON
    )
    assert letters
    assert min(letters.values()) >= 2


def shapes(page: PageFlow) -> list[tuple[FlowShape, str]]:
    return [(symbol.shape, symbol.text) for symbol in page.symbols]


def test_a_jump_back_an_early_end_and_a_helper() -> None:
    both = [{"id": "fo"}, {"id": "bo"}]
    read = procedure(
        step(1, next=2, actors=both),
        step(2, branches=[branch("ulang", 1), branch("batal"), branch("lanjut", 3)]),
        step(3),
        actors=[{"id": "fo", "name": "Front Office"}, {"id": "bo", "name": "Back Office"}],
    )
    (page,) = flows(read, 3)
    assert shapes(page) == [
        (FlowShape.CAPSULE, "1"),
        (FlowShape.BOX, "1"),
        (FlowShape.DIAMOND, "2"),
        (FlowShape.CAPSULE, "3"),
        (FlowShape.CAPSULE, "Selesai"),
    ]
    assert (len(page.arrows), len(page.ties)) == (4, 1)  # 1-2, 2-3, back to 1, out


def test_two_arrows_along_one_edge_do_not_lie_on_each_other() -> None:
    read = procedure(
        step(1, branches=[branch("a", 4), branch("b", 2)]),
        step(2, branches=[branch("a", 5), branch("b", 3)]),
        *(step(number, next=number + 1) for number in (3, 4)),
        step(5),
        actors=[{"id": "fo", "name": "Front Office"}, {"id": "bo", "name": "Back Office"}],
    )
    (page,) = flows(read, 5)
    along = [arrow[1][0] for arrow in page.arrows if len(arrow) > 3]
    assert len(along) == len(set(along)) == 2


@pytest.mark.parametrize(
    ("heights", "pages"),
    [
        ([30] * 3, [3]),
        ([30] * 10, [5, 5]),  # not nine and one
        ([90, 10, 10], [1, 2]),
    ],
)
def test_no_page_is_left_with_a_single_row(heights: Sequence[float], pages: list[int]) -> None:
    found = divide_into_pages(heights, 280 if len(heights) > 3 else 110, 10)
    assert [len(each) for each in found] == pages
