"""Assistive devices: what is lent comes back, and nothing is lent twice."""

import pytest

from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.care.commands import AddDevice, LendDevice, ReturnDevice, SetDeviceCondition
from ult_desktop.core.care.declarations import Condition, Device
from ult_desktop.core.visits.commands import EndVisit
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.care import assistive_devices
from ult_desktop.db.visits import visits


@pytest.fixture
def chair(scene: Scene) -> Device:
    device: Device = scene.office.perform(
        AddDevice(kind="Kursi roda", label="Kursi roda 1"), scene.officer(1)
    )
    return device


@pytest.fixture
def visit_id(scene: Scene) -> int:
    ticket = scene.take()
    scene.serve()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    return visit.id


def lend(scene: Scene, chair: Device, visit_id: int) -> Device:
    lent: Device = scene.office.perform(LendDevice(device_id=chair.id, visit_id=visit_id), scene.officer(1))
    return lent


def refused(scene: Scene, command: object, words: str) -> None:
    with pytest.raises(UserError, match=words):
        scene.office.perform(command, scene.officer(1))  # type: ignore[arg-type]


def test_a_loan_and_its_return(scene: Scene, chair: Device, visit_id: int) -> None:
    lent = lend(scene, chair, visit_id)
    assert (lent.visit_id, lent.is_free, lent.ticket) == (visit_id, False, "A001")
    refused(scene, LendDevice(device_id=chair.id, visit_id=visit_id), "sedang dipakai")
    refused(scene, SetDeviceCondition(device_id=chair.id, condition=Condition.RETIRED), "masih dipinjam")
    assert lent.loan_id is not None
    back = ReturnDevice(loan_id=lent.loan_id, condition=Condition.BROKEN, remark="Roda kiri macet")
    after = scene.office.perform(back, scene.officer(1))
    assert (after.condition, after.loan_id, after.is_free) == (Condition.BROKEN, None, False)
    loan_id = lent.loan_id
    loan = scene.office.read(lambda tx: assistive_devices.find_loan(tx, loan_id))
    assert loan is not None
    assert (loan.returned_at, loan.remark) == (scene.clock.now, "Roda kiri macet")
    refused(scene, back, "sudah dikembalikan")
    refused(scene, ReturnDevice(loan_id=99), "tidak ada")
    refused(scene, LendDevice(device_id=chair.id, visit_id=visit_id), "rusak")
    refused(scene, LendDevice(device_id=99, visit_id=visit_id), "tidak ada")


def test_a_device_still_out_after_its_day_or_visit_is_overdue(
    scene: Scene, chair: Device, visit_id: int
) -> None:
    lend(scene, chair, visit_id)
    day = "2026-11-23"
    assert [d.overdue for d in scene.office.read(lambda tx: assistive_devices.every_device(tx, day))] == [
        False
    ]
    assert [
        d.overdue for d in scene.office.read(lambda tx: assistive_devices.every_device(tx, "2026-11-24"))
    ] == [True]
    scene.office.perform(EndVisit(visit_id=visit_id, ending=Ending.LEFT), scene.officer(1))
    assert [d.overdue for d in scene.office.read(lambda tx: assistive_devices.every_device(tx, day))] == [
        True
    ]


def test_the_inventory(scene: Scene, chair: Device) -> None:
    refused(scene, AddDevice(kind="Kursi roda", label="Kursi roda 1"), "sudah ada")
    refused(scene, AddDevice(kind="kruk ", label=" "), "harus diisi")
    refused(scene, AddDevice(kind="foo", label="x"), "“foo” bukan jenis alat bantu.* Kursi roda, Tongkat")
    scene.office.perform(
        SetDeviceCondition(device_id=chair.id, condition=Condition.RETIRED), scene.officer(1)
    )
    assert scene.office.read(lambda tx: assistive_devices.every_device(tx, "2026-11-23")) == ()
