"""Ticks, waivers, stopped clocks and missing inputs."""

import msgspec
import pytest

from tests.office import cheap_hash, choose_password, store_of
from tests.operations.accountability.accounting import (
    actor,
    by_letter,
    found_in,
    happened,
    run_face_to_face,
    steps,
    welcome,
)
from tests.operations.scene import MINUTE, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import AddOfficer
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.command import Command
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.commands import (
    AdoptProcedure,
    PauseClock,
    RecordMissingInput,
    ResumeClock,
    RetireProcedure,
    TakeTimeNeeded,
    TickStep,
    WaiveStep,
)
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.procedures.rounds import MarkKind
from ult_desktop.core.visits.commands import EndVisit, RecordPurpose
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.procedures import marks, pauses
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.procedures.procedures import load_procedure


@pytest.fixture
def visit(scene: Scene) -> Visit:
    """Somebody came in at 09.00; security welcomed him."""
    run_face_to_face(scene)
    return welcome(scene)


def by_nina(scene: Scene, command: Command) -> None:
    scene.office.perform(command, actor(scene, "nina"))


def test_a_tick_completes_its_step_and_names_who_did_it(scene: Scene, visit: Visit) -> None:
    happened(scene, visit, StepEvent.TICKET_ISSUED)
    scene.later(1)
    by_nina(scene, TickStep(visit_id=visit.id, step=4))
    found = steps(scene, visit)
    step = found.progress.of_step(4)
    assert (step.state, step.ended_at) == (StepState.IN_TIME, scene.clock.now)
    assert found.people[step.officer_id or 0] == "Nina Kartika"
    assert step.for_officer_id is None
    assert scene.kinds()[-1] == "step.ticked"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (TickStep(visit_id=1, step=2), "dengan sendirinya"),
        (TickStep(visit_id=1, step=99), "tidak ada"),
        (TickStep(visit_id=1, step=4, branch="entah"), "Cabang"),
        (TickStep(visit_id=99, step=4), "tidak ada"),
        (WaiveStep(visit_id=1, step=4, reason=" "), "alasan"),
        (WaiveStep(visit_id=1, step=1, reason="Sudah"), "sudah selesai"),
        (PauseClock(visit_id=1, reason=" ", asked_by=AskedBy.VISITOR), "alasan"),
        (ResumeClock(visit_id=1), "sedang berjalan"),
        (RecordMissingInput(visit_id=1, step=2, items=("Kuda",)), "Kuda"),
    ],
)
def test_what_is_refused(scene: Scene, visit: Visit, command: Command, words: str) -> None:
    assert visit.id == 1
    scene.refused(command, words=words)


def test_a_step_is_ticked_once_and_in_open_visits_only(scene: Scene, visit: Visit) -> None:
    by_nina(scene, TickStep(visit_id=visit.id, step=4))
    scene.refused(TickStep(visit_id=visit.id, step=4), words="sudah selesai")
    by_nina(scene, EndVisit(visit_id=visit.id))
    scene.refused(TickStep(visit_id=visit.id, step=4), words="sudah ditutup")


def test_a_waived_step_stands_with_its_reason(scene: Scene, visit: Visit) -> None:
    by_nina(scene, WaiveStep(visit_id=visit.id, step=2, reason=" Keperluan sudah diketahui "))
    step = steps(scene, visit).progress.of_step(2)
    assert (step.state, step.reason) == (StepState.WAIVED, "Keperluan sudah diketahui")
    assert "diketahui" not in scene.events()[-1].data


def test_the_clock_stands_while_the_visitor_is_away(scene: Scene, visit: Visit) -> None:
    scene.later(1)
    by_nina(scene, PauseClock(visit_id=visit.id, reason="Mengambil berkas", asked_by=AskedBy.VISITOR))
    scene.refused(
        PauseClock(visit_id=visit.id, reason="Menelepon", asked_by=AskedBy.VISITOR), words="sudah dihentikan"
    )
    scene.later(29)
    paused = steps(scene, visit)
    assert paused.pause is not None
    assert (paused.pause.reason, paused.progress.of_step(2).spent_ms) == ("Mengambil berkas", MINUTE)
    by_nina(scene, ResumeClock(visit_id=visit.id))
    scene.later(1)
    assert (steps(scene, visit).pause, steps(scene, visit).progress.of_step(2).spent_ms) == (None, 2 * MINUTE)


def test_a_pause_ends_by_itself_after_the_usual_time_of_its_reason(scene: Scene, visit: Visit) -> None:
    by_nina(scene, PauseClock(visit_id=visit.id, reason="menelepon", asked_by=AskedBy.OFFICER))
    scene.later(9)
    running = steps(scene, visit)
    assert running.pause is not None
    assert running.pause.words == "Menelepon, diminta petugas"
    assert running.progress.of_step(2).spent_ms == 0
    scene.later(6)
    over = steps(scene, visit)
    assert (over.pause, over.progress.of_step(2).spent_ms) == (None, 5 * MINUTE)
    scene.refused(ResumeClock(visit_id=visit.id), words="sedang berjalan")
    by_nina(scene, PauseClock(visit_id=visit.id, reason="Menelepon", asked_by=AskedBy.VISITOR))
    assert steps(scene, visit).pause is not None


def test_a_reason_that_the_office_does_not_know_stops_no_clock(scene: Scene, visit: Visit) -> None:
    pause = PauseClock(visit_id=visit.id, reason="Sebentar", asked_by=AskedBy.VISITOR)
    scene.refused(pause, words="daftar kantor")


def test_missing_inputs_are_a_deviation_once(scene: Scene, visit: Visit) -> None:
    command = RecordMissingInput(visit_id=visit.id, step=3, items=("Nomor Antrian", "Mesin Antrian"))
    by_nina(scene, command)
    (found,) = found_in(scene, visit)
    assert (found.kind, found.step, found.officer) == (DeviationKind.EQUIPMENT, 3, "Nina Kartika")
    assert found.item == "Nomor Antrian; Mesin Antrian"
    scene.refused(command, words="sudah tercatat")


def test_a_visit_without_a_procedure_has_no_steps(scene: Scene) -> None:
    scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), actor(scene, "admin"))
    visit = welcome(scene)
    assert scene.office.read(lambda tx: visit_steps(tx, visit.id, 0)) is None
    scene.refused(TickStep(visit_id=visit.id, step=1), words="tidak ada")
    by_nina(scene, EndVisit(visit_id=visit.id))
    assert found_in(scene, visit) == ()


def test_a_station_ticks_nothing(scene: Scene, visit: Visit) -> None:
    kiosk = actor(scene, "nina")
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.office.perform(TickStep(visit_id=visit.id, step=4), type(kiosk)(station="kiosk-1"))


def test_a_forgotten_pause_hides_no_later_delay(scene: Scene, visit: Visit) -> None:
    by_nina(scene, PauseClock(visit_id=visit.id, reason="Mengambil berkas", asked_by=AskedBy.VISITOR))
    scene.later(2)
    by_nina(scene, RecordPurpose(visit_id=visit.id, purpose="informasi"))
    assert steps(scene, visit).pause is None
    data = StepEvent.GUEST_BOOK_FILLED
    for event in (data, StepEvent.TICKET_ISSUED, StepEvent.TICKET_CALLED, StepEvent.TICKET_CHECKED):
        happened(scene, visit, event)
    scene.later(30)
    happened(scene, visit, StepEvent.IDENTITY_VERIFIED)
    assert steps(scene, visit).progress.of_step(7).state is StepState.LATE


def test_a_tick_ends_a_forgotten_pause(scene: Scene, visit: Visit) -> None:
    by_nina(scene, PauseClock(visit_id=visit.id, reason="Mengambil berkas", asked_by=AskedBy.VISITOR))
    by_nina(scene, TickStep(visit_id=visit.id, step=4))
    assert steps(scene, visit).pause is None


def test_the_programs_own_pause_stays(scene: Scene, visit: Visit) -> None:
    begin = scene.clock.now
    store_of(scene.office).write(
        lambda tx: pauses.begin_by_program(tx, visit.id, Pause(from_at=begin, reason="Menunggu janji temu"))
    )
    by_nina(scene, TickStep(visit_id=visit.id, step=4))
    assert steps(scene, visit).pause is not None


def test_a_step_is_for_its_actors_and_waiving_it_for_the_desk_too(scene: Scene, visit: Visit) -> None:
    joko = actor(scene, "joko")
    refused = [TickStep(visit_id=visit.id, step=4), WaiveStep(visit_id=visit.id, step=4, reason="Sudah")]
    for command in refused:
        before = scene.dump()
        with pytest.raises(UserError, match="Langkah 4 dikerjakan oleh Resepsionis"):
            scene.office.perform(command, joko)
        assert scene.dump() == before
    scene.refused(TickStep(visit_id=visit.id, step=4), words="dikerjakan oleh")
    scene.do(WaiveStep(visit_id=visit.id, step=4, reason="Sudah"))
    assert steps(scene, visit).progress.of_step(4).state is StepState.WAIVED


def test_the_clock_is_stopped_by_who_has_a_part(scene: Scene, visit: Visit) -> None:
    add = AddOfficer(login="arsip", name="Arsiparis", roles=(Role.ARCHIVIST,), password_hash=cheap_hash())
    scene.office.perform(add, actor(scene, "admin"))
    choose_password(scene.office, "arsip")
    command = PauseClock(visit_id=visit.id, reason="Mengambil berkas", asked_by=AskedBy.VISITOR)
    with pytest.raises(UserError, match="dihentikan oleh petugas yang melayaninya"):
        scene.office.perform(command, actor(scene, "arsip"))
    scene.office.perform(command, actor(scene, "joko"))
    assert steps(scene, visit).pause is not None


def test_a_waiver_for_an_absent_officer_is_in_his_name(scene: Scene, visit: Visit) -> None:
    scene.office.perform(by_letter("nina", "joko"), actor(scene, "kepala"))
    scene.office.perform(WaiveStep(visit_id=visit.id, step=2, reason="Sudah"), actor(scene, "joko"))
    step = steps(scene, visit)
    assert step.people[step.progress.of_step(2).for_officer_id or 0] == "Nina Kartika"


def test_time_as_needed_for_an_absent_officer_is_in_his_name(scene: Scene) -> None:
    run_face_to_face(scene)
    known = load_procedure("sumut-tatap-muka")
    second = msgspec.structs.replace(known.steps[1], flexible=True)
    changed = msgspec.structs.replace(
        known, version=known.version + 1, steps=(known.steps[0], second, *known.steps[2:])
    )
    scene.office.perform(AdoptProcedure(procedure=changed), actor(scene, "admin"))
    visit = welcome(scene)
    scene.office.perform(by_letter("nina", "joko"), actor(scene, "kepala"))
    take = TakeTimeNeeded(visit_id=visit.id, step=2, reason="Juru bahasa isyarat")
    scene.office.perform(take, actor(scene, "joko"))
    written = scene.office.read(lambda tx: marks.of_visit(tx, visit))
    (mark,) = (each for each in written if each.kind is MarkKind.AS_NEEDED)
    assert mark.for_officer_id == actor(scene, "nina").officer_id
