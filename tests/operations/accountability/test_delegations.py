"""An absent officer's task with another: by letter, by word of mouth, for a time, and in his name."""

from datetime import date, timedelta
from functools import partial

import msgspec
import pytest

from tests.office import store_of, trace_statements
from tests.operations.accountability.accounting import (
    TODAY,
    actor,
    by_letter,
    run_face_to_face,
    steps,
    welcome,
)
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Permission, Role, roles_from
from ult_desktop.core.accountability.commands import Delegate, EndDelegation
from ult_desktop.core.accountability.deviations import Delegation
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure, TickStep
from ult_desktop.core.queue.commands import CallNext, StaffCounter
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.visits.commands import RecordPurpose, SignGuestBook, WelcomeVisitor
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import delegations
from ult_desktop.db.queue import counters
from ult_desktop.operations.access.delegated_roles import RolesQuery, effective_roles, effective_roles_of_each
from ult_desktop.operations.access.readers import reader_ids
from ult_desktop.operations.procedures.procedures import load_procedure

TOMORROW = TODAY + timedelta(days=1)
ORALLY = msgspec.structs.replace(
    by_letter(),
    form="lisan",
    letter_number="",
    letter_date=None,
    ordered_by="Kepala",
    procedure_id="kaltara-helpdesk",
)


def give(scene: Scene, command: Delegate | None = None) -> Delegation:
    answer: Delegation = scene.office.perform(command or by_letter(), actor(scene, "kepala"))
    return answer


def id_of(scene: Scene, login: str) -> int:
    row = scene.office.read(lambda tx: officers.find(tx, login))
    assert row is not None
    return row.id


def acting(scene: Scene, login: str) -> tuple[int, ...]:
    officer_id = id_of(scene, login)
    return scene.office.read(lambda tx: delegations.acting_ids(tx, officer_id, scene.clock.now))


def test_a_letter_lends_the_task_for_its_days_and_it_ends_by_itself(scene: Scene) -> None:
    assert not actor(scene, "nina").may(Permission.SERVE)
    given = give(scene)
    assert (given.absent, given.delegate, given.letter_number) == (
        "Siti Rahmawati",
        "Nina Kartika",
        "12/ST/2026",
    )
    assert given.holds(scene.clock.now)
    nina = actor(scene, "nina")
    assert nina.may(Permission.SERVE)
    assert acting(scene, "nina") == (id_of(scene, "nina"), id_of(scene, "siti"))
    scene.office.perform(StaffCounter(counter=2), nina)
    scene.set_time("2026-11-24 00:00")
    assert acting(scene, "nina") == (id_of(scene, "nina"),)
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.office.perform(CallNext(counter=2), nina)
    assert not actor(scene, "nina").may(Permission.SERVE)


def test_it_begins_with_its_first_day(scene: Scene) -> None:
    give(scene, by_letter(first=TOMORROW, last=TOMORROW))
    assert acting(scene, "nina") == (id_of(scene, "nina"),)
    scene.set_time("2026-11-24 08:00")
    assert len(acting(scene, "nina")) == 2
    assert [each.delegate for each in scene.office.read(delegations.recent)] == ["Nina Kartika"]


def test_it_can_be_ended_before(scene: Scene) -> None:
    given, head = give(scene), actor(scene, "kepala")
    ended = scene.office.perform(EndDelegation(delegation_id=given.id), head)
    assert (ended.ended_at, ended.holds(scene.clock.now)) == (scene.clock.now, False)
    assert len(acting(scene, "nina")) == 1
    for unknown, words in ((given.id, "sudah berakhir"), (99, "tidak ada")):
        with pytest.raises(UserError, match=words):
            scene.office.perform(EndDelegation(delegation_id=unknown), head)
    give(scene)
    scene.set_time("2026-11-24 00:00")
    with pytest.raises(UserError, match="sudah berakhir"):
        scene.office.perform(EndDelegation(delegation_id=given.id + 1), head)


def test_what_was_lent_until_an_early_end_was_lent_then(scene: Scene) -> None:
    found = give(scene)
    began = scene.clock.now
    scene.later(10)
    scene.office.perform(EndDelegation(delegation_id=found.id), actor(scene, "kepala"))
    delegate, absent = id_of(scene, "nina"), id_of(scene, "siti")
    at = partial(delegations.acting_ids, officer_id=delegate)
    assert scene.office.read(lambda tx: at(tx, at=began)) == (delegate, absent)
    assert scene.office.read(lambda tx: at(tx, at=scene.clock.now)) == (delegate,)
    lent = scene.office.read(lambda tx: delegations.lent_between(tx, began, began))
    assert [(each.officer_id, each.ends_at) for each in lent] == [(delegate, scene.clock.now)]


def test_by_word_of_mouth_where_the_procedure_allows_it(scene: Scene) -> None:
    given = give(scene, ORALLY)
    assert (given.form, given.ordered_by, given.procedure_id) == ("lisan", "Kepala", "kaltara-helpdesk")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (msgspec.structs.replace(by_letter(), letter_number=" "), "nomor dan tanggal"),
        (msgspec.structs.replace(by_letter(), letter_date=None), "nomor dan tanggal"),
        (msgspec.structs.replace(ORALLY, procedure_id="kepri-daring"), "kaltara-helpdesk"),
        (msgspec.structs.replace(ORALLY, procedure_id=""), "membolehkannya"),
        (msgspec.structs.replace(ORALLY, ordered_by=""), "memerintahkannya"),
        (by_letter("siti", "siti"), "petugas lain"),
        (by_letter("entah"), "entah"),
        (by_letter("siti", "entah"), "entah"),
        (by_letter(first=TOMORROW), "mendahului"),
        (by_letter(first=TODAY - timedelta(days=3), last=TODAY - timedelta(days=1)), "lewat"),
    ],
)
def test_what_is_refused(scene: Scene, command: Delegate, words: str) -> None:
    before, head = scene.dump(), actor(scene, "kepala")
    with pytest.raises(UserError, match=words):
        scene.office.perform(command, head)
    assert scene.dump() == before


def test_no_office_runs_an_oral_procedure_without_saying_so(scene: Scene) -> None:
    scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), actor(scene, "admin"))
    with pytest.raises(UserError, match="Tidak ada prosedur kantor ini yang membolehkan"):
        give(scene, ORALLY)


@pytest.mark.parametrize("second", [by_letter("siti", "joko"), by_letter("budi", "siti")])
def test_nobody_is_handed_over_twice_and_no_absent_one_stands_in(scene: Scene, second: Delegate) -> None:
    give(scene)
    with pytest.raises(UserError, match="sudah dialihkan kepada Nina"):
        give(scene, second)


def test_who_stands_in_is_not_handed_over_with_the_task(scene: Scene) -> None:
    give(scene)
    with pytest.raises(UserError, match="Nina Kartika pada hari itu menggantikan Siti Rahmawati"):
        give(scene, by_letter("nina", "joko"))
    later = by_letter("nina", "joko", first=TOMORROW, last=TOMORROW)
    assert give(scene, later).absent == "Nina Kartika"


def test_a_slip_of_the_year_lends_nothing(scene: Scene) -> None:
    with pytest.raises(UserError, match="paling lama sampai akhir tahun depan"):
        give(scene, by_letter(last=date.max))


def test_only_the_head_delegates(scene: Scene) -> None:
    scene.refused(by_letter(), words="tidak berwenang")


def test_an_open_counter_moves_over_but_not_away_from_its_visitor(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    scene.serve(2)
    scene.office.perform(StaffCounter(counter=3), actor(scene, "budi"))
    give(scene, by_letter("budi", "nina"))
    seats = scene.office.read(counters.all_counters)
    assert [seat.officer for seat in seats][:3] == ["Siti Rahmawati", "Budi Santoso", "Nina Kartika"]


def test_no_counter_moves_to_who_cannot_serve_nor_before_its_day(scene: Scene) -> None:
    joko = id_of(scene, "joko")
    store_of(scene.office).write(lambda tx: counters.seat_officer(tx, 4, joko))
    give(scene, by_letter("joko", "nina"))
    give(scene, by_letter("siti", "budi", TOMORROW, TOMORROW))
    seats = scene.office.read(counters.all_counters)
    assert (seats[0].officer, seats[3].officer) == ("Siti Rahmawati", "Joko Prasetyo")


def test_acts_in_the_absent_ones_role_are_marked_in_his_name(scene: Scene) -> None:
    give(scene, by_letter("siti", "joko"))
    visit = welcome(scene)
    joko = actor(scene, "joko")
    scene.office.perform(SignGuestBook(visit_id=visit.id, name="Dedi"), joko)
    step = steps(scene, visit).progress.of_step(1)
    people = steps(scene, visit).people
    assert people[step.officer_id or 0] == "Joko Prasetyo"
    assert people[step.for_officer_id or 0] == "Siti Rahmawati"


def test_ones_own_work_is_ones_own(scene: Scene) -> None:
    scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), actor(scene, "admin"))
    give(scene, by_letter("siti", "joko"))
    bare = welcome(scene)
    assert bare.procedure_id is None
    scene.office.perform(AdoptProcedure(procedure=load_procedure("sumut-tatap-muka")), actor(scene, "admin"))
    welcomed = scene.office.perform(WelcomeVisitor(), actor(scene, "joko"))
    scene.office.perform(TickStep(visit_id=welcomed.id, step=4), actor(scene, "nina"))
    shown = steps(scene, welcomed).progress
    assert shown.of_step(1).for_officer_id is None
    assert shown.of_step(4).for_officer_id is None


def test_a_tick_in_the_absent_ones_role(scene: Scene) -> None:
    scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), actor(scene, "admin"))
    scene.office.perform(AdoptProcedure(procedure=load_procedure("sumut-tatap-muka")), actor(scene, "admin"))
    visit = welcome(scene)
    give(scene, by_letter("nina", "joko"))
    scene.office.perform(TickStep(visit_id=visit.id, step=4), actor(scene, "joko"))
    assert steps(scene, visit).progress.of_step(4).for_officer_id == id_of(scene, "nina")


def test_the_keys_of_the_office_are_not_lent(scene: Scene) -> None:
    give(scene, by_letter("admin", "joko"))
    assert actor(scene, "joko").roles == {Role.SECURITY}


def test_on_behalf_of_the_owner_of_the_work(scene: Scene) -> None:
    give(scene)
    nina, siti, budi = (id_of(scene, login) for login in ("nina", "siti", "budi"))
    now = scene.clock.now
    found = scene.office.read(
        lambda tx: [
            delegations.represented_owner(tx, who, owner, now)
            for who, owner in ((nina, siti), (nina, nina), (nina, budi), (None, siti), (nina, None))
        ]
    )
    assert found == [siti, None, None, None, None]


def test_who_is_signed_in_already_does_the_lent_work_at_once(scene: Scene) -> None:
    nina = actor(scene, "nina")
    with pytest.raises(UserError, match="Nina Kartika tidak berwenang"):
        scene.office.perform(StaffCounter(counter=2), nina)
    give(scene)
    assert scene.office.perform(StaffCounter(counter=2), nina).officer == "Nina Kartika"


def test_word_of_mouth_holds_for_its_own_procedure_alone(scene: Scene) -> None:
    give(scene, msgspec.structs.replace(ORALLY, delegate="joko"))
    kaltara = welcome(scene)
    scene.office.perform(SignGuestBook(visit_id=kaltara.id, name="Dedi"), actor(scene, "joko"))
    assert steps(scene, kaltara).progress.of_step(1).for_officer_id == id_of(scene, "siti")
    run_face_to_face(scene)
    other, before = welcome(scene), scene.dump()
    with pytest.raises(UserError, match="lisan Anda tidak berlaku untuk prosedur kunjungan ini"):
        scene.office.perform(SignGuestBook(visit_id=other.id, name="Dedi"), actor(scene, "joko"))
    assert scene.dump() == before
    assert steps(scene, other).progress.of_step(1).for_officer_id is None


def test_what_is_lent_to_many_officers_is_read_at_once_and_is_what_each_has(scene: Scene) -> None:
    give(scene)
    give(scene, msgspec.structs.replace(ORALLY, absent="budi", delegate="joko"))
    give(scene, by_letter("kepala", "dewi", first=TOMORROW, last=TOMORROW))
    people = scene.office.read(officers.all_active)
    moments = [scene.clock.now + days * DAY_MS for days in (-1, 0, 1, 3)]
    asked = [RolesQuery(each.id, each.roles, at) for each in people for at in moments]
    found = scene.office.read(lambda tx: list(effective_roles_of_each(tx, asked)))
    assert found == scene.office.read(lambda tx: [effective_roles(tx, *each) for each in asked])
    lent = [roles for (_id, own, _at), roles in zip(asked, found, strict=True) if roles - roles_from(own)]
    assert len(lent) == 3
    said: list[str] = []
    trace_statements(store_of(scene.office), said.append)
    assert scene.office.read(lambda tx: reader_ids(tx, scene.clock.now))
    assert len([each for each in said if "delegation" in each]) <= 1  # a server tells no statements
    assert list(scene.office.read(lambda tx: list(effective_roles_of_each(tx, [])))) == []


def test_a_step_of_reception_without_a_letter_is_recorded_as_such(scene: Scene) -> None:
    """The front officer's were accepted without a word."""
    run_face_to_face(scene)
    visit = welcome(scene)
    scene.do(RecordPurpose(visit_id=visit.id, purpose="Dapodik"))
    assert steps(scene, visit).progress.of_step(2).reason == "tanpa surat penugasan"
    give(scene, by_letter("nina", "siti"))
    other = welcome(scene)
    scene.do(RecordPurpose(visit_id=other.id, purpose="Dapodik"))
    found = steps(scene, other).progress.of_step(2)
    assert (found.reason, found.for_officer_id is not None) == ("", True)
