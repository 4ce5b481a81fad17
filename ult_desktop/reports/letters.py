"""The letters of a text on a PDF: in the program's font, in one of this PC's, or as a mark; none is lost."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from ult_desktop.base.system_fonts import system_fonts

MARK = "□"  # drawn in place of a letter that no font here has
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FORMS = range(0xFB50, 0xFF00)  # of Arabic letters, by their place in a word


def runs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """Yield the text in pieces, each with the name of a font that has its letters."""
    # Composed: reportlab draws a combining mark beside its letter, and people search for the composed one.
    text = unicodedata.normalize("NFC", text)
    if all(map(_glyphs(font).__contains__, map(ord, text))):
        yield text, font
        return
    # Joiners, and selectors of an emoji's form, are not drawn.
    drawn = (
        letter
        for letter in shaped_text(text)
        if unicodedata.category(letter) != "Cf" and not "\ufe00" <= letter <= "\ufe0f"
    )
    for name, group in groupby(drawn, key=lambda letter: _font_for(letter, font)):
        letters = "".join(group)
        if name:
            yield letters, name
        else:  # no font here has them
            yield MARK * len(letters), font


def _font_for(letter: str, font: str) -> str:
    """Return the name of the font to draw a letter in: `font` if it has it, "" if no font has."""
    if letter.isspace() or ord(letter) in _glyphs(font):
        return font
    return next((name for name in other_fonts() if ord(letter) in _glyphs(name)), "")


@cache
def _glyphs(font: str) -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


@cache
def other_fonts() -> tuple[str, ...]:
    """Return the names of this PC's fonts that reportlab can put into a PDF."""
    return tuple(filter(None, map(_register_font, map(str, system_fonts()))))


def _register_font(path: str) -> str:
    """Register a font of this PC; return its name, "" for one that reportlab cannot put into a PDF."""
    try:
        pdfmetrics.registerFont(TTFont(path, path))
    except (TTFError, OSError, ValueError, IndexError, KeyError):  # each kind of damage raises another
        return ""
    return path


def shaped_text(text: str) -> str:
    """Return the text as it is drawn from left to right.

    reportlab neither joins the letters of Arabic nor reverses text that is read from the right. Readers of
    PDF reverse it again when text is copied.
    """
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return text
    parts = []
    for is_from_right, letters in groupby(_with_sides(text), key=lambda pair: pair[1]):
        part = "".join(letter for letter, _side in letters)
        parts.append(_join_arabic(part)[::-1] if is_from_right else part)
    return "".join(parts)


def _with_sides(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each character and whether it is read from the right; so is a blank between two such."""
    # NSM is a mark above or below a letter, such as a vowel of Arabic.
    from_right = [unicodedata.bidirectional(letter) in {*_RIGHT_TO_LEFT, "NSM"} for letter in text]
    last = len(text) - 1
    for place, letter in enumerate(text):
        is_between = letter.isspace() and 0 < place < last and from_right[place - 1] and from_right[place + 1]
        yield letter, from_right[place] or is_between


def _join_arabic(word: str) -> str:
    """Return Arabic letters in the forms of their places; marks above and below are left out."""
    letters = [letter for letter in word if not unicodedata.combining(letter)]
    joined = []
    for before, letter, after in zip(["", *letters], letters, [*letters[1:], ""], strict=False):
        forms = _forms().get(letter, {})
        # Not every letter can be joined to the next one: those that cannot have no initial form.
        joins_before = "initial" in _forms().get(before, {})
        can_join_after = "final" in _forms().get(after, {})
        if joins_before:
            form = "medial" if can_join_after and "medial" in forms else "final"
        else:
            form = "initial" if can_join_after and "initial" in forms else "isolated"
        joined.append(forms.get(form, letter))
    return "".join(joined)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return Arabic letters with their forms, as Unicode lists them."""
    forms: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        form, *letters = unicodedata.decomposition(chr(code)).split() or ("",)
        if len(letters) == 1 and form.startswith("<"):
            forms.setdefault(chr(int(letters[0], 16)), {})[form.strip("<>")] = chr(code)
    return forms
