"""The demands of `doctor` on an office: who it is on paper, and somebody for each part in its procedures."""

from datetime import date

from msgspec.structs import replace

from tests.office import PASSWORD, store_of
from ult_desktop.core.accountability.commands import ConfirmQualification
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.health.completeness import check_identity, check_people, check_qualifications
from ult_desktop.operations.office.office import Office


def test_what_a_ready_made_office_leaves_open_is_asked_for(office: Office) -> None:
    line = check_identity(office)
    assert line.level == "warn"
    assert "Pengaturan, Kantor" in line.todo
    assert line.found == (
        "belum diisi: kop surat, alamat, telepon, kota, nama kepala, NIP kepala, nama PPID, NIP PPID,"
        " alamat survei, pelaporan pelanggaran (WBS), pelaporan gratifikasi (UPG)"
    )
    settings = office.read(office_rows.load).settings
    said = replace(
        settings.office, address="Jalan Contoh 1", phone="0552-1", city="Tanjung Selor", head="Ani"
    )
    about = replace(said, head_nip="19700101", survey_url="https://skm.example.id", letterhead=("BPMP",))
    about = replace(about, ppid="Putri", ppid_nip="19800101", wbs="wbs.example.id", upg="upg@example.id")
    office.perform(
        ChangeSettings(settings=replace(settings, office=about)), office.sign_in("admin", PASSWORD)
    )
    assert (check_identity(office).level, check_identity(office).found) == ("ok", "BPMP Kaltara")


def test_each_part_in_a_procedure_needs_somebody(office: Office) -> None:
    assert check_people(office).level == "ok"
    store_of(office).write(
        lambda tx: tx.run("UPDATE officer SET active = 0 WHERE login IN ('ppid', 'kepala')")
    )
    line = check_people(office)
    assert (line.level, line.found) == ("warn", "belum ada petugas sebagai: Kepala, Tim PPID")
    assert "officer add" in line.todo
    assert "Kotak masuk" in line.todo


def test_who_works_without_a_confirmed_qualification_is_named(office: Office) -> None:
    assert check_qualifications(office).level == "ok"
    siti, head = (office.sign_in(login, PASSWORD) for login in ("siti", "kepala"))
    line = check_qualifications(office)
    assert (line.level, "kaltara-helpdesk" in line.found) == ("warn", True)
    assert line.found.startswith(f"bertugas hari ini, belum dikonfirmasi: {siti.name} (")
    for procedure in line.found.partition("(")[2].rstrip(")").split(", "):
        command = ConfirmQualification(
            login="siti", procedure_id=procedure, since=date(2026, 2, 2), evidence="Sertifikat"
        )
        office.perform(command, head)
    assert check_qualifications(office).level == "ok"
