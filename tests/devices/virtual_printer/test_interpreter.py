"""Bytes become paper as Epson's reference says, and nothing else does."""

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st
from PIL import Image

from tests.examples import examples
from ult_desktop.devices.virtual_printer.canvas import CUTTER, Canvas, Paper, Style
from ult_desktop.devices.virtual_printer.grammar import UnknownCommand
from ult_desktop.devices.virtual_printer.interpreter import Interpreter

CUT = b"\x1dV\x42\x00"
DOTS, MARGIN = 576, 32


def printed(data: bytes, dots: int = DOTS) -> Paper:
    papers: list[Paper] = []
    Interpreter(Canvas(dots, MARGIN), papers.append).feed(data)
    assert len(papers) == 1
    return papers[0]


def styles(data: bytes) -> list[Style]:
    return [line.style for line in printed(data + CUT).lines]


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything dark."""
    box = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return box


def test_text_stands_on_the_paper() -> None:
    assert printed(b"\x1b@Nomor\nA012\n" + CUT).text == "Nomor\nA012"


@pytest.mark.parametrize(
    ("command", "style"),
    [
        (b"\x1d!\x73", Style(width=8, height=4)),
        (b"\x1bE\x01", Style(bold=True)),
        (b"\x1b-\x02", Style(underline=2)),
        (b"\x1b-\x31", Style(underline=1)),
        (b"\x1bM\x01", Style(font="B")),
        (b"\x1dB\x01", Style(inverse=True)),
        (b"\x1b!\xb9", Style(width=2, height=2, font="B", bold=True, underline=1)),
        (b"\x1b!\x00", Style()),
    ],
)
def test_styles(command: bytes, style: Style) -> None:
    assert styles(command + b"x\n\x1b@y\n") == [style, Style()]


@pytest.mark.parametrize(("page", "char"), [(0, "é"), (2, "é"), (19, "€")])
def test_code_pages(page: int, char: str) -> None:
    encoding = {0: "cp437", 2: "cp850", 19: "cp858"}[page]
    assert printed(b"\x1bt" + bytes([page]) + char.encode(encoding) + b"\n" + CUT).text == char


@pytest.mark.parametrize("align", [0, 1, 2])
def test_alignment(align: int) -> None:
    left, _, right, _ = ink(printed(b"\x1ba" + bytes([align]) + b"\xdb\xdb\n" + CUT).image)
    expected = (MARGIN, MARGIN + (DOTS - 24) // 2, MARGIN + DOTS - 24)[align]
    assert abs(left - expected) <= 2
    assert right <= expected + 24


def test_alignment_in_the_middle_of_a_line_is_ignored() -> None:
    left, *_ = ink(printed(b"\xdb\x1ba\x02\xdb\n" + CUT).image)
    assert left < MARGIN + 4


def test_a_full_line_goes_on_in_the_next() -> None:
    assert [len(line.text) for line in printed(b"x" * 60 + b"\n" + CUT).lines] == [48, 12]


def test_the_cut_takes_what_has_passed_the_cutter() -> None:
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(DOTS, MARGIN), papers.append)
    interpreter.feed(b"\xdb\n\x1dV\x00")
    assert papers[0].image.height == 30
    assert papers[0].image.getextrema() == (255, 255)
    interpreter.feed(b"\xdb\n" + CUT)
    assert ink(papers[1].image)[1] < CUTTER


def test_what_had_not_passed_the_cutter_comes_with_the_next_feed() -> None:
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(DOTS, MARGIN), papers.append)
    interpreter.feed(b"\xdb\n\x1dV\x00" + CUT)
    assert len(papers) == 2
    assert ink(papers[1].image)[1] == CUTTER - 30
    interpreter.feed(CUT)
    assert len(papers) == 2


@pytest.mark.parametrize(
    ("feed", "height"),
    [(b"\x1bJ\x64", 100), (b"\x1bd\x02", 60), (b"\x1b3\x50\n", 80), (b"\x1b3\x50\x1b2\n", 30)],
)
def test_feeding(feed: bytes, height: int) -> None:
    plain = printed(b"x\n" + CUT).image.height
    assert printed(b"x\n" + feed + CUT).image.height == plain + height


def test_feeding_ends_a_line() -> None:
    assert printed(b"x\x1bJ\x64y\x1bd\x01" + CUT).text == "x\ny"


def test_underline_and_inverse_are_drawn() -> None:
    plain, lined, inverse = (
        printed(command + b" x\n" + CUT).image for command in (b"", b"\x1b-\x02", b"\x1dB\x01")
    )
    assert ink(lined)[0] < ink(plain)[0]
    assert ink(inverse)[3] - ink(inverse)[1] == 24


@pytest.mark.parametrize(("mode", "size"), [(0, (16, 2)), (1, (32, 2)), (2, (16, 4)), (51, (32, 4))])
def test_a_raster_picture_is_drawn_in_its_size(mode: int, size: tuple[int, int]) -> None:
    raster = b"\x1dv0" + bytes([mode]) + b"\x02\x00\x02\x00" + b"\xff" * 4
    left, top, right, bottom = ink(printed(raster + CUT).image)
    assert (right - left, bottom - top) == size


def qr(text: bytes, size: int = 4, level: int = 49) -> bytes:
    length = (len(text) + 3).to_bytes(2, "little")
    return (
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C" + bytes([size]) + b"\x1d(k\x03\x001E" + bytes([level])
        + b"\x1d(k" + length + b"1P0" + text + b"\x1d(k\x03\x001Q0"
    )  # fmt: skip


def test_a_qr_code_is_drawn_in_its_size() -> None:
    left, top, right, bottom = ink(printed(qr(b"A012") + CUT).image)
    assert right - left == bottom - top == 21 * 4


def test_gs_r_is_asked_only_after_what_stands_before_it() -> None:
    events: list[str] = []
    interpreter = Interpreter(
        Canvas(DOTS, MARGIN), lambda _paper: events.append("paper"), lambda: events.append("asked")
    )
    interpreter.feed(b"x\n" + CUT + b"\x1dr\x01\x10\x04\x01\x1bp\x00\x19\x19")
    assert events == ["paper", "asked"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" + CUT, "GS V in the middle of a line"),
        (b"x\x1dv0\x00\x01\x00\x01\x00\xff", "a picture in the middle of a line"),
        (b"\x1dv0\x00\x49\x00\x01\x00" + b"\xff" * 73, "a picture wider than the paper"),
        (qr(b"a" * 80, size=16), "a picture wider than the paper"),
        (b"\x1d(k\x03\x000C\x08", "something else than a QR code"),
        (b"\x1d(k\x04\x001A1\x00", "GS \\( k with illegal values"),
        (b"\x1d(k\x03\x001C\x00", "GS \\( k with illegal values"),
        (b"\x1d(k\x03\x001E\x01", "GS \\( k with illegal values"),
        (b"\x1d(k\x03\x001Q0", "GS \\( k with illegal values"),
        (qr(b"A" * 6000), "more text than a QR code holds"),
        (b"\x1b@\x00", "no such command"),
    ],
)
def test_refusals(data: bytes, why: str) -> None:
    interpreter = Interpreter(Canvas(DOTS, MARGIN))
    with pytest.raises(UnknownCommand, match=why):
        interpreter.feed(data)


def test_after_a_refusal_it_goes_on() -> None:
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(DOTS, MARGIN), papers.append)
    with pytest.raises(UnknownCommand):
        interpreter.feed(b"\x00junk")
    interpreter.feed(b"\x1b@A013\n" + CUT)
    assert papers[0].text == "A013"


def test_nothing_printed_is_no_paper() -> None:
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(DOTS, MARGIN), papers.append)
    interpreter.feed(b"\n\n" + CUT)
    interpreter.tear_off()
    assert papers == []


def test_without_power_half_a_line_is_forgotten() -> None:
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(DOTS, MARGIN), papers.append)
    interpreter.feed(b"half\x1d(k\x09")
    interpreter.lose_power()
    interpreter.feed(b"whole\n" + CUT)
    assert papers[0].text == "whole"


PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"\x1b@", b"\x1ba\x01", b"\x1d!\x77", b"\x1dB\x01", b"A012\n", CUT, b"\x1bd\x06", qr(b"x"),
         b"\x1b-\x01",
         b"\x1dv0\x03\x02\x00\x01\x00\xff\x00", b"\x1bM\x01", b"\x1bt\x13", b"\x1b3\x00", b"\x1dr\x01"]
    ),
)  # fmt: skip


@examples(150)
@given(st.lists(PIECES, max_size=12))
def test_any_bytes_are_printed_or_refused_and_never_crash(pieces: list[bytes]) -> None:
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(384, 40), papers.append)
    for piece in pieces:
        with suppress(UnknownCommand):
            interpreter.feed(piece)
    interpreter.tear_off()
    assert all(paper.image.width == 464 for paper in papers)


@examples(40)
@given(st.integers(1, 40))
def test_where_the_network_parts_the_bytes_does_not_matter(size: int) -> None:
    data = b"\x1b@\x1ba\x01\x1d!\x11A012\n" + qr(b"K7QX") + b"\x1dv0\x00\x01\x00\x02\x00\xff\x0f" + CUT
    papers: list[Paper] = []
    interpreter = Interpreter(Canvas(DOTS, MARGIN), papers.append)
    for at in range(0, len(data), size):
        interpreter.feed(data[at : at + size])
    assert papers[0].image.tobytes() == printed(data).image.tobytes()
