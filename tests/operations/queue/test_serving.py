"""Serve: times kept apart, one visitor per officer, and the steps back."""

import pytest

from tests.operations.scene import ELDERLY, KIOSK, MINUTE, Scene
from ult_desktop.core.cases.commands import CloseCase, OpenCase
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.visits.commands import EndVisit, SignGuestBook
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.procedures import marks, pauses
from ult_desktop.db.visits import visits
from ult_desktop.operations.sheets import day_sheet

pytestmark = pytest.mark.by_engine


def test_waiting_walking_and_serving_are_kept_apart(scene: Scene) -> None:
    ticket = scene.take()
    scene.later(7)
    scene.do(commands.CallNext(counter=1))
    scene.later(1)
    scene.do(commands.Arrive(counter=1))
    scene.later(12)
    done = scene.do(commands.Finish(counter=1))
    stamps = (done.called_at, done.arrived_at, done.finished_at)
    assert stamps == tuple(ticket.issued_at + minutes * MINUTE for minutes in (7, 8, 20))
    day = scene.office.counter_board(1).day
    assert (day.wait_seconds, day.walking_seconds, day.serving_seconds) == (420, 60, 720)


def test_a_clock_that_steps_back_leaves_no_time_out_of_order(scene: Scene) -> None:
    scene.take()
    scene.call()
    scene.later(-3)
    arrived = scene.do(commands.Arrive(counter=1))
    assert arrived.arrived_at == arrived.called_at
    done = scene.do(commands.Finish(counter=1))
    assert done.finished_at == done.arrived_at


def test_an_officer_at_two_counters_serves_one_visitor(scene: Scene) -> None:
    siti = scene.officer(1)
    scene.office.perform(commands.StaffCounter(counter=2), siti)
    scene.take()
    scene.take()
    scene.serve(1)
    scene.do(commands.CallNext(counter=2), counter=1)
    scene.refused(commands.Arrive(counter=2), counter=1, words="Anda masih melayani nomor A001 di loket 1")
    scene.do(commands.NoShow(counter=2), counter=1)
    walk_in = commands.WalkIn(counter=2, service_id=scene.service["A"])
    scene.refused(walk_in, counter=1, words="Anda masih melayani")


def test_undo_a_finish_goes_on_with_the_visit(scene: Scene) -> None:
    scene.take()
    began = scene.serve().arrived_at
    scene.do(commands.Finish(counter=1))
    undone = scene.do(commands.Undo(counter=1))
    assert (undone.state, undone.arrived_at, undone.finished_at) == (TicketState.SERVING, began, None)
    assert scene.do(commands.Finish(counter=1)).state is TicketState.DONE


def test_undo_does_not_bring_back_a_visit_that_reception_has_ended(scene: Scene) -> None:
    """The number would be served in a visit that is over: nothing could be written down in it."""
    scene.take()
    ticket = scene.visit()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    assert scene.office.counter_board(1).undoable is not None
    scene.later(1)
    scene.do(EndVisit(visit_id=visit.id, ending=Ending.LEFT))
    assert scene.office.counter_board(1).undoable is None
    scene.refused(commands.Undo(counter=1), words="sudah diakhiri petugas lain")


def test_what_was_written_when_the_visitor_was_called_is_not_signed(scene: Scene) -> None:
    """The officer's form opens with it, and what they save is the signed line."""
    scene.take()
    ticket = scene.serve()
    half = SignGuestBook(ticket_id=ticket.id, name="Dedi", institution="SDN 1", finished=False)
    visit = scene.kiosk.perform(half, KIOSK)

    def is_signed() -> bool:
        leaving = scene.office.counter_board(1).leaving
        assert leaving is not None
        happened = scene.office.read(lambda tx: {each.event for each in marks.of_visit(tx, visit)})
        assert leaving.guest_book_signed is (StepEvent.GUEST_BOOK_FILLED in happened)
        return leaving.guest_book_signed

    assert not is_signed()
    seen = SignGuestBook(visit_id=visit.id, name="Dedi", institution="SDN 1")
    scene.do(seen.after(seen))
    assert is_signed()


def test_undo_a_no_show_keeps_the_count_of_calls(scene: Scene) -> None:
    scene.take()
    scene.call()
    scene.do(commands.Recall(counter=1))
    scene.do(commands.NoShow(counter=1))
    undone = scene.do(commands.Undo(counter=1))
    assert (undone.state, undone.calls) == (TicketState.CALLED, 2)


def test_the_board_offers_what_can_be_undone(scene: Scene) -> None:
    ticket = scene.take()
    scene.call()
    assert scene.office.counter_board(1).undoable is None
    scene.do(commands.NoShow(counter=1))
    undoable = scene.office.counter_board(1).undoable
    assert undoable is not None
    assert undoable.id == ticket.id


@pytest.mark.parametrize("end", ["done", "no_show", "held", "held while called", "transferred"])
def test_undone_after_the_next_call_a_visitor_is_the_counters_next(scene: Scene, end: str) -> None:
    """The counter keeps its visitor; the one who left it wrongly is called there before all others."""
    scene.sit(2)
    first, _second, _third = (scene.take() for _n in range(3))
    urgent = scene.take(priority=ELDERLY)
    scene.do(commands.CallTicket(counter=1, ticket_id=first.id))
    if end in ("done", "held", "transferred"):
        scene.do(commands.Arrive(counter=1))
    hold = commands.Hold(ticket_id=first.id, reason="Ke toilet")
    acts = {
        "done": commands.Finish(counter=1, outcome=GIVEN, leaves=True),
        "no_show": commands.NoShow(counter=1),
        "transferred": commands.Transfer(counter=1, to_service=scene.service["B"], remark="Salah"),
    }
    scene.later(3)
    scene.do(acts.get(end, hold))
    board = scene.office.counter_board(1)
    scene.later(1)
    there = scene.serve(1)
    assert there.id == urgent.id
    seen = scene.office.counter_board(1)
    assert seen.undoable == board.undoable
    back = scene.do(commands.Undo(counter=1, ticket_id=first.id))
    assert (back.state, back.outcome, back.target_counter) == (TicketState.WAITING, "", 1)
    assert (back.service_id, back.counter, back.finished_at) == (first.service_id, None, None)
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, first.id))
    assert visit is None or visit.is_open
    board = scene.office.counter_board(1)
    assert (board.mine.current, board.undoable, board.next_up) == (there, None, back)
    assert (board.day.set_aside, board.day.transferred) == (0, 0)
    scene.refused(commands.Undo(counter=1), words="A001 kini menunggu; tidak dapat diurungkan lagi")
    assert scene.call(2).id != first.id
    scene.do(commands.Finish(counter=1))
    assert scene.call(1).id == first.id


def test_acts_are_undone_one_after_the_other(scene: Scene) -> None:
    """The last is the first; one that has a number of its own is undone alone."""
    first, second, third = (scene.take() for _n in range(3))
    for _n in range(3):
        scene.visit()
        scene.later(1)
    assert scene.do(commands.Undo(counter=1, ticket_id=second.id)).state is TicketState.SERVING
    assert scene.do(commands.Undo(counter=1)).label == third.label
    assert scene.do(commands.Undo(counter=1)).label == first.label
    board = scene.office.counter_board(1)
    assert board.mine.current is not None
    assert [board.mine.current.id, *(each.id for each in board.waiting)] == [second.id, first.id, third.id]
    scene.refused(commands.Undo(counter=1), words="A003 kini menunggu; tidak dapat diurungkan lagi")


def test_a_number_that_goes_on_ends_its_own_way_back_alone(scene: Scene) -> None:
    first, second = scene.take(), scene.take()
    scene.miss()
    scene.miss()
    scene.do(commands.ComeBack(ticket_id=second.id))
    undoable = scene.office.counter_board(1).undoable
    assert undoable is not None
    assert undoable.id == first.id
    words = "A002 kini menunggu; tidak dapat diurungkan lagi"
    scene.refused(commands.Undo(counter=1, ticket_id=second.id), words=words)
    assert scene.do(commands.Undo(counter=1)).id == first.id


def test_nothing_to_undo_once_the_visitor_came_back(scene: Scene) -> None:
    ticket = scene.take()
    scene.miss()
    scene.do(commands.ComeBack(ticket_id=ticket.id))
    scene.refused(commands.Undo(counter=1), words="A001 kini menunggu; tidak dapat diurungkan lagi")


def test_nothing_to_undo_once_another_counter_served_the_visitor(scene: Scene) -> None:
    """Else the ticket would stand at two counters."""
    scene.sit(2)
    ticket = scene.take()
    scene.miss(1)
    scene.do(commands.ComeBack(ticket_id=ticket.id))
    scene.visit(2)
    scene.refused(commands.Undo(counter=1), words="A001 kini selesai di loket 2; tidak dapat")
    assert scene.office.counter_board(1).undoable is None


@pytest.mark.parametrize("way", ["service", "counter", "officer", "back"])
def test_undo_of_a_transfer_takes_the_visitor_back_as_they_stood(scene: Scene, way: str) -> None:
    scene.sit(2)
    scene.take()
    scene.serve(2)
    scene.do(commands.Transfer(counter=2, to_counter=1, remark="Cek NIK"))
    before = scene.serve(1)
    ways = {
        "service": commands.Transfer(counter=1, to_service=scene.service["B"], remark="Salah"),
        "counter": commands.Transfer(counter=1, to_counter=2),
        "officer": commands.Transfer(counter=1, to_officer=scene.officer(2).officer_id),
        "back": commands.Transfer(counter=1, back=True),
    }
    sent = scene.do(ways[way])
    undoable = scene.office.counter_board(1).undoable
    assert undoable == sent
    assert scene.do(commands.Undo(counter=1)) == before
    assert (before.remark, before.sender_counter, before.target_counter) == ("Cek NIK", 2, 1)
    assert scene.office.counter_board(1).day.transferred == 1  # only the first


def test_undo_of_a_hold_goes_on_where_it_was(scene: Scene) -> None:
    ticket = scene.take()
    called = scene.call()
    scene.do(commands.Hold(ticket_id=ticket.id, reason="Ke toilet"))
    assert scene.do(commands.Undo(counter=1)) == called
    serving = scene.do(commands.Arrive(counter=1))
    scene.do(commands.Hold(ticket_id=ticket.id, reason="Ke ATM atau fotokopi", away=True))
    assert scene.do(commands.Undo(counter=1)) == serving
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    assert scene.office.read(lambda tx: pauses.running(tx, visit.id, scene.clock.now)) is None
    assert scene.do(commands.Finish(counter=1)).state is TicketState.DONE


def test_what_was_sent_on_and_called_there_is_not_undone(scene: Scene) -> None:
    scene.sit(2)
    ticket = scene.take()
    scene.serve(1)
    scene.do(commands.Transfer(counter=1, to_counter=2))
    scene.call(2)
    scene.refused(commands.Undo(counter=1), words="A001 kini dipanggil di loket 2; tidak dapat diurungkan")
    scene.do(commands.NoShow(counter=2))
    scene.do(commands.ComeBack(ticket_id=ticket.id))
    scene.refused(commands.Undo(counter=1), words="A001 kini menunggu; tidak dapat diurungkan lagi")
    assert scene.office.counter_board(1).undoable is None


def test_what_the_day_closed_after_a_transfer_is_not_undone(scene: Scene) -> None:
    scene.take()
    scene.serve()
    scene.do(commands.Transfer(counter=1, to_service=scene.service["B"]))
    scene.do(commands.CloseDay(reason="Selesai"))
    scene.refused(commands.Undo(counter=1), words="A001 kini dibatalkan")
    scene.office.perform(commands.TakeBackDay(), scene.officer(1))
    scene.refused(commands.Undo(counter=1), words="A001 kini menunggu")


def test_what_was_held_and_goes_on_is_not_undone(scene: Scene) -> None:
    ticket = scene.take()
    scene.serve()
    scene.do(commands.Hold(ticket_id=ticket.id))
    scene.do(commands.Resume(ticket_id=ticket.id))
    scene.refused(commands.Undo(counter=1), words="A001 kini menunggu; tidak dapat diurungkan lagi")
    scene.do(commands.Hold(ticket_id=ticket.id))
    scene.refused(commands.Undo(counter=1), words="A001 kini ditunda; tidak dapat diurungkan lagi")


def test_an_officer_does_not_undo_what_another_did_at_the_counter(scene: Scene) -> None:
    scene.take()
    scene.visit()
    scene.office.perform(commands.StaffCounter(counter=1), scene.officer(2))
    scene.refused(commands.Undo(counter=1), counter=2, words="Tidak ada yang dapat diurungkan")


def test_undone_while_serving_somebody_at_another_counter(scene: Scene) -> None:
    scene.office.perform(commands.StaffCounter(counter=2), scene.officer(1))
    scene.take()
    scene.take()
    scene.visit(1)
    scene.do(commands.CallNext(counter=2), counter=1)
    scene.do(commands.Arrive(counter=2), counter=1)
    back = scene.do(commands.Undo(counter=1))
    assert (back.label, back.state, back.target_counter) == ("A001", TicketState.WAITING, 1)


def test_no_undo_on_another_day(scene: Scene) -> None:
    scene.take()
    scene.visit()
    scene.later(24 * 60)
    scene.refused(commands.Undo(counter=1), words="Tidak ada yang dapat diurungkan")


GIVEN = "Informasi diberikan"


def test_a_number_without_a_case_says_what_became_of_it(scene: Scene) -> None:
    """Counted on the day's page and sheet; an undo forgets it."""
    for _n in range(3):
        scene.take()
    scene.serve()
    assert scene.do(commands.Finish(counter=1, outcome=GIVEN)).outcome == GIVEN
    scene.visit()
    scene.serve()
    scene.do(commands.Finish(counter=1, outcome="Dirujuk ke instansi lain"))
    day = scene.office.counter_board(1).day
    assert day.outcomes == ((GIVEN, 1), ("Dirujuk ke instansi lain", 1))
    sheet = scene.office.read(lambda tx: day_sheet(tx, scene.clock.now))
    assert (GIVEN, "1") in [(row.head, row.text) for row in sheet.rows]
    assert scene.do(commands.Undo(counter=1)).outcome == ""
    assert scene.office.counter_board(1).day.outcomes == ((GIVEN, 1),)


def test_an_outcome_is_of_the_offices_list_and_of_a_visit_without_a_case(scene: Scene) -> None:
    ticket = scene.take()
    scene.serve()
    scene.refused(commands.Finish(counter=1, outcome="Senang"), words="bukan hasil dari daftar kantor")
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    scene.do(OpenCase(visit_id=visit.id, detail="Dapodik"))
    scene.refused(commands.Finish(counter=1, outcome=GIVEN), words="punya permohonan 0001/ULT/2026")
    assert scene.do(commands.Finish(counter=1)).outcome == ""


def test_who_leaves_ends_the_visit_and_undo_takes_that_back(scene: Scene) -> None:
    ticket = scene.take()
    scene.serve()
    seen = scene.office.counter_board(1).leaving
    assert seen is not None
    assert (seen.guest_book_signed, seen.survey_offered, seen.held_cards, seen.case_number) == (
        False,
        False,
        "",
        "",
    )
    scene.later(5)
    scene.do(commands.Finish(counter=1, leaves=True))
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    assert visit.ending == Ending.DONE
    assert scene.office.counter_board(1).leaving is None
    scene.do(commands.Undo(counter=1))
    assert scene.office.read(lambda tx: visits.get(tx, visit.id)).is_open


def test_what_keeps_a_visit_open_is_told_before_the_end(scene: Scene) -> None:
    ticket = scene.take()
    scene.serve()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    first = scene.office.perform(OpenCase(visit_id=visit.id, detail="Jam layanan"), scene.officer(1))
    second = OpenCase(visit_id=visit.id, detail="Legalisir", another=True)
    further = scene.office.perform(second, scene.officer(1))
    leaving = scene.office.counter_board(1).leaving
    assert leaving is not None
    assert (leaving.case_number, leaving.open_cases) == (first.number, (first.number, further.number))
    for case in (first, further):
        scene.office.perform(CloseCase(case_id=case.id, withdrawn=True, remark="Pulang"), scene.officer(1))
    scene.later(5)
    scene.do(commands.Finish(counter=1, leaves=True))
    assert scene.office.read(lambda tx: visits.open_further_matters(tx, visit.id)) == ()
    assert not scene.office.read(lambda tx: visits.get(tx, visit.id)).is_open
    scene.do(commands.Undo(counter=1))
    assert scene.office.read(lambda tx: visits.get(tx, visit.id)).is_open


def test_a_ticket_that_does_not_fit_is_found_and_noted(scene: Scene) -> None:
    """POS Sumut tatap muka 6: to arrive was to have been compared, and nothing else could be noted."""
    first, other = scene.take(), scene.take()
    scene.do(commands.CallTicket(counter=1, ticket_id=first.id))
    scene.refused(
        commands.NoteMismatch(counter=1, shown=first.label), words="cocok dengan nomor yang dipanggil"
    )
    scene.refused(commands.NoteMismatch(counter=1, shown="A999"), words="tidak ditemukan")
    held = scene.do(commands.NoteMismatch(counter=1, shown=other.label.lower()))
    assert (held.id, held.state) == (other.id, TicketState.WAITING)
    assert scene.events()[-1].kind == "ticket.mismatched"
    assert scene.ticket(first).state is TicketState.WAITING
    called = scene.do(commands.CallNext(counter=1))
    assert called.id == first.id  # they were called, and go first
    scene.do(commands.Arrive(counter=1))
    scene.refused(commands.NoteMismatch(counter=1, shown=other.label), words="sedang dilayani")
