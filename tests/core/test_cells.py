"""A cell is cleaned, or refused with the form that is expected; whatever it holds, nothing else happens."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from tests.examples import examples
from ult_desktop.core.cells import (
    BadCell,
    clean_day,
    clean_email,
    clean_line,
    clean_name,
    clean_phone,
    clean_text,
    is_day_first,
    is_order_ambiguous,
    parse_timestamp,
    refusal_words,
    split_phones,
)
from ult_desktop.core.stamps import to_datetime, to_stamp

ZONE = ZoneInfo("Asia/Makassar")
NOW = to_stamp(datetime(2026, 11, 23, 9, tzinfo=ZONE))


def moment(text: str, *, day_comes_first: bool = True) -> str:
    stamp = parse_timestamp(text, ZONE, NOW, day_comes_first=day_comes_first)
    assert stamp is not None
    return to_datetime(stamp, ZONE).isoformat(" ", "minutes")[:16]


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("  Dedi \t Kurniawan ", "Dedi Kurniawan"),
        ("De\x00di\x1b[31m", "Dedi[31m"),
        ("Dedi 🙂 Kurniawan", "Dedi 🙂 Kurniawan"),
        ("\u202eidIeD", "idIeD"),
        ("a\ud800b", "ab"),
        ("e\u0301", "é"),
        ("baris satu\r\nbaris dua", "baris satu baris dua"),
        *((nothing, "") for nothing in ("-", "–", "n/a", "Tidak ada", "NIHIL", "  ")),
    ],
)
def test_a_line(said: str, clean: str) -> None:
    assert clean_line(said, 100) == clean


def test_text_keeps_its_lines() -> None:
    assert clean_text("Satu\r\nDua\rTiga\u00a0!", 100) == "Satu\nDua\nTiga !"


@pytest.mark.parametrize("text", ["#REF!", " #N/A", "#DIV/0!"])
def test_what_a_formula_left_behind_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="rumus yang gagal"):
        clean_line(text, 100)


@pytest.mark.parametrize(
    "text",
    [
        "- NISN (siswa) hilang",
        "+ Dapodik (lokal)",
        "=> mohon",
        "=====",
        "@dedi tolong",
        "=1+1",
        "#1 di Kepri",
    ],
)
def test_words_that_begin_like_a_formula_are_kept(text: str) -> None:
    assert clean_text(text, 100) == text


def test_a_huge_cell_is_refused_with_its_size() -> None:
    with pytest.raises(BadCell, match="9000 huruf") as bad:
        clean_text("x" * 9000, 8000)
    assert bad.value.expected == "paling banyak 8000 huruf"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("0812-3456-7890", "081234567890"),
        ("+62 (812) 3456", "+628123456"),
        ("81234567890", "081234567890"),
        ("'0812345678", "0812345678"),
        ("-", ""),
    ],
)
def test_a_telephone_number(said: str, number: str) -> None:
    assert clean_phone(said) == number


@pytest.mark.parametrize("said", ["tanya Pak Budi", "12", "0" * 20, "0812/0813 rumah"])
def test_no_telephone_number(said: str) -> None:
    with pytest.raises(BadCell, match="bukan nomor telepon"):
        clean_phone(said)


def test_an_address() -> None:
    assert clean_email(" dedi@dinas.go.id ") == "dedi@dinas.go.id"
    assert clean_email("tidak ada") == ""


@pytest.mark.parametrize(
    "said", ["dedi", "dedi@", "a@b", "a b@c.id", "a@b.id\nBcc: x@y.id", "<a@b.id>", "d•••@x.id"]
)
def test_no_address(said: str) -> None:
    with pytest.raises(BadCell, match="bukan alamat surel"):
        clean_email(said)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("21/11/2026", "2026-11-21 00:00"),
        ("21-11-2026 14.30", "2026-11-21 14:30"),
        ("21.11.2026 pukul 14.30 WITA", "2026-11-21 14:30"),
        ("21/11/2026 8:05:09", "2026-11-21 08:05"),
        ("2026-11-21 14:30:00", "2026-11-21 14:30"),
        ("2026-11-21T06:30:00Z", "2026-11-21 14:30"),
        ("21 November 2026", "2026-11-21 00:00"),
        ("Sabtu, 21 Nov 2026, 14.30", "2026-11-21 14:30"),
        ("17 Agustus 2026", "2026-08-17 00:00"),
    ],
)
def test_a_moment(said: str, read: str) -> None:
    assert moment(said) == read


def test_the_clock_of_another_pc_may_be_ahead() -> None:
    assert parse_timestamp("23/11/2026 20.00", ZONE, NOW) == NOW


def test_no_moment_is_none() -> None:
    assert parse_timestamp(" - ", ZONE, NOW) is None


@pytest.mark.parametrize(
    "said", ["kemarin", "31/02/2026", "21/13/2026", "21 Brumaire 2026", "01/01/1899", "21/11/2026 25.00"]
)
def test_what_is_no_moment(said: str) -> None:
    with pytest.raises(BadCell, match="bukan tanggal"):
        parse_timestamp(said, ZONE, NOW)


def test_a_moment_that_has_not_come() -> None:
    with pytest.raises(BadCell, match="belum tiba"):
        parse_timestamp("25/11/2026", ZONE, NOW)


def test_the_whole_column_tells_which_comes_first() -> None:
    assert is_day_first(["03/04/2026", "21/11/2026"])
    assert not is_day_first(["03/04/2026", "11/21/2026", "bukan"])
    assert is_day_first(["21/11/2026", "11/21/2026"])
    assert is_day_first([])
    assert moment("11/21/2026 10:30", day_comes_first=False) == "2026-11-21 10:30"


@examples(150)
@given(st.text(st.characters(), max_size=60))
def test_whatever_a_cell_holds_it_is_cleaned_or_refused(said: str) -> None:
    for clean in (clean_email, clean_phone, lambda text: clean_line(text, 50)):
        try:
            line = clean(said)
        except BadCell:
            continue
        assert line.isprintable() or line.encode("utf-8")
        assert "\x00" not in line


@examples(150)
@given(st.from_regex(r"\A[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( [0-9]{1,2}[.:][0-9]{2})?\Z") | st.text())
def test_whatever_a_date_says(said: str) -> None:
    try:
        stamp = parse_timestamp(said, ZONE, NOW)
    except BadCell:
        return
    assert stamp is None or stamp <= NOW


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2026-09-01", "2026-09-01"), ("1/9/2026", "2026-09-01"), ("1 September 2026", "2026-09-01"), ("", "")],
)
def test_a_day_is_kept_in_one_form(text: str, iso: str) -> None:
    assert clean_day(text) == iso


@pytest.mark.parametrize("text", ["kemarin", "31/2/2026", "1/1/1990"])
def test_what_is_no_day_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(BadCell, match="bukan tanggal"):
        clean_day(text)


def test_a_field_says_why_and_a_masked_one_says_nothing() -> None:
    assert refusal_words(clean_phone, "abc").startswith("bukan nomor telepon: 6 sampai 16 angka")
    assert refusal_words(clean_phone, "0812-3456-7890") == ""
    assert refusal_words(clean_phone, "0812••••890") == ""


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2026/09/01 10:00:00 AM GMT+7", "2026-09-01 11:00"),
        ("2026/09/01 10:00:00", "2026-09-01 10:00"),
        ("2026/09/01 12:05:00 AM GMT+8", "2026-09-01 00:05"),
        ("2026/09/01 12:05:00 PM GMT+8", "2026-09-01 12:05"),
        ("2026/09/01 1:05:09 PM GMT+09:30", "2026-09-01 11:35"),
        ("2026/9/1", "2026-09-01 00:00"),
        ("2026/09/01 10.00.00 UTC", "2026-09-01 18:00"),
    ],
)
def test_dates_as_google_forms_writes_them(text: str, local: str) -> None:
    assert moment(text) == local


@pytest.mark.parametrize("text", ["2026/13/01", "2026/09/01 13:00 PM", "2026/09/01 1:00 AM GMT+77"])
def test_what_only_looks_like_one_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        moment(text)


@pytest.mark.parametrize("name", ["Na", "Null", "NIHIL"])
def test_people_are_called_so(name: str) -> None:
    assert clean_name(name, 100) == name
    assert clean_line(name, 100) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("81234567890.0", "081234567890"),
        ("6281234567891,0", "6281234567891"),
        ("8.1234567890E+10", "081234567890"),
        ("+62 (0) 812 3456 7890", "+6281234567890"),
        ("0812.3456.7890", "081234567890"),
        ("null", ""),
    ],
)
def test_a_telephone_as_programs_and_people_write_it(text: str, number: str) -> None:
    assert clean_phone(text) == number


def test_a_telephone_that_a_spreadsheet_has_rounded_is_refused() -> None:
    with pytest.raises(BadCell, match="dibulatkan"):
        clean_phone("8.12E+11")


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("0552-21234 / 21235", "0552-21234", ("21235",)),
        ("0812345678; 0813456", "0812345678", ("0813456",)),
        ("0812345678 atau 0813456 dan 0814567", "0812345678", ("0813456", "0814567")),
        ("0552/21234", "0552/21234", ()),
        ("0812 3456 7890, ext 12", "0812 3456 7890, ext 12", ()),
    ],
)
def test_two_telephones_in_a_cell(text: str, first: str, others: tuple[str, ...]) -> None:
    assert split_phones(text) == (first, others)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Jum\u2019at, 20 November 2026", "2026-11-20 00:00"),
        ("Jum'at, 20 November 2026 pukul 09.30", "2026-11-20 09:30"),
        ("20/11/26", "2026-11-20 00:00"),
        ("20-Nov-26", "2026-11-20 00:00"),
        ("20/11/2026 02:30:10 PM", "2026-11-20 14:30"),
        ("20 November 2026 jam 14.30", "2026-11-20 14:30"),
        ("46346", "2026-11-20 00:00"),
        ("46346.604166667", "2026-11-20 14:30"),
    ],
)
def test_a_moment_as_people_and_spreadsheets_write_it(text: str, read: str) -> None:
    assert moment(text) == read


@pytest.mark.parametrize(
    ("zone", "read"), [("WIB", "2026-11-20 00:30"), ("WITA", "2026-11-19 23:30"), ("wit", "2026-11-19 22:30")]
)
def test_the_zone_that_is_written_counts(zone: str, read: str) -> None:
    assert moment(f"19/11/2026 23.30 {zone}") == read


@pytest.mark.parametrize(("texts", "is_open"), [(["3/11/2026", "4/11/2026"], True), (["13/11/2026"], False)])
def test_whether_the_column_tells_its_order(texts: list[str], is_open: bool) -> None:
    assert is_order_ambiguous(texts) is is_open
