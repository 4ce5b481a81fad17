"""The answer bank, the list of excluded information, and the classes of complaints."""

from ult_desktop.core.answer_bank import ComplaintClass, Ground
from ult_desktop.core.case_asks import (
    AddFaq,
    AddGround,
    EditFaq,
    RetireFaq,
    RetireGround,
    SetComplaintDays,
    UseFaq,
)
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.roles import Permission
from ult_desktop.db import case_lists, cases, faq
from ult_desktop.db.faq import FaqText
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import the_case, written
from ult_desktop.operations.case_opening import LONGEST_DAYS
from ult_desktop.operations.cases import make_ready
from ult_desktop.operations.finding import nothing_changed, the_service


def _text(tx: Transaction, ask: AddFaq | EditFaq) -> FaqText:
    if ask.service_id is not None:
        the_service(tx, ask.service_id)
    return FaqText(
        question=written(ask.question, _("Pertanyaan belum ditulis.")),
        answer=written(ask.answer, _("Jawaban belum ditulis.")),
        tags=ask.tags.strip(),
        service_id=ask.service_id,
    )


def _require_faq(tx: Transaction, faq_id: int) -> None:
    if faq.find(tx, faq_id) is None:
        raise nothing_changed(_("Jawaban itu tidak ada lagi di bank jawaban."), _("Cari jawaban lain."))


@performs(AddFaq, needs=Permission.ANSWER_ESCALATIONS, answer=faq.get)
def add_faq(ask: AddFaq, tx: Transaction, moment: Moment) -> Done:
    faq_id = faq.insert(tx, _text(tx, ask), moment.at, moment.by.officer_id)
    return Done("faq.added", "faq", faq_id)


@performs(EditFaq, needs=Permission.ANSWER_ESCALATIONS, answer=faq.get)
def edit_faq(ask: EditFaq, tx: Transaction, moment: Moment) -> Done:
    _require_faq(tx, ask.faq_id)
    faq.update(tx, ask.faq_id, _text(tx, ask), moment.at, moment.by.officer_id)
    return Done("faq.edited", "faq", ask.faq_id)


@performs(RetireFaq, needs=Permission.ANSWER_ESCALATIONS, answer=faq.get)
def retire_faq(ask: RetireFaq, tx: Transaction, _moment: Moment) -> Done:
    _require_faq(tx, ask.faq_id)
    faq.retire(tx, ask.faq_id)
    return Done("faq.retired", "faq", ask.faq_id)


@performs(UseFaq, needs=Permission.WORK_CASES, answer=cases.get)
def use_faq(ask: UseFaq, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    _require_faq(tx, ask.faq_id)
    make_ready(tx, moment, case, faq.get(tx, ask.faq_id).answer, EntryKind.ANSWER_BANK)
    faq.count_use(tx, ask.faq_id)
    return Done("case.answer", "case", case.id, {"faq": ask.faq_id})


def _grounds(tx: Transaction, _subject: int) -> tuple[Ground, ...]:
    return case_lists.grounds(tx)


@performs(AddGround, needs=Permission.HANDLE_PPID, answer=_grounds)
def add_ground(ask: AddGround, tx: Transaction, _moment: Moment) -> Done:
    """The same key again changes its words. Only PPID decides on exclusions."""
    key = written(ask.key, _("Kode belum diisi."))
    title = written(ask.title, _("Informasi yang dikecualikan belum ditulis."))
    law = written(ask.law, _("Dasar hukum belum ditulis."))
    case_lists.write_ground(tx, Ground(key=key, title=title, law=law))
    return Done("exclusion.added", "faq", 0)


@performs(RetireGround, needs=Permission.HANDLE_PPID, answer=_grounds)
def retire_ground(ask: RetireGround, tx: Transaction, _moment: Moment) -> Done:
    if not case_lists.retire_ground(tx, ask.key):
        raise nothing_changed(_("Dasar {key} tidak ada dalam daftar.").format(key=ask.key))
    return Done("exclusion.retired", "faq", 0)


def _classes(tx: Transaction, _subject: int) -> tuple[ComplaintClass, ...]:
    return case_lists.complaint_classes(tx)


@performs(SetComplaintDays, needs=Permission.MANAGE_OFFICE, answer=_classes)
def set_complaint_days(ask: SetComplaintDays, tx: Transaction, _moment: Moment) -> Done:
    """The times of SP4N-LAPOR differ from year to year: each office keeps its own."""
    if ask.days > LONGEST_DAYS:
        raise nothing_changed(_("Tenggat paling lama {n} hari kerja.").format(n=LONGEST_DAYS))
    if ask.days > 0:
        key, name = written(ask.key, _("Kode belum diisi.")), written(ask.name, _("Nama belum diisi."))
        case_lists.write_class(tx, ComplaintClass(key=key, name=name, days=ask.days))
    elif not case_lists.retire_class(tx, ask.key):
        raise nothing_changed(_("Jenis {key} tidak ada dalam daftar.").format(key=ask.key))
    return Done("complaint_class.set", "faq", 0, {"days": ask.days})
