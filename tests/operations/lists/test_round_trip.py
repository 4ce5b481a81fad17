"""A list is read back as it was written; a copy that was turned over is understood so, or asked about."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import msgspec
import pytest
import xlsxwriter
from hypothesis import given, strategies as st

from tests.examples import examples
from tests.lists import REQUESTS, requests_in
from ult_desktop.base.errors import UserError
from ult_desktop.base.spreadsheet import csv_file, csv_text
from ult_desktop.core.lists.table import RawRow
from ult_desktop.core.lists.understanding import ListAnswers, understand
from ult_desktop.core.online.online_request import OnlineRow
from ult_desktop.operations.lists.list_files import parse_list

HEADS = ("Nama", "Instansi", "No HP", "Email", "Isi")
Lines = Sequence[Sequence[str]]

_BEGINS = st.sampled_from(["", "- ", "=", "+ ", "@", "=> ", "  -"])
_WORDS = st.text("abcdeghikmno éñ,;|\t\"'.-=0123456789\n", max_size=20).map(lambda words: f"Mohon {words}x")
_ROWS = st.lists(
    st.tuples(
        st.text("abcde é'", min_size=1, max_size=8).map(lambda name: f"N{name}"),
        st.sampled_from(["", "SDN 1, Tarakan", "SMPN 2; Nunukan", "TK “A”"]),
        st.sampled_from(["", "081234567890", "+62 812-3456-7890", "0552-21234"]),
        st.sampled_from(["", "dedi@dinas.go.id"]),
        st.tuples(_BEGINS, _WORDS).map("".join),
    ),
    min_size=1,
    max_size=6,
)


def meant(rows: Lines) -> list[OnlineRow]:
    """The requests, as no file stands between."""
    lines = [RawRow(number, tuple(cells)) for number, cells in enumerate((HEADS, *rows), 1)]
    return [each.row for each in understand(lines, REQUESTS, ListAnswers()).rows]


def in_any_order(rows: Iterable[OnlineRow]) -> list[OnlineRow]:
    """Return the requests without which of those that say the same came first."""
    return sorted((msgspec.structs.replace(row, alike=1) for row in rows), key=repr)


def xlsx(sheets: dict[str, Lines], hidden: str = "") -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for place, cells in enumerate(lines):
                for column, cell in enumerate(cells):
                    sheet.write_string(place, column, cell)
            if name != hidden:
                sheet.activate()
                sheet.set_first_sheet()
            else:
                sheet.hide()
    return held.getvalue()


def ods(lines: Lines) -> bytes:
    """Return an ODS file as LibreOffice writes it, as far as a reader looks."""

    def cell(text: str) -> str:
        paragraphs = "".join(f"<text:p>{escape(part)}</text:p>" for part in text.split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="Data">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return held.getvalue()


def packed(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return held.getvalue()


@examples(80)
@given(_ROWS)
def test_what_the_program_wrote_is_read_back_the_same(rows: Lines) -> None:
    lines, wanted = (HEADS, *rows), meant(rows)
    for name, data in (
        ("daftar.csv", csv_file(lines)),
        ("daftar.tsv", csv_text(lines, "\t").encode()),
        ("daftar.csv.zip", packed(daftar_csv=csv_file(lines))),
        ("daftar.xlsx", xlsx({"Data": lines})),
    ):
        found = requests_in(data, name=name)
        assert ([each.row for each in found.rows], found.open_questions) == (wanted, ()), name


@examples(60)
@given(_ROWS)
def test_an_ods_is_read_like_any_list(rows: Lines) -> None:
    plain = [[cell.replace("\t", " ") for cell in row] for row in rows]
    found = requests_in(ods((HEADS, *plain)), name="daftar.ods")
    said = [
        (row.name, row.institution, row.phone, row.email, "".join(row.detail.split())) for row in meant(plain)
    ]
    assert [
        (row.name, row.institution, row.phone, row.email, "".join(row.detail.split()))
        for row in (each.row for each in found.rows)
    ] == said


@examples(80)
@given(
    st.data(), _ROWS, st.permutations(range(len(HEADS))), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])
)
def test_a_copy_that_was_turned_over_is_understood_the_same_or_asked_about(
    data: st.DataObject, rows: Lines, order: Sequence[int], encoding: str
) -> None:
    """Its rows and columns stand in another order, under titles and above a note, beside a hidden sheet."""
    wanted = in_any_order(meant(rows))
    shuffled = data.draw(st.permutations(rows))
    turned = [[line[place] for place in order] for line in (HEADS, *shuffled)]
    titled = [["DAFTAR PERMOHONAN"], ["Bulan November 2026"], [], *turned, [], ["Catatan: ditarik kemarin"]]
    copies = {
        "a.csv": csv_text(titled).encode(encoding),
        "b.csv": csv_text(titled, ",").encode(encoding),
        "c.xlsx": xlsx({"Arsip": [HEADS, ["Lama", "", "", "", "Sudah"]], "Data": titled}, hidden="Arsip"),
    }
    for name, content in copies.items():
        found = requests_in(content, name=name)
        assert found.open_questions or in_any_order(each.row for each in found.rows) == wanted, name


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (packed(a_csv=b"Nama;Isi\n", b_csv=b"Nama;Isi\n"), "dua.zip", "berkas ZIP berisi: a.csv, b.csv"),
        (packed(foto_jpg=b"x"), "foto.zip", "berkas ZIP berisi: foto.jpg"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "rusak.xls", "bukan berkas Excel atau ODS yang utuh"),
        (ods(())[:200], "rusak.ods", "bukan berkas Excel atau ODS yang utuh"),
        (b"MIME-Version: 1.0\n", "laporan.xls", "halaman web"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_way_out(data: bytes, name: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refusal:
        parse_list(data, name)
    assert refusal.value.todo


def test_rows_that_a_filter_hides_are_named() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("Data")
        for place, cells in enumerate((("Nama", "Isi"), ("Dedi", "Satu"), ("Ani", "Dua"), ("Budi", "Tiga"))):
            sheet.write_row(place, 0, cells)
        sheet.set_row(2, options={"hidden": True})
    found = requests_in(held.getvalue(), name="x.xlsx")
    assert [each.row.name for each in found.rows] == ["Dedi", "Ani", "Budi"]
    assert found.notes == ("1 baris tersembunyi (disaring) ikut dibaca: 3.",)
