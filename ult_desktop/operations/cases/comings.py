"""The second comings: for a result that followed, or with a number of their own for an earlier matter."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.commands import ComeForResult, FollowUp
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.visits.visit import Visit, VisitChannel
from ult_desktop.db.cases import cases
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.cases.case_files import note_on_timeline
from ult_desktop.operations.operation import Context, NewEvent, handles, known, named, refuse
from ult_desktop.operations.procedures.step_marks import come_back
from ult_desktop.operations.visits.visits import begin_visit


@handles(ComeForResult, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("care again", "Tamu kunjungan VISIT datang lagi untuk hasil yang menyusul.")
def come_for_result(command: ComeForResult, tx: Transaction, context: Context) -> NewEvent:
    """Begin a visit for the result of an earlier one.

    It has no steps of its own: what is done in it completes those of the visit it follows.
    """
    original = lookup.require_open_visit(tx, command.visit_id)
    if original.day == context.day:
        raise refuse(
            _("Kunjungan itu dari hari ini."), _("Lanjutkan kunjungan itu; kedatangan kedua tidak perlu.")
        )
    visit_id = begin_visit(
        tx,
        context,
        original.channel,
        service_id=original.service_id,
        vulnerable=original.vulnerable,
        follows=original.id,
    )
    _note_coming(tx, context, visits.get(tx, visit_id))
    return NewEvent("visit.came_again", "visit", visit_id, {"follows": original.id})


@handles(FollowUp, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("visit follow-up", "Tamu VISIT datang lagi untuk permohonan CASE.")
def follow_up(command: FollowUp, tx: Transaction, context: Context) -> NewEvent:
    """Make the visit a coming for that case.

    From then on it has no steps of its own.
    """
    visit = lookup.require_open_visit(tx, command.visit_id)
    case = known(cases.find(tx, command.case_id), _("Permohonan itu tidak ada."))
    if visit.channel is not VisitChannel.FACE_TO_FACE or visit.beside is not None:
        raise refuse(_("Hanya kedatangan tamu yang dapat menjadi lanjutan."))
    if not case.is_open:
        raise refuse(
            _("Permohonan {number} sudah ditutup.").format(number=case.number),
            _("Catat yang diminta tamu sekarang sebagai permohonan baru, lanjutan dari nomor itu."),
        )
    own = cases.of_visit(tx, visit.id)
    if own is not None:
        raise refuse(
            _("Kunjungan ini sudah punya permohonan {number}.").format(number=own.number),
            _("Kerjakan permohonan yang lama di halaman Permohonan."),
        )
    if visit.follows == case.visit_id:
        raise refuse(_("Kunjungan ini sudah tercatat untuk {number}.").format(number=case.number))
    visits.set_follows(tx, visit.id, case.visit_id)
    _note_coming(tx, context, visits.get(tx, visit.id))
    return NewEvent("visit.followed_up", "visit", visit.id, {"follows": case.visit_id, "case": case.id})


def _note_coming(tx: Transaction, context: Context, visit: Visit) -> None:
    """Note the coming on the case's timeline.

    If the actor is the officer of a counter, the visitor is at the desk: the clocks of the case run again.
    """
    case = cases.for_coming(tx, visit.id)
    if case is not None:
        note_on_timeline(tx, context, case.id, EntryKind.CAME_AGAIN, visit.label or "")
    if counters.staffed_by(tx, context.by.officer_id or 0):
        come_back(tx, context, visit)
