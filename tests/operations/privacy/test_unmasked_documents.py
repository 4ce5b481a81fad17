"""Sheets and scans in clear: for who has keys, with a trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.desks import Desks
from tests.operations.scene import Scene
from tests.personal import like_a_kiosk, rows
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.commands import DeliverAnswer, GiveAnswer, RegisterInformationRequest
from ult_desktop.core.cases.delivery import Delivery, DeliveryChannel
from ult_desktop.core.cases.ppid import InformationRequest
from ult_desktop.core.privacy.commands import OpenPersonal, OpenRegister
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.db.cases import deliveries
from ult_desktop.db.privacy import personal
from ult_desktop.operations.privacy.personal import list_accesses, read_document, store_file, unmasked_sheet
from ult_desktop.operations.visits.documents import attach_command

PHONE, STREET = "081100000011", "Jl. Mulawarman 7, Tarakan"


@pytest.fixture
def desks(office_file: Path) -> Iterator[Desks]:
    scene = Scene(office_file)
    scene.sit(1)
    yield Desks(scene)
    scene.close()


def words(sheet: Sheet) -> str:
    return " ".join((*(row.text for row in sheet.rows), *sheet.signatures))


def whose(desks: Desks) -> tuple[int | None, str | None]:
    (line,) = list_accesses(desks.scene.office, desks.scene.clock.now - 60_000, desks.scene.clock.now + 1)
    return (line.visit_id, line.name)


def traces(desks: Desks) -> list[str]:
    now = desks.scene.clock.now
    found = rows(desks.scene.office, lambda tx: personal.openings_between(tx, now - 60_000, now + 1))
    return [line.what for line in found]


def registered(desks: Desks) -> InformationRequest:
    command = RegisterInformationRequest(
        case_id=desks.case().id, wanted="Data", purpose="Skripsi", address=STREET
    )
    found: InformationRequest = desks.do(command)
    return found


def test_a_proof_says_in_clear_where_somebody_lives(desks: Desks) -> None:
    request, siti = registered(desks), desks.actor("siti")
    assert (request.address, request.contact) == ("J•••", "0811••••011")
    sheet = unmasked_sheet(SheetKind.REGISTRATION, request.id, desks.scene.office, siti)
    assert (STREET in words(sheet), PHONE in words(sheet)) == (True, True)
    assert traces(desks) == [f"registration:{request.id}"]
    assert whose(desks) == (1, "Ani Guru")


def test_a_receipt_names_who_was_told(desks: Desks) -> None:
    case = desks.case()
    desks.do(GiveAnswer(case_id=case.id, answer="Cair"))
    told: Delivery = desks.do(
        DeliverAnswer(case_id=case.id, way=DeliveryChannel.WHATSAPP, proof="dibaca", receipt=True)
    )
    assert told.recipient == "0811••••011"  # from the guest book
    siti = desks.actor("siti")
    assert PHONE in words(unmasked_sheet(SheetKind.RECEIPT, told.id, desks.scene.office, siti))
    assert whose(desks) == (case.visit_id, "Ani Guru")
    (kept,) = rows(desks.scene.office, lambda tx: deliveries.of_case(tx, case.id))
    assert kept.recipient.startswith("s1:")


def test_a_desk_without_keys_prints_the_word_for_it(desks: Desks) -> None:
    request, siti = registered(desks), desks.actor("siti")
    with like_a_kiosk(desks.scene.office):
        sheet = unmasked_sheet(SheetKind.REGISTRATION, request.id, desks.scene.office, siti)
    assert "belum terbuka" in words(sheet)
    assert traces(desks) == []


def test_the_register_in_clear_is_for_ppid(desks: Desks) -> None:
    registered(desks)
    command = OpenRegister(year=2026)
    (line,) = desks.do(command, "putri")
    assert (line.address, line.contact) == (STREET, PHONE)
    assert traces(desks) == ["ppid:2026"]
    desks.refused(command, "siti", "berwenang")


def test_a_scan_is_sealed_where_it_lies_and_opened_for_who_looks(desks: Desks, tmp_path: Path) -> None:
    scan = tmp_path / "kuasa.pdf"
    scan.write_bytes(b"%PDF-1.7 kuasa")
    office, siti = desks.scene.office, desks.actor("siti")
    kept = desks.do(attach_command(store_file(scan, office)))
    document, content = read_document(kept.id, office, siti)
    assert (document, content) == (kept, scan.read_bytes())
    assert traces(desks) == [f"document:{kept.id}"]
    with pytest.raises(UserError, match="tidak ada"):
        read_document(99, office, siti)
    with pytest.raises(UserError, match="tidak berwenang"):
        read_document(kept.id, office, desks.actor("joko"))
    assert traces(desks) == [f"document:{kept.id}"]


def test_openings_are_told_the_latest_first_and_the_end_is_left_out(desks: Desks) -> None:
    office, visit_id = desks.scene.office, desks.visitor("Budi Kepala")
    for _ in range(2):
        desks.do(OpenPersonal(visit_id=visit_id))
    at = desks.scene.clock.now
    told = list_accesses(office, at - 1000, at + 1)
    assert [line.name for line in told] == ["Budi Kepala", "Budi Kepala"]
    assert told[0].at > told[1].at
    assert list_accesses(office, at, at + 1) == told[:1]
    assert list_accesses(office, at - 1000, at) == told[1:]
