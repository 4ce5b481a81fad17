"""The requests of data subjects (UU 27/2022): answered within 3×24 hours, and carried out here.

Nobody's data is changed or handed out before the identity of the person who asks is verified.
"""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.fields import field_words
from ult_desktop.core.free_text import normalise_line
from ult_desktop.core.privacy import commands, subject_words, subjects as privacy_subjects
from ult_desktop.db.care import declarations
from ult_desktop.db.privacy import personal, retention, subjects
from ult_desktop.db.series import YearlySeries, insert_numbered
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.cases.case_acts import require_text
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found

_NEEDS = Permission.PROTECT_DATA


@handles(commands.RegisterSubjectRequest, needs=_NEEDS, answer=subjects.file_of)
@named("subject register", "Daftarkan permintaan KIND dari NAME.")
def register_subject_request(
    command: commands.RegisterSubjectRequest, tx: Transaction, context: Context
) -> NewEvent:
    received_at = context.at if command.received_at is None else command.received_at
    if not 0 < received_at <= context.at:
        raise refuse(_("Waktu diterimanya belum terjadi."), _("Isi kapan permintaan itu datang."))
    new = subjects.NewSubjectRequest(
        kind=command.kind,
        name=normalise_line(require_text(command.name, _("Nama pemohon belum diisi."))),
        contact=normalise_line(command.contact),
        words=command.words.strip(),
        received_at=received_at,
        # The time to answer runs from when the request came, not from when it is entered.
        due_at=received_at + privacy_subjects.CLOCK_MS,
        officer_id=context.by.officer_id,
    )
    request_id, _number = insert_numbered(tx, YearlySeries.SUBJECT_REQUEST, context.day, new)
    return _note_act(tx, context, request_id, "registered", data={"kind": command.kind})


@handles(commands.VerifySubject, needs=_NEEDS, answer=subjects.file_of)
@named("subject verify", "Identitas pemohon REQUEST dipastikan menurut HOW.")
def verify_subject(command: commands.VerifySubject, tx: Transaction, context: Context) -> NewEvent:
    request = _require_open_request(tx, command.request_id)
    subjects.verify(tx, request.id, command.how, context.at, context.by.officer_id)
    return _note_act(tx, context, request.id, "verified", data={"how": command.how})


@handles(commands.AttachSubjectVisits, needs=_NEEDS, answer=subjects.file_of)
@named("subject attach", "Kunjungan VISITS adalah milik pemohon REQUEST.")
def attach_subject_visits(
    command: commands.AttachSubjectVisits, tx: Transaction, context: Context
) -> NewEvent:
    request = _require_open_request(tx, command.request_id)
    if not command.visits:
        raise refuse(_("Belum ada kunjungan yang dipilih."))
    for visit_id in command.visits:
        if visits.find(tx, visit_id) is None:
            raise refuse(_("Kunjungan itu tidak ada."))
        subjects.attach(tx, request.id, visit_id, context.at)
    return _note_act(tx, context, request.id, "attached", data={"visits": command.visits})


@handles(commands.DetachSubjectVisit, needs=_NEEDS, answer=subjects.file_of)
@named("subject detach", "Kunjungan VISIT bukan milik pemohon REQUEST.")
def detach_subject_visit(command: commands.DetachSubjectVisit, tx: Transaction, context: Context) -> NewEvent:
    request = _require_open_request(tx, command.request_id)
    visit = _require_attached_visit(tx, request.id, command.visit_id)
    if visit.held:
        raise refuse(_("Kunjungan itu sedang ditunda penghapusannya."), _("Cabut penundaannya dulu."))
    subjects.detach(tx, request.id, visit.visit_id)
    return _note_act(tx, context, request.id, "detached", visit)


@handles(commands.CorrectSubjectData, needs=_NEEDS, answer=subjects.file_of)
@named("subject correct", "Perbaiki FIELD pada buku tamu VISIT menjadi VALUE.")
def correct_subject_data(command: commands.CorrectSubjectData, tx: Transaction, context: Context) -> NewEvent:
    """Correct a field of the subject's data. The register says which field; its former value is lost."""
    request = _require_verified_request(tx, command.request_id)
    visit = _require_attached_visit(tx, request.id, command.visit_id)
    reason = require_text(command.reason, _("Alasan perbaikan belum ditulis."))
    value = normalise_line(command.text)
    if command.field not in privacy_subjects.CORRECTABLE:
        names = ", ".join(map(field_words, privacy_subjects.CORRECTABLE))
        raise refuse(
            _("Isian itu tidak dapat diperbaiki."), _("Pilih salah satu: {names}.").format(names=names)
        )
    if not value and command.field == "name":
        raise refuse(_("Nama tidak boleh kosong."), _("Pakai penghapusan bila nama harus hilang."))
    if not subjects.correct(tx, visit.visit_id, command.field, value, command.phone_index):
        raise refuse(_("Kunjungan itu tidak punya baris buku tamu."))
    return _note_act(tx, context, request.id, "corrected", visit, field_words(command.field), reason)


@handles(commands.EraseSubjectData, needs=_NEEDS, answer=subjects.file_of)
@named("subject erase", "Hapus yang boleh dihapus dari kunjungan VISIT.")
def erase_subject_data(command: commands.EraseSubjectData, tx: Transaction, context: Context) -> NewEvent:
    """Erase the subject's data of one visit, except what archive law and the PPID register require.

    If there is nothing else to erase, the command is refused, and the refusal names these laws.
    """
    request = _require_verified_request(tx, command.request_id)
    visit = _require_attached_visit(tx, request.id, command.visit_id)
    reason = require_text(command.reason, _("Alasan penghapusan belum ditulis."))
    # Several requests may concern one visit, and each may hold it.
    if visit.held or subjects.is_held_by_another(tx, request.id, visit.visit_id):
        raise refuse(_("Penghapusan kunjungan itu sedang ditunda."), _("Cabut penundaannya dulu."))
    if visit.is_open:
        raise refuse(
            _("Kunjungan atau permohonannya belum selesai; datanya masih diperlukan untuk melayani."),
            _("Selesaikan dulu, atau jawab bahwa penghapusan menyusul."),
        )
    kinds = retention.erase_of_visit(tx, visit.visit_id, privacy_subjects.ERASABLE, context.at, request.id)
    erased = [kind.word for kind in kinds]
    if declarations.forget(tx, visit.visit_id):
        erased.append(subject_words.part_word("vulnerability"))
    if not erased:
        raise refuse(
            _("Tidak ada lagi yang boleh dihapus dari kunjungan itu."),
            " ".join(privacy_subjects.retained_by_law()),
        )
    return _note_act(tx, context, request.id, "erased", visit, ", ".join(erased), reason)


@handles(commands.HoldSubjectData, needs=_NEEDS, answer=subjects.file_of)
@named("subject hold", "Tunda penghapusan kunjungan VISIT.")
def hold_subject_data(command: commands.HoldSubjectData, tx: Transaction, context: Context) -> NewEvent:
    request = _require_verified_request(tx, command.request_id)
    visit = _require_attached_visit(tx, request.id, command.visit_id)
    reason = require_text(command.reason, _("Alasan penundaan belum ditulis."))
    if visit.held:
        raise refuse(_("Kunjungan itu sudah ditunda penghapusannya."))
    subjects.hold(tx, request.id, visit.visit_id, context.at)
    return _note_act(tx, context, request.id, "held", visit, reason=reason)


@handles(commands.ReleaseSubjectData, needs=_NEEDS, answer=subjects.file_of)
@named("subject release", "Cabut penundaan kunjungan VISIT.")
def release_subject_data(command: commands.ReleaseSubjectData, tx: Transaction, context: Context) -> NewEvent:
    """Release a hold, also after the request was closed: a hold outlives its request."""
    request = _require_request(tx, command.request_id)
    visit = _require_attached_visit(tx, request.id, command.visit_id)
    if not visit.held:
        raise refuse(_("Kunjungan itu tidak sedang ditunda."))
    subjects.release(tx, request.id, visit.visit_id, context.at)
    return _note_act(tx, context, request.id, "released", visit)


@handles(commands.WithdrawRemembering, needs=_NEEDS, answer=subjects.file_of)
@named("subject withdraw", "Tarik persetujuan diingat pada semua kunjungan yang ditautkan.")
def withdraw_remembering(
    command: commands.WithdrawRemembering, tx: Transaction, context: Context
) -> NewEvent:
    request = _require_verified_request(tx, command.request_id)
    count = subjects.stop_remembering(tx, request.id)
    if not count:
        raise refuse(
            _("Tidak ada persetujuan diingat pada kunjungan yang ditautkan."), _("Tautkan kunjungannya dulu.")
        )
    return _note_act(tx, context, request.id, "withdrawn", data={"lines": count})


@handles(commands.OpenSubjectContact, needs=_NEEDS, answer=subjects.get)
@named("subject contact", "Kontak pemohon REQUEST tanpa samaran; pembukaannya dicatat.")
def open_subject_contact(command: commands.OpenSubjectContact, tx: Transaction, context: Context) -> NewEvent:
    """Open the contact of the person who asks, also before their identity is verified.

    The officer may have to call them to verify it.
    """
    request = _require_request(tx, command.request_id)
    _note_opening(tx, context, request.id)
    return NewEvent("personal.subject_opened", "privacy", request.id)


@handles(commands.ExportSubjectData, needs=_NEEDS, answer=subjects.dossier)
def export_subject_data(command: commands.ExportSubjectData, tx: Transaction, context: Context) -> NewEvent:
    request = _require_verified_request(tx, command.request_id)
    visit_ids = [visit.visit_id for visit in subjects.visits_of(tx, request.id)]
    if not visit_ids:
        raise refuse(_("Belum ada kunjungan yang ditautkan."), _("Cari dan tautkan dulu."))
    for visit_id in visit_ids:
        _note_opening(tx, context, request.id, visit_id)
    return _note_act(tx, context, request.id, "exported")


@handles(commands.AnswerSubjectRequest, needs=_NEEDS, answer=subjects.file_of)
@named("subject answer", "Catat jawaban dan cara penyampaiannya.")
def answer_subject_request(
    command: commands.AnswerSubjectRequest, tx: Transaction, context: Context
) -> NewEvent:
    """Answer a request, also after its time has passed. The event says whether the answer was late."""
    request = _require_open_request(tx, command.request_id)
    answer = subjects.SubjectAnswer(
        outcome=command.outcome,
        answer=require_text(command.answer, _("Jawaban belum ditulis.")),
        told=require_text(command.told, _("Cara penyampaian belum ditulis.")),
        answered_at=context.at,
        answered_by=context.by.officer_id,
    )
    subjects.answer(tx, request.id, answer)
    data = {"outcome": command.outcome, "late": context.at > request.due_at}
    return _note_act(tx, context, request.id, "answered", data=data)


@handles(commands.CloseSubjectRequest, needs=_NEEDS, answer=subjects.file_of)
@named("subject close", "Tutup permintaan REQUEST.")
def close_subject_request(
    command: commands.CloseSubjectRequest, tx: Transaction, context: Context
) -> NewEvent:
    request = _require_open_request(tx, command.request_id)
    if request.answered_at is None:
        raise refuse(_("Permintaan {number} belum dijawab.").format(number=request.number))
    subjects.close(tx, request.id, context.at)
    return _note_act(tx, context, request.id, "closed")


def _note_opening(tx: Transaction, context: Context, request_id: int, visit_id: int | None = None) -> None:
    by = context.by
    personal.note_opening(tx, context.at, by.officer_id, by.station, f"subject:{request_id}", visit_id)


def _require_request(tx: Transaction, request_id: int) -> privacy_subjects.SubjectRequest:
    return require_found(subjects.find(tx, request_id), _("Permintaan subjek data itu tidak ada."))


def _require_open_request(tx: Transaction, request_id: int) -> privacy_subjects.SubjectRequest:
    request = _require_request(tx, request_id)
    if request.closed_at is not None:
        raise refuse(
            _("Permintaan {number} sudah ditutup.").format(number=request.number), _("Daftarkan yang baru.")
        )
    return request


def _require_verified_request(tx: Transaction, request_id: int) -> privacy_subjects.SubjectRequest:
    request = _require_open_request(tx, request_id)
    if request.verified_at is None:
        raise refuse(
            _("Belum dipastikan bahwa pemohon adalah pemilik datanya."), _("Pastikan identitasnya dulu.")
        )
    return request


def _require_attached_visit(tx: Transaction, request_id: int, visit_id: int) -> privacy_subjects.SubjectVisit:
    return require_found(
        subjects.visit_of(tx, request_id, visit_id),
        _("Kunjungan itu tidak ditautkan pada permintaan ini."),
        _("Tautkan dulu."),
    )


def _note_act(  # noqa: PLR0913  (the fields of the register's line)
    tx: Transaction,
    context: Context,
    request_id: int,
    act: str,
    visit: privacy_subjects.SubjectVisit | None = None,
    field: str = "",
    reason: str = "",
    data: dict[str, object] | None = None,
) -> NewEvent:
    """Write the act as a line of the register of requests; return its event.

    The reason is in the register only, because the log is never erased.
    """
    visit_id = None if visit is None else visit.visit_id
    line = subjects.NewAct(
        request_id=request_id,
        at=context.at,
        officer_id=context.by.officer_id,
        act=act,
        visit_id=visit_id,
        field=field,
        reason=reason,
    )
    subjects.note_act(tx, line)
    visit_data = {"visit": visit_id} if visit_id is not None else {}
    return NewEvent(f"subject.{act}", "privacy", request_id, {**visit_data, **(data or {})})
