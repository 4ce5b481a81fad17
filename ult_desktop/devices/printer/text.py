"""Text as the printer can take it: one code page, whole words, nothing cut off."""

import re
import textwrap
import unicodedata

_REPLACEMENTS = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{BULLET}": "·",
        "\N{BLACK STAR}": "*",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{EURO SIGN}": "EUR",
        "\N{NO-BREAK SPACE}": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)
_LIKES_TO_PART = re.compile(r"  | (?=\()")


def _in_code_page(char: str) -> str:
    try:
        char.encode("cp437")
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        return plain or ("" if unicodedata.combining(char) else "?")
    return char if char.isprintable() else ""


def sanitise(text: str) -> str:
    """`text` in the characters of CP437: accents drop to the letter below, the rest becomes "?"."""
    composed = unicodedata.normalize("NFC", text).translate(_REPLACEMENTS)
    return "".join(map(_in_code_page, composed)).strip()


def wrap_text(text: str, columns: int) -> tuple[str, ...]:
    """`text` on as few lines as it needs, all of much the same length.

    A word longer than a line is broken, never dropped. Two spaces and opening brackets are where a text
    likes to be parted.
    """
    clean = sanitise(text)
    parts = [clean] if len(clean) <= columns else _LIKES_TO_PART.split(clean)
    return tuple(line for part in parts for line in _balanced(part.strip(), columns))


def _balanced(text: str, columns: int) -> list[str]:
    lines = textwrap.wrap(text, columns, break_on_hyphens=False)
    longest_word = max(map(len, text.split()), default=columns)
    for narrower in range(min(longest_word, columns), columns):
        candidate = textwrap.wrap(text, narrower, break_on_hyphens=False)
        if len(candidate) == len(lines):
            return candidate
    return lines
