"""Vulnerable visitors: declared, alerted, accompanied; the procedure made for them."""

import msgspec
import pytest

from tests.office import store_of
from tests.operations.scene import KIOSK, Scene
from tests.personal import like_a_kiosk, rows
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.care.commands import (
    AcknowledgeAlert,
    BeginEscort,
    CallSecurity,
    DeclareVulnerable,
    DeclineEscort,
    EndEscort,
)
from ult_desktop.core.care.declarations import Alert, AlertKind, Leg
from ult_desktop.core.cases.commands import ComeForResult
from ult_desktop.core.procedures.commands import RetireProcedure
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.visits.commands import JoinVisit, SignGuestBook, WelcomeVisitor
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.care import declarations
from ult_desktop.db.office import office
from ult_desktop.db.procedures import marks
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits

CARE = "dki-kelompok-rentan"
DAY = 24 * 60  # minutes


@pytest.fixture
def guard(scene: Scene) -> Actor:
    """A security officer: the station's own sign-in with that role."""
    admin = scene.office.sign_in("admin", "rahasia-kita")
    scene.office.perform(
        officer_commands.AddOfficer(login="satpam", name="Pak Amir", roles=("security",), password_hash=""),
        admin,
    )
    known = scene.office.read(lambda tx: tx.value("SELECT id FROM officer WHERE login = 'satpam'"))
    return Actor(station="pos", officer_id=int(known), name="Pak Amir", roles=frozenset({Role.SECURITY}))


@pytest.fixture
def arrival(scene: Scene, guard: Actor) -> Visit:
    visit: Visit = scene.office.perform(WelcomeVisitor(), guard)
    return visit


def visit_now(scene: Scene, visit_id: int) -> Visit:
    return scene.office.read(lambda tx: visits.get(tx, visit_id))


def marks_of(scene: Scene, visit_id: int) -> tuple[Mark, ...]:
    return scene.office.read(lambda tx: marks.of_visit(tx, visits.get(tx, visit_id)))


def alerts(scene: Scene) -> tuple[Alert, ...]:
    return scene.office.read(declarations.open_alerts)


def declared(visit: Visit) -> DeclareVulnerable:
    return DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,), help=(Help.WHEELCHAIR,))


def test_who_is_declared_at_the_door_goes_on_under_the_procedure_made_for_him(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    assert arrival.procedure_id == "kaltara-helpdesk"
    after = scene.office.perform(declared(arrival), guard)
    assert (after.vulnerable, after.procedure_id) == (True, CARE)
    (alert,) = alerts(scene)
    assert (alert.kind, alert.help, alert.visit_id) == (AlertKind.VULNERABLE, (Help.WHEELCHAIR,), arrival.id)
    scene.office.perform(declared(arrival), guard)
    assert len(alerts(scene)) == 1
    (line,) = scene.office.read(lambda tx: declarations.vulnerable_visits(tx, arrival.day))
    assert (line.grounds, line.help) == (("disabilitas",), ("kursi_roda",))


def test_a_priority_number_at_the_kiosk_declares_and_alerts(scene: Scene) -> None:
    command = commands.IssueTicket(
        service_id=scene.service["A"], priority=PriorityReason.PREGNANT, help=(Help.ESCORT,), at_kiosk=True
    )
    ticket = scene.kiosk.perform(command, KIOSK).ticket
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    assert visit.procedure_id == CARE
    (alert,) = alerts(scene)
    assert (alert.label, alert.help) == (ticket.label, (Help.ESCORT,))
    said = scene.office.read(lambda tx: declarations.find(tx, visit.id))
    assert said is not None
    assert said.grounds == (PriorityReason.PREGNANT,)
    assert store_of(scene.office).write(lambda tx: declarations.forget_before(tx, scene.clock.now)) == 0
    assert PriorityReason.PREGNANT not in "".join(event.data for event in scene.events())


def test_grounds_lie_sealed_and_all_at_one_length(scene: Scene, guard: Actor, arrival: Visit) -> None:
    """Grounds that are said twice, at the door and at the kiosk, are one to those who may read them."""
    both = (PriorityReason.DISABILITY, PriorityReason.ELDERLY)
    scene.office.perform(DeclareVulnerable(visit_id=arrival.id, grounds=both), guard)
    number = commands.IssueTicket(service_id=scene.service["A"], priority=both[0], visit_id=arrival.id)
    scene.office.perform(number, guard)
    query = "SELECT grounds FROM vulnerability WHERE visit_id = ?"
    (kept,) = rows(scene.office, lambda tx: tx.column(query, arrival.id))
    sealed = msgspec.json.decode(kept, type=list[str])
    assert [text[:3] for text in sealed] == ["s1:"] * 3
    assert len({len(text) for text in sealed}) == 1
    said = scene.office.read(lambda tx: declarations.find(tx, arrival.id))
    with like_a_kiosk(scene.office):
        hidden = scene.office.read(lambda tx: declarations.find(tx, arrival.id))
    assert (said and said.grounds, hidden and hidden.grounds) == (both, ("belum terbuka",))


def test_an_office_without_keys_keeps_grounds_as_they_are(scene: Scene, guard: Actor, arrival: Visit) -> None:
    store_of(scene.office).write(forget_keys)
    scene.office.keys.reload()
    scene.office.perform(declared(arrival), guard)
    (line,) = rows(scene.office, lambda tx: declarations.vulnerable_visits(tx, arrival.day))
    assert line.grounds == ("disabilitas",)


def forget_keys(tx: Transaction) -> None:
    for table in ("key_grant", "recovery_key", "office_key"):
        tx.run(f"DELETE FROM {table}")


def test_what_was_declared_is_forgotten_in_time(scene: Scene, guard: Actor, arrival: Visit) -> None:
    scene.office.perform(declared(arrival), guard)
    assert store_of(scene.office).write(lambda tx: declarations.forget_before(tx, scene.clock.now + 1)) == 1
    (line,) = scene.office.read(lambda tx: declarations.vulnerable_visits(tx, arrival.day))
    assert line.grounds == ()


def test_a_ground_stands_in_one_row_and_on_the_number_as_long_as_it_is_known(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    scene.office.perform(declared(arrival), guard)
    command = commands.IssueTicket(
        service_id=scene.service["A"],
        priority=PriorityReason.PREGNANT,
        help=(Help.CANE,),
        visit_id=arrival.id,
    )
    number = scene.office.perform(command, scene.officer(1)).ticket
    both = (PriorityReason.DISABILITY, PriorityReason.PREGNANT)
    assert (number.grounds, number.help) == (both, (Help.WHEELCHAIR, Help.CANE))
    assert not [line for line in scene.dump() if PriorityReason.PREGNANT in line]
    (row,) = [line for line in scene.dump() if line.startswith('INSERT INTO "vulnerability"')]
    assert row.count("s1:") == len(both)
    days = scene.office.read(office.load).settings.care.keep_days
    scene.later(days * DAY + 1)
    scene.take()
    old = scene.office.read(lambda tx: tickets.get(tx, number.id))
    assert (old.priority, old.grounds, old.help) == (True, (), ())


def test_an_office_that_never_closes_its_day_forgets_as_well(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    scene.office.perform(declared(arrival), guard)
    days = scene.office.read(office.load).settings.care.keep_days
    scene.later(days * DAY - 1)
    scene.sit(1)
    assert scene.office.read(lambda tx: declarations.find(tx, arrival.id)) is not None
    scene.later(2)
    scene.take()
    assert scene.office.read(lambda tx: declarations.find(tx, arrival.id)) is None
    (told,) = [event for event in scene.events() if event.kind == "care.forgotten"]
    assert (told.subject, told.data) == (1, "{}")
    scene.take()
    assert scene.kinds().count("care.forgotten") == 1


def test_two_visits_that_are_one_have_declared_once(scene: Scene, guard: Actor, arrival: Visit) -> None:
    ticket = scene.take(priority=PriorityReason.ELDERLY)
    scene.office.perform(declared(arrival), guard)
    scene.office.perform(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id), scene.officer(1))
    rows = scene.office.read(lambda tx: tx.rows("SELECT visit_id FROM vulnerability"))
    assert rows == [(arrival.id,)]
    said = scene.office.read(lambda tx: declarations.find(tx, arrival.id))
    assert said is not None
    assert said.grounds == (PriorityReason.DISABILITY, PriorityReason.ELDERLY)
    assert scene.ticket(ticket).grounds == said.grounds


def test_what_the_arrival_declared_stays_where_the_number_had_said_nothing(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    scene.office.perform(declared(arrival), guard)
    ticket = scene.take()
    scene.kiosk.perform(SignGuestBook(ticket_id=ticket.id, name="Ani"), KIOSK)
    scene.office.perform(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id), scene.officer(1))
    said = scene.office.read(lambda tx: declarations.find(tx, arrival.id))
    assert said is not None
    assert said.grounds == (PriorityReason.DISABILITY,)


def test_once_work_has_begun_the_procedure_stays(scene: Scene, guard: Actor) -> None:
    ticket = scene.take()
    scene.serve()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    after = scene.office.perform(declared(visit), guard)
    assert (after.vulnerable, after.procedure_id) == (True, "kaltara-helpdesk")


def test_an_office_without_that_procedure_goes_on_under_its_usual_one(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    scene.office.perform(RetireProcedure(procedure_id=CARE), scene.office.sign_in("admin", "rahasia-kita"))
    assert scene.office.perform(declared(arrival), guard).procedure_id == "kaltara-helpdesk"


def test_a_declaration_says_something(scene: Scene, guard: Actor, arrival: Visit) -> None:
    with pytest.raises(UserError, match="Belum ada kelompok"):
        scene.office.perform(DeclareVulnerable(visit_id=arrival.id, grounds=()), guard)


def test_an_alert_is_answered_once(scene: Scene, guard: Actor, arrival: Visit) -> None:
    scene.office.perform(declared(arrival), guard)
    (alert,) = alerts(scene)
    answered = scene.office.perform(AcknowledgeAlert(alert_id=alert.id), guard)
    assert answered.acknowledged_by == "Pak Amir"
    assert alerts(scene) == ()
    with pytest.raises(UserError, match="Sudah ditangani Pak Amir"):
        scene.office.perform(AcknowledgeAlert(alert_id=alert.id), guard)
    with pytest.raises(UserError, match="tidak ada"):
        scene.office.perform(AcknowledgeAlert(alert_id=99), guard)


def test_the_three_ways_complete_their_three_steps(scene: Scene, guard: Actor, arrival: Visit) -> None:
    scene.office.perform(declared(arrival), guard)
    for leg in Leg:
        begin = BeginEscort(visit_id=arrival.id, leg=leg, from_place="pintu", to_place="loket 3")
        escort = scene.office.perform(begin, guard)
        with pytest.raises(UserError, match="sudah tercatat"):
            scene.office.perform(begin, guard)
        scene.later(2)
        done = scene.office.perform(EndEscort(escort_id=escort.id), guard)
        assert (done.officer, done.ended_at) == ("Pak Amir", scene.clock.now)
        with pytest.raises(UserError, match="sudah selesai"):
            scene.office.perform(EndEscort(escort_id=escort.id), guard)
    steps = [mark.step for mark in marks_of(scene, arrival.id) if mark.event is StepEvent.ESCORT_DONE]
    assert steps == [2, 4, 10]
    with pytest.raises(UserError, match="tidak ada"):
        scene.office.perform(EndEscort(escort_id=99), guard)


def served_after_a_call(scene: Scene, guard: Actor, arrival: Visit) -> list[Mark]:
    """Serve the visitor two minutes after the call; return what the steps of the ways know of it."""
    number = commands.IssueTicket(
        service_id=scene.service["A"], priority=PriorityReason.DISABILITY, visit_id=arrival.id
    )
    ticket = scene.office.perform(number, guard).ticket
    scene.later(20)
    scene.do(commands.CallTicket(ticket_id=ticket.id, counter=1))
    scene.later(2)
    scene.do(commands.Arrive(counter=1))
    return [mark for mark in marks_of(scene, arrival.id) if mark.event is StepEvent.ESCORT_DONE]


def test_who_is_served_has_been_brought_to_the_counter(scene: Scene, guard: Actor, arrival: Visit) -> None:
    scene.office.perform(declared(arrival), guard)
    escort = scene.office.perform(BeginEscort(visit_id=arrival.id, leg=Leg.TO_COUNTER), guard)
    (found,) = served_after_a_call(scene, guard, arrival)
    assert (found.step, found.at, found.since) == (4, scene.clock.now, escort.began_at)
    assert (found.officer_id, found.reason) == (guard.officer_id, "")  # not of the counter that ended the way
    with pytest.raises(UserError, match="sudah selesai"):
        scene.office.perform(EndEscort(escort_id=escort.id), guard)


def test_who_took_care_has_brought_the_visitor_though_nobody_began_the_way(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    scene.office.perform(declared(arrival), guard)
    (alert,) = alerts(scene)
    scene.office.perform(AcknowledgeAlert(alert_id=alert.id), guard)
    (found,) = served_after_a_call(scene, guard, arrival)
    assert (found.step, found.officer_id, found.at) == (4, guard.officer_id, scene.clock.now)
    assert found.since == scene.clock.now - 2 * 60_000  # the wait for the call is the queue's
    (way,) = scene.office.read(lambda tx: declarations.escorts_of(tx, arrival.id))
    assert (way.leg, way.officer, way.ended_at) == (Leg.TO_COUNTER, "Pak Amir", scene.clock.now)


def test_of_whom_nobody_took_care_nobody_brought(scene: Scene, guard: Actor, arrival: Visit) -> None:
    scene.office.perform(declared(arrival), guard)
    assert served_after_a_call(scene, guard, arrival) == []


def test_who_wished_to_go_alone_was_not_brought(scene: Scene, guard: Actor, arrival: Visit) -> None:
    scene.office.perform(declared(arrival), guard)
    (alert,) = alerts(scene)
    scene.office.perform(AcknowledgeAlert(alert_id=alert.id), guard)
    scene.office.perform(DeclineEscort(visit_id=arrival.id, leg=Leg.TO_COUNTER), guard)
    assert served_after_a_call(scene, guard, arrival) == []


def test_who_wishes_to_go_alone_leaves_no_failure(scene: Scene, guard: Actor, arrival: Visit) -> None:
    scene.office.perform(declared(arrival), guard)
    escort = scene.office.perform(DeclineEscort(visit_id=arrival.id, leg=Leg.OUT), guard)
    assert escort.declined
    (waived,) = (mark for mark in marks_of(scene, arrival.id) if mark.kind is MarkKind.WAIVE)
    assert (waived.step, waived.reason) == (10, "Pengunjung memilih tanpa pendampingan")


def test_a_visit_without_escort_steps_keeps_the_log_of_them(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    scene.office.perform(DeclineEscort(visit_id=arrival.id, leg=Leg.IN), guard)
    assert {mark.kind for mark in marks_of(scene, arrival.id)} == {MarkKind.EVENT}
    admin = scene.office.sign_in("admin", "rahasia-kita")
    for procedure in ("kaltara-helpdesk", CARE):
        scene.office.perform(RetireProcedure(procedure_id=procedure), admin)
    free = scene.office.perform(WelcomeVisitor(), guard)
    assert free.procedure_id is None
    assert scene.office.perform(DeclineEscort(visit_id=free.id, leg=Leg.IN), guard).declined


def test_security_is_called_to_the_counter(scene: Scene) -> None:
    ticket = scene.take(priority=PriorityReason.ELDERLY)
    scene.serve()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    scene.office.perform(CallSecurity(visit_id=visit.id, place="Loket 1"), scene.officer(1))
    assert [alert.place for alert in alerts(scene) if alert.kind is AlertKind.SECURITY_CALL] == ["Loket 1"]
    assert StepEvent.SECURITY_CALLED in {mark.event for mark in marks_of(scene, visit.id)}


def test_a_result_that_follows_has_a_second_coming_of_its_own(
    scene: Scene, guard: Actor, arrival: Visit
) -> None:
    scene.office.perform(declared(arrival), guard)
    desk = scene.officer(1)
    with pytest.raises(UserError, match="dari hari ini"):
        scene.office.perform(ComeForResult(visit_id=arrival.id), desk)
    scene.set_time("2026-11-25 10:00")
    second = scene.office.perform(ComeForResult(visit_id=arrival.id), desk)
    assert (second.follows, second.vulnerable, second.procedure_id) == (arrival.id, True, None)
    escort = scene.office.perform(BeginEscort(visit_id=second.id, leg=Leg.OUT), guard)
    scene.office.perform(EndEscort(escort_id=escort.id), guard)
    assert [mark.step for mark in marks_of(scene, arrival.id) if mark.step] == [10]
    assert marks_of(scene, second.id) == ()


def test_only_the_vulnerable_have_a_card(scene: Scene, guard: Actor, arrival: Visit) -> None:
    def card() -> object:
        return scene.office.read(lambda tx: declarations.care_card(tx, arrival.id, arrival.day))

    assert card() is None
    scene.office.perform(declared(arrival), guard)
    assert card() is not None
