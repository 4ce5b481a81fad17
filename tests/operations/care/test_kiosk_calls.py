"""Somebody at a kiosk asks for an officer; one officer answers."""

import pytest

from tests.operations.care.test_declarations import alerts, guard  # noqa: F401  (a fixture)
from tests.operations.scene import KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.care.commands import AcknowledgeAlert, CallOfficer, NoteManyNumbers
from ult_desktop.core.care.declarations import Alert, AlertKind
from ult_desktop.core.queue.commands import Arrive, CallTicket, ComeBack, Finish, Transfer
from ult_desktop.core.queue.ticket import PriorityReason


def test_a_kiosk_calls_once_until_somebody_answers(scene: Scene, guard: Actor) -> None:  # noqa: F811
    first = scene.kiosk.perform(CallOfficer(), KIOSK)
    assert (first.kind, first.place, first.visit_id) == (AlertKind.KIOSK_CALL, KIOSK.station, None)
    assert scene.kiosk.perform(CallOfficer(), KIOSK).id == first.id
    elsewhere = scene.office.perform(CallOfficer(), Actor(station="kiosk-2"))
    assert [each.id for each in alerts(scene)] == [first.id, elsewhere.id]
    scene.office.perform(AcknowledgeAlert(alert_id=first.id), guard)
    assert scene.office.alert(first.id).acknowledged_by == "Pak Amir"
    with pytest.raises(UserError, match="Pak Amir"):
        scene.office.perform(AcknowledgeAlert(alert_id=first.id), scene.officer(1))
    assert scene.kiosk.perform(CallOfficer(), KIOSK).id != first.id


def test_many_numbers_are_told_once_until_somebody_looked(scene: Scene, guard: Actor) -> None:  # noqa: F811
    called = scene.kiosk.perform(CallOfficer(), KIOSK)
    first = scene.kiosk.perform(NoteManyNumbers(), KIOSK)
    assert (first.kind, first.place, first.visit_id) == (AlertKind.MANY_NUMBERS, KIOSK.station, None)
    assert scene.kiosk.perform(NoteManyNumbers(), KIOSK).id == first.id
    assert scene.kiosk.perform(CallOfficer(), KIOSK).id == called.id
    scene.office.perform(AcknowledgeAlert(alert_id=first.id), guard)
    assert scene.kiosk.perform(NoteManyNumbers(), KIOSK).id != first.id


def test_a_call_that_nobody_answered_ends_with_its_day(scene: Scene) -> None:
    scene.kiosk.perform(CallOfficer(), KIOSK)
    scene.take()
    assert len(alerts(scene)) == 1
    scene.set_time("2026-11-24 08:00")
    scene.take()
    assert alerts(scene) == ()


def test_a_call_to_care_ends_with_the_call_to_a_counter(scene: Scene, guard: Actor) -> None:  # noqa: F811
    served, missed, waits = [scene.take(priority=PriorityReason.ELDERLY) for _turn in range(3)]
    assert [each.label for each in alerts(scene)] == [served.label, missed.label, waits.label]
    scene.serve()
    assert [each.label for each in alerts(scene)] == [missed.label, waits.label]
    scene.do(Finish(counter=1))
    scene.miss()
    assert [each.label for each in alerts(scene)] == [waits.label]
    scene.do(ComeBack(ticket_id=missed.id))
    assert [each.label for each in alerts(scene)] == [missed.label, waits.label]
    scene.do(CallTicket(counter=1, ticket_id=missed.id))
    scene.do(Arrive(counter=1))
    scene.do(Transfer(counter=1, to_service=scene.service["B"]))
    assert [each.label for each in alerts(scene)] == [waits.label]
    told = _alert(scene, waits.code)
    assert told is not None
    scene.office.perform(AcknowledgeAlert(alert_id=told.id), guard)
    answered = _alert(scene, waits.code)
    assert answered is not None
    assert answered.acknowledged_by == "Pak Amir"
    assert _alert(scene, scene.take().code) is None


def _alert(scene: Scene, code: str) -> Alert | None:
    now = scene.office.ticket_now(code)
    assert now is not None
    return now.alert
