"""The forms about a line of the inbox: their fields, and the operation of each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.case_views import InboxCount
from ult_desktop.core.cases.commands import (
    AnswerApplicant,
    AnswerEscalation,
    AssignEscalation,
    ReferEscalation,
)
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, desk_word
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.cases.case_forms import LONGEST_DUE_DAYS, at_desk, file_field, telling_fields
from ult_desktop.ui.counter.cases.inbox.inbox_reading import InboxView
from ult_desktop.ui.counter.cases.reading import CaseView, store_document
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.form_area import Fields
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.number_field import NumberField
from ult_desktop.ui.kit.forms.option_fields import RadioField
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.theme import Theme

UNITS = (CaseDesk.RELATED_UNIT, CaseDesk.BACK_OFFICE, CaseDesk.PPID)


def answer_fields(theme: Theme, label: str) -> Fields:
    return (TextField(theme, "answer", label, required=True, rows=6), file_field(theme))


def disposition_fields(theme: Theme, case: CaseView, escalation: Escalation) -> Fields:
    """A disposition: to whom, what is to be done, until when (POS Sumut tatap muka 13)."""
    desks = [(each, desk_word(each, case.unit_label)) for each in UNITS if each is not escalation.to_desk]
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


def open_disposition(host: PageHost, _view: InboxView, escalation: Escalation, case: CaseView) -> None:
    FormBox(
        host,
        _("Lembar disposisi"),
        disposition_fields(host.theme, case, escalation),
        command=lambda values: partial(refer, escalation, case.card.case.visit_id, values),
        verb=_("Kirim disposisi"),
        told=_("Disposisi terkirim."),
        icon=("send", "blue"),
        words=case.card.case.detail,
        draft=host.draft("hop-refer", escalation.id),
    ).open()


def open_answer(host: PageHost, _view: InboxView, escalation: Escalation, case: CaseView) -> None:
    box = _answer_box(host, escalation, case, _("Jawab"), _("Jawaban"))
    box.form.show_values({"answer": _answered(escalation, case)})
    box.open()


def _answered(escalation: Escalation, case: CaseView) -> str:
    """What the desk asked meanwhile answered: the answer begins with it (POS Sumut tatap muka 14)."""
    answers = [
        each.answer for each in case.card.escalations if each.parent_id == escalation.id and each.answer
    ]
    return answers[-1] if answers else ""


def open_direction(host: PageHost, view: InboxView, _hop: Escalation, case: CaseView) -> None:
    """A unit that does not use the program told its direction: the sender writes it down."""
    below = view.below
    if below is not None:
        title = _("Arahan {unit}").format(unit=below.unit or case.unit_label)
        _answer_box(host, below, case, title, _("Arahan")).open()


def _answer_box(host: PageHost, escalation: Escalation, case: CaseView, title: str, label: str) -> FormBox:
    return FormBox(
        host,
        title,
        answer_fields(host.theme, label),
        command=lambda values: partial(answer, escalation, case.card.case.visit_id, values),
        verb=_("Kirim jawaban"),
        told=_("Jawaban terkirim."),
        icon=("message-circle", "blue"),
        words=escalation.instruction,
        draft=host.draft("hop-answer", escalation.id),
    )


def open_telling(host: PageHost, _view: InboxView, escalation: Escalation, case: CaseView) -> None:
    box = FormBox(
        host,
        _("Jawab langsung pemohon"),
        applicant_fields(host.theme, case),
        command=lambda values: AnswerApplicant(escalation_id=escalation.id, **values),
        verb=_("Catat"),
        told=_("Jawaban disampaikan."),
        icon=("phone", "green"),
        words=escalation.instruction,
        draft=host.draft("hop-tell", escalation.id),
    )
    box.form.show_values({"answer": _answered(escalation, case)})
    box.open()


def open_assignment(host: PageHost, view: InboxView, escalation: Escalation, _case: CaseView) -> None:
    FormBox(
        host,
        _("Tugaskan kepada"),
        assignment_fields(host.theme, view),
        command=lambda values: AssignEscalation(escalation_id=escalation.id, **values),
        verb=_("Tugaskan"),
        told=_("Ditugaskan."),
        icon=("user-cog", "blue"),
    ).open()


def answer(
    escalation: Escalation, visit_id: int, values: dict[str, Any], office: Office, actor: Actor
) -> object:
    """On the worker: the letter into the store first, then the answer with it."""
    documents = tuple(store_document(values["file"], visit_id, office, actor))
    command = AnswerEscalation(escalation_id=escalation.id, answer=values["answer"], documents=documents)
    return office.perform(command, actor)


def refer(
    escalation: Escalation, visit_id: int, values: dict[str, Any], office: Office, actor: Actor
) -> object:
    """On the worker: the letter into the store first, then the disposition with it."""
    given = disposition_values(values)
    documents = tuple(store_document(given.pop("file"), visit_id, office, actor))
    return office.perform(ReferEscalation(escalation_id=escalation.id, documents=documents, **given), actor)


BOXES: dict[str, Callable[[PageHost, InboxView, Escalation, CaseView], None]] = {
    "refer": open_disposition,
    "answer": open_answer,
    "direction": open_direction,
    "tell": open_telling,
    "assign": open_assignment,
}
