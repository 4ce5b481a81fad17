"""The page Survei: the index of a period, its elements, and what an officer does about a survey."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.operations.figures.survey_report import survey_report
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.board import SurveyBoard, survey_board
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import WorkPage, offer_report, snapshot
from ult_desktop.ui.counter.queue.day_page import ChartPanel
from ult_desktop.ui.counter.survey import boxes, import_boxes, panels, survey_words
from ult_desktop.ui.counter.survey.improvements_box import ImprovementsBox
from ult_desktop.ui.counter.survey.paper_forms import choose_paper
from ult_desktop.ui.kit import Column, Row, dialogs, widgets
from ult_desktop.ui.kit.detail import Facts
from ult_desktop.ui.kit.panels import Section


class SurveyPage(WorkPage):
    """The page of the survey. It has only numbers of a whole period: no answers show next to a ticket."""

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
        self.body.addWidget(self.period)
        halves = Row(self.theme, gap=12)
        halves.addLayout(self._left(), 5)
        halves.addLayout(self._right(), 4)
        self.body.addLayout(halves, 1)

    def _add_acts(self) -> None:
        """Add the acts for an officer who may run a survey. The head reads its results."""
        self.fill = self.add_head_button(_("Isi untuk pengunjung …"), "hand-helping", self._fill, "primary")
        self.plan = self.add_head_button(_("Tindak lanjut …"), "clipboard-check", self._open_plan)
        self.save = self.add_head_button(_("Simpan laporan …"), "download", self._offer_report)
        self.more = self.add_head_button(_("Lainnya …"), "ellipsis", self._choose_more)
        self.key("Ctrl+N", self.fill.click)
        self.plan.setEnabled(False)  # until the board is read, which holds the plans
        for act in (self.fill, self.more):
            act.setVisible(self.host.actor.may(Permission.RUN_SURVEY))
        self.plan.setVisible(self.host.actor.may(Permission.PLAN_IMPROVEMENTS))
        self.save.setVisible(self.host.actor.may(Permission.SEE_REPORTS))

    def _left(self) -> Column:
        column = Column(self.theme, gap=12)
        column.addWidget(self.index)
        column.addWidget(self.chart, 1)
        return column

    def _right(self) -> Column:
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
        self.chart.chart.show_chart(survey_words.element_chart(board))
        facts = survey_words.element_facts(board)
        self.elements.show_facts(facts)
        self.by_element.setVisible(bool(facts))
        low = survey_words.low_words(board)
        self.low.setText(low)
        self.low.setVisible(bool(low))
        self.suggestions.show_texts(board.suggestions)

    @property
    def _order(self) -> tuple[str, ...]:
        order = self.board.order if self.board is not None else "unsur"
        return tuple(element.key for element in questionnaire().ordered(order))

    def _fill(self) -> None:
        boxes.fill_box(self.host, self._order)

    def _paper(self) -> None:
        choose_paper(self.host)

    def _offer_report(self) -> None:
        offer_report(
            self.host,
            [
                (_("Laporan SKM untuk ditandatangani (PDF)"), self._made, ReportForm.PDF),
                (_("Poster hasil survei (PDF)"), self._made, ReportForm.POSTER),
                (_("Buku kerja Excel"), self._made, ReportForm.WORKBOOK),
                (_("Daftar angka (CSV)"), self._made, ReportForm.LIST),
            ],
        )

    def _made(self, office: Office) -> PeriodReport:
        """Make the report, on the worker thread."""
        return survey_report(office.read, self.period.period, office.clock())

    def _open_plan(self) -> None:
        if self.board is not None:
            ImprovementsBox(self.host, self.board).open()

    def _choose_more(self) -> None:
        url = self.board.survey_url if self.board is not None else ""
        options: boxes.Options = [
            (_("Formulir kertas"), self._paper),
            (_("Menolak mengisi"), partial(boxes.refuse_box, self.host)),
            (_("Terisi di luar"), partial(boxes.confirm_box, self.host)),
            (_("Impor jawaban dari formulir luar"), partial(import_boxes.pick_import, self.host)),
            (_("Urungkan sebuah impor"), partial(import_boxes.choose_undo, self.host)),
        ]
        if url:
            options.insert(0, (_("QR untuk HP pengunjung"), partial(boxes.invite_box, self.host, url)))
        dialogs.choose(self.host.window, self.theme, _("Survei"), options, lambda act: act())
