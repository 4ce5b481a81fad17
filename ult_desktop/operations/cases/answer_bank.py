"""The answer bank, the list of excluded information, and the classes of complaints."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.answer_bank import ComplaintClass, LegalBasis
from ult_desktop.core.cases.commands import (
    AddFaq,
    AddGround,
    EditFaq,
    RetireFaq,
    RetireGround,
    SetComplaintDays,
    UseFaq,
)
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.cases.answer_bank import FaqText
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.case_files import require_open_case, require_text
from ult_desktop.operations.cases.case_opening import LONGEST_DAYS
from ult_desktop.operations.cases.cases import record_answer
from ult_desktop.operations.lookup import refuse, require_service
from ult_desktop.operations.operation import Context, NewEvent, handles


def _text(tx: Transaction, ask: AddFaq | EditFaq) -> FaqText:
    if ask.service_id is not None:
        require_service(tx, ask.service_id)
    return FaqText(
        question=require_text(ask.question, _("Pertanyaan belum ditulis.")),
        answer=require_text(ask.answer, _("Jawaban belum ditulis.")),
        tags=ask.tags.strip(),
        service_id=ask.service_id,
    )


def _require_faq(tx: Transaction, faq_id: int) -> None:
    if answer_bank.find(tx, faq_id) is None:
        raise refuse(_("Jawaban itu tidak ada lagi di bank jawaban."), _("Cari jawaban lain."))


@handles(AddFaq, needs=Permission.ANSWER_ESCALATIONS, answer=answer_bank.get)
def add_faq(ask: AddFaq, tx: Transaction, moment: Context) -> NewEvent:
    faq_id = answer_bank.insert(tx, _text(tx, ask), moment.at, moment.by.officer_id)
    return NewEvent("faq.added", "faq", faq_id)


@handles(EditFaq, needs=Permission.ANSWER_ESCALATIONS, answer=answer_bank.get)
def edit_faq(ask: EditFaq, tx: Transaction, moment: Context) -> NewEvent:
    _require_faq(tx, ask.faq_id)
    answer_bank.update(tx, ask.faq_id, _text(tx, ask), moment.at, moment.by.officer_id)
    return NewEvent("faq.edited", "faq", ask.faq_id)


@handles(RetireFaq, needs=Permission.ANSWER_ESCALATIONS, answer=answer_bank.get)
def retire_faq(ask: RetireFaq, tx: Transaction, _moment: Context) -> NewEvent:
    _require_faq(tx, ask.faq_id)
    answer_bank.retire(tx, ask.faq_id)
    return NewEvent("faq.retired", "faq", ask.faq_id)


@handles(UseFaq, needs=Permission.WORK_CASES, answer=cases.get)
def use_faq(ask: UseFaq, tx: Transaction, moment: Context) -> NewEvent:
    case = require_open_case(tx, ask.case_id)
    _require_faq(tx, ask.faq_id)
    record_answer(tx, moment, case, answer_bank.get(tx, ask.faq_id).answer, EntryKind.ANSWER_BANK)
    answer_bank.count_use(tx, ask.faq_id)
    return NewEvent("case.answer", "case", case.id, {"faq": ask.faq_id})


def _grounds(tx: Transaction, _subject: int) -> tuple[LegalBasis, ...]:
    return answer_bank.legal_bases(tx)


@handles(AddGround, needs=Permission.HANDLE_PPID, answer=_grounds)
def add_ground(ask: AddGround, tx: Transaction, _moment: Context) -> NewEvent:
    """The same key again changes its words. Only PPID decides on exclusions."""
    key = require_text(ask.key, _("Kode belum diisi."))
    title = require_text(ask.title, _("Informasi yang dikecualikan belum ditulis."))
    law = require_text(ask.law, _("Dasar hukum belum ditulis."))
    answer_bank.write_legal_basis(tx, LegalBasis(key=key, title=title, law=law))
    return NewEvent("exclusion.added", "faq", 0)


@handles(RetireGround, needs=Permission.HANDLE_PPID, answer=_grounds)
def retire_ground(ask: RetireGround, tx: Transaction, _moment: Context) -> NewEvent:
    if not answer_bank.retire_legal_basis(tx, ask.key):
        raise refuse(_("Dasar {key} tidak ada dalam daftar.").format(key=ask.key))
    return NewEvent("exclusion.retired", "faq", 0)


def _classes(tx: Transaction, _subject: int) -> tuple[ComplaintClass, ...]:
    return answer_bank.complaint_classes(tx)


@handles(SetComplaintDays, needs=Permission.MANAGE_OFFICE, answer=_classes)
def set_complaint_days(ask: SetComplaintDays, tx: Transaction, _moment: Context) -> NewEvent:
    """The times of SP4N-LAPOR differ from year to year: each office keeps its own."""
    if ask.days > LONGEST_DAYS:
        raise refuse(_("Tenggat paling lama {n} hari kerja.").format(n=LONGEST_DAYS))
    if ask.days > 0:
        key, name = (
            require_text(ask.key, _("Kode belum diisi.")),
            require_text(ask.name, _("Nama belum diisi.")),
        )
        answer_bank.write_class(tx, ComplaintClass(key=key, name=name, days=ask.days))
    elif not answer_bank.retire_class(tx, ask.key):
        raise refuse(_("Jenis {key} tidak ada dalam daftar.").format(key=ask.key))
    return NewEvent("complaint_class.set", "faq", 0, {"days": ask.days})
