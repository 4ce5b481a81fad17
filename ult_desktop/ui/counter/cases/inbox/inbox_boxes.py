"""The forms about a line of the inbox, each with its operation."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.escalation import Escalation
from ult_desktop.core.cases.escalation_commands import (
    AnswerApplicant,
    AnswerEscalation,
    AssignEscalation,
    ReferEscalation,
)
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.cases.inbox import inbox_forms as forms
from ult_desktop.ui.counter.cases.inbox.inbox_reading import InboxView
from ult_desktop.ui.counter.cases.reading import CaseView, store_document
from ult_desktop.ui.counter.pages.form_box import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost


def open_disposition(desk: PageHost, _view: InboxView, hop: Escalation, case: CaseView) -> None:
    FormBox(
        desk,
        _("Lembar disposisi"),
        forms.disposition_fields(desk.theme, case, hop),
        ask=lambda values: partial(refer, hop, case.card.case.visit_id, values),
        verb=_("Kirim disposisi"),
        told=_("Disposisi terkirim."),
        icon=("send", "blue"),
        words=case.card.case.detail,
        draft=desk.draft("hop-refer", hop.id),
    ).open()


def open_answer(desk: PageHost, _view: InboxView, hop: Escalation, case: CaseView) -> None:
    box = _answer_box(desk, hop, case, _("Jawab"), _("Jawaban"))
    box.form.show_values({"answer": _answered(hop, case)})
    box.open()


def _answered(hop: Escalation, case: CaseView) -> str:
    """What the desk asked meanwhile answered: the answer begins with it (POS Sumut tatap muka 14)."""
    answers = [each.answer for each in case.card.escalations if each.parent_id == hop.id and each.answer]
    return answers[-1] if answers else ""


def open_direction(desk: PageHost, view: InboxView, _hop: Escalation, case: CaseView) -> None:
    """A unit that does not use the program told its direction: the sender writes it down."""
    below = view.below
    if below is not None:
        title = _("Arahan {unit}").format(unit=below.unit or case.unit_label)
        _answer_box(desk, below, case, title, _("Arahan")).open()


def _answer_box(desk: PageHost, hop: Escalation, case: CaseView, title: str, label: str) -> FormBox:
    return FormBox(
        desk,
        title,
        forms.answer_fields(desk.theme, label),
        ask=lambda values: partial(answer, hop, case.card.case.visit_id, values),
        verb=_("Kirim jawaban"),
        told=_("Jawaban terkirim."),
        icon=("message-circle", "blue"),
        words=hop.instruction,
        draft=desk.draft("hop-answer", hop.id),
    )


def open_telling(desk: PageHost, _view: InboxView, hop: Escalation, case: CaseView) -> None:
    box = FormBox(
        desk,
        _("Jawab langsung pemohon"),
        forms.applicant_fields(desk.theme, case),
        ask=lambda values: AnswerApplicant(escalation_id=hop.id, **values),
        verb=_("Catat"),
        told=_("Jawaban disampaikan."),
        icon=("phone", "green"),
        words=hop.instruction,
        draft=desk.draft("hop-tell", hop.id),
    )
    box.form.show_values({"answer": _answered(hop, case)})
    box.open()


def open_assignment(desk: PageHost, view: InboxView, hop: Escalation, _case: CaseView) -> None:
    FormBox(
        desk,
        _("Tugaskan kepada"),
        forms.assignment_fields(desk.theme, view),
        ask=lambda values: AssignEscalation(escalation_id=hop.id, **values),
        verb=_("Tugaskan"),
        told=_("Ditugaskan."),
        icon=("user-cog", "blue"),
    ).open()


def answer(hop: Escalation, visit_id: int, values: dict[str, Any], office: Office, actor: Actor) -> object:
    """On the worker: the letter into the store first, then the answer with it."""
    documents = tuple(store_document(values["file"], visit_id, office, actor))
    ask = AnswerEscalation(escalation_id=hop.id, answer=values["answer"], documents=documents)
    return office.perform(ask, actor)


def refer(hop: Escalation, visit_id: int, values: dict[str, Any], office: Office, actor: Actor) -> object:
    """On the worker: the letter into the store first, then the disposition with it."""
    given = forms.disposition_values(values)
    documents = tuple(store_document(given.pop("file"), visit_id, office, actor))
    return office.perform(ReferEscalation(escalation_id=hop.id, documents=documents, **given), actor)


BOXES: dict[str, Callable[[PageHost, InboxView, Escalation, CaseView], None]] = {
    "refer": open_disposition,
    "answer": open_answer,
    "direction": open_direction,
    "tell": open_telling,
    "assign": open_assignment,
}
