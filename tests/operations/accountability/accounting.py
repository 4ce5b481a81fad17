"""An office at work under the procedures, as far as steps and accounts need it."""

from datetime import date

from tests.office import PASSWORD, store_of
from tests.operations.scene import Scene
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability.commands import Delegate
from ult_desktop.core.accountability.deviations import Deviation
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.visits.commands import WelcomeVisitor
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.procedures import marks
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations.procedures.procedures import load_procedure

TODAY = date(2026, 11, 23)


def actor(scene: Scene, login: str) -> Actor:
    return scene.office.sign_in(login, PASSWORD)


def run_face_to_face(scene: Scene) -> None:
    """The office runs the POS of Sumut for who comes in person: it has the steps to be ticked."""
    admin = actor(scene, "admin")
    scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), admin)
    scene.office.perform(AdoptProcedure(procedure=load_procedure("sumut-tatap-muka")), admin)
    for login in ("nina", "siti", "joko"):  # reception, front office and security are on duty
        actor(scene, login)


def welcome(scene: Scene) -> Visit:
    visit: Visit = scene.office.perform(WelcomeVisitor(), actor(scene, "joko"))
    return visit


def happened(scene: Scene, visit: Visit, event: StepEvent, branch: str = "") -> None:
    mark = Mark(at=scene.clock.now, event=event, branch=branch)
    store_of(scene.office).write(lambda tx: marks.add(tx, visit.id, mark, "uji"))


def steps(scene: Scene, visit: Visit) -> VisitSteps:
    found = scene.office.read(lambda tx: visit_steps(tx, visit.id, scene.clock.now))
    assert found is not None
    return found


def found_in(scene: Scene, visit: Visit) -> tuple[Deviation, ...]:
    return scene.office.read(lambda tx: deviations.of_visit(tx, visit.id))


def by_letter(absent: str = "siti", to: str = "nina", first: date = TODAY, last: date = TODAY) -> Delegate:
    return Delegate(
        absent=absent,
        delegate=to,
        first_day=first,
        last_day=last,
        letter_number="12/ST/2026",
        letter_date=TODAY,
    )
