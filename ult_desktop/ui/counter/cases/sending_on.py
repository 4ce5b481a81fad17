"""The box that sends a case to another desk, the way back, and the proof for a visitor who goes home."""

from functools import partial
from typing import NamedTuple

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases import commands, escalation
from ult_desktop.core.cases.case import Case, VisitorMode
from ult_desktop.core.queue.commands import Undo
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases.boards import CaseView
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import intake_sheet
from ult_desktop.ui.counter.cases import case_forms
from ult_desktop.ui.counter.pages import FormBox, PageHost, offer_paper
from ult_desktop.ui.kit import forms

DESKS_TO_ASK = (escalation.CaseDesk.BACK_OFFICE, escalation.CaseDesk.HELPDESK, escalation.CaseDesk.PPID)


class SentOn(NamedTuple):
    """The result of sending on: the new escalation, and where its visitor waits."""

    hop: escalation.Escalation
    visitor: VisitorMode


def escalate(host: PageHost, view: CaseView) -> FormBox:
    theme, case = host.theme, view.card.case
    desks = [(each.value, escalation.desk_word(each, view.unit_label)) for each in DESKS_TO_ASK]
    desk = forms.RadioField(theme, "to", _("Kepada"), desks, required=True)
    person = case_forms.person_field(theme, desk, view)
    desk.show_value(DESKS_TO_ASK[0])
    modes = [(each.value, each.word) for each in VisitorMode]
    visitor = forms.RadioField(theme, "visitor", _("Pengunjung"), modes, required=True)
    visitor.show_value(VisitorMode.AT_DESK)
    return FormBox(
        host,
        _("Teruskan permohonan"),
        (
            desk,
            (person, case_forms.due_field(theme)),
            forms.TextField(theme, "instruction", _("Pertanyaan"), required=True),
            *((visitor,) if case.channel is VisitChannel.FACE_TO_FACE else ()),
            case_forms.file_field(theme),
        ),
        command=lambda values: partial(send_on, case, values),
        verb=_("Teruskan"),
        then=partial(_tell, host, view),
        icon=("send", "blue"),
        draft=host.draft("case-escalate", case.id),
    )


def send_on(case: Case, values: case_forms.Values, office: Office, actor: Actor) -> SentOn:
    """Store the letter, then send the case on with it, on the worker thread."""
    given = case_forms.sent_values(case, values, office, actor)
    given["to"] = escalation.CaseDesk(given["to"])
    visitor = given["visitor"] = VisitorMode(given.get("visitor") or VisitorMode.LEFT)
    return SentOn(office.perform(commands.Escalate(case_id=case.id, **given), actor), visitor)


def _tell(host: PageHost, view: CaseView, sent: SentOn) -> None:
    """Say where the case went. A visitor who goes home is not served at the counter any more."""
    case = view.card.case
    desk = escalation.desk_word(sent.hop.to_desk, view.unit_label)
    goes = sent.visitor is VisitorMode.LEFT and case.channel is VisitChannel.FACE_TO_FACE
    told = _("Diteruskan ke {desk}. Pengunjung pulang; pelayanan di loket selesai.")
    words = (told if goes else _("Diteruskan ke {desk}.")).format(desk=desk)
    back = partial(take_back, case, sent.hop, host.counter if goes else None)
    undo = partial(host.perform, back, told=_("Tidak jadi diteruskan."))
    proof = [(_("Cetak bukti"), partial(print_proof, host, case.id))] * goes
    host.tell(words, [(_("Urungkan"), undo), *proof])


def take_back(
    case: Case, hop: escalation.Escalation, counter: int | None, office: Office, actor: Actor
) -> None:
    """Take the case back, and its visitor to `counter` if nobody sat there since, on the worker thread.

    Raises:
        UserError: the other desk has dealt with it.
    """
    reason = _("Diurungkan sesudah diteruskan")
    office.perform(commands.WithdrawEscalation(escalation_id=hop.id, reason=reason), actor)
    ended = None if counter is None else office.counter_board(counter).undoable
    if ended is not None and ended.id == office.read(lambda tx: visits.get(tx, case.visit_id)).ticket_id:
        office.perform(Undo(counter=ended.counter or 0), actor)


def print_proof(host: PageHost, case_id: int) -> None:
    """Print the visitor's proof: the number, the request, and the date until which it is answered."""
    offer_paper(host, partial(_proof, case_id))


def _proof(case_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: intake_sheet(tx, case_id))
