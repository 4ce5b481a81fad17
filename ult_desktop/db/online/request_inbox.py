"""What the page Daring shows: bounded lists with their clocks, one request in full."""

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.online.clock import (
    OnlineInbox,
    OnlineInboxRow,
    RequestCard,
    due_clock,
)
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases import cases
from ult_desktop.db.office import office
from ult_desktop.db.online import online_requests
from ult_desktop.db.store.transaction import Transaction

CLOSED_SHOWN = 30


def inbox(tx: Transaction, now: int) -> OnlineInbox:
    """At most a hundred requests of each open state and the latest closed; `now` UTC ms."""
    settings = office.load(tx).settings
    calendar = WorkingCalendar(settings)
    states = [
        (state, CLOSED_SHOWN if state is OnlineState.CLOSED else online_requests.MAX_ROWS)
        for state in OnlineState
    ]
    found = [line for state, most in states for line in online_requests.in_state(tx, state, most)]
    return OnlineInbox(
        lines=tuple(OnlineInboxRow(line, due_clock(line, calendar, now)) for line in found),
        recap=online_requests.recap(tx, to_datetime(now, settings.office.zone).year),
    )


def card(tx: Transaction, request_id: int, now: int) -> RequestCard | None:
    """None when there is no such request."""
    request = online_requests.find(tx, request_id)
    if request is None:
        return None
    settings = office.load(tx).settings
    return RequestCard(
        request=request,
        clock=due_clock(request, WorkingCalendar(settings), now),
        entries=cases.timeline(tx, request.case_id),
        office=settings.office,
        greeting=settings.greeting,
    )


def waiting(tx: Transaction) -> int:
    """How many requests nobody has begun with."""
    return online_requests.open_counts(tx).get(OnlineState.NEW, 0)
