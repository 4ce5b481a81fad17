"""The identity of a visitor, for whom they come, and what they brought."""

import pytest
from msgspec.structs import replace

from tests.operations.scene import ELDERLY
from tests.operations.visits.doorway import FACE_TO_FACE, Doorway
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.command import Command
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import (
    ActForAnother,
    CheckRequirements,
    EndVisit,
    LendCard,
    RecordLetter,
    SignGuestBook,
    SignSpd,
    VerifyIdentity,
)
from ult_desktop.core.visits.identity import IdDocument, KnownBy, LetterKind
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.visits import identity
from ult_desktop.operations.sheets import spd_sheet

OTHER = {"principal": "Bu Sri", "kind": LetterKind.POWER_OF_ATTORNEY, "issuer": "Kepala SDN 1"}


@pytest.fixture
def served(door: Doorway) -> Visit:
    """Sumut's POS; the visitor sits at counter 1."""
    door.run_only(FACE_TO_FACE)
    ticket = door.scene.take()
    door.scene.serve()
    return door.of_ticket(ticket.id)


def refused(door: Doorway, command: Command, words: str) -> None:
    officer = door.scene.officer(1)
    before = door.scene.dump()
    with pytest.raises(UserError, match=words):
        door.do(command, officer)
    assert door.scene.dump() == before


def verify(visit: Visit, *, for_other: bool = False, matches: bool = True) -> VerifyIdentity:
    return VerifyIdentity(
        visit_id=visit.id, kind=IdDocument.KTP, number_tail="1234", for_other=for_other, matches=matches
    )


def letter(visit: Visit, number: str = "5/SK/2026", **more: object) -> ActForAnother:
    return ActForAnother(visit_id=visit.id, number=number, **{**OTHER, **more})  # type: ignore[arg-type]


def test_for_oneself(door: Doorway, served: Visit) -> None:
    door.do(SignGuestBook(visit_id=served.id, name="Ani"))
    door.do(verify(served))
    assert door.events(served.id)[-1] == "identity_verified:atas_nama_sendiri"
    assert door.state(served.id, 8) is StepState.RUNNING
    assert [check.masked_number for check in door.card(served.id).checks] == ["••••"]
    (check,) = door.opened(served.id).checks
    assert (check.masked_number, check.kind, check.officer) == ("••••1234", IdDocument.KTP, "Rina Lestari")


def test_a_card_that_does_not_match_completes_nothing(door: Doorway, served: Visit) -> None:
    door.do(verify(served, matches=False))
    assert "identity_verified" not in "".join(door.events(served.id))
    assert not door.card(served.id).checks[0].matches


def test_a_document_that_does_not_match_opens_the_step_again(door: Doorway, served: Visit) -> None:
    door.do(SignGuestBook(visit_id=served.id, name="Ani"))
    door.do(verify(served))
    door.do(verify(served, matches=False))
    assert door.state(served.id, 7) is StepState.RUNNING
    door.do(verify(served))
    assert (door.state(served.id, 7), door.state(served.id, 8)) == (StepState.IN_TIME, StepState.RUNNING)


@pytest.mark.parametrize("kind", [IdDocument.NONE, IdDocument.STUDENT_CARD])
def test_who_shows_too_little_is_known_by_something_else(
    door: Doorway, served: Visit, kind: IdDocument
) -> None:
    """Somebody without a document; a child, whose guardian is asked for."""
    check = VerifyIdentity(visit_id=served.id, kind=kind)
    refused(door, check, "dari mana identitas pengunjung diketahui")
    door.do(replace(check, known_by=KnownBy.GUARDIAN))
    assert door.opened(served.id).checks[0].known_by is KnownBy.GUARDIAN
    refused(door, LendCard(visit_id=served.id, kind=IdDocument.NONE), "tidak dapat dipinjam")


def test_a_whole_number_is_never_taken(door: Doorway, served: Visit) -> None:
    command = VerifyIdentity(visit_id=served.id, kind=IdDocument.KTP, number_tail="6571011234567890")
    refused(door, command, "tidak disimpan utuh")


def test_for_another_without_a_letter_nothing_goes_on_until_it_is_there(door: Doorway, served: Visit) -> None:
    door.do(verify(served, for_other=True))
    assert door.events(served.id)[-1] == "identity_verified:atas_nama_orang_lain_tanpa_surat"
    assert door.card(served.id).lacks_letter
    refused(door, OpenCase(visit_id=served.id, detail="Dapodik"), "suratnya belum ada")
    refused(door, EndVisit(visit_id=served.id), "belum ada")
    door.do(letter(served, relation="rekan kerja", stamped=True))
    assert door.events(served.id)[-1] == "identity_verified:atas_nama_orang_lain_dengan_surat"
    assert door.state(served.id, 8) is StepState.RUNNING
    acting = door.opened(served.id).representation
    assert acting is not None
    assert (acting.principal, acting.relation, acting.stamped) == ("Bu Sri", "rekan kerja", True)
    assert not door.card(served.id).lacks_letter
    assert door.do(OpenCase(visit_id=served.id, detail="Dapodik"), door.scene.officer(1)).is_open


def test_the_letter_may_come_first(door: Doorway, served: Visit) -> None:
    door.do(letter(served))
    door.do(letter(served, number="6/SK/2026", kind=LetterKind.ASSIGNMENT))
    door.do(verify(served, for_other=True))
    assert door.events(served.id)[-1] == "identity_verified:atas_nama_orang_lain_dengan_surat"
    acting = door.opened(served.id).representation
    assert acting is not None
    assert acting.number == "6/SK/2026"


def test_who_goes_home_for_the_letter_is_told_that_it_cannot_go_on(door: Doorway, served: Visit) -> None:
    door.do(verify(served, for_other=True))
    door.scene.do(commands.Finish(counter=1))
    after = door.visit(served.id)
    assert (after.is_open, after.ending) == (False, Ending.REFUSED)


def test_a_procedure_without_ways_waits_with_its_step_for_the_letter(door: Doorway) -> None:
    visit = door.welcome()
    door.do(verify(visit, for_other=True))
    assert door.events(visit.id) == ["welcomed", "arrived"]
    door.do(letter(visit))
    assert door.events(visit.id) == ["welcomed", "arrived", "identity_verified"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"principal": " "}, "diwakili belum diisi"),
        ({"issuer": ""}, "pemberi surat belum diisi"),
        ({"kind": LetterKind.OFFICIAL}, "surat kuasa atau surat tugas"),
        ({"number": ""}, "Nomor atau pindaian"),
        ({"document_id": 99}, "Dokumen itu tidak ada"),
    ],
)
def test_a_letter_says_who_for_whom_and_by_whom(
    door: Doorway, served: Visit, change: dict[str, object], words: str
) -> None:
    refused(door, letter(served, **change), words)  # type: ignore[arg-type]


def test_a_letter_that_the_visitor_brought(door: Doorway, served: Visit) -> None:
    door.do(RecordLetter(visit_id=served.id, number="1/ST/2026", issuer="Dinas", subject="Konsultasi"))
    assert [letter.number for letter in door.card(served.id).letters] == ["1•••"]
    (kept,) = door.opened(served.id).letters
    assert (kept.kind, kept.number, kept.issuer) == (LetterKind.ASSIGNMENT, "1/ST/2026", "Dinas")
    refused(door, RecordLetter(visit_id=served.id), "Nomor atau pindaian")


def test_requirements_complete_the_step_only_when_nothing_is_missing(door: Doorway) -> None:
    ticket = door.scene.take(priority=ELDERLY)
    visit = door.of_ticket(ticket.id)
    door.do(CheckRequirements(visit_id=visit.id, missing=("Fotokopi KTP", " ")))
    assert "requirements_checked" not in door.events(visit.id)
    door.scene.later(1)
    door.do(CheckRequirements(visit_id=visit.id))
    assert "requirements_checked" in door.events(visit.id)
    assert [check.missing for check in door.card(visit.id).requirement_checks] == [(), ("Fotokopi KTP",)]


def test_a_signed_spd_stands_in_the_log_of_its_day(door: Doorway, served: Visit) -> None:
    signed = door.do(SignSpd(visit_id=served.id, number="SPD/7", traveller="Dedi", origin="Disdik Tarakan"))
    assert door.card(served.id).spd == (signed,)
    assert door.scene.office.read(lambda tx: identity.spd_between(tx, "2026-11-01", "2026-11-30")) == (
        signed,
    )
    sheet = door.scene.office.read(lambda tx: spd_sheet(tx, "2026-11-01", "2026-11-30"))
    assert (sheet.number, sheet.notes) == ("23 November 2026", ("Jumlah: 1",))
    assert [row.text for row in sheet.rows] == [f"SPD/7 · Dedi · Disdik Tarakan · {signed.officer}"]
    assert sheet.rows[0].head.startswith("1. 23/11/2026 09.")
    heads, line = (cells.words for cells in sheet.table)
    assert heads == ("No.", "Tanggal", "Nomor SPD", "Pelaksana perjalanan dinas", "Instansi asal", "Petugas")
    assert (line[0], *line[2:]) == ("1", "SPD/7", "Dedi", "Disdik Tarakan", signed.officer)
    with pytest.raises(UserError, match="Belum ada SPD"):
        door.scene.office.read(lambda tx: spd_sheet(tx, "2026-11-01", "2026-11-02"))
    refused(door, SignSpd(visit_id=served.id, number="", traveller="Dedi"), "Nomor SPD")
    refused(door, SignSpd(visit_id=served.id, number="1", traveller=" "), "pelaksana")
