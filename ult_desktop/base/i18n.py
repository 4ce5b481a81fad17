"""Words in the user's language: Indonesian in the source, other languages from gettext catalogues."""

import gettext
import logging
import os
import re
import struct
import sys
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

from typing_extensions import override

from ult_desktop.base.paths import resource

SOURCE_LANGUAGE = "id"
_DOMAIN = "ult_desktop"
_FORMAT_FIELDS = re.compile(r"\{\w*")
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # as gettext asks for them


log = logging.getLogger(__name__)


class _OfficeCatalogue(gettext.GNUTranslations):
    """The catalogue of an office, which nobody tested.

    A translation with other fields than the Indonesian is ignored.
    """

    @override
    def gettext(self, message: str) -> str:
        return self._if_fits(super().gettext(message), message)

    @override
    def pgettext(self, context: str, message: str) -> str:
        """Return the word for this context.

        A catalogue without the distinction has one word for all contexts.
        """
        translation = super().pgettext(context, message)
        return self.gettext(message) if translation == message else self._if_fits(translation, message)

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        translation = super().ngettext(msgid1, msgid2, n)
        if translation in (msgid1, msgid2):
            return self.gettext(msgid1)
        return self._if_fits(translation, msgid1)

    def _if_fits(self, translation: str, message: str) -> str:
        """Return the translation if it has the fields of the message, else the message."""
        # A field too many would raise KeyError in `format`, in the middle of a visitor's page.
        fields, wanted = map(_FORMAT_FIELDS.findall, (translation, message))
        return translation if sorted(fields) == sorted(wanted) else message


class _Current:
    """The catalogue in force in this process: a station speaks to one person at a time."""

    language = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    added: dict[str, Path] = {}  # noqa: RUF012  (filled by `add_languages`)


def languages() -> tuple[str, ...]:
    """Return the codes of the available languages.

    Indonesian comes first, then the other shipped languages, then those that the office added.
    """
    return tuple(dict.fromkeys((SOURCE_LANGUAGE, *_shipped_languages(), *_Current.added)))


@cache
def _shipped_languages() -> tuple[str, ...]:
    return tuple(
        sorted(path.parents[1].name for path in resource("i18n").glob(f"*/LC_MESSAGES/{_DOMAIN}.mo"))
    )


def add_languages(folder: Path) -> None:
    """Add the languages of an office: a folder each, called by its code, with a catalogue and perhaps clips.

    They replace what was added before. A shipped language stays as it is.
    """
    shipped = (SOURCE_LANGUAGE, *_shipped_languages())
    found = {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{_DOMAIN}.mo"))}
    _Current.added = {
        code: path for code, path in found.items() if code not in shipped and _is_readable(path)
    }
    _catalogue.cache_clear()


def _is_readable(folder: Path) -> bool:
    try:
        _open_catalogue(folder)
    except (OSError, ValueError, struct.error) as error:
        log.warning("the language in %s cannot be read: %s", folder, error)
        return False
    return True


def _open_catalogue(folder: Path) -> gettext.NullTranslations:
    with (folder / f"{_DOMAIN}.mo").open("rb") as file:
        return _OfficeCatalogue(file)


def language_folder(code: str) -> Path | None:
    """Return the folder of a language that the office added."""
    return _Current.added.get(code)


def language_name(code: str) -> str:
    """Return the language's own name for itself.

    A language whose catalogue lacks it is called by its code.
    """
    # Every catalogue translates this message by the name of its own language; one that lacks it returns it.
    name = translate("Bahasa Indonesia", code)
    return code.upper() if name == "Bahasa Indonesia" and code != SOURCE_LANGUAGE else name


def translate(message: str, code: str) -> str:
    """Return `message` in the language `code`, whichever is in force; in Indonesian if `code` is unknown."""
    return _catalogue(code).gettext(message) if message else ""


def use_language(language: str) -> None:
    """Switch every later `_()` to `language`; an unknown one falls back to Indonesian."""
    _Current.language = language if language in languages() else SOURCE_LANGUAGE
    _Current.catalogue = _catalogue(_Current.language)


def system_language() -> str:
    """Return the system's language if the program has it; else Indonesian."""
    # `locale.getlocale` knows nothing of LANGUAGE, and Windows sets none of the variables.
    setting = next(filter(None, map(os.environ.get, _VARIABLES)), None) or _windows_language()
    wanted = (locale.replace("-", "_").split("_")[0].casefold() for locale in setting.split(":"))
    return next((code for code in wanted if code in languages()), SOURCE_LANGUAGE)


def _windows_language() -> str:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415
        import locale  # noqa: PLC0415

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


def set_process_language(language: str) -> None:
    """Switch to `language` for the whole process and those that it starts: click's own words too."""
    use_language(language)
    # click asks gettext, and gettext asks the environment: https://docs.python.org/3/library/gettext.html
    os.environ[_VARIABLES[0]] = _Current.language
    gettext.bindtextdomain("click", resource("i18n"))
    gettext.textdomain("click")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    added = language_folder(language)
    if added is None:
        return gettext.translation(_DOMAIN, resource("i18n"), languages=[language], fallback=True)
    return _open_catalogue(added)


def in_every_language(message: str) -> frozenset[str]:
    """Return `message` in every language.

    A list that one person wrote out in their language may be read in by another, who has another language.
    """
    return frozenset(_catalogue(code).gettext(message) for code in languages())


def language() -> str:
    return _Current.language


def _(message: str) -> str:
    return _Current.catalogue.gettext(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """Return `message` in a context, where Indonesian has one word for what other languages distinguish.

    A context is a word such as "many", "one" or "acts".
    """
    return _Current.catalogue.pgettext(context, message)


def plural_form(message: str, number: int) -> str:
    """Return `message` in the plural form for that number: Indonesian has one form for one and many."""
    return _Current.catalogue.ngettext(message, message, number)


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
