"""Which row is the head, and which rows are no records: named, left out, taken by a tick."""

import pytest

from tests.lists import columns_of, requests_in
from ult_desktop.core.lists.table import SkipReason

HEAD = "No;Nama;Instansi;Isi"


def left_out(text: str) -> list[tuple[int, SkipReason]]:
    return [(each.row, each.why) for each in requests_in(text).left_out]


def names(text: str) -> list[str]:
    return [each.row.name for each in requests_in(text).rows]


def test_the_head_stands_below_titles() -> None:
    found = requests_in(f"DAFTAR PERMOHONAN;;;\nBulan November 2026;;;\n;;;\n{HEAD}\n1;Dedi;SDN 1;Mohon\n")
    assert (found.head, [each.number for each in found.rows]) == (4, [5])


def test_a_head_over_two_rows() -> None:
    text = "No;Pemohon;;;Isi\n;Nama;Telepon;Surel;\n1;Dedi;0812345678;d@e.id;Mohon\n"
    found = requests_in(text)
    assert (found.head, columns_of(found)) == (
        1,
        {"Nama": "nama", "Telepon": "telepon", "Surel": "surel", "Isi": "isi"},
    )
    assert [each.row.phone for each in found.rows] == ["0812345678"]


def test_another_row_is_chosen_as_the_head() -> None:
    text = "Nama;Isi;x\nSiapa;Apa;x\nDedi;Mohon;x\n"
    assert requests_in(text).head == 1
    found = requests_in(text, {"judul": "2", "kolom 1": "nama", "kolom 2": "isi"})
    assert (found.head, [each.row.name for each in found.rows]) == (2, ["Dedi"])


@pytest.mark.parametrize("numbers", ["(1);(2);(3);(4)", "1;2;3;4"])
def test_column_numbers_and_repeated_heads_are_left_out(numbers: str) -> None:
    text = f"{HEAD}\n{numbers}\n1;Sari;SDN;Mohon\n{HEAD}\n2;Bayu;SDN;Dua\n"
    assert names(text) == ["Sari", "Bayu"]
    assert left_out(text) == [(2, SkipReason.NUMBERS), (4, SkipReason.HEAD)]


@pytest.mark.parametrize(
    "last", ["Jumlah;;;12", "Total permohonan;12;;", "Rata-rata;3,5;;4", "JUMLAH :;25;;", "NRR;3.9;;3.1"]
)
def test_totals_are_left_out(last: str) -> None:
    text = f"{HEAD}\n1;Sari;SDN;Mohon\n{last}\n"
    assert (names(text), left_out(text)) == (["Sari"], [(3, SkipReason.TOTAL)])


def test_notes_below_the_table_are_left_out() -> None:
    below = "Catatan: ditarik 1 November;;;\n\nMengetahui,;;;Tarakan\n"
    text = f"{HEAD}\n1;Sari;SDN;Mohon\n2;Bayu;SDN;Mohon\n{below}"
    assert names(text) == ["Sari", "Bayu"]
    assert [why for _row, why in left_out(text)] == [SkipReason.NOTE, SkipReason.NOTE]


def test_what_is_left_out_is_taken_by_a_tick() -> None:
    text = f"{HEAD}\n1;Sari;SDN;Mohon\nJumlah;Total;;12\n"
    assert left_out(f"{HEAD}\n1;Sari;SDN;Mohon\nJumlah;12;;12\n") == [(3, SkipReason.TOTAL)]
    taken = requests_in(f"{HEAD}\n1;Sari;SDN;Mohon\nJumlah;12;;12\n", {"baris 3": "ya"})
    assert ([each.row.name for each in taken.rows], taken.left_out) == (["Sari", "12"], ())
    assert names(text) == ["Sari", "Total"]  # a person may be called so


def test_a_person_without_words_is_refused_and_not_left_out() -> None:
    found = requests_in("Nama;Isi\nDedi;\n;Mohon\n")
    assert [(each.row, each.column, each.problem) for each in found.refused] == [
        (2, "Isi", "kosong"),
        (3, "Nama", "kosong"),
    ]


@pytest.mark.parametrize("text", ["x\n", ";\na;b\n", "Nama;Isi\n"])
def test_a_list_without_rows_or_heads(text: str) -> None:
    assert requests_in(text).rows == ()
