"""Move in the queue: come back behind the next three, hold and resume, transfer, cancel."""

import json

import pytest

from tests.operations.scene import ELDERLY, Scene
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import QueuePosition, TicketState
from ult_desktop.db.procedures import pauses
from ult_desktop.db.queue import servings
from ult_desktop.db.visits import visits
from ult_desktop.operations.sheets import day_sheet

pytestmark = pytest.mark.by_engine


def test_a_visitor_who_comes_back_is_behind_the_next_three(scene: Scene) -> None:
    late = scene.take()
    scene.miss()
    for _n in range(5):
        scene.take()
    assert scene.do(commands.ComeBack(ticket_id=late.id)).place is QueuePosition.RETURNED
    assert scene.order() == ["A002", "A003", "A004", "A001", "A005", "A006"]


def test_with_fewer_waiting_a_returning_visitor_goes_to_the_end(scene: Scene) -> None:
    late = scene.take()
    scene.miss()
    scene.take()
    scene.later(1)
    scene.do(commands.ComeBack(ticket_id=late.id))
    scene.take()
    assert scene.order() == ["A002", "A001", "A003"]


def test_only_the_own_queue_is_counted_on_the_way_back(scene: Scene) -> None:
    late = scene.take()
    scene.miss()
    for service in ("B", "A", "B", "A", "A", "A"):
        scene.take(service)
    scene.take(priority=ELDERLY)
    scene.do(commands.ComeBack(ticket_id=late.id))
    regular = [label for label in scene.order() if label.startswith("A")]
    assert regular == ["A002", "A003", "A004", "A001", "A005"]


def test_hold_and_resume_keep_the_place(scene: Scene) -> None:
    first = scene.take()
    scene.take()
    held = scene.do(commands.Hold(ticket_id=first.id, reason="Melengkapi berkas"))
    assert held.remark == "Melengkapi berkas"
    assert [ticket.label for ticket in scene.office.counter_board(1).held] == ["A001"]
    scene.later(5)
    scene.take()
    scene.do(commands.Resume(ticket_id=first.id))
    assert scene.order() == ["A001", "A002", "A003"]


def test_a_called_visitor_who_is_held_frees_the_counter(scene: Scene) -> None:
    first = scene.take()
    scene.take()
    scene.call()
    scene.do(commands.Hold(ticket_id=first.id))
    assert scene.call().label == "A002"


@pytest.mark.parametrize("kind", [commands.Hold, commands.Cancel])
def test_without_a_reason_the_senders_remark_stays(
    scene: Scene, kind: type[commands.Hold] | type[commands.Cancel]
) -> None:
    ticket = scene.take()
    scene.serve()
    scene.do(commands.Transfer(counter=1, to_service=scene.service["L"], remark="Sudah verifikasi"))
    assert scene.do(kind(ticket_id=ticket.id)).remark == "Sudah verifikasi"


def test_a_transfer_without_a_remark_keeps_the_earlier_one(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    scene.serve()
    scene.do(commands.Transfer(counter=1, to_counter=2, remark="Sudah verifikasi"))
    scene.serve(2)
    sent = scene.do(commands.Transfer(counter=2, back=True))
    assert sent.remark == "Sudah verifikasi"
    scene.serve(1)
    again = scene.do(commands.Transfer(counter=1, to_counter=2, remark="Berkas lengkap"))
    assert again.remark == "Berkas lengkap"
    assert scene.do(commands.Undo(counter=1)).remark == "Sudah verifikasi"


def test_transfer_to_a_service_keeps_number_and_place(scene: Scene) -> None:
    scene.sit(3)
    scene.take("A")
    scene.take("L")
    scene.serve(1)
    sent = scene.do(commands.Transfer(counter=1, to_service=scene.service["L"], remark="Perbaikan data"))
    assert (sent.label, sent.service, sent.state) == ("A001", "Dapodik", TicketState.WAITING)
    assert (sent.remark, sent.sender_counter, sent.place) == ("Perbaikan data", 1, QueuePosition.TRANSFERRED)
    assert scene.order(counter=3) == ["A001", "L001"]


def test_transfers_are_counted_on_the_days_page_and_sheet(scene: Scene) -> None:
    scene.sit(3)
    scene.take("A")
    scene.serve(1)
    assert scene.office.counter_board(1).day.transferred == 0
    scene.do(commands.Transfer(counter=1, to_service=scene.service["B"]))
    assert scene.office.counter_board(1).day.transferred == 1
    sheet = scene.office.read(lambda tx: day_sheet(tx, scene.clock.now))
    assert ("Dialihkan", "1") in [(row.head, row.text) for row in sheet.rows]
    scene.later(24 * 60)
    assert scene.office.counter_board(1).day.transferred == 0


def test_transfer_to_a_counter_is_for_that_counter_alone(scene: Scene) -> None:
    scene.sit(2, 3)
    scene.take("A")
    scene.serve(1)
    scene.do(commands.Transfer(counter=1, to_counter=3))
    scene.refused(commands.CallNext(counter=2), words="Tidak ada yang menunggu")
    assert scene.call(3).label == "A001"


def test_who_is_sent_to_an_officer_is_called_where_that_officer_sits(scene: Scene) -> None:
    """At whatever counter; where the officer sits no more, any counter of the service calls."""
    scene.sit(2)
    scene.take()
    scene.serve(1)
    dedi = scene.officer(2)
    sent = scene.do(commands.Transfer(counter=1, to_officer=dedi.officer_id, remark="Kenal kasusnya"))
    assert (sent.state, sent.target_officer, sent.target_officer_id) == (
        "waiting",
        dedi.name,
        dedi.officer_id,
    )
    event = json.loads(scene.events()[-1].data)
    assert (event["officer"], event["counter"]) == (dedi.officer_id, None)
    assert scene.office.counter_board(1).next_up is None
    scene.office.perform(commands.StaffCounter(counter=3), dedi)
    scene.office.perform(commands.LeaveCounter(counter=2), dedi)
    following = scene.office.counter_board(3).next_up
    assert following is not None
    assert following.id == sent.id
    scene.office.perform(commands.LeaveCounter(counter=3), dedi)
    assert scene.ticket(sent).target_officer == ""
    assert scene.call(1).id == sent.id


def test_another_transfer_forgets_the_officer(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    scene.serve(1)
    scene.do(commands.Transfer(counter=1, to_officer=scene.officer(2).officer_id))
    assert scene.serve(2).target_officer == scene.officer(2).name
    back = scene.do(commands.Transfer(counter=2, back=True))
    assert (back.target_officer_id, back.target_counter) == (None, 1)


def test_a_transfer_to_an_officer_who_is_not_there(scene: Scene) -> None:
    siti, dedi, rina = (scene.officer(n) for n in (1, 2, 3))
    scene.take()
    scene.serve(1)
    scene.refused(commands.Transfer(counter=1, to_officer=999), words="Petugas itu tidak ada")
    scene.refused(commands.Transfer(counter=1, to_officer=siti.officer_id), words="sudah Anda layani")
    to_dedi = commands.Transfer(counter=1, to_officer=dedi.officer_id)
    scene.refused(to_dedi, words=f"{dedi.name} tidak sedang di loket.*Alihkan ke layanannya")
    scene.sit(3)
    scene.refused(to_dedi, words=rf"Yang sedang di loket: {rina.name} \(loket 3\)")


def test_transfer_back_to_the_sender(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    scene.serve(1)
    scene.do(commands.Transfer(counter=1, to_counter=2, remark="Mohon dicek"))
    scene.serve(2)
    back = scene.do(commands.Transfer(counter=2, back=True, remark="Sudah dicek"))
    assert (back.target_counter, back.sender_counter, back.remark) == (1, 2, "Sudah dicek")
    scene.refused(commands.CallNext(counter=2))
    assert scene.visit(1).state is TicketState.DONE


def test_each_station_of_a_transferred_visit_has_its_own_times(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    scene.serve(1)
    scene.later(4)
    scene.do(commands.Transfer(counter=1, to_counter=2))
    scene.later(6)
    scene.do(commands.CallNext(counter=2))
    first = scene.office.read(lambda tx: next(iter(servings.ended_at_counter(tx, "2026-11-23", 1)), None))
    second = scene.office.read(lambda tx: servings.open_at_counter(tx, 2))
    assert first is not None
    assert second is not None
    assert first.outcome == "transferred"
    assert first.ended_at is not None
    assert second.called_at - first.ended_at == 6 * 60_000


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (commands.Transfer(counter=1), "Pilih satu tujuan"),
        (commands.Transfer(counter=1, to_service=2, to_counter=2), "Pilih satu tujuan"),
        (commands.Transfer(counter=1, to_service=99), "Layanan itu tidak ada lagi"),
        (commands.Transfer(counter=1, to_counter=99), "Loket 99 tidak ada"),
        (commands.Transfer(counter=1, to_counter=1), "Nomor A001 sudah di loket itu"),
        (commands.Transfer(counter=1, to_counter=4), "Loket 4 belum dibuka.*Alihkan ke layanannya"),
        (commands.Transfer(counter=1, back=True), "Nomor A001 tidak datang dari loket lain"),
    ],
)
def test_a_transfer_that_leads_nowhere(scene: Scene, wish: commands.Transfer, words: str) -> None:
    scene.take()
    scene.serve()
    scene.refused(wish, words=words)


def test_who_was_sent_to_a_counter_that_closes_is_not_forgotten(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    scene.serve(1)
    scene.do(commands.Transfer(counter=1, to_counter=2))
    scene.office.perform(commands.LeaveCounter(counter=2), scene.officer(2))
    assert scene.call(1).label == "A001"


def test_cancel_frees_the_counter(scene: Scene) -> None:
    ticket = scene.take()
    scene.call()
    assert scene.do(commands.Cancel(ticket_id=ticket.id, reason="Nomor ganda")).remark == "Nomor ganda"
    assert scene.office.counter_board(1).mine.current is None


@pytest.mark.parametrize("bring", ["held", "no_show"])
def test_yesterdays_number_does_not_wait_again(scene: Scene, bring: str) -> None:
    ticket = scene.take()
    if bring == "held":
        scene.do(commands.Hold(ticket_id=ticket.id))
    else:
        scene.miss()
    scene.later(24 * 60)
    command = (
        commands.Resume(ticket_id=ticket.id) if bring == "held" else commands.ComeBack(ticket_id=ticket.id)
    )
    scene.refused(command, words="Nomor A001 bukan dari hari ini")


def test_yesterdays_visitor_is_not_sent_on(scene: Scene) -> None:
    scene.take()
    scene.serve()
    scene.later(24 * 60)
    scene.refused(commands.Transfer(counter=1, to_service=2), words="bukan dari hari ini")


def test_who_is_served_is_set_aside_and_goes_on_first(scene: Scene) -> None:
    """POS practice: copies are made, the back office answers; whoever came meanwhile waits behind."""
    first = scene.take()
    elder = scene.take(priority=ELDERLY)
    scene.take()
    scene.do(commands.Cancel(ticket_id=elder.id))
    scene.serve()
    scene.later(4)
    held = scene.do(commands.Hold(ticket_id=first.id, reason="Ke ATM", away=True))
    assert (held.state, held.remark) == (TicketState.HELD, "Ke ATM")
    assert scene.office.counter_board(1).mine.current is None
    scene.take(priority=ELDERLY)
    scene.later(10)
    assert scene.do(commands.Resume(ticket_id=first.id)).resumed
    board = scene.office.counter_board(1)
    assert board.next_up is not None
    assert (board.next_up.label, board.waiting[0].label) == (first.label, first.label)
    scene.later(1)
    again = scene.serve()
    assert (again.label, again.resumed) == (first.label, False)
    scene.later(3)
    scene.do(commands.Finish(counter=1))
    day = scene.office.counter_board(1).day
    assert (day.set_aside, day.aside_seconds, day.serving_seconds) == (1, 601, 420)
    assert day.wait_seconds is not None
    assert day.wait_seconds < 70, "neither the first serving nor the time aside was waiting"


def test_away_stops_the_clocks_of_the_desk_until_the_visitor_is_back(scene: Scene) -> None:
    ticket = scene.take()
    scene.serve()
    scene.do(commands.Hold(ticket_id=ticket.id, reason="Ke ATM", away=True))
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    pause = scene.office.read(lambda tx: pauses.running(tx, visit.id, scene.clock.now))
    assert pause is not None
    assert pause.reason == "Ke ATM"
    scene.do(commands.Resume(ticket_id=ticket.id))
    scene.serve()
    assert scene.office.read(lambda tx: pauses.running(tx, visit.id, scene.clock.now)) is None
    scene.do(commands.Hold(ticket_id=ticket.id, reason="Menunggu back office"))
    assert scene.office.read(lambda tx: pauses.running(tx, visit.id, scene.clock.now)) is None


def test_only_who_serves_sets_aside(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    ticket = scene.serve(1)
    scene.refused(commands.Hold(ticket_id=ticket.id), counter=2, words="Loket 1 dijaga")


def test_a_number_that_was_set_aside_before_its_turn_keeps_its_old_place(scene: Scene) -> None:
    first, second = scene.take(), scene.take()
    scene.do(commands.Hold(ticket_id=second.id))
    assert not scene.do(commands.Resume(ticket_id=second.id)).resumed
    assert [each.label for each in scene.office.counter_board(1).waiting] == [first.label, second.label]


def test_a_withdrawn_number_is_put_back_into_its_place(scene: Scene) -> None:
    """Withdrawn by mistake, from the list or after its call."""
    first = scene.take()
    scene.take()
    scene.do(commands.Cancel(ticket_id=first.id, reason="Salah tekan"))
    scene.do(commands.Resume(ticket_id=first.id))
    assert scene.call().label == "A001"
    scene.do(commands.Cancel(ticket_id=first.id))
    scene.do(commands.Resume(ticket_id=first.id))
    assert scene.order() == ["A001", "A002"]
