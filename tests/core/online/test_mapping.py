"""Columns are guessed from their headers, and remembered ones win."""

import pytest

from ult_desktop.core.online.mapping import (
    ColumnMapping,
    RawRow,
    RequestField,
    best_mapping,
    find_header,
    guess_columns,
    mapping_fits,
    missing_fields,
    normalise_header,
    split_headers,
)

SEMPENA = ("No", "Nomor Tiket", "Tanggal Permohonan", "Nama Lengkap", "Asal Instansi", "No. HP", "E-mail")


def guessed(*headers: str) -> dict[str, str]:
    return {column.header: column.field.value for column in guess_columns(headers)}


def lines(*rows: tuple[str, ...]) -> tuple[RawRow, ...]:
    return tuple(RawRow(number, cells) for number, cells in enumerate(rows, 1))


def test_the_headers_of_an_application() -> None:
    assert guessed(*SEMPENA, "Jenis Layanan", "Uraian Permohonan") == {
        "Nomor Tiket": "nomor",
        "Tanggal Permohonan": "waktu",
        "Nama Lengkap": "nama",
        "Asal Instansi": "instansi",
        "No. HP": "telepon",
        "E-mail": "surel",
        "Jenis Layanan": "layanan",
        "Uraian Permohonan": "isi",
    }


def test_the_headers_of_a_form() -> None:
    assert guessed("Timestamp", "Nama Pemohon (sesuai KTP)", "Kabupaten/Kota", "Isi pesan Anda") == {
        "Timestamp": "waktu",
        "Nama Pemohon (sesuai KTP)": "nama",
        "Kabupaten/Kota": "kabupaten",
        "Isi pesan Anda": "isi",
    }


def test_the_running_number_of_a_list_is_nobodys_number() -> None:
    assert guessed("No", "No.", "Nama", "Isi") == {"Nama": "nama", "Isi": "isi"}


def test_each_header_and_each_field_once() -> None:
    found = guess_columns(["Nama", "Nama", "Nama Lengkap", "Isi", "Pertanyaan", ""])
    assert len({column.field for column in found}) == len(found) == 2
    assert ColumnMapping("Nama Lengkap", RequestField.NAME) in found


def test_headers_are_compared_without_signs_and_case() -> None:
    assert normalise_header("  NO. HP/WA (aktif) ") == "no hp wa aktif"


def test_a_remembered_mapping_fits_while_its_columns_are_there() -> None:
    kept = (ColumnMapping("Siapa", RequestField.NAME), ColumnMapping("Apa", RequestField.DETAIL))
    assert mapping_fits(kept, ["apa", "SIAPA", "Kapan"])
    assert not mapping_fits(kept, ["Siapa"])
    assert not mapping_fits(kept[:1], ["Siapa"])
    assert missing_fields(kept[:1]) == (RequestField.DETAIL,)


def test_what_is_remembered_is_completed_by_a_guess() -> None:
    kept = (ColumnMapping("Siapa", RequestField.NAME), ColumnMapping("Dulu", RequestField.TOPIC))
    assert best_mapping(kept, ["Siapa", "Nama", "Isi"]) == (
        kept[0],
        ColumnMapping("Isi", RequestField.DETAIL),
    )


def test_the_header_stands_under_titles() -> None:
    rows = lines(("DAFTAR PERMOHONAN", ""), ("", ""), ("Nama", "Isi"), ("Dedi", "Mohon data"), ("", " "))
    assert find_header(rows) == 2
    table = split_headers(rows, notes=("catatan",))
    assert (table.headers, table.notes) == (("Nama", "Isi"), ("catatan",))
    assert table.rows == (RawRow(4, ("Dedi", "Mohon data")),)


def test_strange_headers_are_found_by_what_is_remembered() -> None:
    rows = lines(("Laporan", "2026"), ("Siapa", "Apa"), ("Dedi", "Data"))
    kept = (ColumnMapping("Siapa", RequestField.NAME), ColumnMapping("Apa", RequestField.DETAIL))
    assert find_header(rows, kept) == 1
    assert find_header(rows) == 0


@pytest.mark.parametrize("rows", [(), lines(("x",)), lines(("",), ("a", "b"))])
def test_a_list_without_known_headers(rows: tuple[RawRow, ...]) -> None:
    table = split_headers(rows)
    assert len(table.rows) <= len(rows)


def test_empty_columns_at_the_end_are_none() -> None:
    assert split_headers(lines(("Nama", "", "Isi", "", ""))).headers == ("Nama", "", "Isi")


def test_every_field_has_its_word() -> None:
    assert len({field.word for field in RequestField}) == len(RequestField)


@pytest.mark.parametrize("header", ["Tanggal Lahir", "Email consent", "Nama Ibu Kandung"])
def test_a_header_about_something_else_is_not_guessed(header: str) -> None:
    assert guess_columns((header,)) == ()


@pytest.mark.parametrize("numbers", [("(1)", "(2)", "(3)"), ("1", "2", "3")])
def test_column_numbers_and_repeated_headers_are_no_records(numbers: tuple[str, ...]) -> None:
    head = ("No", "Nama", "Isi")
    rows = (head, numbers, ("1", "Sari", "Mohon info"), head, ("2", "Bayu", "Dua"))
    table = split_headers([RawRow(number, cells) for number, cells in enumerate(rows, 1)])
    assert [row.cells[1] for row in table.rows] == ["Sari", "Bayu"]
    assert table.notes == ("Bukan data, dilewati (nomor kolom atau judul yang berulang): baris 2, 4.",)
