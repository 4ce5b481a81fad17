"""What can be done about a case, and why it cannot."""

from collections.abc import Callable
from functools import partial

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, escalation as case_escalation
from ult_desktop.core.cases.case import Case, CaseState, SubReason, VisitorMode
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases.boards import CaseView
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.cases import case_forms, lists_boxes, ppid_acts
from ult_desktop.ui.counter.cases.case_opening import ask_another, read_opening
from ult_desktop.ui.counter.pages import FormBox, PageHost, contact_action
from ult_desktop.ui.counter.visits.documents import document_actions
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction


def case_actions(host: PageHost, view: CaseView) -> list[DetailAction]:
    """The next thing first; what this officer may not do is not shown."""
    papers = [*_papers(host, view), *contact_action(view.card.guest, host)]
    note = DetailAction("note", _("Catatan"), "pen-line", _opened(case_forms.note, host, view))
    if not host.actor.may(Permission.WORK_CASES):
        return [note, *papers]
    if not view.card.case.is_open:
        return [*papers, note]
    more = DetailAction("more", _("Lainnya …"), "ellipsis", partial(_offer_more, host, view))
    return [*_next(host, view), *papers, more]


def _opened(
    form: Callable[[PageHost, CaseView], FormBox], host: PageHost, view: CaseView
) -> Callable[[], object]:
    return lambda: form(host, view).open()


def _next(host: PageHost, view: CaseView) -> list[DetailAction]:
    case = view.card.case
    if case.state is CaseState.ESCALATED:
        where = partial(_ask_where, host, view)
        back = partial(_withdraw, host, view)
        visitor = DetailAction("visitor", _("Pengunjung di mana"), "person-standing", where)
        wrote_in = case.channel is VisitChannel.ONLINE
        return [
            *([] if wrote_in else [visitor]),
            DetailAction("withdraw", _("Tarik kembali"), "undo-2", back),
        ]
    answered = _answered(view)
    if answered is not None:
        receive = partial(_acknowledge, host, answered)
        return [DetailAction("acknowledge", _("Terima jawaban"), "circle-check", receive, "primary")]
    first = _first_step(case)
    verbs = (
        ("outcome", _("Tetapkan hasil"), "scale", _opened(case_forms.outcome, host, view)),
        ("answer", _("Tulis jawaban"), "message-circle", _opened(case_forms.answer, host, view)),
        (
            "bank",
            _("Bank jawaban"),
            "library",
            lambda: lists_boxes.AnswerBankBox(host, case.id, case.detail).open(),
        ),
        ("escalate", _("Teruskan"), "send", _opened(case_forms.escalate, host, view)),
        ("deliver", _("Sampaikan jawaban"), "hand-helping", _opened(case_forms.deliver, host, view)),
        ("close", _("Tutup permohonan"), "badge-check", _opened(case_forms.close, host, view)),
    )
    return [
        DetailAction(name, text, icon, do, "primary" if name == first else "")
        for name, text, icon, do in verbs
    ]


def _papers(host: PageHost, view: CaseView) -> list[DetailAction]:
    receipts = [each for each in view.card.deliveries if each.receipt]
    words = _("Cetak tanda terima")
    whole = DetailAction("file", _("Cetak berkas"), "files", partial(case_forms.print_file, host, view))
    return [
        *(
            DetailAction("receipt", words, "printer", partial(case_forms.print_receipt, host, each))
            for each in receipts[-1:]
        ),
        *([whole] if host.actor.may(Permission.OPEN_PERSONAL) else []),
        *document_actions(host, view.card.documents),
    ]


def _offer_more(host: PageHost, view: CaseView) -> None:
    options: list[tuple[str, Callable[[], object]]] = [
        (_("Jadwalkan ulang"), partial(booking_box.reschedule, host, view.card.case)),
        (_("Pertanyaan lanjutan"), _opened(case_forms.question, host, view)),
        (_("Tambah catatan"), _opened(case_forms.note, host, view)),
        (_("Lampirkan berkas"), _opened(case_forms.attach, host, view)),
        (_("Alihkan ke petugas lain"), _opened(case_forms.reassign, host, view)),
    ]
    if view.card.case.channel is VisitChannel.FACE_TO_FACE:
        options.append((_("Permohonan lain dari pengunjung ini"), partial(_ask_another, host, view)))
    if view.card.information is None and host.actor.may(Permission.REGISTER_PPID):
        options.append(
            (_("Daftarkan sebagai permohonan informasi"), _opened(ppid_acts.registration, host, view))
        )
    dialogs.choose(host.window, host.theme, _("Lainnya"), options, lambda do: do())


def _ask_another(host: PageHost, view: CaseView) -> None:
    def open_new(case: Case) -> None:
        host.open_page("cases", case.id)

    host.read(partial(read_opening, view.card.case.visit_id), partial(ask_another, host, open_new))


def _acknowledge(host: PageHost, escalation: case_escalation.Escalation) -> None:
    command = commands.AcknowledgeAnswer(escalation_id=escalation.id)
    host.perform(command, told=_("Jawaban diterima; sampaikan kepada pemohon."))


def _withdraw(host: PageHost, view: CaseView) -> None:
    escalation = next(each for each in view.card.escalations if each.is_open and each.parent_id is None)

    def give(reason: str) -> None:
        command = commands.WithdrawEscalation(escalation_id=escalation.id, reason=reason)
        host.perform(command, told=_("Ditarik kembali."))

    title, words = _("Tarik kembali karena …"), _("Unit yang menerimanya diberi tahu.")
    dialogs.ask_text(host.window, host.theme, title, words, (_("Tarik"), give))


def _ask_where(host: PageHost, view: CaseView) -> None:
    def chosen(mode: VisitorMode) -> None:
        host.perform(commands.MoveVisitor(case_id=view.card.case.id, visitor=mode), told=_("Tercatat."))

    options = [(mode.word, mode) for mode in VisitorMode]
    dialogs.choose(host.window, host.theme, _("Di mana pengunjung menunggu?"), options, chosen)


def _first_step(case: Case) -> str:
    """What comes next on the usual way."""
    if case.outcome is None:
        return "outcome"
    if case.state is CaseState.DELIVERED:
        return "close"
    if case.state is CaseState.ANSWERED:
        return "deliver"
    return "escalate" if case.sub_reason == SubReason.UNKNOWN_HERE else "answer"


def _answered(view: CaseView) -> case_escalation.Escalation | None:
    """What another desk has answered and nobody has received here yet."""
    hops = (escalation for escalation in view.card.escalations if escalation.parent_id is None)
    return next(
        (escalation for escalation in hops if escalation.state is case_escalation.EscalationState.ANSWERED),
        None,
    )
