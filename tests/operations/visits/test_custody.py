"""Cards in custody and badges: what is lent comes back or has its reason."""

import json

import pytest

from tests.operations.visits.doorway import Doorway
from ult_desktop.base.errors import UserError
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import (
    EndVisit,
    GiveBadge,
    LendCard,
    ReleaseCardWithReason,
    ReturnBadge,
    ReturnCard,
    SignGuestBook,
)
from ult_desktop.core.visits.custody import CardLoan
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.visits import custody, guests


@pytest.fixture
def visit(door: Doorway) -> Visit:
    return door.welcome()


def refused(door: Doorway, command: Command, words: str) -> None:
    before = door.scene.dump()
    with pytest.raises(UserError, match=words):
        door.do(command)
    assert door.scene.dump() == before


def hold(door: Doorway, visit: Visit, kind: IdDocument = IdDocument.KTP) -> CardLoan:
    lend = LendCard(visit_id=visit.id, kind=kind, purpose="isi data", place="meja resepsionis", held=True)
    loan: CardLoan = door.do(lend)
    return loan


def test_a_card_is_looked_at_and_given_back_at_once(door: Doorway, visit: Visit) -> None:
    loan = door.do(LendCard(visit_id=visit.id, kind=IdDocument.KTP))
    assert (loan.is_held, loan.returned_at, loan.returned_to) == (False, loan.lent_at, "Rina Lestari")
    assert door.scene.office.read(custody.all_held_cards) == ()


def test_every_borrow_and_return_is_kept(door: Doorway, visit: Visit) -> None:
    first = hold(door, visit)
    refused(door, LendCard(visit_id=visit.id, kind=IdDocument.KTP), "sudah dipegang")
    other = hold(door, visit, IdDocument.STAFF_CARD)
    assert [card.id for card in door.scene.office.read(custody.all_held_cards)] == [first.id, other.id]
    (line,) = door.scene.office.read(lambda tx: guests.of_day(tx, "2026-11-23"))
    assert line.cards == 2
    door.scene.later(3)
    back = door.do(ReturnCard(loan_id=first.id))
    assert (back.returned_at, back.is_held) == (door.scene.clock.now, False)
    hold(door, visit)
    assert [card.is_held for card in door.card(visit.id).cards] == [False, True, True]
    refused(door, ReturnCard(loan_id=first.id), "tidak di sini")
    refused(door, ReturnCard(loan_id=99), "tidak ada")


def test_a_visit_does_not_end_while_a_card_is_held(door: Doorway, visit: Visit) -> None:
    loan = hold(door, visit)
    refused(door, EndVisit(visit_id=visit.id, ending=Ending.LEFT), "KTP di meja resepsionis")
    refused(door, ReleaseCardWithReason(loan_id=loan.id, reason=" "), "perlu alasan")
    released = door.do(ReleaseCardWithReason(loan_id=loan.id, reason="Dititipkan ke polsek"))
    assert released.released == "Dititipkan ke polsek"
    assert not door.do(EndVisit(visit_id=visit.id, ending=Ending.LEFT)).is_open


def test_finish_is_refused_with_the_card_named_and_goes_on_when_it_is_back(door: Doorway) -> None:
    door.run_none()
    ticket = door.scene.take()
    door.scene.serve()
    visit = door.of_ticket(ticket.id)
    loan = door.do(LendCard(visit_id=visit.id, kind=IdDocument.PASSPORT, held=True))
    door.scene.refused(commands.Finish(counter=1), words="masih dipegang: Paspor")
    door.do(ReturnCard(loan_id=loan.id))
    assert door.visit(visit.id).is_open
    door.scene.do(commands.Finish(counter=1))
    assert door.visit(visit.id).ending == Ending.DONE


def test_the_card_of_who_did_not_come_keeps_his_visit_open_over_the_day(door: Doorway) -> None:
    door.run_none()
    ticket = door.scene.take()
    visit = door.do(SignGuestBook(ticket_id=ticket.id, name="Ani"))
    loan = hold(door, visit)
    door.scene.miss()
    door.do(commands.CloseDay(reason="Selesai"), door.scene.officer(1))
    assert json.loads(door.scene.events()[-1].data)["cards"] == [loan.id]
    assert door.visit(visit.id).is_open
    door.scene.set_time("2026-11-24 08:00")
    (still,) = door.scene.office.read(custody.all_held_cards)
    assert (still.guest, still.label) == ("Ani", "A001")
    door.do(ReturnCard(loan_id=loan.id))
    assert door.visit(visit.id).ending == Ending.DONE


def test_a_badge_is_with_one_visitor_at_a_time(door: Doorway, visit: Visit) -> None:
    door.do(SignGuestBook(visit_id=visit.id, name="Ani"))
    badge = door.do(GiveBadge(visit_id=visit.id, number=" 07 "), door.guard)
    assert (badge.number, badge.given_by, badge.guest) == ("07", "Pak Amir", "Ani")
    other = door.welcome()
    refused(door, GiveBadge(visit_id=other.id, number="07"), "masih dipakai Ani")
    refused(door, GiveBadge(visit_id=other.id, number=" "), "belum diisi")
    door.do(GiveBadge(visit_id=other.id, number="b1"))
    refused(door, GiveBadge(visit_id=visit.id, number="B1"), "masih dipakai pengunjung lain")
    door.do(GiveBadge(visit_id=other.id, number="08"))
    refused(door, GiveBadge(visit_id=visit.id, number="08"), "masih dipakai pengunjung lain")
    assert [out.number for out in door.scene.office.read(custody.badges_out)] == ["07", "08", "b1"]
    back = door.do(ReturnBadge(loan_id=badge.id, lost=True), door.guard)
    assert (back.lost, back.returned_at) == (True, door.scene.clock.now)
    assert [out.number for out in door.scene.office.read(custody.badges_out)] == ["08", "b1"]
    assert len(door.card(visit.id).badges) == 1
    refused(door, ReturnBadge(loan_id=badge.id), "sudah kembali")
    refused(door, ReturnBadge(loan_id=99), "tidak tercatat")


def test_who_wears_two_badges_is_listed_with_both(door: Doorway, visit: Visit) -> None:
    for number in ("12", "07"):
        door.do(GiveBadge(visit_id=visit.id, number=number))
    (row,) = door.scene.office.read(lambda tx: guests.of_day(tx, visit.day))
    assert row.badge == "12, 07"
