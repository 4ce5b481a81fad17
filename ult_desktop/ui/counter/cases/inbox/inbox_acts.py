"""What can be done about a line of the inbox."""

from functools import partial

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases.case_views import InboxKind
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AcknowledgeHandover,
    AssessEscalation,
    ReceiveEscalation,
    WithdrawEscalation,
)
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, EscalationState
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.cases.boards import CaseView, InboxView
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import disposition_sheet
from ult_desktop.ui.counter.cases.case_opening import ask_what_is_wanted
from ult_desktop.ui.counter.cases.inbox import inbox_forms as forms
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.papers import offer_paper
from ult_desktop.ui.counter.visits.documents import document_actions
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction


def inbox_actions(host: PageHost, view: InboxView) -> list[DetailAction]:
    """The next thing first."""
    if view.escalation is None or view.case is None:
        greet = partial(_greet, host, view.item.subject_id)
        return [DetailAction("greet", _("Terima pengunjung"), "user-check", "primary", do=greet)]
    letters = document_actions(host, view.case.card.documents)
    if view.item.kind is InboxKind.RETURNED:
        receive = partial(_acknowledge, host, view.escalation)
        words = _("Terima kembali")
        return [DetailAction("acknowledge", words, "circle-check", "primary", do=receive), *letters]
    if view.escalation.state is EscalationState.REFERRED:
        return [*_meanwhile(host, view.below, view.case), *letters]
    return [*_work(host, view, view.escalation, view.case), *letters]


def _meanwhile(host: PageHost, below: Escalation | None, case: CaseView) -> list[DetailAction]:
    """It lies with another desk; the direction of a unit may come by word of mouth."""
    back = partial(_withdraw, host, below)
    take_back = DetailAction("withdraw", _("Tarik disposisi"), "undo-2", do=back)
    if below is None or below.to_desk is not CaseDesk.RELATED_UNIT:
        return [take_back]
    direct = partial(forms.open_direction, host, below, case)
    return [
        DetailAction("direction", _("Catat arahan unit"), "message-circle", "primary", do=direct),
        take_back,
    ]


def _work(host: PageHost, view: InboxView, escalation: Escalation, case: CaseView) -> list[DetailAction]:
    is_new = escalation.received_at is None
    receive = partial(host.perform, ReceiveEscalation(escalation_id=escalation.id), told=_("Diterima."))
    assess = partial(_assess, host, escalation)
    answer = partial(forms.open_answer, host, escalation, case)
    refer = partial(forms.open_disposition, host, escalation, case)
    tell = partial(forms.open_telling, host, escalation, case)
    assign = partial(forms.open_assignment, host, view, case)
    role = "" if is_new else "primary"
    verdict = [
        DetailAction("can", _("Bisa diselesaikan"), "check", do=partial(assess, can_solve=True)),
        DetailAction("cannot", _("Perlu unit lain"), "x", do=partial(assess, can_solve=False)),
    ]
    told = DetailAction("tell", _("Jawab langsung pemohon"), "phone", do=tell)
    first = [DetailAction("receive", _("Terima"), "user-check", "primary", do=receive)]
    return [
        *(first if is_new else [] if escalation.verdict else verdict),
        DetailAction("answer", _("Jawab"), "message-circle", role, do=answer),
        DetailAction("refer", _("Teruskan ke unit"), "send", do=refer),
        *([told] if escalation.parent_id is None else []),
        DetailAction("assign", _("Tugaskan"), "user-cog", do=assign),
    ]


def _assess(host: PageHost, escalation: Escalation, *, can_solve: bool) -> None:
    command = AssessEscalation(escalation_id=escalation.id, can_solve=can_solve)
    host.perform(command, told=_("Telaah tercatat."))


def _greet(host: PageHost, visit_id: int) -> None:
    """The visitor is at this desk now, and says what they came for."""

    def greeted(_handover: object) -> None:
        if host.actor.may(Permission.WORK_CASES):
            ask_what_is_wanted(host, visit_id)

    host.perform(AcknowledgeHandover(visit_id=visit_id), greeted, told=_("Pengunjung diterima."))


def _withdraw(host: PageHost, below: Escalation | None) -> None:
    if below is None:
        return

    def give(reason: str) -> None:
        command = WithdrawEscalation(escalation_id=below.id, reason=reason)
        host.perform(command, told=_("Disposisi ditarik."))

    title, words = _("Tarik disposisi karena …"), _("Permintaan ini kembali ke meja Anda.")
    dialogs.ask_text(host.window, host.theme, title, words, (_("Tarik"), give))


def _acknowledge(host: PageHost, escalation: Escalation) -> None:
    def received(_hop: object) -> None:
        if host.actor.may(Permission.WORK_CASES):
            host.open_page("cases", escalation.case_id)

    back = escalation.parent_id is None
    told = _("Jawaban diterima; sampaikan kepada pemohon.") if back else _("Diterima.")
    host.perform(AcknowledgeAnswer(escalation_id=escalation.id), received, told=told)


def offer_sheet(host: PageHost, escalation: Escalation) -> None:
    offer_paper(host, partial(_sheet, escalation.id))


def _sheet(escalation_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: disposition_sheet(tx, escalation_id))
