"""An act in doubt is done where an acknowledged one bears it out, and takes nothing from one that waits."""

from contextlib import closing
from functools import partial

import msgspec
import pytest

from tests.office import PASSWORD, open_office, plain_link, sign_in
from tests.operations.backup.replay_scene import ReplayScene, in_doubt, rebuilt, settled, states
from tests.personal import clear
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.queue import commands
from ult_desktop.core.recorded_requests import UNCLEAR, JournalRecord, merge_records
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.core.visits.commands import LendCard, SignGuestBook
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office

pytestmark = pytest.mark.file_only("copies")


def serve_the_second_of_two_guests(stage: ReplayScene) -> tuple[Office, Actor]:
    """Ani and Budi sign the guest book, and Budi comes to the counter; returns it and its officer."""
    for number, name in ((1, "Ani"), (2, "Budi")):
        stage.town.take("kios-1")
        book = SignGuestBook(ticket_id=number, name=name)
        stage.town.offices[f"kios-{number}"].perform(book, Actor(station=f"kios-{number}"))
    desk = stage.town.offices["loket-1"]
    officer = sign_in(desk)
    desk.perform(commands.StaffCounter(counter=1), officer)
    desk.perform(commands.CallTicket(counter=1, ticket_id=2), officer)
    desk.perform(commands.Arrive(counter=1), officer)
    return desk, officer


def serve_after_a_hold(office: Office, officer: Actor, counter: int) -> None:
    """A counter calls A001, puts it on hold, and then serves A002."""
    office.perform(commands.StaffCounter(counter=counter), officer)
    office.perform(commands.CallTicket(counter=counter, ticket_id=1), officer)
    office.perform(commands.Hold(ticket_id=1), officer)
    office.perform(commands.CallTicket(counter=counter, ticket_id=2), officer)
    office.perform(commands.Arrive(counter=counter), officer)


def test_what_another_one_needs_is_waited_for(stage: ReplayScene) -> None:
    """The dead kiosk's ticket comes last in order, and the counter's call of it is tried again after it."""
    stage.town.take("kios-1")
    stage.town.serve()
    settled(stage)
    entries = tuple(
        msgspec.structs.replace(entry, outcome="open", result="") if entry.name == "IssueTicket" else entry
        for entry in stage.entries()
    )
    came = stage.replay(merge_records(entries, stage.town.uid))
    assert came.refused == ()
    assert stage.papers() == stage.town.papers


def test_what_came_right_after_a_doubtful_one_gets_its_own_id(stage: ReplayScene) -> None:
    """Two guests whose station died before it wrote them down; others, between them, were acknowledged.

    Of these one was in doubt when the office was rebuilt before: the journal has it by its new place. A
    number that its kiosk showed as failed is older, and nobody needs it.
    """
    people = {"Ani": "kios-1", "Budi": "loket-1", "Citra": "kios-2", "Dewi": "kios-1"}
    for number, (name, kiosk) in enumerate(people.items(), 1):
        stage.town.take(kiosk)
        book = SignGuestBook(ticket_id=number, name=name)
        stage.town.offices[kiosk].perform(book, Actor(station=kiosk))
    settled(stage)

    def known_now(entry: JournalRecord) -> JournalRecord:
        if entry.name != "SignGuestBook" or entry.station == "kios-2":
            return entry
        if entry.station == "kios-1":
            return msgspec.structs.replace(entry, outcome="open", result="")
        return rebuilt(entry)

    entries = tuple(map(known_now, stage.entries()))
    failed = msgspec.structs.replace(entries[0], request="gagal", outcome="open", result=UNCLEAR)
    came = stage.replay(merge_records((*entries, failed), stage.town.uid))
    assert (came.refused, len(came.done)) == ((), 8)
    assert [line.request for line in came.left_out] == ["gagal"]
    office = open_office(stage.backup, "meja")
    office.sign_in("siti", PASSWORD)
    guests = [clear(office, partial(visits.guest_of, visit_id=number)) for number in (1, 2, 3, 4)]
    office.close()
    assert [guest and guest.name for guest in guests] == [*people]


def test_a_visit_that_an_arrival_would_make_waits_for_its_guest_book(stage: ReplayScene) -> None:
    """An earlier guest is in doubt: the second one's visit keeps its id, and nobody else gets it."""
    serve_the_second_of_two_guests(stage)
    settled(stage)
    entries = in_doubt(stage.entries(), "kios-1", "SignGuestBook")
    came = stage.replay(merge_records(entries, stage.town.uid))
    assert came.refused == ()
    with closing(plain_link(stage.backup)) as link:
        assert link.execute("SELECT id, ticket_id FROM visit ORDER BY id").fetchall() == [(1, 1), (2, 2)]


def test_of_two_acts_in_doubt_the_one_that_later_acts_bear_out_had_happened(stage: ReplayScene) -> None:
    """Citra's visit is the second: Ani's guest book made the first, not Budi's arrival, which was done anew.

    Citra's guest book had been begun before Ani's, and waited while another station wrote.
    """
    for _visitor in range(3):
        stage.town.take("kios-1")
    desk = stage.town.offices["loket-1"]
    officer = sign_in(desk)
    desk.perform(commands.StaffCounter(counter=1), officer)
    desk.perform(commands.CallTicket(counter=1, ticket_id=2), officer)
    for kiosk, number, name in (("kios-1", 1, "Ani"), ("kios-2", 3, "Citra")):
        book = SignGuestBook(ticket_id=number, name=name)
        stage.town.offices[kiosk].perform(book, Actor(station=kiosk))
    desk.perform(commands.Arrive(counter=1), officer)
    settled(stage)
    *numbers, staffed, call, ani, citra, arrival = stage.entries()
    in_doubt = partial(msgspec.structs.replace, outcome="open", result="")
    died = (
        in_doubt(ani, request="buku", at=citra.at + MINUTE_MS),
        in_doubt(arrival, request="datang", at=call.at),
    )
    came = stage.replay(merge_records((*numbers, staffed, call, citra, arrival, *died), stage.town.uid))
    assert [line.request for line in came.refused] == ["datang"]
    with closing(plain_link(stage.backup)) as link:
        visits_made = link.execute("SELECT id, ticket_id FROM visit ORDER BY id").fetchall()
    assert visits_made == [(1, 1), (2, 3), (3, 2)]


def test_a_case_meets_its_own_visit_though_the_one_before_is_in_doubt(stage: ReplayScene) -> None:
    """The arrival made the second visit: it does not make the first one, which Ani's guest book had made."""
    for _visitor in range(2):
        stage.town.take("kios-1")
    stage.town.offices["kios-1"].perform(SignGuestBook(ticket_id=1, name="Ani"), Actor(station="kios-1"))
    desk = stage.town.offices["loket-1"]
    officer = sign_in(desk)
    desk.perform(commands.StaffCounter(counter=1), officer)
    desk.perform(commands.CallTicket(counter=1, ticket_id=2), officer)
    desk.perform(commands.Arrive(counter=1), officer)
    desk.perform(OpenCase(visit_id=2, detail="Mutasi guru"), officer)
    settled(stage)
    came = stage.replay(merge_records(in_doubt(stage.entries(), "kios-1", "SignGuestBook"), stage.town.uid))
    assert came.refused == ()
    with closing(plain_link(stage.backup)) as link:
        query = "SELECT v.id, v.ticket_id, c.id FROM visit v LEFT JOIN casefile c ON c.visit_id = v.id"
        assert link.execute(f"{query} ORDER BY v.id").fetchall() == [(1, 1, None), (2, 2, 1)]


def test_an_act_at_a_counter_waits_for_the_earlier_ones_there(stage: ReplayScene) -> None:
    """Budi's call waits for his guest book: the counter's next call does not come first and keep him out."""
    desk, officer = serve_the_second_of_two_guests(stage)
    desk.perform(commands.Finish(counter=1), officer)
    assert desk.perform(commands.CallNext(counter=1), officer).label == "A001"
    settled(stage)
    entries = in_doubt(stage.entries(), "kios-1", "SignGuestBook")
    came = stage.replay(merge_records(entries, stage.town.uid))
    assert came.refused == ()
    assert states(stage) == [("A001", "called"), ("A002", "done")]


def test_an_act_at_a_counter_does_not_come_first_because_of_an_older_one_elsewhere(
    stage: ReplayScene,
) -> None:
    """Counter 1 served Citra, whose visit waits for that of counter 2, and then called A004.

    Meanwhile a kiosk gave a number, which is in doubt: A004's call need not come after it.
    """
    for _visitor in range(4):
        stage.town.take("kios-1")
    other, desk = stage.town.offices["kios-2"], stage.town.offices["loket-1"]
    second, officer = sign_in(other, 2), sign_in(desk)
    serve_after_a_hold(other, second, counter=2)
    other.perform(SignGuestBook(ticket_id=3, name="Citra"), second)
    desk.perform(commands.StaffCounter(counter=1), officer)
    desk.perform(commands.CallTicket(counter=1, ticket_id=3), officer)
    desk.perform(commands.Arrive(counter=1), officer)
    desk.perform(commands.Finish(counter=1), officer)
    stage.town.take("kios-1")
    desk.perform(commands.CallTicket(counter=1, ticket_id=4), officer)
    settled(stage)
    entries = [
        msgspec.structs.replace(entry, outcome="open", result="")
        if entry.journal_result is not None and entry.journal_result.label == "A005"
        else entry
        for entry in stage.entries()
        if entry.name != "Hold"
    ]
    came = stage.replay(merge_records(entries, stage.town.uid))
    assert came.refused == ()
    assert [state for _label, state in states(stage)] == ["waiting", "serving", "done", "called", "waiting"]


def test_a_call_ends_the_unanswered_one_that_no_journal_ends(stage: ReplayScene) -> None:
    """The acknowledged call comes back, and what was in doubt after it meets its own visitor."""
    for _visitor in range(2):
        stage.town.take("kios-1")
    desk = stage.town.offices["loket-1"]
    officer = sign_in(desk)
    serve_after_a_hold(desk, officer, counter=1)
    settled(stage)
    entries = [entry for entry in stage.entries() if entry.name != "Hold"]
    came = stage.replay(merge_records(in_doubt(entries, "loket-1", "Arrive"), stage.town.uid))
    assert came.refused == ()
    assert states(stage) == [("A001", "waiting"), ("A002", "serving")]


def test_a_call_ends_an_earlier_one_of_the_same_number_at_its_counter(stage: ReplayScene) -> None:
    stage.town.take("kios-1")
    desk = stage.town.offices["loket-1"]
    officer = sign_in(desk)
    desk.perform(commands.StaffCounter(counter=1), officer)
    desk.perform(commands.CallNext(counter=1), officer)
    desk.perform(commands.Hold(ticket_id=1), officer)
    desk.perform(commands.Resume(ticket_id=1), officer)
    desk.perform(commands.CallNext(counter=1), officer)
    settled(stage)
    entries = [entry for entry in stage.entries() if entry.name not in ("Hold", "Resume")]
    assert stage.replay(merge_records(entries, stage.town.uid)).refused == ()


def test_a_doubtful_case_does_not_take_the_id_of_a_refused_one(stage: ReplayScene) -> None:
    """The acknowledged case of A002 waits until its call ends the one in its way; A003's is in doubt."""
    for _visitor in range(3):
        stage.town.take("kios-1")
    other, desk = stage.town.offices["kios-2"], stage.town.offices["loket-1"]
    other.perform(SignGuestBook(ticket_id=3, name="Citra"), Actor(station="kios-2"))
    officer = sign_in(desk)
    serve_after_a_hold(desk, officer, counter=1)
    desk.perform(OpenCase(visit_id=2, detail="Legalisir ijazah"), officer)
    other.perform(OpenCase(visit_id=1, detail="Mutasi guru"), sign_in(other, 2))
    settled(stage)
    entries = [entry for entry in stage.entries() if entry.name != "Hold"]
    came = stage.replay(merge_records(in_doubt(entries, "kios-2", "OpenCase"), stage.town.uid))
    assert came.refused == ()
    with closing(plain_link(stage.backup)) as link:
        assert link.execute("SELECT id, visit_id FROM casefile ORDER BY id").fetchall() == [(1, 2), (2, 1)]


@pytest.mark.parametrize("known_of_it", ["nothing", "its place in the rebuilt log", "an outage"])
def test_a_call_that_decided_who_was_next_comes_before_it(stage: ReplayScene, known_of_it: str) -> None:
    """Counter 2 called A001, and died; so counter 1 got A002, and all that came of it keeps its order.

    A card was taken from A002's visitor after the end: done before it, it would have kept that visitor there.
    A number that its kiosk showed as failed is as old, and nothing needs it.
    """
    for _visitor in range(2):
        stage.town.take("kios-1")
    stage.town.offices["kios-1"].perform(SignGuestBook(ticket_id=2, name="Budi"), Actor(station="kios-1"))
    other, desk = stage.town.offices["kios-2"], stage.town.offices["loket-1"]
    officer = sign_in(desk)
    for office, number, label in ((other, 2, "A001"), (desk, 1, "A002")):
        officer = sign_in(office, number)
        office.perform(commands.StaffCounter(counter=number), officer)
        assert office.perform(commands.CallNext(counter=number), officer).label == label
    desk.perform(commands.Arrive(counter=1), officer)
    desk.perform(commands.Finish(counter=1), officer)
    desk.perform(LendCard(visit_id=1, kind=IdDocument.KTP, held=True), officer)
    settled(stage)
    entries = stage.entries()
    if known_of_it == "its place in the rebuilt log":
        entries = tuple(
            rebuilt(entry) if (entry.station, entry.name) == ("kios-2", "CallNext") else entry
            for entry in entries
        )
    else:
        unclear = UNCLEAR if known_of_it == "an outage" else ""
        entries = in_doubt(entries, "kios-2", "CallNext", unclear)
    failed = msgspec.structs.replace(entries[0], request="gagal", outcome="open", result=UNCLEAR)
    came = stage.replay(merge_records((*entries, failed), stage.town.uid))
    assert (came.refused, [line.request for line in came.left_out]) == ((), ["gagal"])
    assert states(stage) == [("A001", "called"), ("A002", "done")]


def test_a_doubtful_act_meets_its_own_visitor_or_nobody(stage: ReplayScene) -> None:
    """The counter's station died with it: it comes back where a later call needs it, and not for the next."""
    for _visitor in range(2):
        stage.town.take("kios-1")
    stage.town.serve()
    desk = stage.town.offices["loket-1"]
    assert desk.perform(commands.CallNext(counter=1), sign_in(desk)).label == "A002"
    settled(stage)
    entries = stage.entries()
    (call, _second) = (entry for entry in entries if entry.name == "CallNext")
    words = call.arguments.replace("CallNext", "NoShow")
    doubt = msgspec.structs.replace(
        call, request="lain", name="NoShow", arguments=words, outcome="open", result=""
    )
    died = tuple(
        msgspec.structs.replace(entry, outcome="open", result="") if entry.name == "Finish" else entry
        for entry in (*entries, doubt)
    )
    came = stage.replay(merge_records(died, stage.town.uid))
    assert [(line.name, line.why) for line in came.refused] == [
        ("NoShow", "Loket itu sudah melayani orang lain sesudahnya.")
    ]
    with closing(plain_link(stage.backup)) as link:
        assert link.execute("SELECT state FROM ticket ORDER BY id").fetchall() == [("done",), ("called",)]


def test_a_doubtful_one_never_takes_a_number_that_others_have(stage: ReplayScene) -> None:
    """A doubtful number never happened, as it turns out: the others have all the numbers of its time."""
    for kiosk in ("kios-1", "kios-1", "kios-1"):
        stage.town.take(kiosk)
    settled(stage)
    entries = stage.entries()
    doubt = msgspec.structs.replace(entries[0], request="lain", outcome="open", result="")
    came = stage.replay(merge_records((*entries, doubt), stage.town.uid))
    assert [line.label for line in came.done] == ["A001", "A002", "A003", "A004"]
    assert stage.papers()[:3] == stage.town.papers


def test_a_doubtful_one_gets_its_number_beside_one_of_the_same_moment(stage: ReplayScene) -> None:
    for _visitor in range(2):
        stage.town.take("kios-1")
    settled(stage)
    first, second = stage.entries()
    doubt = msgspec.structs.replace(first, outcome="open", result="", at=second.at)
    assert stage.replay(merge_records((doubt, second), stage.town.uid)).refused == ()
    assert [paper.split()[:2] for paper in stage.papers()] == [["1", "A001"], ["2", "A002"]]
