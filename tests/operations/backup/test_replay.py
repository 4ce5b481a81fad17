"""A replay does what was done, as it was done, once; what would come out different is not done."""

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.db.other_process import other_process
from tests.office import PASSWORD, give_up_after, open_office, plain_link, sign_in, stranger
from tests.operations.backup.replay_scene import ReplayScene, in_doubt, rebuilt, settled, states
from tests.operations.town import Town
from tests.personal import clear
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.connection import GONE_MS
from ult_desktop.core.office_time import LONGEST_SILENCE_MS
from ult_desktop.core.queue import commands
from ult_desktop.core.recorded_requests import UNCLEAR, JournalRecord, merge_records
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.visits import visits
from ult_desktop.operations.backup.replay import ReplayedRequest, ReplayReport
from ult_desktop.operations.offline import offline_kiosk
from ult_desktop.operations.offline.offline_upload import upload_offline_work

pytestmark = pytest.mark.file_only("copies")


def whys(lines: tuple[ReplayedRequest, ...]) -> list[str]:
    return [line.why for line in lines]


def changed(entries: tuple[JournalRecord, ...], **fields: object) -> tuple[JournalRecord, ...]:
    return tuple(msgspec.structs.replace(entry, **fields) for entry in entries)


def test_a_missing_journal_costs_no_other_paper_its_number(stage: ReplayScene) -> None:
    """One kiosk is burnt: its visitors are lost, the others keep number, id and code."""
    for kiosk in ("kios-1", "kios-2", "kios-1", "kios-2", "kios-1"):
        stage.town.take(kiosk)
    settled(stage)
    came = stage.replay(stage.entries("kios-1"))
    assert stage.papers() == stage.town.papers[::2]
    assert (came.refused, came.lost) == ((), 2)
    later = stage.replay(stage.entries("kios-2"))
    assert stage.papers() == stage.town.papers
    assert (later.refused, later.known) == ((), 0)


def test_what_builds_on_a_missing_journal_is_told_not_guessed(stage: ReplayScene) -> None:
    stage.town.take("kios-2")
    stage.town.take("kios-1")
    assert stage.town.serve() == "A001"
    settled(stage)
    came = stage.replay(stage.entries("kios-1", "loket-1"))
    assert stage.papers() == stage.town.papers[1:]
    assert [line.name for line in came.refused] == ["CallNext", "Arrive", "Finish"]
    assert "jurnal stasiun lain" in came.refused[0].why
    assert came.lost == 1, "the other kiosk's; those that were refused are in a journal"
    again = stage.replay(stage.entries())
    assert (again.refused, again.known) == ((), 2)
    assert len(again.done) == 4


def test_a_station_that_died_before_it_wrote_the_number_down(stage: ReplayScene) -> None:
    """Nobody knows whether the paper came out: the number is the one that is missing, and it is told."""
    for kiosk in ("kios-1", "kios-2", "kios-1"):
        stage.town.take(kiosk)
    stage.town.offices["kios-1"].settle()
    (died,) = stage.entries("kios-2")
    assert (died.outcome, died.journal_result) == ("open", None)
    came = stage.replay(stage.entries())
    assert sorted(paper.split()[1:] for paper in stage.papers()) == [
        paper.split()[1:] for paper in stage.town.papers
    ]
    assert [(line.label, line.doubtful) for line in came.done] == [
        ("A001", False),
        ("A003", False),
        ("A002", True),
    ]


def test_who_was_called_by_a_number_that_its_station_did_not_write_down(stage: ReplayScene) -> None:
    """The number gets the row that is missing, so that what a counter did with it comes back."""
    for kiosk in ("kios-1", "kios-2", "kios-1"):
        stage.town.take(kiosk)
    for _visitor in range(2):
        stage.town.serve()
    for name in ("kios-1", "loket-1"):
        stage.town.offices[name].settle()
    (died,) = stage.entries("kios-2")
    assert died.is_in_doubt
    came = stage.replay(stage.entries())
    assert came.refused == ()
    assert stage.papers() == stage.town.papers
    with closing(plain_link(stage.backup)) as link:
        states = link.execute("SELECT label, state FROM ticket ORDER BY id").fetchall()
    assert states == [("A001", "done"), ("A002", "done"), ("A003", "waiting")]


@pytest.mark.parametrize("is_in_doubt", [True, False])
def test_who_was_called_by_a_number_given_alone_whose_handing_in_is_in_doubt(
    stage: ReplayScene, is_in_doubt: bool
) -> None:
    """The paper says its number; the acts on it say its row, between two that others have.

    If it is not in doubt any more, it was handed in again after the office had been rebuilt once.
    """
    kiosk = stage.town.offices["kios-2"]
    seen = offline_kiosk.read_snapshot(kiosk)
    journal = stage.town.pcs["kios-2"] / "journal-kios-2.db"
    with closing(OfflineJournal(journal)) as book:
        offline_kiosk.issue_offline(commands.IssueTicket(service_id=1), seen, "K", "kios-2", "", book)
    stage.town.take("kios-1")
    upload_offline_work(journal, kiosk)
    stage.town.take("kios-1")
    called = {stage.town.serve() for _visitor in range(2)}
    stage.town.take("kios-1")
    settled(stage)

    def known_now(entry: JournalRecord) -> JournalRecord:
        if entry.name != "MergeTicket":
            return entry
        if is_in_doubt:
            return msgspec.structs.replace(entry, outcome="open", result="")
        return msgspec.structs.replace(rebuilt(entry), at=entry.at + MINUTE_MS)

    came = stage.replay(merge_records(map(known_now, stage.entries()), stage.town.uid))
    assert came.refused == ()
    with closing(plain_link(stage.backup)) as link:
        states = link.execute("SELECT id, label, state FROM ticket ORDER BY id").fetchall()
    assert states == [
        (1, "A001", "done"),
        (2, "AK01", "done"),
        (3, "A002", "waiting"),
        (4, "A003", "waiting"),
    ]
    assert called == {"A001", "AK01"}
    given = [line.label for line in came.done if line.name in {"IssueTicket", "MergeTicket"}]
    assert given == ["A001", "A002", "AK01", "A003"]  # what was called by it comes before what came later


def test_a_number_that_somebody_else_has_is_on_two_papers(stage: ReplayScene) -> None:
    """Both visitors hold one: neither loses their place, and a row is nobody else's."""
    stage.town.take("kios-1")
    settled(stage)
    (entry,) = stage.entries()
    assert stage.replay((entry,)).refused == ()
    other = msgspec.structs.replace(entry, request="lain")
    assert [(line.label, line.twin) for line in stage.replay((other,)).done] == [("A001", True)]
    same_id = msgspec.structs.replace(entry, request="x", result=entry.result.replace("A001", "A002"))
    assert [(line.label, line.twin) for line in stage.replay((same_id,)).done] == [("A002", False)]
    assert [paper.split()[:2] for paper in stage.papers()] == [["1", "A001"], ["2", "A001"], ["3", "A002"]]


def test_another_order_in_a_rebuilt_log_is_no_log_of_others(stage: ReplayScene) -> None:
    """The guest book is by a clock behind that of the kiosk: in a log of others it would be a stranger's."""
    for _visitor in range(2):
        stage.town.take("kios-1")
    stage.town.offices["kios-2"].perform(SignGuestBook(ticket_id=1, name="Ani"), Actor(station="kios-2"))
    settled(stage)
    first, second, book = stage.entries()
    assert stage.replay((first, second)).refused == ()
    turned = rebuilt(first, seq=2), rebuilt(second, seq=1)
    behind = msgspec.structs.replace(book, at=first.at - 1)
    came = stage.replay((*turned, behind))
    assert (came.known, came.refused) == (2, ())


def test_the_mark_of_a_rebuilding_is_no_lost_entry(stage: ReplayScene) -> None:
    for _visitor in range(3):
        stage.town.take("kios-1")
    settled(stage)
    before, in_between, after = stage.entries()
    came = stage.replay((before, rebuilt(in_between), rebuilt(after, seq=4)))
    assert (came.refused, came.lost) == ((), 0)


def test_a_number_that_cannot_be_read_is_not_guessed(stage: ReplayScene) -> None:
    stage.town.take("kios-1")
    settled(stage)
    (entry,) = stage.entries()
    smudged = msgspec.structs.replace(entry, result=entry.result.replace("A001", "AOO1"))
    assert whys(stage.replay((smudged,)).refused) == ["Catatannya tidak terbaca (AOO1)."]
    assert stage.papers() == []


def test_what_was_told_as_failed_is_left_alone(stage: ReplayScene) -> None:
    stage.town.take("kios-1")
    settled(stage)
    entries = changed(stage.entries(), outcome="refused", result="Kuota habis.")
    assert stage.replay(entries) == ReplayReport()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "PaintTheWall"}, "PaintTheWall tidak dikenal"),
        ({"arguments": "{"}, "tidak terbaca"),
        ({"officer_id": 99}, "Petugasnya tidak ada"),
        ({"name": "CloseDay", "arguments": '{"type":"CloseDay","reason":"x"}'}, "tidak berwenang"),
    ],
)
def test_what_cannot_be_done_again_says_why(stage: ReplayScene, fields: dict[str, object], why: str) -> None:
    stage.town.take("kios-1")
    settled(stage)
    came = stage.replay(changed(stage.entries(), **fields))
    assert [why in words for words in whys(came.refused)] == [True]
    assert stage.papers() == []


def test_officers_have_the_roles_that_they_had_then(stage: ReplayScene) -> None:
    """Signed in at the counter, at the time and under the name that the journal knows."""
    desk = stage.town.offices["loket-1"]
    officer = desk.sign_in("admin", "rahasia-kita")
    desk.perform(commands.PauseKiosks(reason="Listrik"), officer)
    settled(stage)
    came = stage.replay(stage.entries())
    assert [line.station for line in came.done] == ["loket-1"]
    with closing(plain_link(stage.backup)) as link:
        at, who = link.execute("SELECT at, officer_id FROM event").fetchone()
    assert (at, who) == (came.done[0].at, officer.officer_id)
    assert isinstance(officer, Actor)


def test_keys_made_since_the_backup_come_back_and_open_what_they_sealed(stage: ReplayScene) -> None:
    desk = stage.town.offices["loket-1"]
    admin = desk.sign_in("admin", "rahasia-kita")
    desk.perform(officer_commands.RetireOfficer(login="budi"), admin)
    desk.keys.reload()
    desk.keys.maintain()
    assert desk.seal is not None
    sealed = desk.seal.seal_text("081234567890")
    settled(stage)
    came = stage.replay(stage.entries())
    assert [line.name for line in came.done] == ["RetireOfficer", "RotateKeys"]
    office = open_office(stage.backup)
    office.sign_in("siti", "rahasia-kita")
    assert office.keyring is not None
    assert office.keyring.open(sealed) == "081234567890"
    office.close()


@pytest.mark.slow
def test_what_an_outage_left_unknown_is_not_carried_out_later(stage: ReplayScene) -> None:
    """The visitor was told that it failed, and has another number or none."""
    kiosk = stage.town.offices["kios-1"]
    give_up_after(kiosk, 0.05)
    with other_process("exclusive", stage.town.path), pytest.raises(ShareUnreachable):
        stage.town.take("kios-1")
    (entry,) = stage.entries("kios-1")
    assert (entry.outcome, entry.result) == ("open", UNCLEAR)
    came = stage.replay(stage.entries())
    assert [(line.name, line.why) for line in came.left_out] == [
        ("IssueTicket", "Peminta diberi tahu bahwa ini gagal atau belum pasti.")
    ]
    assert (came.done, came.refused, stage.papers()) == ((), (), [])


def test_a_number_given_alone_comes_back_though_its_handing_in_failed(stage: ReplayScene) -> None:
    """The paper is in somebody's hand, whatever became of the share a moment later."""
    kiosk = stage.town.offices["kios-1"]
    seen = offline_kiosk.read_snapshot(kiosk)
    journal = stage.town.pcs["kios-1"] / "journal-kios-1.db"
    with closing(OfflineJournal(journal)) as book:
        offline_kiosk.issue_offline(commands.IssueTicket(service_id=1), seen, "K", "kios-1", "", book)
    give_up_after(kiosk, 0.05)
    with closing(stranger(stage.town.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(ShareUnreachable):
            upload_offline_work(journal, kiosk)
    assert stage.entries("kios-1")[0].result == UNCLEAR
    came = stage.replay(stage.entries())
    assert ([line.label for line in came.done], came.left_out) == (["AK01"], ())


def test_what_the_backup_would_have_is_not_done_once_more(stage: ReplayScene) -> None:
    """The act died long before the backup was made, and is not in it: it never happened, and that is said."""
    stage.town.take("kios-1")
    settled(stage)
    (given,) = stage.entries()
    doubt = msgspec.structs.replace(
        given, request="lain", outcome="open", result="", at=given.at - 2 * MINUTE_MS
    )
    assert stage.replay((given,)).done
    came = stage.replay(merge_records((given, doubt), stage.town.uid))
    assert (came.known, came.done) == (1, ())
    assert [line.why for line in came.left_out] == ["Cadangan dibuat sesudahnya dan tidak memuatnya."]


def test_what_died_by_a_clock_years_ahead_begins_no_day(stage: ReplayScene) -> None:
    """The office asks a person before it writes at such a time; the day would cancel everybody's number."""
    stage.town.take("kios-1")
    settled(stage)
    (given,) = stage.entries()
    doubt = msgspec.structs.replace(
        given, request="lain", outcome="open", result="", at=given.at + LONGEST_SILENCE_MS + MINUTE_MS
    )
    came = stage.replay(merge_records((given, doubt), stage.town.uid))
    assert [line.why for line in came.left_out] == ["Jam stasiun itu jauh mendahului catatan kantor."]
    assert states(stage) == [("A001", "waiting")]


def test_sealed_text_comes_back_without_anybodys_key(stage: ReplayScene) -> None:
    """Whoever rebuilds the office reads nothing; the officer who signs in afterwards does."""
    stage.town.take("kios-1")
    kiosk = stage.town.offices["kios-1"]
    book = SignGuestBook(ticket_id=1, name="Ani", phone="081234567678")
    kiosk.perform(book, Actor(station="kios-1"))
    settled(stage)
    assert stage.replay(stage.entries()).refused == ()
    rebuilt = open_office(stage.backup, "meja")
    rebuilt.sign_in("siti", PASSWORD)
    found = clear(rebuilt, lambda tx: visits.of_ticket(tx, 1))
    assert found is not None
    guest = clear(rebuilt, lambda tx: visits.guest_of(tx, found.id))
    assert guest is not None
    assert (guest.name, guest.phone) == ("Ani", "081234567678")
    rebuilt.close()


def _two_counters(town: Town) -> tuple[Actor, Actor]:
    """One at each of two PCs, and both PCs said that they are at work."""
    for name in ("loket-1", "kios-2"):
        told = Presence(name=name, mode="counter", version="1", boot="b", seen_at=town.now)
        town.offices[name].report_presence(told)
    siti, budi = sign_in(town.offices["loket-1"], 1), sign_in(town.offices["kios-2"], 2)
    town.offices["loket-1"].perform(commands.StaffCounter(counter=1), siti)
    return siti, budi


def test_what_a_dead_station_gave_back_by_rule_is_given_back_again(tmp_path: Path) -> None:
    """Presence is in no backup: the journal of who took it says what was taken."""
    town = Town(tmp_path)
    siti, budi = _two_counters(town)
    stage = ReplayScene(town, town.back_up())
    town.take("kios-1")
    town.take("kios-1")
    desk, other = town.offices["loket-1"], town.offices["kios-2"]
    assert desk.perform(commands.CallNext(counter=1), siti).label == "A001"
    other.clock.offset_ms += GONE_MS
    other.perform(commands.StaffCounter(counter=2), budi)
    assert other.perform(commands.CallNext(counter=2), budi).label == "A001"
    other.perform(commands.NoShow(counter=2), budi)
    assert desk.perform(commands.CallNext(counter=1), siti).label == "A002"
    desk.perform(commands.Arrive(counter=1), siti)
    other.clock.offset_ms += GONE_MS
    other.perform(commands.StaffCounter(counter=1), budi)
    other.perform(commands.Finish(counter=1), budi)
    settled(stage)
    came = stage.replay(stage.entries())
    log = town.log()
    town.close()
    assert (came.refused, came.lost) == ((), 0)
    assert stage.papers() == town.papers
    with closing(plain_link(stage.backup)) as link:
        rows = link.execute("SELECT seq, request, kind, subject FROM event ORDER BY seq").fetchall()
    assert rows == log


def test_a_call_that_was_ended_by_rule_comes_before_what_ended_it(tmp_path: Path) -> None:
    """The caller's station died with its journal's last line; what was given back had been called."""
    town = Town(tmp_path)
    siti, budi = _two_counters(town)
    stage = ReplayScene(town, town.back_up())
    town.take("kios-1")
    desk, other = town.offices["loket-1"], town.offices["kios-2"]
    desk.perform(commands.CallNext(counter=1), siti)
    other.clock.offset_ms += GONE_MS
    other.perform(commands.StaffCounter(counter=2), budi)
    assert other.perform(commands.CallNext(counter=2), budi).label == "A001"
    other.perform(commands.Arrive(counter=2), budi)
    settled(stage)
    came = stage.replay(merge_records(in_doubt(stage.entries(), "loket-1", "CallNext"), town.uid))
    log = town.log()
    town.close()
    assert (came.refused, came.lost) == ((), 0)
    with closing(plain_link(stage.backup)) as link:
        assert link.execute("SELECT seq, request, kind, subject FROM event ORDER BY seq").fetchall() == log
