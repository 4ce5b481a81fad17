"""The page Survei: first its boxes (answers for a visitor and on paper, improvements), then the page."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, counted, language, pgettext
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.figures.period import Period
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.core.office.template import SurveyRules
from ult_desktop.core.sheet import BlankForm
from ult_desktop.core.survey import commands, survey
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
from ult_desktop.operations.survey.survey import subject_fields
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
from ult_desktop.ui.counter.survey import panels
from ult_desktop.ui.kit import Column, Row, Theme, dialogs, forms, lists, widgets
from ult_desktop.ui.kit.detail import Fact, Facts
from ult_desktop.ui.kit.forms.form import Values
from ult_desktop.ui.kit.panels import ChartPanel, Section
from ult_desktop.ui.kit.widgets.qr_view import QrView

NUMBER, DAY, SERVICE, CODE, SUGGESTION = "number", "day", "service_id", "code", "suggestion"
_LONGEST_CODE = 40  # digits
Order = tuple[str, ...]
Services = tuple[tuple[int, str], ...]  # id, name
Options = list[tuple[str, Callable[[], object]]]
_ICON = ("smile", "teal")
_FORM_WIDTH, _CODES_WIDTH = 0.6, 0.7  # of the window's width: each answer fits on a line
_PLAN_ICON = ("clipboard-check", "green")
_HIGHEST_INDEX = 100  # an element without answers comes last, as one with this index would
_TONES = {ImprovementState.DONE: "ok", ImprovementState.DROPPED: "danger"}


def fill_box(host: PageHost, order: Order) -> FormBox:
    """Open the box from which the officer reads out the questions, and ticks the answers (POS DKI 8)."""
    fields = (
        _number_field(host.theme),
        *_question_fields(host.theme, order, required=True),
        *_respondent_fields(host.theme),
    )
    box = FormBox(
        host,
        _("Isi survei untuk pengunjung"),
        fields,
        command=lambda values: partial(_record_assisted, values),
        verb=_("Simpan jawaban"),
        message=_("Survei tersimpan, ditandai dibantu petugas."),
        icon=_ICON,
        words=_("Bacakan pertanyaannya, dan tandai jawaban pengunjung sendiri."),
    )
    _open_wide(host, box)
    return box


def paper_box(host: PageHost, order: Order, service_options: Services) -> FormBox:
    """Open the box to type in a paper form. Questions that the paper leaves open may stay empty."""
    theme = host.theme
    head = (
        forms.DateField(theme, DAY, _("Tanggal formulir"), days=host),
        _number_field(theme, required=False),
    )
    service = forms.ChoiceField(theme, SERVICE, _("Layanan (jika tanpa nomor)"), service_options)
    box = FormBox(
        host,
        _("Masukkan formulir kertas"),
        (head, service, *_question_fields(theme, order, required=False), *_respondent_fields(theme)),
        command=lambda values: partial(_enter_paper, values, host.now().date()),
        verb=_("Simpan jawaban"),
        message=_("Formulir kertas tersimpan."),
        draft=host.draft("survey-paper"),
        icon=("file-text", "slate"),
    )
    _open_wide(host, box)
    return box


def _open_wide(host: PageHost, box: FormBox) -> None:
    """Open the box wide enough for four answers next to each other."""
    box.setMinimumWidth(round(host.window.width() * _FORM_WIDTH))
    box.open()


def refuse_box(host: PageHost) -> FormBox:
    return _open_number_box(
        host, commands.RefuseSurvey, _("Pengunjung menolak mengisi"), _("Catat"), _("Penolakan tercatat.")
    )


def confirm_box(host: PageHost) -> FormBox:
    title = _("Survei di luar sudah terisi")
    return _open_number_box(
        host, commands.ConfirmSurvey, title, _("Terisi"), _("Tercatat: survei terisi di luar.")
    )


def invite_box(host: PageHost, address: str) -> FormBox:
    """Open the box of an invitation: ask for the number, to record who got the address; then show the QR."""
    show = partial(show_qr, host, address)
    return _open_number_box(
        host, commands.InviteSurvey, _("Survei di HP pengunjung"), _("Tampilkan QR"), "", show
    )


def show_qr(host: PageHost, address: str, _token: object) -> dialogs.Box:
    """Show the QR code for the visitor's own phone, once the invitation is recorded."""
    box = dialogs.Box(host.window, host.theme, _("Pindai dengan HP"), ("qr-code", "blue"))
    code = QrView(host.theme, address)
    code.setAccessibleName(_("Kode QR survei"))
    box.words.addWidget(code, 0, Qt.AlignmentFlag.AlignCenter)
    words = widgets.Label(address, "small", "soft", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.words.addWidget(words)
    box.say(_("Setelah pengunjung menunjukkan layarnya, catat “Terisi di luar”."))
    box.add_button(_("Selesai"), "primary", lambda: None).setFocus()
    box.open()
    return box


def _open_number_box(
    host: PageHost,
    kind: type[Command[Answer]],
    title: str,
    verb: str,
    message: str,
    then: Callable[[Answer], object] | None = None,
) -> FormBox:
    box = FormBox(
        host,
        title,
        (_number_field(host.theme),),
        command=lambda values: partial(_perform_for_number, kind, values[NUMBER]),
        verb=verb,
        message=message,
        then=then,
        icon=_ICON,
    )
    box.open()
    return box


def _number_field(theme: Theme, *, required: bool = True) -> forms.LineField:
    hint = _("A012, kode karcis, nomor permohonan atau daring")
    return forms.LineField(theme, NUMBER, _("Nomor"), required=required, most=40, hint=hint)


def _question_fields(theme: Theme, order: Order, *, required: bool) -> tuple[forms.Field, ...]:
    fields = []
    for element in map(questionnaire().element, order):
        answers = [(value, words.within(language())) for value, words in enumerate(element.answers, 1)]
        question = element.question.within(language())
        fields.append(forms.RadioField(theme, element.key, question, answers, required=required))
    return tuple(fields)


def _respondent_fields(theme: Theme) -> tuple[forms.Field | tuple[forms.Field, ...], ...]:
    fields: list[forms.Field] = [
        forms.ChoiceField(
            theme,
            question.key,
            question.name.within(language()),
            [(choice.key, choice.name.within(language())) for choice in question.choices],
        )
        for question in questionnaire().profile
    ]
    suggestion = forms.TextField(theme, SUGGESTION, _("Saran atau masukan"), rows=2)
    return tuple(fields[:2]), tuple(fields[2:]), suggestion


def _answers_from(values: dict[str, Any]) -> survey.SurveyAnswers:
    """Return the answers of a form whose fields are named after the questionnaire's elements and profile."""
    questions = questionnaire()
    scores = {element.key: values.get(element.key) for element in questions.elements}
    profile = {question.key: values.get(question.key) or "" for question in questions.profile}
    return survey.SurveyAnswers(
        answers={key: int(score) for key, score in scores.items() if score is not None},
        profile=survey.Profile(**profile),
        suggestion=values.get(SUGGESTION) or "",
    )


def _read_subject(number: str, office: Office) -> dict[str, int | None]:
    """Read which ticket, case or online request has that number, as fields of a command."""
    return office.read(lambda tx: subject_fields(tx, number, office.clock()))


def _perform_for_number(kind: type[Command[Answer]], number: str, office: Office, actor: Actor) -> Answer:
    return office.perform(kind(**_read_subject(number, office)), actor)


def _record_assisted(values: dict[str, Any], office: Office, actor: Actor) -> survey.SurveyToken | None:
    """Record the answers that a visitor gave to the officer."""
    subject = _read_subject(values[NUMBER], office)
    return office.perform(
        commands.FillSurvey(said=_answers_from(values), mode=survey.SurveyMode.ASSISTED, **subject), actor
    )


def _enter_paper(
    values: dict[str, Any], today: date, office: Office, actor: Actor
) -> survey.SurveyToken | None:
    """Record a paper form, with or without a number on it."""
    number = values[NUMBER]
    command = commands.EnterPaperSurvey(
        said=_answers_from(values),
        day=values[DAY] or today,
        service_id=values[SERVICE],
        **(_read_subject(number, office) if number else {}),
    )
    return office.perform(command, actor)


class ImprovementsBox(ListBox[Improvement]):
    """The box with every improvement that was planned, the newest first.

    Args:
        host: access to the office for the signed-in officer.
        board: the results that a new improvement follows from; their lowest element is offered first.
    """

    def __init__(self, host: PageHost, board: SurveyBoard) -> None:
        empty = (_("Belum ada rencana tindak lanjut."), _PLAN_ICON[0])
        rows = lists.RecordList(host.theme, _("Cari unsur, program, orang …"), empty=empty)
        super().__init__(host, _("Tindak lanjut survei"), _PLAN_ICON, rows)
        self._board = board
        self.say(_("Laporan SKM memuat rencana ini, dan laporan berikutnya menyebut keadaannya."))
        self.plan_button = self.add_act(_("Rencanakan …"), "plus", self._plan, "primary", about_row=False)
        self.tell_button = self.add_act(
            _("Sebut keadaannya …"), "pen-line", self._record_state, opens_row=True
        )

    @override
    def refresh(self) -> None:
        self.host.read(lambda office: office.read(improvements.every), self.show_records)

    @override
    def row_of(self, record: Improvement) -> lists.ListRow:
        today = self.host.now().date().isoformat()
        tone = "warn" if record.is_late(today) else _TONES.get(record.state, "primary")
        return lists.ListRow(
            id=record.id,
            title=record.programme,
            subtitle=" · ".join((element_name(record.element), record.period.words, record.responsible)),
            aside=record.due_words,
            icon=_PLAN_ICON[0],
            tint=_PLAN_ICON[1],
            tags=(lists.Tag(record.state_words(today), tone),),
            search=record.result,
        )

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
            icon=_PLAN_ICON,
            draft=self.host.draft("improvement", board.period.name),
        ).open()

    def _record_state(self) -> None:
        improvement = self.chosen
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
            icon=_PLAN_ICON,
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
    keys.sort(key=lambda key: index_by_key.get(key, _HIGHEST_INDEX))
    return [(key, element_name(key)) for key in keys]


def _require_result(values: Values) -> dict[str, str]:
    """Refuse an improvement that is over without a result (`check` of a `Form`)."""
    is_over = values["progress"] is not None and values["progress"].is_over
    return {"result": _("Tulis hasilnya.")} if is_over and not values["result"] else {}


def choose_paper(host: PageHost) -> None:
    """Let the officer choose what to do with paper forms."""

    def type_codes(context: PaperContext) -> None:
        CodesBox(host, context.rules, context.services).open()

    def type_one(context: PaperContext) -> None:
        order = tuple(element.key for element in questionnaire().ordered(context.rules.order))
        paper_box(host, order, context.services)

    options: Options = [
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
    services: Services


def _read_paper_context(office: Office) -> PaperContext:
    def read(tx: Transaction) -> PaperContext:
        return PaperContext(office_rows.load(tx).settings.survey, services.choices(services.active(tx)))

    return office.read(read)


class CodesBox(FormBox):
    """The box to type in one paper form after another, each as a row of digits.

    Day and service stay as chosen. Below the digits the box shows what they mean, so that the officer can
    compare them with the paper before they press Enter.
    """

    def __init__(self, host: PageHost, rules: SurveyRules, service_options: Services) -> None:
        theme = host.theme
        self._rules = rules
        self.code = forms.LineField(
            theme, CODE, _("Kode formulir"), required=True, most=_LONGEST_CODE, check=self._code_problem
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
        self.setMinimumWidth(round(host.window.width() * _CODES_WIDTH))
        self.saved = 0  # forms, since the box was opened
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
        questions = questionnaire()
        answers = answers_so_far(questions, self._rules, self.code.value())
        facts = [
            Fact(f"{number}. {answer.question}", answer.answer or "·")
            for number, answer in enumerate(answers, 1)
        ]
        self.elements.show_facts(facts[: len(questions.elements)])
        self.respondent.show_facts(facts[len(questions.elements) :])

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
        """Keep the box open for the next form."""
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
        self.weak_elements = widgets.Label("", "small", "danger", wrap=True)
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
        # Forms on a site outside this program, or on paper.
        sources = (
            ("outside", _("Formulir di luar"), AnswerLists()),
            ("paper", _("Formulir kertas"), AnswerLists(paper=True)),
        )
        self.import_panel = ImportPanel(self.host, sources, (LIST_NAME,))
        self.import_panel.back_requested.connect(self.show_results)
        self.stack = QStackedWidget()
        for widget in (results, self.import_panel):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)

    def show_import(self) -> None:
        self.stack.setCurrentWidget(self.import_panel)
        self.import_panel.setFocus()

    def show_results(self) -> None:
        self.stack.setCurrentIndex(0)
        self.refresh()

    def _add_acts(self) -> None:
        """Add the head's buttons, and show those that the officer's permissions allow."""
        self.fill_button = self.add_head_button(
            _("Isi untuk pengunjung …"), "hand-helping", lambda: fill_box(self.host, self._order), "primary"
        )
        self.plan_button = self.add_head_button(_("Tindak lanjut …"), "clipboard-check", self._open_plan)
        self.save_button = self.add_head_button(_("Simpan laporan …"), "download", self._offer_report)
        self.more_button = self.add_head_button(_("Lainnya …"), "ellipsis", self._choose_more)
        self.key("Ctrl+N", self.fill_button.click)
        self.plan_button.setEnabled(False)  # until the board is read, which holds the plans
        for act in (self.fill_button, self.more_button):
            act.setVisible(self.host.actor.may(Permission.RUN_SURVEY))
        self.plan_button.setVisible(self.host.actor.may(Permission.PLAN_IMPROVEMENTS))
        self.save_button.setVisible(self.host.actor.may(Permission.SEE_REPORTS))

    def _make_right_side(self) -> Column:
        column = Column(self.theme, gap=12)
        self.by_element = Section(self.theme, pgettext("many", "Unsur"))
        for widget in (self.elements, self.weak_elements):
            self.by_element.body.addWidget(widget)
        column.addWidget(self.by_element)
        column.addWidget(self.suggestions, 1)
        return column

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(survey_board, self.period.period), self._show)

    def _show(self, board: SurveyBoard) -> None:
        self.board = board
        self.plan_button.setEnabled(True)
        self.index.show_board(board)
        self.chart.chart.show_chart(panels.element_chart(board))
        facts = panels.element_facts(board)
        self.elements.show_facts(facts)
        self.by_element.setVisible(bool(facts))
        weak_elements = panels.weak_elements_words(board)
        self.weak_elements.setText(weak_elements)
        self.weak_elements.setVisible(bool(weak_elements))
        self.suggestions.show_texts(board.suggestions)

    @property
    def _order(self) -> tuple[str, ...]:
        order = self.board.order if self.board is not None else SurveyRules().order
        return tuple(element.key for element in questionnaire().ordered(order))

    def _offer_report(self) -> None:
        make = partial(_make_report, self.period.period)
        offer_report(
            self.host,
            [
                (_("Laporan SKM untuk ditandatangani (PDF)"), make, ReportForm.PDF),
                (_("Poster hasil survei (PDF)"), make, ReportForm.POSTER),
                (_("Buku kerja Excel"), make, ReportForm.WORKBOOK),
                (_("Daftar angka (CSV)"), make, ReportForm.LIST),
            ],
        )

    def _open_plan(self) -> None:
        if self.board is not None:
            ImprovementsBox(self.host, self.board).open()

    def _choose_more(self) -> None:
        url = self.board.survey_url if self.board is not None else ""
        options: Options = [
            (_("Formulir kertas"), partial(choose_paper, self.host)),
            (_("Menolak mengisi"), partial(refuse_box, self.host)),
            (_("Terisi di luar"), partial(confirm_box, self.host)),
            (_("Impor daftar jawaban"), self.show_import),
        ]
        if url:
            options.insert(0, (_("QR untuk HP pengunjung"), partial(invite_box, self.host, url)))
        dialogs.choose(self.host.window, self.theme, _("Survei"), options, lambda act: act())


def _make_report(period: Period, office: Office) -> PeriodReport:
    """Make the report, on the worker thread."""
    return survey_report(office.read, period, office.clock())
