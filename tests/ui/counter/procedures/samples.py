"""Visits as the steps' rail is given them, worked out by the engine itself."""

from collections.abc import Sequence

from tests.core.procedures.runs import CALENDAR, POS, TOWN, at, event, tick
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import progress
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.visits.visit import Visit, VisitChannel
from ult_desktop.db.visits.visit_steps import VisitSteps

ZONE = TOWN.zone
PEOPLE = {7: "Nina Kartika", 8: "Siti Rahmawati"}
IN_HAND = (
    event(StepEvent.WELCOMED, "09:02"),
    event(StepEvent.ARRIVED, "09:02"),
    event(StepEvent.PURPOSE_RECORDED, "09:08"),
    event(StepEvent.GUEST_BOOK_FILLED, "09:10"),
    event(StepEvent.TICKET_ISSUED, "09:10"),
    tick(4, "09:11"),
    event(StepEvent.TICKET_CALLED, "09:32"),
    event(StepEvent.TICKET_CHECKED, "09:33"),
    tick(7, "09:35", MarkKind.WAIVE, "Sudah diverifikasi resepsionis"),
    event(StepEvent.CASE_OPENED, "09:37"),
)
ANSWERED = (*IN_HAND, event(StepEvent.OUTCOME_SET, "09:39", "tersedia"), event(StepEvent.ANSWERED, "09:41"))


def visit(name: str = "sumut-tatap-muka", ended: str = "", number: int = 1) -> Visit:
    return Visit(
        id=number,
        day="2026-11-23",
        channel=VisitChannel.FACE_TO_FACE,
        began_at=at("09:00"),
        ended_at=at(ended) if ended else None,
        ending="done" if ended else "",
        remark="",
        ticket_id=None,
        label=None,
        service_id=None,
        purpose="",
        vulnerable=False,
        procedure_id=name,
        procedure_version=1,
        follows=None,
        belated=False,
    )


def seen(
    marks: Sequence[Mark] = IN_HAND,
    now: str = "09:38",
    *,
    of: Visit | None = None,
    pause: Pause | None = None,
) -> VisitSteps:
    of = of or visit()
    procedure = POS[of.procedure_id or ""]
    pauses = [] if pause is None else [pause]
    found = progress(procedure, of.began_at, marks, pauses, CALENDAR, at(now), of.ended_at)
    return VisitSteps(visit=of, procedure=procedure, progress=found, people=PEOPLE, pause=pause, at=at(now))
