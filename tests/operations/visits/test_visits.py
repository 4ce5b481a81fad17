"""Visitors at the door, at reception and in the guest book."""

import json

import pytest

from tests.operations.scene import ELDERLY, KIOSK
from tests.operations.visits.doorway import FACE_TO_FACE, Doorway
from ult_desktop.base.errors import UserError
from ult_desktop.core.care.commands import AcknowledgeAlert, DeclareVulnerable
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import (
    EndVisit,
    JoinVisit,
    RecordPurpose,
    SettleDeskEntry,
    SignGuestBook,
    VerifyIdentity,
    WelcomeVisitor,
    WriteDeskEntry,
)
from ult_desktop.core.visits.desk_book import ReportEntryKind, report_lines
from ult_desktop.core.visits.guest_book import NOTICE_VERSION
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Courtesy, Ending, Visit
from ult_desktop.db.care.declarations import care_board, open_alerts
from ult_desktop.db.office import services
from ult_desktop.db.visits import guests
from ult_desktop.operations.visits.boards import visitor_board

TODAY = "2026-11-23"
ODD_NAME = "Dedi 🌺 Kurniawan, S.Pd."
LONG_NAME = ("Sekolah Menengah Pertama Negeri Terpadu " * 8)[:300].strip()


@pytest.fixture
def arrival(door: Doorway) -> Visit:
    return door.welcome()


def refused(door: Doorway, command: Command, words: str) -> None:
    before = door.scene.dump()
    with pytest.raises(UserError, match=words):
        door.do(command)
    assert door.scene.dump() == before


def test_one_tap_welcomes_with_senyum_salam_sapa(door: Doorway, arrival: Visit) -> None:
    assert door.card(arrival.id).courtesies == tuple(Courtesy)
    assert door.events(arrival.id) == ["welcomed", "arrived"]
    less = door.do(WelcomeVisitor(courtesies=(Courtesy.GREETING,)), door.guard)
    assert door.card(less.id).courtesies == (Courtesy.GREETING,)


def test_who_is_welcomed_waits_for_a_number_and_gets_one(door: Doorway, arrival: Visit) -> None:
    waiting = door.scene.office.read(lambda tx: guests.without_number(tx, TODAY))
    assert [line.id for line in waiting] == [arrival.id]
    issue = commands.IssueTicket(service_id=door.scene.service["A"], visit_id=arrival.id)
    ticket = door.do(issue).ticket
    assert door.of_ticket(ticket.id).id == arrival.id
    assert sorted(door.events(arrival.id)) == ["arrived", "ticket_issued", "welcomed"]
    assert door.scene.office.read(lambda tx: guests.without_number(tx, TODAY)) == ()
    (line,) = door.scene.office.read(lambda tx: guests.of_day(tx, TODAY))
    assert (line.label, line.state, line.service) == ("A001", "waiting", ticket.service)
    refused(door, issue, "sudah punya nomor A001")


def test_a_number_for_a_visitor_of_yesterday_is_refused(door: Doorway, arrival: Visit) -> None:
    door.scene.set_time("2026-11-24 08:00")
    command = commands.IssueTicket(service_id=door.scene.service["A"], visit_id=arrival.id)
    refused(door, command, "bukan kedatangan hari ini")


def test_a_number_changes_no_procedure_under_which_work_has_begun(door: Doorway, arrival: Visit) -> None:
    door.do(VerifyIdentity(visit_id=arrival.id, kind=IdDocument.KTP))
    door.run_only(FACE_TO_FACE)
    door.do(commands.IssueTicket(service_id=door.scene.service["A"], visit_id=arrival.id))
    assert door.visit(arrival.id).procedure_id == "kaltara-helpdesk"


def test_a_priority_number_at_reception_makes_the_visit_one_of_the_vulnerable(
    door: Doorway, arrival: Visit
) -> None:
    command = commands.IssueTicket(service_id=door.scene.service["A"], visit_id=arrival.id, priority=ELDERLY)
    door.do(command)
    after = door.visit(arrival.id)
    assert (after.vulnerable, after.procedure_id) == (True, "dki-kelompok-rentan")


def test_an_arrival_is_joined_with_the_number_that_was_taken_at_the_kiosk(
    door: Doorway, arrival: Visit
) -> None:
    ticket = door.scene.take()
    joined = door.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id))
    assert (joined.id, joined.label, joined.service_id) == (arrival.id, "A001", ticket.service_id)
    assert door.events(arrival.id) == ["welcomed", "arrived", "ticket_issued"]


def test_what_the_number_had_already_goes_over_to_the_arrival(door: Doorway, arrival: Visit) -> None:
    ticket = door.scene.take(priority=ELDERLY)
    sign = SignGuestBook(ticket_id=ticket.id, name="Ani")
    own = door.scene.kiosk.perform(sign, KIOSK)
    door.do(VerifyIdentity(visit_id=own.id, kind=IdDocument.KTP))
    joined = door.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id))
    assert (joined.vulnerable, joined.procedure_id) == (True, "dki-kelompok-rentan")
    whole = door.card(arrival.id)
    assert whole.guest is not None
    assert (whole.guest.name, whole.guest.entered_by, len(whole.checks)) == ("Ani", "visitor", 1)
    expected = ["welcomed", "arrived", "ticket_issued", "guest_book_filled", "identity_verified"]
    assert sorted(door.events(arrival.id)) == sorted(expected)
    empty = door.visit(own.id)
    assert (empty.ending, empty.label, door.events(own.id)) == (Ending.MERGED, None, [])


def test_one_person_who_was_declared_at_the_door_and_at_the_kiosk_is_cared_for_once(
    door: Doorway, arrival: Visit
) -> None:
    door.do(DeclareVulnerable(visit_id=arrival.id, grounds=(ELDERLY,)))
    board = door.scene.office.read(lambda tx: care_board(tx, door.scene.clock.now, None))
    door.do(AcknowledgeAlert(alert_id=board.alerts[0].id))
    ticket = door.scene.take(priority=ELDERLY)
    door.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id))
    board = door.scene.office.read(lambda tx: care_board(tx, door.scene.clock.now, arrival.id))
    assert ([row.visit_id for row in board.rows], board.alerts) == ([arrival.id], ())
    assert [line.id for line in door.scene.office.read(lambda tx: guests.of_day(tx, arrival.day))] == [
        arrival.id
    ]


def test_the_first_alert_stays_when_nobody_answered_either(door: Doorway, arrival: Visit) -> None:
    door.do(DeclareVulnerable(visit_id=arrival.id, grounds=(ELDERLY,)))
    before = door.scene.office.read(open_alerts)
    ticket = door.scene.take(priority=ELDERLY)
    door.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id))
    assert [each.id for each in door.scene.office.read(open_alerts)] == [before[0].id]


def test_an_arrival_where_work_has_begun_keeps_its_procedure(door: Doorway, arrival: Visit) -> None:
    door.do(VerifyIdentity(visit_id=arrival.id, kind=IdDocument.SIM))
    ticket = door.scene.take(priority=ELDERLY)
    joined = door.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id))
    assert (joined.vulnerable, joined.procedure_id) == (True, "kaltara-helpdesk")


def test_joining_is_refused_with_words(door: Doorway, arrival: Visit) -> None:
    refused(door, JoinVisit(visit_id=99, ticket_id=1), "Kunjungan itu tidak ada")
    refused(door, JoinVisit(visit_id=arrival.id, ticket_id=99), "Nomor antrean itu tidak ada")
    ticket = door.scene.take()
    door.scene.serve()
    door.do(EndVisit(visit_id=door.of_ticket(ticket.id).id, ending=Ending.LEFT))
    refused(door, JoinVisit(visit_id=arrival.id, ticket_id=ticket.id), "sudah ditutup")
    door.scene.set_time("2026-11-24 08:00")
    today = door.welcome()
    refused(door, JoinVisit(visit_id=today.id, ticket_id=ticket.id), "bukan dari hari ini")


def test_the_purpose_is_one_of_the_procedures_or_free(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit = door.welcome()
    words = [choice.words for choice in door.card(visit.id).purposes]
    assert words[:3] == ["Informasi", "Informasi · Tunjangan profesi", "Informasi · Penilaian angka kredit"]
    door.do(RecordPurpose(visit_id=visit.id, purpose="informasi/Dapodik"))
    assert door.card(visit.id).purpose == "Informasi · Dapodik"
    (line,) = door.scene.office.read(lambda tx: guests.of_day(tx, TODAY))
    assert line.purpose == "Informasi · Dapodik"
    door.do(RecordPurpose(visit_id=visit.id, purpose="  titip   surat "))
    assert door.card(visit.id).purpose == "titip surat"
    refused(door, RecordPurpose(visit_id=visit.id, purpose=" "), "Keperluan belum diisi")


def test_a_procedure_without_purposes_offers_the_services(door: Doorway, arrival: Visit) -> None:
    (service, *_others) = door.scene.office.read(services.active)
    assert service.definition.name.indonesian in [choice.words for choice in door.card(arrival.id).purposes]


def test_the_guest_book_takes_any_name_and_the_longest_institution(door: Doorway, arrival: Visit) -> None:
    sign = SignGuestBook(
        visit_id=arrival.id, name=f"  {ODD_NAME} ", institution=LONG_NAME, regency="Luar provinsi",
        phone="0812 3456 789", notice=NOTICE_VERSION,
    )  # fmt: skip
    door.do(sign)
    guest = door.card(arrival.id).guest
    assert guest is not None
    assert (guest.name, guest.institution, guest.entered_by) == (ODD_NAME, LONG_NAME, "officer")
    assert guest.notice == NOTICE_VERSION
    (line,) = door.scene.office.read(lambda tx: guests.of_day(tx, TODAY))
    assert (line.name, line.institution) == (ODD_NAME, LONG_NAME)
    logged = "".join(event.data for event in door.scene.events())
    assert "Kurniawan" not in logged
    assert "0812" not in logged


def test_the_guest_book_needs_a_name_and_a_visit(door: Doorway, arrival: Visit) -> None:
    refused(door, SignGuestBook(visit_id=arrival.id, name=" "), "Nama belum diisi")
    refused(door, SignGuestBook(ticket_id=99, name="Ani"), "Nomor antrean itu tidak ada")
    refused(door, SignGuestBook(name="Ani"), "Kunjungan itu tidak ada")


def test_a_visit_ends_once_and_not_while_something_is_open(door: Doorway) -> None:
    ticket = door.scene.take()
    visit = door.do(SignGuestBook(ticket_id=ticket.id, name="Ani"))
    refused(door, EndVisit(visit_id=visit.id, ending=Ending.LEFT), "A001 masih menunggu")
    door.do(commands.Hold(ticket_id=ticket.id), door.scene.officer(1))
    refused(door, EndVisit(visit_id=visit.id, ending=Ending.LEFT), "A001 masih ditunda")
    door.do(commands.Resume(ticket_id=ticket.id), door.scene.officer(1))
    door.scene.serve()
    door.do(OpenCase(visit_id=visit.id, detail="Dapodik"), door.scene.officer(1))
    refused(door, EndVisit(visit_id=visit.id), "masih terbuka")
    other = door.welcome()
    ended = door.do(EndVisit(visit_id=other.id, ending=Ending.LEFT, remark=" terburu-buru "))
    assert (ended.ending, ended.remark) == (Ending.LEFT, "terburu-buru")
    refused(door, EndVisit(visit_id=other.id), "sudah ditutup")


def test_the_daily_report(door: Doorway) -> None:
    written = door.do(WriteDeskEntry(sort=ReportEntryKind.DEPOSIT, text=" Tas hitam "), door.guard)
    assert (written.text, written.officer, written.sort) == ("Tas hitam", "Pak Amir", ReportEntryKind.DEPOSIT)
    door.scene.later(5)
    door.do(WriteDeskEntry(sort=ReportEntryKind.EVENT, text="Lampu padam"))
    book = door.scene.office.read(lambda tx: guests.entries_between(tx, TODAY, TODAY))
    assert [entry.text for entry in book] == ["Tas hitam", "Lampu padam"]
    assert json.loads(door.scene.events()[-1].data) == {"sort": "kejadian"}
    refused(door, WriteDeskEntry(sort=ReportEntryKind.EVENT, text=" "), "belum ditulis")


def test_what_was_found_stays_open_until_it_is_settled(door: Doorway) -> None:
    """A gift, or a lost bag, was an entry of its day that nobody met again."""
    event = door.do(WriteDeskEntry(sort=ReportEntryKind.EVENT, text="Lampu padam"))
    gift = door.do(WriteDeskEntry(sort=ReportEntryKind.GRATUITY, text="Sekotak kue"))
    bag = door.do(WriteDeskEntry(sort=ReportEntryKind.LOST, text="Tas hitam"), door.guard)
    door.scene.set_time("2026-11-25 09:00")
    now = door.scene.clock.now
    board = door.scene.office.read(lambda tx: visitor_board(tx, now, None))
    assert [(each.text, each.is_open) for each in board.entries] == [
        ("Sekotak kue", True),
        ("Tas hitam", True),
    ]
    refused(door, SettleDeskEntry(entry_id=event.id, settlement="x"), "tidak menunggu tindak lanjut")
    refused(door, SettleDeskEntry(entry_id=gift.id, settlement="-"), "belum ditulis")
    refused(door, SettleDeskEntry(entry_id=99, settlement="x"), "tidak ada")
    told = door.do(SettleDeskEntry(entry_id=gift.id, settlement=" Dilaporkan ke UPG "), door.guard)
    assert (told.settlement, told.settled_by, told.is_open) == ("Dilaporkan ke UPG", "Pak Amir", False)
    refused(door, SettleDeskEntry(entry_id=gift.id, settlement="x"), "tidak menunggu")
    board = door.scene.office.read(lambda tx: visitor_board(tx, now, None))
    assert [each.id for each in board.entries] == [bag.id]
    sheet = report_lines(
        door.scene.office.read(lambda tx: guests.entries_between(tx, TODAY, TODAY)), door.scene.zone
    )
    assert [line[-1] for line in sheet] == [
        "Tindak lanjut", "", "Dilaporkan ke UPG (Pak Amir)", "belum selesai",
    ]  # fmt: skip


def test_a_visitor_writes_his_own_line_once_with_his_purpose(door: Doorway) -> None:
    ticket = door.scene.take()
    sign = SignGuestBook(ticket_id=ticket.id, name="Ani", purpose=" Dapodik ")
    visit = door.do(sign, KIOSK)
    assert (visit.purpose, door.events(visit.id)[-1]) == ("Dapodik", "purpose_recorded")
    with pytest.raises(UserError, match="sudah diisi"):
        door.do(SignGuestBook(ticket_id=ticket.id, name="Orang lain"), KIOSK)
    door.do(SignGuestBook(visit_id=visit.id, name="Ani Lestari"))
    guest = door.card(visit.id).guest
    assert guest is not None
    assert guest.name == "Ani Lestari"
