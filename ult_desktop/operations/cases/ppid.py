"""Public-information requests (PPID): registered at once, decided within the law's time, objected to."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case import Case
from ult_desktop.core.cases.commands import (
    AnswerObjection,
    DecideInformationRequest,
    ExtendInformationRequest,
    FileObjection,
    NoteDispute,
    RegisterInformationRequest,
    WriteNotice,
)
from ult_desktop.core.cases.ppid import (
    ANSWER_DAYS,
    DISPUTE_DAYS,
    EXTENSION_DAYS,
    OBJECTION_DAYS,
    Decision,
    InformationRequest,
    Objection,
    Possession,
    decision_word,
    objection_number,
    objection_word,
    possession_word,
    registration_number,
)
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db.cases import answer_bank, cases, ppid
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.cases.case_files import note_on_timeline, require_open_case, require_text
from ult_desktop.operations.cases.case_opening import due_in
from ult_desktop.operations.lookup import refuse
from ult_desktop.operations.operation import Context, NewEvent, handles


@handles(RegisterInformationRequest, needs=Permission.REGISTER_PPID, answer=ppid.get)
def register_information_request(
    ask: RegisterInformationRequest, tx: Transaction, moment: Context
) -> NewEvent:
    """The applicant has the number at once, whoever decides later."""
    case = require_open_case(tx, ask.case_id)
    known = ppid.of_case(tx, case.id)
    if known is not None:
        raise refuse(_("Sudah terdaftar dengan nomor {number}.").format(number=known.number))
    new = _new_request(ask, case, visits.guest_of(tx, case.visit_id), tx, moment)
    request_id = ppid.insert(tx, new)
    cases.set_due(tx, case.id, new.due_at)
    note_on_timeline(tx, moment, case.id, EntryKind.PPID_REGISTERED, new.number, owner_id=case.owner_id)
    return NewEvent("ppid.registered", "case", request_id, {"case": case.id})


def _new_request(
    ask: RegisterInformationRequest, case: Case, guest: Guest | None, tx: Transaction, moment: Context
) -> ppid.NewInformationRequest:
    year = int(moment.day[:4])
    serial = ppid.last_serial(tx, year) + 1
    known_name = guest.name if guest else ""
    known_contact = (guest.phone or guest.email) if guest else ""
    return ppid.NewInformationRequest(
        case_id=case.id,
        year=year,
        serial=serial,
        number=registration_number(serial, year),
        registered_at=moment.at,
        applicant=ask.applicant,
        name=require_text(ask.name or known_name, _("Nama pemohon belum diisi.")),
        address=ask.address.strip(),
        contact=require_text(
            ask.contact or known_contact, _("Nomor telepon atau surel pemohon belum diisi.")
        ),
        occupation=ask.occupation.strip() or (guest.occupation if guest else ""),
        wanted=require_text(ask.wanted, _("Rincian informasi belum ditulis.")),
        purpose=require_text(ask.purpose, _("Tujuan penggunaan informasi belum ditulis.")),
        access=ask.access,
        copy_form=ask.copy_form,
        copy_by=ask.copy_by,
        due_at=due_in(moment, ANSWER_DAYS),
    )


def _require_request(tx: Transaction, request_id: int) -> InformationRequest:
    found = ppid.find(tx, request_id)
    if found is None:
        raise refuse(_("Permohonan informasi itu tidak ada."))
    return found


def _undecided(tx: Transaction, request_id: int) -> InformationRequest:
    found = _require_request(tx, request_id)
    if found.decided_at is not None:
        raise refuse(
            _("Permohonan informasi {number} sudah diputus.").format(number=found.number),
            _("Pemohon dapat mengajukan keberatan."),
        )
    return found


@handles(ExtendInformationRequest, needs=Permission.HANDLE_PPID, answer=ppid.get)
def extend_information_request(ask: ExtendInformationRequest, tx: Transaction, moment: Context) -> NewEvent:
    """Seven working days after the ten, once (UU 14/2008 Pasal 22 ayat 8)."""
    found = _undecided(tx, ask.request_id)
    reason = require_text(ask.reason, _("Alasan perpanjangan belum ditulis."))
    if found.extended_at is not None:
        raise refuse(_("Waktu permohonan ini sudah pernah diperpanjang."))
    if found.is_overdue(moment.at):
        raise refuse(_("Batas waktunya sudah lewat."), _("Putuskan permohonan ini sekarang."))
    due_at = WorkingCalendar(moment.office.settings).due_after_days(found.due_at, EXTENSION_DAYS)
    ppid.extend(tx, found.id, due_at, moment.at, reason)
    cases.set_due(tx, found.case_id, due_at)
    note_on_timeline(tx, moment, found.case_id, EntryKind.PPID_EXTENDED, reason)
    return NewEvent("ppid.extended", "case", found.id, {"case": found.case_id})


@handles(DecideInformationRequest, needs=Permission.HANDLE_PPID, answer=ppid.get)
def decide_information_request(ask: DecideInformationRequest, tx: Transaction, moment: Context) -> NewEvent:
    found = _undecided(tx, ask.request_id)
    ruling = ppid.Ruling(
        decision=ask.decision,
        held=ask.held,
        held_by=ask.held_by.strip(),
        refusal="" if ask.decision is Decision.GRANTED else _refusal(tx, ask),
        at=moment.at,
    )
    ppid.decide(tx, found.id, ruling)
    text = " · ".join(word for word in (decision_word(ask.decision), ruling.refusal) if word)
    note_on_timeline(tx, moment, found.case_id, EntryKind.PPID_DECIDED, text)
    return NewEvent("ppid.decided", "case", found.id, {"case": found.case_id, "decision": ask.decision})


def _refusal(tx: Transaction, ask: DecideInformationRequest) -> str:
    """The reason in words: what is not held or not documented, else an entry of the office's list."""
    if ask.held is not Possession.YES:
        return f"{possession_word(ask.held)} {ask.held_by}".strip()
    ground = answer_bank.find_legal_basis(tx, ask.ground)
    if ground is None:
        raise refuse(
            _("Penolakan memerlukan dasar hukumnya."),
            _("Pilih dasar dari daftar informasi yang dikecualikan."),
        )
    return ground.words


@handles(WriteNotice, needs=Permission.HANDLE_PPID, answer=ppid.get)
def write_notice(ask: WriteNotice, tx: Transaction, moment: Context) -> NewEvent:
    found = _require_request(tx, ask.request_id)
    if found.decided_at is None:
        raise refuse(_("Permohonan informasi ini belum diputus."), _("Catat keputusannya dulu."))
    notice = ppid.WrittenNotice(
        at=moment.at, cost=ask.cost.strip(), ready_in=ask.ready_in.strip(), redaction=ask.redaction.strip()
    )
    ppid.write_notice(tx, found.id, notice)
    note_on_timeline(tx, moment, found.case_id, EntryKind.PPID_NOTICE, notice.ready_in)
    return NewEvent("ppid.notice", "case", found.id, {"case": found.case_id})


@handles(FileObjection, needs=Permission.REGISTER_PPID, answer=ppid.get_objection)
def file_objection(ask: FileObjection, tx: Transaction, moment: Context) -> NewEvent:
    """Taken in even when it comes late: whether that counts is for the superior of PPID to say."""
    found = _require_request(tx, ask.request_id)
    if any(each.answered_at is None for each in ppid.objections_of(tx, found.id)):
        raise refuse(_("Keberatan sebelumnya belum ditanggapi."), _("Tunggu tanggapannya dulu."))
    year = int(moment.day[:4])
    serial = ppid.last_objection(tx, year) + 1
    since = found.noticed_at or found.decided_at or found.due_at
    last_day = WorkingCalendar(moment.office.settings).due_after_days(since, OBJECTION_DAYS)
    new = ppid.NewObjection(
        request_id=found.id,
        year=year,
        serial=serial,
        number=objection_number(serial, year),
        filed_at=moment.at,
        late=int(moment.at > last_day),
        reason=ask.reason,
        position=require_text(ask.position, _("Kasus posisi belum ditulis.")),
        proxy=ask.proxy.strip(),
        due_at=due_in(moment, OBJECTION_DAYS),
    )
    objection_id = ppid.insert_objection(tx, new)
    note_on_timeline(
        tx, moment, found.case_id, EntryKind.OBJECTION, f"{new.number} · {objection_word(ask.reason)}"
    )
    return NewEvent("ppid.objection", "case", objection_id, {"case": found.case_id, "reason": ask.reason})


def _require_objection(tx: Transaction, objection_id: int) -> tuple[Objection, int]:
    """The objection and the id of its case."""
    found = ppid.find_objection(tx, objection_id)
    if found is None:
        raise refuse(_("Keberatan itu tidak ada."))
    return found, ppid.get(tx, found.request_id).case_id


@handles(AnswerObjection, needs=Permission.HANDLE_PPID, answer=ppid.get_objection)
def answer_objection(ask: AnswerObjection, tx: Transaction, moment: Context) -> NewEvent:
    found, case_id = _require_objection(tx, ask.objection_id)
    if found.answered_at is not None:
        raise refuse(_("Keberatan {number} sudah ditanggapi.").format(number=found.number))
    text = require_text(ask.answer, _("Tanggapan belum ditulis."))
    ppid.answer_objection(tx, found.id, text, moment.at, due_in(moment, DISPUTE_DAYS))
    note_on_timeline(tx, moment, case_id, EntryKind.OBJECTION_ANSWERED, text)
    return NewEvent("ppid.objection_answered", "case", found.id, {"case": case_id})


@handles(NoteDispute, needs=Permission.HANDLE_PPID, answer=ppid.get_objection)
def note_dispute(ask: NoteDispute, tx: Transaction, moment: Context) -> NewEvent:
    found, case_id = _require_objection(tx, ask.objection_id)
    text = require_text(ask.note, _("Catatan sengketa belum ditulis."))
    ppid.note_dispute(tx, found.id, text, moment.at)
    note_on_timeline(tx, moment, case_id, EntryKind.DISPUTE, text)
    return NewEvent("ppid.dispute", "case", found.id, {"case": case_id})
