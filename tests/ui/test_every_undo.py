"""Every act of an officer can be taken back; where one cannot, the reason is known."""

import pytest

from tests.samples import every_ask
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.merging import Edit
from ult_desktop.operations.register import operation_of
from ult_desktop.ui.counter.actions.actions import action_table

TAKEN_BACK_BY = {
    "AddDevice": "SetDeviceCondition",
    "AddFaq": "RetireFaq",
    "AddOfficer": "RetireOfficer",
    "AdoptInstrument": "AdoptInstrument",
    "AdoptProcedure": "RetireProcedure",
    "AssignEscalation": "AssignEscalation",
    "AttachSubjectVisits": "DetachSubjectVisit",
    "BookAppointment": "CancelAppointment",
    "Cancel": "Resume",
    "ChangeOffice": "ChangeOffice",
    "ChangeSettings": "ChangeSettings",
    "CloseDay": "TakeBackDay",
    "ConfirmQualification": "WithdrawQualification",
    "Delegate": "EndDelegation",
    "DetachSubjectVisit": "AttachSubjectVisits",
    "EndCall": "ResumeCall",
    "Escalate": "WithdrawEscalation",
    "Finish": "Undo",
    "GiveBadge": "ReturnBadge",
    "GiveSeatBack": "TakeSeat",
    "Hold": "Undo",
    "HoldSubjectData": "ReleaseSubjectData",
    "ImportRequests": "UndoRequestImport",
    "ImportSurvey": "UndoSurveyImport",
    "IssueTicket": "Cancel",
    "LeaveCounter": "StaffCounter",
    "LendCard": "ReturnCard",
    "LendDevice": "ReturnDevice",
    "MoveAppointment": "MoveAppointment",
    "MoveVisitor": "MoveVisitor",
    "NoShow": "Undo",
    "PauseClock": "ResumeClock",
    "PauseKiosks": "PauseKiosks",
    "PromiseCallback": "PromiseCallback",
    "RecordEvidence": "WithdrawEvidence",
    "ReferEscalation": "WithdrawEscalation",
    "ReleaseSubjectData": "HoldSubjectData",
    "Resume": "Hold",
    "ResumeClock": "PauseClock",
    "RetireOfficer": "ReturnOfficer",
    "RetireProcedure": "AdoptProcedure",
    "ReturnDevice": "LendDevice",
    "ReturnOfficer": "RetireOfficer",
    "SetCounter": "SetCounter",
    "SetDeviceCondition": "SetDeviceCondition",
    "StaffCounter": "LeaveCounter",
    "TakeBackDay": "CloseDay",
    "TakeSeat": "GiveSeatBack",
    "TakeUpCase": "TakeUpCase",
    "Transfer": "Undo",
    "WithdrawQualification": "ConfirmQualification",
}
"""Each command with the one that takes it back. An `Edit` is its own, with the values before."""

FINAL = {
    "Arrive": "the visitor is at the counter; they are held or sent on from there",
    "CallNext": "the number was said aloud; it is held or missed, and both can be taken back",
    "CallTicket": "as CallNext",
    "CheckIn": "a visitor does it at the kiosk; the number is withdrawn as any other",
    "ComeBack": "the visitor is there and waits; the number is held or withdrawn as any other",
    "ConfirmTime": "two people compared the clock with the sun",
    "MergeTicket": "a station does it by itself for a number on paper",
    "NoteCall": "what was called by mouth was called",
    "NoteMismatch": "the called number goes to the head of the queue, and is called again",
    "Recall": "the number was said aloud",
    "Undo": "the act that it took back is done again",
    "WalkIn": "the visitor is served; the number ends as any other, which can be taken back",
}
WHY_NOT = {
    "others were told of it at once; another act answers it": {
        *(Permission.WORK_CASES, Permission.ANSWER_ESCALATIONS, Permission.HANDLE_ONLINE),
        *(Permission.TAKE_IN_REQUESTS, Permission.KEEP_APPOINTMENTS, Permission.PLAN_IMPROVEMENTS),
    },
    "it tells what has happened; what is wrong is corrected by the next entry": {
        *(Permission.TICK_STEPS, Permission.ASSIST_VULNERABLE, Permission.RECEIVE_VISITORS),
        *(Permission.HANDLE_PHONE, Permission.GUARD_DOOR, Permission.KEEP_DESK_BOOKS, Permission.END_VISITS),
        *(Permission.SIGN_GUEST_BOOK, Permission.REPORT_PAPER, Permission.BE_STATION),
    },
    "it accounts for something towards others, and stays on record": {
        *(Permission.EXPLAIN_DEVIATIONS, Permission.REVIEW_DEVIATIONS, Permission.DELEGATE),
        *(Permission.HANDLE_PPID, Permission.REGISTER_PPID, Permission.PROTECT_DATA),
        *(Permission.RUN_RETENTION, Permission.OPEN_PERSONAL, Permission.SEE_REPORTS),
    },
    "the answer is the visitor's": {Permission.RUN_SURVEY, Permission.FILL_SURVEY},
    "keys, passwords and stations have no state before": {
        *(Permission.HOLD_KEYS, Permission.MANAGE_OFFICE, Permission.SET_OFFICE)
    },
}


def test_every_command_is_taken_back_or_its_reason_is_known() -> None:
    kinds = {kind.__name__: kind for kind in every_ask()}
    assert {*TAKEN_BACK_BY, *TAKEN_BACK_BY.values(), *FINAL} <= set(kinds)
    reasons = {needs for every in WHY_NOT.values() for needs in every}
    final = {
        name: operation_of(kind).needs
        for name, kind in kinds.items()
        if name not in TAKEN_BACK_BY and not issubclass(kind, Edit)
    }
    assert {name for name, needs in final.items() if needs not in reasons} == set(FINAL)


# What is no act on a number, or what a later act of the same number answers.
WITHOUT_WAY_BACK = {*("undo", "mismatch", "by_mouth", "reprint", "come_back", "resume")}


@pytest.mark.parametrize("name", [each.name for each in action_table().values() if each.message])
def test_the_message_of_an_act_on_a_number_names_it_and_has_the_way_back(name: str) -> None:
    action = action_table()[name]
    assert "{label}" in action.message
    has_way_back = action.undoable_here or action.make_undo_in_list is not None
    assert has_way_back is (name not in WITHOUT_WAY_BACK)
