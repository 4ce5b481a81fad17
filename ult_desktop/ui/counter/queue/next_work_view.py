"""The next work of a counter while no visitor is there: the next tickets, and what the officer owes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base import _, language
from ult_desktop.core.queue.boards import Owed, OwedKind, Service
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.queue.side_panel import TicketRow, ticket_rows
from ult_desktop.ui.kit import Column, Row, Theme, timeline, widgets
from ult_desktop.ui.kit.lists import ListRow, Tag
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.lists.record_list import RowDelegate, RowModel


class OwedLook(NamedTuple):
    """The icon of a row on its tint, and the tone of the row's tag."""

    icon_name: str
    tint: str
    tone: str


_LOOKS = {
    OwedKind.ANSWER: OwedLook("message-circle", "green", "ok"),
    OwedKind.CALL: OwedLook("phone", "amber", "accent"),
    OwedKind.APPOINTMENT: OwedLook("calendar-days", "blue", "primary"),
}
_PAGES = {OwedKind.ANSWER: "cases", OwedKind.CALL: "phone", OwedKind.APPOINTMENT: "appointments"}
_LEAST_HEIGHT = 84  # base pixels


class RowsPanel(QFrame):
    """A title with rows, each opened by Enter or a click.

    Signals:
        opened: the officer opens a row (its id).
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, title: str, empty: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.model = RowModel()
        self.view = ListView(theme, self.model, RowDelegate(theme))
        self.view.setAccessibleName(title)
        self.view.show_empty(*empty)
        column = Column(theme, self, gap=4, margins=(1, 12, 1, 8))
        head = Row(theme, margins=(14, 0, 14, 0))
        head.addWidget(widgets.Label(title, "strong"))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.view.opened.connect(self.opened)
        self.view.clicked.connect(lambda _index: self.view.take_row())
        theme.changed.connect(self._rescale)
        self._theme = theme
        self._rescale()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        self.model.show_rows(rows)

    def _rescale(self) -> None:
        self.view.setMinimumHeight(self._theme.px(_LEAST_HEIGHT))


class NextWorkView(QWidget):
    """The next tickets in calling order, and beside them the answers and promises that the officer owes.

    Signals:
        ticket_opened: the officer opens one of the next tickets (its id).
        page_wanted: the officer opens what they owe (the name of its page, and its subject there).
    """

    ticket_opened = Signal(object)
    page_wanted = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        nobody_waits = (_("Tidak ada yang menunggu untuk loket ini."), "coffee")
        nothing_owed = (_("Tidak ada jawaban atau janji yang menunggu Anda."), "circle-check")
        self.upcoming = RowsPanel(theme, _("Nomor berikutnya"), nobody_waits)
        self.owed = RowsPanel(theme, _("Jawaban dan janji"), nothing_owed)
        row = Row(theme, self, gap=16)
        row.addWidget(self.upcoming, 1)
        row.addWidget(self.owed, 1)
        self.upcoming.opened.connect(self.ticket_opened)
        self.owed.opened.connect(self._open_owed)

    def show_situation(self, s: Situation, now: int) -> None:
        """Show the situation at `now` (UTC ms). At a counter that a colleague took over, nothing is owed."""
        board = s.board
        services = {service.id: service for service in board.services}
        rows = ticket_rows([ticket for ticket, _purpose in board.upcoming], board, now)
        self.upcoming.show_rows(
            [
                _upcoming_row(row, purpose, services.get(row.ticket.service_id))
                for row, (_ticket, purpose) in zip(rows, board.upcoming, strict=True)
            ]
        )
        moment = to_datetime(now, board.office.zone)
        self.owed.show_rows([owed_row(owed, moment) for owed in board.owed] if s.is_mine else [])

    def _open_owed(self, row_id: tuple[OwedKind, object]) -> None:
        kind, subject = row_id
        self.page_wanted.emit(_PAGES[kind], subject)


def _upcoming_row(row: TicketRow, purpose: str, service: Service | None) -> ListRow:
    required = () if service is None else service.requirements
    names = ", ".join(requirement.within(language()) for requirement in required)
    requirements = _("Syarat: {requirements}").format(requirements=names) if names else ""
    urgent = row.ticket.priority
    return ListRow(
        id=row.ticket.id,
        title=f"{row.ticket.label} · {row.service}",
        subtitle=" · ".join(filter(None, (row.marks, purpose, requirements))),
        aside=row.aside,
        icon="accessibility" if urgent else "user-round",
        tint="violet" if urgent else "blue",
        side_tone="primary" if row.is_next else "",
    )


def owed_row(owed: Owed, now: datetime) -> ListRow:
    """Return the row of what an officer owes, at `now`."""
    look = _LOOKS[owed.kind]
    is_late = owed.is_late(to_stamp(now))
    if is_late:
        tag = Tag(_("lewat waktu"), "danger", "clock-alert")
    elif owed.ready:  # a promise whose answer is there
        tag = Tag(OwedKind.ANSWER.word, "ok")
    else:
        tag = Tag(owed.kind.word, look.tone)
    return ListRow(
        id=(owed.kind, owed.id),
        title=owed.name or _("Tanpa nama"),
        subtitle=owed.about,
        aside=timeline.until_words(owed.due_at, now),
        icon=look.icon_name,
        tint=look.tint,
        tags=(tag,),
        side_tone="danger" if is_late else "",
    )
