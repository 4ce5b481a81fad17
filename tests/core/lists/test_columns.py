"""Columns are known by their heads, by what is remembered, by their values; what is uncertain is asked."""

import pytest

from tests.lists import answers_in, columns_of, remembered, requests_in
from ult_desktop.core.lists.columns import ColumnReason
from ult_desktop.core.lists.table import normalise_header

SEMPENA = ("No", "Nomor Tiket", "Tanggal Permohonan", "Nama Lengkap", "Asal Instansi", "No. HP", "E-mail")


def known(*heads: str) -> dict[str, str]:
    return columns_of(requests_in(";".join(heads) + "\n" + ";".join("-" for _head in heads)))


def test_the_heads_of_an_application() -> None:
    assert known(*SEMPENA, "Jenis Layanan", "Uraian Permohonan") == {
        "Nomor Tiket": "nomor",
        "Tanggal Permohonan": "waktu",
        "Nama Lengkap": "nama",
        "Asal Instansi": "instansi",
        "No. HP": "telepon",
        "E-mail": "surel",
        "Jenis Layanan": "layanan",
        "Uraian Permohonan": "isi",
    }


def test_the_heads_of_a_form() -> None:
    heads = ("Timestamp", "Nama Pemohon (sesuai KTP)", "No. Telp/WA", "Kabupaten/Kota", "Isi pesan Anda *")
    assert known(*heads) == {
        "Timestamp": "waktu",
        "No. Telp/WA": "telepon",
        "Nama Pemohon (sesuai KTP)": "nama",
        "Kabupaten/Kota": "kabupaten",
        "Isi pesan Anda *": "isi",
    }


def test_the_running_number_of_a_list_is_nobodys_number() -> None:
    assert known("No", "No.", "Nama", "Isi") == {"Nama": "nama", "Isi": "isi"}


def test_each_field_has_one_column() -> None:
    found = known("Nama", "Nama ", "Nama Lengkap", "Isi", "Pertanyaan")
    assert found == {"Nama Lengkap": "nama", "Pertanyaan": "isi"}


def test_heads_are_compared_without_signs_and_case() -> None:
    assert normalise_header("  NO. HP/WA (aktif) ") == "no hp wa aktif"


@pytest.mark.parametrize("head", ["Tanggal Lahir", "Email consent", "Nama Ibu Kandung", "No HP darurat"])
def test_a_head_about_something_else_is_neither_taken_nor_proposed(head: str) -> None:
    found = requests_in(f"Isi;{head}\nMohon;x\n").columns[1]
    assert (found.field, found.proposed) == ("", "")


@pytest.mark.parametrize(
    ("head", "proposed"),
    [
        ("Nama kegiatan", "nama"),
        ("Tanggal kunjungan", "waktu"),
        ("Nama Lengkp", "nama"),
        ("Keterangan", "isi"),
    ],
)
def test_a_head_that_only_contains_a_name_is_asked(head: str, proposed: str) -> None:
    found = requests_in(f"Perihal;{head}\nMohon;x\n")
    column = found.columns[1]
    why = ColumnReason.DOUBTFUL if head == "Keterangan" else ColumnReason.CONTAINS
    assert (column.field, column.proposed, column.why) == ("", proposed, why)
    assert "kolom 2" in [question.key for question in found.open_questions]
    assert requests_in(f"Perihal;{head}\nMohon;x\n", {"kolom 2": proposed}).columns[1].field == proposed
    unused = requests_in(f"Perihal;{head}\nMohon;x\n", {"kolom 2": "-"})
    assert (unused.columns[1].field, "kolom 2" in [each.key for each in unused.open_questions]) == ("", False)


def test_a_column_known_only_by_its_values_is_asked() -> None:
    found = requests_in("Nama;Balas ke;Isi\nDedi;dedi@dinas.go.id;Mohon\nAni;ani@e.id;Mohon\n")
    column = found.columns[1]
    assert (column.proposed, column.why) == ("surel", ColumnReason.VALUES)
    assert column.samples == ("dedi@dinas.go.id", "ani@e.id")


def test_what_is_remembered_wins_and_is_completed_by_the_heads() -> None:
    found = requests_in("Siapa;Nama;Isi\nDedi;x;Mohon\n", remembered=remembered(nama="SIAPA"))
    assert columns_of(found) == {"Siapa": "nama", "Isi": "isi"}
    assert found.columns[0].why is ColumnReason.REMEMBERED
    assert not found.needs_no_person
    known_whole = remembered(nama="Siapa", isi="Isi")
    assert requests_in("Siapa;Nama;Isi\nDedi;x;Mohon\n", remembered=known_whole).needs_no_person


def test_equal_heads_are_told_apart_when_they_are_remembered() -> None:
    text = "Nama;Data;Data\nDedi;Mohon;dedi@e.id\n"
    first = requests_in(text, {"kolom 2": "isi", "kolom 3": "surel"})
    again = requests_in(text, remembered=first.answers_to_remember())
    assert [column.field for column in again.columns] == ["nama", "isi", "surel"]
    assert again.needs_no_person


def test_a_column_without_a_head_is_not_remembered() -> None:
    text, fields = "Nama;;\nDedi;Mohon;11/03/2026\n", {"kolom 2": "isi", "kolom 3": "waktu"}
    order = next(question.key for question in requests_in(text, fields).open_questions)
    answered = requests_in(text, {**fields, order: "bulan"})
    assert answered.open_questions == ()
    assert answered.answers_to_remember() == {"kolom: nama": "nama"}
    other = requests_in("Nama;;\nAni;x;y\n", remembered=answered.answers_to_remember())
    assert [column.field for column in other.columns] == ["nama", "", ""]


def test_a_needed_field_without_a_column_is_asked_for() -> None:
    found = requests_in("Siapa;Apa\nDedi;Mohon data\n")
    assert [question.key for question in found.open_questions] == ["isian nama", "isian isi"]
    assert found.rows == ()
    told = requests_in("Siapa;Apa\nDedi;Mohon data\n", {"isian nama": "1", "isian isi": "2"})
    assert [each.row.name for each in told.rows] == ["Dedi"]


def test_the_element_in_the_brackets_of_a_grid() -> None:
    heads = ";".join(
        f"Bagaimana pendapat Saudara? [{name}]" for name in ("Persyaratan", "Prosedur", "Biaya/Tarif")
    )
    found = answers_in(f"Tanggal;{heads}\n20/11/2026;4;4;4\n")
    assert [column.field for column in found.columns][:3] == ["tanggal", "persyaratan", "prosedur"]


def test_u8_and_u9_are_asked_since_sources_number_them_otherwise() -> None:
    heads = ";".join(f"U{n}" for n in range(1, 10))
    found = answers_in(f"Tanggal;{heads}\n20/11/2026;{';'.join('4' * 9)}\n")
    assert [question.key for question in found.open_questions] == ["kolom 9", "kolom 10"]
    assert all("dipakai untuk beberapa isian" in question.words for question in found.open_questions)
    told = answers_in(
        f"Tanggal;{heads}\n20/11/2026;4;4;4;4;4;4;4;1;2\n", {"kolom 9": "sarana", "kolom 10": "pengaduan"}
    )
    (row,) = told.rows
    assert (row.row.said.answers["sarana"], row.row.said.answers["pengaduan"]) == (1, 2)
