"""The pages about the whole hall: the day in figures, and the queue for an officer without a counter."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, pgettext
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office.template import service_line
from ult_desktop.core.procedures.progress import running_words
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import (
    CounterBoard,
    CounterState,
    CounterStatus,
    DaySummary,
    HallBoard,
    IssuedTicket,
    closed_words,
    why_not_closable,
)
from ult_desktop.core.queue.ticket import Help, PriorityReason, Ticket, TicketState
from ult_desktop.core.sheet import Sheet
from ult_desktop.operations import sheets
from ult_desktop.operations.evidence.reminders import DueReminder, due_reminders
from ult_desktop.operations.live_board import LiveBoard, PressingStep, live_board
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.actions.flows import ask_to_close, switch_kiosks, take_day_back
from ult_desktop.ui.counter.pages import Fetching, FormBox, PageHost, WorkPage, offer_paper, snapshot
from ult_desktop.ui.counter.visits.visit_acts import ticket_acts
from ult_desktop.ui.counter.words import (
    COUNTER_TONES,
    NO_DATA,
    counter_name,
    minutes_in_words,
    options_of,
    priority_words,
    seconds_in_words,
    service_name,
    waiting_ms,
)
from ult_desktop.ui.kit import Column, Grid, Row, Theme, forms, lists, widgets
from ult_desktop.ui.kit.detail import ActionsRow, DetailAction, Fact, Facts
from ult_desktop.ui.kit.layouts import WrapRow
from ult_desktop.ui.kit.panels import ChartPanel, Section
from ult_desktop.ui.kit.theme import set_style_properties
from ult_desktop.ui.kit.widgets.bar_chart import Chart, ChartSeries

_MAX_LONGEST_WAITING, _MAX_REMINDERS = 5, 1  # shown at most
_MAX_LIVE_HEIGHT = 320  # base pixels that a page keeps at most for the live panel
_TONES = {"warn": "warn", "fail": "danger"}  # by the level of a check of this office's PCs
_TILE_WIDTH, _GAP = 240, 8  # base pixels
_MAX_ROWS_IN_SIGHT = 2
_FILTERS = {  # the name of the list's filter that shows a ticket, by its state
    TicketState.WAITING: "waiting",
    TicketState.NO_SHOW: "missed",
    TicketState.HELD: "held",
}


class LiveSection(Section):
    """A title with facts below it, or `empty_words` while there is no fact."""

    def __init__(self, theme: Theme, title: str, empty_words: str) -> None:
        super().__init__(theme, title)
        self.facts = Facts(theme)
        self.empty = widgets.Label(empty_words, "body", "soft", wrap=True)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.empty)
        self.body.addStretch()

    def show_facts(self, facts: list[Fact]) -> None:
        self.facts.show_facts(facts)
        self.empty.setVisible(not facts)


class LivePanel(QScrollArea):
    """The panel of the office at this minute. It names no visitor, because a locked PC shows it too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.counters = LiveSection(theme, _("Loket sekarang"), _("Belum ada loket."))
        self.longest = LiveSection(theme, _("Paling lama menunggu"), _("Tidak ada yang menunggu."))
        self.pressing = LiveSection(theme, _("Waktu baku hampir habis"), _("Semua masih dalam waktunya."))
        self.troubled = LiveSection(theme, _("Komputer bermasalah"), _("Semua baik."))
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        # Qt would reserve the height that the panel needs at its least width, where most lines wrap.
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        row = Row(theme, inner, gap=16)
        row.addWidget(self.counters, 3)
        row.addWidget(self.longest, 3)
        right = Column(theme, gap=16)
        right.addWidget(self.pressing)
        right.addWidget(self.troubled, 1)
        row.addLayout(right, 3)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Keadaan sekarang"))
        self._theme, self._inner = theme, inner
        self.setWidget(inner)  # Qt also makes this area an event filter of `inner`

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Report a change of the panel's height, so that the page scrolls before the panel itself does."""
        if watched is self._inner and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size: high enough for what is shown, up to `_MAX_LIVE_HEIGHT`."""
        # Before the layout the width means nothing, and the window would grow to a height that nobody needs.
        is_laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        needed = self._inner.heightForWidth(self.viewport().width()) if is_laid_out else 0
        return QSize(super().minimumSizeHint().width(), min(needed, self._theme.px(_MAX_LIVE_HEIGHT)))

    def show_board(self, board: LiveBoard, now: int) -> None:
        """Show the board at `now` (UTC ms)."""
        counters = sorted(board.hall.counters, key=lambda counter: counter.current is None)
        self.counters.show_facts([counter_fact(counter, now) for counter in counters])
        waiting = sorted(board.hall.waiting, key=lambda ticket: -waiting_ms(ticket, now))
        self.longest.show_facts([waiting_fact(ticket, now) for ticket in waiting[:_MAX_LONGEST_WAITING]])
        self.pressing.show_facts([pressing_fact(step) for step in board.pressing])
        self.troubled.show_facts(
            [Fact(check.check, check.todo or check.found, _TONES[check.level]) for check in board.troubled]
        )


def counter_fact(counter: CounterStatus, now: int) -> Fact:
    """Return whom a counter has and since when, or why it has nobody."""
    visitor = counter.current
    if visitor is None:
        reason = counter.pause_reason
        words = f"{counter.state.word} · {reason}" if reason else counter.state.word
        tone = "" if counter.state is CounterState.OPEN else "soft"
    else:
        since = visitor.arrived_at or visitor.called_at or now
        parts = (visitor.label, visitor.state.word, minutes_in_words(now - since))
        words, tone = " ".join(parts), "primary"
    return Fact(counter_name(counter), " · ".join(filter(None, (words, counter.officer))), tone)


def waiting_fact(ticket: Ticket, now: int) -> Fact:
    priority = priority_words(ticket) if ticket.priority else ""
    parts = (minutes_in_words(waiting_ms(ticket, now)), service_name(ticket), priority)
    return Fact(ticket.label, " · ".join(filter(None, parts)), "priority" if ticket.priority else "")


def pressing_fact(pressing: PressingStep) -> Fact:
    words = _("langkah {n}: {spent}").format(n=pressing.step.step, spent=running_words(pressing.progress))
    return Fact(counter_name(pressing.counter), words, "danger" if pressing.progress.overdue else "warn")


class LiveWatch(QObject):
    """The reader of the live board for a panel. While the panel is in sight, every change is read."""

    def __init__(self, host: PageHost, panel: LivePanel) -> None:
        super().__init__(panel)
        self._host, self._panel = host, panel
        self._fetching = Fetching(host)
        host.changed.connect(self.refresh)
        panel.installEventFilter(self)

    def refresh(self) -> None:
        if self._panel.isVisible():
            self._fetching.fetch(snapshot(live_board), self._show)

    def _show(self, board: LiveBoard) -> None:
        self._panel.show_board(board, self._host.stamp())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self.refresh()
        return False


_FIRST_HOUR, _LAST_HOUR = 8, 15  # the hours that a chart shows at least


def load_chart(day: DaySummary) -> Chart:
    """Return the chart of tickets by the hour in which they were taken, and of those that are done by now."""
    hours = _hours(day)
    by_hour = {load.hour: load for load in day.hours}
    issued = tuple(float(by_hour[hour].issued) if hour in by_hour else 0.0 for hour in hours)
    done = tuple(float(by_hour[hour].done) if hour in by_hour else 0.0 for hour in hours)
    return Chart(
        groups=_hour_labels(hours),
        series=(
            ChartSeries(_("diambil"), "primary", issued),
            ChartSeries(_("di antaranya selesai"), "ok", done),
        ),
        empty=_("Belum ada nomor hari ini."),
    )


def wait_chart(day: DaySummary) -> Chart:
    """Return the chart of the median minutes of waiting, by the hour in which the ticket was taken."""
    hours = _hours(day)
    minutes_by_hour = {load.hour: load.wait_minutes or 0 for load in day.hours}
    minutes = tuple(float(minutes_by_hour.get(hour, 0)) for hour in hours)
    return Chart(
        groups=_hour_labels(hours),
        series=(ChartSeries(_("menunggu"), "accent", minutes),),
        empty=_("Belum ada data waktu tunggu."),
    )


def _hours(day: DaySummary) -> range:
    """Return the hours of a chart: the same every day, and more if somebody came earlier or later."""
    hours = [load.hour for load in day.hours]
    return range(min([_FIRST_HOUR, *hours]), max([_LAST_HOUR, *hours]) + 1)


def _hour_labels(hours: range) -> tuple[str, ...]:
    return tuple(f"{hour:02}" for hour in hours)


def sheet_of_today(office: Office, _actor: Actor) -> Sheet:
    """Make the sheet of today's counts and the end of the log."""
    return office.read(lambda tx: sheets.day_sheet(tx, office.clock()))


class Figure(QFrame):
    """A number of the day with its name and icon."""

    def __init__(self, theme: Theme, name: str, icon_name: str, tint: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.value = widgets.Label(NO_DATA, "heading")
        self.name = widgets.Label(name, "small", "soft", wrap=True)
        row = Row(theme, self, gap=12, margins=(16, 12, 12, 12))
        row.addWidget(widgets.IconTile(theme, icon_name, tint, 44))
        texts = Column(theme, gap=2)
        texts.addWidget(self.value)
        texts.addWidget(self.name)
        row.addLayout(texts, 1)

    def show_value(self, text: str) -> None:
        self.value.setText(text)
        self.setAccessibleName(f"{self.name.text()}: {text}")


class DayPage(QWidget):
    """The page of the office now, and of today in numbers: how many came and went, how long they waited."""

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        theme, self._host = host.theme, host
        self._board: HallBoard | None = None
        self.setProperty("kind", "page")
        self.issued = Figure(theme, _("nomor diambil"), "ticket", "blue")
        self.done = Figure(theme, _("selesai dilayani"), "circle-check", "green")
        self.missed = Figure(theme, _("tidak hadir"), "user-x", "orange")
        self.waiting = Figure(theme, _("masih menunggu"), "users", "violet")
        self.wait = Figure(theme, _("separuh menunggu kurang dari ini"), "hourglass", "amber")
        self.walking = Figure(
            theme, _("separuh berjalan ke loket kurang dari ini"), "person-standing", "teal"
        )
        self.serving = Figure(theme, _("separuh dilayani kurang dari ini"), "timer", "slate")
        self.booked = Figure(theme, _("janji temu tidak datang"), "calendar-x", "orange")
        self.live = LivePanel(theme)
        self.reminders = widgets.Label("", "body", wrap=True)
        self.reminders.hide()
        self._fetching = Fetching(host)
        self.load_panel = ChartPanel(theme, _("Nomor menurut jam diambil"))
        self.wait_panel = ChartPanel(theme, _("Menit menunggu per jam (separuh di bawahnya)"))
        self._lay_out(host)

    def _lay_out(self, host: PageHost) -> None:
        theme = host.theme
        column = Column(theme, self, gap=16, margins=(24, 20, 24, 20))
        self._add_head(host, column)
        column.addWidget(self.reminders)
        column.addWidget(self.live, 5)
        for figures in (
            (self.issued, self.done, self.missed, self.waiting),
            (self.wait, self.walking, self.serving, self.booked),
        ):
            row = Row(theme, gap=16)
            for figure in figures:
                row.addWidget(figure, 1)
            column.addLayout(row)
        self.outcomes = widgets.Label("", "body", "soft", wrap=True)
        column.addWidget(self.outcomes)
        charts = Row(theme, gap=16)
        charts.addWidget(self.load_panel, 3)
        charts.addWidget(self.wait_panel, 2)
        column.addLayout(charts, 4)

    def _add_head(self, host: PageHost, column: Column) -> None:
        theme = host.theme
        self.sheet_button = widgets.Button(theme, _("Lembar hari"), icon_name="printer")
        self.sheet_button.clicked.connect(lambda: offer_paper(host, sheet_of_today))
        self.take_back_button = widgets.Button(theme, _("Batalkan tutup hari"), icon_name="undo-2")
        self.take_back_button.clicked.connect(lambda: take_day_back(host))
        self.kiosks_button = widgets.Button(theme, _("Jeda kios"), icon_name="monitor-pause")
        self.kiosks_button.clicked.connect(partial(self._do_with_board, switch_kiosks))
        self.close_day_button = widgets.Button(theme, _("Tutup hari"), icon_name="moon")
        self.close_day_button.clicked.connect(partial(self._do_with_board, ask_to_close))
        head = WrapRow(theme, gap=12, head=True)
        head.addWidget(widgets.Label(_("Hari ini"), "heading"))
        self.closed = widgets.Pill(theme)
        for widget in (
            self.closed,
            self.sheet_button,
            self.kiosks_button,
            self.close_day_button,
            self.take_back_button,
        ):
            head.addWidget(widget)
        column.addLayout(head)
        for button in (self.kiosks_button, self.close_day_button, self.take_back_button):
            button.setEnabled(False)  # until the board is read
        self.kiosks_button.setVisible(host.actor.may(Permission.MANAGE_QUEUE))
        self.close_day_button.setVisible(host.actor.may(Permission.CLOSE_DAY))
        self.take_back_button.setVisible(host.actor.may(Permission.CLOSE_DAY))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._host.actor.may(Permission.KEEP_EVIDENCE):
            self._fetching.fetch(snapshot(due_reminders), self._show_reminders)

    def _show_reminders(self, reminders: tuple[DueReminder, ...]) -> None:
        lines = [f"{reminder.words} ({reminder.day_words})" for reminder in reminders[:_MAX_REMINDERS]]
        if len(reminders) > _MAX_REMINDERS:
            lines.append(counted("… dan {n} tenggat lagi.", len(reminders) - _MAX_REMINDERS))
        self.reminders.setText(" · ".join(lines))
        tone = "danger" if any(reminder.is_late for reminder in reminders) else "warn"
        set_style_properties(self.reminders, tone=tone)
        self.reminders.setVisible(bool(reminders))

    def _do_with_board(self, act: Callable[[PageHost, HallBoard], None]) -> None:
        if self._board is not None:
            act(self._host, self._board)

    def _show_acts(self, board: HallBoard) -> None:
        why_not = why_not_closable(board, may_close_early=self._host.actor.may(Permission.CLOSE_DAY_EARLY))
        self.close_day_button.setEnabled(not why_not)
        self.close_day_button.setToolTip(why_not)
        self.kiosks_button.setEnabled(True)
        self.kiosks_button.setText(_("Buka kios") if board.kiosk_pause else _("Jeda kios"))
        self.kiosks_button.set_icon("monitor-play" if board.kiosk_pause else "monitor-pause")

    def show_board(self, board: HallBoard) -> None:
        self._board = board
        self._show_acts(board)
        day, end = board.day, board.end
        self.closed.show_status(closed_words(end), "primary", "moon")
        self.take_back_button.setEnabled(end.can_be_taken_back)
        self.take_back_button.setToolTip("" if end.can_be_taken_back else _("Hari ini belum ditutup."))
        self.issued.show_value(str(day.issued))
        self.done.show_value(str(day.done))
        self.missed.show_value(str(day.no_show))
        self.waiting.show_value(str(day.waiting))
        self.wait.show_value(seconds_in_words(day.wait_seconds))
        self.walking.show_value(seconds_in_words(day.walking_seconds))
        self.serving.show_value(seconds_in_words(day.serving_seconds))
        self.booked.show_value(_("{n} dari {total}").format(n=day.missed, total=day.booked))
        outcomes = " · ".join(f"{outcome} {count}" for outcome, count in day.outcomes)
        counts = []
        if day.transferred:
            counts.append(_("Dialihkan: {n}").format(n=day.transferred))
        if day.set_aside:
            time = seconds_in_words(day.aside_seconds)
            counts.append(_("Ditunda saat dilayani: {n} ({time})").format(n=day.set_aside, time=time))
        if outcomes:
            counts.append(_("Tanpa permohonan: {outcomes}").format(outcomes=outcomes))
        self.outcomes.setText("   ".join(counts))
        self.outcomes.setVisible(bool(counts))
        self.load_panel.chart.show_chart(load_chart(day))
        self.wait_panel.chart.show_chart(wait_chart(day))


class CounterTile(QFrame):
    """The tile of a counter: name, officer, state, and whom it serves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.name = widgets.ElidedLabel("", "strong")
        self.state = widgets.Pill(theme)
        self.officer = widgets.ElidedLabel("", "small", "soft")
        self.visit = widgets.ElidedLabel("", "body")
        top = Row(theme, gap=8)
        top.addWidget(self.name, 1)
        top.addWidget(self.state)
        column = Column(theme, self, gap=4, margins=(16, 8, 12, 8))
        column.addLayout(top)
        column.addWidget(self.visit)
        column.addWidget(self.officer)

    def show_counter(self, counter: CounterStatus) -> None:
        tone, icon_name = COUNTER_TONES[counter.state]
        self.name.setText(counter_name(counter))
        self.state.show_status(counter.state.word, tone, icon_name)
        self.officer.setText(counter.officer or _("tanpa petugas"))
        visitor = counter.current
        idle = counter.pause_reason or _("tidak ada pengunjung")
        self.visit.setText(
            _("{label} {state}").format(label=visitor.label, state=visitor.state.word) if visitor else idle
        )


class OtherCounters(QWidget):
    """The tiles of other counters, or of all, as many next to each other as fit."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.tiles: list[CounterTile] = []
        self._shown_count = 0  # of the tiles; the others are spare
        self.title = widgets.Label(title or _("Loket-loket lain"), "caps", "soft")
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._grid = Grid(theme, gap=_GAP)
        box = Column(theme, inner)
        box.addLayout(self._grid)
        box.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(self.title.text())
        self._area.setWidget(inner)
        column = Column(theme, self, gap=8)
        column.addWidget(self.title)
        column.addWidget(self._area)

    def show_board(self, board: CounterBoard) -> None:
        self.show_counters([counter for counter in board.counters if counter.number != board.mine.number])

    def show_counters(self, counters: Sequence[CounterStatus]) -> None:
        self.setVisible(bool(counters))
        for _number in range(len(self.tiles), len(counters)):
            self.tiles.append(CounterTile(self._theme))
        for tile, counter in zip(self.tiles, counters, strict=False):
            tile.show_counter(counter)
        self._shown_count = len(counters)
        self._arrange()

    def _arrange(self) -> None:
        """Arrange as many tiles next to each other as fit. Two rows are in sight, further rows scroll."""
        columns = max(1, self.width() // self._theme.px(_TILE_WIDTH))
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
            tile.setVisible(number < self._shown_count)
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        rows = min(_MAX_ROWS_IN_SIGHT, -(-self._shown_count // columns))  # rounded up
        tile_height = self.tiles[0].sizeHint().height() if self.tiles else 0
        self._area.setFixedHeight(rows * (tile_height + self._theme.px(_GAP)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class HallPage(WorkPage):
    """The page of the queue for the reception and the security desk (POS Sumut 1 to 3)."""

    name, icon_name, group = "queue", "list-ordered", "visitors"
    needs = frozenset({Permission.ISSUE_TICKETS, Permission.MANAGE_QUEUE, Permission.CLOSE_DAY})
    title = staticmethod(lambda: _("Antrean"))

    @override
    def build(self) -> None:
        self._board: HallBoard | None = None
        filters = (
            lists.Filter("waiting", _("Menunggu")),
            lists.Filter("missed", _("Terlewat")),
            lists.Filter("held", _("Ditunda")),
        )
        nobody = (_("Belum ada nomor hari ini."), "ticket")
        self.numbers = lists.RecordList(self.theme, _("Cari nomor, layanan"), filters, nobody)
        self.counters = OtherCounters(self.theme, pgettext("many", "Loket"))
        self.load_panel = ChartPanel(self.theme, _("Nomor hari ini per jam"))
        self._add_buttons()
        self.numbers.chosen.connect(self._show_acts)
        right = QWidget()
        column = Column(self.theme, right, gap=16)
        self.chosen, self.acts = Section(self.theme, _("Nomor yang dipilih")), ActionsRow(self.theme)
        self.chosen.body.addWidget(self.acts)
        self.chosen.hide()
        column.addWidget(self.chosen)
        column.addWidget(self.counters)
        column.addWidget(self.load_panel, 1)
        self.show_split(self.numbers, right)

    def _add_buttons(self) -> None:
        self.closed = self.add_head_pill()
        self.issue_button = self.add_head_button(_("Ambilkan nomor"), "ticket", self._issue, "primary")
        self.issue_button.setVisible(self.host.actor.may(Permission.ISSUE_TICKETS))
        self.issue_button.setEnabled(False)  # until the queue is read
        self.key("Ctrl+N", self._issue)

    @override
    def refresh(self) -> None:
        self.fetch(Office.hall_board, self._show_board)

    def _show_board(self, board: HallBoard) -> None:
        self._board = board
        now = self.host.stamp()
        tickets = (*board.waiting, *board.missed, *board.held)
        self.numbers.show_rows([ticket_row(ticket, now) for ticket in tickets])
        self._show_acts(self.numbers.selected)
        self.counters.show_counters(board.counters)
        self.load_panel.chart.show_chart(load_chart(board.day))
        self.issue_button.setEnabled(True)
        self.closed.show_status(closed_words(board.end), "primary", "moon")

    def _show_acts(self, ticket_id: object) -> None:
        """Show what can be done with the chosen ticket."""
        board = self._board
        tickets = () if board is None else (*board.waiting, *board.missed, *board.held)
        ticket = next((ticket for ticket in tickets if ticket.id == ticket_id), None)
        acts = ticket_acts(self.host, ticket)
        if ticket is not None and self.host.actor.may(Permission.RECEIVE_VISITORS):
            # The guest book, the purpose and all else are done on the page Tamu.
            receive = partial(self.host.open_page, "guests", ticket.label)
            acts.insert(0, DetailAction("guest", _("Terima tamu"), "book-open", receive, "primary"))
        self.chosen.title.setText("" if ticket is None else ticket.label)
        self.acts.show_actions(acts)
        self.chosen.setVisible(bool(acts))

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
                    [(None, _("bukan prioritas")), *options_of(PriorityReason)],
                ),
                forms.TicksField(self.theme, "help", _("Bantuan"), options_of(Help)),
            ),
            command=lambda values: commands.IssueTicket(wants_paper=self.host.can_print, **values),
            verb=_("Ambil nomor"),
            then=self._on_issued,
            icon=("ticket", "blue"),
        ).open()

    def _on_issued(self, issued: IssuedTicket) -> None:
        self.numbers.choose(issued.ticket.id)
        self.host.hand_out(issued)


def ticket_row(ticket: Ticket, now: int) -> lists.ListRow:
    """Return the row of a ticket at `now` (UTC ms)."""
    addressee = _("untuk {officer}").format(officer=ticket.target_officer) if ticket.target_officer else ""
    tags = (lists.Tag(priority_words(ticket), "priority"),) if ticket.priority else ()
    return lists.ListRow(
        id=ticket.id,
        title=f"{ticket.label} · {service_name(ticket)}",
        subtitle=", ".join(filter(None, (*(kind.word for kind in ticket.help), addressee))) or ticket.remark,
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
