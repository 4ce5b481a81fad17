"""Rows become requests, or are refused with number, column, reason and expected form."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from tests.examples import examples
from ult_desktop.core.cells import BadCell
from ult_desktop.core.fields import TEXT
from ult_desktop.core.lists.table import RawRow
from ult_desktop.core.lists.understanding import ListAnswers, Understanding, refusal_lines, understand
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource, key_of
from ult_desktop.core.online.request_rows import AS_WRITTEN, RequestList, check_row
from ult_desktop.core.stamps import to_stamp

ZONE = ZoneInfo("Asia/Jakarta")
NOW = to_stamp(datetime(2026, 11, 23, 9, tzinfo=ZONE))
HEADERS = ("Nomor Tiket", "Tanggal", "Nama", "Instansi", "No HP", "Email", "Isi")


KIND = RequestList(
    source=OnlineSource.EMAIL, zone=ZONE, now=NOW, services={"dapodik": "Dapodik", "a": "Dapodik"}
)


def read(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADERS, **said: str) -> Understanding[OnlineRow]:
    lines = [RawRow(number, cells) for number, cells in enumerate((heads, *rows), 1)]
    return understand(
        lines, KIND, ListAnswers({key.replace("_", " "): answer for key, answer in said.items()})
    )


def rows_of(found: Understanding[OnlineRow]) -> list[OnlineRow]:
    return [each.row for each in found.rows]


def cells(**said: str) -> tuple[str, ...]:
    usual = {"id": "S-1", "at": "20/11/2026", "name": "Dedi", "institution": "SDN 1", "phone": "081234567",
             "email": "d@e.id", "detail": "Mohon data"}  # fmt: skip
    return tuple({**usual, **said}.values())


def test_a_row_is_taken() -> None:
    reading = read(cells())
    (taken,) = reading.rows
    assert taken.number == 2
    assert taken.row == OnlineRow(
        name="Dedi", detail="Mohon data", external_id="S-1", institution="SDN 1", phone="081234567",
        email="d@e.id", sent_at=to_stamp(datetime(2026, 11, 20, tzinfo=ZONE)),
    )  # fmt: skip
    assert (reading.refused, reading.left_out, reading.open_questions) == ((), (), ())


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
    assert (refusal.row, refusal.column, refusal.problem) == (2, column, said)
    assert refusal.words.startswith(f"Baris 2, {column}: {said} (diharapkan: ")
    assert [taken.number for taken in reading.rows] == [3]


def test_a_name_with_emoji_and_an_institution_of_300_letters() -> None:
    (taken,) = read(cells(name="Dedi 🙂", institution="S" * 300)).rows
    assert (taken.row.name, len(taken.row.institution)) == ("Dedi 🙂", 300)


def test_a_row_that_comes_twice_is_taken_once() -> None:
    reading = read(cells(), cells(name="Lain"), cells(id=""), cells(id=""))
    assert [taken.number for taken in reading.rows] == [2, 4]
    assert [refusal.words for refusal in reading.refused] == [
        "Baris 3: sama dengan baris 2 (diharapkan: setiap permohonan satu kali)",
        "Baris 5: sama dengan baris 4 (diharapkan: setiap permohonan satu kali)",
    ]


def test_american_dates_are_read_for_the_whole_column() -> None:
    reading = read(cells(at="11/03/2026"), cells(id="2", at="11/20/2026"))
    days = [datetime.fromtimestamp((row.sent_at or 0) / 1000, ZONE).day for row in rows_of(reading)]
    assert days == [3, 20]


def test_a_short_row() -> None:
    reading = read(("Dedi", "Data"), ("Dedi",), heads=("Nama", "Isi"))
    assert (len(reading.rows), reading.refused[0].column) == (1, "Isi")


def test_a_typed_row_keeps_the_same_rules() -> None:
    typed = OnlineRow(name=" Dedi ", detail="Baris\nDua", phone="0812-3456-78", sent_at=5)
    assert check_row(typed) == OnlineRow(name="Dedi", detail="Baris\nDua", phone="0812345678", sent_at=5)
    with pytest.raises(BadCell, match="Surel: bukan alamat surel"):
        check_row(OnlineRow(name="Dedi", detail="x", email="dedi"))


def test_the_refused_rows_as_a_list() -> None:
    refused = read(cells(email="dedi")).refused
    assert refusal_lines(refused) == [
        ("Baris", "Kolom", "Sebab", "Yang diharapkan"),
        ("2", "Email", "bukan alamat surel", "nama@contoh.go.id, atau kosong"),
    ]


@examples(60)
@given(st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=6))
def test_whatever_the_rows_hold_each_is_taken_or_refused(rows: list[list[str]]) -> None:
    reading = read(*(tuple(row) for row in rows))
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(reading.rows) + len(reading.refused) + len(reading.left_out) == len(filled)


def test_a_second_telephone_is_kept_with_the_words() -> None:
    (row,) = rows_of(read(cells(phone="0552-21234 / 21235")))
    assert (row.phone, row.detail) == ("055221234", "Mohon data\nTelepon lain: 21235")


def test_words_that_are_too_long_with_the_second_telephone_are_refused() -> None:
    (refusal,) = read(cells(phone="0552-21234 / 21235", detail="x" * TEXT)).refused
    assert (refusal.column, refusal.row) == ("Isi", 2)


def test_two_people_with_the_same_words_are_two() -> None:
    reading = read(
        cells(id="", name="Siti"), cells(id="", name="Siti", phone="081999888"), cells(id="", name="Siti")
    )
    assert [row.phone for row in rows_of(reading)] == ["081234567", "081999888"]
    assert len({key_of(row) for row in rows_of(reading)}) == 2
    assert [refusal.problem for refusal in reading.refused] == ["sama dengan baris 2"]


def day_of(found: Understanding[OnlineRow]) -> str:
    return datetime.fromtimestamp((rows_of(found)[0].sent_at or 0) / 1000, ZONE).date().isoformat()


def test_the_order_of_day_and_month_is_asked_where_no_date_tells() -> None:
    swapped = cells(at="11/03/2026 9:30:15")
    reading = read(swapped)
    (asked,) = reading.open_questions
    assert asked.key == "urutan: tanggal"
    assert [choice.words for choice in asked.choices] == [
        "hari dulu: 11 Maret 2026",
        "bulan dulu: 3 November 2026",
    ]
    lines = [RawRow(1, HEADERS), RawRow(2, swapped)]
    for order, day in (("hari", "2026-03-11"), ("bulan", "2026-11-03")):
        told = understand(lines, KIND, ListAnswers({"urutan: tanggal": order}))
        assert (day_of(told), told.open_questions) == (day, ())
        assert told.answers_to_remember()["urutan: tanggal"] == order
        assert day_of(understand(lines, KIND, ListAnswers({}, told.answers_to_remember()))) == day
    assert read(swapped, cells(id="S-2", at="13/11/2026")).open_questions == ()
    assert read(cells(at="11/11/2026")).open_questions == ()


def test_a_zone_that_is_named_is_kept() -> None:
    reading = read(cells(at="23/11/2026 01.30 WITA"))
    assert day_of(reading) == "2026-11-23"
    assert rows_of(reading)[0].sent_at == to_stamp(datetime(2026, 11, 23, 0, 30, tzinfo=ZONE))


def test_services_in_other_words_are_mapped_once() -> None:
    heads = (*HEADERS, "Layanan")
    rows = [(*cells(id=f"S-{n}"), word) for n, word in enumerate(("Dapodik", "a", "dapodik daring", "Lain"))]
    lines = [RawRow(number, row) for number, row in enumerate((heads, *rows), 1)]
    plain = understand(lines, KIND, ListAnswers())
    assert [each.key for each in plain.open_questions] == ["layanan: dapodik daring", "layanan: lain"]
    told = understand(
        lines, KIND, ListAnswers({"layanan: dapodik daring": "Dapodik", "layanan: lain": AS_WRITTEN})
    )
    assert not told.open_questions
    assert [row.service for row in rows_of(told)] == ["Dapodik", "a", "Dapodik", "Lain"]
    later = understand(lines, KIND, ListAnswers({}, told.answers_to_remember()))
    assert [row.service for row in rows_of(later)] == ["Dapodik", "a", "Dapodik", "Lain"]


def test_a_list_full_of_the_same_words_is_read_to_its_end() -> None:
    """Each row is compared once: a comparison with all rows before it would take minutes."""
    rows = [cells(id="", name="Siti", phone=f"0812{number:07}") for number in range(5_000)]
    assert len({key_of(row) for row in rows_of(read(*rows))}) == 5_000
