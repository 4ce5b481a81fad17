"""The script's acts as commands of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.register.hours import MINUTE
from ult_desktop.core.care import commands as care
from ult_desktop.core.care.declarations import Escort, Leg
from ult_desktop.core.cases import commands as cases
from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.cases.case import Case, CaseOutcome, SubReason, VisitorMode
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.command import Command
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.online import commands as online
from ult_desktop.core.online.online_request import OnlineRequest, OnlineRow, OnlineSource
from ult_desktop.core.phone import commands as phone
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall
from ult_desktop.core.procedures.commands import PauseClock, ResumeClock, TickStep
from ult_desktop.core.queue import commands as queue
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.survey import commands as survey
from ult_desktop.core.survey.survey import SurveyAnswers, SurveyMode
from ult_desktop.core.visits import commands as visits
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Courtesy, Visit
from ult_desktop.operations.survey.answer_lists import questionnaire

NAME, QUESTION, ANSWER = "Dedi Kurniawan", "Kapan tunjangan profesi cair?", "Mulai 15 Desember 2026."
PHONE = "0811-390-6669"
Said = dict[str, Any]
_WHERE = {
    "desk": VisitorMode.AT_DESK,
    "hall": VisitorMode.IN_HALL,
    "left": VisitorMode.LEFT,
    "fetches": VisitorMode.FETCHES,
}


@dataclass
class Known:
    """The program's own numbers of what a story speaks of: 0 while there is none."""

    service: int
    visit: int = 0
    ticket: int = 0
    case: int = 0
    request: int = 0
    escort: int = 0
    coming: int = 0
    midnight: int = 0
    code: str = ""
    helper: int = 0
    hops: tuple[int, ...] = ()

    def learn(self, answer: object) -> None:
        """Note the numbers of what the program answered with."""
        for name, number in _NUMBERS.get(type(answer), lambda _: {})(answer).items():
            setattr(self, name, number)


_NUMBERS: dict[type, Callable[[Any], dict[str, int | str]]] = {
    IssuedTicket: lambda issued: {"ticket": issued.ticket.id},
    Visit: lambda visit: {"visit" if visit.follows is None else "coming": visit.id},
    Case: lambda case: {"case": case.id, "visit": case.visit_id},
    PhoneCall: lambda call: {"visit": call.visit_id, "case": call.case_id or 0},
    OnlineRequest: lambda each: {"request": each.id, "visit": each.visit_id, "case": each.case_id},
    Escort: lambda escort: {"escort": escort.id},
    Appointment: lambda appointment: {"code": appointment.code},
}


def _stamp(known: Known, minutes: float) -> int:
    return known.midnight + round(minutes * MINUTE)


def _welcome(_known: Known, said: Said) -> Command:
    return visits.WelcomeVisitor(courtesies=tuple(each for each in Courtesy if each.value != said["without"]))


def _guest_book(known: Known, said: Said) -> Command:
    return visits.SignGuestBook(
        visit_id=known.visit or None,
        ticket_id=None if known.visit else known.ticket,
        name=NAME,
        institution="SMPN 1",
        phone=PHONE,
        purpose=said.get("purpose", ""),
    )


def _number(known: Known, said: Said) -> Command:
    visit = known.visit if said.get("visit") else None
    return queue.IssueTicket(service_id=known.service, visit_id=visit, at_kiosk=said.get("at_kiosk", False))


def _priority(known: Known, _said: Said) -> Command:
    reason = PriorityReason.DISABILITY
    return queue.IssueTicket(service_id=known.service, priority=reason, visit_id=known.coming or known.visit)


def _fill_survey(known: Known, said: Said) -> Command:
    answers = {element.key: 4 for element in questionnaire().elements}
    mode = SurveyMode.ASSISTED if said.get("assisted") else SurveyMode.KIOSK
    return survey.FillSurvey(visit_id=known.visit, said=SurveyAnswers(answers=answers), mode=mode)


def _request(_known: Known, said: Said) -> Command:
    row = OnlineRow(name=NAME, detail=QUESTION, email="dedi@dinas.go.id", external_id=said["number"])
    return online.AddRequest(source=OnlineSource.SEMPENA, row=row)


def _reschedule(known: Known, said: Said) -> Command:
    return cases.Reschedule(case_id=known.case, at=_stamp(known, said["to"]), reason="Menunggu")


def _outcome(known: Known, said: Said) -> Command:
    outcome = CaseOutcome(said["outcome"])
    reason = SubReason.UNKNOWN_HERE if outcome is CaseOutcome.UNAVAILABLE else ""
    return cases.SetOutcome(case_id=known.case, outcome=outcome, sub_reason=reason)


def _tell(known: Known, said: Said) -> Command:
    way = DeliveryChannel(said["way"])
    proof = "" if way is DeliveryChannel.DIRECT else "Disampaikan kepada pemohon"
    return cases.DeliverAnswer(case_id=known.case, way=way, proof=proof, receipt=said.get("receipt", False))


AT_THE_DESK: dict[str, Callable[[Known, Said], Command]] = {
    "welcome": _welcome,
    "purpose": lambda known, _: visits.RecordPurpose(visit_id=known.visit, purpose="informasi"),
    "guest book": _guest_book,
    "letter": lambda known, _: visits.RecordLetter(visit_id=known.visit, number="800/7/2026"),
    "lend card": lambda known, _: visits.LendCard(visit_id=known.visit, kind=IdDocument.KTP),
    "number": _number,
    "seated": lambda known, _: TickStep(visit_id=known.visit, step=4),
    "call": lambda known, said: queue.CallTicket(counter=said["counter"], ticket_id=known.ticket),
    "no show": lambda _, said: queue.NoShow(counter=said["counter"]),
    "arrive": lambda _, said: queue.Arrive(counter=said["counter"]),
    "back into the queue": lambda known, _: queue.Resume(ticket_id=known.ticket),
    "finish": lambda _, said: queue.Finish(
        counter=said["counter"],
        leaves=said.get("leaves", False),
        outcome=said.get("outcome", ""),
        reason=said.get("reason", ""),
    ),
    "join": lambda known, _: visits.JoinVisit(visit_id=known.visit, ticket_id=known.ticket),
    "come back": lambda known, _: queue.ComeBack(ticket_id=known.ticket),
    "answer now": lambda known, said: cases.AnswerAtDesk(
        visit_id=known.visit,
        detail=QUESTION,
        answer=ANSWER,
        asked_at=_stamp(known, said["asked"]),
        found_at=_stamp(known, said["found"]),
    ),
    "number again": lambda known, _: queue.IssueTicket(service_id=known.service, visit_id=known.coming),
    "identity": lambda known, said: visits.VerifyIdentity(
        visit_id=known.visit, kind=IdDocument.KTP, for_other=said.get("for_other", False)
    ),
    "pause": lambda known, _: PauseClock(
        visit_id=known.visit, reason="Mengambil berkas", asked_by=AskedBy.VISITOR
    ),
    "resume": lambda known, _: ResumeClock(visit_id=known.visit),
    "case": lambda known, _: cases.OpenCase(visit_id=known.visit, detail=QUESTION),
    "another": lambda known, _: cases.OpenCase(visit_id=known.visit, detail=QUESTION, another=True),
    "take up": lambda known, _: cases.TakeUpCase(case_id=known.case),
    "transfer": lambda known, said: queue.Transfer(counter=said["counter"], to_service=known.service),
    "outcome": _outcome,
    "answer": lambda known, _: cases.GiveAnswer(case_id=known.case, answer=ANSWER),
    "tell": _tell,
    "close": lambda known, _: cases.CloseCase(case_id=known.case),
    "withdraw": lambda known, _: cases.CloseCase(case_id=known.case, withdrawn=True, remark="Tidak jadi"),
}
BEHIND_THE_DESK: dict[str, Callable[[Known, Said], Command]] = {
    "escalate": lambda known, said: cases.Escalate(
        case_id=known.case,
        instruction="Mohon dicek",
        visitor=_WHERE[said["where"]],
        reason=said.get("reason", ""),
    ),
    "receive": lambda known, _: cases.ReceiveEscalation(escalation_id=known.hops[0]),
    "can solve": lambda known, _: cases.AssessEscalation(escalation_id=known.hops[0], can_solve=True),
    "cannot solve": lambda known, _: cases.AssessEscalation(escalation_id=known.hops[0], can_solve=False),
    "refer": lambda known, said: cases.ReferEscalation(
        escalation_id=known.hops[0], instruction="Mohon arahan", reason=said.get("reason", "")
    ),
    "direct": lambda known, said: cases.AnswerEscalation(
        escalation_id=known.hops[-1], answer=ANSWER, reason=said.get("reason", "")
    ),
    "answer front": lambda known, said: cases.AnswerEscalation(
        escalation_id=known.hops[0], answer=ANSWER, reason=said.get("reason", "")
    ),
}
ON_THE_PHONE: dict[str, Callable[[Known, Said], Command]] = {
    "pick up": lambda *_: phone.StartCall(),
    "greet": lambda known, _: TickStep(visit_id=known.visit, step=1),
    "caller": lambda known, _: phone.RecordCaller(
        call_id=known.visit, name=NAME, phone=PHONE, question=QUESTION
    ),
    "answer caller": lambda known, _: phone.AnswerCall(call_id=known.visit, answer=ANSWER),
    "weigh": lambda known, _: phone.WeighCall(call_id=known.visit),
    "forward": lambda known, said: phone.ForwardCall(
        call_id=known.visit,
        live=said.get("live", False),
        promised_at=_stamp(known, said["promised"]) if "promised" in said else None,
    ),
    "take call": lambda known, _: phone.TakeTransfer(call_id=known.visit),
    "dial": lambda known, _: phone.DialBack(call_id=known.visit),
    "no answer": lambda known, _: phone.EndAttempt(call_id=known.visit, result=AttemptResult.NO_ANSWER),
    "tell caller": lambda known, said: phone.TellAnswer(call_id=known.visit, answer=said.get("answer", "")),
    "hang up": lambda known, said: phone.EndCall(
        call_id=known.visit,
        lost=said.get("lost", False),
        remark="Putus" if said.get("lost") else "",
        reason=said.get("reason", ""),
    ),
}
ONLINE: dict[str, Callable[[Known, Said], Command]] = {
    "request": _request,
    "take": lambda known, _: online.TakeRequest(request_id=known.request),
    "reply": lambda known, _: online.AnswerRequest(
        request_id=known.request, answer=ANSWER, way=DeliveryChannel.APPLICATION
    ),
    "evaluated": lambda known, _: survey.ConfirmSurvey(visit_id=known.visit),
    "close request": lambda known, said: online.CloseRequest(
        request_id=known.request, remark=said.get("remark", "")
    ),
}
HELPDESK: dict[str, Callable[[Known, Said], Command]] = {
    "hand over": lambda known, _: cases.HandToHelpdesk(visit_id=known.visit, officer_id=known.helper),
    "take over": lambda known, _: cases.AcknowledgeHandover(visit_id=known.visit),
    "ask": lambda known, _: cases.RecordQuestion(case_id=known.case, question=QUESTION),
    "reschedule": _reschedule,
    "check in": lambda known, _: cases.CheckIn(code=known.code),
    "survey": _fill_survey,
    "offer survey": lambda known, _: survey.InviteSurvey(visit_id=known.visit),
    "refuse survey": lambda known, _: survey.RefuseSurvey(visit_id=known.visit),
    "end visit": lambda known, _: visits.EndVisit(visit_id=known.visit),
}
CARE: dict[str, Callable[[Known, Said], Command]] = {
    "declare": lambda known, _: care.DeclareVulnerable(
        visit_id=known.visit, grounds=(PriorityReason.DISABILITY,), help=(Help.WHEELCHAIR,)
    ),
    "set out": lambda known, said: care.BeginEscort(
        visit_id=known.coming or known.visit, leg=Leg(said["leg"])
    ),
    "set down": lambda known, _: care.EndEscort(escort_id=known.escort),
    "go alone": lambda known, said: care.DeclineEscort(visit_id=known.visit, leg=Leg(said["leg"])),
    "priority number": _priority,
    "requirements": lambda known, _: visits.CheckRequirements(visit_id=known.visit),
    "ask ppid": lambda known, said: cases.Escalate(
        case_id=known.case,
        instruction="Mohon diproses",
        to=CaseDesk.PPID,
        visitor=_WHERE[said["where"]],
        reason=said.get("reason", ""),
    ),
    "come again": lambda known, _: cases.ComeForResult(visit_id=known.visit),
    "call security": lambda known, _: care.CallSecurity(visit_id=known.coming or known.visit),
}
COMMANDS = AT_THE_DESK | ONLINE | HELPDESK | CARE | BEHIND_THE_DESK | ON_THE_PHONE
