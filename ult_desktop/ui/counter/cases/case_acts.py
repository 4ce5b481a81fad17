"""What can be done about a case, and why it cannot."""

from collections.abc import Callable
from functools import partial

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case import Case, CaseState, SubReason, VisitorMode
from ult_desktop.core.cases.commands import AcknowledgeAnswer, MoveVisitor, WithdrawEscalation
from ult_desktop.core.cases.escalation import Escalation, EscalationState
from ult_desktop.ui.counter.cases.case_forms import BOXES, print_receipt
from ult_desktop.ui.counter.cases.lists_boxes import AnswerBankBox
from ult_desktop.ui.counter.cases.ppid_acts import PpidActs
from ult_desktop.ui.counter.cases.reading import CaseView
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.unmasking import contact_action, peek
from ult_desktop.ui.counter.visits.documents import document_actions, offer_documents
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction

Act = Callable[[CaseView], object]


class CaseActs:
    """The acts on the case shown last; `ppid` those of a formal request for information."""

    def __init__(self, host: PageHost, ppid: PpidActs) -> None:
        self._host, self._ppid = host, ppid
        self._view: CaseView | None = None
        self._by_name: dict[str, Act] = {
            "bank": self._bank,
            "acknowledge": self._acknowledge,
            "withdraw": self._withdraw,
            "visitor": self._visitor,
            "receipt": self._receipt,
            "contact": lambda view: peek(self._host, view.card.case.visit_id),
            "documents": lambda view: offer_documents(self._host, view.card.documents),
            "more": self._more,
        }

    def show_case(self, view: CaseView | None) -> None:
        """None: nothing is chosen, and nothing can be done."""
        self._view = view
        self._ppid.show_case(view)

    def do(self, name: str) -> None:
        if name.startswith("ppid_"):
            self._ppid.do(name)
        elif self._view is not None:
            self._act(name, self._view)

    def _act(self, name: str, view: CaseView) -> None:
        if name in BOXES:
            BOXES[name](self._host, view).open()
        else:
            self._by_name[name](view)

    def actions(self) -> list[DetailAction]:
        """The next thing first; what this officer may not do is not shown."""
        view = self._view
        if view is None:
            return []
        papers = [*self._papers(view), *contact_action(view.card.guest, self._host)]
        if not self._host.actor.may(Permission.WORK_CASES):
            return [DetailAction("note", _("Catatan"), "pen-line"), *papers]
        if not view.card.case.is_open:
            return [*papers, DetailAction("note", _("Catatan"), "pen-line")]
        more = DetailAction("more", _("Lainnya …"), "ellipsis")
        return [*self._next(view), *papers, more]

    def begin(self) -> None:
        """Do the next thing, where the keyboard is on the list."""
        first = next((action for action in self.actions() if action.role == "primary"), None)
        if first is not None:
            self.do(first.name)

    def _next(self, view: CaseView) -> list[DetailAction]:
        case = view.card.case
        if case.state is CaseState.ESCALATED:
            return [
                DetailAction("visitor", _("Pengunjung di mana"), "person-standing"),
                DetailAction("withdraw", _("Tarik kembali"), "undo-2"),
            ]
        if _answered(view) is not None:
            return [DetailAction("acknowledge", _("Terima jawaban"), "circle-check", "primary")]
        first = _first_step(case)
        verbs = {
            "outcome": (_("Tetapkan hasil"), "scale"),
            "answer": (_("Tulis jawaban"), "message-circle"),
            "bank": (_("Bank jawaban"), "library"),
            "escalate": (_("Teruskan"), "send"),
            "deliver": (_("Sampaikan jawaban"), "hand-helping"),
            "close": (_("Tutup permohonan"), "badge-check"),
        }
        return [
            DetailAction(name, text, icon_name, "primary" if name == first else "")
            for name, (text, icon_name) in verbs.items()
        ]

    @staticmethod
    def _papers(view: CaseView) -> list[DetailAction]:
        has_receipt = any(each.receipt for each in view.card.deliveries)
        receipt = [DetailAction("receipt", _("Cetak tanda terima"), "printer")] if has_receipt else []
        return [*receipt, *document_actions(view.card.documents)]

    def _more(self, _view: CaseView) -> None:
        options: list[tuple[str, object]] = [
            (_("Jadwalkan ulang"), "reschedule"),
            (_("Pertanyaan lanjutan"), "question"),
            (_("Tambah catatan"), "note"),
            (_("Lampirkan berkas"), "attach"),
            (_("Alihkan ke petugas lain"), "reassign"),
            *((action.text, action.name) for action in self._ppid.beginning()),
        ]
        dialogs.choose(
            self._host.window, self._host.theme, _("Lainnya"), options, lambda name: self.do(str(name))
        )

    def _bank(self, view: CaseView) -> None:
        AnswerBankBox(self._host, view.card.case.id, view.card.case.detail).open()

    def _acknowledge(self, view: CaseView) -> None:
        escalation = _answered(view)
        if escalation is not None:
            command = AcknowledgeAnswer(escalation_id=escalation.id)
            self._host.perform(command, told=_("Jawaban diterima; sampaikan kepada pemohon."))

    def _withdraw(self, view: CaseView) -> None:
        escalation = next(each for each in view.card.escalations if each.is_open and each.parent_id is None)
        give = partial(_withdrawal, escalation.id)
        words = _("Unit yang menerimanya diberi tahu.")
        dialogs.ask_text(
            self._host.window,
            self._host.theme,
            _("Tarik kembali karena …"),
            words,
            (_("Tarik"), lambda reason: self._host.perform(give(reason), told=_("Ditarik kembali."))),
        )

    def _visitor(self, view: CaseView) -> None:
        options: list[tuple[str, object]] = [(mode.word, mode) for mode in VisitorMode]

        def chosen(mode: object) -> None:
            command = MoveVisitor(case_id=view.card.case.id, visitor=VisitorMode(str(mode)))
            self._host.perform(command, told=_("Tercatat."))

        dialogs.choose(
            self._host.window, self._host.theme, _("Di mana pengunjung menunggu?"), options, chosen
        )

    def _receipt(self, view: CaseView) -> None:
        last = [each for each in view.card.deliveries if each.receipt][-1]
        print_receipt(self._host, last)


def _first_step(case: Case) -> str:
    """What comes next on the usual way."""
    if case.outcome is None:
        return "outcome"
    if case.state is CaseState.DELIVERED:
        return "close"
    if case.state is CaseState.ANSWERED:
        return "deliver"
    return "escalate" if case.sub_reason == SubReason.UNKNOWN_HERE else "answer"


def _answered(view: CaseView) -> Escalation | None:
    """What another desk has answered and nobody has received here yet."""
    hops = (escalation for escalation in view.card.escalations if escalation.parent_id is None)
    return next((escalation for escalation in hops if escalation.state is EscalationState.ANSWERED), None)


def _withdrawal(escalation_id: int, reason: str) -> WithdrawEscalation:
    return WithdrawEscalation(escalation_id=escalation_id, reason=reason)
