"""The daily equipment check, and what is broken."""

import pytest

from tests.operations.accountability.accounting import TODAY, actor
from tests.operations.scene import Scene
from ult_desktop.core.accountability.commands import CheckEquipment
from ult_desktop.core.accountability.deviations import CheckedItem, DeviationKind, EquipmentCheck
from ult_desktop.db.accountability import deviations, equipment_check
from ult_desktop.operations.accountability.equipment_check import needed_equipment
from ult_desktop.operations.procedures.procedures import load_procedure

HELPDESK = "kaltara-helpdesk"
DAY = TODAY.isoformat()
FINE, BROKEN = CheckedItem(item="Televisi"), CheckedItem(item="CCTV", works=False, note="Kabel putus")


def check(scene: Scene, *items: CheckedItem) -> EquipmentCheck:
    command = CheckEquipment(procedure_id=HELPDESK, items=items)
    answer: EquipmentCheck = scene.office.perform(command, actor(scene, "nina"))
    return answer


def test_what_is_broken_becomes_a_deviation_of_the_day_once(scene: Scene) -> None:
    done = check(scene, FINE, BROKEN)
    assert (done.day, done.officer, done.items) == (DAY, "Nina Kartika", (FINE, BROKEN))
    (found,) = scene.office.read(deviations.waiting)
    assert (found.kind, found.item, found.visit_id) == (DeviationKind.EQUIPMENT, "CCTV", None)
    assert (found.step, found.activity, found.standard) == (0, "", "")
    check(scene, BROKEN)
    assert len(scene.office.read(deviations.waiting)) == 1
    assert len(scene.office.read(lambda tx: equipment_check.of_day(tx, DAY))) == 2


def test_the_next_day_it_is_a_failure_again(scene: Scene) -> None:
    check(scene, BROKEN)
    scene.set_time("2026-11-24 08:00")
    check(scene, BROKEN)
    assert [found.day for found in scene.office.read(deviations.waiting)] == ["2026-11-24", DAY]


@pytest.mark.parametrize(
    ("procedure", "item", "words"),
    [(HELPDESK, "Kuda", "Kuda"), ("sumut-tatap-muka", "Komputer", "tidak sedang berlaku")],
)
def test_only_what_the_procedure_lists(scene: Scene, procedure: str, item: str, words: str) -> None:
    scene.refused(CheckEquipment(procedure_id=procedure, items=(CheckedItem(item=item),)), words=words)


def test_the_list_names_each_thing_once() -> None:
    listed = needed_equipment(load_procedure("dki-kelompok-rentan"))
    assert len(listed) == len(set(listed)) == 9
