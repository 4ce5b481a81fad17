"""The seats kept for vulnerable visitors, at a counter for them (kursi prioritas)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.base import _
from ult_desktop.core.queue.boards import CounterBoard, Seats, VulnerableGuest
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.kit import Column, Row, Theme, widgets


class SeatStrip(QFrame):
    """The strip that shows how many seats are taken, and gives or takes back the seat of one visitor.

    The button is for the chosen visitor, or else for the next without a seat.

    Signals:
        seat_requested: a seat is to be given or taken back.
    """

    seat_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = widgets.Label("", "strong")
        self.button = widgets.Button(theme, "", icon_name="armchair")
        row = Row(theme, gap=10)
        row.addWidget(widgets.IconTile(theme, "armchair", "violet", 28))
        row.addWidget(self.words, 1)
        column = Column(theme, self, gap=8, margins=(16, 8, 12, 10))
        column.addLayout(row)
        column.addWidget(self.button)
        self.button.clicked.connect(self.seat_requested)

    def show_board(self, board: CounterBoard, chosen: Ticket | None) -> None:
        seats = board.seats
        self.setVisible(board.mine.priority and seats.reserved > 0)
        self.words.setText(seat_words(seats))
        guest = seat_target(seats, chosen)
        self.button.setVisible(guest is not None)
        if guest is not None:
            verb = _("Kursi {label} kembali") if guest.sits else _("Beri kursi kepada {label}")
            self.button.setText(verb.format(label=guest.label))


def seat_words(seats: Seats) -> str:
    return _("Kursi prioritas {taken}/{kept} terpakai").format(taken=seats.taken, kept=seats.reserved)


def seat_target(seats: Seats, chosen: Ticket | None) -> VulnerableGuest | None:
    """Return the visitor whom the button is for; None if nobody who waits needs a seat."""
    if chosen is not None and (guest := seats.guest_with_ticket(chosen.id)) is not None:
        return guest
    return next((guest for guest in seats.guests if guest.label and not guest.sits), None)
