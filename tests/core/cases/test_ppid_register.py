"""The register's columns, as PerKI 1/2021 has them."""

from datetime import UTC, datetime

import msgspec

from ult_desktop.core.cases.ppid import (
    Access,
    Applicant,
    CopyForm,
    Decision,
    InformationRequest,
    Possession,
    columns,
    register_row,
)

NEW = InformationRequest(
    id=1,
    number="0001/PPID/2026",
    case_id=1,
    registered_at=1,
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


def local(at: int) -> datetime:
    return datetime(2026, 11, 20 + at, tzinfo=UTC)


def test_a_new_line() -> None:
    assert dict(zip(columns(), register_row(NEW, local), strict=True)) == {
        "No. pendaftaran": "0001/PPID/2026",
        "Tanggal": "21/11/2026",
        "Nama": "Ani",
        "Alamat": "Jalan 1",
        "Nomor kontak": "0811",
        "Pekerjaan": "Guru",
        "Informasi yang diminta": "Data",
        "Tujuan penggunaan": "Skripsi",
        "Status informasi": "",
        "Bentuk informasi": "softcopy",
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
        noticed_at=4,
        cost="Rp0",
    )
    row = dict(zip(columns(), register_row(decided, local), strict=True))
    assert [row[name] for name in ("Status informasi", "Keputusan", "Alasan penolakan")] == [
        "Tidak dikuasai", "Ditolak", "Tidak dikuasai",
    ]  # fmt: skip
    assert (row["Pemberitahuan tertulis"], row["Biaya dan cara pembayaran"]) == ("24/11/2026", "Rp0")
    assert (decided.is_overdue(99), NEW.is_overdue(11), NEW.is_overdue(10)) == (False, True, False)
