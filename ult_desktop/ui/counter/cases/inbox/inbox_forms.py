"""The fields of the forms about a line of the inbox."""

from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.cases.case_views import InboxCount
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, desk_word
from ult_desktop.ui.counter.cases.case_forms import LONGEST_DUE_DAYS, at_desk, file_field, telling_fields
from ult_desktop.ui.counter.cases.inbox.inbox_reading import InboxView
from ult_desktop.ui.counter.cases.reading import CaseView
from ult_desktop.ui.kit.forms.choice_field import ChoiceField
from ult_desktop.ui.kit.forms.form_area import Fields
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.number_field import NumberField
from ult_desktop.ui.kit.forms.radio_field import RadioField
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.theme import Theme

UNITS = (CaseDesk.RELATED_UNIT, CaseDesk.BACK_OFFICE, CaseDesk.PPID)


def answer_fields(theme: Theme, label: str) -> Fields:
    return (TextField(theme, "answer", label, required=True, rows=6), file_field(theme))


def disposition_fields(theme: Theme, case: CaseView, hop: Escalation) -> Fields:
    """A disposition: to whom, what is to be done, until when (POS Sumut tatap muka 13)."""
    desks = [(each, desk_word(each, case.unit_label)) for each in UNITS if each is not hop.to_desk]
    desk = RadioField(theme, "to", _("Kepada"), desks, required=True)
    unit = LineField(theme, "unit", _("Nama unit (boleh kosong)"), hint=_("misalnya Ditjen GTKPG"))
    person = ChoiceField(theme, "to_officer_id", _("Petugas (boleh kosong)"))

    def offer_people() -> None:
        chosen = desk.value()
        people = at_desk(case.colleagues, CaseDesk(str(chosen))) if chosen else ()
        person.show_options([("", _("siapa saja")), *((str(each.id), each.name) for each in people)])
        unit.set_shown(chosen is CaseDesk.RELATED_UNIT)

    desk.changed.connect(offer_people)
    desk.show_value(desks[0][0])
    due = NumberField(theme, "due_days", _("Batas (hari kerja)"), least=1, most=LONGEST_DUE_DAYS)
    return (
        desk,
        unit,
        TextField(theme, "instruction", _("Isi disposisi"), required=True, rows=4),
        (person, due),
        file_field(theme),
    )


def disposition_values(values: dict[str, Any]) -> dict[str, Any]:
    person = values.get("to_officer_id")
    return {**values, "to_officer_id": int(person) if person else None}


def applicant_fields(theme: Theme, case: CaseView) -> Fields:
    """The answer, and how the applicant was told (POS Kepri 2b)."""
    return (
        TextField(theme, "answer", _("Jawaban"), required=True, rows=5),
        *telling_fields(theme, case.card),
    )


def assignment_fields(theme: Theme, view: InboxView) -> Fields:
    """Who of the desk takes it, with how much each has."""
    people = () if view.case is None else at_desk(view.case.colleagues, view.item.desk)
    mine = {each.officer_id: each for each in view.counts if each.desk is view.item.desk}
    options = [(each.id, f"{each.name}  {_load(mine.get(each.id))}".strip()) for each in people]
    return (ChoiceField(theme, "officer_id", _("Petugas"), options, required=True),)


def _load(count: InboxCount | None) -> str:
    if count is None:
        return _("(belum ada)")
    if count.overdue:
        return _("({n} terbuka, {late} lewat waktu)").format(n=count.open, late=count.overdue)
    return _("({n} terbuka)").format(n=count.open)
