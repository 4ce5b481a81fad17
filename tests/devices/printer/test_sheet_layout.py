"""Sheets on the ticket printer, on any width of paper."""

from dataclasses import replace

import msgspec
import pytest

from tests.pictures import LOGO
from ult_desktop.core.sheet import Letterhead, Sheet, SheetRow
from ult_desktop.devices.printer.escpos_library import encode
from ult_desktop.devices.printer.layout import Cut, Picture, Qr, Text, commands, sheet_layout, ticket_layout
from ult_desktop.devices.printer.model import PrinterModel, model_for
from ult_desktop.devices.printer.paper import PrinterTest, TicketPaper
from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.interpreter import Interpreter
from ult_desktop.devices.virtual_printer.server import PAPER

WIDE, NARROW = model_for("TM-T88V", 80), model_for("", 58)
LONG = "Mohon melengkapi surat keputusan pengangkatan pertama dan surat keterangan aktif mengajar"
SHEET = Sheet(
    office=Letterhead(("BPMP Provinsi Kalimantan Utara", "Unit Layanan Terpadu")),
    title="Tanda Terima Informasi",
    number="0001/TT/2026",
    rows=(SheetRow("Pemohon", "Ani Guru"), SheetRow("Jawaban", f"{LONG}\nTerima kasih")),
    notes=("Layanan ini tidak dipungut biaya.",),
    code="K7QX2M9D",
)


def words(sheet: Sheet, model: PrinterModel) -> str:
    return " ".join(line.text for line in sheet_layout(sheet, model) if isinstance(line, Text))


@pytest.mark.parametrize("model", [WIDE, NARROW, replace(WIDE, columns=20)])
def test_everything_stands_in_the_order_of_reading(model: PrinterModel) -> None:
    assert words(SHEET, model) == (
        "BPMP Provinsi Kalimantan Utara Unit Layanan Terpadu Tanda Terima Informasi 0001/TT/2026"
        f" Pemohon Ani Guru Jawaban {LONG} Terima kasih K7QX2M9D Layanan ini tidak dipungut biaya."
    )
    printed = sheet_layout(SHEET, model)
    assert all(len(line.text) <= model.columns for line in printed if isinstance(line, Text))
    assert printed[-1] == Cut()


def test_the_code_is_a_qr_where_the_printer_can() -> None:
    assert Qr("K7QX2M9D") in sheet_layout(SHEET, WIDE)
    plain = replace(WIDE, native_qr=False, picture_qr=False)
    assert [line for line in sheet_layout(SHEET, plain) if isinstance(line, Qr)] == []
    assert "K7QX2M9D" in words(SHEET, plain)
    without = msgspec.structs.replace(SHEET, code="", office=Letterhead())
    assert [line for line in sheet_layout(without, WIDE) if isinstance(line, Qr)] == []


def test_a_ticket_keeps_its_own_layout(ticket: TicketPaper) -> None:
    assert commands(ticket, WIDE) == ticket_layout(ticket, WIDE)
    assert commands(SHEET, WIDE) == sheet_layout(SHEET, WIDE)


def test_the_test_shows_which_line_the_paper_takes_whole() -> None:
    test = PrinterTest("Cetak percobaan")
    for width, broken in ((58, 1), (80, 0)):
        texts = [each.text for each in commands(test, model_for("", width)) if isinstance(each, Text)]
        rulers = [text for text in texts if text.startswith("<")]
        assert [text.strip("<>-") for text in rulers] == ["A", "B"]
        columns = model_for("", width).columns
        assert sum(len(text) > columns for text in rulers) == broken
        assert max(map(len, rulers)) <= 42


@pytest.mark.parametrize("width", [58, 80])
def test_the_logo_stands_above_the_office(width: int, ticket: TicketPaper) -> None:
    model = model_for("", width)
    sheet = msgspec.structs.replace(SHEET, office=Letterhead(("BPMP",), LOGO))
    for paper in (replace(ticket, logo=LOGO), sheet):
        printed = commands(paper, model)
        assert printed[0] == Picture(LOGO)
        papers: list[Paper] = []
        printer = Interpreter(Canvas(*PAPER[width]), papers.append)
        printer.feed(encode(printed, model))
        printer.tear_off()
        top = papers[0].image.crop((0, 0, PAPER[width][0], 112))
        assert top.getextrema() == (0, 255)
        assert Picture(LOGO) not in commands(paper, replace(model, picture_qr=False))
