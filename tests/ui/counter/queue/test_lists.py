"""The lists at the right: what a row says, searching, choosing, empty states."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from ult_desktop.base.i18n import use_language
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.queue.side_panel import TicketRow, ticket_rows


def row(ticket: Ticket) -> TicketRow:
    return ticket_rows([ticket], samples.board(), samples.NOW)[0]


@pytest.mark.parametrize(
    ("ticket", "spoken"),
    [
        (samples.ticket(13, waits=3), "A013, Informasi & Konsultasi, 3 mnt"),
        (samples.ticket(13, waits=0), "A013, Informasi & Konsultasi, < 1 mnt"),
        (samples.ticket(13, waits=95), "A013, Informasi & Konsultasi, 1 j 35 m"),
        (samples.priority_ticket(), "P003, Informasi & Konsultasi, lansia · kursi roda, 1 mnt, berikutnya"),
        (
            samples.priority_ticket(grounds=(), help=()),
            "P003, Informasi & Konsultasi, prioritas, 1 mnt, berikutnya",
        ),
        (samples.ticket(7, 3, target_counter=2), "C007, Data Pokok Pendidikan, untuk loket ini, 4 mnt"),
        (samples.ticket(7, 3, target_counter=1), "C007, Data Pokok Pendidikan, loket lain, 4 mnt"),
        (
            samples.waiting()[4],
            "A015, Informasi & Konsultasi, alihan dari loket 1 · Minta legalisir SK, 8 mnt",
        ),
        (samples.MISSED[0], "A009, Informasi & Konsultasi, 11 mnt lalu"),
    ],
)
def test_a_row_in_words(ticket: Ticket, spoken: str) -> None:
    assert row(ticket).spoken == spoken


def test_a_row_in_english() -> None:
    use_language("en")
    assert row(samples.ticket(2, 2)).service == "Professional Allowance"


def test_searching_finds_number_service_and_mark(open_counter: OpenCounter) -> None:
    side = open_counter(samples.board()).workspace.queue.side
    for text, found in (("a01", 3), ("tunjangan", 1), ("LANSIA kursi", 1), ("", 7)):
        side.search.setText(text)
        assert side.waiting.model.rowCount() == found
    assert side.waiting.count.text() == "7"


def test_ctrl_f_searches_and_enter_goes_to_the_list(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    counter.workspace.show_page("day")
    qtbot.keyClick(counter.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    side = counter.workspace.queue.side
    assert side.search.hasFocus()
    qtbot.keyClick(side.search, Qt.Key.Key_Return)
    assert side.waiting.view.hasFocus()
    side.search.setText("a01")
    side.focus_search()
    qtbot.keyClick(side.search, Qt.Key.Key_Escape)
    assert side.search.text() == ""
    assert side.waiting.view.hasFocus()


def test_one_row_is_chosen_over_all_lists(open_counter: OpenCounter) -> None:
    side = open_counter(samples.board()).workspace.queue.side
    side.waiting.view.setCurrentIndex(side.waiting.model.index(1))
    side.missed.view.setCurrentIndex(side.missed.model.index(0))
    assert side.waiting.selected is None
    assert side.selected == samples.MISSED[0]
    assert not side.waiting.button.isEnabled()
    assert side.waiting.button.toolTip() == "Pilih nomor di daftar."


def test_the_chosen_row_stays_chosen_when_others_leave(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    side = counter.workspace.queue.side
    side.waiting.view.setCurrentIndex(side.waiting.model.index(3))
    counter.link.show_board(samples.board(waiting=samples.waiting()[2:]))
    assert side.selected is not None
    assert side.selected.label == "B002"
    counter.link.show_board(samples.board(waiting=()))
    assert side.selected is None


def test_a_changed_ticket_is_taken_as_it_is_now(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    side = counter.workspace.queue.side
    side.waiting.view.setCurrentIndex(side.waiting.model.index(1))
    changed = msgspec.structs.replace(samples.waiting()[1], remark="buru-buru")
    counter.link.show_board(samples.board(waiting=(samples.waiting()[0], changed)))
    assert side.selected == changed


def test_double_click_takes_a_row(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    view = counter.workspace.queue.side.waiting.view
    place = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [type(command).__name__ for command in counter.link.asked] == ["CallNext"]


def test_empty_lists_say_why(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(waiting=(), missed=(), held=()))
    side = counter.workspace.queue.side
    assert side.waiting.view.empty_words == "Tidak ada yang menunggu."
    assert not side.missed.view.isVisible()
    counter.link.show_board(samples.board())
    side.search.setText("zzz")
    assert side.waiting.view.empty_words == "Tidak ada yang cocok dengan pencarian."
