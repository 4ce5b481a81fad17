"""The paper of the virtual printer, and the characters on it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from ult_desktop.base.paths import resource

_FONT_CELLS = {"A": (12, 24), "B": (9, 17)}  # dots across and down of a character of the printer's fonts


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
        """The dots across and down that one character takes."""
        across, down = _FONT_CELLS[self.font]
        return across * self.width, down * self.height


def _style_after_mode(style: Style, n: int) -> Style:
    """Return the style after ESC !, which sets everything but the inversion in one byte."""
    return replace(
        style,
        font="B" if n & 0x01 else "A",
        bold=bool(n & 0x08),
        height=2 if n & 0x10 else 1,
        width=2 if n & 0x20 else 1,
        underline=1 if n & 0x80 else 0,
    )


# By the command's name, the function that returns the style after it; the argument is the command's byte.
STYLING: dict[str, Callable[[Style, int], Style]] = {
    "ESC !": _style_after_mode,
    "ESC E": lambda style, n: replace(style, bold=bool(n & 1)),
    "ESC M": lambda style, n: replace(style, font="AB"[n & 1]),
    "ESC -": lambda style, n: replace(style, underline=n & 0x0F),
    "GS !": lambda style, n: replace(style, width=(n >> 4) + 1, height=(n & 0x0F) + 1),
    "GS B": lambda style, n: replace(style, inverse=bool(n & 1)),
}


# Characters are drawn large, and then shrunk to the cell that is wanted. At this em the shipped face
# is 96 dots wide (0.6 em, eight times font A), reaches 153 dots above the baseline ("É") and 29 below ("q").
_EM = 160
_DRAWN_CELL = (96, 200)
_BASELINE = 158  # dots from the top of that cell


class Glyphs:
    """Masks for characters in any cell size, drawn once each."""

    def __init__(self) -> None:
        self._fonts = {bold: _font(bold) for bold in (False, True)}
        self._masks: dict[tuple[str, tuple[int, int], bool], Image.Image] = {}

    def mask(self, char: str, cell: tuple[int, int], bold: bool) -> Image.Image:
        key = (char, cell, bold)
        if key not in self._masks:
            mask = Image.new("L", _DRAWN_CELL, 0)
            pen = ImageDraw.Draw(mask)
            pen.text((_DRAWN_CELL[0] / 2, _BASELINE), char, fill=255, font=self._fonts[bold], anchor="ms")
            self._masks[key] = mask.resize(cell, Image.Resampling.LANCZOS)
        return self._masks[key]


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the shipped fixed-width face, or Pillow's own if it is missing."""
    weight = "Bold" if bold else "Regular"
    for path in sorted(Path(resource("fonts")).glob(f"*Mono*{weight}.ttf")):
        return ImageFont.truetype(path, _EM)
    return ImageFont.load_default(_EM)


LINE_SPACING = 30
CUTTER = 104  # dots from the print head to the cutter: what was printed last stays on the next paper
WHITE, BLACK = 255, 0


@dataclass(frozen=True)
class PrintedLine:
    """A line of text as it is on the paper, in the style of its first character."""

    text: str
    style: Style


@dataclass(frozen=True)
class Paper:
    """A piece of paper, cut or torn off."""

    image: Image.Image
    lines: tuple[PrintedLine, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text.strip() for line in self.lines)


@dataclass
class Canvas:
    """The paper under the print head.

    Args:
        dots: printable width; 576 on 80 mm, 384 on 58 mm, at 8 dots per millimetre.
        margin: unprintable dots on each side.
    """

    dots: int
    margin: int
    glyphs: Glyphs = field(default_factory=Glyphs)
    _strips: list[Image.Image] = field(default_factory=list)  # what was printed, from top to bottom
    _lines: list[PrintedLine] = field(default_factory=list)
    _line: list[tuple[str, Style]] = field(default_factory=list)  # the characters of the line that has begun
    _is_marked: bool = False  # whether anything was printed since the last cut

    def __post_init__(self) -> None:
        # The paper between the print head and the cutter.
        self._beyond_head = Image.new("L", (self.dots + 2 * self.margin, CUTTER), WHITE)

    @property
    def has_begun_line(self) -> bool:
        """Return whether characters wait for their line to end."""
        return bool(self._line)

    def write(self, char: str, style: Style, align: int, spacing: int) -> None:
        """Put one character on the line; a full line is printed first, as the printer does."""
        if self._width() + style.cell[0] > self.dots:
            self.end_line(align, spacing)
        self._line.append((char, style))

    def end_line(self, align: int, spacing: int) -> None:
        """Print the line, at least `spacing` dots of it."""
        if not self._line:
            self.feed(spacing)
            return
        height = max(style.cell[1] for _char, style in self._line)
        strip = Image.new("L", (self.dots, max(spacing, height)), WHITE)
        left = self._left(self._width(), align)
        for char, style in self._line:
            self._draw(strip, char, style, (left, height - style.cell[1]))
            left += style.cell[0]
        self._lines.append(PrintedLine("".join(char for char, _ in self._line), self._line[0][1]))
        self._line.clear()
        self._strips.append(strip)
        self._is_marked = True

    def feed(self, dots: int) -> None:
        self._strips.append(Image.new("L", (self.dots, dots), WHITE))

    def picture(self, picture: Image.Image, align: int) -> None:
        """Print a picture that is not wider than the paper."""
        strip = Image.new("L", (self.dots, picture.height), WHITE)
        strip.paste(picture, (self._left(picture.width, align), 0))
        self._strips.append(strip)
        self._is_marked = True

    def clear_line(self) -> None:
        self._line.clear()

    def take(self) -> Paper | None:
        """Take the paper off and return it; None if it is blank and nothing was printed since the cut."""
        printed = self._join_strips()
        cut = printed.height - CUTTER
        paper = Paper(printed.crop((0, 0, printed.width, cut)), tuple(self._lines))
        has_ink = ImageChops.invert(paper.image).getbbox() is not None
        is_blank = not (self._is_marked or has_ink)
        self._strips.clear()
        self._lines.clear()
        self._is_marked = False
        self._beyond_head = printed.crop((0, cut, printed.width, printed.height))
        return None if is_blank else paper

    def _join_strips(self) -> Image.Image:
        """Return everything since the last cut, from the cutter to the print head."""
        height = CUTTER + sum(strip.height for strip in self._strips)
        image = Image.new("L", (self.dots + 2 * self.margin, height), WHITE)
        image.paste(self._beyond_head, (0, 0))
        top = CUTTER
        for strip in self._strips:
            image.paste(strip, (self.margin, top))
            top += strip.height
        return image

    def _width(self) -> int:
        return sum(style.cell[0] for _char, style in self._line)

    def _left(self, width: int, align: int) -> int:
        # The numbers of ESC a: 0 left, 1 centre, 2 right.
        return (self.dots - width) * align // 2

    def _draw(self, strip: Image.Image, char: str, style: Style, at: tuple[int, int]) -> None:
        across, down = style.cell
        box = (at[0], at[1], at[0] + across, at[1] + down)
        ink, ground = (WHITE, BLACK) if style.inverse else (BLACK, WHITE)
        strip.paste(ground, box)
        strip.paste(ink, box, self.glyphs.mask(char, style.cell, style.bold))
        if style.underline and not style.inverse:
            bottom = box[3] - style.underline
            ImageDraw.Draw(strip).rectangle((box[0], bottom, box[2] - 1, box[3] - 1), fill=ink)
