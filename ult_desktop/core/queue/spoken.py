"""The words that call a ticket: clips of a voice pack, and a sentence for a system voice.

The clip names are a contract with the voice packs (`resources/voices/clips.toml`): renaming one breaks
the recordings an office made itself. They are the names that Indonesian queue programs give their sound
files.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from string import ascii_lowercase
from typing import Final

from ult_desktop.base.formats import capitalised

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
# Clip names.
NUMBER = "nomor-antrean"
NUMBER_PRIORITY = "nomor-antrean-prioritas"
TO_COUNTER = "silakan-menuju-loket"
TO_PRIORITY_COUNTER = "silakan-menuju-loket-prioritas"
MIN_SHOWN_S: Final = 6.0
"""The least time for which a call fills the lobby's screen, in seconds."""
LARGEST_IN_WORDS = 999  # voice packs have no clip for a thousand
_TICKET_DIGITS = 3


class SpokenStyle(StrEnum):
    """The style in which the running number of a ticket is read aloud."""

    DIGITS = "digits"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class SpokenCall:
    """A call, in the words that are spoken.

    Args:
        phrases: clip names; a short pause belongs between two phrases, none inside one.
        sentence: the same in plain Indonesian.
    """

    phrases: tuple[tuple[str, ...], ...]
    sentence: str

    @property
    def clips(self) -> tuple[str, ...]:
        """The clip names of all phrases, in order."""
        return tuple(clip for phrase in self.phrases for clip in phrase)

    def with_counter_name(self, counter: str) -> "SpokenCall":
        """Return the call with the counter's own name ("Loket Data") in its sentence.

        The clips stay: a voice pack has none for such a name.
        """
        ticket_words = self.sentence.rpartition(", ")[0]
        return replace(self, sentence=f"{ticket_words}, silakan menuju {counter}.")


def number_words(number: int) -> tuple[str, ...]:
    """Return the Indonesian words of `number`, one clip each ("dua", "belas").

    Raises:
        ValueError: outside 0 to 999.
    """
    if not 0 <= number <= LARGEST_IN_WORDS:
        raise ValueError(f"no words for {number}")
    if number < 10:
        return (DIGITS[number],)
    hundreds, rest = divmod(number, 100)
    if hundreds == 0:
        return _below_hundred(rest)
    words = ("seratus",) if hundreds == 1 else (DIGITS[hundreds], "ratus")
    return (*words, *_below_hundred(rest))


def digit_words(number: int, width: int = 1) -> tuple[str, ...]:
    """Return the words of the digits of `number`, with leading zeros up to `width` digits.

    Raises:
        ValueError: a negative number.
    """
    if number < 0:
        raise ValueError(f"no digits for {number}")
    return tuple(DIGITS[int(digit)] for digit in str(number).zfill(width))


def spoken_call(
    series: str,
    number: int,
    counter: int | None,
    *,
    priority: bool = False,
    style: SpokenStyle = SpokenStyle.DIGITS,
    digits: int = _TICKET_DIGITS,
) -> SpokenCall:
    """Return the words that call ticket `number` of `series` ("A", "AB", "A1") to a counter.

    Args:
        series: the letters (and digits) before the number, spelled one by one; may be empty.
        number: the running number; past 999 it is always read digit by digit.
        counter: the counter's number, or None for "the priority counter", said without a number.
        priority: whether the ticket is in the priority queue.
        style: digit by digit ("nol satu dua") or in words ("dua belas").
        digits: the digits that the paper shows; AK01 of a kiosk that is cut off has one less than A012.

    Raises:
        ValueError: a series that cannot be spelled, or a negative number.
    """
    phrases = (
        (NUMBER_PRIORITY if priority else NUMBER,),
        tuple(map(_symbol_clip, series.lower())),
        _words_or_digits(number) if style is SpokenStyle.WORDS else digit_words(number, digits),
        (TO_PRIORITY_COUNTER,) if counter is None else (TO_COUNTER, *_words_or_digits(counter)),
    )
    spoken = tuple(phrase for phrase in phrases if phrase)  # an empty series has none
    text = ", ".join(" ".join(map(_clip_text, phrase)) for phrase in spoken)
    return SpokenCall(spoken, f"{capitalised(text)}.")


def _words_or_digits(number: int) -> tuple[str, ...]:
    """Return the words of `number`; its digits where voice packs have no words for it."""
    return number_words(number) if number <= LARGEST_IN_WORDS else digit_words(number)


def _symbol_clip(symbol: str) -> str:
    """Return the clip of one letter (lower case) or digit of a series. Raises ValueError for others."""
    if symbol in ascii_lowercase:
        return symbol
    if symbol in "0123456789":
        return DIGITS[int(symbol)]
    raise ValueError(f"cannot spell {symbol!r}")


def _clip_text(clip: str) -> str:
    """Return a clip as it is written in a sentence: "nomor antrean", and a single letter as a capital."""
    return clip.upper() if len(clip) == 1 else clip.replace("-", " ")


def _below_hundred(number: int) -> tuple[str, ...]:
    """Return the words of 0 to 99; none for 0, for "dua ratus" ends without it."""
    if number < 10:
        return (DIGITS[number],) if number else ()
    if number < 12:
        return ("sepuluh",) if number == 10 else ("sebelas",)
    tens, unit = divmod(number, 10)
    if tens == 1:
        return (DIGITS[unit], "belas")
    return (DIGITS[tens], "puluh", *_below_hundred(unit))
