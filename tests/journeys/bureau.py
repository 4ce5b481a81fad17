"""A whole office on one file: every role at a station of its own, one clock in the test's hand."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from tests.office import cheap_hash, choose_password, make_office, open_office
from tests.operations.scene import MINUTE, HandClock
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.command import Command
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.progress import Progress, StepProgress, StepState, progress
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.procedures import marks, pauses, procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office

T = TypeVar("T")
PASSWORD = "rahasia-kita"
PEOPLE = {
    Role.SECURITY: ("amir", "Amir Hamzah"),
    Role.RECEPTION: ("rina", "Rina Lestari"),
    Role.HELPDESK: ("hadi", "Hadi Pranoto"),
    Role.PHONE: ("tuti", "Tuti Handayani"),
    Role.BACK_OFFICE: ("bambang", "Bambang Sutrisno"),
    Role.RELATED_UNIT: ("ucok", "Ucok Siregar"),
    Role.PPID: ("putri", "Putri Ayu"),
    Role.HEAD: ("pimpinan", "Kepala Balai"),
}
FRONT = (Role.FRONT_OFFICE, "siti")


class Bureau:
    """Stations of one office; `do(role, ask)` acts at that role's own PC.

    Args:
        folder: where the office's file lies.
        template: the ready-made office whose procedures run.
        when: the office's own wall clock.
    """

    def __init__(self, folder: Path, template: str, when: str = "2026-11-23 08:00") -> None:
        self.path = make_office(folder, template, always_open=False)
        self.clock = HandClock(0)
        self.kiosk = self._station("kios")
        self.zone = self.kiosk.read(office_rows.load).settings.office.zone
        self.set_time(when)
        self._desks: dict[Role, tuple[Office, Actor]] = {}
        self._engage()
        self.service = {row.definition.prefix: row.id for row in self.kiosk.read(services.active)}

    def _station(self, name: str) -> Office:
        office = open_office(self.path, name)
        office.clock = self.clock
        return office

    def _engage(self) -> None:
        admin = self.kiosk.sign_in("admin", PASSWORD)
        people = {**PEOPLE, Role.FRONT_OFFICE: ("loket", "Siti Rahmawati")}
        for role, (login, name) in people.items():
            add = officer_commands.AddOfficer(
                login=login, name=name, roles=(role,), password_hash=cheap_hash()
            )
            self.kiosk.perform(add, admin)
            choose_password(self.kiosk, login)
            station = self._station(f"pc-{role}")
            self._desks[role] = (station, station.sign_in(login, PASSWORD))
        self.kiosk.sign_in("admin", PASSWORD)  # who has the keys gives them to everybody new
        self.kiosk.sign_out()
        for station, _actor in self._desks.values():
            station.keys.reload()

    def set_time(self, when: str) -> None:
        """The office's own wall clock, "2026-11-23 09:00"."""
        self.clock.now = to_stamp(datetime.fromisoformat(when).replace(tzinfo=self.zone))

    def later(self, minutes: float) -> None:
        self.clock.now += round(minutes * MINUTE)

    def do(self, role: Role, command: Command) -> Any:  # noqa: ANN401  (each ask has its own answer)
        """Perform as the officer of that role, at that officer's own station."""
        office, actor = self._desks[role]
        return office.perform(command, actor)

    def officer_id(self, role: Role) -> int:
        officer_id = self._desks[role][1].officer_id
        assert officer_id is not None
        return officer_id

    def office_of(self, role: Role) -> Office:
        return self._desks[role][0]

    def read(self, query: Callable[[Transaction], T]) -> T:
        return self.kiosk.read(query)

    def at_kiosk(self, command: Command) -> Any:  # noqa: ANN401
        """Act as a visitor at the kiosk: the station itself acts."""
        return self.kiosk.perform(command, Actor(station="kios"))

    def serve(self, counter: int, calls: float = 1, walks: float = 1) -> Ticket:
        """The front office calls the next and receives him; minutes before the call and on the way."""
        self.later(calls)
        self.do(Role.FRONT_OFFICE, commands.CallNext(counter=counter))
        self.later(walks)
        ticket: Ticket = self.do(Role.FRONT_OFFICE, commands.Arrive(counter=counter))
        return ticket

    def visit_of(self, ticket: Ticket) -> Visit:
        found = self.kiosk.read(lambda tx: visits.of_ticket(tx, ticket.id))
        assert found is not None
        return found

    def progress(self, visit_id: int) -> Progress:
        """The steps of a visit as they stand now."""
        return self.kiosk.read(lambda tx: self._progress(tx, visit_id))

    def _progress(self, tx: Transaction, visit_id: int) -> Progress:
        visit = visits.get(tx, visit_id)
        assert visit.procedure_id is not None
        assert visit.procedure_version is not None
        return progress(
            procedures.load(tx, visit.procedure_id, visit.procedure_version),
            visit.began_at,
            marks.of_visit(tx, visit),
            pauses.of_each(tx, [visit_id])[0],
            WorkingCalendar(office_rows.load(tx).settings),
            self.clock.now,
            visit.ended_at,
        )

    def steps(self, visit_id: int, *states: StepState) -> list[int]:
        """The numbers of the steps in one of these states."""
        return [step.step for step in self.progress(visit_id).steps if step.state in states]

    def step(self, visit_id: int, number: int) -> StepProgress:
        return self.progress(visit_id).of_step(number)

    def close(self) -> None:
        """Everything the stations did stands to reason."""
        assert self.kiosk.verify().findings == ()
        for office in (self.kiosk, *(office for office, _actor in self._desks.values())):
            office.close()
