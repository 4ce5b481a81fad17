"""The cleaning of typed or pasted text: characters that nobody sees are removed."""

import re
import unicodedata

_INVISIBLE = ("Cc", "Cs", "Co")  # Unicode's categories: controls, halves of letters, private code points
_LAYOUT = "\n\t"
_MIN_LETTERS = 2  # of an answer in words
# The marks of writing direction make text read differently from its characters (Unicode Bidi_Control,
# https://www.unicode.org/reports/tr9/); the last one marks the order of bytes.
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
# A soft hyphen and the spaces and operators without a width: where a line may break, and nothing else.
_NO_WIDTH = "\u00ad\u180e\u200b\u2060-\u2064"
# ZWNJ and ZWJ shape the letters of some scripts, but at the beginning of a word they join nothing.
_UNSEEN = re.compile(f"(?<!\\S)[{_DIRECTIONS}{_NO_WIDTH}\u200c\u200d]+|[{_DIRECTIONS}{_NO_WIDTH}]")


def strip_invisible(text: str) -> str:
    """Return `text` without controls (NUL, ESC), marks of direction and what has no width.

    Line breaks, tabs and the joiners of letters stay.
    """
    if text.isprintable():  # most texts: what is removed is not printable
        return text
    plain = "".join(c for c in text if c in _LAYOUT or unicodedata.category(c) not in _INVISIBLE)
    return _UNSEEN.sub("", plain)


def says_something(text: str) -> bool:
    """Return whether an answer in words has at least two letters: a dash, a dot or "x" says nothing."""
    return sum(map(str.isalpha, text)) >= _MIN_LETTERS


def normalise_line(text: str) -> str:
    """Return the text in one line: with single blanks, without invisible characters."""
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(strip_invisible(line).split())


def lacks_latin(text: str) -> bool:
    """Return whether a text has letters, but no Latin one: not every printer has another script."""
    letters = list(filter(str.isalpha, unicodedata.normalize("NFKC", text)))
    return bool(letters) and not any(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
