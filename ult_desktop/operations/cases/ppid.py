"""The acts on a request for public information (PPID), from registration to dispute; a year's account."""

from datetime import date

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, ppid as case_ppid
from ult_desktop.core.cases.case import Case, CaseOutcome, SubReason
from ult_desktop.core.cases.ppid_year import PpidYear, TellPpidYear
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.person import ApplicantFields, shared_fields
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db import name_keys
from ult_desktop.db.cases import answer_bank, cases, ppid, ppid_years
from ult_desktop.db.series import YearlySeries, insert_numbered
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.cases import case_acts, case_opening
from ult_desktop.operations.cases.cases import write_outcome
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found


@handles(commands.RegisterInformationRequest, needs=Permission.REGISTER_PPID, answer=ppid.get)
@named("case ppid register", "Daftarkan CASE sebagai permohonan informasi.")
def register_information_request(
    command: commands.RegisterInformationRequest, tx: Transaction, context: Context
) -> NewEvent:
    """Register a request, which gets its number at once. PPID decides on it later."""
    case = case_acts.require_open_case(tx, command.case_id)
    registered = ppid.of_case(tx, case.id)
    if registered is not None:
        raise refuse(_("Sudah terdaftar dengan nomor {number}.").format(number=registered.number))
    new = _new_request(command, case, visits.guest_of(tx, case.visit_id), context)
    request_id, number = insert_numbered(tx, YearlySeries.INFORMATION_REQUEST, context.day, new)
    name_keys.write(tx, "information_request", {request_id: new.name})
    case_opening.set_law_due(tx, ppid.get(tx, request_id))
    case_acts.note_on_timeline(
        tx, context, case.id, EntryKind.PPID_REGISTERED, number, owner_id=case.owner_id
    )
    return NewEvent("ppid.registered", "case", request_id, {"case": case.id})


def _new_request(
    command: commands.RegisterInformationRequest, case: Case, guest: Guest | None, context: Context
) -> ppid.NewInformationRequest:
    fields = shared_fields(ApplicantFields, command)
    if guest is not None:
        # What the officer left empty comes from the guest book.
        in_book = {**shared_fields(ApplicantFields, guest), "contact": guest.phone or guest.email}
        fields |= {name: text for name, text in in_book.items() if not fields[name].strip()}
    applicant = ApplicantFields(**{name: text.strip() for name, text in fields.items()})
    case_acts.require_text(applicant.name, _("Nama pemohon belum diisi."))
    case_acts.require_text(applicant.contact, _("Nomor telepon atau surel pemohon belum diisi."))
    return ppid.NewInformationRequest(
        **shared_fields(ApplicantFields, applicant),
        case_id=case.id,
        registered_at=context.at,
        applicant=command.applicant,
        wanted=case_acts.require_text(command.wanted, _("Rincian informasi belum ditulis.")),
        purpose=case_acts.require_text(command.purpose, _("Tujuan penggunaan informasi belum ditulis.")),
        access=command.access,
        copy_form=command.copy_form,
        copy_by=command.copy_by,
        due_at=case_opening.due_in(context, case_ppid.ANSWER_DAYS).at,
    )


def _require_request(tx: Transaction, request_id: int) -> case_ppid.InformationRequest:
    return require_found(ppid.find(tx, request_id), _("Permohonan informasi itu tidak ada."))


def _require_undecided(tx: Transaction, request_id: int) -> case_ppid.InformationRequest:
    request = _require_request(tx, request_id)
    if request.decided_at is not None:
        raise refuse(
            _("Permohonan informasi {number} sudah diputus.").format(number=request.number),
            _("Pemohon dapat mengajukan keberatan."),
        )
    return request


@handles(commands.ExtendInformationRequest, needs=Permission.HANDLE_PPID, answer=ppid.get)
@named("case ppid extend", "Perpanjang 7 hari kerja, sekali.")
def extend_information_request(
    command: commands.ExtendInformationRequest, tx: Transaction, context: Context
) -> NewEvent:
    """Extend the time by seven working days after the ten, once (UU 14/2008 Pasal 22 ayat 8)."""
    request = _require_undecided(tx, command.request_id)
    reason = case_acts.require_text(command.reason, _("Alasan perpanjangan belum ditulis."))
    if request.extended_at is not None:
        raise refuse(_("Waktu permohonan ini sudah pernah diperpanjang."))
    if request.is_overdue(context.at):
        raise refuse(_("Batas waktunya sudah lewat."), _("Putuskan permohonan ini sekarang."))
    due_at = WorkingCalendar(context.office.settings).due_after_days(request.due_at, case_ppid.EXTENSION_DAYS)
    ppid.extend(tx, request.id, due_at, context.at, reason)
    case_opening.set_law_due(tx, ppid.get(tx, request.id))
    case_acts.note_on_timeline(tx, context, request.case_id, EntryKind.PPID_EXTENDED, reason)
    return NewEvent("ppid.extended", "case", request.id, {"case": request.case_id})


@handles(commands.DecideInformationRequest, needs=Permission.HANDLE_PPID, answer=ppid.get)
@named("case ppid decide", "Putuskan.")
def decide_information_request(
    command: commands.DecideInformationRequest, tx: Transaction, context: Context
) -> NewEvent:
    request = _require_undecided(tx, command.request_id)
    ruling = ppid.Ruling(
        decision=command.decision,
        held=command.held,
        held_by=command.held_by.strip(),
        refusal="" if command.decision is case_ppid.Decision.GRANTED else _refusal_words(tx, command),
        decided_at=context.at,
    )
    ppid.decide(tx, request.id, ruling)
    _write_outcome(tx, context, cases.get(tx, request.case_id), ruling)
    text = " · ".join(word for word in (command.decision.word, ruling.refusal) if word)
    case_acts.note_on_timeline(tx, context, request.case_id, EntryKind.PPID_DECIDED, text)
    return NewEvent(
        "ppid.decided", "case", request.id, {"case": request.case_id, "decision": command.decision}
    )


def _write_outcome(tx: Transaction, context: Context, case: Case, ruling: ppid.Ruling) -> None:
    """Write the case's outcome as PPID decided, so that the applicant's papers agree."""
    reason = ""
    if ruling.decision is not case_ppid.Decision.REFUSED:
        outcome = CaseOutcome.AVAILABLE
    elif ruling.held is case_ppid.Possession.YES:
        outcome = CaseOutcome.EXCLUDED
    else:
        outcome = CaseOutcome.UNAVAILABLE
        is_not_held = ruling.held is case_ppid.Possession.NO
        reason = SubReason.NOT_HELD if is_not_held else SubReason.NOT_DOCUMENTED
    ground = ruling.refusal if outcome is CaseOutcome.EXCLUDED else ""
    if (case.outcome, case.ground, case.sub_reason) != (outcome, ground, reason):
        write_outcome(tx, context, case, outcome, ground=ground, sub_reason=reason)


def _refusal_words(tx: Transaction, command: commands.DecideInformationRequest) -> str:
    """Return the reason of a refusal in words.

    The reason is that the information is not held or not documented, or else an entry of the office's list.
    """
    if command.held is not case_ppid.Possession.YES:
        return f"{command.held.word} {command.held_by}".strip()
    ground = require_found(
        answer_bank.find_legal_basis(tx, command.ground),
        _("Penolakan memerlukan dasar hukumnya."),
        _("Pilih dasar dari daftar informasi yang dikecualikan."),
    )
    return ground.words


@handles(
    commands.WriteNotice,
    needs=Permission.HANDLE_PPID,
    answer=ppid.get,
    record=lambda tx, command: ppid.find(tx, command.request_id),
)
@named("case ppid notice", "Catat pemberitahuan tertulis.")
def write_notice(command: commands.WriteNotice, tx: Transaction, context: Context) -> NewEvent:
    request = _require_request(tx, command.request_id)
    if request.decided_at is None:
        raise refuse(_("Permohonan informasi ini belum diputus."), _("Catat keputusannya dulu."))
    notice = ppid.WrittenNotice(
        noticed_at=context.at,
        cost=command.cost.strip(),
        ready_in=command.ready_in.strip(),
        redaction=command.redaction.strip(),
    )
    ppid.write_notice(tx, request.id, notice)
    case_acts.note_on_timeline(tx, context, request.case_id, EntryKind.PPID_NOTICE, notice.ready_in)
    return NewEvent("ppid.notice", "case", request.id, {"case": request.case_id})


@handles(commands.FileObjection, needs=Permission.REGISTER_PPID, answer=ppid.get_objection)
@named("case ppid object", "Catat keberatan.")
def file_objection(command: commands.FileObjection, tx: Transaction, context: Context) -> NewEvent:
    """Take an objection in, even a late one. The superior of PPID decides whether a late one counts."""
    request = _require_request(tx, command.request_id)
    if any(objection.answered_at is None for objection in ppid.objections_of(tx, request.id)):
        raise refuse(_("Keberatan sebelumnya belum ditanggapi."), _("Tunggu tanggapannya dulu."))
    # Without a decision the time to object runs from the day on which PPID should have decided.
    since = request.noticed_at or request.decided_at or request.due_at
    last_day = WorkingCalendar(context.office.settings).due_after_days(since, case_ppid.OBJECTION_DAYS)
    new = ppid.NewObjection(
        request_id=request.id,
        filed_at=context.at,
        late=int(context.at > last_day),
        reason=command.reason,
        position=case_acts.require_text(command.position, _("Kasus posisi belum ditulis.")),
        proxy=command.proxy.strip(),
        due_at=case_opening.due_in(context, case_ppid.OBJECTION_DAYS).at,
    )
    objection_id, number = insert_numbered(tx, YearlySeries.OBJECTION, context.day, new)
    case_acts.note_on_timeline(
        tx, context, request.case_id, EntryKind.OBJECTION, f"{number} · {command.reason.word}"
    )
    return NewEvent(
        "ppid.objection", "case", objection_id, {"case": request.case_id, "reason": command.reason}
    )


def _require_objection(tx: Transaction, objection_id: int) -> tuple[case_ppid.Objection, int]:
    """Return the objection and the id of its case."""
    objection = require_found(ppid.find_objection(tx, objection_id), _("Keberatan itu tidak ada."))
    return objection, ppid.get(tx, objection.request_id).case_id


@handles(commands.AnswerObjection, needs=Permission.HANDLE_PPID, answer=ppid.get_objection)
@named("case ppid answer-objection", "Tanggapi keberatan.")
def answer_objection(command: commands.AnswerObjection, tx: Transaction, context: Context) -> NewEvent:
    objection, case_id = _require_objection(tx, command.objection_id)
    if objection.answered_at is not None:
        raise refuse(_("Keberatan {number} sudah ditanggapi.").format(number=objection.number))
    text = case_acts.require_text(command.answer, _("Tanggapan belum ditulis."))
    ppid.answer_objection(
        tx, objection.id, text, context.at, case_opening.due_in(context, case_ppid.DISPUTE_DAYS).at
    )
    case_acts.note_on_timeline(tx, context, case_id, EntryKind.OBJECTION_ANSWERED, text)
    return NewEvent("ppid.objection_answered", "case", objection.id, {"case": case_id})


@handles(commands.NoteDispute, needs=Permission.HANDLE_PPID, answer=ppid.get_objection)
@named("case ppid dispute", "Catat sengketa informasi.")
def note_dispute(command: commands.NoteDispute, tx: Transaction, context: Context) -> NewEvent:
    objection, case_id = _require_objection(tx, command.objection_id)
    if objection.disputed_at is not None:
        raise refuse(_("Sengketa atas keberatan {number} sudah dicatat.").format(number=objection.number))
    text = case_acts.require_text(command.note, _("Catatan sengketa belum ditulis."))
    ppid.note_dispute(tx, objection.id, text, context.at)
    case_acts.note_on_timeline(tx, context, case_id, EntryKind.DISPUTE, text)
    return NewEvent("ppid.dispute", "case", objection.id, {"case": case_id})


FIRST_YEAR = 2000


@handles(
    TellPpidYear,
    needs=Permission.HANDLE_PPID,
    answer=ppid_years.get,
    record=lambda tx, command: ppid_years.get(tx, command.year),
)
@named(
    "case ppid year",
    "Tulis keterangan laporan tahun YEAR: sarana, petugas, anggaran, kendala; yang tidak disebut tetap.",
)
def tell_ppid_year(command: TellPpidYear, tx: Transaction, context: Context) -> NewEvent:
    this_year = int(context.day[:4])
    if not FIRST_YEAR <= command.year <= this_year:
        raise refuse(_("Tahun {year} belum berjalan.").format(year=command.year), _("Pilih tahun yang lain."))
    year = PpidYear(
        year=command.year, **{name: text.strip() for name, text in command.edited_values().items()}
    )
    if year.sent_on and _day(year.sent_on).year <= command.year:
        raise refuse(
            _("Laporan tidak dapat dikirim sebelum tahunnya berakhir."), _("Perbaiki tanggal kirimnya.")
        )
    ppid_years.write(tx, year, context.at, context.by.officer_id)
    return NewEvent("ppid.year_told", "case", command.year, {"sent": bool(year.sent_on)})


def _day(iso: str) -> date:
    """Return the day. Raises UserError for text that is no date."""
    try:
        return date.fromisoformat(iso)
    except ValueError as error:
        raise refuse(
            _("“{text}” bukan tanggal.").format(text=iso), _("Tulis tanggal seperti 2027-03-31.")
        ) from error
