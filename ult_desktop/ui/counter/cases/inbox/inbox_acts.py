"""What can be done about a line of the inbox."""

from collections.abc import Callable
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
from ult_desktop.core.command import Command
from ult_desktop.core.sheet import Sheet
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import disposition_sheet
from ult_desktop.ui.counter.cases.case_opening import ask_what_is_wanted
from ult_desktop.ui.counter.cases.inbox.inbox_forms import BOXES
from ult_desktop.ui.counter.cases.inbox.inbox_reading import InboxView
from ult_desktop.ui.counter.cases.reading import CaseView
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.papers import offer_paper
from ult_desktop.ui.counter.visits.documents import document_actions, offer_documents
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction

Act = Callable[[Escalation, CaseView], object]


class InboxActs:
    """The acts on the line shown last."""

    def __init__(self, host: PageHost) -> None:
        self._host = host
        self._view: InboxView | None = None
        self._by_name: dict[str, Act] = {
            "receive": lambda escalation, _case: self._send(
                ReceiveEscalation(escalation_id=escalation.id), _("Diterima.")
            ),
            "can": lambda escalation, _case: self._assess(escalation, can_solve=True),
            "cannot": lambda escalation, _case: self._assess(escalation, can_solve=False),
            "withdraw": self._withdraw,
            "acknowledge": self._acknowledge,
            "documents": lambda _hop, case: offer_documents(self._host, case.card.documents),
            "sheet": lambda escalation, _case: offer_paper(self._host, partial(hop_sheet, escalation.id)),
            "open": lambda escalation, _case: self._host.open_page("cases", escalation.case_id),
        }

    def show_item(self, view: InboxView | None) -> None:
        """None: nothing is chosen, and nothing can be done."""
        self._view = view

    def do(self, name: str) -> None:
        view = self._view
        if view is None:
            return
        if view.escalation is None or view.case is None:
            self._greet(view.item.subject_id)
        elif name in BOXES:
            BOXES[name](self._host, view, view.escalation, view.case)
        else:
            self._by_name[name](view.escalation, view.case)

    def begin(self) -> None:
        """Do the next thing, where the keyboard is on the list."""
        first = next((action for action in self.actions() if action.role == "primary"), None)
        if first is not None:
            self.do(first.name)

    def actions(self) -> list[DetailAction]:
        """The next thing first."""
        view = self._view
        if view is None:
            return []
        if view.escalation is None:
            return [DetailAction("greet", _("Terima pengunjung"), "user-check", "primary")]
        letters = document_actions(view.case.card.documents) if view.case else []
        return [*self._about_hop(view, view.escalation), *letters]

    def _about_hop(self, view: InboxView, escalation: Escalation) -> list[DetailAction]:
        if view.item.kind is InboxKind.RETURNED:
            return [DetailAction("acknowledge", _("Terima kembali"), "circle-check", "primary")]
        if escalation.state is EscalationState.REFERRED:
            return self._meanwhile(view.below)
        return self._work(escalation)

    @staticmethod
    def _meanwhile(below: Escalation | None) -> list[DetailAction]:
        """It lies with another desk; the direction of a unit may come by word of mouth."""
        take_back = DetailAction("withdraw", _("Tarik disposisi"), "undo-2")
        if below is None or below.to_desk is not CaseDesk.RELATED_UNIT:
            return [take_back]
        return [
            DetailAction("direction", _("Catat arahan unit"), "message-circle", "primary"),
            take_back,
        ]

    @staticmethod
    def _work(escalation: Escalation) -> list[DetailAction]:
        is_new = escalation.received_at is None
        receive = [DetailAction("receive", _("Terima"), "user-check", "primary")] if is_new else []
        verdict = [
            DetailAction("can", _("Bisa diselesaikan"), "check"),
            DetailAction("cannot", _("Perlu unit lain"), "x"),
        ]
        work = [
            DetailAction("answer", _("Jawab"), "message-circle", "" if is_new else "primary"),
            DetailAction("refer", _("Teruskan ke unit"), "send"),
            *(
                [DetailAction("tell", _("Jawab langsung pemohon"), "phone")]
                if escalation.parent_id is None
                else []
            ),
            DetailAction("assign", _("Tugaskan"), "user-cog"),
        ]
        return [*receive, *(verdict if not is_new and not escalation.verdict else []), *work]

    def _send(self, command: Command, told: str) -> None:
        self._host.perform(command, told=told)

    def _assess(self, escalation: Escalation, *, can_solve: bool) -> None:
        self._send(AssessEscalation(escalation_id=escalation.id, can_solve=can_solve), _("Telaah tercatat."))

    def _greet(self, visit_id: int) -> None:
        """The visitor is at this desk now, and says what he came for."""

        def greeted(_handover: object) -> None:
            if self._host.actor.may(Permission.WORK_CASES):
                ask_what_is_wanted(self._host, visit_id)

        self._host.perform(AcknowledgeHandover(visit_id=visit_id), greeted, told=_("Pengunjung diterima."))

    def _withdraw(self, _hop: Escalation, _case: CaseView) -> None:
        below = self._view.below if self._view is not None else None
        if below is None:
            return

        def give(reason: str) -> None:
            self._send(WithdrawEscalation(escalation_id=below.id, reason=reason), _("Disposisi ditarik."))

        words = _("Permintaan ini kembali ke meja Anda.")
        title = _("Tarik disposisi karena …")
        dialogs.ask_text(self._host.window, self._host.theme, title, words, (_("Tarik"), give))

    def _acknowledge(self, escalation: Escalation, _case: CaseView) -> None:
        def received(_hop: object) -> None:
            if self._host.actor.may(Permission.WORK_CASES):
                self._host.open_page("cases", escalation.case_id)

        told = (
            _("Jawaban diterima; sampaikan kepada pemohon.")
            if escalation.parent_id is None
            else _("Diterima.")
        )
        self._host.perform(AcknowledgeAnswer(escalation_id=escalation.id), received, told=told)


def hop_sheet(escalation_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: disposition_sheet(tx, escalation_id))
