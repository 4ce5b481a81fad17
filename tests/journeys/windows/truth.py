"""The script of a journey, laid beside what the program says of it."""

from typing import NamedTuple

from tests.journeys.windows.house import NAMES, JourneyOffice
from tests.ui.conftest import Picture
from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.progress import StepProgress, StepState
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import deviations
from ult_desktop.ui.counter.accountability.deviations_page import DeviationsPage

DAY = "2026-11-23"


class StepTruth(NamedTuple):
    """How a step ended, the office's minutes that it took, and who did it; None is nobody of the office."""

    state: StepState
    minutes: float = 0
    role: Role | None = None


def require_true(house: JourneyOffice, visit_id: int, script: dict[int, StepTruth]) -> None:
    """The program knows of every step what the script says, and of no other."""
    bureau = house.bureau
    names = {officer.id: officer.name for officer in bureau.read(officers.everybody)}

    def said(step: StepProgress) -> tuple[StepState, float, str]:
        return step.state, step.spent_ms / 60_000, names.get(step.officer_id or 0, "")

    told = {step.step: said(step) for step in bureau.progress(visit_id).steps}
    assert told == {
        number: (truth.state, truth.minutes, NAMES[truth.role] if truth.role else "")
        for number, truth in script.items()
    }


def require_register(house: JourneyOffice, picture: Picture, name: str, *rows: str) -> None:
    """The head's register of the day has these rows, in their own words, and nothing else."""
    head = house.desk(Role.HEAD)
    page = head.open(DeviationsPage)
    for words in rows:
        head.row(page.list, words)
    picture(head.window, name)
    assert len(house.bureau.read(lambda tx: deviations.between(tx, DAY, DAY))) == len(rows)
    assert page.list.count == len(rows)
