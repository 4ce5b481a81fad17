"""The comparison of what somebody searches for with what is shown, however the two are written."""

import re
import unicodedata

_APOSTROPHES = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.\-()/]+(?=\d)")
_INDONESIA = re.compile(r"(?<!\d)\+?62(?=8\d{6})")


def folded(text: str) -> str:
    """Return `text` without case, accents and apostrophes: "Nur\u2019aini" and "NURAINI" are the same."""
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def search_words(text: str) -> list[str]:
    """Return the words that somebody searches for, as `holds_all` compares them.

    A telephone number in groups ("+62 812-3456 7890") is one word, as it is dialled here.
    """
    return _dialled(folded(text)).split()


def searchable(text: str) -> str:
    """Return a text as `holds_all` looks through it: folded, then again with its numbers as dialled."""
    plain = folded(text)
    return f"{plain} {_dialled(plain)}"


def holds_all(haystack: str, words: list[str]) -> bool:
    """Return whether every one of `words` occurs in a `searchable` text."""
    return all(word in haystack for word in words)


def _dialled(text: str) -> str:
    return _INDONESIA.sub("0", _BETWEEN_DIGITS.sub("", text))
