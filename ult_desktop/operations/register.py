"""Which module carries out an ask: it is imported when the first of its asks comes.

A station carries out a few of all asks, and a start that imported every module would wait for them.
"""

import importlib

from ult_desktop.core.command import Ask
from ult_desktop.operations.base import REGISTER, Operation

CARRIED_OUT_IN = {
    "ult_desktop.operations.access": "ResetAdmin SeeNotices",
    "ult_desktop.operations.accounts": "CollectDeviations ExplainDeviation ReviewDeviation",
    "ult_desktop.operations.answer_bank": (
        "AddFaq EditFaq RetireFaq UseFaq AddGround RetireGround SetComplaintDays"
    ),
    "ult_desktop.operations.appointments": "Reschedule CheckIn MissAppointment CancelAppointment",
    "ult_desktop.operations.breaches": "RecordBreach DescribeBreach NoteBreachNotice CloseBreach",
    "ult_desktop.operations.by_mouth": "NoteCall",
    "ult_desktop.operations.callbacks": "TakeTransfer PromiseCallback DialBack EndAttempt TellAnswer",
    "ult_desktop.operations.calling": "CallNext CallTicket Recall",
    "ult_desktop.operations.care": (
        "DeclareVulnerable AcknowledgeAlert CallSecurity BeginEscort EndEscort DeclineEscort ComeForResult"
    ),
    "ult_desktop.operations.case_notes": "AddNote AttachToCase ReassignCase",
    "ult_desktop.operations.case_opening": "OpenCase",
    "ult_desktop.operations.cases": "RecordQuestion SetOutcome GiveAnswer CloseCase",
    "ult_desktop.operations.counters": "StaffCounter LeaveCounter SetCounter PauseKiosks",
    "ult_desktop.operations.custody": "LendCard ReturnCard ReleaseCardWithReason GiveBadge ReturnBadge",
    "ult_desktop.operations.day": "CloseDay",
    "ult_desktop.operations.delegations": "Delegate EndDelegation",
    "ult_desktop.operations.deliveries": "DeliverAnswer",
    "ult_desktop.operations.devices": "AddDevice SetDeviceCondition LendDevice ReturnDevice",
    "ult_desktop.operations.documents": "AttachDocument",
    "ult_desktop.operations.equipment": "CheckEquipment",
    "ult_desktop.operations.escalation_work": (
        "ReceiveEscalation AssignEscalation AssessEscalation ReferEscalation AnswerEscalation AnswerApplicant"
    ),
    "ult_desktop.operations.escalations": "Escalate MoveVisitor AcknowledgeAnswer WithdrawEscalation",
    "ult_desktop.operations.helpdesk": "HandToHelpdesk AcknowledgeHandover",
    "ult_desktop.operations.identity": "VerifyIdentity ActForAnother RecordLetter CheckRequirements SignSpd",
    "ult_desktop.operations.issuing": "IssueTicket WalkIn ReportPaper",
    "ult_desktop.operations.keys": (
        "PublishKey MakeKeys GiveUpKeys GrantKeys RotateKeys SetRecovery RecoverKeys SealOld"
    ),
    "ult_desktop.operations.merging": "MergeTicket",
    "ult_desktop.operations.office_changes": "ChangeSettings ChangeOffice",
    "ult_desktop.operations.officers": "AddOfficer SetPassword ChangeRoles RetireOfficer",
    "ult_desktop.operations.online": "TakeRequest AnswerRequest CloseRequest",
    "ult_desktop.operations.online_receiving": "ImportRequests AddRequest RememberMapping",
    "ult_desktop.operations.personal": "OpenPersonal OpenSheet OpenDocument OpenRegister IndexPhones",
    "ult_desktop.operations.phone": "StartCall RecordCaller AnswerCall ForwardCall EndCall",
    "ult_desktop.operations.placing": "Hold Resume ComeBack Transfer Cancel",
    "ult_desktop.operations.ppid": (
        "RegisterInformationRequest ExtendInformationRequest DecideInformationRequest WriteNotice "
        "FileObjection AnswerObjection NoteDispute"
    ),
    "ult_desktop.operations.procedures": "AdoptProcedure RetireProcedure",
    "ult_desktop.operations.retention": "EraseDue FinishRetention",
    "ult_desktop.operations.seats": "TakeSeat GiveSeatBack",
    "ult_desktop.operations.serving": "Arrive Finish NoShow Undo",
    "ult_desktop.operations.steps": "TickStep WaiveStep PauseClock ResumeClock RecordMissingInput",
    "ult_desktop.operations.subjects": (
        "RegisterSubjectRequest VerifySubject AttachSubjectVisits DetachSubjectVisit CorrectSubjectData "
        "EraseSubjectData HoldSubjectData ReleaseSubjectData WithdrawRemembering OpenSubjectContact "
        "ExportSubjectData AnswerSubjectRequest CloseSubjectRequest"
    ),
    "ult_desktop.operations.survey": (
        "FillSurvey EnterPaperSurvey InviteSurvey ConfirmSurvey RefuseSurvey ImportSurvey"
    ),
    "ult_desktop.operations.visits": (
        "WelcomeVisitor JoinVisit RecordPurpose SignGuestBook EndVisit WriteDeskEntry"
    ),
}
_MODULE_OF = {name: module for module, names in CARRIED_OUT_IN.items() for name in names.split()}


def operation_of(kind: type[Ask]) -> Operation:
    """What carries out asks of this kind."""
    if kind not in REGISTER:
        importlib.import_module(_MODULE_OF[kind.__name__])
    return REGISTER[kind]


def kind_named(name: str) -> type[Ask] | None:
    """The ask that a journal calls `name`; None when this program has no such ask."""
    if name not in _MODULE_OF:
        return None
    importlib.import_module(_MODULE_OF[name])
    return next(kind for kind in REGISTER if kind.__name__ == name)


def every_operation() -> dict[type[Ask], Operation]:
    """All asks with what carries them out."""
    for module in CARRIED_OUT_IN:
        importlib.import_module(module)
    return REGISTER
