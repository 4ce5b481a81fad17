"""One part of a report in the window: its names, its words and its chart, in small and large letters."""

import pytest
from msgspec.structs import replace

from tests.ui.conftest import Picture, Show
from tests.ui.look import settle
from ult_desktop.core.figures.report import ChartKind, ColumnKind, ReportChart, ReportColumn, ReportPart
from ult_desktop.ui.counter.reports.parts_view import PartView, chart_of
from ult_desktop.ui.kit import Theme

STEPS = ReportPart(
    key="step",
    title="Langkah dalam waktu baku",
    columns=(
        ReportColumn("step", "Prosedur dan langkah", ColumnKind.TEXT),
        ReportColumn("visits", "Kunjungan berakhir"),
        ReportColumn("late", "Lewat waktu"),
        ReportColumn("on_time", "Dalam waktu baku", ColumnKind.PERCENT),
    ),
    keys=tuple(f"dki:{n}" for n in range(1, 16)),
    rows=tuple((f"Pelayanan Bagi Kelompok Rentan, langkah {n}", 40, n, 80.0 + n) for n in range(1, 16)),
    chart=ReportChart(ChartKind.BARS, ("on_time",)),
)
ELEMENTS = ReportPart(
    key="survey",
    title="Survei Kepuasan Masyarakat",
    columns=(
        ReportColumn("element", "Unsur", ColumnKind.TEXT),
        ReportColumn("answers", "Jawaban"),
        ReportColumn("total", "Jumlah nilai"),
        ReportColumn("average", "NRR", ColumnKind.NUMBER, digits=4),
        ReportColumn("weighted", "NRR tertimbang", ColumnKind.NUMBER, digits=4),
        ReportColumn("index", "Indeks", ColumnKind.NUMBER),
        ReportColumn("grade", "Mutu", ColumnKind.TEXT),
    ),
    keys=tuple(f"u{n}" for n in range(1, 10)),
    rows=tuple(
        (f"U{n} Penanganan pengaduan, saran", 119, 387, 3.25, 0.36, 81.3, "Mutu A · Sangat baik")
        for n in range(1, 10)
    ),
    chart=ReportChart(ChartKind.BARS, ("index",)),
)


@pytest.mark.parametrize("part", [STEPS, ELEMENTS], ids=["steps", "elements"])
@pytest.mark.parametrize("percent", [100, 130])
def test_long_names_and_words_stand_whole(
    show: Show, picture: Picture, percent: int, part: ReportPart
) -> None:
    """Names of rows and grades; what has no room beside them is given up."""
    theme = Theme.for_window("counter", 1366, 768, "light")
    theme.set_text_size(percent)
    view = PartView(theme)
    theme.apply(view)
    show(view, 1106, 420)
    view.show_part(part)
    settle()
    shown = [each.key for place, each in enumerate(part.columns) if not view.table.isColumnHidden(place)]
    assert {part.columns[0].key, part.columns[-1].key} <= set(shown)
    picture(view, f"laporan-{part.key}-{percent}")
    chart = chart_of(part)
    assert chart is not None
    assert len(set(chart.groups)) == len(part.rows)


def test_a_table_of_texts_shows_every_column_after_a_table_that_could_not(show: Show) -> None:
    theme = Theme.for_window("counter", 1366, 768, "light")
    view = PartView(theme)
    theme.apply(view)
    show(view, 620, 420)
    view.show_part(ELEMENTS)
    settle()
    assert view.table.isColumnHidden(2)
    assert view.more.isVisible()
    columns = tuple(ReportColumn(name, name, ColumnKind.TEXT) for name in ("day", "who", "what"))
    view.show_part(
        replace(STEPS, columns=columns, rows=(("Senin", "Ani", "Datang"),), keys=("1",), chart=None)
    )
    settle()
    assert not any(map(view.table.isColumnHidden, range(3)))
    assert not view.more.isVisible()


def test_of_nothing_there_is_no_chart() -> None:
    assert chart_of(replace(STEPS, rows=tuple((*row[:3], None) for row in STEPS.rows))) is None
