"""Charts on paper: every name stands whole, beside its bars where it has no room below them."""

from collections.abc import Iterator

import pytest
from reportlab.graphics.shapes import Drawing, Group, Rect, String

from ult_desktop.core.figures.report import ChartKind, ColumnKind, ReportChart, ReportColumn, ReportPart
from ult_desktop.reports.charts import COLOURS, MOST_LYING, UPRIGHT_HEIGHT, chart_drawing
from ult_desktop.reports.pages import pdf_of
from ult_desktop.reports.period_report import part_flowables

WIDTH = 500.0


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    pdf_of(lambda _width: [], (99.0, 99.0), title="", author="")


def part_of(names: list[str], values: list[int | None]) -> ReportPart:
    return ReportPart(
        key="step",
        title="Langkah",
        columns=(ReportColumn("step", "Langkah", ColumnKind.TEXT), ReportColumn("visits", "Kunjungan")),
        keys=tuple(names),
        rows=tuple(zip(names, values, strict=True)),
        chart=ReportChart(ChartKind.BARS, ("visits",)),
    )


def shapes(drawing: Drawing | Group) -> Iterator[Rect | String]:
    for each in drawing.contents:
        if isinstance(each, Group):
            yield from shapes(each)
        else:
            yield each


def names_in(drawing: Drawing) -> list[str]:
    return [each.text for each in shapes(drawing) if isinstance(each, String)]


def bars_in(drawing: Drawing) -> list[Rect]:
    """Without the legend's."""
    found = [each for each in shapes(drawing) if isinstance(each, Rect) and each.fillColor == COLOURS[0]]
    return found[:-1]


def test_names_of_two_lines_stand_below_their_bars() -> None:
    drawing = chart_drawing(part_of(["Informasi dan Konsultasi", "Dapodik"] * 4, [3] * 8), WIDTH)
    assert drawing.height == UPRIGHT_HEIGHT
    assert names_in(drawing)[:3] == ["Informasi dan", "Konsultasi", "Dapodik"]


def test_names_that_are_longer_stand_before_lying_bars() -> None:
    names = [f"Pelayanan Bagi Kelompok Rentan, langkah {n}" for n in range(1, 13)]
    drawing = chart_drawing(part_of(names, list(range(12))), WIDTH)
    assert names_in(drawing)[:12] == names
    bars = bars_in(drawing)
    assert [bar.x for bar in bars] == [bars[0].x] * 12
    assert bars[0].width == 0
    assert bars[-1].x + bars[-1].width == pytest.approx(WIDTH)
    assert [bar.y for bar in bars] == sorted((bar.y for bar in bars), reverse=True)


def test_a_name_without_end_is_cut() -> None:
    drawing = chart_drawing(part_of(["Pelayanan " * 30, "B" * 40], [1, 2]), WIDTH)
    assert names_in(drawing)[0].endswith("…")
    assert names_in(drawing)[1] == "B" * 40


def test_more_than_a_page_has_room_for_stand_below_each_other_no_more() -> None:
    names = [f"Pelayanan Bagi Kelompok Rentan, langkah {n}" for n in range(MOST_LYING + 1)]
    assert chart_drawing(part_of(names, [1] * len(names)), WIDTH).height == UPRIGHT_HEIGHT


@pytest.mark.parametrize(("values", "drawn"), [([0, None], False), ([0, 1], True)])
def test_of_nothing_there_is_no_picture(values: list[int | None], *, drawn: bool) -> None:
    part = part_of(["A", "B"], values)
    assert part.has_drawing is drawn
    (kept,) = part_flowables([part], WIDTH)
    assert any(isinstance(each, Drawing) for each in kept.head) is drawn
