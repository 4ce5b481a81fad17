"""The page Survei: index, elements, answers from lists and paper, and the plan of improvements."""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, counted, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.core.office.template import SurveyRules
from ult_desktop.core.sheet import BlankForm
from ult_desktop.core.survey import commands
from ult_desktop.core.survey.answer_rows import LIST_NAME, LONGEST_SUGGESTION
from ult_desktop.core.survey.commands import PlanImprovement, TellImprovement
from ult_desktop.core.survey.improvement import Improvement, ImprovementState
from ult_desktop.core.survey.paper_code import answers_so_far, read_code
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import improvements
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.figures.survey_report import survey_report
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.answer_lists import AnswerLists, questionnaire
from ult_desktop.operations.survey.board import SurveyBoard, element_name, survey_board
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.lists.list_panel import ImportPanel
from ult_desktop.ui.counter.pages import (
    FormBox,
    ListBox,
    PageHost,
    WorkPage,
    offer_paper,
    offer_report,
    snapshot,
)
from ult_desktop.ui.counter.survey import boxes, panels
from ult_desktop.ui.kit import Column, Row, dialogs, forms, lists, widgets
from ult_desktop.ui.kit.detail import Fact, Facts
from ult_desktop.ui.kit.forms.form import Values
from ult_desktop.ui.kit.panels import ChartPanel, Section

if TYPE_CHECKING:
    from collections.abc import Callable

ICON = ("clipboard-check", "green")
HIGHEST_INDEX = 100
_TONES = {ImprovementState.DONE: "ok", ImprovementState.DROPPED: "danger"}


class ImprovementsBox(ListBox):
    """The box with every improvement that was planned, the newest first.

    Args:
        host: the officer's.
        board: the results that a new improvement follows from; their lowest element is offered first.
    """

    def __init__(self, host: PageHost, board: SurveyBoard) -> None:
        empty = (_("Belum ada rencana tindak lanjut."), ICON[0])
        rows = lists.RecordList(host.theme, _("Cari unsur, program, orang …"), empty=empty)
        super().__init__(host, _("Tindak lanjut survei"), ICON, rows)
        self._board = board
        self._by_id: dict[object, Improvement] = {}
        self.say(_("Laporan SKM memuat rencana ini, dan laporan berikutnya menyebut keadaannya."))
        rows.opened.connect(lambda _key: self._record_state())
        self.plan = self.add_act(_("Rencanakan …"), "plus", self._plan, "primary", about_row=False)
        self.tell = self.add_act(_("Sebut keadaannya …"), "pen-line", self._record_state)

    @override
    def refresh(self) -> None:
        self.host.read(lambda office: office.read(improvements.every), self._show)

    def _show(self, planned: tuple[Improvement, ...]) -> None:
        today = self.host.now().date().isoformat()
        self._by_id = {improvement.id: improvement for improvement in planned}
        self.rows.show_rows([_row(improvement, today) for improvement in planned])

    def _plan(self) -> None:
        theme, board = self.theme, self._board
        FormBox(
            self.host,
            _("Tindak lanjut hasil {period}").format(period=board.period.words),
            (
                forms.ChoiceField(theme, "element", _("Unsur"), _element_options(board), required=True),
                forms.TextField(theme, "programme", _("Yang akan dilakukan"), required=True),
                (
                    forms.DateField(theme, "due", _("Paling lambat"), required=True, days=self.host),
                    forms.LineField(theme, "responsible", _("Penanggung jawab"), required=True),
                ),
            ),
            command=lambda values: PlanImprovement(period=board.period.name, **values),
            verb=_("Rencanakan"),
            message=_("Rencana tersimpan."),
            icon=ICON,
            draft=self.host.draft("improvement", board.period.name),
        ).open()

    def _record_state(self) -> None:
        improvement = self._by_id[self.rows.selected]
        states = [(state, state.word) for state in ImprovementState]
        FormBox(
            self.host,
            _("Keadaan tindak lanjut"),
            (
                forms.RadioField(self.theme, "progress", _("Keadaan"), states, required=True),
                forms.TextField(self.theme, "result", _("Hasilnya, atau mengapa tidak dilaksanakan")),
            ),
            command=lambda values: TellImprovement(improvement_id=improvement.id, **values),
            message=_("Keadaan tersimpan."),
            icon=ICON,
            words=improvement.programme,
            draft=self.host.draft("improvement-state", improvement.id),
            known={"progress": improvement.state, "result": improvement.result},
            edits=True,
            check=_require_result,
        ).open()


def _element_options(board: SurveyBoard) -> list[tuple[str, str]]:
    """Return the elements as options, that with the lowest index first where the board has results."""
    results = board.index.elements if board.index is not None else ()
    index_by_key = {result.element: result.index for result in results if result.index is not None}
    keys = [element.key for element in questionnaire().elements]
    keys.sort(key=lambda key: index_by_key.get(key, HIGHEST_INDEX))
    return [(key, element_name(key)) for key in keys]


def _require_result(values: Values) -> dict[str, str]:
    """Refuse an improvement that is over without a result (`check` of a `Form`)."""
    is_over = values["progress"] is not None and values["progress"].is_over
    return {"result": _("Tulis hasilnya.")} if is_over and not values["result"] else {}


def _row(improvement: Improvement, today: str) -> lists.ListRow:
    tone = "warn" if improvement.is_late(today) else _TONES.get(improvement.state, "primary")
    return lists.ListRow(
        id=improvement.id,
        title=improvement.programme,
        subtitle=" · ".join(
            (element_name(improvement.element), improvement.period.words, improvement.responsible)
        ),
        aside=improvement.due_words,
        icon=ICON[0],
        tint=ICON[1],
        tags=(lists.Tag(improvement.state_words(today), tone),),
        search=improvement.result,
    )


DAY, SERVICE, CODE, SUGGESTION = "day", "service_id", "code", "suggestion"
_LONGEST = 40  # digits of a code
_WIDE = 0.7  # of the window's width: each answer fits on a line


def choose_paper(host: PageHost) -> None:
    """Let the officer choose what to do with paper forms."""

    def type_codes(context: PaperContext) -> None:
        CodesBox(host, context.rules, context.services).open()

    def type_one(context: PaperContext) -> None:
        order = tuple(element.key for element in questionnaire().ordered(context.rules.order))
        boxes.paper_box(host, order, context.services)

    options: list[tuple[str, Callable[[], object]]] = [
        (_("Ketik kode banyak formulir"), lambda: host.read(_read_paper_context, type_codes)),
        (_("Isi satu formulir lengkap"), lambda: host.read(_read_paper_context, type_one)),
        (
            _("Cetak formulir kosong"),
            lambda: offer_paper(
                host, lambda office, _actor: office.read(lambda tx: blank_form(tx, BlankForm.SURVEY))
            ),
        ),
    ]
    dialogs.choose(host.window, host.theme, _("Formulir kertas"), options, lambda act: act())


class PaperContext(NamedTuple):
    """The office's rules of the survey, and the services in use, which the boxes for paper need."""

    rules: SurveyRules
    services: boxes.Services


def _read_paper_context(office: Office) -> PaperContext:
    def read(tx: Transaction) -> PaperContext:
        return PaperContext(office_rows.load(tx).settings.survey, services.choices(services.active(tx)))

    return office.read(read)


class CodesBox(FormBox):
    """The box to type in one paper form after another, each as a row of digits.

    Day and service stay as chosen. Below the digits the box shows what they mean, so that the officer can
    compare them with the paper before they press Enter.
    """

    def __init__(self, host: PageHost, rules: SurveyRules, service_options: boxes.Services) -> None:
        theme = host.theme
        self._rules = rules
        self.code = forms.LineField(
            theme, CODE, _("Kode formulir"), required=True, most=_LONGEST, check=self._code_problem
        )
        self.code.explain(_("Angka yang dilingkari, dari atas ke bawah; 0 untuk yang kosong."))
        self.elements, self.respondent = Facts(theme), Facts(theme)
        meaning = Row(theme, gap=24)
        for facts, share in ((self.elements, 3), (self.respondent, 2)):
            meaning.addWidget(facts, share, Qt.AlignmentFlag.AlignTop)
        self.code.column.addLayout(meaning)
        super().__init__(
            host,
            _("Ketik kode formulir kertas"),
            (
                (
                    forms.DateField(theme, DAY, _("Tanggal formulir"), required=True, days=host),
                    forms.ChoiceField(theme, SERVICE, _("Layanan"), service_options),
                ),
                self.code,
                forms.LineField(theme, SUGGESTION, _("Saran atau masukan"), most=LONGEST_SUGGESTION),
            ),
            command=self._make_command,
            verb=_("Simpan, lalu berikutnya"),
            icon=("file-text", "slate"),
            known={DAY: host.now().date()},
        )
        self.setMinimumWidth(round(host.window.width() * _WIDE))
        self.saved = 0
        self.count = widgets.Label("", "small", "ok", wrap=True)
        self.count.hide()
        self.words.addWidget(self.count)
        self.form.leave.setText(_("Selesai"))
        self.code.changed.connect(self._show_meaning)
        self._show_meaning()

    @override
    def open(self) -> None:
        super().open()
        self.code.setFocus()

    def _show_meaning(self) -> None:
        form = questionnaire()
        answers = answers_so_far(form, self._rules, self.code.value())
        facts = [
            Fact(f"{number}. {answer.question}", answer.answer or "·")
            for number, answer in enumerate(answers, 1)
        ]
        self.elements.show_facts(facts[: len(form.elements)])
        self.respondent.show_facts(facts[len(form.elements) :])

    def _code_problem(self, typed: str) -> str:
        try:
            read_code(questionnaire(), self._rules, typed)
        except UserError as error:
            return error.todo
        return ""

    def _make_command(self, values: Values) -> commands.EnterPaperSurvey:
        self._last_choices = {name: values[name] for name in (DAY, SERVICE)}
        answers = read_code(questionnaire(), self._rules, values[CODE], values[SUGGESTION])
        return commands.EnterPaperSurvey(said=answers, **self._last_choices)

    @override
    def _on_done(self, result: object) -> None:
        self.saved += 1
        self.form.show_values(self._last_choices)
        self.count.setText(counted("{n} formulir tersimpan.", self.saved))
        self.count.show()
        self.code.setFocus()


class SurveyPage(WorkPage):
    """The page of the survey. It shows only figures of a whole period, never the answers of one visitor."""

    name, icon_name, group = "survey", "smile", "quality"
    line = "reports"
    needs = frozenset({Permission.RUN_SURVEY, Permission.SEE_REPORTS})
    title = staticmethod(lambda: _("Survei"))

    @override
    def build(self) -> None:
        self.board: SurveyBoard | None = None
        self._add_acts()
        self.period = panels.PeriodBar(self.theme, self.host.now().date())
        self.period.changed.connect(self.refresh)
        self.index = panels.IndexCard(self.theme)
        self.chart = ChartPanel(self.theme, _("Indeks setiap unsur"))
        self.elements = Facts(self.theme)
        self.low = widgets.Label("", "small", "danger", wrap=True)
        self.suggestions = panels.Suggestions(self.theme)
        results = QWidget()
        column = Column(self.theme, results, gap=12)
        column.addWidget(self.period)
        halves = Row(self.theme, gap=12)
        left = Column(self.theme, gap=12)
        left.addWidget(self.index)
        left.addWidget(self.chart, 1)
        halves.addLayout(left, 5)
        halves.addLayout(self._make_right_side(), 4)
        column.addLayout(halves, 1)
        sources = (
            ("outside", _("Formulir di luar"), AnswerLists()),
            ("paper", _("Formulir kertas"), AnswerLists(paper=True)),
        )
        self.lists = ImportPanel(self.host, sources, (LIST_NAME,))
        self.lists.back_requested.connect(self.show_results)
        self.stack = QStackedWidget()
        for widget in (results, self.lists):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)

    def show_import(self) -> None:
        self.stack.setCurrentWidget(self.lists)
        self.lists.setFocus()

    def show_results(self) -> None:
        self.stack.setCurrentIndex(0)
        self.refresh()

    def _add_acts(self) -> None:
        """Add the head's buttons, and show those that the officer's permissions allow."""
        self.fill = self.add_head_button(
            _("Isi untuk pengunjung …"),
            "hand-helping",
            lambda: boxes.fill_box(self.host, self._order),
            "primary",
        )
        self.plan = self.add_head_button(_("Tindak lanjut …"), "clipboard-check", self._open_plan)
        self.save = self.add_head_button(_("Simpan laporan …"), "download", self._offer_report)
        self.more = self.add_head_button(_("Lainnya …"), "ellipsis", self._choose_more)
        self.key("Ctrl+N", self.fill.click)
        self.plan.setEnabled(False)  # until the board is read, which holds the plans
        for act in (self.fill, self.more):
            act.setVisible(self.host.actor.may(Permission.RUN_SURVEY))
        self.plan.setVisible(self.host.actor.may(Permission.PLAN_IMPROVEMENTS))
        self.save.setVisible(self.host.actor.may(Permission.SEE_REPORTS))

    def _make_right_side(self) -> Column:
        column = Column(self.theme, gap=12)
        self.by_element = elements = Section(self.theme, pgettext("many", "Unsur"))
        for widget in (self.elements, self.low):
            elements.body.addWidget(widget)
        column.addWidget(elements)
        column.addWidget(self.suggestions, 1)
        return column

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(survey_board, self.period.period), self._show)

    def _show(self, board: SurveyBoard) -> None:
        self.board = board
        self.plan.setEnabled(True)
        self.index.show_board(board)
        self.chart.chart.show_chart(panels.element_chart(board))
        facts = panels.element_facts(board)
        self.elements.show_facts(facts)
        self.by_element.setVisible(bool(facts))
        low = panels.low_words(board)
        self.low.setText(low)
        self.low.setVisible(bool(low))
        self.suggestions.show_texts(board.suggestions)

    @property
    def _order(self) -> tuple[str, ...]:
        order = self.board.order if self.board is not None else "unsur"
        return tuple(element.key for element in questionnaire().ordered(order))

    def _offer_report(self) -> None:
        offer_report(
            self.host,
            [
                (_("Laporan SKM untuk ditandatangani (PDF)"), self._make_report, ReportForm.PDF),
                (_("Poster hasil survei (PDF)"), self._make_report, ReportForm.POSTER),
                (_("Buku kerja Excel"), self._make_report, ReportForm.WORKBOOK),
                (_("Daftar angka (CSV)"), self._make_report, ReportForm.LIST),
            ],
        )

    def _make_report(self, office: Office) -> PeriodReport:
        """Make the report, on the worker thread."""
        return survey_report(office.read, self.period.period, office.clock())

    def _open_plan(self) -> None:
        if self.board is not None:
            ImprovementsBox(self.host, self.board).open()

    def _choose_more(self) -> None:
        url = self.board.survey_url if self.board is not None else ""
        options: boxes.Options = [
            (_("Formulir kertas"), partial(choose_paper, self.host)),
            (_("Menolak mengisi"), partial(boxes.refuse_box, self.host)),
            (_("Terisi di luar"), partial(boxes.confirm_box, self.host)),
            (_("Impor daftar jawaban"), self.show_import),
        ]
        if url:
            options.insert(0, (_("QR untuk HP pengunjung"), partial(boxes.invite_box, self.host, url)))
        dialogs.choose(self.host.window, self.theme, _("Survei"), options, lambda act: act())
