"""One case's whole file on paper, in clear for who asked for it, with its attachments listed."""

from pathlib import Path

import msgspec

from tests.office import store_of
from tests.operations.desks import Desks
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.cases.commands import AttachToCase, GiveAnswer, SetOutcome
from ult_desktop.core.sheet import SheetKind
from ult_desktop.db.cases import cases
from ult_desktop.db.office import services
from ult_desktop.operations.cases.case_file import case_file_sheet
from ult_desktop.operations.privacy.personal import store_file, unmasked_sheet
from ult_desktop.operations.visits.documents import attach_command


def test_a_file_holds_what_was_asked_answered_done_and_attached(desks: Desks, tmp_path: Path) -> None:
    case = desks.case()
    scan = tmp_path / "surat.pdf"
    scan.write_bytes(b"%PDF-1.4 surat")
    office = desks.scene.office
    service = office.read(lambda tx: services.active(tx)[0])
    filed = msgspec.structs.replace(service.definition, archive_code="HM.01.02")
    written = msgspec.json.encode(filed).decode()
    store_of(office).write(lambda tx: tx.update("service", service.id, definition=written))
    kept = office.perform(attach_command(store_file(scan, office), case.visit_id), desks.scene.officer(1))
    desks.do(AttachToCase(case_id=case.id, document_id=kept.id, title="Surat tugas"))
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    desks.do(GiveAnswer(case_id=case.id, answer="Cair Jumat"))
    sheet = office.read(lambda tx: case_file_sheet(tx, case.id))
    told = {row.head: row.text for row in sheet.rows}
    assert (sheet.number, told["Isi permohonan"], told["Jawaban"]) == (case.number, case.detail, "Cair Jumat")
    assert told["Kode klasifikasi arsip"] == "HM.01.02"
    assert told["Lampiran 1"].startswith(f"Surat tugas · berkas nomor {kept.id} · ")
    history = [row.text for row in sheet.rows]
    timeline = office.read(lambda tx: cases.timeline(tx, case.id))
    assert len([text for text in history if "Siti Rahmawati" in text]) >= len(timeline)


def test_it_is_printed_in_clear_and_that_is_kept(desks: Desks) -> None:
    case = desks.case()
    office, siti = desks.scene.office, desks.scene.officer(1)
    sheet = unmasked_sheet(SheetKind.CASE_FILE, case.id, office, siti)
    assert sheet.title == "Berkas Permohonan"
    assert desks.scene.kinds()[-1] == "personal.printed"
