"""The characters of the virtual printer: their style, the commands for it, and their face."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ult_desktop.base.paths import resource

_CELLS = {"A": (12, 24), "B": (9, 17)}


@dataclass(frozen=True)
class Style:
    """The look of the next characters; width and height are magnifications, underline is in dots."""

    width: int = 1
    height: int = 1
    font: str = "A"
    bold: bool = False
    underline: int = 0
    inverse: bool = False

    @property
    def cell(self) -> tuple[int, int]:
        """Dots across and down that one character takes."""
        across, down = _CELLS[self.font]
        return across * self.width, down * self.height


def _mode(style: Style, n: int) -> Style:
    """ESC ! sets everything but the inversion in one byte."""
    return replace(
        style,
        font="B" if n & 0x01 else "A",
        bold=bool(n & 0x08),
        height=2 if n & 0x10 else 1,
        width=2 if n & 0x20 else 1,
        underline=1 if n & 0x80 else 0,
    )


STYLING: dict[str, Callable[[Style, int], Style]] = {
    "ESC !": _mode,
    "ESC E": lambda style, n: replace(style, bold=bool(n & 1)),
    "ESC M": lambda style, n: replace(style, font="AB"[n & 1]),
    "ESC -": lambda style, n: replace(style, underline=n & 0x0F),
    "GS !": lambda style, n: replace(style, width=(n >> 4) + 1, height=(n & 0x0F) + 1),
    "GS B": lambda style, n: replace(style, inverse=bool(n & 1)),
}


_EM = 160  # a fixed-width face advances 0.6 em: 96 dots, eight times the 12 of the smallest cell
_CELL = (96, 200)
_BASELINE = 158


class Glyphs:
    """Masks for characters in any cell size, drawn once each."""

    def __init__(self) -> None:
        self._fonts = {bold: _font(bold) for bold in (False, True)}
        self._masks: dict[tuple[str, tuple[int, int], bool], Image.Image] = {}

    def mask(self, char: str, cell: tuple[int, int], bold: bool) -> Image.Image:
        key = (char, cell, bold)
        if key not in self._masks:
            self._masks[key] = self._drawn(char, bold).resize(cell, Image.Resampling.LANCZOS)
        return self._masks[key]

    def _drawn(self, char: str, bold: bool) -> Image.Image:
        mask = Image.new("L", _CELL, 0)
        pen = ImageDraw.Draw(mask)
        if char == "─":  # must meet its neighbours at the edges of the cell
            pen.rectangle((0, 92, _CELL[0], 108), fill=255)
            return mask
        pen.text((_CELL[0] / 2, _BASELINE), char, fill=255, font=self._fonts[bold], anchor="ms")
        return mask


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The shipped fixed-width face, or Pillow's own where it is missing."""
    weight = "Bold" if bold else "Regular"
    for path in sorted(Path(resource("fonts")).glob(f"*Mono*{weight}.ttf")):
        return ImageFont.truetype(path, _EM)
    return ImageFont.load_default(_EM)
