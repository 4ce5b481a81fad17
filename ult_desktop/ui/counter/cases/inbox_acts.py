"""The acts on a line of the inbox, and the forms for them."""

from functools import partial
from typing import Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases import case_views, commands, escalation as case_escalation
from ult_desktop.core.cases.case import Case
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.cases.boards import CaseView, InboxView
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import disposition_sheet
from ult_desktop.ui.counter.cases import case_forms, case_opening
from ult_desktop.ui.counter.pages import FormBox, PageHost, offer_paper
from ult_desktop.ui.counter.visits.documents import document_actions
from ult_desktop.ui.kit import dialogs, forms
from ult_desktop.ui.kit.detail import DetailAction

Values = dict[str, Any]
UNITS = (
    case_escalation.CaseDesk.RELATED_UNIT,
    case_escalation.CaseDesk.BACK_OFFICE,
    case_escalation.CaseDesk.PPID,
)


def inbox_actions(host: PageHost, view: InboxView) -> list[DetailAction]:
    """Return the acts on a line of the inbox, the next one first."""
    if view.escalation is None or view.case is None:
        visit_id = view.item.subject_id
        if not view.item.unread:
            write = partial(case_opening.ask_what_is_wanted, host, visit_id)
            return [DetailAction("write", _("Catat permohonan …"), "pen-line", write, "primary")]
        greet = partial(_greet, host, visit_id)
        return [DetailAction("greet", _("Terima pengunjung"), "user-check", greet, "primary")]
    letters = document_actions(host, view.case.card.documents)
    if view.item.kind is case_views.InboxKind.RETURNED:
        receive = partial(_acknowledge, host, view.escalation)
        words = _("Terima kembali")
        return [DetailAction("acknowledge", words, "circle-check", receive, "primary"), *letters]
    if view.escalation.state is case_escalation.EscalationState.REFERRED:
        return [*_meanwhile(host, view.below, view.case), *letters]
    return [*_work(host, view, view.escalation, view.case), *letters]


def _meanwhile(
    host: PageHost, below: case_escalation.Escalation | None, case: CaseView
) -> list[DetailAction]:
    """Return the acts while the case is at another desk. A unit's direction may come by word of mouth."""
    back = partial(_withdraw, host, below)
    take_back = DetailAction("withdraw", _("Tarik disposisi"), "undo-2", back)
    if below is None or below.to_desk is not case_escalation.CaseDesk.RELATED_UNIT:
        return [take_back]
    direct = partial(open_direction, host, below, case)
    return [DetailAction("direction", _("Catat arahan unit"), "message-circle", direct, "primary"), take_back]


def _work(
    host: PageHost, view: InboxView, escalation: case_escalation.Escalation, case: CaseView
) -> list[DetailAction]:
    is_new = escalation.received_at is None
    receive = partial(
        host.perform, commands.ReceiveEscalation(escalation_id=escalation.id), told=_("Diterima.")
    )
    assess = partial(_assess, host, escalation)
    answer = partial(open_answer, host, escalation, case)
    refer = partial(open_disposition, host, escalation, case)
    tell = partial(open_telling, host, escalation, case)
    assign = partial(open_assignment, host, view, case)
    role = "" if is_new else "primary"
    verdict = [
        DetailAction("can", _("Bisa diselesaikan"), "check", partial(assess, can_solve=True)),
        DetailAction("cannot", _("Perlu unit lain"), "x", partial(assess, can_solve=False)),
    ]
    told = DetailAction("tell", _("Jawab langsung pemohon"), "phone", tell)
    first = [DetailAction("receive", _("Terima"), "user-check", receive, "primary")]
    return [
        *(first if is_new else [] if escalation.verdict else verdict),
        DetailAction("answer", _("Jawab"), "message-circle", answer, role),
        DetailAction("refer", _("Teruskan ke unit"), "send", refer),
        *([told] if escalation.parent_id is None else []),
        DetailAction("assign", _("Tugaskan"), "user-cog", assign),
    ]


def _assess(host: PageHost, escalation: case_escalation.Escalation, *, can_solve: bool) -> None:
    command = commands.AssessEscalation(escalation_id=escalation.id, can_solve=can_solve)
    host.perform(command, told=_("Telaah tercatat."))


def _greet(host: PageHost, visit_id: int) -> None:
    """Note that the visitor is at this desk now, and ask for their request."""

    def greeted(_handover: object) -> None:
        if host.actor.may(Permission.WORK_CASES):
            case_opening.ask_what_is_wanted(host, visit_id)

    host.perform(commands.AcknowledgeHandover(visit_id=visit_id), greeted, told=_("Pengunjung diterima."))


def _withdraw(host: PageHost, below: case_escalation.Escalation | None) -> None:
    if below is None:
        return

    def give(reason: str) -> None:
        command = commands.WithdrawEscalation(escalation_id=below.id, reason=reason)
        host.perform(command, told=_("Disposisi ditarik."))

    title, words = _("Tarik disposisi karena …"), _("Permintaan ini kembali ke meja Anda.")
    dialogs.ask_text(host.window, host.theme, title, words, (_("Tarik"), give))


def _acknowledge(host: PageHost, escalation: case_escalation.Escalation) -> None:
    def received(_hop: object) -> None:
        if host.actor.may(Permission.WORK_CASES):
            host.open_page("cases", escalation.case_id)

    back = escalation.parent_id is None
    told = _("Jawaban diterima; sampaikan kepada pemohon.") if back else _("Diterima.")
    host.perform(commands.AcknowledgeAnswer(escalation_id=escalation.id), received, told=told)


def offer_sheet(host: PageHost, escalation: case_escalation.Escalation) -> None:
    offer_paper(host, partial(_sheet, escalation.id))


def _sheet(escalation_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: disposition_sheet(tx, escalation_id))


def open_disposition(host: PageHost, escalation: case_escalation.Escalation, case: CaseView) -> None:
    """Open the disposition: to whom, what is to be done, until when (POS Sumut tatap muka 13)."""
    theme = host.theme
    desks = [
        (each, case_escalation.desk_word(each, case.unit_label))
        for each in UNITS
        if each is not escalation.to_desk
    ]
    desk = forms.RadioField(theme, "to", _("Kepada"), desks, required=True)
    unit = forms.LineField(theme, "unit", _("Nama unit (boleh kosong)"), hint=_("misalnya Ditjen GTKPG"))
    person = case_forms.person_field(theme, desk, case)
    desk.changed.connect(lambda: unit.set_shown(desk.value() is case_escalation.CaseDesk.RELATED_UNIT))
    desk.show_value(desks[0][0])
    FormBox(
        host,
        _("Lembar disposisi"),
        (
            desk,
            unit,
            forms.TextField(theme, "instruction", _("Isi disposisi"), required=True, rows=4),
            (person, case_forms.due_field(theme)),
            case_forms.file_field(theme),
        ),
        command=lambda values: partial(refer, escalation, case.card.case, values),
        verb=_("Kirim disposisi"),
        told=_("Disposisi terkirim."),
        icon=("send", "blue"),
        words=case.card.case.detail,
        draft=host.draft("hop-refer", escalation.id),
    ).open()


def refer(
    escalation: case_escalation.Escalation, case: Case, values: Values, office: Office, actor: Actor
) -> object:
    """Store the letter, then refer the disposition with it, on the worker thread."""
    given = case_forms.sent_values(case, values, office, actor)
    return office.perform(commands.ReferEscalation(escalation_id=escalation.id, **given), actor)


def open_answer(host: PageHost, escalation: case_escalation.Escalation, case: CaseView) -> None:
    known = {"answer": _answered(escalation, case)}
    _answer_box(host, escalation, case, _("Jawab"), _("Jawaban"), known).open()


def _answered(escalation: case_escalation.Escalation, case: CaseView) -> str:
    """Return what the asked desk answered meanwhile: the answer begins with it (POS Sumut tatap muka 14)."""
    answers = [
        each.answer for each in case.card.escalations if each.parent_id == escalation.id and each.answer
    ]
    return answers[-1] if answers else ""


def open_direction(host: PageHost, below: case_escalation.Escalation, case: CaseView) -> None:
    """Open the box in which the sender writes down the direction of a unit that does not use the program."""
    title = _("Arahan {unit}").format(unit=below.unit or case.unit_label)
    _answer_box(host, below, case, title, _("Arahan")).open()


def _answer_box(
    host: PageHost,
    escalation: case_escalation.Escalation,
    case: CaseView,
    title: str,
    label: str,
    known: Values | None = None,
) -> FormBox:
    return FormBox(
        host,
        title,
        (
            forms.TextField(host.theme, "answer", label, required=True, rows=6),
            case_forms.file_field(host.theme),
        ),
        command=lambda values: partial(answer, escalation, case.card.case.visit_id, values),
        verb=_("Kirim jawaban"),
        told=_("Jawaban terkirim."),
        icon=("message-circle", "blue"),
        words=escalation.instruction,
        draft=host.draft("hop-answer", escalation.id),
        known=known,
    )


def answer(
    escalation: case_escalation.Escalation, visit_id: int, values: Values, office: Office, actor: Actor
) -> object:
    """Store the letter, then answer with it, on the worker thread."""
    documents = case_forms.store_document(values["file"], visit_id, office, actor)
    command = commands.AnswerEscalation(
        escalation_id=escalation.id, answer=values["answer"], documents=documents
    )
    return office.perform(command, actor)


def open_telling(host: PageHost, escalation: case_escalation.Escalation, case: CaseView) -> None:
    """Open the form for the answer and for how the applicant received it (POS Kepri 2b)."""
    FormBox(
        host,
        _("Jawab langsung pemohon"),
        (
            forms.TextField(host.theme, "answer", _("Jawaban"), required=True, rows=5),
            *case_forms.telling_fields(host.theme, case.card),
        ),
        command=lambda values: commands.AnswerApplicant(escalation_id=escalation.id, **values),
        verb=_("Catat"),
        told=_("Jawaban disampaikan."),
        icon=("phone", "green"),
        words=escalation.instruction,
        draft=host.draft("hop-tell", escalation.id),
        known={"answer": _answered(escalation, case)},
    ).open()


def open_assignment(host: PageHost, view: InboxView, case: CaseView) -> None:
    """Choose the officer of the desk who takes the case, with the load of each."""
    desk = view.item.desk
    loads = {each.officer_id: each for each in view.counts if each.desk is desk}
    people = case_forms.at_desk(case.colleagues, desk)
    options = [(each.id, f"{each.name}  {_load(loads.get(each.id))}".strip()) for each in people]
    FormBox(
        host,
        _("Tugaskan kepada"),
        (forms.ChoiceField(host.theme, "officer_id", _("Petugas"), options, required=True),),
        command=lambda values: commands.AssignEscalation(escalation_id=view.item.subject_id, **values),
        verb=_("Tugaskan"),
        told=_("Ditugaskan."),
        icon=("user-cog", "blue"),
    ).open()


def _load(count: case_views.InboxCount | None) -> str:
    if count is None:
        return _("(belum ada)")
    if count.overdue:
        return _("({n} terbuka, {late} lewat waktu)").format(n=count.open, late=count.overdue)
    return _("({n} terbuka)").format(n=count.open)
