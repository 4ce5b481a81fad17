"""The cleaning of typed or pasted text: characters that nobody sees are removed."""

import re
import unicodedata

_UNSEEN = ("Cc", "Cs", "Co")  # controls, halves of letters, private code points
_LAYOUT = "\n\t"
# They make text read differently from its characters (Unicode Bidi_Control,
# https://www.unicode.org/reports/tr9/), or mark the order of bytes.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def strip_invisible(text: str) -> str:
    """Return `text` without controls (NUL, ESC) and marks of direction; line breaks and tabs stay."""
    if text.isprintable():  # most texts: what is removed is not printable
        return text
    plain = _DIRECTIONS.sub("", text)
    return "".join(c for c in plain if c in _LAYOUT or unicodedata.category(c) not in _UNSEEN)


_SAYS_SOMETHING = 2  # letters


def says_something(text: str) -> bool:
    """Return whether a text that is asked for in words has any: a dash, a dot or one character is none."""
    return sum(map(str.isalpha, text)) >= _SAYS_SOMETHING


def normalise_line(text: str) -> str:
    """Return one line, without the blanks that a hand or a scanner leaves."""
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(strip_invisible(line).split())


def lacks_latin(text: str) -> bool:
    """Return whether the letters of a text are all of another script, which not every printer has."""
    letters = list(filter(str.isalpha, unicodedata.normalize("NFKC", text)))
    return bool(letters) and not any(unicodedata.name(each, "").startswith("LATIN") for each in letters)
