"""The spoken guidance's clips, and how a text is read from them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from ult_desktop.base import paths
from ult_desktop.base.i18n import SOURCE_LANGUAGE, language_folder
from ult_desktop.core.queue.spoken import LARGEST_IN_WORDS, digit_words, number_words
from ult_desktop.devices.voice.clips import spoken_clips


def guide_path(language: str, name: str) -> Path:
    """Return the file of a shipped clip in a language."""
    return paths.resource("voices", "guide", language, f"{name}.opus")


def recorded_clip(language: str, name: str) -> Path | None:
    """Return the file that says a clip in a language, if there is one."""
    own_folder = language_folder(language)
    added = (own_folder / f"{name}.wav", own_folder / f"{name}.opus") if own_folder is not None else ()
    return next((path for path in (*added, guide_path(language, name)) if path.exists()), None)


def clip_path(language: str, name: str) -> Path:
    """Return the file that says a clip: a clip without a recording in the language is said in Indonesian."""
    return recorded_clip(language, name) or guide_path(SOURCE_LANGUAGE, name)


_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(r"[a-z]{1,3}\d+")
_ABOUT = "kira-kira"  # the clip that says ±
_TEENS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece to be heard.

    Args:
        clip: the name of a clip; "" for a name that no clip of the program says.
        name: that name, as it is written.
        instead: the clips that are said where no voice can say the name.
        language: of the clip, where it is another than that of the page.
    """

    clip: str = ""
    name: str = ""
    instead: tuple[str, ...] = ()
    language: str = ""


def own_clip(name: str) -> str:
    """Return the clip name of an office's own recording of a name."""
    return "nama-" + "-".join(_WORD.findall(name.lower()))


def read_aloud(text: str, language: str, instead: tuple[str, ...] = ()) -> tuple[Piece, ...]:
    """Return what is to be heard for a text of the screen, in its order.

    `instead` names the clips that are said for a name that no voice can say.
    """
    book = _phrasebook(language, language_folder(language))
    pieces = _pieces(text.replace("±", f" {book.about} "), book)
    return tuple(replace(piece, instead=instead) if piece.name else piece for piece in pieces)


def spell(text: str, language: str) -> tuple[Piece, ...]:
    """Return the letters and digits of a text one by one: what a visitor typed."""
    return tuple(
        Piece(_symbol_clip(symbol, language))
        for symbol in text.lower()
        if symbol.isascii() and symbol.isalnum()
    )


@dataclass(frozen=True)
class _Phrasebook:
    """The phrases of a language: clips by their words, and the word for ±."""

    language: str
    known: dict[tuple[str, ...], Piece]
    about: str

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.known))


@cache
def _phrasebook(language: str, _own_folder: Path | None) -> _Phrasebook:
    """Return the phrases of a language.

    `_own_folder` is only a part of the cache's key: with another folder of the office, the words are others.

    A phrase that nobody translated is known by its Indonesian words. It is said in Indonesian, as is one that
    nobody recorded.
    """
    clips = tuple(clip for clip in spoken_clips(language) if clip.group in ("letters", "guide"))
    known: dict[tuple[str, ...], Piece] = {}
    for clip in clips:
        is_recorded = recorded_clip(language, clip.name) is not None
        piece = Piece(clip.name) if is_recorded else Piece(clip.name, language=SOURCE_LANGUAGE)
        _add_phrase(known, clip.words_in(language), piece)
    for clip in spoken_clips(SOURCE_LANGUAGE):
        if clip.group == "guide":
            _add_phrase(known, clip.indonesian, Piece(clip.name, language=SOURCE_LANGUAGE))
    about = (clip.words_in(language) for clip in clips if clip.name == _ABOUT)
    return _Phrasebook(language, known, next(about, _ABOUT))


def _add_phrase(known: dict[tuple[str, ...], Piece], words: str, piece: Piece) -> None:
    known.setdefault(tuple(_WORD.findall(words.lower())), piece)


def _pieces(text: str, book: _Phrasebook) -> Iterator[Piece]:
    matches = list(_WORD.finditer(text))
    words = [match.group().lower() for match in matches]
    at = name_begins = 0  # words that no clip says become one name, up to the next known word
    while at < len(words):
        length, pieces = _match_at(words, at, book)
        if not length:
            at += 1
            continue
        if name_begins < at:
            yield Piece(name=text[matches[name_begins].start() : matches[at - 1].end()])
        yield from pieces
        at += length
        name_begins = at
    if name_begins < len(words):
        yield Piece(name=text[matches[name_begins].start() : matches[-1].end()])


def _match_at(words: list[str], at: int, book: _Phrasebook) -> tuple[int, tuple[Piece, ...]]:
    """Return how many words from `at` on are known, and the clips that say them."""
    for length in range(min(book.longest, len(words) - at), 0, -1):
        piece = book.known.get(tuple(words[at : at + length]))
        if piece is not None:
            return length, (piece,)
    word = words[at]
    if word.isascii() and word.isdecimal():
        return 1, tuple(map(Piece, _number_clips(word, book.language)))
    if _LABEL.fullmatch(word) or (len(word) == 1 and word.isascii() and word.isalpha()):
        return 1, spell(word, book.language)
    return 0, ()


def _number_clips(digits: str, language: str) -> tuple[str, ...]:
    """Return the clips that say a number in words; digit by digit where it is too large or begins with 0."""
    number = int(digits)
    if number > LARGEST_IN_WORDS or digits.startswith("0"):
        return tuple(_symbol_clip(digit, language) for digit in digits)
    return tuple(_english_words(number)) if language == "en" else number_words(number)


def _english_words(number: int) -> Iterator[str]:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        yield from (_TEENS[hundreds], "hundred")
    if rest >= 20:
        yield _TENS[rest // 10 - 2]
        rest %= 10
    if rest or not number:
        yield _TEENS[rest]


def _symbol_clip(symbol: str, language: str) -> str:
    """Return the clip of a letter (lower case) or a digit."""
    if not symbol.isdecimal():
        return symbol
    return _TEENS[int(symbol)] if language == "en" else digit_words(int(symbol))[0]
