"""The page Penugasan: who acts for whom, and the form that hands a task over."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability import commands, deviations
from ult_desktop.core.stamps import to_stamp
from ult_desktop.operations.accountability.delegations import DelegationBoard, delegation_board
from ult_desktop.ui.counter.pages import FormBox, ListPage, PageHost, snapshot
from ult_desktop.ui.kit import dialogs, lists
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.forms import ChoiceField, DateField, LineField, RadioField, TextField
from ult_desktop.ui.kit.forms.form import Fields

_LETTER: Final = "surat_penugasan"
_ORAL: Final = "lisan"
_BY_LETTER, _BY_MOUTH = ("letter_number", "letter_date"), ("procedure_id", "ordered_by")


class DelegationForm(FormBox):
    """The form of a delegation.

    It asks who is away, who acts for them, from when to when; then the letter, or who said so.
    """

    def __init__(self, host: PageHost, board: DelegationBoard) -> None:
        forms = [(_LETTER, deviations.form_word(_LETTER))]
        forms += [(_ORAL, deviations.form_word(_ORAL))] if board.oral else []
        self._form_of = RadioField(host.theme, "form", _("Bentuk pengalihan"), forms, required=True)
        today = host.now().date()
        super().__init__(
            host,
            _("Alihkan tugas"),
            _fields(host, board, self._form_of),
            command=lambda values: commands.Delegate(**values),
            verb=_("Alihkan tugas"),
            message=_("Tugas dialihkan."),
            icon=("arrow-right-left", "blue"),
            words=_("Pengalihan lisan hanya berlaku untuk kunjungan dengan prosedur yang dipilih."),
            check=_check,
            draft=host.draft("delegation"),
            known={"form": _LETTER, "first_day": today, "last_day": today},
        )
        self._form_of.changed.connect(self._show_questions)
        self._show_questions()

    def _show_questions(self) -> None:
        """Show the questions of the chosen form.

        A letter has a number and a date; word of mouth has somebody who gave it.
        """
        orally = self._form_of.value() == _ORAL
        for name in _BY_LETTER:
            self.form.field(name).set_shown(not orally)
        for name in _BY_MOUTH:
            self.form.field(name).set_shown(orally)


def _fields(host: PageHost, board: DelegationBoard, form_of: RadioField) -> Fields:
    theme = host.theme
    people = [(row.login, row.name) for row in board.officers]
    return (
        (
            ChoiceField(theme, "absent", _("Petugas yang berhalangan"), people, required=True),
            ChoiceField(theme, "delegate", _("Dialihkan kepada"), people, required=True),
        ),
        (
            DateField(theme, "first_day", _("Hari pertama"), required=True, days=host),
            DateField(theme, "last_day", _("Hari terakhir"), required=True, days=host),
        ),
        form_of,
        (
            LineField(theme, "letter_number", _("Nomor surat penugasan"), required=True),
            DateField(theme, "letter_date", _("Tanggal surat"), required=True, days=host),
        ),
        (
            ChoiceField(theme, "procedure_id", _("Untuk prosedur"), board.oral, required=True),
            LineField(theme, "ordered_by", _("Diperintahkan oleh"), required=True),
        ),
        TextField(theme, "notes", _("Saksi atau catatan"), rows=2),
    )


def _check(values: dict[str, Any]) -> dict[str, str]:
    wrong = {}
    if values["absent"] and values["absent"] == values["delegate"]:
        wrong["delegate"] = _("Pilih petugas lain.")
    first, last = values["first_day"], values["last_day"]
    if first and last and last < first:
        wrong["last_day"] = _("Tidak boleh mendahului hari pertama.")
    return wrong


HOLDS, AHEAD, OVER = "holds", "ahead", "over"


def filters() -> tuple[lists.Filter, ...]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter(HOLDS, _("Berlaku")),
        lists.Filter(AHEAD, _("Akan datang")),
    )


def stage_of(found: deviations.Delegation, now: datetime) -> str:
    """Return whether the delegation holds now, is still ahead, or is over."""
    at = to_stamp(now)
    if found.holds(at):
        return HOLDS
    return AHEAD if found.ended_at is None and at < found.begins_at else OVER


def stage_tag(found: deviations.Delegation, now: datetime) -> lists.Tag:
    return {
        HOLDS: lists.Tag(_("berlaku"), "ok"),
        AHEAD: lists.Tag(_("akan datang"), "primary"),
        OVER: lists.Tag(_("berakhir"), "warn"),
    }[stage_of(found, now)]


def days_of(found: deviations.Delegation) -> str:
    first, last = (_day(text) for text in (found.first_day, found.last_day))
    return first if first == last else _("{first} s.d. {last}").format(first=first, last=last)


def rows_of(found: Sequence[deviations.Delegation], now: datetime) -> list[lists.ListRow]:
    return [
        lists.ListRow(
            id=each.id,
            title=_("{delegate} atas nama {absent}").format(delegate=each.delegate, absent=each.absent),
            subtitle=days_of(each),
            icon="arrow-right-left",
            tint="blue",
            tags=(stage_tag(each, now),),
            groups=frozenset({stage_of(each, now)}),
            search=f"{each.letter_number} {each.ordered_by}",
        )
        for each in found
    ]


def facts_of(found: deviations.Delegation, procedures: dict[str, str]) -> list[Fact]:
    letter_date = _day(found.letter_date) if found.letter_date else ""
    return [
        Fact(_("Berhalangan"), found.absent),
        Fact(_("Pengganti"), found.delegate),
        Fact(_("Bentuk"), deviations.form_word(found.form)),
        Fact(_("Nomor surat"), found.letter_number),
        Fact(_("Tanggal surat"), letter_date),
        Fact(_("Prosedur"), procedures.get(found.procedure_id, found.procedure_id)),
        Fact(_("Diperintahkan oleh"), found.ordered_by),
        Fact(_("Saksi atau catatan"), found.notes),
    ]


def _day(text: str) -> str:
    return formats.format_date(date.fromisoformat(text), "long")


class DelegationsPage(ListPage[deviations.Delegation]):
    """The page on which the head delegates tasks, and ends a delegation when the absent officer is back."""

    name, icon_name, group = "delegations", "arrow-right-left", "quality"
    line = "quality"
    needs = frozenset({Permission.DELEGATE})
    title = staticmethod(lambda: _("Penugasan"))

    @override
    def build(self) -> None:
        self._board = DelegationBoard((), (), ())
        self.add_list(
            _("Cari nama, nomor surat …"),
            filters(),
            (_("Belum ada tugas yang dialihkan."), "arrow-right-left"),
            (_("Pilih penugasan untuk melihat isinya."), "arrow-right-left"),
        )
        self.give = self.add_head_button(_("Alihkan tugas …"), "plus", self._give, "primary")
        self.give.setEnabled(False)  # until the board is read, there is nobody to choose
        self.key("Ctrl+N", self.give.click)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(delegation_board), self._show)

    def _show(self, board: DelegationBoard) -> None:
        self._board = board
        self.give.setEnabled(True)
        self.show_records(board.found, rows_of(board.found, self.host.now()))

    @override
    def show_record(self, found: deviations.Delegation) -> None:
        now = self.host.now()
        title = _("{delegate} atas nama {absent}").format(delegate=found.delegate, absent=found.absent)
        self.detail.show_head(title, days_of(found), (stage_tag(found, now),))
        self.detail.show_facts(facts_of(found, dict(self._board.oral)))
        over = stage_of(found, now) == OVER
        end = DetailAction("end", _("Akhiri sekarang"), "x", partial(self._end, found), "danger")
        self.detail.show_actions([] if over else [end])

    def _give(self) -> None:
        DelegationForm(self.host, self._board).open()

    def _end(self, found: deviations.Delegation) -> None:
        command = commands.EndDelegation(delegation_id=found.id)
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Akhiri penugasan?"),
            _("{delegate} tidak lagi bertindak atas nama {absent}.").format(
                delegate=found.delegate, absent=found.absent
            ),
            (_("Akhiri"), lambda: self.host.perform(command, message=_("Penugasan diakhiri."))),
        )
