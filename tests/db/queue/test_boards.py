"""The boards of kiosk and lobby: today only, what is open, what is quotaed, who was called."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tests.office import (
    AROUND_THE_CLOCK,
    awake,
    calls_after,
    open_office,
    sign_in,
    store_of,
    trace_statements,
)
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.office.template import OfficeTemplate, ServiceTemplate, Weekly
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState, Openness
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.queue.wait_range import WaitRange
from ult_desktop.core.stamps import MINUTE_MS, to_datetime, to_stamp
from ult_desktop.db.creation import create
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.queue import boards, servings
from ult_desktop.db.queue.boards import CALLS_SHOWN
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import load_office

DAY_MS = 24 * 60 * MINUTE_MS


@pytest.fixture
def one(office: Office) -> Actor:
    """At the counter at eight in the office."""
    zone = office.read(office_rows.zone)
    tomorrow = to_datetime(office.clock(), zone) + timedelta(days=1)
    later(office, to_stamp(tomorrow.replace(hour=8)) - office.clock())
    actor = sign_in(office, 1)
    office.perform(commands.StaffCounter(counter=1), actor)
    return actor


def later(office: Office, span_ms: int) -> None:
    office.clock.offset_ms += span_ms


def serve(office: Office, actor: Actor, minutes: int) -> None:
    office.perform(commands.CallNext(counter=1), actor)
    office.perform(commands.Arrive(counter=1), actor)
    later(office, minutes * MINUTE_MS)
    office.perform(commands.Finish(counter=1), actor)


def five_served_one_waiting(office: Office, actor: Actor) -> None:
    """Ten minutes each: what an estimate needs."""
    for _n in range(6):
        office.perform(commands.IssueTicket(service_id=1), actor)
    for _n in range(5):
        serve(office, actor, minutes=10)


def wide_awake() -> OfficeTemplate:
    """The template as `make_office` takes it."""
    template = load_office()
    about = msgspec.structs.replace(template.office, timezone=awake(template.office.timezone))
    return msgspec.structs.replace(template, office=about)


def test_a_fresh_office(office: Office) -> None:
    board = office.kiosk_board()
    template = wide_awake()
    assert (board.office, board.greeting) == (template.office, template.greeting)
    assert board.opening.state is Openness.OPEN
    assert board.priority_series == "P"
    assert [line.service.prefix for line in board.lines] == [s.prefix for s in template.services]
    assert [c.key for c in board.categories] == [c.key for c in template.categories]
    for line in board.lines:
        assert (line.waiting, line.wait, line.counters_open) == (0, None, 0)
        assert line.available
    lobby = office.lobby_board()
    assert lobby.calls == ()
    assert lobby.running_text == template.running_text
    assert {c.state for c in lobby.counters} == {CounterState.CLOSED}


def test_all_who_are_called_before_are_counted_and_the_open_counters_of_a_service(
    office: Office, one: Actor
) -> None:
    for service_id in (1, 1, 2):
        office.perform(commands.IssueTicket(service_id=service_id), one)
    lines = {line.service.id: line for line in office.kiosk_board().lines}
    assert [lines[n].waiting for n in (1, 2, 3)] == [3, 3, 3]
    assert [lines[n].counters_open for n in (1, 2, 3)] == [1, 1, 1]
    office.perform(commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Istirahat"), one)
    assert {line.counters_open for line in office.kiosk_board().lines} == {0}


def test_kiosk_ticket_and_code_tell_the_wait_that_follows_from_settings_and_measured_turns(
    office: Office, one: Actor
) -> None:
    five_served_one_waiting(office, one)
    lines = {line.service.id: line for line in office.kiosk_board().lines}
    assert (lines[1].waiting, lines[1].wait) == (1, WaitRange(5, 20))
    assert office.lobby_board().lines == office.kiosk_board().lines
    taken = office.perform(commands.IssueTicket(service_id=1), one)
    assert taken.wait is not None
    assert (taken.ahead, taken.wait.minutes) == (1, WaitRange(5, 20))
    now = office.ticket_now(taken.ticket.code)
    assert now is not None
    assert (now.ahead, now.callable_now, now.wait) == (1, True, taken.wait)
    later(office, servings.RECENT_SPAN_MS)
    office.perform(commands.IssueTicket(service_id=1), one)
    assert office.kiosk_board().lines[0].wait == WaitRange(5, 20), "by the settings alone"


def test_who_is_at_the_counter_is_waited_for(office: Office, one: Actor) -> None:
    five_served_one_waiting(office, one)
    assert office.kiosk_board().lines[0].waiting == 1
    office.perform(commands.CallNext(counter=1), one)
    later(office, 2 * MINUTE_MS)
    (line, *_others) = office.kiosk_board().lines
    assert (line.waiting, line.wait) == (0, WaitRange(5, 15)), "nobody waits, and eight minutes are left"
    office.perform(commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Istirahat"), one)
    assert office.kiosk_board().lines[0].wait is None


def test_what_was_told_is_kept_beside_the_call_that_ended_the_wait(office: Office, one: Actor) -> None:
    five_served_one_waiting(office, one)
    office.perform(commands.IssueTicket(service_id=1), one)
    for _n in range(2):
        serve(office, one, minutes=12)
    last = office.read(lambda tx: servings.recent_servings(tx, office.clock()))[-1]
    assert (last.waited_ms // MINUTE_MS, last.model_ms // MINUTE_MS, last.low, last.high) == (12, 11, 5, 20)


def test_yesterday_is_not_shown(office: Office, one: Actor) -> None:
    office.perform(commands.IssueTicket(service_id=1), one)
    office.perform(commands.CallNext(counter=1), one)
    office.perform(commands.IssueTicket(service_id=1), one)
    later(office, DAY_MS)
    assert office.lobby_board().calls == ()
    assert office.kiosk_board().lines[0].waiting == 0


def small_office(folder: Path, change: Callable[[ServiceTemplate], ServiceTemplate]) -> Office:
    template = wide_awake()
    first = change(template.services[0])
    made = msgspec.structs.replace(template, hours=AROUND_THE_CLOCK, services=(first, *template.services[1:]))
    create(folder / "office.db", made, "u-1", "")
    return open_office(folder / "office.db")


def test_a_used_up_quota_is_said(tmp_path: Path) -> None:
    office = small_office(tmp_path, lambda s: msgspec.structs.replace(s, quota=2))
    kiosk = Actor(station="kios")
    taken = [
        office.perform(commands.IssueTicket(service_id=1, at_kiosk=True), kiosk).ticket for _n in range(2)
    ]
    line = office.kiosk_board().lines[0]
    assert (line.available, line.why) == (False, "Kuota hari ini habis")
    desk = Actor(station="kios", roles=frozenset({Role.RECEPTION}))
    office.perform(commands.Cancel(ticket_id=taken[0].id), desk)
    assert office.kiosk_board().lines[0].available
    office.close()


def test_a_service_may_leave_its_minutes_unsaid(tmp_path: Path) -> None:
    office = small_office(tmp_path, lambda s: msgspec.structs.replace(s, minutes=None))
    said = services.minutes(office.read(services.active))
    assert 1 not in said
    assert said[2] == wide_awake().services[1].minutes
    office.close()


def test_a_service_outside_its_hours_says_so(tmp_path: Path) -> None:
    office = small_office(tmp_path, lambda s: msgspec.structs.replace(s, hours=Weekly()))
    line = office.kiosk_board().lines[0]
    assert (line.available, line.why) == (False, "Tidak dibuka hari ini")
    office.close()


def test_the_latest_calls_stand_first_and_only_so_many(office: Office, one: Actor) -> None:
    for n in range(CALLS_SHOWN + 1):
        priority = PriorityReason.ELDERLY if n == 0 else None
        office.perform(commands.IssueTicket(service_id=1, priority=priority), one)
        office.perform(commands.CallNext(counter=1), one)
        later(office, 1000)
        office.perform(commands.NoShow(counter=1), one)
    calls = office.lobby_board().calls
    assert len(calls) == CALLS_SHOWN
    assert calls[0].label == f"A{CALLS_SHOWN:03}"
    assert [c.at for c in calls] == sorted((c.at for c in calls), reverse=True)
    assert "P001" not in [c.label for c in calls]


def test_a_number_that_is_called_again_is_shown_where_it_was_called_last(office: Office, one: Actor) -> None:
    two = sign_in(office, 2)
    office.perform(commands.StaffCounter(counter=2), two)
    office.perform(commands.IssueTicket(service_id=1), one)
    office.perform(commands.CallNext(counter=1), one)
    office.perform(commands.Arrive(counter=1), one)
    office.perform(commands.Transfer(counter=1, to_counter=2), one)
    office.perform(commands.CallNext(counter=2), two)
    assert [(call.label, call.counter) for call in office.lobby_board().calls] == [("A001", 2)]


def test_calls_of_one_moment_stand_in_one_order(office: Office, one: Actor) -> None:
    two = sign_in(office, 2)
    office.perform(commands.StaffCounter(counter=2), two)
    for _n in range(2):
        office.perform(commands.IssueTicket(service_id=1), one)
    stopped = office.clock.ticks
    office.clock._sources = office.clock._sources._replace(ticks=lambda: stopped)
    office.perform(commands.CallNext(counter=1), one)
    office.perform(commands.CallNext(counter=2), two)
    calls = office.lobby_board().calls
    assert len({call.at for call in calls}) == 1
    assert [call.label for call in calls] == ["A002", "A001"]


@pytest.mark.file_only("plans")
def test_more_counters_are_read_in_as_many_looks(office: Office, one: Actor) -> None:
    """On a server each look is a way there and back, while a call waits to be shown."""
    told = {1: looks_of_boards(office, one)}
    two = sign_in(office, 2)
    office.perform(commands.StaffCounter(counter=2), two)
    told[2] = looks_of_boards(office, two, counter=2)
    assert told[1] == told[2]
    assert told[1][0] <= 16


def looks_of_boards(office: Office, officer: Actor, counter: int = 1) -> list[int]:
    """Statements of the boards of lobby, kiosk and a counter, with a visitor there and one who waits."""
    for _n in range(2):
        office.perform(commands.IssueTicket(service_id=1), officer)
    office.perform(commands.CallNext(counter=counter), officer)
    found = []
    for board in (office.lobby_board, office.kiosk_board, lambda: office.counter_board(counter)):
        board()  # a logo is read once
        said: list[str] = []
        trace_statements(store_of(office), said.append)
        board()
        trace_statements(store_of(office), None)
        found.append(len(said))
    return found


def test_calls_to_announce_come_in_the_order_of_the_log(office: Office, one: Actor) -> None:
    office.perform(commands.IssueTicket(service_id=1, priority=PriorityReason.PREGNANT), one)
    before = office.last_seq()
    office.perform(commands.CallNext(counter=1), one)
    office.perform(commands.Recall(counter=1, by_mouth=True), one)
    first, second = calls_after(office, before)
    assert (first.label, first.counter, first.attempt, first.spoken) == ("P001", 1, 1, True)
    assert (second.attempt, second.spoken) == (2, False)
    assert first.priority
    assert first.service == load_office().services[0].name
    assert calls_after(office, first.seq) == (second,)
    (shown,) = office.lobby_board().calls
    assert (shown.seq, shown.attempt, shown.at) == (0, 2, second.at)


def test_a_counter_shows_whom_it_serves(office: Office, one: Actor) -> None:
    office.perform(commands.IssueTicket(service_id=1), one)
    called = office.perform(commands.CallNext(counter=1), one)
    line = office.lobby_board().counters[0]
    assert (line.officer, line.current) == ("Siti Rahmawati", called)


def test_a_service_without_a_description_has_a_blank_one(office: Office) -> None:
    row = office.read(lambda tx: services.find(tx, 1))
    assert row is not None
    bare = msgspec.structs.replace(row, definition=msgspec.structs.replace(row.definition, description=None))
    assert boards.service_of(bare).description.indonesian == " "
