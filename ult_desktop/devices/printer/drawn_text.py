"""A text as a picture, for letters that a ticket printer lacks, in the program's and this PC's fonts."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from ult_desktop.base.paths import resource
from ult_desktop.base.system_fonts import system_fonts

MARK = "□"  # drawn in place of a letter that no font here has
_NO_LETTER = "\U0010fffe"  # a code point that no font has a letter for
_LEADING = 1.25  # the height of a line, as a multiple of the letters' size


def drawn_text(text: str, lacked: str, width: int, size: int, *, bold: bool = False) -> bytes:
    """Return a PNG of the text, centred on lines of `width` dots.

    b"" where no font here has any of the letters that the printer lacks.
    """
    shown = "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isprintable())
    fonts = _load_fonts(size, bold=bold)
    if all(_font_for(letter, fonts) is None for letter in lacked):
        return b""
    lines = list(_break_lines(shown, width, fonts))
    line_height = round(size * _LEADING)
    image = Image.new("L", (width, line_height * len(lines)), 255)
    pen = ImageDraw.Draw(image)
    for nth, line in enumerate(lines):
        left = (width - _width(line, fonts)) / 2
        for piece, font in _pieces(line, fonts):
            pen.text((left, nth * line_height + size), piece, fill=0, font=font, anchor="ls")
            left += font.getlength(piece)
    file = io.BytesIO()
    image.convert("1").save(file, "PNG")
    return file.getvalue()


@cache
def _load_fonts(size: int, *, bold: bool) -> tuple[ImageFont.FreeTypeFont, ...]:
    own_font = resource("fonts", f"JetBrainsMono_{'700Bold' if bold else '400Regular'}.ttf")
    return tuple(ImageFont.truetype(str(path), size) for path in (own_font, *system_fonts()))


def _font_for(letter: str, fonts: tuple[ImageFont.FreeTypeFont, ...]) -> ImageFont.FreeTypeFont | None:
    """Return the first font that has the letter; None where none has."""
    return next((font for font in fonts if letter.isspace() or _has_letter(font, letter)), None)


@cache
def _has_letter(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Return whether a font has a letter: it draws every letter that it lacks as the same sign."""
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))


def _pieces(
    line: str, fonts: tuple[ImageFont.FreeTypeFont, ...]
) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """Yield the longest pieces of a line that one font can draw, each with its font."""
    pairs = list[tuple[str, ImageFont.FreeTypeFont | None]]()
    for letter in line:
        # A blank goes with what is before it: the words of Arabic are set from the right as one piece.
        goes_with_last = letter.isspace() and pairs
        pairs.append((letter, pairs[-1][1] if goes_with_last else _font_for(letter, fonts)))
    for font, letters in groupby(pairs, key=lambda pair: pair[1]):
        piece = "".join(letter for letter, _font in letters)
        if font is not None:
            yield piece, font
        else:  # no font here has them
            yield MARK * len(piece), fonts[0]


def _width(line: str, fonts: tuple[ImageFont.FreeTypeFont, ...]) -> float:
    return sum(font.getlength(piece) for piece, font in _pieces(line, fonts))


def _break_lines(text: str, width: int, fonts: tuple[ImageFont.FreeTypeFont, ...]) -> Iterator[str]:
    """Yield the text on lines, broken at blanks; a longer word is broken anywhere."""
    line = ""
    for word in text.split():
        joined = f"{line} {word}".strip()
        if _width(joined, fonts) <= width:
            line = joined
            continue
        if line:
            yield line
        line = word
        while _width(line, fonts) > width:
            fits = next(end for end in range(len(line) - 1, 0, -1) if _width(line[:end], fonts) <= width)
            yield line[:fits]
            line = line[fits:]
    if line:
        yield line
