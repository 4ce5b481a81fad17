"""Open deadlines follow the office's working days, entered or taken away later."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.office import make_office, store_of
from tests.operations.cases.test_ppid import register
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.case import Case
from ult_desktop.core.cases.commands import AnswerObjection, DecideInformationRequest, Escalate, FileObjection
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.cases.ppid import Decision, ObjectionReason
from ult_desktop.core.office import national_days
from ult_desktop.core.office.commands import ChangeSettings, FollowDays
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Closure
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.phone.commands import ForwardCall, RecordCaller, StartCall
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db import phone_calls
from ult_desktop.db.cases import cases, escalations, ppid
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store import stations
from ult_desktop.operations.health.completeness import check_deadlines
from ult_desktop.operations.office.deadlines import (
    MOST_LINES,
    describe_moved,
    moved_deadlines,
    outdated_deadlines,
)

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
LEAVE = Closure(TUESDAY, "Cuti bersama")


def settings(scene: Scene) -> OfficeSettings:
    return scene.office.read(office_rows.load).settings


def close(scene: Scene, *closures: Closure) -> None:
    chief = scene.office.sign_in("admin", "rahasia-kita")
    changed = msgspec.structs.replace(settings(scene), closures=closures)
    scene.office.perform(ChangeSettings(settings=changed), chief)


def due(scene: Scene, case: Case) -> date:
    found = scene.office.read(lambda tx: cases.get(tx, case.id))
    assert found.due_at is not None
    return WorkingCalendar(settings(scene)).day_of(found.due_at - 1)


def test_a_day_off_entered_later_moves_what_is_owed_and_back(scene: Scene) -> None:
    desks = Desks(scene)
    case, hop = desks.escalated()
    assert due(scene, case) == WEDNESDAY
    close(scene, LEAVE)
    assert due(scene, case) == THURSDAY
    moved = scene.office.read(lambda tx: escalations.of_case(tx, case.id))[0]
    assert WorkingCalendar(settings(scene)).day_of((moved.due_at or 0) - 1) == WEDNESDAY
    assert scene.events()[-1].data == f'{{"sections":["closures"],"deadlines":[{case.id}]}}'
    lines = [each.text for each in desks.card(case).timeline if each.kind == "due_moved"]
    reason = "Sebab: 24 November 2026 libur (Cuti bersama)."
    assert f"26 November 2026; pada tanda terima tertulis 25 November 2026. {reason}" in lines
    close(scene)
    assert due(scene, case) == WEDNESDAY
    lines = [each.text for each in desks.card(case).timeline if each.kind == "due_moved"]
    assert any(line.endswith("Sebab: 24 November 2026 menjadi hari kerja.") for line in lines)
    assert scene.office.read(lambda tx: escalations.of_case(tx, case.id))[0].due_at == hop.due_at


def test_a_day_off_after_the_deadline_moves_nothing(scene: Scene) -> None:
    case = Desks(scene).case()
    close(scene, Closure(THURSDAY, "Cuti bersama"))
    assert due(scene, case) == WEDNESDAY
    assert scene.events()[-1].data == '{"sections":["closures"]}'


def test_each_open_deadline_is_named_before_it_moves(scene: Scene) -> None:
    case = Desks(scene).case()
    before = settings(scene)
    after = msgspec.structs.replace(before, closures=(LEAVE,))
    moved = scene.office.read(lambda tx: moved_deadlines(tx, before, after, scene.clock.now))
    assert describe_moved(moved)[1:-1] == (
        f"{case.number}: Rabu, 25 November 2026 → Kamis, 26 November 2026",
    )
    assert due(scene, case) == WEDNESDAY, "looking moves nothing"
    many = [
        msgspec.structs.replace(moved[0], deadline=msgspec.structs.replace(moved[0].deadline, number=str(n)))
        for n in range(MOST_LINES + 3)
    ]
    assert describe_moved(many)[-2] == "… dan 3 tenggat lagi."


def holidays_of(monkeypatch: pytest.MonkeyPatch, *days: date) -> None:
    """Another program: these are its national days."""
    known = dict.fromkeys(days, "Cuti bersama")
    monkeypatch.setattr(national_days, "national_days", lambda *_year_and_kind: known)


def day_words(scene: Scene, at: int | None) -> str:
    assert at is not None
    return str(WorkingCalendar(settings(scene)).day_of(at - 1))


@pytest.fixture
def working(tmp_path: Path) -> Iterator[Scene]:
    """An office that keeps the national days, as `scene`, which never closes, does not."""
    found = Scene(make_office(tmp_path, always_open=False))
    found.sit(1)
    yield found
    found.close()


def test_a_newer_programs_national_days_are_offered_and_followed(
    working: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks = Desks(working)
    case = desks.case()
    office = working.office
    desks.refused(FollowDays(), "admin", "Semua tenggat")
    assert check_deadlines(office).level == "ok"
    holidays_of(monkeypatch, TUESDAY)
    later = desks.case("Sesudah pembaruan")
    line = check_deadlines(office)
    assert (line.level, line.found) == ("warn", "1 dihitung dengan hari libur nasional yang lama")
    assert due(working, case) == WEDNESDAY, "nothing moves by itself"
    with pytest.raises(UserError):
        desks.do(FollowDays(), "siti")
    desks.do(FollowDays(), "admin")
    assert (due(working, case), due(working, later)) == (THURSDAY, THURSDAY)
    lines = [each.text for each in desks.card(case).timeline if each.kind == "due_moved"]
    assert lines[0].endswith("tertulis 25 November 2026. Sebab: 24 November 2026 libur (Cuti bersama).")
    assert check_deadlines(office).level == "ok"


def test_an_older_program_leaves_the_days_that_it_does_not_know(
    working: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    Desks(working).case()
    holidays_of(monkeypatch, TUESDAY)
    now = working.clock.now
    assert working.office.read(lambda tx: outdated_deadlines(tx, now))
    newer = StationStatus(
        name="loket-2", mode="counter", version="99.0.0", seen_at=now, printer="", voice="", clock_offset_ms=0
    )
    monkeypatch.setattr(stations, "all_seen", lambda _tx: (newer,))
    assert working.office.read(lambda tx: outdated_deadlines(tx, now)) == ()


def test_days_off_before_a_missed_appointment_count_no_more(scene: Scene) -> None:
    desks = Desks(scene)
    case = desks.case()
    scene.set_time("2026-11-25 09:00")
    missed = WorkingCalendar(settings(scene)).due(scene.clock.now, 1)
    store_of(scene.office).write(lambda tx: cases.set_due(tx, case.id, missed))
    close(scene, LEAVE)
    assert due(scene, case) == THURSDAY
    close(scene, Closure(THURSDAY, "Listrik padam"))
    assert due(scene, case) == date(2026, 11, 27)


def test_a_hop_that_is_due_with_its_case_moves_with_it(scene: Scene) -> None:
    desks = Desks(scene)
    case = desks.case()
    scene.set_time("2026-11-24 16:00")
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon diputus", to=CaseDesk.HEAD))
    assert hop.due_at == case.due_at
    close(scene, LEAVE)
    moved = scene.office.read(lambda tx: escalations.get(tx, hop.id))
    assert (due(scene, case), moved.due_at) == (THURSDAY, desks.now(case).due_at)


def test_the_time_for_the_komisi_informasi_moves_until_it_ends(scene: Scene) -> None:
    desks = Desks(scene)
    _case, request = register(desks)
    desks.do(DecideInformationRequest(request_id=request.id, decision=Decision.GRANTED), "putri")
    file = FileObjection(request_id=request.id, reason=ObjectionReason.LATE, position="Keberatan")
    objection = desks.do(file, "putri")
    answered = desks.do(AnswerObjection(objection_id=objection.id, answer="Tetap ditolak"), "putri")
    first = day_words(scene, answered.dispute_until)
    close(scene, LEAVE)
    after = scene.office.read(lambda tx: ppid.get_objection(tx, objection.id))
    assert (first, day_words(scene, after.dispute_until)) == ("2026-12-07", "2026-12-08")
    scene.set_time("2026-12-20 09:00")
    close(scene)
    kept = scene.office.read(lambda tx: ppid.get_objection(tx, objection.id))
    assert kept.dispute_until == after.dispute_until, "what is over stays"


def forwarded(desks: Desks, promised_at: int | None = None) -> int:
    call = desks.do(StartCall())
    desks.do(RecordCaller(call_id=call.visit_id, name="Rahmat", phone="081155501234", question="Kapan?"))
    desks.do(ForwardCall(call_id=call.visit_id, promised_at=promised_at))
    return int(call.visit_id)


def test_a_call_back_by_the_day_moves_and_a_promised_hour_stays(scene: Scene) -> None:
    desks = Desks(scene)
    desks.run_only("sumut-telepon")
    by_day, by_hour = forwarded(desks), forwarded(desks, promised_at=scene.clock.now + 26 * 60 * MINUTE_MS)
    close(scene, LEAVE)
    moved, kept = scene.office.read(lambda tx: (phone_calls.get(tx, by_day), phone_calls.get(tx, by_hour)))
    assert day_words(scene, moved.promised_at) == str(WEDNESDAY)
    assert day_words(scene, kept.promised_at) == str(TUESDAY)
    assert moved.case_id is not None
    timeline = scene.office.read(lambda tx: cases.timeline(tx, moved.case_id or 0))
    told = [each.text for each in timeline if each.kind == "due_moved"]
    assert any(line.startswith("Telepon balik sampai 25 November 2026; kepada penelepon") for line in told)
