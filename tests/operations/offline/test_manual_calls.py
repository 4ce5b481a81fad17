"""Calls by mouth that were noted while cut off, as they come into the books."""

from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.office import calls_after, plain_link, store_of
from tests.operations.offline.lone_counter import LoneCounter, killed_after
from tests.operations.offline.lone_kiosk import LoneKiosk
from tests.operations.scene import MINUTE, Scene
from ult_desktop.base import formats
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.offline import CallNotes, NoteCall
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason, Ticket, TicketState
from ult_desktop.core.recorded_requests import merge_records
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.backup import journals
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.visits import visits
from ult_desktop.operations.backup.replay import replay

pytestmark = pytest.mark.by_engine


@pytest.fixture
def counter(scene: Scene) -> LoneCounter:
    scene.sit(1, 2)
    return LoneCounter(scene)


def found(scene: Scene, text: str) -> Ticket:
    ticket = scene.office.find_ticket(text)
    assert ticket is not None
    return ticket


def test_it_has_its_true_times_and_nothing_is_announced(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    began, seq = scene.clock.now, scene.office.last_seq()
    scene.later(60)
    counter.note("a001 ", called=10, served=(12, 25))
    scene.later(5)
    counter.hand_in()
    ticket = found(scene, "A001")
    assert ticket.state is TicketState.DONE
    assert (ticket.called_at, ticket.arrived_at, ticket.finished_at) == tuple(
        began + minutes * MINUTE for minutes in (10, 12, 25)
    )
    assert (ticket.counter, ticket.calls) == (1, 1)
    assert calls_after(scene.office, seq) == ()
    event = scene.events()[-1]
    assert (event.kind, event.station, event.officer_id) == (
        "ticket.called_by_mouth",
        counter.station,
        scene.officer(1).officer_id,
    )
    assert msgspec.json.decode(event.data)["called"] == ticket.called_at
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    assert visit.began_at == ticket.issued_at
    assert counter.notes().waiting == ()


def test_a_call_by_mouth_is_a_turn_of_its_own_kind(scene: Scene, counter: LoneCounter) -> None:
    """The share of priority numbers at a counter goes by its latest turns."""
    ordinary = scene.take()
    scene.take(priority=PriorityReason.ELDERLY)
    scene.later(30)
    counter.note("A001", called=5, served=(6, 7))
    counter.note("P001", called=10, served=(11, 12))
    counter.hand_in()
    assert scene.office.read(lambda tx: servings.recent_priorities(tx, ordinary.day, 1)) == [True, False]


def test_who_did_not_come_may_come_back(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    scene.later(30)
    counter.note("A001", called=5)
    counter.hand_in()
    missed = found(scene, "A001")
    assert (missed.state, missed.arrived_at) == (TicketState.NO_SHOW, None)
    scene.later(5)
    counter.note("A001", called=31, served=(32, 33))
    counter.hand_in()
    assert found(scene, "A001").state is TicketState.DONE


def test_the_visitor_who_was_at_the_counter_is_finished_by_it(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    scene.take()
    called = scene.call(1)
    served = scene.serve(2)
    scene.later(30)
    counter.note(called.label, called=1, served=(3, 20))
    counter.note(served.label, called=1, served=(3, 20), number=2)
    counter.hand_in()
    first, second = found(scene, called.label), found(scene, served.label)
    assert first.state is second.state is TicketState.DONE
    assert (first.called_at, second.arrived_at) == (called.called_at, served.arrived_at)
    assert first.finished_at == second.finished_at
    assert scene.office.counter_board(1).mine.current is None


def test_with_another_visitor_at_the_counter_by_then(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    scene.take()
    scene.later(20)
    counter.note("A002", called=1, served=(2, 3))
    assert scene.serve(1).label == "A001"
    counter.hand_in()
    assert found(scene, "A002").state is TicketState.DONE
    current = scene.office.counter_board(1).mine.current
    assert current is not None
    assert current.label == "A001"


def test_twice_noted_or_called_elsewhere_is_told_until_it_is_read(scene: Scene, counter: LoneCounter) -> None:
    for _n in range(3):
        scene.take()
    scene.later(30)
    counter.note("A001", called=5, served=(6, 7))
    counter.note("A001", called=5, served=(6, 7))
    counter.note("A002", called=8)
    scene.do(commands.CallTicket(counter=2, ticket_id=found(scene, "A002").id))
    counter.note("A003", called=9)
    scene.do(commands.Cancel(ticket_id=found(scene, "A003").id))
    counter.hand_in()
    why = [(each.command.label, each.why) for each in counter.notes().refused]
    assert [label for label, _why in why] == ["A001", "A002", "A003"]
    assert "pukul 09.05" in why[0][1]
    assert "selesai (loket 1)" in why[0][1]
    assert "dipanggil (loket 2)" in why[1][1]
    assert why[2][1].endswith("Tidak ada yang berubah.")
    assert "dibatalkan" in why[2][1]
    counter.hand_in()
    scene.later(60 * 24 * 60)
    assert len(counter.notes().refused) == 3, "never lost, however long nobody reads it"
    with closing(OfflineJournal(counter.path)) as book:
        book.put_away(counter.notes().refused[0].request)
    assert [each.command.label for each in counter.notes().refused] == ["A002", "A003"]


def test_a_number_of_a_kiosk_that_is_still_cut_off_is_waited_for(scene: Scene, counter: LoneCounter) -> None:
    kiosk = LoneKiosk(scene)
    kiosk.give()
    scene.later(10)
    counter.note("AK01", called=5, served=(6, 7))
    counter.hand_in()
    assert [each.command.label for each in counter.notes().waiting] == ["AK01"]
    assert counter.notes().refused == ()
    kiosk.merge()
    counter.hand_in()
    assert counter.notes().waiting == ()
    assert found(scene, "AK01").state is TicketState.DONE


def test_the_day_is_over_before_the_share_is_back(scene: Scene, counter: LoneCounter) -> None:
    taken = scene.take()
    scene.later(30)
    counter.note("A001", called=5, served=(6, 7))
    counter.note("A009", called=8)
    scene.later(24 * 60)
    counter.hand_in()
    ticket = scene.ticket(taken)
    assert (ticket.state, ticket.day) == (TicketState.DONE, taken.day)
    day = formats.format_date(date.fromisoformat(taken.day), "short")
    assert f"tidak ada di antrean {day}." in counter.notes().refused[0].why


def test_a_number_that_was_taken_after_the_call_by_this_pcs_clock(scene: Scene, counter: LoneCounter) -> None:
    scene.later(10)
    taken = scene.take()
    scene.later(10)
    counter.note("A001", called=1, served=(2, 3))
    counter.hand_in()
    ticket = scene.ticket(taken)
    assert ticket.called_at == ticket.arrived_at == ticket.finished_at == taken.issued_at


def test_a_clock_that_ran_ahead(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    scene.later(30)
    counter.note("A001", called=10, served=(11, 29))
    scene.later(-10)
    counter.hand_in()
    ticket = found(scene, "A001")
    assert ticket.state is TicketState.DONE
    assert ticket.finished_at is not None
    assert ticket.finished_at <= scene.clock.now


@pytest.mark.parametrize(
    ("label", "called", "served", "words"),
    [
        ("", 5, None, "bukan nomor antrean"),
        ("Budi", 5, None, "bukan nomor antrean"),
        ("A²", 5, None, "bukan nomor antrean"),
        ("A" * 30 + "1", 5, None, "bukan nomor antrean"),
        ("A001", 40, None, "belum tiba"),
        ("A001", 5, (4, 6), "tidak berurutan"),
        ("A001", 5, (6, 5), "tidak berurutan"),
    ],
)
def test_what_cannot_be_is_not_noted(
    counter: LoneCounter, label: str, called: int, served: tuple[int, int] | None, words: str
) -> None:
    counter.scene.later(30)
    with pytest.raises(UserError, match=words):
        counter.note(label, called=called, served=served)
    assert counter.notes().waiting == ()


def test_only_who_serves_may(scene: Scene, counter: LoneCounter) -> None:
    nobody = Actor(station="loket-1")
    command = NoteCall(counter=1, label="A001", called_at=scene.clock.now)
    with pytest.raises(UserError, match="tidak berwenang"):
        counter.write(command, nobody)
    scene.refused(msgspec.structs.replace(command, arrived_at=1), words="tidak berurutan")
    scene.refused(msgspec.structs.replace(command, counter=99), 1, words="tidak ada")


def test_an_officer_who_left_meanwhile_is_named(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    counter.note("A001", called=0)
    store_of(scene.office).write(lambda tx: tx.run("UPDATE officer SET active = 0 WHERE login = 'budi'"))
    name = scene.officer(1).name
    with closing(OfflineJournal(counter.path)) as book:
        officer = book.waiting(scene.office.uid)[0].officer_id
    store_of(scene.office).write(lambda tx: tx.run("UPDATE officer SET active = 0 WHERE id = ?", officer))
    counter.hand_in()
    assert counter.notes().refused[0].why.startswith(f"{name} tidak lagi terdaftar")


@pytest.mark.slow
def test_killed_while_it_notes_nothing_confirmed_is_lost(scene: Scene, counter: LoneCounter) -> None:
    told: list[str] = []
    for lines in (1, 4):
        told += killed_after(counter.start("note", str(counter.path), scene.office.uid), lines)
    waiting = [each.command.label for each in counter.notes().waiting]
    assert len(set(told)) == len(told)
    assert set(told) <= set(waiting)
    assert len(set(waiting)) == len(waiting)


@pytest.mark.slow
def test_killed_in_the_middle_of_handing_in_each_is_there_once(scene: Scene, counter: LoneCounter) -> None:
    for _n in range(30):
        scene.take()
    scene.later(60)
    for number in range(1, 31):
        counter.note(f"A{number:03}", called=number, served=(number, number + 1))
    killed_after(counter.start("hand_in", str(counter.path), str(scene.path), str(scene.clock.now)), 3)
    assert 3 <= scene.kinds().count("ticket.called_by_mouth") <= 30
    counter.hand_in()
    assert scene.kinds().count("ticket.called_by_mouth") == 30
    assert counter.notes() == CallNotes()


def test_a_share_that_goes_again_leaves_it_for_later(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    counter.note("A001", called=0)
    with counter.held_share(), pytest.raises(ShareUnreachable):
        counter.hand_in(timeout_s=0.05)
    assert len(counter.notes().waiting) == 1
    counter.hand_in()
    assert found(scene, "A001").state is TicketState.NO_SHOW


@pytest.mark.file_only("copies")
def test_a_rebuilt_office_knows_it_too(scene: Scene, counter: LoneCounter, tmp_path: Path) -> None:
    scene.take()
    backup = tmp_path / "pc-2" / "backup.db"  # where nobody's journal knows more than it
    backup.parent.mkdir()
    backup.write_bytes(scene.path.read_bytes())
    scene.later(30)
    counter.note("A001", called=5, served=(6, 7))
    counter.hand_in()
    wanted = found(scene, "A001")
    told = merge_records(journals.read_local(counter.path), scene.office.uid)
    restored = Scene(backup)
    done = replay(store_of(restored.office), told)
    assert [line.name for line in done.done] == ["NoteCall"]
    assert restored.ticket(wanted) == wanted
    restored.close()


def test_a_visit_without_a_procedure_ends_with_it(scene: Scene, counter: LoneCounter) -> None:
    store_of(scene.office).write(lambda tx: tx.run("UPDATE procedure SET retired_at = 1"))
    taken = scene.take()
    scene.later(30)
    counter.note("A001", called=5, served=(6, 7))
    counter.hand_in()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, taken.id))
    assert visit is not None
    assert (visit.ending, visit.ended_at) == (Ending.DONE, scene.ticket(taken).finished_at)
    serving = scene.office.read(lambda tx: next(iter(servings.ended_at_counter(tx, taken.day, 1)), None))
    assert serving is not None
    assert serving.ended_at == visit.ended_at
    assert scene.office.read(lambda tx: tickets.get(tx, taken.id)).is_open is False


def test_a_note_that_cannot_be_read_keeps_no_other_back(scene: Scene, counter: LoneCounter) -> None:
    scene.take()
    broken = counter.note("A002", called=0).request
    counter.note("A001", called=0)
    with closing(plain_link(counter.path)) as link, link:
        link.execute("UPDATE work SET arguments = '{}' WHERE request = ?", (broken,))
    assert [each.command.label for each in counter.notes().waiting] == ["A001"]
    counter.hand_in()
    assert counter.notes() == CallNotes()
    assert found(scene, "A001").state is TicketState.NO_SHOW
