"""Lists as offices write them: encodings, delimiters, spreadsheets, JSON; and as they should not be."""

import codecs
import contextlib
import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
import xlsxwriter
from hypothesis import given, strategies as st

from benchmarks.survival import poison
from tests.examples import examples
from tests.lists import answers_in, requests_in
from ult_desktop.base.errors import UserError
from ult_desktop.operations.lists.list_files import ListFile, parse_list, repair_text

HEAD = "Nama;Isi\n"
TEXT = f"{HEAD}Dedi;Mohon “data” é\n"


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read_list(path: Path) -> ListFile:
    """Read a list as the other process does."""
    return parse_list(path.read_bytes(), path.name)


def rows_of(path: Path) -> list[tuple[str, ...]]:
    return [line.cells for line in read_list(path).lines]


def workbook(rows: Sequence[Sequence[object]], *merges: str) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"default_date_format": "dd/mm/yyyy hh:mm:ss"}) as book:
        sheet = book.add_worksheet()
        for merge in merges:
            sheet.merge_range(merge, "")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return held.getvalue()


BOOK = workbook([["Nama", "Tanggal"], *(["Dedi", datetime.datetime(2026, 11, day)] for day in range(1, 9))])


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", "|").encode(),
    ],
    ids=["utf8", "bom", "utf16", "utf16be", "le", "be", "cp1252", "crlf", "comma", "tab", "bar"],
)
def test_encodings_and_delimiters(tmp_path: Path, data: bytes) -> None:
    assert rows_of(written(tmp_path, "x.csv", data)) == [("Nama", "Isi"), ("Dedi", "Mohon “data” é")]


def test_a_cell_with_lines_and_delimiters_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", 'Nama,Isi\nDedi,"Satu, dua\ntiga ""empat"""\nAni,Lima\n')
    assert rows_of(path)[1:] == [("Dedi", 'Satu, dua\ntiga "empat"'), ("Ani", "Lima")]
    assert [line.number for line in read_list(path).lines] == [1, 2, 3]


def test_the_hint_of_excel(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", "sep=;\nNama;Isi\nDedi;a,b\n")
    assert rows_of(path) == [("Nama", "Isi"), ("Dedi", "a,b")]
    assert [line.number for line in read_list(path).lines] == [2, 3]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.csv", b"Nama,Isi\nDedi,\x81\x8d\n", "bukan daftar teks"),
        ("x.csv", b"Nama,Isi\n" + b"x" * 5000 + b"\x00", "bukan daftar teks"),
        ("x.csv", codecs.BOM_UTF16_LE + b"N", "bukan daftar teks"),
        ("x.csv", 'Nama,Isi\nDedi,"tidak ditutup\n', "baris 2: tanda kutip"),
        ("x.csv", f"Nama,Isi\nDedi,{'x' * 200_000}\n", "baris 2: tanda kutip tidak ditutup, atau sel"),
        ("x.csv", b"", "kosong"),
        ("x.csv", b",,\n,\n", "kosong"),
        ("x.csv", b"%PDF-1.7", "bukan CSV, Excel, ODS, atau JSON"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0 berkata sandi", "bukan berkas Excel atau ODS yang utuh"),
        ("x.xlsx", b"PK\x03\x04 rusak", "bukan berkas Excel"),
        ("x.json", b"{", "bukan JSON yang benar"),
        ("x.json", b"[" * 100_000, "bukan JSON yang benar"),
        ("x.json", b'{"a": [1, 2]}', "tidak ada daftar permohonan"),
        ("x.json", b'["a"]', "tidak ada daftar permohonan"),
        ("x.json", b"[]", "tidak ada daftar permohonan"),
    ],
)
def test_what_is_no_list(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as refusal:
        read_list(written(tmp_path, name, data))
    assert refusal.value.safe == "Tidak ada yang diimpor."
    assert refusal.value.todo


def test_a_workbook(tmp_path: Path) -> None:
    day = datetime.datetime(2026, 11, 20, 9, 30, 15)
    rows: list[list[object]] = [
        ["DAFTAR PERMOHONAN"],
        [],
        ["Nama", "Tanggal", "No HP", "Nilai", "Baru"],
        ["Dedi", day, 81234567890, 2.5, True],
        ["Ani", day.date(), 1e22, None, False],
    ]
    read = read_list(written(tmp_path, "x.xlsx", workbook(rows, "A1:E1")))
    assert [line.number for line in read.lines] == [1, 3, 4, 5]
    assert read.lines[2].cells[:5] == ("Dedi", "2026-11-20 09:30:15", "81234567890", "2.5", "ya")
    assert read.lines[3].cells[:5] == ("Ani", "2026-11-20 00:00:00", "1" + "0" * 22, "", "tidak")
    assert read.lines[1].cells == ("Nama", "Tanggal", "No HP", "Nilai", "Baru")
    assert read.notes == ()


def test_merged_cells_stand_in_each_of_their_rows(tmp_path: Path) -> None:
    rows = [["Instansi", "Nama", "Isi"], ["SDN 1", "Dedi", "a"], ["", "Ani", "b"], ["", "Budi", "c"]]
    data = workbook(rows, "A2:A5", "B8:B9", "C2:C3")
    read = read_list(written(tmp_path, "x.xlsx", data))
    assert [line.cells[:3] for line in read.lines[1:]] == [
        ("SDN 1", "Dedi", "a"),
        ("SDN 1", "Ani", "a"),
        ("SDN 1", "Budi", "c"),
    ]
    assert read.notes == ("2 kelompok sel gabungan diisikan ke setiap barisnya.",)


def test_formulas_are_their_values(tmp_path: Path) -> None:
    """A formula that was never calculated holds nothing: the row says so, and nothing is carried out."""
    cells = b'<c r="A%d" t="str"><f>"Na"&amp;"ma"</f>%b</c><c r="B%d" t="inlineStr"><is><t>Isi</t></is></c>'
    values = (b"<v>Nama</v>", b"<v></v>", b"")
    rows = (b"<row>%b</row>" % cells % (at, value, at) for at, value in enumerate(values, 1))
    path = written(tmp_path, "x.xlsx", poison.workbook(b"".join(rows)))
    assert rows_of(path) == [("Nama", "Isi"), ("", "Isi"), ("", "Isi")]


def test_a_workbook_of_another_program_without_styles(tmp_path: Path) -> None:
    made = zipfile.ZipFile(io.BytesIO(workbook([["Nama", "Isi"]])))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for member in made.infolist():
            bare = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
            archive.writestr(member.filename, bare if "styles" in member.filename else made.read(member))
    assert rows_of(written(tmp_path, "x.xlsx", held.getvalue()))[0][:2] == ("Nama", "Isi")


def test_a_sheet_that_is_a_chart_is_passed_over() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        chart = book.add_chart({"type": "column"})
        book.add_chartsheet().set_chart(chart)
        book.add_worksheet().write_column(0, 0, ["Jumlah", 1, 2])
        chart.add_series({"values": "=Sheet1!$A$2:$A$3"})
    assert [line.cells for line in parse_list(held.getvalue(), "x.xlsx").lines] == [
        ("Jumlah",),
        ("1",),
        ("2",),
    ]


def test_cells_are_where_the_spreadsheet_shows_them() -> None:
    """Whatever rows and columns are empty before them, and also without names of their own."""
    far = b'<row r="3"><c r="C3"><v>1</v></c></row><row r="5"><c r=\'D5\'><v>2</v></c><c><v>3</v></c></row>'
    lines = parse_list(poison.workbook(far), "x.xlsx").lines
    assert [(line.number, line.cells) for line in lines] == [(3, ("", "", "1")), (5, ("", "", "", "2", "3"))]
    bare = b"<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>"
    lines = parse_list(poison.workbook(bare), "x.xlsx").lines
    assert [(line.number, line.cells) for line in lines] == [(1, ("1", "", "2")), (3, ("", "3"))]


def test_cells_without_content_take_no_room() -> None:
    """LibreOffice writes the last row of a sheet, and Excel cells that were only coloured."""
    last = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert [line.cells for line in parse_list(poison.workbook(last), "x.xlsx").lines] == [("1",)]


def test_a_locked_workbook_is_refused() -> None:
    locked = bytearray(BOOK)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), BOOK):
            locked[found.start() + flags] |= 1  # what says of a part that it asks for a password
    with pytest.raises(UserError, match="bukan berkas Excel"):
        parse_list(bytes(locked), "x.xlsx")


@examples(100)
@given(
    part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]),
    place=st.floats(0, 1),
    gone=st.integers(0, 40),
    put=st.binary(max_size=12),
)
def test_a_damaged_workbook_is_read_or_refused(part: str, place: float, gone: int, put: bytes) -> None:
    damaged = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as good, zipfile.ZipFile(damaged, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            at = int(place * len(data))
            bad.writestr(name, data[:at] + put + data[at + gone :] if name == part else data)
    with contextlib.suppress(UserError):
        assert parse_list(damaged.getvalue(), "x.xlsx").lines


def test_the_first_sheet_that_holds_something(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        book.add_worksheet()
        book.add_worksheet("Data").write_row(0, 0, ["Nama", "Isi"])
    assert rows_of(tmp_path / "x.xlsx")[0][:2] == ("Nama", "Isi")
    with pytest.raises(UserError, match="kosong"):
        read_list(written(tmp_path, "y.xlsx", workbook([])))


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    assert rows_of(written(tmp_path, "x.csv", workbook([["Nama"]])))[0][0] == "Nama"


def test_objects_in_objects(tmp_path: Path) -> None:
    data = {
        "jumlah": 1,
        "permohonan": [
            {
                "id": 7, "pemohon": {"nama": "Dedi", "baru": True, "alamat": None},
                "nilai": 2.0, "lain": 2.5, "label": ["a", "b"], "campur": [1, {"x": 2}], "isi": "Data",
            },
            {"id": 8, "isi": "Lain"},
        ],
    }  # fmt: skip
    head, first, second = read_list(written(tmp_path, "x.json", msgspec.json.encode(data))).lines
    assert head.cells[:4] == ("id", "pemohon.nama", "pemohon.baru", "pemohon.alamat")
    assert first.cells == ("7", "Dedi", "ya", "", "2", "2.5", "a, b", '[1,{"x":2}]', "Data")
    assert (second.number, second.cells[0], second.cells[1], second.cells[-1]) == (2, "8", "", "Lain")


def test_json_deeper_than_columns_go(tmp_path: Path) -> None:
    deep = '[{"a":{"b":{"c":{"d":{"e":1}}}}}]'
    assert rows_of(written(tmp_path, "x.json", deep)) == [("a.b.c.d",), ('{"e":1}',)]


def test_the_same_bytes_have_the_same_hash(tmp_path: Path) -> None:
    one, two = (read_list(written(tmp_path, name, TEXT)) for name in ("a.csv", "b.csv"))
    assert one.hash == two.hash
    assert len(one.hash) == 64


def _zip(name: bytes, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", data)
        archive.writestr("[Content_Types].xml", name)
    return held.getvalue()


SHEET = workbook([["Nama", "Isi"], ["Dedi", "Data"]], "A1:A2")
HOSTILE = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(lambda tail: b"PK\x03\x04" + tail, st.binary(max_size=100)),
    st.builds(_zip, st.binary(max_size=40), st.binary(max_size=80)),
    st.builds(
        lambda place, byte: SHEET[: place % len(SHEET)] + bytes([byte]) + SHEET[place % len(SHEET) + 1 :],
        st.integers(0, 10_000),
        st.integers(0, 255),
    ),
)


@examples(150)
@given(HOSTILE, st.sampled_from([".csv", ".xlsx", ".json", ".txt"]))
def test_whatever_lies_there_is_read_or_refused_with_words(tmp_path: Path, data: bytes, ending: str) -> None:
    path = written(tmp_path, f"x{ending}", data)
    try:
        read = read_list(path)
    except UserError:
        return
    assert read.lines
    for understood in (requests_in(read), answers_in(read)):
        assert len(understood.rows) <= len(read.lines)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Ma&#039;ruf", "Ma'ruf"),
        ("SDN 1 &amp; SMPN 2", "SDN 1 & SMPN 2"),
        ("JosÃ© \u2013 Rp", "JosÃ© \u2013 Rp"),
        ("AndrÃ©", "André"),
        ("R&D", "R&D"),
    ],
)
def test_letters_that_other_programs_changed(cell: str, meant: str) -> None:
    assert repair_text(cell) == meant


def test_semicolons_win_over_more_commas_in_the_words() -> None:
    text = "Daftar pemohon\nNama;Alamat Email;Isi\nSari, S.Pd.;s@contoh.id;Mohon cek NUPTK, NRG, dan SK, ya\n"
    assert parse_list(text.encode(), "x.csv").lines[1].cells == ("Nama", "Alamat Email", "Isi")


@pytest.mark.parametrize(
    "page", ["<html><head>", "\n<table border=1>", "<!DOCTYPE html>", "<?xml version='1.0'?>"]
)
def test_a_page_called_a_list_is_named(page: str) -> None:
    with pytest.raises(UserError, match="halaman web"):
        parse_list(page.encode(), "daftar.xls")


def test_hidden_sheets_are_not_read_and_are_named() -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    for title, name in (("Arsip", "Lama"), ("November", "Sari"), ("Lain", "Bayu")):
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, ("Nama", "Isi"))
        sheet.write_row(1, 0, (name, "Mohon info"))
    book.worksheets()[1].activate()
    book.worksheets()[1].set_first_sheet()
    book.worksheets()[0].hide()
    book.close()
    read = parse_list(held.getvalue(), "x.xlsx")
    assert [line.cells[0] for line in read.lines] == ["Nama", "Sari"]
    assert [(sheet.name, sheet.hidden) for sheet in read.sheets] == [
        ("Arsip", True),
        ("November", False),
        ("Lain", False),
    ]
    assert requests_in(read).notes == (
        "Lembar tersembunyi tidak dibaca: Arsip.",
        "Lembar lain tidak dibaca: Lain.",
    )
    hidden = parse_list(held.getvalue(), "x.xlsx", "Arsip")
    assert [line.cells[0] for line in hidden.lines] == ["Nama", "Lama"]


def test_a_quotation_mark_within_a_cell_refuses_its_row_alone() -> None:
    read = parse_list(b'Nama;Isi\nSari;Satu\n"Dapodik" Bayu;Dua\nLina;Tiga\n', "x.csv")
    assert [line.cells[0] for line in read.lines] == ["Nama", "Sari", "Lina"]
    assert [(each.row, each.problem) for each in requests_in(read).refused] == [
        (3, "tanda kutip di tengah sel")
    ]
