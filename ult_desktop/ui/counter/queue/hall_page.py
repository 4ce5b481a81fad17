"""The pages of the queue and of the day for officers without a counter."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.template import service_line
from ult_desktop.core.queue import boards, commands, ticket as queue_ticket
from ult_desktop.operations.live_board import LiveBoard, live_board
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import FormBox, WorkPage, snapshot
from ult_desktop.ui.counter.queue.day_page import DayPage, load_chart
from ult_desktop.ui.counter.queue.other_counters import OtherCounters
from ult_desktop.ui.counter.visits.visit_acts import ticket_acts
from ult_desktop.ui.counter.words import minutes_in_words, priority_words, service_name, waiting_ms, worded
from ult_desktop.ui.kit import Column, forms, lists
from ult_desktop.ui.kit.detail import ActionsRow, DetailAction
from ult_desktop.ui.kit.panels import ChartPanel, Section

_FILTERS = {  # the name of the list's filter that shows a ticket, by its state
    queue_ticket.TicketState.WAITING: "waiting",
    queue_ticket.TicketState.NO_SHOW: "missed",
    queue_ticket.TicketState.HELD: "held",
}


class HallPage(WorkPage):
    """The page of the queue for the reception and the security desk (POS Sumut 1 to 3)."""

    name, icon_name, group = "queue", "list-ordered", "visitors"
    needs = frozenset({Permission.ISSUE_TICKETS, Permission.MANAGE_QUEUE, Permission.CLOSE_DAY})
    title = staticmethod(lambda: _("Antrean"))

    @override
    def build(self) -> None:
        self._board: boards.HallBoard | None = None
        filters = (
            lists.Filter("waiting", _("Menunggu")),
            lists.Filter("missed", _("Terlewat")),
            lists.Filter("held", _("Ditunda")),
        )
        nobody = (_("Belum ada nomor hari ini."), "ticket")
        self.numbers = lists.RecordList(self.theme, _("Cari nomor, layanan"), filters, nobody)
        self.counters = OtherCounters(self.theme, pgettext("many", "Loket"))
        self.load = ChartPanel(self.theme, _("Nomor hari ini per jam"))
        self._add_buttons()
        self.numbers.chosen.connect(self._show_acts)
        right = QWidget()
        column = Column(self.theme, right, gap=16)
        self.chosen, self.acts = Section(self.theme, _("Nomor yang dipilih")), ActionsRow(self.theme)
        self.chosen.body.addWidget(self.acts)
        self.chosen.hide()
        column.addWidget(self.chosen)
        column.addWidget(self.counters)
        column.addWidget(self.load, 1)
        self.show_split(self.numbers, right)

    def _add_buttons(self) -> None:
        self.closed = self.add_head_pill()
        self.issue = self.add_head_button(_("Ambilkan nomor"), "ticket", self._issue, "primary")
        self.issue.setVisible(self.host.actor.may(Permission.ISSUE_TICKETS))
        self.issue.setEnabled(False)  # until the queue is read
        self.key("Ctrl+N", self._issue)

    @override
    def refresh(self) -> None:
        self.fetch(hall_board, self._show_board)

    def _show_board(self, board: boards.HallBoard) -> None:
        self._board = board
        now = self.host.stamp()
        tickets = (*board.waiting, *board.missed, *board.held)
        self.numbers.show_rows([ticket_row(ticket, now) for ticket in tickets])
        self._show_acts(self.numbers.selected)
        self.counters.show_lines(board.counters)
        self.load.chart.show_chart(load_chart(board.day))
        self.issue.setEnabled(True)
        self.closed.show_status(boards.closed_words(board.end), "primary", "moon")

    def _show_acts(self, ticket_id: object) -> None:
        """Show what can be done with the chosen ticket."""
        ticket = self._find_ticket(ticket_id)
        acts = ticket_acts(self.host, ticket)
        if ticket is not None and self.host.actor.may(Permission.RECEIVE_VISITORS):
            receive = partial(self._receive, ticket.id)
            acts.insert(0, DetailAction("guest", _("Terima tamu"), "book-open", receive, "primary"))
        self.chosen.title.setText("" if ticket is None else ticket.label)
        self.acts.show_actions(acts)
        self.chosen.setVisible(bool(acts))

    def _receive(self, ticket_id: int) -> None:
        """Open the page Tamu at the ticket's holder: guest book, purpose and all else are done there."""
        ticket = self._find_ticket(ticket_id)
        if ticket is not None:
            self.host.open_page("guests", ticket.label)

    def _find_ticket(self, ticket_id: object) -> queue_ticket.Ticket | None:
        board = self._board
        tickets = () if board is None else (*board.waiting, *board.missed, *board.held)
        return next((ticket for ticket in tickets if ticket.id == ticket_id), None)

    def _issue(self) -> None:
        """Issue a number for a person who cannot use the kiosk, or who comes while it is out of service."""
        if self._board is None or not self.host.actor.may(Permission.ISSUE_TICKETS):
            return
        services = [
            (service.id, service_line(service.prefix, service.name)) for service in self._board.services
        ]
        FormBox(
            self.host,
            _("Ambilkan nomor"),
            (
                forms.ChoiceField(self.theme, "service_id", _("Layanan"), services, required=True),
                forms.ChoiceField(
                    self.theme,
                    "priority",
                    _("Layanan prioritas karena"),
                    [(None, _("bukan prioritas")), *worded(queue_ticket.PriorityReason)],
                ),
                forms.TicksField(self.theme, "help", _("Bantuan"), worded(queue_ticket.Help)),
            ),
            command=lambda values: commands.IssueTicket(wants_paper=self.host.can_print, **values),
            verb=_("Ambil nomor"),
            then=self._on_issued,
            icon=("ticket", "blue"),
        ).open()

    def _on_issued(self, issued: boards.IssuedTicket) -> None:
        self.numbers.choose(issued.ticket.id)
        self.host.hand_out(issued)


def hall_board(office: Office) -> boards.HallBoard:
    return office.hall_board()


def ticket_row(ticket: queue_ticket.Ticket, now: int) -> lists.ListRow:
    """Return the row of a ticket at `now` (UTC ms)."""
    sent = _("untuk {officer}").format(officer=ticket.target_officer) if ticket.target_officer else ""
    tags = (lists.Tag(priority_words(ticket), "priority"),) if ticket.priority else ()
    return lists.ListRow(
        id=ticket.id,
        title=f"{ticket.label} · {service_name(ticket)}",
        subtitle=", ".join(filter(None, (*(wanted.word for wanted in ticket.help), sent))) or ticket.remark,
        aside=minutes_in_words(waiting_ms(ticket, now)),
        tags=tags,
        groups=frozenset({_FILTERS[ticket.state]}),
    )


class HallDayPage(WorkPage):
    """The page Hari ini without a counter. It reads its own board; at a counter the workspace shows one."""

    name, icon_name, group = "day", "layout-grid", "quality"
    needs = frozenset({Permission.MANAGE_QUEUE, Permission.CLOSE_DAY, Permission.REVIEW_DEVIATIONS})
    title = staticmethod(lambda: _("Hari ini"))

    @override
    def lay_out(self) -> Column:
        self.setProperty("kind", "page")
        return Column(self.theme, self)

    @override
    def build(self) -> None:
        self.day = DayPage(self.host)
        self.body.addWidget(self.day)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(live_board), self._show_board)

    def _show_board(self, board: LiveBoard) -> None:
        self.day.show_board(board.hall)
        self.day.live.show_board(board, self.host.stamp())
