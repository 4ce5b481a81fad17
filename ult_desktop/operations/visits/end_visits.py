"""The end of a visit: by request, with its case, with the day, or when nothing is left to do in it."""

from collections.abc import Sequence

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, StepEvent
from ult_desktop.core.queue.ticket import OPEN_STATES, TicketState
from ult_desktop.core.stamps import day_begins
from ult_desktop.core.visits import custody as visit_custody, identity
from ult_desktop.core.visits.visit import Ending, Visit, VisitChannel
from ult_desktop.db.accountability import deviations
from ult_desktop.db.care import declarations
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.procedures import marks
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.queue.leaving import cases_in_hand
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody, visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.accountability.deviations import record_deviations, take_back
from ult_desktop.operations.operation import Context, refuse
from ult_desktop.operations.procedures.step_marks import note_away

_LATEST_DAY, _LATEST_AT = "9999-12-31", 2**63 - 1  # later than every day and stamp
_ENDED_BY_PROGRAM = (Ending.DONE, Ending.REFUSED, Ending.LEFT)
_IN_HALL = (TicketState.WAITING, TicketState.HELD)


def require_no_card(tx: Transaction, visit_id: int) -> None:
    """Raise UserError naming the visitor's cards that are still here (POS Sumut tatap muka 7)."""
    held_cards = custody.held_cards_of(tx, visit_id)
    if held_cards:
        raise refuse(
            _("Kartu identitas pengunjung masih dipegang: {cards}.").format(
                cards=visit_custody.held_words(held_cards)
            ),
            _("Kembalikan kartunya dulu, atau catat alasan mengapa tidak kembali."),
        )


def require_endable(tx: Transaction, visit: Visit, ending: Ending) -> None:
    """Raise UserError while a card is held, a case is open, the number waits, or a letter is missing.

    A further matter may be open if its result follows.
    """
    require_no_card(tx, visit.id)
    case = next(cases_in_hand(tx, visit), None)
    if case is not None:
        raise refuse(
            _("Permohonan {number} masih terbuka.").format(number=case.number),
            _("Tutup permohonan itu dulu."),
        )
    ticket = None if visit.ticket_id is None else tickets.get(tx, visit.ticket_id)
    # A counter would call a visitor who is gone.
    if ticket is not None and ticket.state in _IN_HALL:
        raise refuse(
            _("Nomor {label} masih {state}.").format(label=ticket.label, state=ticket.state.word),
            _("Layani atau batalkan nomor itu dulu."),
        )
    if ending is Ending.DONE and _lacks_letter(tx, visit):
        raise refuse(
            _("Surat kuasa atau surat tugasnya belum ada."),
            _("Catat suratnya, atau akhiri sebagai “tidak dapat dilanjutkan”."),
        )


def end_with_matters(
    tx: Transaction, context: Context, visit: Visit, ending: Ending, remark: str = ""
) -> None:
    """End a visit and its further matters, except those whose result follows."""
    for matter in visits.open_further_matters(tx, visit.id):
        case = cases.status_of_visit(tx, matter.id)
        if case is None or not case.is_open:
            visits.end(tx, matter.id, context.at, ending, "")
            record_deviations(tx, context, matter.id)
    visits.end(tx, visit.id, context.at, ending, remark)
    record_deviations(tx, context, visit.id)


def _lacks_letter(tx: Transaction, visit: Visit) -> bool:
    """Return whether the last identity check found that the visitor comes for another, without a letter."""
    checks = [mark for mark in marks.of_visit(tx, visit) if mark.event is StepEvent.IDENTITY_VERIFIED]
    return bool(checks) and checks[-1].branch == identity.ActingFor.WITHOUT_LETTER


def end_if_over(tx: Transaction, context: Context, visit_id: int, *, leaves: bool = False) -> bool:
    """End a visit in which nothing is left to do; return whether this call ended it.

    Nothing is left in a visit in person if its procedure is finished or the visitor `leaves`, its number is
    out of the queue, its cases are closed, no card is held, and nobody accompanies the visitor. An online
    request's visit ends with its case (`end_online_visit`). A telephone call's visit is not ended here.
    """
    visit = visits.find(tx, visit_id)
    if visit is not None and visit.channel is VisitChannel.ONLINE:
        return end_online_visit(tx, context, visit)
    if visit is None or not visit.is_open or visit.channel is not VisitChannel.FACE_TO_FACE:
        return False
    # A visitor who was sent to another officer's desk, and has no case yet, leaves the counter alone.
    is_handed_over = (
        escalations.handover_of(tx, visit.id) is not None and cases.status_of_visit(tx, visit.id) is None
    )
    is_leaving = leaves and not is_handed_over
    if not is_leaving and not _has_procedure_ended(tx, context, visit):
        return False
    if _is_kept_open(tx, visit):
        return False
    end_with_matters(tx, context, visit, _choose_ending(tx, visit))
    # The visit that this one follows or belongs to may have waited only for this one.
    for other in (visit.follows, visit.beside):
        if other is not None:
            end_if_over(tx, context, other)
    return True


def note_served(tx: Transaction, context: Context, visit_id: int) -> None:
    """Stop the step clock of a visitor who was served and is away, if the next step is the front office's.

    The clock of a visit with a case runs on.
    """
    steps = visit_steps(tx, visit_id, context.at)
    if steps is None or not steps.visit.is_open or cases.status_of_visit(tx, visit_id) is not None:
        return
    step = steps.next_step
    if step is not None and ROLE_OF_ACTOR.get(step.actors[0].id) is Role.FRONT_OFFICE:
        note_away(tx, context, visit_id, _("Nomor selesai dilayani"))


def _choose_ending(tx: Transaction, visit: Visit) -> Ending:
    """Return how a visit ends that the program ends: refused, left by the visitor, or done."""
    if _lacks_letter(tx, visit):
        return Ending.REFUSED
    is_withdrawn = any(mark.event is StepEvent.WITHDRAWN for mark in marks.of_visit(tx, visit))
    return Ending.LEFT if is_withdrawn else Ending.DONE


def _has_procedure_ended(tx: Transaction, context: Context, visit: Visit) -> bool:
    """Return whether the visit's procedure, or that of the visit which it follows, has ended.

    A visit without a procedure counts as ended if it has a number or is a further matter.
    """
    steps = visit_steps(tx, visit.follows or visit.id, context.at)
    if steps:
        return steps.progress.ended
    return visit.ticket_id is not None or visit.beside is not None


def _is_kept_open(tx: Transaction, visit: Visit) -> bool:
    """Return whether the visit's number, a case, a held card or an escort keeps it open."""
    if visit.ticket_id is not None and tickets.get(tx, visit.ticket_id).state in OPEN_STATES:
        return True
    if next(cases_in_hand(tx, visit), None) is not None:
        return True
    return custody.has_held_card(tx, visit.id) or declarations.is_escorted(tx, visit.id)


def end_evening_visits(tx: Transaction, context: Context) -> tuple[int, ...]:
    """End, at the day's closing, the visits in person without an open case or a held card. Return the ids."""
    return _end_forgotten(tx, context, visits.left_open_before(tx, _LATEST_DAY, _LATEST_AT))


def end_earlier_visits(tx: Transaction, context: Context) -> tuple[int, ...]:
    """End the visits that no closing of an earlier day has ended. Return the ids."""
    begins = day_begins(context.day, context.office.settings.office.zone)
    return _end_forgotten(tx, context, visits.left_open_before(tx, context.day, begins))


def _end_forgotten(tx: Transaction, context: Context, visit_ids: tuple[int, ...]) -> tuple[int, ...]:
    """End the visits: those of today now, those of an earlier day at the time of their last mark."""
    forgotten = visits.find_each(tx, visit_ids)
    earlier = [visit for visit in forgotten if visit.day < context.day]
    # The night after an earlier day must not count as a visit's time.
    ended_at = {
        visit.id: max((mark.at for mark in visit_marks), default=visit.began_at)
        for visit, visit_marks in zip(earlier, marks.of_each(tx, earlier), strict=True)
    }
    ends = [(visit.id, ended_at.get(visit.id, context.at)) for visit in forgotten]
    visits.end_each(tx, ends, Ending.DAY_END)
    record_deviations(tx, context, *visit_ids)
    return visit_ids


def reopen_after_undo(tx: Transaction, context: Context, serving: servings.Serving) -> None:
    """Reopen the visits that the program ended together with `serving`, whose end is undone.

    The deviations that the serving's end wrote into the register are taken back too, also those of visits
    that stayed open.
    """
    visit, ended_at = visits.of_ticket(tx, serving.ticket_id), serving.ended_at
    if visit is None or ended_at is None:
        return
    # The same time shows that the end of the serving ended the visit, and no officer did later.
    if visit.ended_at == ended_at and visit.ending in _ENDED_BY_PROGRAM:
        together = visits.ended_together(tx, visit.id, ended_at)
        visits.reopen(tx, *(other.id for other in together if other.ending in _ENDED_BY_PROGRAM))
    marks.take_back(tx, visit.id, ended_at, StepEvent.SERVICE_GIVEN)
    matter_ids = [matter.id for matter in visits.open_matters_at_desk(tx, visit.id)]
    reasons = {
        "done": _("“Selesai” diurungkan"),
        "no_show": _("“Tidak hadir” diurungkan"),
        "held": _("“Tunda” diurungkan"),
        "transferred": _("“Alihkan” diurungkan"),
    }
    take_back(tx, context, matter_ids, reasons[serving.outcome or "done"], ended_at)


def reopen(tx: Transaction, context: Context, visit_ids: Sequence[int], written_at: int, reason: str) -> None:
    """Reopen visits whose end was undone.

    The deviations that the undone act wrote into the register at `written_at` (UTC ms) are taken back too,
    also those of visits that stayed open.
    """
    visits.reopen(tx, *visit_ids)
    with_deviations = deviations.visits_written_at(tx, written_at)
    take_back(tx, context, list(dict.fromkeys((*visit_ids, *with_deviations))), reason, written_at)


def end_online_visit(tx: Transaction, context: Context, visit: Visit, remark: str = "") -> bool:
    """End an online request's visit if its case is closed; return whether this call ended it.

    The applicant may fill in the survey after that: the survey's step is then completed in the ended visit
    (POS Kepri 3).
    """
    case = cases.status_of_visit(tx, visit.id)
    if not visit.is_open or case is None or case.is_open:
        return False
    is_answered = any(mark.event is StepEvent.ANSWERED for mark in marks.of_visit(tx, visit))
    visits.end(tx, visit.id, context.at, Ending.DONE if is_answered else Ending.REFUSED, remark)
    record_deviations(tx, context, visit.id)
    return True
