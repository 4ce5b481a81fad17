"""The characters of the virtual printer: a fixed-width face stretched into the printer's cells."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ult_desktop.base.resources import resource

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
