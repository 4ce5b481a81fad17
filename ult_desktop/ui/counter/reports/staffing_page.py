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
    MOST_COUNTERS,
    PlannedCounter,
    PlannedShares,
    StaffingPlan,
    staggered,
)
from ult_desktop.core.staffing.replay import USUAL_LIMIT, Staffing, StaffingReplay, replayed
from ult_desktop.core.staffing.search import USUAL_SHARE, StaffingSearch, searched
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.staffing import reports
from ult_desktop.operations.staffing.forecast import next_week
from ult_desktop.operations.staffing.replay import require_known, staffing_of
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import WorkPage, offer_report
from ult_desktop.ui.counter.pages.papers import show_document, write_report
from ult_desktop.ui.counter.reports.page import TWO_LINES_FROM
from ult_desktop.ui.counter.reports.parts_view import PartView
from ult_desktop.ui.counter.survey.panels import PeriodBar
from ult_desktop.ui.kit import Grid, Row, dialogs, widgets
from ult_desktop.ui.kit.forms.choice_fields import ComboBox
from ult_desktop.ui.kit.layouts import WrapRow
from ult_desktop.ui.office_link.tasks import FileWorker

LIMITS, SHARES = (5, 10, 15, 20, 30, 45, 60), (80, 90, 95)
TWO_LINES = 3  # choices in a line of large letters
_LOOK_MS = 100
_FROM_FILE = 0  # among the numbers of counters: the plan of a file
_HUNDRED = 100


class StaffingQuestion(WordEnum):
    """A question that the page answers."""

    WHAT_IF = "what_if", "Bagaimana jika"
    CHEAPEST = "cheapest", "Susunan termurah"
    NEXT_WEEK = "next_week", "Minggu depan"


class StaffingAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A question with all that its answer depends on."""

    question: StaffingQuestion
    period: Period
    plan: StaffingPlan
    limit: int
    share: int


class StaffingChoices(msgspec.Struct, frozen=True, kw_only=True):
    """The office's counters (number and name), and the breaks of its week's first day."""

    counters: tuple[tuple[int, str], ...]
    breaks: tuple[tuple[time, time], ...]


def offered(tx: Transaction) -> StaffingChoices:
    hours = office_rows.load(tx).settings.hours
    spans = next(filter(None, map(hours.spans, range(7))), ())
    return StaffingChoices(
        counters=counters.choices(tx),
        breaks=tuple((closes, opens) for (_opens, closes), (opens, _closes) in pairwise(spans)),
    )


class StaffingPage(WorkPage):
    """The page that answers from the office's own past; only who sets the office sees it."""

    name, icon_name, group = "staffing", "users", "quality"
    line = "reports"
    needs = frozenset({Permission.SET_OFFICE})
    title = staticmethod(lambda: _("Susunan loket"))

    @override
    def build(self) -> None:
        self.report: PeriodReport | None = None
        self._offered: StaffingChoices | None = None
        self._from_file = AS_IT_WAS
        self._staffing: tuple[Period, Staffing] | None = None
        self._shown: StaffingAsked | None = None
        self._asking: StaffingAsked | None = None
        self._done = [0.0]  # a list, into which the worker's thread writes how far it has come
        self._ended = threading.Event()
        self._worker = FileWorker(self)
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self._tell_progress)
        self.print = self.add_head_button(_("Cetak"), "printer", self._print)
        self.key("Ctrl+P", self.print.click)
        self.save = self.add_head_button(_("Simpan …"), "download", self._save, "primary")
        self.key("Ctrl+S", self.save.click)
        self.questions = {each: self._question(each) for each in StaffingQuestion}
        self.questions[StaffingQuestion.WHAT_IF].setChecked(True)
        self.period = PeriodBar(self.theme, self.host.now().date(), (Span.MONTH,))
        self.period.choose(self.period.period.moved(-1))
        self.period.changed.connect(self.refresh)
        self.period.spans[Span.MONTH].hide()
        self._make_choices()
        self.part = self._choice(_("Yang dilihat"))
        self.part.currentIndexChanged.connect(self._show_part)
        self.view = PartView(self.theme)
        self.summary = widgets.Label("", "strong", wrap=True)
        self.notes = widgets.Label("", "small", "soft", wrap=True)
        self.progress = QProgressBar(textVisible=False, maximum=_HUNDRED)
        self.progress.setAccessibleName(_("Kemajuan"))
        self.stop = widgets.Button(self.theme, _("Hentikan"), "", "circle-x")
        self.stop.clicked.connect(self._stop)
        self.key("Esc", self.stop.click)
        for label in (self.summary, self.notes):
            label.hide()
        self._lay_out_answer()

    def _question(self, question: StaffingQuestion) -> widgets.Button:
        button = widgets.Button(self.theme, question.word)
        button.setCheckable(True)
        button.clicked.connect(partial(self.ask, question))
        return button

    def _make_choices(self) -> None:
        self.count = self._choice(_("Banyaknya loket"))
        self.count.addItem(_("Loket seperti waktu itu"), None)
        for number in range(1, MOST_COUNTERS + 1):
            self.count.addItem(counted("{n} loket sepanjang hari", number), number)
        self.count.addItem(_("Susunan dari berkas …"), _FROM_FILE)
        self.count.activated.connect(self._ask_for_file)
        self.away = self._choice(_("Loket tanpa petugas"))
        self.breaks = self._choice(_("Istirahat"))
        self.priority = self._choice(_("Bagian prioritas"))
        self.priority.addItem(_("Prioritas menurut aturan kantor"), None)
        for share in (1, 2, 3):
            self.priority.addItem(_("Prioritas {n} : 1").format(n=share), share)
        self.limit, self.share = self._choice(_("Batas menunggu")), self._choice(_("Bagian pengunjung"))
        for minutes in LIMITS:
            self.limit.addItem(_("Batas {n} menit").format(n=minutes), minutes)
        self.limit.setCurrentIndex(LIMITS.index(USUAL_LIMIT))
        for share in SHARES:
            self.share.addItem(_("{n} % pengunjung").format(n=share), share)
        self.share.setCurrentIndex(SHARES.index(USUAL_SHARE))
        for each in (self.count, self.away, self.breaks, self.priority, self.limit, self.share):
            each.activated.connect(self.refresh)

    def _ask_for_file(self) -> None:
        if self.count.currentData() == _FROM_FILE:
            kinds = _("Susunan loket (*.toml)")
            dialogs.pick_file(self, _("Susunan dari berkas …"), kinds, self.take_file)

    def take_file(self, path: str) -> None:
        """Take the plan in a TOML file; a file that does not fit the office is refused."""
        self.host.perform(partial(_plan_in, Path(path)), self._take_plan)

    def _take_plan(self, plan: StaffingPlan) -> None:
        self._from_file = plan
        self.count.setCurrentIndex(self.count.findData(_FROM_FILE))
        self.refresh()

    def _choice(self, name: str) -> ComboBox:
        choice = ComboBox(self.theme)
        choice.setAccessibleName(name)
        choice.setToolTip(name)
        return choice

    def _lay_out_answer(self) -> None:
        top = WrapRow(self.theme, gap=8)
        for button in self.questions.values():
            top.addWidget(button)
        top.addWidget(self.period)
        self._choices = Grid(self.theme, gap=8)
        self.theme.changed.connect(self._lay_out_choices)
        under_way = Row(self.theme, gap=8)
        under_way.addWidget(self.progress, 1)
        under_way.addWidget(self.stop)
        for line in (top, self._choices, under_way):
            self.body.addLayout(line)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.part)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.notes)
        self._show_question()
        self._show_busy(busy=False)

    @property
    def question(self) -> StaffingQuestion:
        return next(each for each, button in self.questions.items() if button.isChecked())

    def ask(self, question: StaffingQuestion) -> None:
        for each, button in self.questions.items():
            button.setChecked(each is question)
        self._show_question()
        self.refresh()

    def _show_question(self) -> None:
        question = self.question
        for each in (self.count, self.away, self.breaks, self.priority):
            each.setVisible(question is StaffingQuestion.WHAT_IF)
        self.limit.setVisible(question is not StaffingQuestion.NEXT_WEEK)
        self.share.setVisible(question is StaffingQuestion.CHEAPEST)
        self.period.setVisible(question is not StaffingQuestion.NEXT_WEEK)
        self._lay_out_choices()

    def _lay_out_choices(self) -> None:
        """Lay the choices of the question out in one line, or in two where large letters need the room."""
        every = (self.count, self.away, self.breaks, self.priority, self.limit, self.share)
        for each in every:
            self._choices.removeWidget(each)
        a_line = TWO_LINES if self.theme.large_text >= TWO_LINES_FROM else len(every)
        for place, each in enumerate(each for each in every if not each.isHidden()):
            self._choices.addWidget(each, *divmod(place, a_line))

    @property
    def wanted(self) -> StaffingAsked:
        return StaffingAsked(
            question=self.question,
            period=self.period.period,
            plan=self._plan(),
            limit=self.limit.currentData(),
            share=self.share.currentData(),
        )

    def _plan(self) -> StaffingPlan:
        if self.count.currentData() == _FROM_FILE:
            return self._from_file
        count, away, share = (each.currentData() for each in (self.count, self.away, self.priority))
        known = [] if self._offered is None else [number for number, _name in self._offered.counters]
        changed: dict[int, PlannedCounter] = {}
        if self._offered is not None and self.breaks.currentData():
            changed = {each.number: each for each in staggered(known, self._offered.breaks)}
        if away is not None:
            changed[away] = PlannedCounter(number=away, away=True)
        return StaffingPlan(
            open={} if count is None else {"00.00": count},
            counters=tuple(changed.values()),
            calling=PlannedShares()
            if share is None
            else PlannedShares(priority_share=share, regular_share=1),
        )

    @override
    def refresh(self) -> None:
        """Answer the question, unless it is answered or being answered already: the past does not change."""
        if self._offered is None:
            self.fetch(lambda office: office.read(offered), self._offer)
            return
        asked = self.wanted
        if self._worker.is_busy or asked in (self._shown, self._asking):
            return
        self._asking = asked
        self._show_busy(busy=True)
        if asked.question is StaffingQuestion.NEXT_WEEK:
            self.host.read(
                lambda office: reports.forecast_report(office, next_week(office)), partial(self._show, asked)
            )
        elif self._staffing is not None and self._staffing[0] == asked.period:
            self._compute(asked, self._staffing[1])
        else:
            self.host.read(partial(_read, asked.period), partial(self._came, asked))

    def _offer(self, found: StaffingChoices) -> None:
        self._offered = found
        self.away.addItem(_("Semua petugas hadir"), None)
        for number, name in found.counters:
            self.away.addItem(_("Tanpa {counter}").format(counter=name), number)
        self.breaks.addItem(_("Istirahat bersama"), False)
        self.breaks.addItem(_("Istirahat bergantian"), True)
        self.breaks.setEnabled(bool(found.breaks))
        self.refresh()

    def _came(self, asked: StaffingAsked, found: Staffing | str) -> None:
        if isinstance(found, str):
            self._show_nothing(asked, found)
            return
        self._staffing = asked.period, found
        self._compute(asked, found)

    def _compute(self, asked: StaffingAsked, staffing: Staffing) -> None:
        self._ended.clear()
        self._done[0] = 0.0
        self._clock.start()
        job = partial(_answer, asked, staffing, self._done, self._ended)
        self._worker.run(job, partial(self._answered, asked), partial(self._failed, asked))

    def _answered(self, asked: StaffingAsked, found: StaffingReplay | StaffingSearch) -> None:
        self._clock.stop()
        if self._ended.is_set():
            self._show_nothing(asked, _("Dihentikan."))
        elif isinstance(found, StaffingReplay):
            self.host.read(partial(_replay_report, found), partial(self._show, asked))
            _say(self.summary, _summary(found))
        else:
            self.host.read(partial(_search_report, found), partial(self._show, asked))
            _say(self.summary, "")

    def _failed(self, asked: StaffingAsked, error: UserError) -> None:
        self._clock.stop()
        self._show_nothing(asked, error.what)

    def _show(self, asked: StaffingAsked, report: PeriodReport) -> None:
        self.report, self._shown, self._asking = report, asked, None
        if asked.question is StaffingQuestion.NEXT_WEEK:
            _say(self.summary, "")
        _say(self.notes, "\n".join(report.notes))
        chosen = self.part.currentData()
        self.part.blockSignals(True)
        self.part.clear()
        for part in report.parts:
            self.part.addItem(part.title, part.key)
        self.part.setCurrentIndex(max(0, self.part.findData(chosen)))
        self.part.blockSignals(False)
        self._show_busy(busy=False)
        self._show_part()
        self.refresh()  # what was asked meanwhile

    def _show_nothing(self, asked: StaffingAsked, why: str) -> None:
        """Show why there is no answer, in its place."""
        self.report, self._shown, self._asking = None, asked, None
        self.part.clear()
        _say(self.notes, "")
        _say(self.summary, why)
        self._show_busy(busy=False)
        self.refresh()

    def _show_part(self) -> None:
        key = self.part.currentData()
        part = next((each for each in self.report.parts if each.key == key), None) if self.report else None
        if part is not None:
            self.view.show_part(part)

    def _show_busy(self, *, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.progress.setMaximum(0 if busy else _HUNDRED)  # until something is known of the progress
        self.stop.setVisible(
            busy and self._asking is not None and self._asking.question is StaffingQuestion.CHEAPEST
        )
        self.view.setVisible(not busy and self.report is not None)
        self.part.setVisible(not busy and self.report is not None)
        for button in (self.print, self.save):
            button.setEnabled(not busy and self.report is not None)

    def _tell_progress(self) -> None:
        if self._done[0]:
            self.progress.setMaximum(_HUNDRED)
            self.progress.setValue(round(_HUNDRED * self._done[0]))

    def _stop(self) -> None:
        self._ended.set()

    def _print(self) -> None:
        """Write the PDF and open it in this PC's program for it, which prints it."""
        made = partial(write_report, self._made(), ReportForm.PDF)
        self.host.perform(made, partial(show_document, self.host), message=_("Tersimpan: {label}"))

    def _save(self) -> None:
        forms = (
            (_("Untuk dicetak (PDF)"), ReportForm.PDF),
            (_("Buku kerja Excel"), ReportForm.WORKBOOK),
            (_("Daftar angka (CSV)"), ReportForm.LIST),
        )
        offer_report(self.host, [(words, self._made(), form) for words, form in forms])

    def _made(self) -> Callable[[Office], PeriodReport]:
        report = self.report
        assert report is not None  # noqa: S101  (both buttons are off without one)
        return lambda _office: report


def _plan_in(path: Path, office: Office, _actor: Actor) -> StaffingPlan:
    plan = read_settings(path, StaffingPlan)
    require_known(office, plan)
    return plan


def _say(label: widgets.Label, words: str) -> None:
    """Show words, or no label at all."""
    label.setText(words)
    label.setVisible(bool(words))


def _read(period: Period, office: Office) -> Staffing | str:
    """Read the days of a period; where there are none, the reason in words."""
    try:
        return staffing_of(office, period)
    except UserError as error:
        return error.what


def _answer(
    asked: StaffingAsked, staffing: Staffing, done: list[float], ended: threading.Event
) -> StaffingReplay | StaffingSearch:
    """Compute the answer, on a thread of its own; `done` gets how much of it is there, `ended` ends it."""

    def told(part: float) -> bool:
        done[0] = part
        return not ended.is_set()

    if asked.question is StaffingQuestion.WHAT_IF:
        return replayed(staffing, asked.period.name, asked.plan, asked.limit)
    return searched(staffing, asked.period.name, asked.limit, asked.share, told)


def _replay_report(found: StaffingReplay, office: Office) -> PeriodReport:
    return reports.replay_report(office, found)


def _search_report(found: StaffingSearch, office: Office) -> PeriodReport:
    return reports.search_report(office, found)


def _summary(found: StaffingReplay) -> str:
    """Return what the plan changes at a glance."""

    def change(before: float, after: float) -> str:
        return f"{formats.format_number(before, 0)} → {formats.format_number(after, 0)}"

    whole = (found.before.whole.late, found.after.whole.late)
    said = [
        _("Menunggu lebih dari {limit} menit: {change} dari {n} pengunjung").format(
            limit=found.limit, change=change(*whole), n=found.recorded.visitors
        ),
        _("loket menganggur {change} jam").format(
            change=change(found.before.idle / 60, found.after.idle / 60)
        ),
    ]
    if found.after.unserved >= 1:
        lost = formats.format_number(found.after.unserved, 0)
        said.append(_("tidak terpanggil: {n}").format(n=lost))
    return " · ".join(said)
