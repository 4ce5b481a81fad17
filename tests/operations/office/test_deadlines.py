"""Open deadlines follow the office's working days, entered or taken away later."""

from datetime import date

import msgspec

from tests.operations.desks import Desks
from tests.operations.scene import Scene
from ult_desktop.core.cases.case import Case
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Closure
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.deadlines import LISTED, moved_deadlines, moved_words

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
    moved = scene.office.read(lambda tx: moved_deadlines(tx, before, after))
    assert moved_words(moved)[1:-1] == (f"{case.number}: Rabu, 25 November 2026 → Kamis, 26 November 2026",)
    assert due(scene, case) == WEDNESDAY, "looking moves nothing"
    many = [
        msgspec.structs.replace(moved[0], deadline=msgspec.structs.replace(moved[0].deadline, number=str(n)))
        for n in range(LISTED + 3)
    ]
    assert moved_words(many)[-2] == "… dan 3 tenggat lagi."
