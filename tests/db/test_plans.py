"""The cost of a day does not grow with the years: no hot query walks through tickets, turns or events.

The SQL is collected by carrying out every operation and reading every board on an office with history.
"""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.plan_judge import faults
from tests.office import PASSWORD, calls_after, cheap_hash, open_office, sign_in, store_of, trace_statements
from tests.samples import KEY_COMMANDS
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.ticket import PaperState, PriorityReason
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store.connection import open_file
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.register import every_operation

pytestmark = pytest.mark.file_only("plans")


def add_history(link: sqlite3.Connection, days: int = 60, a_day: int = 50) -> None:
    """Closed days behind today, as they stand after years."""
    link.execute("BEGIN")
    for n in range(days * a_day):
        day, number = f"2020-{1 + n // a_day // 28:02}-{1 + n // a_day % 28:02}", n % a_day + 1
        link.execute(
            "INSERT INTO ticket (code, day, series, number, label, service_id, state, place, issued_at,"
            " queued_at, turn_id) VALUES (?, ?, 'A', ?, 'A', 1, 'done', 'fresh', ?, ?, NULL)",
            (f"h{n}", day, number, n, n),
        )
        link.execute(
            "INSERT INTO turn (ticket_id, counter, service_id, day, priority, called_at, recalled_at, calls,"
            " arrived_at, ended_at, outcome) VALUES (last_insert_rowid(), 1, 1, ?, 0, ?, ?, 1, ?, ?, 'done')",
            (day, n, n, n, n),
        )
        link.execute(
            "INSERT INTO event VALUES (?, ?, 's', NULL, 'ticket.issued', 'queue', 1, '{}', ?, ?, 1)",
            (n + 1, n, f"h{n}", "0" * 64),
        )
    link.execute("COMMIT")


class PlannedDay:
    """A day at the office: every ask once at least; `done` are the asks that were carried out."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.done: set[str] = set()
        self.one, self.two = sign_in(office, 1), sign_in(office, 2)

    def do(self, command: Command, by: Actor | None = None) -> int:
        self.done.add(type(command).__name__)
        answer = self.office.perform(command, by or self.one)
        return int(getattr(getattr(answer, "ticket", answer), "id", 0))

    def run(self) -> None:
        self.do(commands.StaffCounter(counter=1))
        self.do(commands.StaffCounter(counter=2), self.two)
        number = commands.IssueTicket(service_id=1, at_kiosk=True, priority=PriorityReason.ELDERLY)
        taken = [self.do(number) for _n in range(4)][-1]
        self.do(commands.ReportPaper(ticket_id=taken, paper=PaperState.PRINTED))
        self.miss_and_return()
        self.hold_another()
        self.serve()
        self.manage()
        look_at_everything(self.office, taken)
        self.do(commands.CloseDay(reason="Tutup"))

    def miss_and_return(self) -> None:
        called = self.do(commands.CallNext(counter=1))
        self.do(commands.Recall(counter=1))
        self.do(commands.NoShow(counter=1))
        self.do(commands.Undo(counter=1))
        self.do(commands.NoShow(counter=1))
        self.do(commands.ComeBack(ticket_id=called))
        self.do(commands.CallTicket(counter=1, ticket_id=called))
        self.do(commands.Hold(ticket_id=called))
        self.do(commands.Resume(ticket_id=called))

    def serve(self) -> None:
        self.do(commands.CallNext(counter=1))
        self.do(commands.Arrive(counter=1))
        self.do(commands.Transfer(counter=1, to_counter=2))
        self.do(commands.CallNext(counter=2), self.two)
        self.do(commands.Arrive(counter=2), self.two)
        self.do(commands.Finish(counter=2), self.two)
        self.do(commands.WalkIn(counter=1, service_id=1))
        self.do(commands.Finish(counter=1))
        self.do(commands.Cancel(ticket_id=self.do(commands.IssueTicket(service_id=2))))

    def hold_another(self) -> None:
        """Another number is in the hand of who comes than the one that was called."""
        self.do(commands.IssueTicket(service_id=1))
        self.do(commands.CallNext(counter=1))
        shown = self.do(commands.IssueTicket(service_id=1))
        label = self.office.read(lambda tx: tickets.get(tx, shown)).label
        self.do(commands.NoteMismatch(counter=1, shown=label))

    def manage(self) -> None:
        admin = self.office.sign_in("admin", PASSWORD)
        self.do(commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Istirahat"))
        self.do(commands.LeaveCounter(counter=1))
        self.do(commands.PauseKiosks(reason="Rapat"))
        self.do(
            officer_commands.AddOfficer(
                login="baru", name="Baru", roles=("head",), password_hash=cheap_hash()
            ),
            admin,
        )
        self.do(officer_commands.SetPassword(login="baru", password_hash=cheap_hash()), admin)
        self.do(officer_commands.ChangeRoles(login="baru", roles=("security",)), admin)
        self.do(officer_commands.EditOfficer(login="baru", name="Baru", usual_counter=1), admin)
        self.do(officer_commands.RetireOfficer(login="baru"), admin)
        self.do(officer_commands.ReturnOfficer(login="baru"), admin)
        self.do(officer_commands.ChangeOwnPassword(password_hash=cheap_hash()), self.two)
        self.do(officer_commands.ResetAdmin(login="admin", password_hash=cheap_hash()), admin)
        self.do(officer_commands.SeeNotices(), admin)


def look_at_everything(office: Office, ticket_id: int) -> None:
    office.kiosk_board()
    assert office.lobby_board().calls
    office.counter_board(1)
    assert calls_after(office, 3000)
    office.hall_board()
    office.last_seq()
    office.officers()
    assert office.find_ticket("P001")
    office.find_ticket("KODE")
    office.read(lambda tx: (servings.served_by(tx, 1), servings.open_of_ticket(tx, ticket_id)))
    office.report_presence(Presence(name="uji", mode="kiosk", version="1", boot="b", seen_at=1))


@pytest.fixture
def day(office_file: Path) -> Iterator[tuple[sqlite3.Connection, set[str], set[str]]]:
    """A file with history, the SQL of a day, and the asks that made it."""
    link = open_file(office_file)
    add_history(link)
    office, said = open_office(office_file), set[str]()
    office.clock.hold()  # it ran through the silence since that history
    office.last_seq()
    trace_statements(store_of(office), said.add)
    day = PlannedDay(office)
    day.run()
    office.close()
    yield link, said, day.done
    link.close()


def test_no_hot_query_walks_through_history(day: tuple[sqlite3.Connection, set[str], set[str]]) -> None:
    link, said, done = day
    homes = {commands.__name__, officer_commands.__name__}
    meant = {kind for kind in every_operation() if kind.__module__ in homes} - KEY_COMMANDS
    # Of seats for vulnerable visitors, which this day has none of, and of a day that a wrong clock began.
    meant -= {commands.TakeSeat, commands.GiveSeatBack, commands.TakeBackDay}
    assert done == {command.__name__ for command in meant}
    queries = {sql for sql in said if sql.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))}
    assert len({re.sub(r"'[^']*'|\d+", "?", sql) for sql in queries}) > 30
    assert {sql: wrong for sql in sorted(queries) if (wrong := faults(link, sql))} == {}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM ticket WHERE label = 'A001'",
        "SELECT count(*) FROM turn u WHERE u.outcome = 'done'",
        "SELECT t.id FROM service s JOIN ticket t ON t.service_id = s.id",
        "UPDATE ticket SET remark = '' WHERE state = 'done'",
        "SELECT * FROM event ORDER BY at DESC LIMIT 1",
    ],
)
def test_the_judge_knows_a_slow_query(office_file: Path, sql: str) -> None:
    link = open_file(office_file)
    assert faults(link, sql)
    link.close()
