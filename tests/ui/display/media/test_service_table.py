"""The built-in slide: words of the queue, pages of services."""

import msgspec
import pytest

from tests.ui.conftest import Show
from tests.ui.display import samples
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.display.media.media_view import ServiceTable, second_words, waiting_words
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import tint_of


def test_the_queue_in_words() -> None:
    line = samples.service_line(0)
    assert (waiting_words(line), second_words(line)) == ("3 antrean", "10–20 menit")
    assert (waiting_words(samples.service_line(3)), second_words(samples.service_line(3))) == (
        "1 antrean",
        "1 loket buka",
    )
    assert waiting_words(samples.service_line(1)) == "Tidak ada antrean"
    assert second_words(samples.service_line(4)) == "belum buka"


def test_a_service_that_gives_no_numbers_says_why() -> None:
    closed = msgspec.structs.replace(samples.service_line(0), available=False, why="Kuota hari ini habis")
    assert (waiting_words(closed), second_words(closed)) == ("Kuota hari ini habis", "")


def names(table: ServiceTable) -> list[str]:
    return [row.name.text() for row in table.rows if row.isVisible()]


@pytest.fixture
def table(show: Show) -> ServiceTable:
    made = ServiceTable(Theme("display"))
    show(made, 900, 800)
    return made


def test_all_services_on_one_page_when_they_fit(table: ServiceTable) -> None:
    table.show_lines([samples.service_line(index) for index in range(5)])
    assert table.pages == 1
    assert len(names(table)) == 5
    assert not table.turn_page()
    assert table.page == 1


def test_fourteen_services_take_three_pages_the_longest_queue_first(table: ServiceTable) -> None:
    lines = [samples.service_line(index) for index in range(14)]
    table.show_lines(lines)
    shown, turned = names(table), []
    for _page in range(3):
        turned.append(table.turn_page())
        shown += names(table) if turned[-1] else []
    assert turned == [True, True, False]
    by_queue = sorted(lines, key=lambda line: -line.waiting)
    assert shown == [line.service.name.indonesian for line in by_queue]
    assert table.page == 1


def test_a_service_without_numbers_is_below_those_that_give_some(table: ServiceTable) -> None:
    """Whoever comes now joins no line of it, however many wait there."""
    closed = msgspec.structs.replace(samples.service_line(2), available=False, why="Tidak dibuka hari ini")
    table.show_lines([closed, samples.service_line(1), samples.service_line(0)])
    assert names(table) == ["Informasi & Konsultasi", "Tunjangan Profesi", "Dapodik"]


def test_a_name_of_three_rows_is_small_rather_than_cut_off(show: Show) -> None:
    """On a small TV the first row was not to be seen, and another service's name was left."""
    use_language("en")
    table = ServiceTable(Theme.for_window("display", 1366, 768))
    show(table, 719, 266)
    line = samples.service_line(5)
    assert line.service.name.en == "Public Information Request"
    closed = msgspec.structs.replace(line, available=False, why="Not open today")
    table.show_lines([closed, samples.service_line(1), samples.service_line(0)])
    table.grab()  # lays the rows out
    row = table.rows[2]
    assert row.name.text().startswith("Public")
    assert row.name.fits()


def test_a_service_keeps_the_tint_it_has_at_the_kiosk(table: ServiceTable) -> None:
    table.show_lines([samples.service_line(index) for index in range(3)])
    assert names(table)[0] == "Dapodik"
    assert table.rows[0].letter._tint == tint_of(2)


def test_a_page_that_is_gone_is_left(table: ServiceTable) -> None:
    table.show_lines([samples.service_line(index) for index in range(12)])
    table.turn_page()
    table.show_lines([samples.service_line(index) for index in range(2)])
    assert (table.page, table.pages) == (1, 1)


def test_an_office_without_services_shows_an_empty_table(table: ServiceTable) -> None:
    table.show_lines([])
    assert names(table) == []
