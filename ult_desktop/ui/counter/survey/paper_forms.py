"""The forms on paper: printed blank, and typed in again, a pile by its codes or one in full."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from typing_extensions import override

from ult_desktop.base import UserError, _, counted
from ult_desktop.core.office.template import SurveyRules
from ult_desktop.core.sheet import BlankForm
from ult_desktop.core.survey import commands
from ult_desktop.core.survey.answer_rows import LONGEST_SUGGESTION
from ult_desktop.core.survey.paper_code import read_code, told_back
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.ui.counter.pages import FormBox, PageHost, offer_paper
from ult_desktop.ui.counter.survey import boxes
from ult_desktop.ui.kit import Row, dialogs, forms, widgets
from ult_desktop.ui.kit.detail import Fact, Facts
from ult_desktop.ui.kit.forms.form import Values

if TYPE_CHECKING:
    from collections.abc import Callable

DAY, SERVICE, CODE, SUGGESTION = "day", "service_id", "code", "suggestion"
_LONGEST = 40
_WIDE = 0.7  # of the window: each answer in a line


def choose_paper(host: PageHost) -> None:
    """Choose what to do with paper."""
    options: list[tuple[str, Callable[[], object]]] = [
        (_("Ketik kode banyak formulir"), lambda: host.read(_known, partial(_open_run, host))),
        (_("Isi satu formulir lengkap"), lambda: host.read(_known, partial(_open_whole, host))),
        (
            _("Cetak formulir kosong"),
            lambda: offer_paper(
                host, lambda office, _actor: office.read(lambda tx: blank_form(tx, BlankForm.SURVEY))
            ),
        ),
    ]
    dialogs.choose(host.window, host.theme, _("Formulir kertas"), options, lambda act: act())


Known = tuple[SurveyRules, boxes.Services]


def _known(office: Office) -> Known:
    """Read the office's rules, and the services in use."""

    def look(tx: Transaction) -> Known:
        offered = tuple((row.id, row.definition.name.id) for row in services.active(tx))
        return office_rows.load(tx).settings.survey, offered

    return office.read(look)


def _open_run(host: PageHost, known: Known) -> None:
    CodesBox(host, *known).open()


def _open_whole(host: PageHost, known: Known) -> None:
    rules, offered = known
    order = tuple(element.key for element in questionnaire().ordered(rules.order))
    boxes.paper_box(host, order, offered)


class CodesBox(FormBox):
    """The box for one form after the other: its digits, Enter, the next. Day and service stay as chosen.

    The meaning of the digits is below them, to be compared with the paper before Enter.
    """

    def __init__(self, host: PageHost, rules: SurveyRules, offered: boxes.Services) -> None:
        theme = host.theme
        self._rules = rules
        self.code = forms.LineField(
            theme, CODE, _("Kode formulir"), required=True, most=_LONGEST, check=self._trouble
        )
        self.code.explain(_("Angka yang dilingkari, dari atas ke bawah; 0 untuk yang kosong."))
        self.elements, self.respondent = Facts(theme), Facts(theme)
        said = Row(theme, gap=24)
        for facts, share in ((self.elements, 3), (self.respondent, 2)):
            said.addWidget(facts, share, Qt.AlignmentFlag.AlignTop)
        self.code.column.addLayout(said)
        super().__init__(
            host,
            _("Ketik kode formulir kertas"),
            (
                (
                    forms.DateField(theme, DAY, _("Tanggal formulir"), required=True, days=host),
                    forms.ChoiceField(theme, SERVICE, _("Layanan"), offered),
                ),
                self.code,
                forms.LineField(theme, SUGGESTION, _("Saran atau masukan"), most=LONGEST_SUGGESTION),
            ),
            command=self._entered,
            verb=_("Simpan, lalu berikutnya"),
            icon=("file-text", "slate"),
            known={DAY: host.now().date()},
        )
        self.setMinimumWidth(round(host.window.width() * _WIDE))
        self.kept = 0
        self.count = widgets.Label("", "small", "ok", wrap=True)
        self.count.hide()
        self.words.addWidget(self.count)
        self.form.leave.setText(_("Selesai"))
        self.code.changed.connect(self._tell_back)
        self._tell_back()

    @override
    def open(self) -> None:
        super().open()
        self.code.setFocus()

    def _tell_back(self) -> None:
        form = questionnaire()
        said = told_back(form, self._rules, self.code.value())
        facts = [Fact(f"{place}. {each.question}", each.answer or "·") for place, each in enumerate(said, 1)]
        self.elements.show_facts(facts[: len(form.elements)])
        self.respondent.show_facts(facts[len(form.elements) :])

    def _trouble(self, typed: str) -> str:
        try:
            read_code(questionnaire(), self._rules, typed)
        except UserError as error:
            return error.todo
        return ""

    def _entered(self, values: Values) -> commands.EnterPaperSurvey:
        self._last = {name: values[name] for name in (DAY, SERVICE)}
        said = read_code(questionnaire(), self._rules, values[CODE], values[SUGGESTION])
        return commands.EnterPaperSurvey(said=said, **self._last)

    @override
    def _went_through(self, result: object) -> None:
        self.kept += 1
        self.form.show_values(self._last)
        self.count.setText(counted("{n} formulir tersimpan.", self.kept))
        self.count.show()
        self.code.setFocus()
