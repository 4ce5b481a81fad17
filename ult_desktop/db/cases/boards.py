"""The snapshots for the pages of cases: a list together with what is chosen in it."""

from collections.abc import Mapping, Sequence

import msgspec

from ult_desktop.core.access.roles import Actor, Permission, Role, roles_from
from ult_desktop.core.cases import appointment, case_views, escalation as case_escalation, ppid as case_ppid
from ult_desktop.core.cases.answer_bank import ComplaintClass, Faq, LegalBasis
from ult_desktop.core.cases.case import Case, CaseKind, CaseState, usual_kind
from ult_desktop.core.cases.ppid_year import PpidReportDue
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.online.clock import DueClock, due_clock
from ult_desktop.core.online.online_request import OnlineRequest, Recap
from ult_desktop.core.queue.slots import BookedSeat, Slot, days_ahead, free_slots
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db import online_requests
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import delegations
from ult_desktop.db.cases import answer_bank, appointments, cases, escalations, ppid
from ult_desktop.db.cases.case_views import case_card, case_list, inbox
from ult_desktop.db.cases.ppid_years import due_report
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import pauses
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import identity, visits


class Colleague(msgspec.Struct, frozen=True):
    """An officer who can receive a case."""

    id: int
    name: str
    roles: frozenset[Role]


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what its forms offer to choose from; `online` is its online request, if it came as one."""

    card: case_views.CaseCard
    grounds: tuple[LegalBasis, ...]
    colleagues: tuple[Colleague, ...]
    settings: OfficeSettings
    online: OnlineRequest | None

    @property
    def unit_label(self) -> str:
        return self.settings.cases.related_unit

    def clock(self, now: int) -> DueClock | None:
        """Return the clock of the answer at `now` (UTC ms).

        There is None for a case without a due time, and for one that was closed without an answer.
        """
        case = self.card.case
        answered_at = max((delivery.at for delivery in self.card.deliveries), default=None)
        if case.due_at is None or (answered_at is None and not case.is_open):
            return None
        return due_clock(case.opened_at, case.due_at, answered_at, WorkingCalendar(self.settings), now)


def case_view(tx: Transaction, case_id: int | None) -> CaseView | None:
    """Return a case in full; None when no case is chosen, or there is none of that id."""
    card = None if case_id is None else case_card(tx, case_id)
    if card is None:
        return None
    return CaseView(
        card=card,
        grounds=answer_bank.legal_bases(tx),
        colleagues=_colleagues(tx),
        settings=office.load(tx).settings,
        online=online_requests.of_case(tx, card.case.id),
    )


def _colleagues(tx: Transaction) -> tuple[Colleague, ...]:
    return tuple(Colleague(row.id, row.name, roles_from(row.roles)) for row in officers.all_active(tx))


class CasesBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The cases of a list, and one case in full. `clocks`, by case id, are those of unanswered cases.

    `mine` are the ids of the officers whose cases are the reader's own now: the reader, and those they stand
    in for. `recap` sums up this year's online requests. `left_files` names the files with online requests
    that a watched folder did not take, so that a person must look at them.
    """

    rows: tuple[case_views.CaseRow, ...]
    clocks: Mapping[int, DueClock]
    mine: frozenset[int]
    chosen: CaseView | None
    recap: Recap
    left_files: tuple[str, ...]


def cases_board(
    tx: Transaction, now: int, officer_id: int, wanted: case_views.CaseFilter, chosen: int | None
) -> CasesBoard:
    rows, settings = case_list(tx, wanted), office.load(tx).settings
    calendar = WorkingCalendar(settings)
    return CasesBoard(
        rows=rows,
        clocks={
            row.id: due_clock(row.opened_at, row.due_at, None, calendar, now)
            for row in rows
            if row.due_at is not None and row.is_unanswered
        },
        mine=frozenset(delegations.acting_ids(tx, officer_id, now)),
        chosen=case_view(tx, chosen),
        recap=online_requests.recap(tx, to_datetime(now, settings.office.zone).year),
        left_files=online_requests.left_lists(tx, now),
    )


def cases_waiting(tx: Transaction, now: int, actor: Actor) -> frozenset[int | str]:
    """Return the ids of the cases that wait for the officer.

    These are the officer's own cases whose answer is ready to be given, or that are overdue, and the online
    requests that nobody handles yet.
    """
    owner_ids = delegations.acting_ids(tx, actor.officer_id or 0, now)
    rows = case_list(tx, case_views.CaseFilter(owner_ids=owner_ids))
    waiting = frozenset[int | str](
        row.id for row in rows if row.state is CaseState.ANSWERED or row.is_overdue(now)
    )
    return waiting | online_requests.unhandled_cases(tx) if actor.may(Permission.HANDLE_ONLINE) else waiting


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A case among those of one visitor, in brief; it `waits` while an officer works on another case."""

    case_id: int
    visit_id: int
    number: str
    state: CaseState
    waits: bool

    @property
    def is_open(self) -> bool:
        return self.state is not CaseState.CLOSED


def matters_of(tx: Transaction, visit_id: int) -> tuple[Matter, ...]:
    """List the matters the visitor is here for, in the order in which they came up."""
    return tuple(
        Matter(
            case_id=case.id,
            visit_id=case.visit_id,
            number=case.number,
            state=case.state,
            waits=pauses.waits_for_another(tx, case.visit_id),
        )
        for case in cases.cases_of_visitor(tx, visit_id)
    )


def matter_in_work(matters: Sequence[Matter]) -> Matter | None:
    """Return the matter that is worked on; None where all are closed."""
    return next((matter for matter in matters if matter.is_open and not matter.waits), None)


class OpeningView(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor's case, or what its form offers: services and helpdesk officers as (id, name).

    `matters` are all cases that they came for, `shown_case` is one of them. `kind` is the usual one at the
    visitor's service. `people` are the officers whom a complaint may be about. `closed` are earlier cases of
    the visitor that may come back. `identity_mismatch`: their identity document did not match.
    """

    visit_id: int
    matters: tuple[Matter, ...]
    service_id: int | None
    kind: CaseKind
    shown_case: CaseView | None
    services: tuple[tuple[int, str], ...]
    classes: tuple[ComplaintClass, ...]
    helpdesk: tuple[tuple[int, str], ...]
    handover: case_escalation.Handover | None
    grounds: tuple[LegalBasis, ...]
    guest: Guest | None
    people: tuple[tuple[int, str], ...] = ()
    closed: tuple[tuple[int, str], ...] = ()
    identity_mismatch: bool = False

    @property
    def open_case(self) -> Case | None:
        """The shown case, if it is open."""
        case = None if self.shown_case is None else self.shown_case.card.case
        return case if case is not None and case.is_open else None


def opening_view(tx: Transaction, visit_id: int, chosen: int | None = None) -> OpeningView:
    """Return the view with the case that was `chosen`, else the one at hand, else the first."""
    visit, matters = visits.get(tx, visit_id), matters_of(tx, visit_id)
    shown = next((matter for matter in matters if matter.case_id == chosen), None)
    if shown is None:
        shown = matter_in_work(matters)
    if shown is None and matters:
        shown = matters[0]
    offered = services.offered(tx, visit.channel, visit.service_id)
    own_service = (row.definition.name.indonesian for row in offered if row.id == visit.service_id)
    return OpeningView(
        visit_id=visit_id,
        matters=matters,
        service_id=visit.service_id,
        kind=usual_kind(next(own_service, "")),
        shown_case=None if shown is None else case_view(tx, shown.case_id),
        services=services.choices(offered),
        classes=answer_bank.complaint_classes(tx),
        helpdesk=tuple(
            (officer.id, officer.name) for officer in escalations.helpdesk_of(tx, visit.service_id)
        ),
        handover=escalations.handover_of(tx, visit_id),
        grounds=answer_bank.legal_bases(tx),
        guest=visits.guest_of(tx, visit_id),
        closed=tuple(
            (earlier.case_id, f"{earlier.number} · {earlier.detail}")
            for earlier in visits.earlier_visits(tx, visit_id)
            if earlier.case_id is not None and earlier.state is CaseState.CLOSED
        ),
        people=tuple((officer.id, officer.name) for officer in _colleagues(tx) if officer.id != tx.reader),
        identity_mismatch=identity.has_identity_mismatch(tx, visit_id),
    )


class InboxView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the inbox in full.

    `escalation` is the hop that the line is about, None where it is about a visitor or an appointment.
    `below` is the hop that went on from it and is not answered yet. `visitor` is the institution of a visitor
    on the way. `behalf` is the absent officer for whom the work is done, "" for the officer's own.
    """

    item: case_views.InboxItem
    escalation: case_escalation.Escalation | None
    below: case_escalation.Escalation | None
    case: CaseView | None
    visitor: str
    behalf: str
    counts: tuple[case_views.InboxCount, ...]


class InboxBoard(msgspec.Struct, frozen=True):
    """The inbox of an officer, of those they stand in for and of their desks, with one line in full."""

    items: tuple[case_views.InboxItem, ...]
    chosen: InboxView | None


def inbox_board(tx: Transaction, now: int, actor: Actor, chosen: object) -> InboxBoard:
    """Return an officer's inbox; `chosen` is the key of an item, or anything else for none."""
    officer_inbox = _inbox_of(tx, actor, now)
    item = next((item for item in officer_inbox.items if item.key == chosen), None)
    view = None if item is None else _inbox_view(tx, now, actor, item, officer_inbox.counts)
    return InboxBoard(officer_inbox.items, view)


def unread_items(tx: Transaction, now: int, actor: Actor) -> frozenset[int | str]:
    """Return the ids of the cases of unread items, and the keys of unread items without a case."""
    items = _inbox_of(tx, actor, now).items
    return frozenset(item.key if item.case_id is None else item.case_id for item in items if item.unread)


def _inbox_of(tx: Transaction, actor: Actor, now: int) -> case_views.CaseInbox:
    # An admin belongs to all desks.
    desks = [desk for desk in case_escalation.CaseDesk if {desk.role, Role.ADMIN} & actor.roles]
    return inbox(tx, delegations.acting_ids(tx, actor.officer_id or 0, now), desks, now)


def _inbox_view(
    tx: Transaction,
    now: int,
    actor: Actor,
    item: case_views.InboxItem,
    counts: tuple[case_views.InboxCount, ...],
) -> InboxView:
    escalation, below, guest = None, None, None
    owner_id = item.officer_id
    if item.kind in {case_views.InboxKind.TO_DO, case_views.InboxKind.RETURNED}:
        escalation = escalations.get(tx, item.subject_id)
        open_hops = escalations.open_of(tx, escalation.case_id)
        below = next((hop for hop in open_hops if hop.parent_id == escalation.id), None)
        if item.kind is case_views.InboxKind.RETURNED:  # an answer belongs to the officer who asked
            owner_id = escalation.from_officer_id
    elif item.kind is case_views.InboxKind.HANDOVER:
        guest = visits.guest_of(tx, item.subject_id)
    represented = delegations.represented_by(tx, actor.officer_id or 0, now)
    absent_names = {role.officer_id: role.name for role in represented}
    return InboxView(
        item=item,
        escalation=escalation,
        below=below,
        case=case_view(tx, item.case_id),
        visitor="" if guest is None else guest.institution,
        behalf=absent_names.get(owner_id or 0, ""),
        counts=counts,
    )


class RegisterRow(msgspec.Struct, frozen=True, kw_only=True):
    """A request with the objection that waits for its answer.

    `days_left` (working days) and `is_late` are those of this objection, else of the request.
    """

    request: case_ppid.InformationRequest
    waiting_objection: case_ppid.Objection | None
    days_left: int
    is_late: bool

    @property
    def is_waiting(self) -> bool:
        return self.request.decided_at is None or self.waiting_objection is not None


class PpidBoard(msgspec.Struct, frozen=True):
    """The register of public-information requests, the case of one of them, and the yearly report if due."""

    rows: tuple[RegisterRow, ...]
    chosen: CaseView | None
    due: PpidReportDue | None


def ppid_board(tx: Transaction, now: int, chosen: object) -> PpidBoard:
    view = case_view(tx, chosen if isinstance(chosen, int) else None)
    return PpidBoard(_register(tx, now), view, due_report(tx, now))


def pressing_requests(tx: Transaction, now: int) -> frozenset[int | str]:
    """Return the ids of the cases whose request or objection waits for a decision."""
    return frozenset(row.request.case_id for row in _register(tx, now) if row.is_waiting)


def _register(tx: Transaction, now: int) -> tuple[RegisterRow, ...]:
    """List this year's requests and last year's, of which some are still answered, newest first."""
    calendar, year = WorkingCalendar(office.load(tx).settings), int(office_day(now, office.zone(tx))[:4])
    requests = (*ppid.register(tx, year - 1), *ppid.register(tx, year))
    return tuple(_register_row(tx, request, calendar, now) for request in reversed(requests))


def _register_row(
    tx: Transaction, request: case_ppid.InformationRequest, calendar: WorkingCalendar, now: int
) -> RegisterRow:
    objections = ppid.objections_of(tx, request.id)
    objection = next((filed for filed in objections if filed.answered_at is None), None)
    due_at = request.due_at if objection is None else objection.due_at
    # A due time is the midnight that ends a day: the millisecond before it belongs to that day.
    last_day = calendar.day_of(due_at - 1)
    return RegisterRow(
        request=request,
        waiting_objection=objection,
        days_left=calendar.days_between(calendar.day_of(now), last_day),
        is_late=now > due_at and (request.decided_at is None or objection is not None),
    )


def coming_appointments(tx: Transaction, now: int) -> tuple[appointment.Appointment, ...]:
    """List the appointments that are booked, and all of today, by their time."""
    today = appointments.of_day(tx, office_day(now, office.zone(tx)))
    by_id = {coming.id: coming for coming in (*today, *appointments.all_booked(tx))}
    return tuple(sorted(by_id.values(), key=lambda coming: coming.at))


def count_expected(tx: Transaction, now: int) -> int:
    """Count the booked appointments whose day is today or past and whose visitors have not come."""
    today = office_day(now, office.zone(tx))
    return sum(booked.day <= today for booked in appointments.all_booked(tx))


class BookingOffer(msgspec.Struct, frozen=True, kw_only=True):
    """The officers and times for a booking, from a snapshot at `now` (UTC ms)."""

    now: int
    settings: OfficeSettings
    services: tuple[services.ServiceRow, ...]
    colleagues: tuple[Colleague, ...]
    taken: tuple[BookedSeat, ...]

    def slots(self, service_id: int, officer_id: int | None = None) -> tuple[Slot, ...]:
        """List the half-hours in which the service has room, and the officer too, if an id is given."""
        row = next(row for row in self.services if row.id == service_id)
        return free_slots(self.settings, row.id, row.definition, self.taken, self.now, officer_id)


def booking_offer(tx: Transaction, now: int, service_id: int | None = None) -> BookingOffer:
    """Return the offer; it has the service `service_id` of a case even if the office offers it no more."""
    settings, offered = office.load(tx).settings, services.active(tx)
    own_service = None if service_id is None else services.find(tx, service_id, retired=True)
    if own_service is not None and own_service not in offered:
        offered = (*offered, own_service)
    first, last = days_ahead(settings, now)
    return BookingOffer(
        now=now,
        settings=settings,
        services=offered,
        colleagues=_colleagues(tx),
        taken=appointments.taken_seats(tx, first, last),
    )


def answers_for(tx: Transaction, text: str, about: str) -> tuple[Faq, ...]:
    """Return the entries of the answer bank that match the typed `text`.

    If nothing was typed, return the entries that could answer `about`; if there are none, the most used.
    """
    if text.strip():
        return answer_bank.search(tx, text)
    return answer_bank.suggest(tx, about) or answer_bank.search(tx, "")
