"""The office now, for who looks after it: every counter, who waits longest, what is late, what is broken."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.formats import format_stopwatch
from ult_desktop.core.queue.boards import CounterState, CounterStatus
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.operations.live_board import LiveBoard, PressingStep, live_board
from ult_desktop.ui.counter.pages import Fetching, PageHost, snapshot
from ult_desktop.ui.counter.words import counter_name, in_minutes, priority_words, service_name, waiting_ms
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.detail import Fact, Facts
from ult_desktop.ui.kit.panels import Section

_LONGEST = 5
_TONES = {"warn": "warn", "fail": "danger"}


class LiveSection(Section):
    """A title with facts, or a few words while there is none."""

    def __init__(self, theme: Theme, title: str, nothing: str) -> None:
        super().__init__(theme, title)
        self.facts = Facts(theme)
        self.nothing = widgets.Label(nothing, "body", "soft", wrap=True)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.nothing)
        self.body.addStretch()

    def show_facts(self, facts: list[Fact]) -> None:
        self.facts.show_facts(facts)
        self.nothing.setVisible(not facts)


class LivePanel(QScrollArea):
    """The live panel of the board. It names only officers, because it is read over a locked PC."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.counters = LiveSection(theme, _("Loket sekarang"), _("Belum ada loket."))
        self.longest = LiveSection(theme, _("Paling lama menunggu"), _("Tidak ada yang menunggu."))
        self.pressing = LiveSection(theme, _("Waktu baku hampir habis"), _("Semua masih dalam waktunya."))
        self.troubled = LiveSection(theme, _("Komputer bermasalah"), _("Semua baik."))
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        row = Row(theme, inner, gap=16)
        row.addWidget(self.counters, 3)
        row.addWidget(self.longest, 3)
        last = Column(theme, gap=16)
        last.addWidget(self.pressing)
        last.addWidget(self.troubled, 1)
        row.addLayout(last, 3)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Keadaan sekarang"))
        self.setWidget(inner)

    def show_board(self, board: LiveBoard, now: int) -> None:
        """Show the board at `now` (UTC ms)."""
        lines = sorted(board.hall.counters, key=lambda line: line.current is None)
        self.counters.show_facts([counter_fact(line, now) for line in lines])
        waiting = sorted(board.hall.waiting, key=lambda ticket: -waiting_ms(ticket, now))
        self.longest.show_facts([waiting_fact(ticket, now) for ticket in waiting[:_LONGEST]])
        self.pressing.show_facts([pressing_fact(each) for each in board.pressing])
        self.troubled.show_facts(
            [Fact(each.check, each.todo or each.found, _TONES[each.level]) for each in board.troubled]
        )


def counter_fact(line: CounterStatus, now: int) -> Fact:
    """Return whom a counter has and since when, or why it has nobody."""
    visitor = line.current
    if visitor is None:
        words = f"{line.state.word} · {line.pause_reason}" if line.pause_reason else line.state.word
        tone = "" if line.state is CounterState.OPEN else "soft"
    else:
        since = visitor.arrived_at or visitor.called_at or now
        parts = (visitor.label, visitor.state.word, in_minutes(now - since))
        words, tone = " ".join(parts), "primary"
    return Fact(counter_name(line), " · ".join(filter(None, (words, line.officer))), tone)


def waiting_fact(ticket: Ticket, now: int) -> Fact:
    urgent = priority_words(ticket) if ticket.priority else ""
    parts = (in_minutes(waiting_ms(ticket, now)), service_name(ticket), urgent)
    return Fact(ticket.label, " · ".join(filter(None, parts)), "priority" if ticket.priority else "")


def pressing_fact(pressing: PressingStep) -> Fact:
    standard = (pressing.progress.standard_ms or 0) // MINUTE_MS
    spent = format_stopwatch(pressing.progress.spent_ms / 1000)
    words = _("langkah {n}: {spent} dari {standard} menit").format(
        n=pressing.step.step, spent=spent, standard=standard
    )
    return Fact(counter_name(pressing.counter), words, "danger" if pressing.progress.overdue else "warn")


class LiveWatch(QObject):
    """The reader for a panel without a page: while it is in sight, at every change of the office."""

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
