"""Failures of data protection: written down at once, told within 3×24 hours, closed when both were told."""

from ult_desktop.core.breaches import (
    Breach,
    CloseBreach,
    DescribeBreach,
    NoteBreachNotice,
    RecordBreach,
    breach_number,
    told_word,
)
from ult_desktop.core.roles import Permission
from ult_desktop.core.subjects import CLOCK_MS
from ult_desktop.db import breaches
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import written
from ult_desktop.operations.finding import nothing_changed

MOST_PERSONS = 10_000_000


@performs(RecordBreach, needs=Permission.PROTECT_DATA, answer=breaches.get)
def record_breach(ask: RecordBreach, tx: Transaction, moment: Moment) -> Done:
    known_at = moment.at if ask.known_at is None else ask.known_at
    if not 0 < known_at <= moment.at:
        raise nothing_changed(_("Waktu diketahuinya belum terjadi."), _("Isi kapan insiden itu diketahui."))
    year = int(moment.day[:4])
    serial = breaches.last_serial(tx, year) + 1
    new = breaches.NewBreach(
        year=year,
        serial=serial,
        number=breach_number(serial, year),
        known_at=known_at,
        due_at=known_at + CLOCK_MS,
        written_at=moment.at,
        officer_id=moment.by.officer_id,
        happened=written(ask.happened, _("Kapan dan bagaimana terjadinya belum ditulis.")),
        what=written(ask.what, _("Apa yang terjadi belum ditulis.")),
        data=written(ask.data, _("Data yang terungkap belum ditulis.")),
        persons=_persons(ask.persons),
    )
    return Done("breach.recorded", "privacy", breaches.insert(tx, new))


@performs(DescribeBreach, needs=Permission.PROTECT_DATA, answer=breaches.get)
def describe_breach(ask: DescribeBreach, tx: Transaction, _moment: Moment) -> Done:
    found = _open_breach(tx, ask.breach_id)
    known = breaches.Described(
        what=ask.what.strip() or found.what,
        happened=ask.happened.strip() or found.happened,
        data=ask.data.strip() or found.data,
        persons=found.persons if ask.persons is None else _persons(ask.persons),
        handling=ask.handling.strip() or found.handling,
        recovery=ask.recovery.strip() or found.recovery,
        contact=ask.contact.strip() or found.contact,
    )
    breaches.describe(tx, found.id, known)
    return Done("breach.described", "privacy", found.id)


@performs(NoteBreachNotice, needs=Permission.PROTECT_DATA, answer=breaches.get)
def note_breach_notice(ask: NoteBreachNotice, tx: Transaction, moment: Moment) -> Done:
    """The notice must hold what the law lists (Pasal 46 ayat 2): it is not noted before that is written."""
    found = _open_breach(tx, ask.breach_id)
    if found.lacks:
        raise nothing_changed(
            _("Pemberitahuan wajib memuat {lacks}.").format(lacks=_(" dan ").join(found.lacks)),
            _("Lengkapi insiden ini, cetak suratnya, lalu catat pengirimannya."),
        )
    if found.told_at(ask.whom) is not None:
        raise nothing_changed(
            _("Pemberitahuan kepada {whom} sudah dicatat.").format(whom=told_word(ask.whom))
        )
    how = written(ask.how, _("Cara pemberitahuan belum ditulis."))
    breaches.note_notice(tx, found.id, ask.whom, how, moment.at)
    late = moment.at > found.due_at
    return Done("breach.told", "privacy", found.id, {"whom": ask.whom, "late": late})


@performs(CloseBreach, needs=Permission.PROTECT_DATA, answer=breaches.get)
def close_breach(ask: CloseBreach, tx: Transaction, moment: Moment) -> Done:
    found = _open_breach(tx, ask.breach_id)
    if ask.unfounded and found.persons:
        raise nothing_changed(
            _("Insiden ini mengenai {n} orang.").format(n=found.persons),
            _("Isi 0 orang bila ternyata tidak ada data yang terungkap."),
        )
    if not (found.is_told or ask.unfounded):
        raise nothing_changed(
            _("Subjek data dan lembaga belum diberi tahu secara tertulis."),
            _("Cetak suratnya, kirim, dan catat pengirimannya dulu."),
        )
    breaches.close(tx, found.id, written(ask.lesson, _("Perbaikan yang dilakukan belum ditulis.")), moment.at)
    return Done("breach.closed", "privacy", found.id, {"unfounded": ask.unfounded})


def _persons(count: int) -> int:
    if not 0 <= count <= MOST_PERSONS:
        raise nothing_changed(_("Jumlah orang tidak masuk akal."))
    return count


def _open_breach(tx: Transaction, breach_id: int) -> Breach:
    found = breaches.find(tx, breach_id)
    if found is None:
        raise nothing_changed(_("Insiden itu tidak ada."))
    if found.closed_at is not None:
        raise nothing_changed(
            _("Insiden {number} sudah ditutup.").format(number=found.number), _("Catat yang baru.")
        )
    return found
