"""The counter's page while nobody is there: the next numbers, and what the officer owes."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base import _, language
from ult_desktop.core.queue.boards import Owed, OwedKind, Service
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.queue.side_panel import TicketRow, rows_of
from ult_desktop.ui.kit import Column, Row, Theme, timeline, widgets
from ult_desktop.ui.kit.lists import ListRow, Tag
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.lists.record_list import RowDelegate, RowModel

_LOOKS = {
    OwedKind.ANSWER: ("message-circle", "green", "ok"),
    OwedKind.CALL: ("phone", "amber", "accent"),
    OwedKind.APPOINTMENT: ("calendar-days", "blue", "primary"),
}
_PAGES = {OwedKind.ANSWER: "cases", OwedKind.CALL: "phone", OwedKind.APPOINTMENT: "appointments"}
_LEAST_HEIGHT = 84  # base pixels


class RowsPanel(QFrame):
    """A title with rows, each opened by Enter or a click.

    Signals:
        opened: a row is opened (its id).
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, title: str, nothing: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.model = RowModel()
        self.view = ListView(theme, self.model, RowDelegate(theme))
        self.view.setAccessibleName(title)
        self.view.show_empty(*nothing)
        column = Column(theme, self, gap=4, margins=(1, 12, 1, 8))
        head = Row(theme, margins=(14, 0, 14, 0))
        head.addWidget(widgets.Label(title, "strong"))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.view.opened.connect(self.opened)
        self.view.clicked.connect(self._open)
        theme.changed.connect(self._rescale)
        self._theme = theme
        self._rescale()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        self.model.show_rows(rows)

    def _open(self, _index: QModelIndex) -> None:
        self.view.take_row()

    def _rescale(self) -> None:
        self.view.setMinimumHeight(self._theme.px(_LEAST_HEIGHT))


class RestView(QWidget):
    """The next numbers in calling order, and beside them the officer's ready answers and promises.

    Signals:
        number_opened: one of the next numbers (its id).
        page_wanted: (name, subject): the page of what the officer owes.
    """

    number_opened = Signal(object)
    page_wanted = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        nobody = (_("Tidak ada yang menunggu untuk loket ini."), "coffee")
        nothing = (_("Tidak ada jawaban atau janji yang menunggu Anda."), "circle-check")
        self.upcoming = RowsPanel(theme, _("Nomor berikutnya"), nobody)
        self.owed = RowsPanel(theme, _("Jawaban dan janji"), nothing)
        row = Row(theme, self, gap=16)
        row.addWidget(self.upcoming, 1)
        row.addWidget(self.owed, 1)
        self.upcoming.opened.connect(self.number_opened)
        self.owed.opened.connect(lambda found: self.page_wanted.emit(_PAGES[found[0]], found[1]))

    def show_situation(self, s: Situation, now: int) -> None:
        """Show the situation at `now` (UTC ms). At a counter that a colleague took over, nothing is owed."""
        board = s.board
        services = {each.id: each for each in board.services}
        rows = rows_of([ticket for ticket, _purpose in board.upcoming], board, now)
        purposes = [purpose for _ticket, purpose in board.upcoming]
        self.upcoming.show_rows(
            [
                _upcoming_row(row, purpose, services.get(row.ticket.service_id))
                for row, purpose in zip(rows, purposes, strict=True)
            ]
        )
        moment = to_datetime(now, board.office.zone)
        self.owed.show_rows([owed_row(each, moment) for each in board.owed] if s.is_mine else [])


def _upcoming_row(row: TicketRow, purpose: str, service: Service | None) -> ListRow:
    needed = () if service is None else service.requirements
    names = ", ".join(each.within(language()) for each in needed)
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
    """Return the row of what an officer owes, as it stands at `now`."""
    icon_name, tint, tone = _LOOKS[owed.kind]
    late = owed.is_late(to_stamp(now))
    ready = owed.ready and owed.kind is not OwedKind.ANSWER
    tags = [Tag(OwedKind.ANSWER.word, "ok")] if ready else [Tag(owed.kind.word, tone)]
    return ListRow(
        id=(owed.kind, owed.id),
        title=owed.name or _("Tanpa nama"),
        subtitle=owed.about,
        aside=timeline.until_words(owed.due_at, now),
        icon=icon_name,
        tint=tint,
        tags=(Tag(_("lewat waktu"), "danger", "clock-alert"),) if late else tuple(tags),
        side_tone="danger" if late else "",
    )
