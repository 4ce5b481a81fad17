"""The intake of an officer for a visitor: a request or a complaint, or request and answer in one act."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.cases import commands
from ult_desktop.core.cases.case import Case, CaseKind, CaseOutcome, CaseState, usual_kind
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.office.working_time import DueDay
from ult_desktop.db.access import officers
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.cases.boards import matter_in_work, matters_of
from ult_desktop.db.office import services
from ult_desktop.db.procedures import marks
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.cases import (
    answer_bank as case_answer_bank,
    case_acts,
    case_opening,
    cases as case_cases,
    deliveries,
    escalations,
)
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found


@handles(commands.OpenCase, needs=Permission.WORK_CASES, answer=cases.get)
@named("case open", "Catat permohonan DETAIL untuk VISIT (id kunjungan atau nomor antrean).")
def open_case(command: commands.OpenCase, tx: Transaction, context: Context) -> NewEvent:
    kind = command.kind or _usual_kind(tx, command)
    if command.about_id is not None:
        _require_complaint(tx, context, kind, command.about_id)
    original = None if command.original_id is None else _closed_case(tx, command.original_id)
    opening = case_opening.CaseOpening(
        detail=command.detail,
        service_id=command.service_id,
        due=_complaint_due(tx, context, command) if kind is CaseKind.COMPLAINT else None,
        kind=kind,
        complaint_class=command.complaint_class,
        about_id=command.about_id,
        original_id=command.original_id,
        another=command.another,
    )
    case_id = case_opening.begin_case(tx, context, command.visit_id, opening)
    if original is not None:
        number = cases.get(tx, case_id).number
        case_acts.note_on_timeline(tx, context, case_id, EntryKind.CAME_BACK, original.number)
        case_acts.note_on_timeline(tx, context, original.id, EntryKind.CONTINUED, number)
    if command.about_id is not None:
        # A complaint about an officer goes to the head. If it is about the only head it stays here.
        heads = (officer for officer in officers.all_active(tx) if Role.HEAD in officer.roles)
        if any(head.id != command.about_id and head.password_hash for head in heads):
            escalation = commands.Escalate(case_id=case_id, instruction=command.detail, to=CaseDesk.HEAD)
            escalations.escalate(escalation, tx, context)
    return NewEvent("case.opened", "case", case_id, {"visit": command.visit_id, "kind": kind})


def _closed_case(tx: Transaction, case_id: int) -> Case:
    """Return the closed case that comes back. Raises UserError for an open one, which simply goes on."""
    case = require_found(cases.find(tx, case_id), _("Permohonan itu tidak ada."))
    if case.is_open:
        raise refuse(
            _("Permohonan {number} masih terbuka.").format(number=case.number),
            _("Catat kunjungan ini sebagai lanjutannya."),
        )
    return case


def _require_complaint(tx: Transaction, context: Context, kind: CaseKind, about_id: int) -> None:
    """Require that a case about an officer is a complaint, and that another officer writes it down."""
    if kind is not CaseKind.COMPLAINT:
        raise refuse(_("Yang menyebut petugas adalah pengaduan."), _("Pilih jenis Pengaduan."))
    if case_acts.require_officer(tx, about_id).id == context.by.officer_id:
        raise refuse(
            _("Pengaduan tentang Anda dicatat oleh petugas lain."), _("Minta rekan menerima pengunjung ini.")
        )


def _usual_kind(tx: Transaction, command: commands.OpenCase) -> CaseKind:
    if command.about_id is not None:
        return CaseKind.COMPLAINT
    service_id = command.service_id or lookup.require_open_visit(tx, command.visit_id).service_id
    service = None if service_id is None else services.find(tx, service_id)
    return usual_kind(service.definition.name.indonesian if service else "")


def _complaint_due(tx: Transaction, context: Context, command: commands.OpenCase) -> DueDay:
    complaint_class = require_found(
        answer_bank.find_class(tx, command.complaint_class),
        _("Jenis pengaduan belum dipilih."),
        _("Pilih jenis dari daftar kantor."),
    )
    return case_opening.due_in(context, complaint_class.days)


def _answered_case(tx: Transaction, command: commands.AnswerAtDesk) -> Case | None:
    """Return the case that the command answers; None where it opens one."""
    matter = None if command.detail.strip() else matter_in_work(matters_of(tx, command.visit_id))
    return None if matter is None else cases.get(tx, matter.case_id)


@handles(commands.AnswerAtDesk, needs=Permission.WORK_CASES, answer=cases.get, record=_answered_case)
@named("case answer-now --answer", "Catat, jawab, sampaikan, dan tutup permohonan VISIT sekaligus.")
def answer_at_desk(command: commands.AnswerAtDesk, tx: Transaction, context: Context) -> NewEvent:
    """Open a case, set its outcome, answer, deliver and close it, each at its own moment."""
    case = _open_or_find_case(command, tx, _context_at(tx, context, command.visit_id, command.asked_at))
    if case.outcome is None:
        outcome = commands.SetOutcome(
            case_id=case.id,
            outcome=CaseOutcome.EXCLUDED if command.ground else CaseOutcome.AVAILABLE,
            ground=command.ground,
        )
        case_cases.set_outcome(outcome, tx, _context_at(tx, context, case.visit_id, command.found_at))
    if case.state is not CaseState.DELIVERED or command.answer.strip() != case.answer:
        _answer(command, case.id, tx, context)
    case_cases.close_case(commands.CloseCase(case_id=case.id), tx, context)
    return NewEvent("case.answered_at_desk", "case", case.id, {"visit": command.visit_id})


def _open_or_find_case(command: commands.AnswerAtDesk, tx: Transaction, context: Context) -> Case:
    """Return a new case with the detail, or without one the visitor's open case."""
    if command.detail.strip():
        opening = commands.OpenCase(
            visit_id=command.visit_id,
            detail=command.detail,
            service_id=command.service_id,
            kind=command.kind,
            complaint_class=command.complaint_class,
            another=command.another,
        )
        return cases.get(tx, open_case(opening, tx, context).subject)
    matter = matter_in_work(matters_of(tx, command.visit_id))
    return cases.get(tx, require_found(matter, _("Isi permohonan belum ditulis.")).case_id)


def _answer(command: commands.AnswerAtDesk, case_id: int, tx: Transaction, context: Context) -> None:
    faq = None if command.faq_id is None else answer_bank.find(tx, command.faq_id)
    if faq is not None and faq.answer == command.answer.strip():
        case_answer_bank.use_faq(commands.UseFaq(case_id=case_id, faq_id=faq.id), tx, context)
    else:
        case_cases.give_answer(commands.GiveAnswer(case_id=case_id, answer=command.answer), tx, context)
    delivery = commands.DeliverAnswer(
        case_id=case_id,
        way=command.way,
        recipient=command.recipient,
        proof=command.proof,
        receipt=command.receipt,
    )
    deliveries.deliver_answer(delivery, tx, context)


def _context_at(tx: Transaction, context: Context, visit_id: int, moment: int | None) -> Context:
    """Return the context at an earlier moment (UTC ms), but not before the last mark of the visit.

    Raises UserError when there is no such visit, or it has ended.
    """
    if moment is None:
        return context
    marked = (mark.at for mark in marks.of_visit(tx, lookup.require_open_visit(tx, visit_id)))
    return msgspec.structs.replace(context, at=min(max((moment, *marked)), context.at))
