"""An office with every desk that works on cases, told in the words of those desks."""

from typing import Any

import pytest

from tests.office import PASSWORD, cheap_hash, choose_password
from tests.operations.scene import Scene
from tests.personal import all_keys
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.case import Case
from ult_desktop.core.cases.case_views import CaseCard, CaseInbox
from ult_desktop.core.cases.commands import Escalate, OpenCase
from ult_desktop.core.cases.escalation import CaseDesk, Escalation
from ult_desktop.core.command import Command
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.accountability.delegations import acting_ids
from ult_desktop.db.cases import cases
from ult_desktop.db.cases.case_views import case_card, inbox
from ult_desktop.db.procedures import marks
from ult_desktop.db.queue import servings
from ult_desktop.db.visits import visits
from ult_desktop.operations.procedures.procedures import load_procedure

PEOPLE = {
    "bela": ("Bela Back", Role.BACK_OFFICE),
    "bono": ("Bono Back", Role.BACK_OFFICE),
    "umar": ("Umar Unit", Role.RELATED_UNIT),
    "putri": ("Putri PPID", Role.PPID),
    "hadi": ("Hadi Helpdesk", Role.HELPDESK),
    "hana": ("Hana Helpdesk", Role.HELPDESK),
}
LATER = "2026-11-25 10:00"


class Desks:
    """A scene whose people have names; `siti` and `budi` sit at the counters 1 and 2."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._actors: dict[str, Actor] = {}
        for login, (name, role) in PEOPLE.items():
            add = officer_commands.AddOfficer(
                login=login, name=name, roles=(role,), password_hash=cheap_hash()
            )
            self.do(add, "admin")
            choose_password(scene.office, login)

    def actor(self, login: str) -> Actor:
        if login not in self._actors:
            with all_keys(self.scene.office):
                self._actors[login] = self.scene.office.sign_in(login, PASSWORD)
        return self._actors[login]

    def id(self, login: str) -> int:
        return self.actor(login).officer_id or 0

    def do(self, command: Command, login: str = "siti", request: str = "") -> Any:  # noqa: ANN401  (each ask has its own answer)
        """Perform a second after what was before."""
        self.scene.clock.now += 1000
        return self.scene.office.perform(command, self.actor(login), request)

    def refused(self, command: Command, login: str = "siti", words: str = "") -> None:
        """Refused with these words, says what is safe, and changes nothing."""
        self.actor(login)  # a first sign-in writes a key
        before = self.scene.dump()
        with pytest.raises(UserError, match=words) as refusal:
            self.do(command, login)
        assert refusal.value.what
        assert refusal.value.safe
        assert self.scene.dump() == before

    def run_only(self, *procedures: str) -> None:
        """Exactly these POS are in force."""
        for known in ("kaltara-helpdesk", "sumut-telepon", "kepri-daring", "dki-kelompok-rentan"):
            self.do(RetireProcedure(procedure_id=known), "admin")
        for name in procedures:
            self.do(AdoptProcedure(procedure=load_procedure(name)), "admin")

    def visitor(self, name: str = "Ani Guru", priority: PriorityReason | None = None) -> int:
        """Somebody with a number is at counter 1, and in the guest book; the visit's id."""
        if self.scene.office.read(lambda tx: servings.open_at_counter(tx, 1)) is not None:
            self.scene.do(commands.Finish(counter=1))
        ticket = self.scene.take("A", priority)
        self.scene.do(commands.CallTicket(counter=1, ticket_id=ticket.id))
        self.scene.do(commands.Arrive(counter=1))
        visit = self.scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
        assert visit is not None
        self.do(SignGuestBook(visit_id=visit.id, name=name, institution="SDN 1", phone="081100000011"))
        return visit.id

    def case(self, detail: str = "Tunjangan belum cair", login: str = "siti") -> Case:
        found: Case = self.do(OpenCase(visit_id=self.visitor(), detail=detail), login)
        return found

    def escalated(self, to: CaseDesk = CaseDesk.BACK_OFFICE) -> tuple[Case, Escalation]:
        case = self.case()
        hop: Escalation = self.do(Escalate(case_id=case.id, instruction="Mohon dicek", to=to))
        return self.now(case), hop

    def now(self, case: Case) -> Case:
        """Return the case as it is now."""
        return self.scene.office.read(lambda tx: cases.get(tx, case.id))

    def card(self, case: Case) -> CaseCard:
        found = self.scene.office.read(lambda tx: case_card(tx, case.id))
        assert found is not None
        return found

    def inbox(self, login: str, *desks: CaseDesk) -> CaseInbox:
        me, now = self.id(login), self.scene.clock.now
        return self.scene.office.read(lambda tx: inbox(tx, acting_ids(tx, me, now), desks, now))

    def marks(self, case: Case) -> list[str]:
        """The events of the case's visit, each with its branch, in order."""
        return self.marks_of(case.visit_id)

    def marks_of(self, visit_id: int) -> list[str]:
        def read(visit: Visit) -> list[str]:
            found = self.scene.office.read(lambda tx: marks.of_visit(tx, visit))
            queue = {StepEvent.TICKET_ISSUED, StepEvent.TICKET_CALLED, StepEvent.TICKET_CHECKED}
            written = [mark for mark in found if mark.event not in queue | {StepEvent.GUEST_BOOK_FILLED}]
            return [f"{mark.event}:{mark.branch}" if mark.branch else str(mark.event) for mark in written]

        return read(self.scene.office.read(lambda tx: visits.get(tx, visit_id)))

    def kinds(self, case: Case) -> list[str]:
        return [line.kind for line in self.card(case).timeline]
