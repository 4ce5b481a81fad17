"""The counter's page at rest: the next numbers, and what the officer owes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from ult_desktop.core.queue.boards import CounterBoard, Owed, OwedKind
from ult_desktop.ui.counter.queue.queue_page import NextWorkView, RowsPanel

OWED = (
    Owed(
        kind=OwedKind.CALL,
        id=71,
        name="Ibu Ratna",
        about="Kapan SK terbit?",
        due_at=samples.NOW - samples.MINUTE,
    ),
    Owed(
        kind=OwedKind.ANSWER,
        id=12,
        name="Dedi Kurniawan",
        about="Legalisir ijazah",
        due_at=samples.NOW + 60 * samples.MINUTE,
        ready=True,
    ),
    Owed(kind=OwedKind.APPOINTMENT, id=5, name="", about="Ambil hasil", due_at=None),
)


def owing(**changes: object) -> CounterBoard:
    line = samples.waiting()
    told = tuple(zip(line[:3], ("Legalisir ijazah", "", ""), strict=True))
    return samples.board(owed=OWED, upcoming=told, **changes)


def rows(section: RowsPanel) -> list[str]:
    model = section.model
    return [str(model.data(model.index(n, 0))) for n in range(model.rowCount())]


def next_work(counter: object) -> NextWorkView:
    return counter.workspace.queue.next_work  # type: ignore[attr-defined, no-any-return]


def test_who_is_next_and_what_they_need(open_counter: OpenCounter) -> None:
    view = next_work(open_counter(owing()))
    assert rows(view.upcoming) == [
        "P003 · Informasi & Konsultasi, lansia · kursi roda · Legalisir ijazah, 1 mnt",
        "A013 · Informasi & Konsultasi, 3 mnt",
        "A014 · Informasi & Konsultasi, datang kembali, 5 mnt",
    ]


def test_what_the_officer_owes(open_counter: OpenCounter) -> None:
    view = next_work(open_counter(owing()))
    assert rows(view.owed) == [
        "Ibu Ratna, Kapan SK terbit?, lewat waktu, 09.40",
        "Dedi Kurniawan, Legalisir ijazah, jawaban siap, 10.41",
        "Tanpa nama, Ambil hasil, janji temu",
    ]
    colleague = samples.counter(2, officer_id=3, officer="Rina Marlina")
    assert not rows(next_work(open_counter(owing(mine=colleague))).owed)


def test_nothing_is_said_in_words(open_counter: OpenCounter) -> None:
    view = next_work(open_counter(samples.board(waiting=())))
    assert view.upcoming.view.empty_words == "Tidak ada yang menunggu untuk loket ini."
    assert view.owed.view.empty_words == "Tidak ada jawaban atau janji yang menunggu Anda."


@pytest.mark.parametrize("by_key", [True, False])
def test_a_number_is_chosen_in_the_list(open_counter: OpenCounter, qtbot: QtBot, *, by_key: bool) -> None:
    counter = open_counter(owing())
    counter.workspace.queue.side.search.setText("tidak ada")
    open_row(next_work(counter).upcoming, 1, qtbot, by_key=by_key)
    side = counter.workspace.queue.side
    assert side.selected is not None
    assert side.selected.label == "A013"
    assert side.waiting.view.hasFocus()
    assert not counter.link.asked, "a look at a number calls nobody"


@pytest.mark.parametrize("by_key", [True, False])
def test_what_is_owed_opens_its_page(open_counter: OpenCounter, qtbot: QtBot, *, by_key: bool) -> None:
    counter = open_counter(owing())
    wanted: list[tuple[str, object]] = []
    counter.workspace.queue.page_wanted.connect(lambda name, subject: wanted.append((name, subject)))
    for row in range(3):
        open_row(next_work(counter).owed, row, qtbot, by_key=by_key)
    assert wanted == [("phone", 71), ("cases", 12), ("appointments", 5)]


def open_row(section: RowsPanel, row: int, qtbot: QtBot, *, by_key: bool) -> None:
    view = section.view
    at = view.model().index(row, 0)
    if by_key:
        view.setCurrentIndex(at)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    else:
        place = view.visualRect(at).center()
        assert place != QPoint()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_it_has_room(open_counter: OpenCounter, picture: Picture, size: tuple[int, int]) -> None:
    counter = open_counter(owing(), size)
    picture(counter.window, f"counter-istirahat-{size[0]}x{size[1]}")
