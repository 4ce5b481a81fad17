"""Rows become requests, or are refused with number, column, reason and expected form."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from tests.examples import examples
from ult_desktop.core.cells import BadCell
from ult_desktop.core.online.mapping import RawRow, Table, guess_columns
from ult_desktop.core.online.online_request import OnlineRow, key_of
from ult_desktop.core.online.request_rows import Reading, check_row, read_rows, refusal_words, report_lines
from ult_desktop.core.stamps import to_stamp

ZONE = ZoneInfo("Asia/Jakarta")
NOW = to_stamp(datetime(2026, 11, 23, 9, tzinfo=ZONE))
HEADERS = ("Nomor Tiket", "Tanggal", "Nama", "Instansi", "No HP", "Email", "Isi")


def read(*rows: tuple[str, ...]) -> Reading:
    lines = tuple(RawRow(number, cells) for number, cells in enumerate(rows, 2))
    return read_rows(Table(headers=HEADERS, rows=lines, notes=("n",)), guess_columns(HEADERS), ZONE, NOW)


def cells(**said: str) -> tuple[str, ...]:
    usual = {"id": "S-1", "at": "20/11/2026", "name": "Dedi", "institution": "SDN 1", "phone": "081234567",
             "email": "d@e.id", "detail": "Mohon data"}  # fmt: skip
    return tuple({**usual, **said}.values())


def test_a_row_is_taken() -> None:
    reading = read(cells())
    (taken,) = reading.taken
    assert taken.number == 2
    assert taken.row == OnlineRow(
        name="Dedi", detail="Mohon data", external_id="S-1", institution="SDN 1", phone="081234567",
        email="d@e.id", sent_at=to_stamp(datetime(2026, 11, 20, tzinfo=ZONE)),
    )  # fmt: skip
    assert (reading.rows, reading.refused, reading.notes) == ((taken.row,), (), ("n",))


@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        ({"name": ""}, "Nama", "kosong"),
        ({"detail": " - "[:0]}, "Isi", "kosong"),
        ({"email": "dedi"}, "Email", "bukan alamat surel"),
        ({"phone": "tanya"}, "No HP", "bukan nomor telepon"),
        ({"at": "kapan-kapan"}, "Tanggal", "bukan tanggal"),
        ({"detail": "#REF!"}, "Isi", "rumus yang gagal"),
        ({"name": "x" * 501}, "Nama", "terlalu panjang (501 huruf)"),
    ],
)
def test_a_row_is_refused(wrong: dict[str, str], column: str, said: str) -> None:
    reading = read(cells(**wrong), cells(id="S-2"))
    (refusal,) = reading.refused
    assert (refusal.row, refusal.column, refusal.said) == (2, column, said)
    assert refusal_words(refusal).startswith(f"Baris 2, {column}: {said} (diharapkan: ")
    assert [taken.number for taken in reading.taken] == [3]


def test_a_name_with_emoji_and_an_institution_of_300_letters() -> None:
    (taken,) = read(cells(name="Dedi 🙂", institution="S" * 300)).taken
    assert (taken.row.name, len(taken.row.institution)) == ("Dedi 🙂", 300)


def test_a_row_that_comes_twice_is_taken_once() -> None:
    reading = read(cells(), cells(name="Lain"), cells(id=""), cells(id=""))
    assert [taken.number for taken in reading.taken] == [2, 4]
    assert [refusal_words(refusal) for refusal in reading.refused] == [
        "Baris 3: sama dengan baris 2 (diharapkan: setiap permohonan satu kali)",
        "Baris 5: sama dengan baris 4 (diharapkan: setiap permohonan satu kali)",
    ]


def test_american_dates_are_read_for_the_whole_column() -> None:
    reading = read(cells(at="11/03/2026"), cells(id="2", at="11/20/2026"))
    days = [datetime.fromtimestamp((row.sent_at or 0) / 1000, ZONE).day for row in reading.rows]
    assert days == [3, 20]


def test_a_short_row_and_a_column_that_is_not_mapped() -> None:
    headers = ("Nama", "Isi", "Email")
    table = Table(headers=headers, rows=(RawRow(2, ("Dedi", "Data")), RawRow(3, ("Dedi",))))
    reading = read_rows(table, guess_columns(headers), ZONE, NOW)
    assert (len(reading.taken), reading.refused[0].column) == (1, "Isi")
    nameless = read_rows(table, guess_columns(("Isi",)), ZONE, NOW)
    assert nameless.refused[0].column == "Nama"


def test_a_typed_row_keeps_the_same_rules() -> None:
    typed = OnlineRow(name=" Dedi ", detail="Baris\nDua", phone="0812-3456-78", sent_at=5)
    assert check_row(typed) == OnlineRow(name="Dedi", detail="Baris\nDua", phone="0812345678", sent_at=5)
    with pytest.raises(BadCell, match="Surel: bukan alamat surel"):
        check_row(OnlineRow(name="Dedi", detail="x", email="dedi"))


def test_the_refused_rows_as_a_list() -> None:
    refused = read(cells(email="dedi")).refused
    assert list(report_lines(refused)) == [
        ("Baris", "Kolom", "Sebab", "Yang diharapkan"),
        ("2", "Email", "bukan alamat surel", "nama@contoh.go.id, atau kosong"),
    ]


@examples(60)
@given(st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=6))
def test_whatever_the_rows_hold_each_is_taken_or_refused(rows: list[list[str]]) -> None:
    reading = read(*(tuple(row) for row in rows))
    assert len(reading.taken) + len(reading.refused) == len(rows)


def test_a_second_telephone_is_kept_with_the_words() -> None:
    (row,) = read(cells(phone="0552-21234 / 21235")).rows
    assert (row.phone, row.detail) == ("055221234", "Mohon data\nTelepon lain: 21235")


def test_two_people_with_the_same_words_are_two() -> None:
    reading = read(
        cells(id="", name="Siti"), cells(id="", name="Siti", phone="081999888"), cells(id="", name="Siti")
    )
    assert [row.phone for row in reading.rows] == ["081234567", "081999888"]
    assert len({key_of(row) for row in reading.rows}) == 2
    assert [refusal.said for refusal in reading.refused] == ["sama dengan baris 2"]


def test_how_dates_were_read_is_told_where_the_column_does_not() -> None:
    note = "Tanggal dibaca hari dulu, lalu bulan: 3/11 adalah 3 November."
    assert read(cells(at="03/11/2026")).notes == ("n", note)
    assert read(cells(at="03/11/2026"), cells(id="S-2", at="13/11/2026")).notes == ("n",)


def test_a_list_full_of_the_same_words_is_read_to_its_end() -> None:
    """Each row is compared once: a comparison with all rows before it would take minutes."""
    rows = [cells(id="", name="Siti", phone=f"0812{number:07}") for number in range(5_000)]
    assert len({key_of(row) for row in read(*rows).rows}) == 5_000
