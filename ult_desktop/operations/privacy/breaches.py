"""The failures of data protection: written down at once, notified within 3×24 hours (UU 27/2022 Pasal 46).

A failure is closed when both recipients of a notice, the subjects and the agency, were notified.
"""

from ult_desktop.base import _, counted
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.privacy import breaches as privacy_breaches, subjects
from ult_desktop.db.privacy import breaches
from ult_desktop.db.series import YearlySeries, insert_numbered
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.case_acts import require_text
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found

MAX_PERSONS = 10_000_000


@handles(privacy_breaches.RecordBreach, needs=Permission.PROTECT_DATA, answer=breaches.get)
@named("breach record", "Catat insiden: WHAT terjadi, HAPPENED kapan dan bagaimana, DATA apa.")
def record_breach(command: privacy_breaches.RecordBreach, tx: Transaction, context: Context) -> NewEvent:
    known_at = context.at if command.known_at is None else command.known_at
    if not 0 < known_at <= context.at:
        raise refuse(_("Waktu diketahuinya belum terjadi."), _("Isi kapan insiden itu diketahui."))
    new = breaches.NewBreach(
        known_at=known_at,
        # The time to notify runs from when the failure was known, not from this entry: UU 27/2022 Pasal 46.
        due_at=known_at + subjects.CLOCK_MS,
        written_at=context.at,
        officer_id=context.by.officer_id,
        happened=require_text(command.happened, _("Kapan dan bagaimana terjadinya belum ditulis.")),
        what=require_text(command.what, _("Apa yang terjadi belum ditulis.")),
        data=require_text(command.data, _("Data yang terungkap belum ditulis.")),
        persons=_require_possible_count(command.persons),
    )
    breach_id, _number = insert_numbered(tx, YearlySeries.BREACH, context.day, new)
    return NewEvent("breach.recorded", "privacy", breach_id)


@handles(
    privacy_breaches.DescribeBreach,
    needs=Permission.PROTECT_DATA,
    answer=breaches.get,
    record=lambda tx, command: breaches.find(tx, command.breach_id),
)
@named("breach describe", "Lengkapi insiden BREACH.")
def describe_breach(command: privacy_breaches.DescribeBreach, tx: Transaction, _context: Context) -> NewEvent:
    breach = _require_open_breach(tx, command.breach_id)
    description = breaches.BreachDescription(
        happened=require_text(command.happened, _("Kapan dan bagaimana terjadinya belum ditulis.")),
        what=require_text(command.what, _("Apa yang terjadi belum ditulis.")),
        data=require_text(command.data, _("Data yang terungkap belum ditulis.")),
        persons=_require_possible_count(command.persons),
        handling=command.handling.strip(),
        recovery=command.recovery.strip(),
        contact=command.contact.strip(),
    )
    breaches.describe(tx, breach.id, description)
    return NewEvent("breach.described", "privacy", breach.id)


@handles(privacy_breaches.NoteBreachNotice, needs=Permission.PROTECT_DATA, answer=breaches.get)
@named("breach told", "Pemberitahuan tertulis kepada WHOM sudah dikirim dengan HOW.")
def note_breach_notice(
    command: privacy_breaches.NoteBreachNotice, tx: Transaction, context: Context
) -> NewEvent:
    """Note that a notice was sent. It must contain all that the law demands (UU 27/2022 Pasal 46 ayat 2)."""
    breach = _require_open_breach(tx, command.breach_id)
    if breach.missing_parts:
        raise refuse(
            _("Pemberitahuan wajib memuat {lacks}.").format(lacks=_(" dan ").join(breach.missing_parts)),
            _("Lengkapi insiden ini, cetak suratnya, lalu catat pengirimannya."),
        )
    if breach.notified_at(command.whom) is not None:
        raise refuse(_("Pemberitahuan kepada {whom} sudah dicatat.").format(whom=command.whom.word))
    how = require_text(command.how, _("Cara pemberitahuan belum ditulis."))
    breaches.note_notice(tx, breach.id, command.whom, how, context.at)
    is_late = context.at > breach.due_at
    return NewEvent("breach.told", "privacy", breach.id, {"whom": command.whom, "late": is_late})


@handles(privacy_breaches.CloseBreach, needs=Permission.PROTECT_DATA, answer=breaches.get)
@named("breach close", "Tutup insiden BREACH; LESSON ialah perbaikan yang dilakukan.")
def close_breach(command: privacy_breaches.CloseBreach, tx: Transaction, context: Context) -> NewEvent:
    breach = _require_open_breach(tx, command.breach_id)
    if command.unfounded and breach.persons:
        raise refuse(
            counted("Insiden ini mengenai {n} orang.", breach.persons),
            _("Isi 0 orang bila ternyata tidak ada data yang terungkap."),
        )
    if not (breach.is_notified or command.unfounded):
        raise refuse(
            _("Subjek data dan lembaga belum diberi tahu secara tertulis."),
            _("Cetak suratnya, kirim, dan catat pengirimannya dulu."),
        )
    breaches.close(
        tx, breach.id, require_text(command.lesson, _("Perbaikan yang dilakukan belum ditulis.")), context.at
    )
    return NewEvent("breach.closed", "privacy", breach.id, {"unfounded": command.unfounded})


def _require_possible_count(count: int) -> int:
    if not 0 <= count <= MAX_PERSONS:
        raise refuse(_("Jumlah orang tidak masuk akal."))
    return count


def _require_open_breach(tx: Transaction, breach_id: int) -> privacy_breaches.Breach:
    breach = require_found(breaches.find(tx, breach_id), _("Insiden itu tidak ada."))
    if breach.closed_at is not None:
        raise refuse(_("Insiden {number} sudah ditutup.").format(number=breach.number), _("Catat yang baru."))
    return breach
