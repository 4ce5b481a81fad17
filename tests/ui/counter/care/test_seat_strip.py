"""At the priority counter: how many of the seats are taken, and one tap for a seat."""

from PySide6.QtCore import Qt

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import CounterBench, OpenCounter
from ult_desktop.core.queue.boards import Seats, VulnerableGuest
from ult_desktop.core.queue.commands import GiveSeatBack, TakeSeat
from ult_desktop.ui.counter.care.seat_strip import SeatStrip

FIRST, SECOND = samples.priority_ticket(3), samples.priority_ticket(4, waits=2)
SEATS = Seats(
    reserved=4,
    guests=(
        VulnerableGuest(visit_id=31, ticket_id=FIRST.id, label="P003", sits=True),
        VulnerableGuest(visit_id=30, ticket_id=None, label=None, sits=False),
        VulnerableGuest(visit_id=32, ticket_id=SECOND.id, label="P004", sits=False),
    ),
)


def opened(open_counter: OpenCounter, seats: Seats = SEATS, *, priority: bool = True) -> CounterBench:
    mine = samples.counter(2, name="Loket Prioritas", priority=priority)
    waiting = (FIRST, SECOND, samples.ticket(13, 1, waits=3))
    return open_counter(samples.board(mine=mine, waiting=waiting, seats=seats))


def strip(counter: CounterBench) -> SeatStrip:
    return counter.workspace.queue.side.seats


def choose(counter: CounterBench, row: int) -> None:
    view = counter.workspace.queue.side.waiting.view
    view.setCurrentIndex(view.model().index(row, 0))


def test_the_seats_of_the_office(open_counter: OpenCounter, picture: Picture) -> None:
    counter = opened(open_counter)
    assert strip(counter).isVisible()
    assert strip(counter).words.text() == "Kursi prioritas 1/4 terpakai"
    picture(counter.window, "counter-kursi-prioritas")
    model = counter.workspace.queue.side.waiting.model
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert ["duduk" in line for line in spoken] == [True, False, False]


def test_one_tap_seats_the_next_who_stands(open_counter: OpenCounter) -> None:
    counter = opened(open_counter)
    assert strip(counter).button.text() == "Beri kursi kepada P004"
    strip(counter).button.click()
    assert counter.link.asked == [TakeSeat(visit_id=32)]


def test_the_chosen_visitor_gives_his_seat_back(open_counter: OpenCounter) -> None:
    counter = opened(open_counter)
    choose(counter, 0)
    assert strip(counter).button.text() == "Kursi P003 kembali"
    strip(counter).button.click()
    assert counter.link.asked == [GiveSeatBack(visit_id=31)]


def test_a_regular_number_chosen_is_nobody_for_a_seat(open_counter: OpenCounter) -> None:
    seated = Seats(reserved=4, guests=SEATS.guests[:1])
    counter = opened(open_counter, seated)
    choose(counter, 2)
    assert not strip(counter).button.isVisible()
    counter.workspace.action_requested.emit("seat")
    assert counter.toast == "Tidak ada tamu prioritas yang menunggu."


def test_other_counters_and_offices_without_seats_show_none(open_counter: OpenCounter) -> None:
    assert not strip(opened(open_counter, Seats())).isVisible()
    assert not strip(opened(open_counter, priority=False)).isVisible()


def test_the_tap_is_reached_by_keyboard(open_counter: OpenCounter) -> None:
    counter = opened(open_counter)
    assert strip(counter).button.focusPolicy() & Qt.FocusPolicy.TabFocus
