"""Words in the user's language: Indonesian in the source, other languages from gettext catalogues."""

import gettext
import os
import sys
from enum import StrEnum
from functools import cache
from typing import Self

from ult_desktop.base.paths import resource

SOURCE_LANGUAGE = "id"
LANGUAGES = ("id", "en")
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # as gettext asks for them


class _Current:
    """The catalogue in force in this process: a station speaks to one person at a time."""

    language = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Switch every later `_()` to `language` ("id" or "en"); an unknown one falls back to Indonesian."""
    _Current.language = language if language in LANGUAGES else SOURCE_LANGUAGE
    _Current.catalogue = _catalogue(_Current.language)


def system_language() -> str:
    """What the system speaks, as far as it is one of ours; else Indonesian."""
    told = next(filter(None, map(os.environ.get, _VARIABLES)), None) or _windows_language()
    wished = (each.replace("-", "_").split("_")[0].casefold() for each in told.split(":"))
    return next((each for each in wished if each in LANGUAGES), SOURCE_LANGUAGE)


def _windows_language() -> str:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415
        import locale  # noqa: PLC0415

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


def speak(language: str) -> None:
    """As `use_language`, for the whole process and those that it starts: click's own words too."""
    use_language(language)
    os.environ[_VARIABLES[0]] = _Current.language
    gettext.bindtextdomain("click", resource("i18n"))
    gettext.textdomain("click")


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
