"""Which clips read a text aloud: the longest that the list knows, numbers, letters; names are left over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ult_desktop.core.queue.spoken import LARGEST_IN_WORDS, digit_words, number_words
from ult_desktop.devices.voice.clips import every_clip

_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(r"[a-z]{1,3}\d+")
_ABOUT = {"id": "kira-kira", "en": "about"}
_TEENS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to be heard.

    Args:
        clip: the name of a clip; "" for a name that no clip of the program says.
        name: that name, as it is written.
        instead: the clips for where no voice says the name.
    """

    clip: str = ""
    name: str = ""
    instead: tuple[str, ...] = ()


def own_clip(name: str) -> str:
    """What an office's own recording of a name is called."""
    return "nama-" + "-".join(_WORD.findall(name.lower()))


def read_aloud(text: str, language: str, instead: tuple[str, ...] = ()) -> tuple[Piece, ...]:
    """What is to be heard for a text of the screen, in its order; `instead` of a name that no voice says."""
    pieces = _pieces(text.replace("±", f" {_ABOUT[language]} "), language)
    return tuple(replace(piece, instead=instead) if piece.name else piece for piece in pieces)


def spell(text: str, language: str) -> tuple[Piece, ...]:
    """The letters and digits of a text one by one: what a visitor typed."""
    return tuple(
        Piece(_symbol(symbol, language)) for symbol in text.lower() if symbol.isascii() and symbol.isalnum()
    )


def _pieces(text: str, language: str) -> Iterator[Piece]:
    found = list(_WORD.finditer(text))
    words = [each.group().lower() for each in found]
    known, longest = _phrases(language)
    at = unknown = 0
    while at < len(words):
        length, clips = _known_at(words, at, known, longest, language)
        if not length:
            at += 1
            continue
        if unknown < at:
            yield Piece(name=text[found[unknown].start() : found[at - 1].end()])
        yield from (Piece(clip) for clip in clips)
        at += length
        unknown = at
    if unknown < len(words):
        yield Piece(name=text[found[unknown].start() : found[-1].end()])


def _known_at(
    words: list[str], at: int, known: dict[tuple[str, ...], str], longest: int, language: str
) -> tuple[int, tuple[str, ...]]:
    """How many words from `at` on are known, and the clips that say them."""
    for length in range(min(longest, len(words) - at), 0, -1):
        if (clip := known.get(tuple(words[at : at + length]))) is not None:
            return length, (clip,)
    word = words[at]
    if word.isascii() and word.isdecimal():
        return 1, _number(word, language)
    if _LABEL.fullmatch(word) or (len(word) == 1 and word.isascii() and word.isalpha()):
        return 1, tuple(_symbol(symbol, language) for symbol in word)
    return 0, ()


@cache
def _phrases(language: str) -> tuple[dict[tuple[str, ...], str], int]:
    """The clips by the words that they say, and how many words the longest has."""
    known: dict[tuple[str, ...], str] = {}
    for clip in every_clip():
        words = tuple(_WORD.findall(getattr(clip, language).lower()))
        if words and clip.group in ("letters", "guide"):
            known.setdefault(words, clip.name)
    return known, max(map(len, known))


def _number(digits: str, language: str) -> tuple[str, ...]:
    number = int(digits)
    if number > LARGEST_IN_WORDS or digits.startswith("0"):
        return tuple(_symbol(digit, language) for digit in digits)
    return number_words(number) if language == "id" else tuple(_english(number))


def _english(number: int) -> Iterator[str]:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        yield from (_TEENS[hundreds], "hundred")
    if rest >= 20:
        yield _TENS[rest // 10 - 2]
        rest %= 10
    if rest or not number:
        yield _TEENS[rest]


def _symbol(symbol: str, language: str) -> str:
    if not symbol.isdecimal():
        return symbol
    return digit_words(int(symbol))[0] if language == "id" else _TEENS[int(symbol)]
