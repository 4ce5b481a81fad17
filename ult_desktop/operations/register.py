"""Which module carries out a command: it is imported when the first of its commands comes.

A station carries out a few of all commands, and a start that imported every module would wait for them.
"""

import importlib

from ult_desktop.core.command import Answer, Command
from ult_desktop.operations.operation import HANDLERS, Operation

CARRIED_OUT_IN = {
    "ult_desktop.operations.access.keys": (
        "PublishKey MakeKeys GiveUpKeys GrantKeys WithdrawKeys RotateKeys SetRecovery RecoverKeys SealOld"
    ),
    "ult_desktop.operations.access.officers": (
        "ResetAdmin SeeNotices AddOfficer EditOfficer SetPassword ChangeOwnPassword ChangeRoles "
        "RetireOfficer ReturnOfficer"
    ),
    "ult_desktop.operations.accountability.delegations": "Delegate EndDelegation",
    "ult_desktop.operations.accountability.deviations": (
        "CollectDeviations ExplainDeviation ReviewDeviation MarkFalse"
    ),
    "ult_desktop.operations.accountability.duty": "AnswerAbsence",
    "ult_desktop.operations.accountability.equipment_check": "CheckEquipment",
    "ult_desktop.operations.accountability.qualifications": "ConfirmQualification WithdrawQualification",
    "ult_desktop.operations.care.assistive_devices": "AddDevice SetDeviceCondition LendDevice ReturnDevice",
    "ult_desktop.operations.care.declarations": (
        "DeclareVulnerable AcknowledgeAlert CallOfficer CallSecurity BeginEscort EndEscort DeclineEscort"
    ),
    "ult_desktop.operations.cases.answer_bank": (
        "AddFaq EditFaq RetireFaq UseFaq AddGround RetireGround SetComplaintDays"
    ),
    "ult_desktop.operations.cases.appointments": (
        "Reschedule BookAppointment MoveAppointment CheckIn MissAppointment CancelAppointment"
    ),
    "ult_desktop.operations.cases.case_opening": "OpenCase",
    "ult_desktop.operations.cases.cases": (
        "AddNote AttachToCase ReassignCase RecordQuestion SetOutcome GiveAnswer CloseCase TakeUpCase"
    ),
    "ult_desktop.operations.cases.comings": "ComeForResult FollowUp",
    "ult_desktop.operations.cases.deliveries": "DeliverAnswer",
    "ult_desktop.operations.cases.paper_visits": "EnterPaperVisit",
    "ult_desktop.operations.cases.escalations": (
        "Escalate MoveVisitor AcknowledgeAnswer WithdrawEscalation HandToHelpdesk AcknowledgeHandover"
    ),
    "ult_desktop.operations.cases.ppid": (
        "RegisterInformationRequest ExtendInformationRequest DecideInformationRequest WriteNotice "
        "FileObjection AnswerObjection NoteDispute TellPpidYear"
    ),
    "ult_desktop.operations.cases.received_escalations": (
        "ReceiveEscalation AssignEscalation AssessEscalation ReferEscalation AnswerEscalation AnswerApplicant"
    ),
    "ult_desktop.operations.figures.made_reports": "MakeReportAgain",
    "ult_desktop.operations.office.office_changes": "ChangeSettings ChangeOffice",
    "ult_desktop.operations.office.station_replacing": "ReplaceStation",
    "ult_desktop.operations.office.station_trials": "TryStation",
    "ult_desktop.operations.office.time_watch": "ConfirmTime",
    "ult_desktop.operations.offline.manual_calls": "NoteCall",
    "ult_desktop.operations.offline.merge_numbers": "MergeTicket",
    "ult_desktop.operations.online.online_requests": "TakeRequest AnswerRequest CloseRequest",
    "ult_desktop.operations.online.receiving": "ImportRequests AddRequest RememberMapping",
    "ult_desktop.operations.phone.callbacks": "TakeTransfer PromiseCallback DialBack EndAttempt TellAnswer",
    "ult_desktop.operations.phone.phone_calls": (
        "StartCall RecordCaller AnswerCall WeighCall ForwardCall EndCall"
    ),
    "ult_desktop.operations.privacy.breaches": "RecordBreach DescribeBreach NoteBreachNotice CloseBreach",
    "ult_desktop.operations.privacy.personal": (
        "OpenPersonal OpenAppointment OpenSheet OpenDocument OpenRegister OpenGuestBook IndexPhones"
    ),
    "ult_desktop.operations.privacy.retention": "EraseDue FinishRetention",
    "ult_desktop.operations.privacy.subjects": (
        "RegisterSubjectRequest VerifySubject AttachSubjectVisits DetachSubjectVisit CorrectSubjectData "
        "EraseSubjectData HoldSubjectData ReleaseSubjectData WithdrawRemembering OpenSubjectContact "
        "ExportSubjectData AnswerSubjectRequest CloseSubjectRequest"
    ),
    "ult_desktop.operations.procedures.procedures": "AdoptProcedure RetireProcedure",
    "ult_desktop.operations.procedures.steps": "TickStep WaiveStep PauseClock ResumeClock RecordMissingInput",
    "ult_desktop.operations.queue.calling": "CallNext CallTicket Recall",
    "ult_desktop.operations.queue.counters": "StaffCounter LeaveCounter SetCounter PauseKiosks",
    "ult_desktop.operations.queue.end_of_day": "CloseDay",
    "ult_desktop.operations.queue.issuing": "IssueTicket WalkIn ReportPaper",
    "ult_desktop.operations.queue.queue_moves": "Hold Resume ComeBack Transfer Cancel",
    "ult_desktop.operations.queue.take_back": "TakeBackDay",
    "ult_desktop.operations.queue.seats": "TakeSeat GiveSeatBack",
    "ult_desktop.operations.queue.serving": "Arrive Finish NoShow Undo",
    "ult_desktop.operations.survey.improvements": "PlanImprovement TellImprovement",
    "ult_desktop.operations.survey.survey": (
        "FillSurvey EnterPaperSurvey InviteSurvey ConfirmSurvey RefuseSurvey ImportSurvey UndoSurveyImport"
    ),
    "ult_desktop.operations.updates.rollout": "ReleaseUpdate ExcuseStation",
    "ult_desktop.operations.visits.custody": (
        "LendCard ReturnCard ReleaseCardWithReason GiveBadge ReturnBadge"
    ),
    "ult_desktop.operations.visits.documents": "AttachDocument",
    "ult_desktop.operations.visits.identity": (
        "VerifyIdentity ActForAnother RecordLetter CheckRequirements SignSpd"
    ),
    "ult_desktop.operations.visits.visits": (
        "WelcomeVisitor JoinVisit RecordPurpose SignGuestBook EndVisit WriteDeskEntry"
    ),
}
_MODULE_OF = {name: module for module, names in CARRIED_OUT_IN.items() for name in names.split()}


def operation_of(kind: type[Command[Answer]]) -> Operation[Answer]:
    """What carries out commands of this kind."""
    if kind not in HANDLERS:
        importlib.import_module(_MODULE_OF[kind.__name__])
    return HANDLERS[kind]


def kind_named(name: str) -> type[Command] | None:
    """The command that a journal calls `name`; None when this program has no such command."""
    if name not in _MODULE_OF:
        return None
    importlib.import_module(_MODULE_OF[name])
    return next(kind for kind in HANDLERS if kind.__name__ == name)


def every_operation() -> dict[type[Command], Operation]:
    """All commands with what carries them out."""
    for module in CARRIED_OUT_IN:
        importlib.import_module(module)
    return HANDLERS
