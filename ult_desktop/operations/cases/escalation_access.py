"""The access to an escalation: who may act on it, and where the case's visitor stays meanwhile."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import GONE_MODES, Case, VisitorMode, is_reachable
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, desk_word
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.access import officers
from ult_desktop.db.accountability.delegations import acting_ids
from ult_desktop.db.cases import cases, escalations, ppid
from ult_desktop.db.procedures import marks, pauses
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.access.delegated_roles import effective_roles
from ult_desktop.operations.operation import Context, refuse, require_found
from ult_desktop.operations.procedures.step_marks import choose_matter_at_hand, note_away


def open_escalation(tx: Transaction, escalation_id: int) -> Escalation:
    """Return an escalation that is open. Raises UserError otherwise, naming the officer who answered it."""
    escalation = require_found(escalations.find(tx, escalation_id), _("Permintaan itu tidak ada."))
    if escalation.is_open:
        return escalation
    if escalation.answered_at is None:
        raise refuse(_("Permintaan ini sudah ditarik kembali oleh pengirimnya."))
    raise refuse(
        _("Permintaan ini sudah dijawab oleh {name}.").format(name=escalation.answerer),
        _("Baca jawabannya di riwayat; tambahkan catatan bila ada yang kurang."),
    )


def roles_now(tx: Transaction, context: Context) -> frozenset[Role]:
    """Return the actor's own roles and those lent to them, as the file has them now."""
    officer = officers.by_id(tx, context.by.officer_id or 0)
    return effective_roles(tx, officer.id, officer.roles, context.at) if officer else frozenset()


def acts_for(tx: Transaction, context: Context, officer_id: int | None) -> bool:
    """Return whether the actor is that officer, or acts for them now."""
    me = context.by.officer_id
    return me is not None and officer_id in acting_ids(tx, me, context.at)


def require_desk(tx: Transaction, context: Context, desk: CaseDesk) -> None:
    """Raise UserError unless the actor has the role of that desk, or is an admin."""
    if not {desk.role, Role.ADMIN} & roles_now(tx, context):
        raise refuse(
            _("Ini pekerjaan {desk}.").format(
                desk=desk_word(desk, context.office.settings.cases.related_unit)
            ),
            _("Minta petugas di sana, atau admin untuk menambah peran."),
        )


def require_assignee(tx: Transaction, context: Context, escalation: Escalation) -> None:
    """Require an officer who may work on the escalation.

    That is the officer to whom it is assigned. If there is none, any officer of its desk may.

    Raises:
        UserError: the escalation is another desk's, or assigned to another officer.
    """
    if acts_for(tx, context, escalation.to_officer_id):
        return
    require_desk(tx, context, escalation.to_desk)
    if escalation.to_officer_id is not None:
        raise refuse(
            _("Permintaan ini sedang ditangani {name}.").format(name=escalation.to_officer),
            _("Ambil alih dulu bila Anda yang meneruskan."),
        )


def require_sender(tx: Transaction, context: Context, escalation: Escalation, case: Case) -> None:
    """Require the officer who asked, the one who answers for the case, or one at the desk that asked."""
    if acts_for(tx, context, escalation.from_officer_id) or acts_for(tx, context, case.owner_id):
        return
    require_desk(tx, context, escalation.from_desk)


def set_visitor_mode(tx: Transaction, context: Context, case: Case, mode: VisitorMode) -> None:
    """Write where the visitor waits for the escalation's answer. For an online applicant nothing is written.

    A visitor who waits in the hall, or leaves, frees the counter. In the hall the number is held, and keeps
    its place in the queue; the number of a visitor who leaves is done. Until the visitor is at the desk
    again, or has the answer, only the clock of the desk that has the case runs; the office's runs again for a
    visitor in the hall when the answer is there.

    Raises:
        UserError: the visitor is to be told at home, and nobody knows by what number or address.
    """
    if case.channel is VisitChannel.ONLINE:
        return
    if mode is VisitorMode.LEFT:
        _require_contact(tx, case)
    cases.set_visitor(tx, case.id, mode)
    if mode is VisitorMode.AT_DESK:
        pauses.end(tx, case.visit_id, context.at)
        choose_matter_at_hand(tx, context, case.visit_id)
    elif case.channel is VisitChannel.FACE_TO_FACE:
        note_away(tx, context, case.visit_id, mode.word)
    ticket_id = _ticket_id_of(tx, case)
    state = None if ticket_id is None else tickets.get(tx, ticket_id).state
    if ticket_id is None or mode is VisitorMode.AT_DESK:
        return
    serving = servings.open_of_ticket(tx, ticket_id)
    is_leaving = mode in GONE_MODES
    if serving is not None and state is TicketState.SERVING:
        servings.end(tx, serving, context.at, "done" if is_leaving else "held")
        tickets.set_state(tx, ticket_id, TicketState.DONE if is_leaving else TicketState.HELD)
    elif state is TicketState.HELD and is_leaving:
        tickets.set_state(tx, ticket_id, TicketState.DONE)


def _require_contact(tx: Transaction, case: Case) -> None:
    if not is_reachable(case, visits.guest_of(tx, case.visit_id), ppid.of_case(tx, case.id)):
        raise refuse(
            _("Jawaban tidak dapat diberitahukan: telepon dan surel pengunjung belum ada di buku tamu."),
            _("Tanyakan salah satunya, atau catat bahwa pengunjung mengambil jawabannya sendiri."),
        )


def seat_again(tx: Transaction, context: Context, case: Case) -> None:
    """Write that the visitor is at the officer's desk again: their number is served at the officer's counter.

    If the officer has no counter, the number is done.

    Raises:
        UserError: another visitor is at the officer's counter.
    """
    ticket_id = _ticket_id_of(tx, case)
    if ticket_id is None or tickets.get(tx, ticket_id).state not in (TicketState.WAITING, TicketState.HELD):
        return
    own_counters = counters.staffed_by(tx, context.by.officer_id or 0)
    free = [counter for counter in own_counters if servings.open_at_counter(tx, counter.number) is None]
    if own_counters and (not free or servings.served_by(tx, context.by.officer_id or 0) is not None):
        raise refuse(
            _("Di loket Anda masih ada pengunjung lain."),
            _("Selesaikan dulu, lalu catat lagi pengunjung ini."),
        )
    if not free:
        tickets.set_state(tx, ticket_id, TicketState.DONE)
        return
    ticket = tickets.get(tx, ticket_id)
    new = servings.NewServing(
        ticket_id=ticket.id,
        counter=free[0].number,
        service_id=ticket.service_id,
        officer_id=context.by.officer_id,
        day=context.day,
        priority=ticket.priority,
        called_at=context.at,
        arrived_at=context.at,
    )
    tickets.set_serving(tx, ticket.id, servings.begin(tx, new))
    tickets.set_state(tx, ticket.id, TicketState.SERVING)


def end_held_number(tx: Transaction, case: Case) -> None:
    """End the visitor's held number when the case is closed."""
    ticket_id = _ticket_id_of(tx, case)
    if ticket_id is not None and tickets.get(tx, ticket_id).state is TicketState.HELD:
        tickets.set_state(tx, ticket_id, TicketState.DONE)


def _ticket_id_of(tx: Transaction, case: Case) -> int | None:
    """Return the visitor's ticket id at their last coming for the case that has one. None if none has."""
    return next(reversed(marks.ticket_ids_of(tx, visits.get(tx, case.visit_id))), None)
