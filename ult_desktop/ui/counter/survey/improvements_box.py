"""The follow-up plan of the survey: what is done about low elements, and how far it has come."""

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.survey.commands import PlanImprovement, TellImprovement
from ult_desktop.core.survey.improvement import Improvement, ImprovementState
from ult_desktop.db.survey import improvements
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.board import SurveyBoard, element_name
from ult_desktop.ui.counter.pages import FormBox, ListBox, PageHost
from ult_desktop.ui.kit import forms, lists
from ult_desktop.ui.kit.forms.form import Values

ICON = ("clipboard-check", "green")
HIGHEST_INDEX = 100
_TONES = {ImprovementState.DONE: "ok", ImprovementState.DROPPED: "danger"}


class ImprovementsBox(ListBox):
    """The box of every row of the plan, the newest first. A new one follows from the results on the page.

    Args:
        host: the officer's.
        board: those results; their lowest element comes first.
    """

    def __init__(self, host: PageHost, board: SurveyBoard) -> None:
        empty = (_("Belum ada rencana tindak lanjut."), ICON[0])
        rows = lists.RecordList(host.theme, _("Cari unsur, program, orang …"), empty=empty)
        super().__init__(host, _("Tindak lanjut survei"), ICON, rows)
        self._board = board
        self._known: dict[object, Improvement] = {}
        self.say(_("Laporan SKM memuat rencana ini, dan laporan berikutnya menyebut keadaannya."))
        rows.opened.connect(lambda _key: self._tell())
        self.plan = self.add_act(_("Rencanakan …"), "plus", self._plan, "primary", about_row=False)
        self.tell = self.add_act(_("Sebut keadaannya …"), "pen-line", self._tell)

    @override
    def refresh(self) -> None:
        self.host.read(lambda office: office.read(improvements.every), self._show)

    def _show(self, found: tuple[Improvement, ...]) -> None:
        today = self.host.now().date().isoformat()
        self._known = {each.id: each for each in found}
        self.rows.show_rows([_row(each, today) for each in found])

    def _plan(self) -> None:
        theme, board = self.theme, self._board
        FormBox(
            self.host,
            _("Tindak lanjut hasil {period}").format(period=board.period.words),
            (
                forms.ChoiceField(theme, "element", _("Unsur"), _elements(board), required=True),
                forms.TextField(theme, "programme", _("Yang akan dilakukan"), required=True),
                (
                    forms.DateField(theme, "due", _("Paling lambat"), required=True, days=self.host),
                    forms.LineField(theme, "responsible", _("Penanggung jawab"), required=True),
                ),
            ),
            command=lambda values: PlanImprovement(period=board.period.name, **values),
            verb=_("Rencanakan"),
            told=_("Rencana tersimpan."),
            icon=ICON,
            draft=self.host.draft("improvement", board.period.name),
        ).open()

    def _tell(self) -> None:
        known = self._known[self.rows.selected]
        states = [(state, state.word) for state in ImprovementState]
        FormBox(
            self.host,
            _("Keadaan tindak lanjut"),
            (
                forms.RadioField(self.theme, "progress", _("Keadaan"), states, required=True),
                forms.TextField(self.theme, "result", _("Hasilnya, atau mengapa tidak dilaksanakan")),
            ),
            command=lambda values: TellImprovement(improvement_id=known.id, **values),
            told=_("Keadaan tersimpan."),
            icon=ICON,
            words=known.programme,
            draft=self.host.draft("improvement-state", known.id),
            known={"progress": known.state, "result": known.result},
            check=_check,
        ).open()


def _elements(board: SurveyBoard) -> list[tuple[str, str]]:
    """Return the elements, the lowest first where results are shown."""
    found = board.index.elements if board.index is not None else ()
    told = {each.element: each.index for each in found if each.index is not None}
    keys = (element.key for element in questionnaire().elements)
    return [(key, element_name(key)) for key in sorted(keys, key=lambda key: told.get(key, HIGHEST_INDEX))]


def _check(values: Values) -> dict[str, str]:
    missing = values["progress"] is not None and values["progress"].is_over and not values["result"]
    return {"result": _("Tulis hasilnya.")} if missing else {}


def _row(each: Improvement, today: str) -> lists.ListRow:
    tone = "warn" if each.is_late(today) else _TONES.get(each.state, "primary")
    return lists.ListRow(
        id=each.id,
        title=each.programme,
        subtitle=" · ".join((element_name(each.element), each.period.words, each.responsible)),
        aside=each.due_words,
        icon=ICON[0],
        tint=ICON[1],
        tags=(lists.Tag(each.state_words(today), tone),),
        search=each.result,
    )
