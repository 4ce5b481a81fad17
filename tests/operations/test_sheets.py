"""The papers of the desk: receipt, slip, registration, disposition."""

import msgspec
import pytest

from tests.office import store_of
from tests.operations.cases.test_appointments import stamp
from tests.operations.desks import LATER, Desks
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.case import CaseKind, CaseOutcome, SubReason
from ult_desktop.core.cases.commands import (
    AnswerEscalation,
    DecideInformationRequest,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    OpenCase,
    ReceiveEscalation,
    ReferEscalation,
    RegisterInformationRequest,
    Reschedule,
    SetOutcome,
    WriteNotice,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.ppid import Decision
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.sheets import (
    appointment_sheet,
    day_sheet,
    disposition_sheet,
    intake_sheet,
    notice_sheet,
    receipt_sheet,
    registration_sheet,
)


def rows(sheet: Sheet) -> dict[str, str]:
    return {row.head: row.text for row in sheet.rows}


def test_a_days_sheet(desks: Desks) -> None:
    """Two numbers, and where the log stands: on paper nobody can rewrite it."""
    before = desks.scene.office.read(lambda tx: day_sheet(tx, desks.scene.clock.now))
    desks.scene.take()
    desks.scene.take()
    sheet = desks.scene.office.read(lambda tx: day_sheet(tx, desks.scene.clock.now))
    end = desks.scene.office.read(
        lambda tx: tx.row("SELECT seq, chain FROM event WHERE seq = (SELECT max(seq) FROM event)")
    )
    assert (rows(sheet)["Nomor diambil"], rows(sheet)["Masih menunggu"]) == ("2", "2")
    assert (
        rows(sheet)["Catatan terakhir"] == f"{end[0]}:{end[1][:16]}" != rows(before).get("Catatan terakhir")
    )


def test_a_receipt(desks: Desks) -> None:
    case = desks.case()
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    desks.do(GiveAnswer(case_id=case.id, answer="Cair Jumat"))
    told = desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=True))
    sheet = desks.scene.office.read(lambda tx: receipt_sheet(tx, told.id))
    assert (sheet.title, sheet.number) == ("Tanda Terima Informasi", "0001/TT/2026")
    assert sheet.office.lines[:2] == ("BPMP Provinsi Kalimantan Utara", "Unit Layanan Terpadu")
    assert sheet.signatures == ("Siti Rahmawati", "Ani Guru")
    assert rows(sheet) == {
        "Nomor permohonan": case.number,
        "Diterima pada": "Senin, 23 November 2026 09.00 WITA",
        "Layanan": "Informasi & Konsultasi",
        "Pemohon": "Ani Guru",
        "Instansi": "SDN 1",
        "Yang diminta": "Tunjangan belum cair",
        "Hasil": "Tersedia",
        "Jawaban": "Cair Jumat",
        "Cara penyampaian": "Langsung",
        "Diterima oleh": "Ani Guru",
        "Petugas": "Siti Rahmawati",
    }


def test_a_receipt_says_what_ppid_decided(desks: Desks) -> None:
    case = desks.case()
    found = desks.do(RegisterInformationRequest(case_id=case.id, wanted="Anggaran", purpose="Berita"))
    unknown = SubReason.UNKNOWN_HERE
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=unknown))
    decision = DecideInformationRequest(request_id=found.id, decision=Decision.REFUSED, ground="17h")
    desks.do(decision, "putri")
    desks.do(GiveAnswer(case_id=case.id, answer="Tidak dapat diberikan."))
    told = desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=True))
    said = rows(desks.scene.office.read(lambda tx: receipt_sheet(tx, told.id)))
    assert (said["Hasil"], said["Dasar hukum"][:28]) == ("Ditolak", "Mengungkapkan rahasia pribadi"[:28])
    assert desks.now(case).outcome is CaseOutcome.EXCLUDED


def test_a_receipt_says_that_another_desk_had_the_answer(desks: Desks) -> None:
    case = desks.case()
    unknown = SubReason.UNKNOWN_HERE
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=unknown))
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon dicek"))
    desks.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"), "bela")
    told = desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=True))
    said = rows(desks.scene.office.read(lambda tx: receipt_sheet(tx, told.id)))
    assert (said["Hasil"], said["Jawaban"]) == ("Tersedia", "Cair Jumat")


def test_a_receipt_for_somebody_unknown(desks: Desks) -> None:
    case = desks.case()
    store_of(desks.scene.office).write(
        lambda tx: tx.run("DELETE FROM guest WHERE visit_id = ?", case.visit_id)
    )
    desks.do(GiveAnswer(case_id=case.id, answer="Ya"))
    told = desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    sheet = desks.scene.office.read(lambda tx: receipt_sheet(tx, told.id))
    assert (sheet.number, sheet.signatures) == ("", ("Siti Rahmawati", "Penerima"))
    assert "Pemohon" not in rows(sheet)


def test_an_appointment_slip_carries_its_code(desks: Desks) -> None:
    made = desks.do(Reschedule(case_id=desks.case().id, at=stamp(desks, LATER), reason="Data"))
    sheet = desks.scene.office.read(lambda tx: appointment_sheet(tx, made.id))
    assert (sheet.code, sheet.number) == (made.code, "Rabu, 25 November 2026 10.00 WITA")
    assert rows(sheet)["Petugas"] == "Siti Rahmawati"


def test_the_proof_of_an_information_request(desks: Desks) -> None:
    found = desks.do(
        RegisterInformationRequest(case_id=desks.case().id, wanted="Data mutu", purpose="Skripsi")
    )
    sheet = desks.scene.office.read(lambda tx: registration_sheet(tx, found.id))
    assert (sheet.title, sheet.number) == ("Bukti Permohonan Informasi", "0001/PPID/2026")
    assert (rows(sheet)["Informasi yang diminta"], rows(sheet)["Cara memperoleh"]) == (
        "Data mutu", "Meminta salinan",
    )  # fmt: skip
    assert "Alamat" not in rows(sheet)


def test_a_written_notice_says_what_was_decided_and_why(desks: Desks) -> None:
    command = RegisterInformationRequest(case_id=desks.case().id, wanted="Data mutu", purpose="Skripsi")
    found = desks.do(command)
    with pytest.raises(UserError, match="belum diputus"):
        desks.scene.office.read(lambda tx: notice_sheet(tx, found.id))
    partly = DecideInformationRequest(request_id=found.id, decision=Decision.PARTLY, ground="17h")
    desks.do(partly, "putri")
    desks.do(WriteNotice(request_id=found.id, ready_in="3 hari kerja", redaction="NIK"), "putri")
    sheet = desks.scene.office.read(lambda tx: notice_sheet(tx, found.id))
    assert (rows(sheet)["Keputusan"], rows(sheet)["Penguasaan informasi"]) == (
        "Dikabulkan sebagian", "Dikuasai",
    )  # fmt: skip
    assert rows(sheet)["Bagian yang dihitamkan"] == "NIK"
    assert rows(sheet)["Bentuk informasi"] == "Berkas digital"
    assert "Biaya dan cara pembayaran" not in rows(sheet)
    assert rows(sheet)["Bentuk informasi"] == "Berkas digital"


def test_a_written_notice_bears_name_and_nip_of_the_ppid(desks: Desks) -> None:
    command = RegisterInformationRequest(case_id=desks.case().id, wanted="Data mutu", purpose="Skripsi")
    found = desks.do(command)
    desks.do(DecideInformationRequest(request_id=found.id, decision=Decision.GRANTED), "putri")

    def signed() -> list[str]:
        return desks.scene.office.read(lambda tx: notice_sheet(tx, found.id)).signatures[0].splitlines()

    assert signed()[-1] == "Belum diisi di Pengaturan, Kantor: nama PPID, NIP PPID"
    settings = desks.scene.office.read(office_rows.load).settings
    about = msgspec.structs.replace(settings.office, ppid="Putri Ayu, S.H.", ppid_nip="1980")
    desks.do(ChangeSettings(settings=msgspec.structs.replace(settings, office=about)), "admin")
    assert (signed()[0], signed()[-2:]) == ("PPID", ["Putri Ayu, S.H.", "NIP 1980"])


def test_the_proof_of_a_case(desks: Desks) -> None:
    case = desks.case()
    sheet = desks.scene.office.read(lambda tx: intake_sheet(tx, case.id))
    assert (sheet.title, sheet.number) == ("Bukti Penerimaan Permohonan", case.number)
    assert rows(sheet)["Diselesaikan paling lambat"].startswith("Kamis, 26 November 2026")


def test_a_disposition_before_and_after_its_answer(desks: Desks) -> None:
    _case, hop = desks.escalated()
    below = desks.do(
        ReferEscalation(escalation_id=hop.id, instruction="Mohon arahan", unit="Ditjen GTK"), "bela"
    )
    sheet = desks.scene.office.read(lambda tx: disposition_sheet(tx, below.id))
    assert rows(sheet)["Kepada"] == "Unit Terkait · Ditjen GTK"
    assert (rows(sheet)["Dari"], rows(sheet)["Isi disposisi"]) == ("Back Office · Bela Back", "Mohon arahan")
    assert "Arahan" not in rows(sheet)
    desks.do(AnswerEscalation(escalation_id=below.id, answer="Boleh"), "umar")
    sheet = desks.scene.office.read(lambda tx: disposition_sheet(tx, below.id))
    assert rows(sheet)["Arahan"] == "Boleh"
    assert rows(sheet)["Dijawab"].endswith("· Umar Unit")
    assert sheet.signatures == ("Bela Back", "Umar Unit")


def test_a_complaint_to_a_desk_without_a_name(desks: Desks) -> None:
    command = OpenCase(
        visit_id=desks.visitor(),
        detail="Pungutan",
        kind=CaseKind.COMPLAINT,
        complaint_class="pengaduan_biasa",
    )
    hop = desks.do(Escalate(case_id=desks.do(command).id, instruction="Tindak lanjuti"))
    store_of(desks.scene.office).write(
        lambda tx: tx.run("UPDATE escalation SET due_at = NULL WHERE id = ?", hop.id)
    )
    proof = desks.scene.office.read(lambda tx: intake_sheet(tx, hop.case_id))
    assert (proof.title, rows(proof)["Pengaduan"]) == ("Bukti Penerimaan Pengaduan", "Pungutan")
    sheet = desks.scene.office.read(lambda tx: disposition_sheet(tx, hop.id))
    assert (rows(sheet)["Kepada"], rows(sheet)["Pengaduan"]) == ("Back Office", "Pungutan")
    assert "Tenggat" not in rows(sheet)
