"""The form by which a task is handed over."""

from typing import Any, Final

from ult_desktop.base.i18n import _
from ult_desktop.core.accountability.commands import Delegate
from ult_desktop.core.accountability.deviations import form_word
from ult_desktop.operations.accountability.delegations import DelegationBoard
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.date_fields import DateField
from ult_desktop.ui.kit.forms.form_area import Fields
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.option_fields import RadioField
from ult_desktop.ui.kit.forms.text_field import TextField

_LETTER: Final = "surat_penugasan"
_ORAL: Final = "lisan"
_BY_LETTER, _BY_MOUTH = ("letter_number", "letter_date"), ("procedure_id", "ordered_by")


class DelegationForm(FormBox):
    """Who is away, who stands in, from when to when; then the letter, or who said so."""

    def __init__(self, host: PageHost, board: DelegationBoard) -> None:
        forms = [(_LETTER, form_word(_LETTER))]
        forms += [(_ORAL, form_word(_ORAL))] if board.oral else []
        self._form_of = RadioField(host.theme, "form", _("Bentuk pengalihan"), forms, required=True)
        today = host.now().date()
        super().__init__(
            host,
            _("Alihkan tugas"),
            _fields(host, board, self._form_of),
            command=lambda values: Delegate(**values),
            verb=_("Alihkan tugas"),
            told=_("Tugas dialihkan."),
            icon=("arrow-right-left", "blue"),
            words=_("Pengalihan lisan hanya berlaku untuk kunjungan dengan prosedur yang dipilih."),
            check=_check,
            draft=host.draft("delegation"),
            known={"form": _LETTER, "first_day": today, "last_day": today},
        )
        self._form_of.changed.connect(self._show_questions)
        self._show_questions()

    def _show_questions(self) -> None:
        """A letter has a number and a date; word of mouth somebody who gave it."""
        orally = self._form_of.value() == _ORAL
        for name in _BY_LETTER:
            self.form.field(name).set_shown(not orally)
        for name in _BY_MOUTH:
            self.form.field(name).set_shown(orally)


def _fields(host: PageHost, board: DelegationBoard, form_of: RadioField) -> Fields:
    theme, now = host.theme, host.now
    people = [(row.login, row.name) for row in board.officers]
    return (
        (
            ChoiceField(theme, "absent", _("Petugas yang berhalangan"), people, required=True),
            ChoiceField(theme, "delegate", _("Dialihkan kepada"), people, required=True),
        ),
        (
            DateField(theme, "first_day", _("Hari pertama"), required=True, now=now),
            DateField(theme, "last_day", _("Hari terakhir"), required=True, now=now),
        ),
        form_of,
        (
            LineField(theme, "letter_number", _("Nomor surat penugasan"), required=True),
            DateField(theme, "letter_date", _("Tanggal surat"), required=True, now=now),
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
