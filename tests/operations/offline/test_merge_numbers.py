"""A number that was given while cut off, as it comes into the queue."""

import msgspec
import pytest

from tests.office import store_of
from tests.operations.offline.lone_kiosk import LoneKiosk
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.core.offline import USUAL_LETTER, MergeTicket
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Help, Ticket, TicketState, is_twin
from ult_desktop.core.recorded_requests import merge_records
from ult_desktop.db.backup import journals
from ult_desktop.db.care import declarations
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.visits import visits
from ult_desktop.operations.backup.replay import replay

pytestmark = pytest.mark.by_engine

HUNG = "0193f2d0-0000-7000-8000-00000000000a"


@pytest.fixture
def kiosk(scene: Scene) -> LoneKiosk:
    return LoneKiosk(scene)


def found(scene: Scene, text: str) -> Ticket:
    ticket = scene.office.find_ticket(text)
    assert ticket is not None
    return ticket


def hung(scene: Scene, command: commands.IssueTicket) -> Ticket:
    """The request that the kiosk stopped waiting for did its work after all."""
    scene.clock.now += 1000
    ticket: Ticket = scene.office.perform(command, KIOSK, HUNG).ticket
    return ticket


def test_the_queue_goes_by_the_true_time(scene: Scene, kiosk: LoneKiosk) -> None:
    scene.take()
    kiosk.give()
    scene.take()
    kiosk.give("A", ELDERLY)
    scene.take()
    kiosk.merge()
    assert scene.order() == ["PK01", "A001", "AK01", "A002", "A003"]


def test_a_clock_that_is_set_back_lets_nobody_pass(scene: Scene, kiosk: LoneKiosk) -> None:
    kiosk.give()
    kiosk.merge()
    scene.later(-10)
    kiosk.give()
    scene.later(10)
    kiosk.merge()
    assert scene.order() == ["AK01", "AK02"]


def test_a_priority_number_alerts_who_cares_for_the_visitor(scene: Scene, kiosk: LoneKiosk) -> None:
    kiosk.give("A", ELDERLY, (Help.WHEELCHAIR,))
    kiosk.merge()
    ticket = found(scene, "PK01")
    assert ticket.help == (Help.WHEELCHAIR,)
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    assert visit.vulnerable
    said = scene.office.read(lambda tx: declarations.find(tx, visit.id))
    assert said is not None
    assert said.grounds == (ELDERLY,)


def test_a_number_of_yesterday_is_history(scene: Scene, kiosk: LoneKiosk) -> None:
    given = kiosk.give("A", ELDERLY).ticket
    scene.later(24 * 60)
    kiosk.merge()
    ticket = found(scene, given.code)
    assert (ticket.day, ticket.state) == (given.day, TicketState.CANCELLED)
    assert ticket.remark == "Hari berganti sebelum kios tersambung"
    assert scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id)) is None
    assert scene.office.counter_board(1).waiting == ()


def test_a_clock_that_runs_ahead_costs_nobody_the_day(scene: Scene, kiosk: LoneKiosk) -> None:
    command = MergeTicket(
        service_id=1,
        day="2026-11-24",
        series="AK",
        number=1,
        label="AK01",
        issued_at=scene.clock.now + 24 * 3_600_000,
    )
    ticket: Ticket = scene.kiosk.perform(command, KIOSK)
    assert (ticket.day, ticket.issued_at) == ("2026-11-23", scene.clock.now)
    assert kiosk.waiting() == 0
    assert scene.call().label == "AK01"


def test_a_new_kiosk_gets_no_letter_that_papers_bear(scene: Scene, kiosk: LoneKiosk) -> None:
    """A rebuilt office may lack the row of the kiosk that gave them."""
    kiosk.give()
    kiosk.merge()
    now = scene.clock.now
    told = Presence(
        identity="pc-2", name="kios-2", mode="kiosk", version="1", boot="b", seen_at=now, letter=USUAL_LETTER
    )
    store_of(scene.office).write(lambda tx: stations.report(tx, told))
    assert scene.office.read(lambda tx: stations.letter_of(tx, "pc-2")) == "L"


def test_a_number_on_several_papers_is_called_by_it_and_told_apart_by_its_kiosk(
    scene: Scene, kiosk: LoneKiosk
) -> None:
    """Nobody waits for a number that is on no paper."""
    others = [LoneKiosk(scene, "K", station) for station in ("kios-2", "kios-3")]
    papers = [each.give().ticket for each in (kiosk, *others)]
    kiosk.give()
    for each in (kiosk, *others):
        each.merge()
    merged = [found(scene, paper.code) for paper in papers]
    assert [each.label for each in merged] == ["AK01"] * 3
    assert [each.remark for each in merged] == [
        f"Karcis lain bernomor sama; yang ini dari {station}, 09.00"
        for station in ("kios-1", "kios-2", "kios-3")
    ]
    assert scene.order() == ["AK01", "AK01", "AK01", "AK02"]


def test_the_lobby_says_which_of_two_papers_is_called(scene: Scene, kiosk: LoneKiosk) -> None:
    twin = LoneKiosk(scene, "K", "kios-2")
    for each in (kiosk, twin):
        each.give()
        each.merge()
    kiosk.give()
    kiosk.merge()
    scene.sit(1)
    labels = [scene.visit().label for _n in range(3)]
    assert labels == ["AK01", "AK01", "AK02"]
    calls = scene.office.lobby_board().calls
    assert [(each.label, each.origin, is_twin(each.series)) for each in reversed(calls)] == [
        ("AK01", "kios-1, 09.00", True),
        ("AK01", "kios-2, 09.00", True),
        ("AK02", "kios-1, 09.00", False),
    ]


def test_a_number_that_two_papers_have_means_the_one_that_still_waits(scene: Scene, kiosk: LoneKiosk) -> None:
    twin = LoneKiosk(scene, "K", "kios-2")
    papers = [each.give().ticket for each in (kiosk, twin)]
    for each in (kiosk, twin):
        each.merge()
    scene.sit(1)
    assert found(scene, "ak1").code == papers[0].code
    scene.visit()
    assert found(scene, "AK01").code == papers[1].code
    scene.visit()
    assert found(scene, "AK01").code == papers[0].code


def test_what_a_broken_kiosk_calls_its_number_is_a_remark(scene: Scene) -> None:
    """Counters, lobby and `verify` read one number from series and figures."""
    at = scene.clock.now
    broken = MergeTicket(
        service_id=scene.service["A"], day="2026-11-23", series="AK", number=7, label="kata", issued_at=at
    )
    merged_ticket: Ticket = scene.kiosk.perform(broken, KIOSK)
    assert (merged_ticket.label, merged_ticket.remark) == ("AK07", "Pada karcis tertulis kata")


def test_the_quota_is_told_and_not_enforced(scene: Scene, kiosk: LoneKiosk) -> None:
    quota = scene.office.kiosk_board().lines[4].service.quota
    assert quota is not None
    for _n in range(quota):
        scene.take("R")
    kiosk.give("R")
    kiosk.merge()
    assert found(scene, "RK01").state is TicketState.WAITING
    assert msgspec.json.decode(scene.events()[-1].data)["over_quota"] is True


def test_a_request_that_hung_and_did_nothing_leaves_the_number_on_paper(
    scene: Scene, kiosk: LoneKiosk
) -> None:
    kiosk.give(instead_of=HUNG)
    kiosk.merge()
    assert scene.order() == ["AK01"]


def test_a_number_that_nobody_saw_is_withdrawn(scene: Scene, kiosk: LoneKiosk) -> None:
    """The number on paper holds, of two for one touch."""
    unseen = hung(scene, commands.IssueTicket(service_id=1))
    kiosk.give(instead_of=HUNG)
    scene.take()
    kiosk.merge()
    withdrawn = scene.ticket(unseen)
    assert (withdrawn.state, withdrawn.remark) == (TicketState.CANCELLED, "Diganti AK01")
    assert scene.order() == ["AK01", "A002"]
    assert "ticket.cancelled" in scene.kinds()


def test_it_is_withdrawn_from_the_counter_that_called_it(scene: Scene, kiosk: LoneKiosk) -> None:
    hung(scene, commands.IssueTicket(service_id=1))
    assert scene.call().label == "A001"
    kiosk.give(instead_of=HUNG)
    kiosk.merge()
    assert scene.office.counter_board(1).mine.current is None
    assert scene.call().label == "AK01"


def test_its_visit_goes_on_and_nobody_is_alerted_twice(scene: Scene, kiosk: LoneKiosk) -> None:
    unseen = hung(scene, commands.IssueTicket(service_id=1, priority=ELDERLY))
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, unseen.id))
    assert visit is not None
    kiosk.give("A", ELDERLY, instead_of=HUNG)
    kiosk.merge()
    ticket = found(scene, "PK01")
    now = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert now is not None
    assert now.id == visit.id
    assert len([kind for kind in scene.kinds() if kind == "ticket.issued"]) == 2


def test_one_that_was_served_is_left_to_who_served(scene: Scene, kiosk: LoneKiosk) -> None:
    unseen = hung(scene, commands.IssueTicket(service_id=1))
    scene.visit()
    kiosk.give(instead_of=HUNG)
    kiosk.merge()
    assert scene.ticket(unseen).state is TicketState.DONE
    assert scene.order() == ["AK01"]


def test_a_rebuilt_office_has_it_too_and_the_kiosk_merges_nothing_twice(
    scene: Scene, kiosk: LoneKiosk
) -> None:
    """Its entry stands in the journal as any other: a replay carries it out before the kiosk comes back."""
    kiosk.give()
    entries = merge_records(journals.read_local(kiosk.path), scene.office.uid)
    came = replay(store_of(scene.office), entries)
    assert [line.label for line in came.done] == ["AK01"]
    kiosk.merge()
    assert scene.order() == ["AK01"]
