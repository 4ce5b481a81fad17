"""The page Penugasan: who acts for whom, and the form that hands a task over."""

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
_LETTER_FIELDS, _ORAL_FIELDS = ("letter_number", "letter_date"), ("procedure_id", "ordered_by")


class DelegationForm(FormBox):
    """The form of a delegation: who is away, who acts for them on which days, and by what order.

    The order is a letter, or was given by word of mouth.
    """

    def __init__(self, host: PageHost, board: DelegationBoard) -> None:
        order_forms = [(_LETTER, deviations.form_word(_LETTER))]
        order_forms += [(_ORAL, deviations.form_word(_ORAL))] if board.oral_procedures else []
        self._order_form = RadioField(host.theme, "form", _("Bentuk pengalihan"), order_forms, required=True)
        today = host.now().date()
        super().__init__(
            host,
            _("Alihkan tugas"),
            _fields(host, board, self._order_form),
            command=lambda values: commands.Delegate(**values),
            verb=_("Alihkan tugas"),
            message=_("Tugas dialihkan."),
            icon=("arrow-right-left", "blue"),
            words=_("Pengalihan lisan hanya berlaku untuk kunjungan dengan prosedur yang dipilih."),
            check=_check,
            draft=host.draft("delegation"),
            known={"form": _LETTER, "first_day": today, "last_day": today},
        )
        self._order_form.changed.connect(self._show_questions)
        self._show_questions()

    def _show_questions(self) -> None:
        """Ask for a letter's number and date; for an oral order, the procedure and who gave it."""
        is_oral = self._order_form.value() == _ORAL
        for name in _LETTER_FIELDS:
            self.form.field(name).set_shown(not is_oral)
        for name in _ORAL_FIELDS:
            self.form.field(name).set_shown(is_oral)


def _fields(host: PageHost, board: DelegationBoard, order_form: RadioField) -> Fields:
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
        order_form,
        (
            LineField(theme, "letter_number", _("Nomor surat penugasan"), required=True),
            DateField(theme, "letter_date", _("Tanggal surat"), required=True, days=host),
        ),
        (
            ChoiceField(theme, "procedure_id", _("Untuk prosedur"), board.oral_procedures, required=True),
            LineField(theme, "ordered_by", _("Diperintahkan oleh"), required=True),
        ),
        TextField(theme, "notes", _("Saksi atau catatan"), rows=2),
    )


def _check(values: dict[str, Any]) -> dict[str, str]:
    problems = {}
    if values["absent"] and values["absent"] == values["delegate"]:
        problems["delegate"] = _("Pilih petugas lain.")
    first, last = values["first_day"], values["last_day"]
    if first and last and last < first:
        problems["last_day"] = _("Tidak boleh mendahului hari pertama.")
    return problems


IN_FORCE, UPCOMING, ENDED = "holds", "ahead", "over"


def filters() -> tuple[lists.Filter, ...]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter(IN_FORCE, _("Berlaku")),
        lists.Filter(UPCOMING, _("Akan datang")),
    )


def stage_of(delegation: deviations.Delegation, now: datetime) -> str:
    """Return whether the delegation is IN_FORCE now, UPCOMING or ENDED."""
    at = to_stamp(now)
    if delegation.holds(at):
        return IN_FORCE
    return UPCOMING if delegation.ended_at is None and at < delegation.begins_at else ENDED


def stage_tag(delegation: deviations.Delegation, now: datetime) -> lists.Tag:
    return {
        IN_FORCE: lists.Tag(_("berlaku"), "ok"),
        UPCOMING: lists.Tag(_("akan datang"), "primary"),
        ENDED: lists.Tag(_("berakhir"), "warn"),
    }[stage_of(delegation, now)]


def days_words(delegation: deviations.Delegation) -> str:
    first, last = (_day(text) for text in (delegation.first_day, delegation.last_day))
    return first if first == last else _("{first} s.d. {last}").format(first=first, last=last)


def title_of(delegation: deviations.Delegation) -> str:
    return _("{delegate} atas nama {absent}").format(delegate=delegation.delegate, absent=delegation.absent)


def facts_of(delegation: deviations.Delegation, procedures: dict[str, str]) -> list[Fact]:
    letter_date = _day(delegation.letter_date) if delegation.letter_date else ""
    return [
        Fact(_("Berhalangan"), delegation.absent),
        Fact(_("Pengganti"), delegation.delegate),
        Fact(_("Bentuk"), deviations.form_word(delegation.form)),
        Fact(_("Nomor surat"), delegation.letter_number),
        Fact(_("Tanggal surat"), letter_date),
        Fact(_("Prosedur"), procedures.get(delegation.procedure_id, delegation.procedure_id)),
        Fact(_("Diperintahkan oleh"), delegation.ordered_by),
        Fact(_("Saksi atau catatan"), delegation.notes),
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
        self.give_button = self.add_head_button(
            _("Alihkan tugas …"), "plus", lambda: DelegationForm(self.host, self._board).open(), "primary"
        )
        self.give_button.setEnabled(False)  # until the board with the officers is read
        self.key("Ctrl+N", self.give_button.click)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(delegation_board), self._show)

    def _show(self, board: DelegationBoard) -> None:
        self._board = board
        self.give_button.setEnabled(True)
        self.show_records(board.delegations)

    @override
    def row_of(self, record: deviations.Delegation) -> lists.ListRow:
        now = self.host.now()
        return lists.ListRow(
            id=record.id,
            title=title_of(record),
            subtitle=days_words(record),
            icon="arrow-right-left",
            tint="blue",
            tags=(stage_tag(record, now),),
            groups=frozenset({stage_of(record, now)}),
            search=f"{record.letter_number} {record.ordered_by}",
        )

    @override
    def show_record(self, record: deviations.Delegation) -> None:
        now = self.host.now()
        self.detail.show_head(title_of(record), days_words(record), (stage_tag(record, now),))
        self.detail.show_facts(facts_of(record, dict(self._board.oral_procedures)))
        end = DetailAction("end", _("Akhiri sekarang"), "x", partial(self._end, record), "danger")
        self.detail.show_actions([] if stage_of(record, now) == ENDED else [end])

    def _end(self, delegation: deviations.Delegation) -> None:
        command = commands.EndDelegation(delegation_id=delegation.id)
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Akhiri penugasan?"),
            _("{delegate} tidak lagi bertindak atas nama {absent}.").format(
                delegate=delegation.delegate, absent=delegation.absent
            ),
            (_("Akhiri"), lambda: self.host.perform(command, message=_("Penugasan diakhiri."))),
        )
