"""The page Antrean: the number that is being served, how it ends, and who comes next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats, language
from ult_desktop.core.accountability.deviation_words import written_words
from ult_desktop.core.accountability.deviations import Lack
from ult_desktop.core.queue import boards, commands
from ult_desktop.core.queue.boards import LeavingChecks, Owed, OwedKind, Service
from ult_desktop.core.queue.ticket import Ticket, TicketState, readable_reasons
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.ui.counter.actions import reasons
from ult_desktop.ui.counter.actions.actions import Action, ActionBar
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.pages import VisitTabs
from ult_desktop.ui.counter.pages.closing_box import ClosingBox, Mending, NumberedChoice
from ult_desktop.ui.counter.queue.hall_page import OtherCounters
from ult_desktop.ui.counter.queue.side_panel import SidePanel, TicketRow, ticket_rows
from ult_desktop.ui.counter.words import (
    minutes_in_words,
    place_word,
    priority_words,
    service_name,
    waiting_ms,
)
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, timeline, widgets
from ult_desktop.ui.kit.forms.choice_fields import OptionsBox, Tick
from ult_desktop.ui.kit.lists import ListRow, Tag
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.lists.record_list import RowDelegate, RowModel
from ult_desktop.ui.kit.panels import REGION, ShownStack

_STAYS_KEY = "G"


class IdleWords(NamedTuple):
    """The words and the icon shown while nobody is at the counter."""

    title: str
    words: str
    icon_name: str
    tint: str


def idle_words(s: Situation, now: int) -> IdleWords:
    """Return why nobody is at the counter, or who would be next, at `now` (UTC ms)."""
    mine = s.board.mine
    if not s.is_mine and mine.officer_id is not None:
        title = _("Loket ini dijaga {officer}").format(officer=mine.officer)
        return IdleWords(title, _("Ambil alih lagi dengan F11."), "users", "orange")
    if s.board.end.closed and not s.board.has_open_numbers:
        words = _("Tidak ada nomor yang menunggu. Terima kasih untuk hari ini.")
        return IdleWords(boards.closed_words(s.board.end), words, "moon", "slate")
    if mine.state is boards.CounterState.PAUSED:
        words = _("{reason}. Buka lagi dengan F11.").format(reason=mine.pause_reason or _("Istirahat"))
        return IdleWords(_("Loket dijeda"), words, "coffee", "amber")
    if mine.state is boards.CounterState.CLOSED:
        return IdleWords(_("Loket tutup"), _("Buka dengan F11 untuk mulai melayani."), "door-closed", "slate")
    if s.board.next_up is not None:
        return _next_words(s, s.board.next_up, now)
    if s.armed:
        words = _("Nomor berikutnya yang datang dipanggil dengan sendirinya.")
        return IdleWords(_("Loket siap memanggil"), words, "bell-ring", "green")
    words = _("Nomor baru muncul di sini dengan sendirinya.")
    return IdleWords(_("Tidak ada yang menunggu"), words, "coffee", "green")


def _next_words(s: Situation, upcoming: Ticket, now: int) -> IdleWords:
    row = ticket_rows([upcoming], s.board, now)[0]
    waits = _("menunggu {time}").format(time=row.time)
    words = " · ".join(part for part in (row.service, row.marks, waits) if part)
    title = _("Berikutnya {label}").format(label=upcoming.label)
    if upcoming.priority:
        return IdleWords(title, words, "accessibility", "violet")
    return IdleWords(title, words, "user-round", "blue")


class CurrentCard(QFrame):
    """The visitor at the counter, or what to do while there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.visit = CurrentTicketView(theme)
        self.idle = IdleView(theme)
        self._pages = ShownStack()
        self._pages.addWidget(self.idle)
        self._pages.addWidget(self.visit)
        body = Column(theme, self, margins=(24, 12, 24, 12))
        body.addWidget(self._pages)

    def show_situation(self, s: Situation, now: int) -> None:
        """Show the state of the counter at `now` (UTC ms)."""
        current = s.current
        if current is None:
            self.idle.show_words(idle_words(s, now))
        else:
            self.visit.show_ticket(current, s.board.calling.max_calls)
            self.visit.show_guest(s.board.guest)
            self.visit.show_time(now)
        self._pages.setCurrentWidget(self.idle if current is None else self.visit)

    def show_time(self, now: int) -> None:
        if self._pages.currentWidget() is self.visit:
            self.visit.show_time(now)


class IdleView(QWidget):
    """The view while nobody is at the counter: why, and who would be next."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.tile = widgets.IconTile(theme, "user-round", "slate", 72)
        self.title = widgets.Label("", "heading", wrap=True)
        self.words = widgets.ElidedLabel("", "body", "soft")
        row = Row(theme, self, gap=24)
        row.addWidget(self.tile, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = Column(theme, gap=4)
        texts.addStretch()
        texts.addWidget(self.title)
        texts.addWidget(self.words)
        texts.addStretch()
        row.addLayout(texts, 1)

    def show_words(self, words: IdleWords) -> None:
        self.tile.show_icon(words.icon_name, words.tint)
        self.title.setText(words.title)
        self.words.setText(words.words)


_MAX_HELP_IN_LINE = 3  # kinds of help that one pill names


class CurrentTicketView(QWidget):
    """The ticket that is called or served here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._ticket: Ticket | None = None
        self.number = widgets.Label("", "number", "primary")
        self.service = widgets.ElidedLabel("", "title")
        self.guest = widgets.ElidedLabel("", "body")
        self.remark = widgets.ElidedLabel("", "body", "soft")
        self.priority = widgets.Pill(theme)
        self.help, self.more_help = widgets.Pill(theme), widgets.Pill(theme)
        self.place = widgets.Pill(theme)
        self.state = widgets.Pill(theme)
        self.timer = widgets.Label("", "hero")
        self.waited = widgets.Label("", "small", "soft")
        for label in (self.timer, self.waited):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = Row(theme, self, gap=24)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._lay_out_middle(theme), 1)
        row.addLayout(self._lay_out_right(theme))

    def _lay_out_middle(self, theme: Theme) -> Column:
        texts = Column(theme, gap=4)
        texts.addStretch()
        texts.addWidget(self.service)
        texts.addWidget(self.guest)
        for pills in ((self.priority, self.place), (self.help,), (self.more_help,)):
            line = Row(theme, gap=8)
            for pill in pills:
                line.addWidget(pill)
            line.addStretch()
            texts.addLayout(line)
        texts.addWidget(self.remark)
        texts.addStretch()
        return texts

    def _lay_out_right(self, theme: Theme) -> Column:
        column = Column(theme, gap=2)
        column.addStretch()
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.timer)
        column.addWidget(self.waited)
        column.addStretch()
        return column

    def show_ticket(self, ticket: Ticket, max_calls: int) -> None:
        self._ticket = ticket
        self.number.setText(ticket.label)
        set_style_properties(self.number, tone="priority" if ticket.priority else "primary")
        self.service.setText(service_name(ticket))
        self.remark.setText(_("Pesan: {remark}").format(remark=ticket.remark) if ticket.remark else "")
        self.remark.setVisible(bool(ticket.remark))
        priority = _("Prioritas") if ticket.priority else ""
        if readable_reasons(ticket.grounds):
            priority = _("Prioritas · {ground}").format(ground=priority_words(ticket))
        self.priority.show_status(priority, "priority", "accessibility")
        names = [kind.word for kind in ticket.help]
        first = ", ".join(names[:_MAX_HELP_IN_LINE])
        words = _("Bantuan: {help}").format(help=first) if first else ""
        self.help.show_status(words, "accent", "hand-helping")
        self.more_help.show_status(", ".join(names[_MAX_HELP_IN_LINE:]), "accent", "hand-helping")
        self.place.show_status(place_word(ticket), "primary", "arrow-right-left")
        if ticket.state is TicketState.SERVING:
            self.state.show_status(_("dilayani"), "ok", "user-check")
            return
        calls = _("dipanggil {n} dari {most}").format(n=ticket.calls, most=max_calls)
        self.state.show_status(calls, "accent", "megaphone")

    def show_guest(self, guest: tuple[str, ...]) -> None:
        """Show name and institution, unless wanted help and the remark need the room."""
        self.guest.setText(" · ".join(guest))
        is_full = bool(self.remark.text() and self.help.text()) or bool(self.more_help.text())
        self.guest.setVisible(bool(guest) and not is_full)

    def show_time(self, now: int) -> None:
        """Show how long the visitor has been served; before that, how long ago they were called."""
        ticket = self._ticket
        if ticket is None or ticket.called_at is None:
            return
        since = ticket.arrived_at if ticket.state is TicketState.SERVING else ticket.called_at
        self.timer.setText(formats.format_stopwatch((now - (since or now)) / 1000))
        self.waited.setText(
            _("menunggu {time}").format(time=minutes_in_words(waiting_ms(ticket, ticket.called_at)))
        )


class EndPanel(ClosingBox):
    """The panel that asks how the service ends. The first F9 shows it, the second finishes as chosen here.

    The first outcome of the office's list is preset; a digit chooses another, 0 none.

    Signals:
        back_requested: the officer does not finish yet (Esc).
    """

    back_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            {
                "answer": Mending("J", _("Jawab dan tutup permohonan (J)"), "message-circle"),
                "guest": Mending("B", _("Isi buku tamu (B)"), "book-open"),
                "identity": Mending("I", _("Verifikasi identitas (I)"), "badge-check"),
                "letter": Mending("T", _("Catat surat tamu (T)"), "file-text"),
                "survey": Mending("S", _("Tawarkan survei (S)"), "message-circle"),
                "card_back": Mending("K", _("Kembalikan kartu (K)"), "id-card"),
            },
        )
        self._counter, self._ticket_id, self._label = 0, -1, ""
        self._leaving = LeavingChecks()
        self._caseless_outcomes: tuple[str, ...] = ()  # with these a service was given without a case
        self.result = widgets.Label("", "body", "soft", wrap=True)
        self.outcome = NumberedChoice(theme, _("Hasil layanan"), _("Tidak dicatat"))
        self.stays = Tick(_("Masih di gedung, misalnya mengisi survei di kios (G)"))
        self.goes_on = widgets.Label("", "body", "soft", wrap=True)
        self.back_button = widgets.Button(theme, _("Kembali (Esc)"), "quiet")
        self.back_button.clicked.connect(self.back_requested)
        self.outcome.answered.connect(self._show_missing)
        self._lay_out()

    def _lay_out(self) -> None:
        head = Row(self._theme, gap=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.back_button)
        column = Column(self._theme, self, gap=10, margins=(24, 12, 16, 12))
        column.addLayout(head)
        column.addWidget(self.result)
        column.addWidget(self.outcome)
        column.addWidget(self.reason)
        column.addWidget(self.lacks_label)
        column.addLayout(self._acts_row)
        self._stays_box = OptionsBox(self._theme, (self.stays,))
        column.addWidget(self._stays_box)
        column.addWidget(self.goes_on)
        column.addStretch()

    def show_situation(self, s: Situation) -> None:
        """Show what is known of the served visitor. The choices stay while it is the same visitor."""
        if s.current is None:
            return
        leaving = s.board.leaving or LeavingChecks()
        calling = s.board.calling
        caseless = calling.given
        need_case = tuple(outcome for outcome in calling.every_outcome if outcome not in caseless)
        self._counter, self._leaving, self._caseless_outcomes = s.counter, leaving, caseless
        if leaving.case_number:  # the outcome is noted there
            self.outcome.offer()
        else:
            self.outcome.offer((_("Selesai tanpa permohonan"), caseless), (_("Perlu permohonan"), need_case))
        self.reason.choice.offer(("", calling.reasons))
        if s.current.id != self._ticket_id:
            self._ticket_id, self._label, self._asks_reason = s.current.id, s.current.label, False
            self.stays.setChecked(bool(leaving.awaited_step))
            self.outcome.choose(1)
            self.reason.begin()
        self.result.setText(_("Hasilnya tercatat di permohonan {number}.").format(number=leaving.case_number))
        self.result.setVisible(bool(leaving.case_number))
        self._show_missing()
        self._show_question(asks_reason=self._asks_reason and bool(self._lacks))
        # With every case closed there is nothing to answer.
        can_answer = bool(leaving.open_cases) or not leaving.case_number
        why_not_answer = reasons.answer(s)
        self.mend_buttons["answer"].setVisible(can_answer and not why_not_answer)
        why = _why_goes_on(leaving)
        self.goes_on.setText(why)
        self.goes_on.setVisible(bool(why))
        # An open case keeps the visit open, whatever the hidden tick says.
        for widget in (self.stays, self._stays_box):
            widget.setVisible(not leaving.open_cases)

    @property
    def _lacks(self) -> tuple[Lack, ...]:
        """The deviations that finishing with the chosen outcome would record."""
        is_service_given = self.outcome.chosen_answer in self._caseless_outcomes
        return self._leaving.lacks_if_service_given if is_service_given else self._leaving.lacks

    @override
    def _show_question(self, *, asks_reason: bool) -> None:
        self.outcome.setVisible(bool(self.outcome.options) and not asks_reason)
        super()._show_question(asks_reason=asks_reason)

    @override
    def _question(self) -> str:
        if self._asks_reason:
            words = _("Mengapa ada yang terlewat pada {label}? (tekan angkanya)")
        elif self.outcome.options:
            words = _("Hasil untuk {label} (tekan angkanya)")
        else:
            words = _("{label} selesai")
        return words.format(label=self._label)

    def _show_missing(self) -> None:
        leaving, lacks = self._leaving, self._lacks
        mending_acts = {lack.mended_by for lack in lacks}
        self.mend_buttons["guest"].setVisible(not leaving.guest_book_signed)
        for act in ("identity", "letter"):
            self.mend_buttons[act].setVisible(act in mending_acts)
        self.mend_buttons["survey"].setVisible(not leaving.survey_offered)
        self.mend_buttons["card_back"].setVisible(bool(leaving.held_cards))
        no_lacks = _("Semua tercatat dan survei sudah ditawarkan.")
        self._show_lacks(_what_lacks(leaving, lacks), no_lacks, may_explain=bool(lacks))

    def command(self) -> commands.Finish:
        """Return the end as chosen now."""
        return commands.Finish(
            counter=self._counter,
            outcome=self.outcome.chosen_answer,
            leaves=not self.stays.isChecked(),
            reason=self.reason.reason,
        )

    @override
    def _choose(self, digit: int) -> None:
        if self._asks_reason:
            super()._choose(digit)
        else:
            self.outcome.choose(digit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif event.text().upper() == _STAYS_KEY and self.stays.isVisible():
            self.stays.toggle()
        else:
            super().keyPressEvent(event)


def _what_lacks(leaving: LeavingChecks, lacks: Sequence[Lack]) -> str:
    """Return the deviations that would be written, and below them what else is missing; "" for nothing."""
    others = []
    guest_book_is_a_lack = any(lack.mended_by == "guest" for lack in lacks)
    if not leaving.guest_book_signed and not guest_book_is_a_lack:
        others.append(_("Buku tamu belum diisi."))
    if not leaving.survey_offered:
        others.append(_("Survei belum ditawarkan."))
    if leaving.held_cards:
        others.append(_("Kartu identitas masih dipegang: {cards}.").format(cards=leaving.held_cards))
    return "\n".join(filter(None, (written_words(lacks), " ".join(others))))


def _why_goes_on(leaving: LeavingChecks) -> str:
    """Return why the visit goes on after the number is finished; "" when it ends."""
    if leaving.open_cases:
        words = _("Permohonan {numbers} masih terbuka: kunjungan tetap berjalan.")
        return words.format(numbers=", ".join(leaving.open_cases))
    if leaving.awaited_step:
        words = _("Berikutnya {step}: kunjungan berjalan selama tamu masih di gedung.")
        return words.format(step=leaving.awaited_step)
    return ""


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
    """The next tickets in calling order, and next to them the answers and promises that the officer owes.

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
        aside=row.time,
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


_HEAD_HEIGHT = 136  # base pixels


class QueuePage(QWidget):
    """The page on which an officer works all day.

    Args:
        theme: colours and sizes.
        table: the actions by name.
        tabs: shown while a visitor is at the counter. While nobody is, the other counters, the next tickets
            and what the officer owes are shown instead.

    Signals:
        action_requested: an action was pressed (its name).
        page_wanted: another page is wanted (its name, and the subject to show there).
    """

    action_requested = Signal(str)
    page_wanted = Signal(str, object)

    def __init__(self, theme: Theme, table: dict[str, Action], tabs: VisitTabs | None = None) -> None:
        super().__init__()
        self._theme, self.tabs = theme, tabs
        self.setProperty("kind", "page")
        self.current = CurrentCard(theme)
        self.action_bar = ActionBar(theme, table)
        self.others = OtherCounters(theme)
        self.next_work = NextWorkView(theme)
        self.ending = EndPanel(theme)
        self.side = SidePanel(theme)
        middle = Column(theme, gap=16, margins=(24, 20, 24, 12))
        below = self._lay_out_below()
        for region in (self.action_bar, below, self.side):
            region.setProperty(REGION, True)
        middle.addWidget(self.current)
        middle.addWidget(self.action_bar)
        middle.addWidget(below, 1)
        row = Row(theme, self)
        row.addLayout(middle, 1)
        row.addWidget(self.side)
        self._situation: Situation | None = None
        self._now = 0
        self._wire()
        theme.changed.connect(self._rescale)
        self._rescale()

    def _lay_out_below(self) -> ShownStack:
        self._idle = QWidget()
        column = Column(self._theme, self._idle, gap=16)
        column.addWidget(self.others)
        column.addWidget(self.next_work, 1)
        self._below = ShownStack()
        self._below.addWidget(self._idle)
        self._below.addWidget(self.ending)
        if self.tabs is not None:
            self._below.addWidget(self.tabs)
        return self._below

    def show_situation(self, s: Situation, now: int) -> None:
        """Show the situation at `now` (UTC ms). Its `selected` is ignored: this page knows the chosen row."""
        self._situation, self._now = s, now
        self.side.show_board(s.board, now)
        self.current.show_situation(s, now)
        self._show_below(s)
        self.others.show_board(s.board)
        self.next_work.show_situation(s, now)
        self._show_actions()

    def _show_below(self, s: Situation) -> None:
        if self.tabs is not None:
            self.tabs.show_ticket(s.current if s.is_mine else None)
        why_not_finish = reasons.finish(s)
        if self.is_ending and not why_not_finish:
            self.ending.show_situation(s)
        else:
            self._leave_ending()

    @property
    def is_ending(self) -> bool:
        """True while the panel asks how the service ends."""
        return self._below.currentWidget() is self.ending

    def begin_ending(self) -> None:
        """Show the panel that asks how the service ends."""
        if self._situation is not None:
            self.ending.show_situation(self._situation)
            self._below.setCurrentWidget(self.ending)
            self.ending.setFocus()

    def _leave_ending(self) -> None:
        focus, s = QApplication.focusWidget(), self._situation
        had_focus = focus is not None and (focus is self.ending or self.ending.isAncestorOf(focus))
        has_visitor = s is not None and s.is_mine and s.current is not None
        self._below.setCurrentWidget(self.tabs if has_visitor and self.tabs is not None else self._idle)
        if had_focus:
            self.setFocus()

    def show_time(self, now: int) -> None:
        self._now = now
        self.current.show_time(now)
        self._show_actions()

    @property
    def situation(self) -> Situation | None:
        """The situation shown last, with the row that is chosen now."""
        return replace(self._situation, selected=self.side.selected) if self._situation else None

    def _show_actions(self) -> None:
        if self.situation is not None:
            self.action_bar.show_situation(self.situation, self._now)
            # Without a next step the waiting list has the focus: arrows choose a row, Enter calls it.
            self.setFocusProxy(self.action_bar.main or self.side.waiting.view)

    def _wire(self) -> None:
        self.action_bar.action_requested.connect(self.action_requested)
        self.ending.back_requested.connect(self._leave_ending)
        self.ending.decided.connect(lambda: self.action_requested.emit("finish"))
        self.next_work.ticket_opened.connect(self.side.choose)
        self.next_work.page_wanted.connect(self.page_wanted)
        self.side.chosen.connect(self._show_actions)
        self.side.action_requested.connect(self.action_requested)
        self.side.call_requested.connect(lambda _ticket: self.action_requested.emit("call_selected"))
        self.side.come_back_requested.connect(lambda _ticket: self.action_requested.emit("come_back"))
        self.side.seat_requested.connect(lambda: self.action_requested.emit("seat"))
        self.side.resume_requested.connect(lambda _ticket: self.action_requested.emit("resume"))

    def _rescale(self) -> None:
        self.current.setFixedHeight(self._theme.words_px(_HEAD_HEIGHT))
