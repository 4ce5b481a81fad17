"""A procedure speaks for the office that runs it."""

import msgspec

from ult_desktop.core.procedures.document import adapted_to_office
from ult_desktop.core.procedures.procedure import SourceNotes
from ult_desktop.operations.procedures.procedures import load_procedure

OWN = "BPMP Provinsi Kepulauan Riau"


def test_the_documents_own_office_is_named_as_it_is() -> None:
    read = load_procedure("sumut-telepon")
    assert adapted_to_office(read, "BPMP Provinsi Sumatera Utara") is read


def test_another_office_is_named_in_its_place() -> None:
    read = load_procedure("sumut-telepon")
    ours = adapted_to_office(read, OWN)
    told = msgspec.structs.replace(ours, notes=SourceNotes())
    assert "Sumatera" not in msgspec.json.encode(told).decode()
    assert ours.steps[0].activity == (
        "Mengucapkan salam : Selamat Pagi/Siang/Sore, Unit Layanan Terpadu BPMP Provinsi Kepulauan Riau,"
        " dengan petugas (petugas telepon) ada yang bisa dibantu?"
    )
    assert ours.recording == (
        "Dicatat dalam berkas kearsipan BPMP Provinsi Kepulauan Riau secara elektronik dan atau manual",
    )


def test_a_new_name_that_contains_a_shorter_old_one_is_written_once() -> None:
    read = load_procedure("sumut-telepon")
    name = "BPMP Sumatera Utara Satu"
    texts = msgspec.json.encode(adapted_to_office(read, name).steps).decode()
    assert name in texts
    assert "Satu Satu" not in texts


def test_who_put_it_into_force_elsewhere_did_not_do_so_here() -> None:
    ours = adapted_to_office(load_procedure("sumut-telepon"), OWN)
    assert (ours.approved_by.title, ours.approved_by.name, ours.approved_by.nip) == (f"Kepala {OWN}", "", "")
    assert ours.office.name == OWN
    assert ours.office.parents == load_procedure("sumut-telepon").office.parents
