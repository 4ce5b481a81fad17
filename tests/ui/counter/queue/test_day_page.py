"""The day's picture."""

import msgspec
import pytest

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from ult_desktop.base.i18n import use_language
from ult_desktop.core.queue.boards import DaySummary, HourLoad
from ult_desktop.ui.counter.queue.hall_page import load_chart, wait_chart
from ult_desktop.ui.kit.theme import Contrast


@pytest.mark.parametrize(
    ("size", "language", "contrast"),
    [((1366, 768), "id", "light"), ((1366, 768), "en", "kontras"), ((1920, 1080), "id", "light")],
)
@pytest.mark.parametrize(("name", "day"), [("penuh", samples.DAY), ("kosong", samples.EMPTY_DAY)])
def test_look(
    open_counter: OpenCounter,
    picture: Picture,
    name: str,
    day: DaySummary,
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
) -> None:
    use_language(language)
    counter = open_counter(samples.board(day=day), size, contrast)
    counter.workspace.show_page("day")
    picture(counter.window, f"counter-hari-ini-{name}-{size[0]}x{size[1]}-{language}-{contrast}")


def test_a_day_around_the_clock_fits_its_screen(open_counter: OpenCounter, picture: Picture) -> None:
    hours = tuple(HourLoad(hour=hour, issued=hour, done=hour // 2, wait_minutes=hour) for hour in range(24))
    counter = open_counter(samples.board(day=msgspec.structs.replace(samples.DAY, hours=hours)))
    for page in ("queue", "day"):
        counter.workspace.show_page(page)
        picture(counter.window, f"counter-hari-penuh-{page}")
        assert counter.window.minimumSizeHint().width() <= counter.window.width() == 1366


def test_the_charts_have_names(open_counter: OpenCounter) -> None:
    day = open_counter(samples.board()).workspace.day
    assert [each.chart.accessibleName() for each in (day.load_panel, day.wait_panel)] == [
        "Nomor menurut jam diambil",
        "Menit menunggu per jam (separuh di bawahnya)",
    ]


def test_the_numbers_of_the_day(open_counter: OpenCounter) -> None:
    page = open_counter(samples.board()).workspace.day
    figures = (page.issued, page.done, page.missed, page.waiting, page.wait, page.walking, page.serving)
    assert [figure.value.text() for figure in figures] == ["38", "27", "2", "7", "7 mnt", "38 dtk", "11 mnt"]


def test_what_became_of_numbers_without_a_case(open_counter: OpenCounter, picture: Picture) -> None:
    outcomes = (("Informasi diberikan", 12), ("Dirujuk ke instansi lain", 2))
    counter = open_counter(
        samples.board(day=msgspec.structs.replace(samples.DAY, outcomes=outcomes, transferred=3))
    )
    counter.workspace.show_page("day")
    page = counter.workspace.day
    assert page.outcomes.text().startswith("Dialihkan: 3 ")
    assert page.outcomes.text().endswith("Informasi diberikan 12 · Dirujuk ke instansi lain 2")
    picture(counter.window, "counter-hari-ini-hasil")


def test_without_data_a_dash_stands_rather_than_a_nought(open_counter: OpenCounter) -> None:
    page = open_counter(samples.board(day=samples.EMPTY_DAY)).workspace.day
    assert page.wait.value.text() == page.serving.value.text() == "-"


def test_charts_show_the_working_day() -> None:
    chart = load_chart(samples.DAY)
    assert chart.groups == ("07", "08", "09", "10", "11", "12", "13", "14", "15")
    assert [series.values[:5] for series in chart.series] == [(4, 17, 14, 3, 0), (2, 12, 11, 2, 0)]
    assert wait_chart(samples.DAY).series[0].values[:5] == (2, 7, 9, 0, 0)


def test_a_late_visitor_widens_the_day() -> None:
    late = DaySummary(
        issued=1,
        done=0,
        no_show=0,
        waiting=1,
        wait_seconds=None,
        walking_seconds=None,
        serving_seconds=None,
        hours=(HourLoad(hour=18, issued=1, done=0, wait_minutes=None),),
    )
    assert load_chart(late).groups[-1] == "18"
