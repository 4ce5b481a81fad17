"""The second comings of a visitor: for a result that followed, or with a new number for an earlier matter."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.commands import ComeForResult, FollowUp
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.visits.visit import Visit, VisitChannel
from ult_desktop.db.care import declarations
from ult_desktop.db.cases import cases
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.cases.case_acts import note_on_timeline
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import note_at_desk
from ult_desktop.operations.visits.visits import begin_visit


@handles(ComeForResult, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("care again", "Tamu kunjungan VISIT datang lagi untuk hasil yang menyusul.")
def come_for_result(command: ComeForResult, tx: Transaction, context: Context) -> NewEvent:
    """Record a coming for the result of an earlier visit, in the visit that was begun at the door, if any.

    It has no steps of its own: what is done in it completes those of the visit it follows.
    """
    original = lookup.require_open_visit(tx, command.visit_id)
    if original.day == context.day:
        raise refuse(
            _("Kunjungan itu dari hari ini."), _("Lanjutkan kunjungan itu; kedatangan kedua tidak perlu.")
        )
    visit_id = _arrival_at_door(tx, context, command.arrival_id)
    if visit_id is None:
        visit_id = begin_visit(
            tx,
            context,
            VisitChannel.FACE_TO_FACE,  # also if the earlier visit was a call or came online
            service_id=original.service_id,
            follows=original.id,
        )
    else:
        visits.set_follows(tx, visit_id, original.id)
    _note_coming(tx, context, visits.get(tx, visit_id), original)
    return NewEvent("visit.came_again", "visit", visit_id, {"follows": original.id})


def _arrival_at_door(tx: Transaction, context: Context, arrival_id: int | None) -> int | None:
    """Return the visit that was begun at the door; None if the visitor was not welcomed.

    `arrival_id` 0 says that they were not; None leaves it to be found out. Raises UserError if several
    visits could be the one.
    """
    if arrival_id:
        arrival = _require_coming(tx, arrival_id)
        _require_no_case(tx, arrival)
        if arrival.day != context.day:
            raise refuse(_("Kunjungan itu bukan kedatangan hari ini."), _("Pilih kedatangan hari ini."))
        return arrival.id
    candidates = () if arrival_id == 0 else visits.unknown_arrivals(tx, context.day)
    if len(candidates) > 1:
        raise refuse(
            _("Beberapa tamu sudah disambut hari ini: kunjungan {numbers}.").format(
                numbers=", ".join(str(visit.id) for visit in candidates)
            ),
            _("Sebutkan kunjungannya (--arrival), atau 0 bila tamu ini belum disambut."),
        )
    return candidates[0].id if candidates else None


def arrivals_today(tx: Transaction, now: int) -> tuple[Visit, ...]:
    """List the visits of visitors welcomed today (`now` UTC ms) of whom nothing is known yet."""
    return visits.unknown_arrivals(tx, lookup.today(tx, now))


@handles(FollowUp, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("visit follow-up", "Tamu VISIT datang lagi untuk permohonan CASE.")
def follow_up(command: FollowUp, tx: Transaction, context: Context) -> NewEvent:
    """Make the visit a coming for that case.

    From then on it has no steps of its own.
    """
    visit = _require_coming(tx, command.visit_id)
    case = require_found(cases.find(tx, command.case_id), _("Permohonan itu tidak ada."))
    if not case.is_open:
        raise refuse(
            _("Permohonan {number} sudah ditutup.").format(number=case.number),
            _("Catat yang diminta tamu sekarang sebagai permohonan baru, lanjutan dari nomor itu."),
        )
    _require_no_case(tx, visit)
    if visit.follows == case.visit_id:
        raise refuse(_("Kunjungan ini sudah tercatat untuk {number}.").format(number=case.number))
    visits.set_follows(tx, visit.id, case.visit_id)
    _note_coming(tx, context, visits.get(tx, visit.id), visits.get(tx, case.visit_id))
    return NewEvent("visit.followed_up", "visit", visit.id, {"follows": case.visit_id, "case": case.id})


def _require_coming(tx: Transaction, visit_id: int) -> Visit:
    """Return the open visit of somebody who came in. Raises UserError otherwise."""
    visit = lookup.require_open_visit(tx, visit_id)
    if visit.channel is not VisitChannel.FACE_TO_FACE or visit.beside is not None:
        raise refuse(_("Hanya kedatangan tamu yang dapat menjadi lanjutan."))
    return visit


def _require_no_case(tx: Transaction, visit: Visit) -> None:
    case = cases.of_visit(tx, visit.id)
    if case is not None:
        raise refuse(
            _("Kunjungan ini sudah punya permohonan {number}.").format(number=case.number),
            _("Kerjakan permohonan yang lama di halaman Permohonan."),
        )


def _note_coming(tx: Transaction, context: Context, visit: Visit, original: Visit) -> None:
    """Note the coming on the case's timeline, and repeat what the visitor declared in the `original` visit.

    If the actor is the officer of a counter, the visitor is at the desk: the clocks of the case run again.
    """
    declarations.copy(tx, original.beside or original.id, visit.id, context.at, context.by.officer_id)
    if original.vulnerable:
        visits.set_vulnerable(tx, visit.id)
    case = cases.case_of_visitor(tx, visit.id)
    if case is not None:
        note_on_timeline(tx, context, case.id, EntryKind.CAME_AGAIN, visit.label or "")
    if counters.staffed_by(tx, context.by.officer_id or 0):
        note_at_desk(tx, context, visit)
