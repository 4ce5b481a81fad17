"""The page Susunan loket: a past month with another plan, the cheapest plans, next week's visitors."""

import threading
from collections.abc import Callable
from datetime import time
from functools import partial
from itertools import pairwise
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar
from typing_extensions import override

from ult_desktop.base import UserError, WordEnum, _, counted, formats
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.figures.period import Period, Span
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.core.staffing.plan import (
    AS_IT_WAS,
    MAX_COUNTERS,
    PlannedCounter,
    PlannedShares,
    StaffingPlan,
    staggered_counters,
)
from ult_desktop.core.staffing.replay import USUAL_LIMIT, Staffing, StaffingReplay, replay_days
from ult_desktop.core.staffing.search import USUAL_SHARE, StaffingSearch, search_plans
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.queue import counters
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.staffing import reports
from ult_desktop.operations.staffing.forecast import next_week
from ult_desktop.operations.staffing.replay import read_staffing, require_possible_plan
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import WorkPage, offer_report
from ult_desktop.ui.counter.pages.papers import show_document, write_report
from ult_desktop.ui.counter.reports.page import TWO_LINES_FROM, fill_choice, make_choice
from ult_desktop.ui.counter.reports.parts_view import PartView
from ult_desktop.ui.counter.survey.panels import PeriodBar
from ult_desktop.ui.kit import Grid, Row, dialogs, widgets
from ult_desktop.ui.kit.layouts import WrapRow
from ult_desktop.ui.office_link.tasks import FileWorker

LIMITS, SHARES = (5, 10, 15, 20, 30, 45, 60), (80, 90, 95)  # minutes of waiting, percent of the visitors
CHOICES_A_LINE = 3  # choices in a line of large letters
_PROGRESS_MS = 100
_FROM_FILE = 0  # among the numbers of counters: the plan of a file
_MAX_PRIORITY_SHARE = 3  # priority numbers in a row before a regular one
_HUNDRED = 100


class StaffingQuestion(WordEnum):
    """A question that the page answers."""

    WHAT_IF = "what_if", "Bagaimana jika"
    CHEAPEST = "cheapest", "Susunan termurah"
    NEXT_WEEK = "next_week", "Minggu depan"


class StaffingQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A question, with everything that its answer depends on: `limit` in minutes, `share` in percent."""

    question: StaffingQuestion
    period: Period
    plan: StaffingPlan
    limit: int
    share: int


class StaffingChoices(msgspec.Struct, frozen=True, kw_only=True):
    """The office's counters as (number, name), and its first open day's breaks as (closes, reopens)."""

    counters: tuple[tuple[int, str], ...]
    breaks: tuple[tuple[time, time], ...]


def read_choices(tx: Transaction) -> StaffingChoices:
    hours = office_rows.load(tx).settings.hours
    open_days = [spans for spans in map(hours.spans, range(7)) if spans]
    first_day = open_days[0] if open_days else ()
    breaks = tuple((closes, reopens) for (_opens, closes), (reopens, _closes) in pairwise(first_day))
    return StaffingChoices(counters=counters.counter_choices(tx), breaks=breaks)


class StaffingPage(WorkPage):
    """The page that answers questions about staffing by replaying the office's own past."""

    name, icon_name, group = "staffing", "users", "quality"
    line = "reports"
    needs = frozenset({Permission.SET_OFFICE})
    title = staticmethod(lambda: _("Susunan loket"))

    @override
    def build(self) -> None:
        self.report: PeriodReport | None = None
        self._choices: StaffingChoices | None = None
        self._from_file = AS_IT_WAS
        self._staffing: tuple[Period, Staffing] | None = None  # the days of the last period that was read
        self._shown_query: StaffingQuery | None = None  # whose answer, or why there is none, is shown
        self._running_query: StaffingQuery | None = None  # whose answer is being read or computed
        self._progress = [0.0]  # from 0 to 1: a list, so that the worker's thread can write into it
        self._stop_wanted = threading.Event()
        self._worker = FileWorker(self)
        self.host.lost.connect(self._forget_query)
        self._progress_timer = QTimer(self, interval=_PROGRESS_MS)
        self._progress_timer.timeout.connect(self._show_progress)
        self.print_button = self.add_head_button(_("Cetak"), "printer", self._print)
        self.key("Ctrl+P", self.print_button.click)
        self.save_button = self.add_head_button(_("Simpan …"), "download", self._save, "primary")
        self.key("Ctrl+S", self.save_button.click)
        self.questions: dict[StaffingQuestion, widgets.Button] = {}
        for question in StaffingQuestion:
            button = widgets.Button(self.theme, question.word)
            button.setCheckable(True)
            button.clicked.connect(partial(self.ask, question))
            self.questions[question] = button
        self.questions[StaffingQuestion.WHAT_IF].setChecked(True)
        self.period = PeriodBar(self.theme, self.host.now().date(), (Span.MONTH,))
        self.period.choose(self.period.period.moved(-1))
        self.period.changed.connect(self.refresh)
        self.period.spans[Span.MONTH].hide()
        self._make_choices()
        self.part = make_choice(self.theme, _("Yang dilihat"))
        self.part.currentIndexChanged.connect(self._show_part)
        self.view = PartView(self.theme)
        self.summary = widgets.Label("", "strong", wrap=True)
        self.notes = widgets.Label("", "small", "soft", wrap=True)
        self.progress = QProgressBar(textVisible=False, maximum=_HUNDRED)
        self.progress.setAccessibleName(_("Kemajuan"))
        self.stop_button = widgets.Button(self.theme, _("Hentikan"), "", "circle-x")
        self.stop_button.clicked.connect(self._stop_wanted.set)
        self.key("Esc", self.stop_button.click)
        for label in (self.summary, self.notes):
            label.hide()
        self._lay_out_answer()

    def _make_choices(self) -> None:
        self.count = make_choice(self.theme, _("Banyaknya loket"))
        self.count.addItem(_("Loket seperti waktu itu"), None)
        for number in range(1, MAX_COUNTERS + 1):
            self.count.addItem(counted("{n} loket sepanjang hari", number), number)
        self.count.addItem(_("Susunan dari berkas …"), _FROM_FILE)
        self.count.activated.connect(self._ask_for_file)
        self.away = make_choice(self.theme, _("Loket tanpa petugas"))
        self.breaks = make_choice(self.theme, _("Istirahat"))
        self.priority = make_choice(self.theme, _("Bagian prioritas"))
        self.priority.addItem(_("Prioritas menurut aturan kantor"), None)
        for share in range(1, _MAX_PRIORITY_SHARE + 1):
            self.priority.addItem(_("Prioritas {n} : 1").format(n=share), share)
        self.limit, self.share = (
            make_choice(self.theme, _("Batas menunggu")),
            make_choice(self.theme, _("Bagian pengunjung")),
        )
        for minutes in LIMITS:
            self.limit.addItem(_("Batas {n} menit").format(n=minutes), minutes)
        self.limit.setCurrentIndex(LIMITS.index(USUAL_LIMIT))
        for share in SHARES:
            self.share.addItem(_("{n} % pengunjung").format(n=share), share)
        self.share.setCurrentIndex(SHARES.index(USUAL_SHARE))
        for choice in (self.count, self.away, self.breaks, self.priority, self.limit, self.share):
            choice.activated.connect(self.refresh)

    def _ask_for_file(self) -> None:
        if self.count.currentData() == _FROM_FILE:
            kinds = _("Susunan loket (*.toml)")
            dialogs.pick_file(self, _("Susunan dari berkas …"), kinds, self.take_file)

    def take_file(self, path: str) -> None:
        """Take the plan in a TOML file; a file that does not fit the office is refused."""
        self.host.perform(partial(_read_plan, Path(path)), self._take_plan)

    def _take_plan(self, plan: StaffingPlan) -> None:
        self._from_file = plan
        self.count.setCurrentIndex(self.count.findData(_FROM_FILE))
        self.refresh()

    def _lay_out_answer(self) -> None:
        top = WrapRow(self.theme, gap=8)
        for button in self.questions.values():
            top.addWidget(button)
        top.addWidget(self.period)
        self._choices_grid = Grid(self.theme, gap=8)
        self.theme.changed.connect(self._lay_out_choices)
        under_way = Row(self.theme, gap=8)
        under_way.addWidget(self.progress, 1)
        under_way.addWidget(self.stop_button)
        for line in (top, self._choices_grid, under_way):
            self.body.addLayout(line)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.part)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.notes)
        self._show_question()
        self._show_busy(busy=False)

    @property
    def question(self) -> StaffingQuestion:
        return next(question for question, button in self.questions.items() if button.isChecked())

    def ask(self, question: StaffingQuestion) -> None:
        for other, button in self.questions.items():
            button.setChecked(other is question)
        self._show_question()
        self.refresh()

    def _show_question(self) -> None:
        question = self.question
        for choice in (self.count, self.away, self.breaks, self.priority):
            choice.setVisible(question is StaffingQuestion.WHAT_IF)
        self.limit.setVisible(question is not StaffingQuestion.NEXT_WEEK)
        self.share.setVisible(question is StaffingQuestion.CHEAPEST)
        self.period.setVisible(question is not StaffingQuestion.NEXT_WEEK)
        self._lay_out_choices()

    def _lay_out_choices(self) -> None:
        """Lay the choices of the question out in one line, or in two where large letters need the room."""
        choices = (self.count, self.away, self.breaks, self.priority, self.limit, self.share)
        for choice in choices:
            self._choices_grid.removeWidget(choice)
        line_length = CHOICES_A_LINE if self.theme.large_text >= TWO_LINES_FROM else len(choices)
        for index, choice in enumerate(choice for choice in choices if not choice.isHidden()):
            self._choices_grid.addWidget(choice, *divmod(index, line_length))

    @property
    def query(self) -> StaffingQuery:
        return StaffingQuery(
            question=self.question,
            period=self.period.period,
            plan=self._chosen_plan(),
            limit=self.limit.currentData(),
            share=self.share.currentData(),
        )

    def _chosen_plan(self) -> StaffingPlan:
        if self.count.currentData() == _FROM_FILE:
            return self._from_file
        count, away, share = (choice.currentData() for choice in (self.count, self.away, self.priority))
        planned: dict[int, PlannedCounter] = {}
        if self._choices is not None and self.breaks.currentData():
            numbers = [number for number, _name in self._choices.counters]
            planned = {
                counter.number: counter for counter in staggered_counters(numbers, self._choices.breaks)
            }
        if away is not None:
            planned[away] = PlannedCounter(number=away, away=True)
        return StaffingPlan(
            open={} if count is None else {"00.00": count},  # by the hour from which so many are open
            counters=tuple(planned.values()),
            calling=PlannedShares()
            if share is None
            else PlannedShares(priority_share=share, regular_share=1),
        )

    @override
    def refresh(self) -> None:
        """Answer the question, unless this is its answer already, or a worker is busy with one.

        The past does not change, so an answer stays valid.
        """
        if self._choices is None:
            self.fetch(lambda office: office.read(read_choices), self._fill_choices)
            return
        query = self.query
        if self._worker.is_busy or query in (self._shown_query, self._running_query):
            return
        self._running_query = query
        self._show_busy(busy=True)
        if query.question is StaffingQuestion.NEXT_WEEK:
            self.host.read(
                lambda office: reports.forecast_report(office, next_week(office)), partial(self._show, query)
            )
        elif self._staffing is not None and self._staffing[0] == query.period:
            self._compute(query, self._staffing[1])
        else:
            self.host.read(partial(_read_days, query.period), partial(self._on_days_read, query))

    def _forget_query(self) -> None:
        """Let `refresh` ask again: the answer of a reading under way may never come."""
        if not self._worker.is_busy:
            self._running_query = None

    def _fill_choices(self, choices: StaffingChoices) -> None:
        self._choices = choices
        self.away.addItem(_("Semua petugas hadir"), None)
        for number, name in choices.counters:
            self.away.addItem(_("Tanpa {counter}").format(counter=name), number)
        self.breaks.addItem(_("Istirahat bersama"), False)  # the value: whether counters take turns
        self.breaks.addItem(_("Istirahat bergantian"), True)
        self.breaks.setEnabled(bool(choices.breaks))
        self.refresh()

    def _on_days_read(self, query: StaffingQuery, staffing: Staffing | str) -> None:
        if isinstance(staffing, str):
            self._show_nothing(query, staffing)
            return
        self._staffing = query.period, staffing
        if query == self._running_query and not self._worker.is_busy:  # else another question was chosen
            self._compute(query, staffing)

    def _compute(self, query: StaffingQuery, staffing: Staffing) -> None:
        self._stop_wanted.clear()
        self._progress[0] = 0.0
        self._progress_timer.start()
        job = partial(_answer, query, staffing, self._progress, self._stop_wanted)
        self._worker.run(job, partial(self._on_answer, query), partial(self._on_failure, query))

    def _on_answer(self, query: StaffingQuery, answer: StaffingReplay | StaffingSearch) -> None:
        self._progress_timer.stop()
        if self._stop_wanted.is_set():
            self._show_nothing(query, _("Dihentikan."))
        elif isinstance(answer, StaffingReplay):
            self.host.read(lambda office: reports.replay_report(office, answer), partial(self._show, query))
            _say(self.summary, _summary(answer))
        else:
            self.host.read(lambda office: reports.search_report(office, answer), partial(self._show, query))
            _say(self.summary, "")

    def _on_failure(self, query: StaffingQuery, error: UserError) -> None:
        self._progress_timer.stop()
        self._show_nothing(query, error.what)

    def _show(self, query: StaffingQuery, report: PeriodReport) -> None:
        self.report, self._shown_query, self._running_query = report, query, None
        if query.question is StaffingQuestion.NEXT_WEEK:
            _say(self.summary, "")
        _say(self.notes, "\n".join(report.notes))
        fill_choice(self.part, "", [(part.key, part.title) for part in report.parts])
        self._show_busy(busy=False)
        self._show_part()
        self.refresh()  # the officer may have chosen another question meanwhile

    def _show_nothing(self, query: StaffingQuery, why: str) -> None:
        """Show why there is no answer, in its place."""
        self.report, self._shown_query, self._running_query = None, query, None
        self.part.clear()
        _say(self.notes, "")
        _say(self.summary, why)
        self._show_busy(busy=False)
        self.refresh()

    def _show_part(self) -> None:
        key = self.part.currentData()
        part = next((part for part in self.report.parts if part.key == key), None) if self.report else None
        if part is not None:
            self.view.show_part(part)

    def _show_busy(self, *, busy: bool) -> None:
        query, has_report = self._running_query, not busy and self.report is not None
        self.progress.setVisible(busy)
        self.progress.setMaximum(0 if busy else _HUNDRED)  # 0: busy, and no progress is known yet
        is_search = query is not None and query.question is StaffingQuestion.CHEAPEST
        self.stop_button.setVisible(busy and is_search)
        self.view.setVisible(has_report)
        self.part.setVisible(has_report)
        for button in (self.print_button, self.save_button):
            button.setEnabled(has_report)

    def _show_progress(self) -> None:
        if self._progress[0]:
            self.progress.setMaximum(_HUNDRED)
            self.progress.setValue(round(_HUNDRED * self._progress[0]))

    def _print(self) -> None:
        """Write the PDF and open it in this PC's program for it, which prints it."""
        write = partial(write_report, self._report_maker(), ReportForm.PDF)
        self.host.perform(write, partial(show_document, self.host), message=_("Tersimpan: {label}"))

    def _save(self) -> None:
        forms = (
            (_("Untuk dicetak (PDF)"), ReportForm.PDF),
            (_("Buku kerja Excel"), ReportForm.WORKBOOK),
            (_("Daftar angka (CSV)"), ReportForm.LIST),
        )
        offer_report(self.host, [(words, self._report_maker(), form) for words, form in forms])

    def _report_maker(self) -> Callable[[Office], PeriodReport]:
        report = self.report
        assert report is not None  # noqa: S101  (the buttons that call this are disabled without a report)
        return lambda _office: report


def _read_plan(path: Path, office: Office, _actor: Actor) -> StaffingPlan:
    plan = read_settings(path, StaffingPlan)
    require_possible_plan(office, plan)
    return plan


def _say(label: widgets.Label, words: str) -> None:
    """Show words in the label; hide it if there are none."""
    label.setText(words)
    label.setVisible(bool(words))


def _read_days(period: Period, office: Office) -> Staffing | str:
    """Read the days of a period; where none can be replayed, return the reason in words."""
    try:
        return read_staffing(office, period)
    except (ShareUnreachable, WritesBlocked):
        raise  # says nothing about the period: the page asks again when the office is back
    except UserError as error:
        return error.what


def _answer(
    query: StaffingQuery, staffing: Staffing, progress: list[float], stop_wanted: threading.Event
) -> StaffingReplay | StaffingSearch:
    """Compute the answer, on a thread of its own. Write the progress into the list; `stop_wanted` ends it."""

    def report_progress(done: float) -> bool:
        progress[0] = done
        return not stop_wanted.is_set()

    if query.question is StaffingQuestion.WHAT_IF:
        return replay_days(staffing, query.period.name, query.plan, query.limit)
    return search_plans(staffing, query.period.name, query.limit, query.share, report_progress)


def _summary(replay: StaffingReplay) -> str:
    """Return in one line what the plan changes."""

    def change(before: float, after: float) -> str:
        return f"{formats.format_number(before, 0)} → {formats.format_number(after, 0)}"

    late = change(replay.before.whole.late, replay.after.whole.late)
    idle_hours = change(replay.before.idle / 60, replay.after.idle / 60)
    parts = [
        _("Menunggu lebih dari {limit} menit: {change} dari {n} pengunjung").format(
            limit=replay.limit, change=late, n=replay.recorded.visitors
        ),
        _("loket menganggur {change} jam").format(change=idle_hours),
    ]
    if replay.after.unserved >= 1:
        unserved = formats.format_number(replay.after.unserved, 0)
        parts.append(_("tidak terpanggil: {n}").format(n=unserved))
    return " · ".join(parts)
