"""The acts on a case, and the reasons why one is closed."""

from collections.abc import Callable
from functools import partial

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, escalation as case_escalation
from ult_desktop.core.cases.case import Case, CaseState, SubReason, VisitorMode
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases.boards import CaseView
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.cases import case_forms, lists_boxes, ppid_acts, sending_on
from ult_desktop.ui.counter.cases.case_opening import ask_another, read_opening
from ult_desktop.ui.counter.pages import FormBox, PageHost, contact_action
from ult_desktop.ui.counter.visits.documents import document_actions
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction


def case_actions(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts on a case, the next one first. An act that this officer may not do is left out."""
    papers = [*_papers(host, view), *contact_action(view.card.guest, host)]
    note = DetailAction("note", _("Catatan"), "pen-line", _opened(case_forms.note, host, view))
    if not host.actor.may(Permission.WORK_CASES):
        return [note, *papers]
    if not view.card.case.is_open:
        return [*papers, note]
    return [*_next(host, view), *_further(host, view), *papers]


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
        ("escalate", _("Teruskan"), "send", _opened(sending_on.escalate, host, view)),
        ("deliver", _("Sampaikan jawaban"), "hand-helping", _opened(case_forms.deliver, host, view)),
        ("close", _("Tutup permohonan"), "badge-check", _opened(case_forms.close, host, view)),
        (
            "bank",
            _("Bank jawaban"),
            "library",
            lambda: lists_boxes.AnswerBankBox(host, case.id, case.detail).open(),
        ),
    )
    return [
        DetailAction(name, text, icon, do, "primary" if name == first else "")
        for name, text, icon, do in verbs
    ]


def _papers(host: PageHost, view: CaseView) -> list[DetailAction]:
    receipts = [each for each in view.card.deliveries if each.receipt]
    words, print_file = _("Cetak tanda terima"), partial(case_forms.print_file, host, view)
    whole = DetailAction("file", _("Cetak berkas"), "printer", print_file, is_aside=True)
    receipt = partial(case_forms.print_receipt, host)
    return [
        *(
            DetailAction("receipt", words, "printer-check", partial(receipt, each), is_aside=True)
            for each in receipts[-1:]
        ),
        *([whole] if host.actor.may(Permission.OPEN_PERSONAL) else []),
        *document_actions(host, view.card.documents),
    ]


def _further(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts that only some requests need."""
    here = view.card.case.channel is VisitChannel.FACE_TO_FACE
    public = view.card.information is None and host.actor.may(Permission.REGISTER_PPID)
    form = partial(_opened, host=host, view=view)
    wanted = (
        (True, "reschedule", _("Jadwalkan ulang"), partial(booking_box.reschedule, host, view.card.case)),
        (True, "question", _("Pertanyaan lanjutan"), form(case_forms.question)),
        (True, "note", _("Tambah catatan"), form(case_forms.note)),
        (True, "attach", _("Lampirkan berkas"), form(case_forms.attach)),
        (
            True,
            "proof",
            _("Cetak bukti penerimaan"),
            partial(sending_on.print_proof, host, view.card.case.id),
        ),
        (True, "reassign", _("Alihkan ke petugas lain"), form(case_forms.reassign)),
        (here, "another", _("Permohonan lain dari pengunjung ini"), partial(_ask_another, host, view)),
        (public, "register", _("Daftarkan sebagai permohonan informasi"), form(ppid_acts.registration)),
    )
    return [DetailAction(name, text, "", do) for shown, name, text, do in wanted if shown]


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
    """Return the name of the next act on the usual way."""
    if case.outcome is None:
        return "outcome"
    if case.state is CaseState.DELIVERED:
        return "close"
    if case.state is CaseState.ANSWERED:
        return "deliver"
    return "escalate" if case.sub_reason == SubReason.UNKNOWN_HERE else "answer"


def _answered(view: CaseView) -> case_escalation.Escalation | None:
    """Return the escalation that another desk has answered and nobody has received here yet."""
    hops = (escalation for escalation in view.card.escalations if escalation.parent_id is None)
    return next(
        (escalation for escalation in hops if escalation.state is case_escalation.EscalationState.ANSWERED),
        None,
    )
