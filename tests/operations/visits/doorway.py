"""People who come in by the door, with security and reception at work."""

from typing import Any

from tests.office import PASSWORD, cheap_hash, choose_password
from tests.operations.scene import Scene
from tests.personal import all_keys
from ult_desktop.core.access import commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.command import Command
from ult_desktop.core.privacy.commands import OpenPersonal
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.visits.commands import WelcomeVisitor
from ult_desktop.core.visits.guest_book import VisitCard
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.procedures import marks
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.guests import visit_card
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.procedures.procedures import load_procedure

FACE_TO_FACE = "sumut-tatap-muka"


class Doorway:
    """Security (`guard`) and reception (`desk`) of a scene, and what became of their visits."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.admin = scene.office.sign_in("admin", PASSWORD)
        self.guard = self._hire(Role.SECURITY, "Pak Amir")
        self.desk = self._hire(Role.RECEPTION, "Rina Lestari")

    def _hire(self, role: Role, name: str) -> Actor:
        login = f"jaga-{role}"
        add = commands.AddOfficer(login=login, name=name, roles=(role,), password_hash=cheap_hash())
        self.scene.office.perform(add, self.admin)
        choose_password(self.scene.office, login)
        with all_keys(self.scene.office):
            return self.scene.office.sign_in(login, PASSWORD)

    def run_only(self, procedure: str) -> None:
        """The office runs this one for who comes in person."""
        self.scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), self.admin)
        self.scene.office.perform(AdoptProcedure(procedure=load_procedure(procedure)), self.admin)

    def run_none(self) -> None:
        for procedure in ("kaltara-helpdesk", "dki-kelompok-rentan"):
            self.scene.office.perform(RetireProcedure(procedure_id=procedure), self.admin)

    def welcome(self) -> Visit:
        visit: Visit = self.scene.office.perform(WelcomeVisitor(), self.guard)
        return visit

    def do(self, command: Command, by: Actor | None = None) -> Any:  # noqa: ANN401  (each ask has its own answer)
        return self.scene.office.perform(command, by or self.desk)

    def visit(self, visit_id: int) -> Visit:
        return self.scene.office.read(lambda tx: visits.get(tx, visit_id))

    def of_ticket(self, ticket_id: int) -> Visit:
        found = self.scene.office.read(lambda tx: visits.of_ticket(tx, ticket_id))
        assert found is not None
        return found

    def card(self, visit_id: int) -> VisitCard:
        found = self.scene.office.read(lambda tx: visit_card(tx, visit_id))
        assert found is not None
        return found

    def opened(self, visit_id: int) -> VisitCard:
        """Return the fields in clear, as reception sees them when it asks for that."""
        found: VisitCard = self.do(OpenPersonal(visit_id=visit_id)).card
        return found

    def marks(self, visit_id: int) -> tuple[Mark, ...]:
        return self.scene.office.read(lambda tx: marks.of_visit(tx, visits.get(tx, visit_id)))

    def events(self, visit_id: int) -> list[str]:
        """The marks as "event" or "event:branch"."""
        return [f"{m.event}:{m.branch}" if m.branch else str(m.event) for m in self.marks(visit_id)]

    def state(self, visit_id: int, step: int) -> StepState:
        seen = self.scene.office.read(lambda tx: visit_steps(tx, visit_id, self.scene.clock.now))
        assert seen is not None
        return seen.progress.of_step(step).state
