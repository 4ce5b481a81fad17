"""Words in the user's language: Indonesian in the source, other languages from gettext catalogues."""

import gettext
from enum import StrEnum
from functools import cache
from typing import Self

from ult_desktop.base.paths import resource

SOURCE_LANGUAGE = "id"
LANGUAGES = ("id", "en")


class _Current:
    """The catalogue in force in this process: a station speaks to one person at a time."""

    language = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Switch every later `_()` to `language` ("id" or "en"); an unknown one falls back to Indonesian."""
    _Current.language = language if language in LANGUAGES else SOURCE_LANGUAGE
    _Current.catalogue = _catalogue(_Current.language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("ult_desktop", resource("i18n"), languages=[language], fallback=True)


def in_every_language(message: str) -> frozenset[str]:
    """`message` as each language has it: what was shown to one person may come back from another."""
    return frozenset(_catalogue(each).gettext(message) for each in LANGUAGES)


def language() -> str:
    return _Current.language


def _(message: str) -> str:
    return _Current.catalogue.gettext(message) if message else ""


class WordEnum(StrEnum):
    """Keys that people read in their language: `NAME = "key", "the words in Indonesian"`."""

    indonesian: str

    def __new__(cls, key: str, indonesian: str = "") -> Self:
        member = str.__new__(cls, key)
        member._value_ = key
        member.indonesian = indonesian
        return member

    @property
    def word(self) -> str:
        return _(self.indonesian)
