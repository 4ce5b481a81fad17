"""What `doctor` asks an office for: who it is on paper, and somebody for each part in its procedures."""

from msgspec.structs import replace

from tests.office import PASSWORD
from ult_desktop.cli.doctor.whole_office import check_identity, check_people
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office import Office


def test_what_a_ready_made_office_leaves_open_is_asked_for(office: Office) -> None:
    line = check_identity(office)
    assert line.level == "warn"
    assert line.found == ("belum diisi: alamat, telepon, kota, nama kepala, NIP kepala, alamat survei")
    settings = office.read(office_rows.load).settings
    said = replace(
        settings.office, address="Jalan Contoh 1", phone="0552-1", city="Tanjung Selor", head="Ani"
    )
    about = replace(said, head_nip="19700101", survey_url="https://skm.example.id")
    office.perform(
        ChangeSettings(settings=replace(settings, office=about)), office.sign_in("admin", PASSWORD)
    )
    assert (check_identity(office).level, check_identity(office).found) == ("ok", "BPMP Kaltara")


def test_each_part_in_a_procedure_needs_somebody(office: Office) -> None:
    assert check_people(office).level == "ok"
    office._store.write(lambda tx: tx.run("UPDATE officer SET active = 0 WHERE login IN ('ppid', 'kepala')"))
    line = check_people(office)
    assert (line.level, line.found) == ("warn", "belum ada petugas sebagai: Kepala, Tim PPID")
    assert "officer add" in line.todo
