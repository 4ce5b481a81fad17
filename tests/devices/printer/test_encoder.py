"""Commands → bytes that a strict printer understands, for every model and any text."""

import pytest
from hypothesis import given, strategies as st

from tests.examples import examples
from ult_desktop.devices.printer.escpos_library import encode
from ult_desktop.devices.printer.layout import Cut, PrintCommand, Qr, Rule, Space, Text, ticket_layout
from ult_desktop.devices.printer.model import known_profiles, model_for
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.interpreter import Interpreter

WIDE = model_for("TM-T88V", 80)


def printed(data: bytes) -> Paper:
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(576, 32), papers.append)
    interpreter.feed(data)
    interpreter.tear_off()
    return papers[0]


def test_a_ticket_begins_with_init_and_the_code_page() -> None:
    assert encode((), WIDE).startswith(b"\x1b@\x1c.\x1bt\x00")
    assert encode((), model_for("", 58, letters="cp1252")).startswith(b"\x1b@\x1c.\x1bt\x10")


@pytest.mark.parametrize(
    "command", [Text("A", 8, 8, bold=True, inverse=True), Rule(), Qr("A"), Qr("A" * 300)]
)
def test_each_command_leaves_something_on_the_paper(command: PrintCommand) -> None:
    paper = printed(encode((Space(40), command, Cut()), WIDE))
    assert paper.image.getextrema() == (0, 255)


def test_style_does_not_leak_into_the_next_line() -> None:
    lines = printed(encode((Text("A", 8, 8, bold=True, inverse=True), Text("b"), Cut()), WIDE)).lines
    assert [(line.style.width, line.style.bold, line.style.inverse) for line in lines] == [
        (8, True, True),
        (1, False, False),
    ]


def test_a_printer_without_a_cutter_gets_no_cut() -> None:
    assert b"\x1dV" in encode((Cut(),), WIDE)
    assert b"\x1dV" not in encode((Cut(),), model_for("POS-5890", 58))


@pytest.mark.parametrize("profile", known_profiles())
def test_every_model_s_ticket_is_understood(profile: str, ticket: TicketPaper) -> None:
    model = model_for(profile, 80)
    assert "A012" in printed(encode(ticket_layout(ticket, model), model)).text


@examples(40)
@given(st.text(max_size=80), st.text(max_size=12), st.text(max_size=80), st.sampled_from([58, 80]))
def test_any_text_is_understood(service: str, label: str, code: str, width: int) -> None:
    model = model_for("", width)
    paper = TicketPaper((service,), label, service, "", code, priority=True, reprint=True)
    assert printed(encode(ticket_layout(paper, model), model)).lines[-1].text == "Terima kasih."
