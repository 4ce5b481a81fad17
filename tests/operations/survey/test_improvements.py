"""The survey's follow-up plan: planned after one period's results, told of in the next report."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from tests.office import PASSWORD, make_office
from tests.operations.scene import Scene
from ult_desktop.base import UserError
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.figures.period import Span, parse_period
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.survey.commands import PlanImprovement, TellImprovement
from ult_desktop.core.survey.improvement import ImprovementState
from ult_desktop.operations.figures.survey_report import survey_report

SEATS = PlanImprovement(
    period="2026-T3",
    element="sarana",
    programme="Tambah kursi tunggu",
    due=date(2026, 11, 15),
    responsible="Subbagian Umum",
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    made = Scene(make_office(tmp_path_factory.mktemp("plan"), hand_clock=True))
    yield made
    made.close()


@pytest.fixture(scope="module")
def admin(scene: Scene) -> Actor:
    return scene.office.sign_in("admin", PASSWORD)


def part(scene: Scene, period: str, key: str) -> ReportPart:
    return survey_report(scene.office.read, parse_period(period), scene.clock()).part(key)


def test_a_plan_stands_in_its_own_report_and_its_state_in_the_next(scene: Scene, admin: Actor) -> None:
    planned = scene.office.perform(SEATS, admin)
    assert (planned.state, planned.period.span, planned.due) == ("planned", Span.QUARTER, "2026-11-15")
    row = ("Sarana dan prasarana", "Tambah kursi tunggu", planned.due, "Subbagian Umum")
    late = (*row, "direncanakan, lewat waktu", None)
    assert (part(scene, "2026-T3", "plan").rows, part(scene, "2026-T4", "plan").rows) == ((late,), ())
    assert part(scene, "2026-T4", "earlier_plan").rows == (late,)
    told = TellImprovement(
        improvement_id=planned.id, progress=ImprovementState.DONE, result=" 40 kursi dibeli "
    )
    assert scene.office.perform(told, admin).result == "40 kursi dibeli"
    done = (*row, "selesai", "40 kursi dibeli")
    assert part(scene, "2026-T4", "earlier_plan").rows == (done,)
    assert part(scene, "2026", "plan").rows == (done,)  # the year holds what its quarters planned


def test_what_is_open_is_told_until_it_is_over(scene: Scene, admin: Actor) -> None:
    early = msgspec.structs.replace(SEATS, period="2026-T1", due=date(2027, 6, 30), programme="Toilet")
    planned = scene.office.perform(early, admin)
    programmes = [row[1] for row in part(scene, "2026-T4", "earlier_plan").rows]
    assert programmes == ["Toilet", "Tambah kursi tunggu"]
    dropped = TellImprovement(
        improvement_id=planned.id, progress=ImprovementState.DROPPED, result="Tanpa anggaran"
    )
    scene.office.perform(dropped, admin)
    assert [row[1] for row in part(scene, "2026-T4", "earlier_plan").rows] == ["Tambah kursi tunggu"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"element": "parkir"}, "tidak ada dalam kuesioner"),
        ({"programme": "  "}, "belum lengkap"),
        ({"responsible": ""}, "belum lengkap"),
        ({"due": date(2026, 6, 30)}, "selesai sebelum"),
        ({"period": "2026-W30"}, "bukan periode"),
    ],
)
def test_a_plan_that_nobody_can_keep_is_refused(
    scene: Scene, admin: Actor, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        scene.office.perform(msgspec.structs.replace(SEATS, **changed), admin)


def test_what_came_of_it_is_told_in_words(scene: Scene, admin: Actor) -> None:
    planned = scene.office.perform(SEATS, admin)
    done = TellImprovement(improvement_id=planned.id, progress=ImprovementState.DONE)
    with pytest.raises(UserError, match="Hasil tindak lanjut belum ditulis"):
        scene.office.perform(done, admin)
    running = msgspec.structs.replace(done, progress=ImprovementState.RUNNING)
    assert scene.office.perform(running, admin).state is ImprovementState.RUNNING
    with pytest.raises(UserError, match="tidak ada"):
        scene.office.perform(msgspec.structs.replace(done, improvement_id=99), admin)


def test_who_serves_does_not_plan(scene: Scene) -> None:
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.office.perform(SEATS, Actor(station="LOKET-1", roles=frozenset({Role.FRONT_OFFICE})))
