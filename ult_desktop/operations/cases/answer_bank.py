"""The answer bank, the list of excluded information, and the classes of complaints."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import answer_bank as case_answer_bank, commands, timeline_words
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.cases import case_acts, case_opening, cases as case_cases
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse


def _faq_text(tx: Transaction, command: commands.AddFaq | commands.EditFaq) -> answer_bank.FaqText:
    if command.service_id is not None:
        lookup.require_service(tx, command.service_id)
    return answer_bank.FaqText(
        question=case_acts.require_text(command.question, _("Pertanyaan belum ditulis.")),
        answer=case_acts.require_text(command.answer, _("Jawaban belum ditulis.")),
        tags=command.tags.strip(),
        service_id=command.service_id,
    )


def _require_faq(tx: Transaction, faq_id: int) -> None:
    if answer_bank.find(tx, faq_id) is None:
        raise refuse(_("Jawaban itu tidak ada lagi di bank jawaban."), _("Cari jawaban lain."))


@handles(commands.AddFaq, needs=Permission.ANSWER_ESCALATIONS, answer=answer_bank.get)
@named("case faq add", "Tambah pertanyaan dan jawabannya.")
def add_faq(command: commands.AddFaq, tx: Transaction, context: Context) -> NewEvent:
    faq_id = answer_bank.insert(tx, _faq_text(tx, command), context.at, context.by.officer_id)
    return NewEvent("faq.added", "faq", faq_id)


@handles(
    commands.EditFaq,
    needs=Permission.ANSWER_ESCALATIONS,
    answer=answer_bank.get,
    record=lambda tx, command: answer_bank.find(tx, command.faq_id),
)
@named("case faq edit", "Ubah.")
def edit_faq(command: commands.EditFaq, tx: Transaction, context: Context) -> NewEvent:
    _require_faq(tx, command.faq_id)
    answer_bank.update(tx, command.faq_id, _faq_text(tx, command), context.at, context.by.officer_id)
    return NewEvent("faq.edited", "faq", command.faq_id)


@handles(commands.RetireFaq, needs=Permission.ANSWER_ESCALATIONS, answer=answer_bank.get)
@named("case faq retire", "Tidak berlaku lagi.")
def retire_faq(command: commands.RetireFaq, tx: Transaction, _context: Context) -> NewEvent:
    _require_faq(tx, command.faq_id)
    answer_bank.retire(tx, command.faq_id)
    return NewEvent("faq.retired", "faq", command.faq_id)


@handles(commands.UseFaq, needs=Permission.WORK_CASES, answer=cases.get)
@named("case faq use", "Pakai jawaban FAQ untuk CASE.")
def use_faq(command: commands.UseFaq, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    _require_faq(tx, command.faq_id)
    case_cases.record_answer(
        tx, context, case, answer_bank.get(tx, command.faq_id).answer, timeline_words.EntryKind.ANSWER_BANK
    )
    answer_bank.count_use(tx, command.faq_id)
    return NewEvent("case.answer", "case", case.id, {"faq": command.faq_id})


def _grounds(tx: Transaction, _subject: int) -> tuple[case_answer_bank.LegalBasis, ...]:
    return answer_bank.legal_bases(tx)


@handles(
    commands.AddGround,
    needs=Permission.HANDLE_PPID,
    answer=_grounds,
    record=lambda tx, command: answer_bank.find_legal_basis(tx, command.key),
)
@named("case lists add-ground", "Tambah informasi yang dikecualikan.")
def add_ground(command: commands.AddGround, tx: Transaction, _context: Context) -> NewEvent:
    """Add an entry to the list of excluded information, or change its words.

    Only PPID decides on exclusions.
    """
    key = case_acts.require_text(command.key, _("Kode belum diisi."))
    title = case_acts.require_text(command.title, _("Informasi yang dikecualikan belum ditulis."))
    law = case_acts.require_text(command.law, _("Dasar hukum belum ditulis."))
    answer_bank.write_legal_basis(tx, case_answer_bank.LegalBasis(key=key, title=title, law=law))
    return NewEvent("exclusion.added", "faq", 0)


@handles(commands.RetireGround, needs=Permission.HANDLE_PPID, answer=_grounds)
@named("case lists retire-ground", "Pengecualian berakhir.")
def retire_ground(command: commands.RetireGround, tx: Transaction, _context: Context) -> NewEvent:
    if not answer_bank.retire_legal_basis(tx, command.key):
        raise refuse(_("Dasar {key} tidak ada dalam daftar.").format(key=command.key))
    return NewEvent("exclusion.retired", "faq", 0)


def _classes(tx: Transaction, _subject: int) -> tuple[case_answer_bank.ComplaintClass, ...]:
    return answer_bank.complaint_classes(tx)


@handles(
    commands.SetComplaintDays,
    needs=Permission.MANAGE_OFFICE,
    answer=_classes,
    record=lambda tx, command: answer_bank.find_class(tx, command.key),
)
@named("case lists complaint-days", "Hari kerja untuk jenis pengaduan; 0 menghapus jenisnya.")
def set_complaint_days(command: commands.SetComplaintDays, tx: Transaction, _context: Context) -> NewEvent:
    """Set how many working days a class of complaints has; 0 retires the class.

    The times of SP4N-LAPOR differ from year to year: each office keeps its own.
    """
    if command.days > case_opening.LONGEST_DAYS:
        raise refuse(_("Tenggat paling lama {n} hari kerja.").format(n=case_opening.LONGEST_DAYS))
    if command.days > 0:
        key = case_acts.require_text(command.key, _("Kode belum diisi."))
        name = case_acts.require_text(command.name, _("Nama belum diisi."))
        answer_bank.write_class(tx, case_answer_bank.ComplaintClass(key=key, name=name, days=command.days))
    elif not answer_bank.retire_class(tx, command.key):
        raise refuse(_("Jenis {key} tidak ada dalam daftar.").format(key=command.key))
    return NewEvent("complaint_class.set", "faq", 0, {"days": command.days})
