"""The places where lines of a text end, the same on screens and on paper."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

_CLAUSE_ENDS = (".", ",", ";", ":", "!", "?", "·", "–")
_YEAR = re.compile(r"[12]\d{3}")
# The weights of the two faults: a number in another line than its word, a last word alone.
_APART, _ALONE = 2, 1
_MAX_LINES = 8  # a longer text has too many ways to break it to try them all
_SHORT = 0.4  # of the line before: a last word shorter than that counts as alone

Fits = Callable[[str], bool]


def break_lines(text: str, fits: Fits) -> tuple[str, ...]:
    """Return the lines of `text`: as few as fit, full from the first on, and none of them ends badly.

    A number and its word stay in one line ("58 menit", "Loket 3"), and the last word is not alone, as far as
    that needs no further line and the text is not long. A word that does not fit is a line of its own.
    """
    words = text.split()
    lines: list[list[str]] = []
    for word in words:
        if lines and fits(" ".join((*lines[-1], word))):
            lines[-1].append(word)
        else:
            lines.append([word])
    full = tuple(" ".join(line) for line in lines)
    return _best(words, len(lines), fits) if len(lines) <= _MAX_LINES and faults(full) else full


def faults(lines: Sequence[str]) -> int:
    """Count how badly the lines end; 0 where nothing is to be mended."""
    pairs = list(pairwise(lines))
    apart = sum(_belong_together(line.split()[-1], after.split()[0]) for line, after in pairs)
    alone = any(
        after is lines[-1] and " " not in after and len(after) < _SHORT * len(line) for line, after in pairs
    )
    return _APART * apart + _ALONE * alone


def _belong_together(before: str, after: str) -> bool:
    if before.endswith(_CLAUSE_ENDS):
        return False
    if before[-1].isdigit():
        return after[0].isalpha() and not _YEAR.fullmatch(before)
    return after[0].isdigit()


def _best(words: Sequence[str], count: int, fits: Fits) -> tuple[str, ...]:
    """Return `words` on `count` lines with the fewest faults, the first ones as full as they can be."""

    @cache
    def best(start: int, line_count: int) -> tuple[str, ...]:
        """Return the words from `start` on in `line_count` lines; empty if they do not fit."""
        candidates = []
        for end in range(start + 1, len(words) - line_count + 2):
            line = " ".join(words[start:end])
            if end > start + 1 and not fits(line):
                break
            others = best(end, line_count - 1) if line_count > 1 else ()
            if others or end == len(words):
                candidates.append((line, *others))
        # `min` takes the first of equals: reversed, that is the one whose first line is the longest.
        return min(reversed(candidates), key=faults, default=())

    return best(0, count)
