"""The register of PPID: its columns as PerKI 1/2021 has them, its days as days."""

from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from tests.workbooks import first_sheet
from ult_desktop.core.cases.ppid import Access, Applicant, CopyForm, Decision, InformationRequest, Possession
from ult_desktop.core.figures.report import ReportValue
from ult_desktop.core.stamps import day_begins
from ult_desktop.operations.figures.registers import ppid_register
from ult_desktop.reports.forms import ReportForm, table_bytes

ZONE = ZoneInfo("Asia/Makassar")
NEW = InformationRequest(
    id=1,
    number="0001/PPID/2026",
    case_id=1,
    registered_at=day_begins("2026-11-21", ZONE),
    applicant=Applicant.PERSON,
    name="Ani",
    address="Jalan 1",
    contact="0811",
    occupation="Guru",
    wanted="Data",
    purpose="Skripsi",
    access=Access.COPY,
    copy_form=CopyForm.SOFT,
    copy_by="langsung",
    due_at=10,
    extended_at=None,
    extension_reason="",
    held="",
    held_by="",
    decision="",
    refusal="",
    decided_at=None,
    noticed_at=None,
    cost="",
    ready_in="",
    redaction="",
)


def row_of(request: InformationRequest) -> dict[str, ReportValue]:
    part = ppid_register("Register", [request], ZONE)
    return {column.words: value for column, value in zip(part.columns, part.rows[0], strict=True)}


def test_a_new_line() -> None:
    assert row_of(NEW) == {
        "No. pendaftaran": "0001/PPID/2026",
        "Tanggal": "2026-11-21",
        "Nama": "Ani",
        "Alamat": "Jalan 1",
        "Nomor kontak": "0811",
        "Pekerjaan": "Guru",
        "Informasi yang diminta": "Data",
        "Tujuan penggunaan": "Skripsi",
        "Status informasi": "",
        "Bentuk informasi": "Berkas digital",
        "Jenis permohonan": "Meminta salinan",
        "Keputusan": "",
        "Alasan penolakan": "",
        "Pemberitahuan tertulis": "",
        "Biaya dan cara pembayaran": "",
    }


def test_a_line_that_was_decided() -> None:
    decided = msgspec.structs.replace(
        NEW,
        held=Possession.NO,
        decision=Decision.REFUSED,
        refusal="Tidak dikuasai",
        decided_at=3,
        noticed_at=day_begins("2026-11-24", ZONE),
        cost="Rp0",
    )
    row = row_of(decided)
    assert [row[name] for name in ("Status informasi", "Keputusan", "Alasan penolakan")] == [
        "Tidak dikuasai", "Ditolak", "Tidak dikuasai",
    ]  # fmt: skip
    assert (row["Pemberitahuan tertulis"], row["Biaya dan cara pembayaran"]) == ("2026-11-24", "Rp0")
    assert (decided.is_overdue(99), NEW.is_overdue(11), NEW.is_overdue(10)) == (False, True, False)


def test_in_a_workbook_its_days_can_be_sorted_and_its_heads_stay() -> None:
    part = ppid_register("Register permohonan informasi 2026", [NEW], ZONE)
    sheet = first_sheet(table_bytes(part, ReportForm.WORKBOOK))
    assert (sheet.rows[1][1], sheet.formats["B2"]) == (date(2026, 11, 21), "dd/mm/yyyy")
    assert (sheet.rows[1][13], sheet.frozen) == ("", "B2")
    assert b";2026-11-21;Ani;" in table_bytes(part, ReportForm.LIST)
