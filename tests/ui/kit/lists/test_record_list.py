"""The list: found, filtered, chosen by key, quick with five thousand rows."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.lists.list_view import draw_line
from ult_desktop.ui.kit.lists.record_list import Filter, ListRow, RecordList, Tag
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.typeset import sans

FILTERS = (Filter("", "Semua"), Filter("late", "Terlambat", "danger"), Filter("mine", "Tugas saya"))
ROWS = (
    ListRow(1, "Dedi Kurniawan", "SMPN 1 Tarakan", "09.41", "user-round", "blue", search="0812"),
    ListRow(2, "Siti Aminah", "Dinas Pendidikan", "09.12", strong=True, groups=frozenset({"late"})),
    ListRow(
        3,
        "Yohanes dengan nama yang panjang sekali sampai tidak muat",
        "Balai Guru Penggerak Provinsi Kalimantan Utara",
        "kemarin 15.02",
        "files",
        "amber",
        (Tag("terlambat 2 hari", "danger"), Tag("PPID", "priority"), Tag("menunggu unit", "warn")),
        frozenset({"late", "mine"}),
        side_tone="danger",
    ),
)


@pytest.fixture
def rows(show: Show) -> RecordList:
    theme = Theme.for_window("counter", 1366, 768)
    made = RecordList(theme, "Cari nama", FILTERS, ("Belum ada tamu hari ini.", "book-open"))
    theme.apply(made)
    show(made, 420, 600)
    made.activateWindow()
    return made


def test_empty_and_busy_are_drawn(rows: RecordList, picture: Picture) -> None:
    assert rows.view.empty_words == "Membaca …", "nothing was read yet: it may well have rows"
    rows.search.setText("dedi")
    assert rows.view.empty_words == "Membaca …"
    rows.search.clear()
    rows.show_rows(())
    assert rows.view.empty_words == "Belum ada tamu hari ini."
    picture(rows, "counter-daftar-kosong")
    rows.show_rows(ROWS)
    assert rows.view.empty_words == ""
    rows.choose(3)
    picture(rows, "counter-daftar")


def test_a_hyphen_is_no_wider_than_in_words(qapp: object) -> None:
    def drawn(font: QFont) -> QImage:
        image = QImage(300, 40, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setFont(font)
        draw_line(painter, QRect(0, 0, 300, 40), "kios-lobi")
        painter.end()
        return image

    assert drawn(sans(24)) == drawn(sans(24, tabular=False))


def test_long_words_beside_a_name_leave_it_room(rows: RecordList) -> None:
    def seen(name: str) -> QImage:
        rows.show_rows((ListRow(1, name, aside="dapat membuka data pribadi sejak kemarin"),))
        return rows.view.grab().toImage()

    rows.resize(240, 600)
    assert seen("Joko") != seen("Nina")


def test_the_first_row_opens_by_itself_once(show: Show, qtbot: QtBot) -> None:
    theme = Theme.for_window("counter", 1366, 768)
    opening = RecordList(theme, "Cari nama", opens_first=True)
    show(opening, 420, 600)
    opening.show_rows(())
    assert opening.selected is None
    with qtbot.waitSignal(opening.chosen) as told:
        opening.show_rows(ROWS)
    assert told.args == [1]
    opening.show_rows(ROWS[1:])
    assert opening.selected != 1, "who is done with a row chooses the next one"
    asked = RecordList(theme, "Cari nama", opens_first=True)
    show(asked, 420, 600)
    asked.choose(3)
    asked.show_rows(ROWS)
    assert asked.selected == 3, "what was asked for goes before"


@pytest.mark.parametrize(
    ("text", "found"), [("dedi", 1), ("SMPN tarakan", 1), ("0812", 1), ("ppid", 1), ("xyz", 0)]
)
def test_search(rows: RecordList, qtbot: QtBot, text: str, found: int) -> None:
    rows.show_rows(ROWS)
    rows.view.setFocus()
    qtbot.keyClick(rows.view, Qt.Key.Key_Slash)
    assert rows.search.hasFocus()
    qtbot.keyClicks(rows.search, text)
    assert rows.count == found
    assert rows.view.empty_words == ("" if found else "Tidak ada yang cocok.")
    qtbot.keyClick(rows.search, Qt.Key.Key_Escape)
    assert rows.count == 3


def test_escape_ends_the_search_and_then_closes_the_box(qtbot: QtBot, rows: RecordList) -> None:
    """A page is no box: there the empty search gives the keyboard back to the rows."""
    qtbot.keyClick(rows.search, Qt.Key.Key_Escape)
    assert rows.isVisible()
    theme = Theme.for_window("counter", 1366, 768)
    box = Box(rows, theme, "Alat bantu", ("accessibility", "violet"))
    inside = RecordList(theme)
    box.words.addWidget(inside)
    box.open()
    box.activateWindow()
    inside.search.setFocus()
    qtbot.waitUntil(inside.search.hasFocus)
    qtbot.keyClicks(inside.search, "kursi")
    qtbot.keyClick(inside.search, Qt.Key.Key_Escape)
    assert (inside.search.text(), box.isVisible()) == ("", True)
    inside.focus_search()
    qtbot.keyClick(inside.search, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_filters_count(rows: RecordList, qtbot: QtBot) -> None:
    rows.show_rows(ROWS)
    assert [chip.text() for chip in rows.filters.chips.values()] == ["Semua 3", "Terlambat 2", "Tugas saya 1"]
    with qtbot.waitSignal(rows.filtered):
        rows.filters.chips["late"].click()
    assert rows.count == 2
    rows.filters.choose("")
    assert rows.count == 3


def test_keys(rows: RecordList, qtbot: QtBot) -> None:
    rows.show_rows(ROWS)
    rows.focus_search()
    with qtbot.waitSignal(rows.chosen) as chosen:
        qtbot.keyClick(rows.search, Qt.Key.Key_Down)
    assert chosen.args == [1]
    qtbot.keyClick(rows.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows.view, Qt.Key.Key_Return)
    assert opened.args == [2]
    assert rows.selected == 2
    qtbot.keyClick(rows.view, Qt.Key.Key_D)
    assert rows.selected == 2, "letters do not jump"


def test_the_chosen_row_stays_chosen(rows: RecordList, qtbot: QtBot) -> None:
    rows.show_rows(ROWS)
    rows.choose(2)
    with qtbot.assertNotEmitted(rows.chosen):
        rows.show_rows((ListRow(9, "Baru"), *ROWS))
    assert rows.selected == 2
    with qtbot.waitSignal(rows.chosen) as chosen:
        rows.show_rows(ROWS[:1])
    assert chosen.args == [None]


def test_a_row_can_be_chosen_before_it_is_there(rows: RecordList, qtbot: QtBot) -> None:
    rows.choose(3)
    with qtbot.waitSignal(rows.chosen) as chosen:
        rows.show_rows(ROWS)
    assert chosen.args == [3]
    changed = (*ROWS[:2], ListRow(3, "Yohanes, selesai"))
    rows.show_rows(changed)
    assert rows.view.currentIndex().data() == "Yohanes, selesai"


def test_the_database_may_search_itself(qtbot: QtBot) -> None:
    theme = Theme.for_window("counter", 1366, 768)
    rows = RecordList(theme, own_search=False)
    qtbot.addWidget(rows)
    rows.show_rows(ROWS)
    with qtbot.waitSignal(rows.searched) as searched:
        rows.search.setText("xyz")
    assert searched.args == ["xyz"]
    assert rows.count == 3


def test_five_thousand_rows_are_found_and_kept_like_three(rows: RecordList) -> None:
    rows.show_rows(
        [ListRow(n, f"Tamu {n}", "SMPN 1 Tarakan", groups=frozenset({"mine"})) for n in range(5000)]
    )
    rows.choose(4900)
    rows.search.setText("tamu 49")
    assert (rows.count, rows.selected) == (199, 4900)
    assert rows.view.viewport().rect().contains(rows.view.visualRect(rows.view.currentIndex()))
