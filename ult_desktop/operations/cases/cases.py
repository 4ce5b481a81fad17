"""The acts on a case (permohonan): question, outcome, answer, closing, notes, attachments, new owner."""

from typing import Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands
from ult_desktop.core.cases.case import (
    OUTCOME_LINE,
    Case,
    CaseOutcome,
    CaseState,
    SubReason,
    latest_outcomes,
    may_take_back_outcome,
    outcome_branch,
    requires_answer_delivery,
    unsettled_branch,
)
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.procedures.procedure import Procedure, StepEvent
from ult_desktop.db.cases import answer_bank, appointments, cases, deliveries, escalations, ppid
from ult_desktop.db.procedures import marks
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.accountability import deviations
from ult_desktop.operations.cases import case_acts, escalation_access
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import choose_matter_at_hand
from ult_desktop.operations.visits.end_visits import end_if_over


@handles(commands.TakeUpCase, needs=Permission.WORK_CASES, answer=cases.get)
@named("case take-up", "Kerjakan CASE sekarang; permohonan lain pengunjung itu menunggu.")
def take_up_case(command: commands.TakeUpCase, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    case_acts.require_not_escalated(case)
    choose_matter_at_hand(tx, context, case.visit_id, worked_on=case.visit_id)
    return NewEvent("case.taken_up", "case", case.id)


@handles(commands.RecordQuestion, needs=Permission.WORK_CASES, answer=cases.get)
@named("case question", "Catat pertanyaan lanjutan.")
def record_question(command: commands.RecordQuestion, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    question = case_acts.require_text(command.question, _("Pertanyaan belum ditulis."))
    case_acts.note_on_timeline(tx, context, case.id, EntryKind.QUESTION, question, owner_id=case.owner_id)
    case_acts.mark_case_step(tx, context, case, StepEvent.QUESTION_RECORDED)
    return NewEvent("case.question", "case", case.id)


@handles(
    commands.SetOutcome,
    needs=Permission.WORK_CASES,
    answer=cases.get,
    record=lambda tx, command: cases.find(tx, command.case_id),
)
@named("case outcome", "Tetapkan hasil; --ground untuk dikecualikan, --sub-reason untuk tidak_tersedia.")
def set_outcome(command: commands.SetOutcome, tx: Transaction, context: Context) -> NewEvent:
    """Set a case's outcome.

    The front desk only applies the office's list of excluded information, it does not decide on it.
    """
    case = case_acts.require_open_case(tx, command.case_id)
    case_acts.require_not_escalated(case)
    ground = _require_ground(tx, command)
    if command.outcome is CaseOutcome.UNAVAILABLE and command.sub_reason not in set(SubReason):
        raise refuse(_("Sebutkan mengapa tidak tersedia."), _("Pilih salah satu alasan."))
    write_outcome(tx, context, case, command.outcome, ground=ground, sub_reason=command.sub_reason)
    return NewEvent("case.outcome", "case", case.id, {"outcome": command.outcome})


@handles(commands.TakeBackOutcome, needs=Permission.WORK_CASES, answer=cases.get)
@named("case take-back-outcome", "Urungkan hasil yang baru ditetapkan; hasil sebelumnya berlaku lagi.")
def take_back_outcome(command: commands.TakeBackOutcome, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    timeline = cases.timeline(tx, case.id)
    if not may_take_back_outcome(timeline):
        raise refuse(
            _("Hasil permohonan {number} tidak dapat diurungkan lagi.").format(number=case.number),
            _("Tetapkan hasil yang benar."),
        )
    last, before = latest_outcomes(timeline)
    cases.set_outcome(tx, case.id, before.outcome, before.ground, before.sub_reason)
    marks.take_back(tx, case.visit_id, last.at, StepEvent.OUTCOME_SET)
    case_acts.note_on_timeline(tx, context, case.id, EntryKind.OUTCOME_TAKEN_BACK, owner_id=case.owner_id)
    choose_matter_at_hand(tx, context, case.visit_id, worked_on=case.visit_id)
    deviations.take_back(tx, context, [case.visit_id], _("Hasil permohonan diubah"))
    return NewEvent("case.outcome_taken_back", "case", case.id, {"outcome": before.outcome or ""})


def write_outcome(
    tx: Transaction,
    context: Context,
    case: Case,
    outcome: CaseOutcome,
    *,
    ground: str = "",
    sub_reason: str = "",
) -> None:
    """Write the outcome into the case, its timeline, and the step of its procedure that it completes."""
    reason = sub_reason if outcome is CaseOutcome.UNAVAILABLE else ""
    cases.set_outcome(tx, case.id, outcome, ground, reason)
    why = SubReason(reason).word if reason else ground
    case_acts.note_on_timeline(tx, context, case.id, OUTCOME_LINE + outcome, why, owner_id=case.owner_id)
    procedure = case_acts.procedure_of_case(tx, case)
    branch = outcome_branch(procedure, outcome, reason)
    if branch is not None and not _was_sent_on(tx, case, procedure):
        case_acts.mark_case_step(tx, context, case, StepEvent.OUTCOME_SET, branch)
    choose_matter_at_hand(tx, context, case.visit_id, worked_on=case.visit_id)
    if case.outcome not in (None, outcome):
        deviations.take_back(tx, context, [case.visit_id], _("Hasil permohonan diubah"))


def _was_sent_on(tx: Transaction, case: Case, procedure: Procedure | None) -> bool:
    """Return whether an outcome sent the case to another desk before.

    That outcome has completed the procedure's step, so a later one is not marked. An unsettled case got
    another appointment: there its step is to be done again, so the later outcome is marked.
    """
    if not escalations.was_escalated(tx, case.id):
        return False
    visit = visits.get(tx, case.visit_id)
    branches = [mark.branch for mark in marks.of_visit(tx, visit) if mark.event is StepEvent.OUTCOME_SET]
    return bool(branches) and branches[-1] != unsettled_branch(procedure)


def _require_ground(tx: Transaction, command: commands.SetOutcome) -> str:
    """Return the legal basis of an exclusion in words; "" for another outcome."""
    if command.outcome is not CaseOutcome.EXCLUDED:
        return ""
    legal_basis = require_found(
        answer_bank.find_legal_basis(tx, command.ground),
        _("Informasi yang dikecualikan memerlukan dasar hukumnya."),
        _("Pilih dasar dari daftar informasi yang dikecualikan."),
    )
    return legal_basis.words


@handles(
    commands.GiveAnswer,
    needs=Permission.WORK_CASES,
    answer=cases.get,
    record=lambda tx, command: cases.find(tx, command.case_id),
)
@named("case answer", "Tulis jawaban.")
def give_answer(command: commands.GiveAnswer, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    record_answer(tx, context, case, command.answer, EntryKind.ANSWER)
    return NewEvent("case.answer", "case", case.id)


def record_answer(tx: Transaction, context: Context, case: Case, answer: str, kind: EntryKind) -> None:
    """Write the answer into the case, where it waits to be delivered.

    Refused while another desk works on it.
    """
    text = case_acts.require_text(answer, _("Jawaban belum ditulis."))
    case_acts.require_not_escalated(case)
    cases.set_answer(tx, case.id, text)
    cases.set_state(tx, case.id, CaseState.ANSWERED)
    case_acts.note_on_timeline(tx, context, case.id, kind, text, owner_id=case.owner_id)
    case_acts.mark_case_step(tx, context, case, StepEvent.RESULT_READY)
    choose_matter_at_hand(tx, context, case.visit_id, worked_on=case.visit_id)


@handles(commands.CloseCase, needs=Permission.WORK_CASES, answer=cases.get)
@named("case close", "Tutup permohonan.")
def close_case(command: commands.CloseCase, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    if command.withdrawn:
        case_acts.require_text(command.remark, _("Alasan penutupan belum ditulis."))
    _require_complete(tx, case, withdrawn=command.withdrawn)
    cases.set_state(tx, case.id, CaseState.CLOSED, context.at)
    case_acts.note_on_timeline(tx, context, case.id, EntryKind.CLOSED, command.remark, owner_id=case.owner_id)
    closed = StepEvent.WITHDRAWN if command.withdrawn else StepEvent.CASE_CLOSED
    case_acts.mark_case_step(tx, context, case, closed)
    if command.survey and not command.withdrawn:
        case_acts.point_to_survey(tx, context, case)
    escalation_access.end_held_number(tx, case)
    end_if_over(tx, context, case.visit_id)
    return NewEvent("case.closed", "case", case.id, {"withdrawn": command.withdrawn})


def _require_complete(tx: Transaction, case: Case, *, withdrawn: bool) -> None:
    """Require that nothing of the case is under way, and that the applicant got what they must get.

    If the case is `withdrawn`, it needs no outcome, and the applicant need not get an answer.
    """
    information = ppid.of_case(tx, case.id)
    awaits_delivery = case.state is not CaseState.DELIVERED and (
        case.state is CaseState.ANSWERED or requires_answer_delivery(case_acts.procedure_of_case(tx, case))
    )
    if case.state is CaseState.ESCALATED:
        why = _("masih di unit lain")
    elif not case.outcome and not withdrawn:
        why = _("belum ada hasilnya (tersedia, dikecualikan, atau tidak tersedia)")
    elif appointments.is_booked(tx, case.id):
        why = _("masih punya janji temu")
    elif information is not None and information.decided_at is None:
        why = _("belum diputus PPID")
    elif awaits_delivery and not withdrawn:
        why = _("belum disampaikan jawabannya")
    else:
        return
    raise refuse(
        _("Permohonan {number} {why}.").format(number=case.number, why=why),
        _("Selesaikan itu dulu, lalu tutup."),
    )


@handles(commands.AddNote, needs=Permission.TICK_STEPS, answer=cases.get)
@named("case note", "Tambah catatan.")
def add_note(command: commands.AddNote, tx: Transaction, context: Context) -> NewEvent:
    """Add a note. Every officer may, also after the case was closed."""
    if cases.find(tx, command.case_id) is None:
        raise refuse(_("Permohonan itu tidak ada."))
    text = case_acts.require_text(command.text, _("Catatan belum ditulis."))
    case_acts.note_on_timeline(
        tx, context, command.case_id, EntryKind.NOTE, text, document_id=command.document_id
    )
    return NewEvent("case.note", "case", command.case_id)


@handles(commands.AttachToCase, needs=Permission.TICK_STEPS, answer=cases.get)
@named("case attach", "Lampirkan berkas (id berkas).")
def attach_to_case(command: commands.AttachToCase, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    attach(tx, context, case.id, (command.document_id,), title=command.title.strip())
    case_acts.note_on_timeline(
        tx, context, case.id, EntryKind.DOCUMENT, command.title.strip(), document_id=command.document_id
    )
    return NewEvent("case.document", "case", case.id, {"document": command.document_id})


def attach(
    tx: Transaction,
    context: Context,
    case_id: int,
    documents: tuple[int, ...],
    *,
    escalation_id: int | None = None,
    title: str = "",
) -> None:
    for document_id in documents:
        new = deliveries.NewDocument(
            case_id=case_id,
            escalation_id=escalation_id,
            document_id=document_id,
            title=title,
            officer_id=context.by.officer_id,
            at=context.at,
        )
        deliveries.attach(tx, new)


def _owner(tx: Transaction, command: commands.ReassignCase) -> dict[str, Any] | None:
    case = cases.find(tx, command.case_id)
    return None if case is None else {"officer_id": case.owner_id}


@handles(commands.ReassignCase, needs=Permission.WORK_CASES, answer=cases.get, record=_owner)
@named("case reassign", "Alihkan ke petugas lain (nama masuk).")
def reassign_case(command: commands.ReassignCase, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    officer = case_acts.require_recipient(tx, command.officer_id, case.about_id)
    if officer.id == case.owner_id:
        raise refuse(
            _("Permohonan {number} sudah pada {name}.").format(number=case.number, name=officer.name)
        )
    cases.set_owner(tx, case.id, officer.id)
    # Other desks answer the new owner from now on.
    escalations.send_answers_to(tx, case.id, officer.id)
    text = f"{officer.name} · {command.remark}" if command.remark else officer.name
    case_acts.note_on_timeline(tx, context, case.id, EntryKind.OWNER, text, owner_id=case.owner_id)
    return NewEvent("case.owner", "case", case.id, {"owner": officer.id})
