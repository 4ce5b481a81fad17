"""The drawn ticket: centred, nothing over the edge, nothing cut through."""

from dataclasses import replace

import pytest
from PIL import Image

from ult_desktop.devices.printer.escpos_library import encode
from ult_desktop.devices.printer.layout import ticket_layout
from ult_desktop.devices.printer.model import model_for
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.interpreter import Interpreter

LONG = "Penerbitan Surat Keterangan Pindah Tugas Pendidik dan Tenaga Kependidikan Antarprovinsi"
PLAIN = TicketPaper(
    office=("UNIT LAYANAN TERPADU", "BPMP Provinsi Kalimantan Utara"),
    label="A012",
    service="Informasi & Konsultasi",
    issued="Sabtu, 21 November 2026  09.41 WITA",
    code="K7QX-2M9D",
)


def drawn(paper: TicketPaper, width: int, dots: int, margin: int) -> Image.Image:
    papers: list[Paper] = []
    model = model_for("", width)
    interpreter = Interpreter(Canvas(dots, margin), papers.append)
    interpreter.feed(encode(ticket_layout(paper, model), model))
    interpreter.tear_off()
    return papers[0].image


@pytest.mark.parametrize(("width", "dots", "margin"), [(80, 576, 32), (58, 384, 40)])
@pytest.mark.parametrize(
    "paper", [PLAIN, replace(PLAIN, service=LONG, office=(LONG,), priority=True, reprint=True)]
)
def test_the_ticket_is_centred_with_white_all_around(
    paper: TicketPaper, width: int, dots: int, margin: int
) -> None:
    image = drawn(paper, width, dots, margin)
    box = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left >= margin
    assert right <= margin + dots
    assert abs(left - (image.width - right)) <= 6
    assert top >= 40
    assert image.height - bottom >= 40
