"""Letters that no ticket printer has are drawn where a font has them, else marked."""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from ult_desktop.base.paths import resource
from ult_desktop.core.sheet import Letterhead, Sheet, SheetRow
from ult_desktop.devices.printer import drawn_text
from ult_desktop.devices.printer.layout import Drawn, Text, commands
from ult_desktop.devices.printer.model import model_for

NARROW = model_for("", 58)
INTER = Path(str(resource("fonts", "Inter_400Regular.ttf")))


@pytest.fixture(params=[(INTER,), ()], ids=["font", "none"])
def fonts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, ...]]:
    """Inter stands for the font of the system: it has letters that the fixed-width face lacks."""
    monkeypatch.setattr(drawn_text, "system_fonts", lambda: request.param)
    drawn_text._load_fonts.cache_clear()
    yield request.param
    drawn_text._load_fonts.cache_clear()


def sheet(name: str) -> Sheet:
    return Sheet(office=Letterhead(("BPMP",)), title="Bukti", number="1", rows=(SheetRow("Nama", name),))


LACKED = next(
    letter
    for letter in map(chr, (*range(0x1E00, 0x1F00), *range(0x2C60, 0x2D00), *range(0xA720, 0xA7FF)))
    if letter.isalpha()
    and not unicodedata.normalize("NFKD", letter).encode("ascii", "ignore")
    and drawn_text._has_letter(ImageFont.truetype(str(INTER), 24), letter)
    and not drawn_text._has_letter(
        ImageFont.truetype(str(resource("fonts", "JetBrainsMono_400Regular.ttf")), 24), letter
    )
)


@pytest.mark.parametrize("name", [LACKED * 3, f"Ani {LACKED}", f"{LACKED} 山 Ani"])
def test_a_name_is_drawn_or_marked_and_never_empty(name: str, fonts: tuple[Path, ...]) -> None:
    lines = commands(sheet(name), NARROW)
    drawn = [line for line in lines if isinstance(line, Drawn)]
    assert bool(drawn) == bool(fonts)
    if fonts:
        picture = Image.open(io.BytesIO(drawn[0].png))
        assert picture.width == NARROW.dots
        assert picture.convert("L").getextrema() == (0, 255)
    else:
        assert any(isinstance(line, Text) and "?" in line.text for line in lines) or "Ani" in name
    plain = commands(sheet(name), replace(NARROW, picture_qr=False))
    assert not any(isinstance(line, Drawn) for line in plain)


def test_a_long_name_is_broken_into_lines_that_fit(fonts: tuple[Path, ...]) -> None:
    if fonts:
        picture = Image.open(io.BytesIO(drawn_text.drawn_text(f"{LACKED * 60} Ani", LACKED, NARROW.dots, 24)))
        assert picture.width == NARROW.dots
        assert picture.height >= 2 * 30


def test_what_the_printer_has_is_not_drawn(fonts: tuple[Path, ...]) -> None:
    del fonts
    assert drawn_text.drawn_text("José Ma’ruf", "", NARROW.dots, 24) == b""


@pytest.mark.parametrize("name", ["Иван Петров", "Ελένη Ω", "½ lembar ©"])
@pytest.mark.parametrize("letters", ["cp437", "ascii"])
def test_letters_of_the_programs_own_face_are_drawn_where_the_printer_has_them_not(
    name: str, letters: str
) -> None:
    lines = commands(sheet(name), replace(NARROW, letters=letters))
    kept = "".join(line.text for line in lines if isinstance(line, Text))
    assert "?" not in kept
    assert name in kept or any(isinstance(line, Drawn) for line in lines)


@pytest.mark.parametrize("name", ["A\u200bni", "A\u200eni", "A\ufe0fni", "Ani\u0301"])
def test_what_nobody_sees_is_no_question_mark(name: str) -> None:
    lines = [each.text for each in commands(sheet(name), NARROW) if isinstance(each, Text)]
    assert not {"Ani", "Aní"}.isdisjoint(lines)
    assert "?" not in "".join(lines)
