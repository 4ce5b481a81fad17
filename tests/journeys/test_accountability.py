"""The two warnings of every POS, over several stations: who stands in for whom, and who answers for what."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.journeys.bureau import PASSWORD, Bureau
from tests.office import store_of
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.commands import (
    CollectDeviations,
    Delegate,
    ExplainDeviation,
    ReviewDeviation,
)
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.procedures.commands import TickStep
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.visits.commands import EndVisit, RecordPurpose, WelcomeVisitor
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.procedures import marks
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations

pytestmark = pytest.mark.by_engine

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SECURITY, RECEPTION, HEAD, BACK = Role.SECURITY, Role.RECEPTION, Role.HEAD, Role.BACK_OFFICE


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    bureau = Bureau(tmp_path, "bpmp-sumut")
    yield bureau
    bureau.close()


def welcomed(bureau: Bureau) -> Visit:
    visit: Visit = bureau.do(SECURITY, WelcomeVisitor())
    return visit


def found_in(bureau: Bureau, visit: Visit) -> tuple[Deviation, ...]:
    return bureau.read(lambda tx: deviations.of_visit(tx, visit.id))


def test_a_late_step_from_the_visit_to_the_heads_desk(bureau: Bureau) -> None:
    visit = welcomed(bureau)
    bureau.later(9)
    bureau.do(RECEPTION, RecordPurpose(visit_id=visit.id, purpose="informasi"))
    bureau.do(RECEPTION, EndVisit(visit_id=visit.id, ending=Ending.LEFT))
    (late,) = found_in(bureau, visit)
    assert (late.kind, late.step, late.officer) == (DeviationKind.TIME, 2, "Rina Lestari")
    assert late.state is DeviationState.OPEN
    told = ExplainDeviation(
        deviation_id=late.id,
        cause="Dua tamu sekaligus",
        correction="Dibantu petugas loket",
        responsible="rina",
    )
    bureau.do(RECEPTION, told)
    with pytest.raises(UserError, match="tidak berwenang"):
        bureau.do(RECEPTION, ReviewDeviation(deviation_id=late.id, verdict=DeviationState.ACCEPTED))
    bureau.do(HEAD, ReviewDeviation(deviation_id=late.id, verdict=DeviationState.ACCEPTED))
    (closed,) = found_in(bureau, visit)
    assert (closed.state, closed.reviewed_by) == (DeviationState.ACCEPTED, "Kepala Balai")


def test_two_stations_notice_the_same_overdue_day_and_it_is_written_once(bureau: Bureau) -> None:
    visit = welcomed(bureau)
    kiosk = bureau.kiosk
    store_of(kiosk).write(
        lambda tx: tx.run("UPDATE visit SET procedure_id = 'kepri-daring', procedure_version = 1")
    )
    received = Mark(at=bureau.clock.now, event=StepEvent.REQUEST_RECEIVED)
    store_of(kiosk).write(lambda tx: marks.add(tx, visit.id, received, "uji"))
    bureau.set_time("2026-11-26 08:00")
    noticed = [
        bureau.office_of(role).read(lambda tx: visits_with_new_deviations(tx, bureau.clock.now))
        for role in (HEAD, BACK)
    ]
    assert noticed == [(visit.id,), (visit.id,)]
    made = [bureau.do(role, CollectDeviations(visits=(visit.id,))) for role in (HEAD, BACK)]
    assert made == [1, 0]
    assert [each.kind for each in found_in(bureau, visit)] == [DeviationKind.TIME]


def test_security_stands_in_for_the_absent_receptionist_until_the_letter_ends(bureau: Bureau) -> None:
    letter = Delegate(
        absent="rina",
        delegate="amir",
        first_day=MONDAY,
        last_day=MONDAY,
        letter_number="7/ST/2026",
        letter_date=MONDAY,
    )
    bureau.do(HEAD, letter)
    office = bureau.office_of(SECURITY)
    amir = office.sign_in("amir", PASSWORD)
    visit = welcomed(bureau)
    office.perform(RecordPurpose(visit_id=visit.id, purpose="informasi"), amir)
    office.perform(TickStep(visit_id=visit.id, step=4), amir)
    rina = bureau.officer_id(RECEPTION)
    assert [bureau.step(visit.id, number).for_officer_id for number in (1, 2, 4)] == [None, rina, rina]
    assert bureau.steps(visit.id, StepState.IN_TIME) == [1, 2, 4]
    bureau.set_time(f"{TUESDAY} 08:00")
    second = welcomed(bureau)
    with pytest.raises(UserError, match="tidak berwenang"):
        office.perform(RecordPurpose(visit_id=second.id, purpose="informasi"), amir)
