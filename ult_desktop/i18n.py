"""Words in the user's language: Indonesian in the source, other languages from gettext catalogues."""

import gettext

from ult_desktop.resources import resource

SOURCE_LANGUAGE = "id"
LANGUAGES = ("id", "en")


class _Current:
    """The catalogue in force in this process: a station speaks to one person at a time."""

    language = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Switch every later `_()` to `language` ("id" or "en"); an unknown one falls back to Indonesian."""
    _Current.language = language if language in LANGUAGES else SOURCE_LANGUAGE
    _Current.catalogue = gettext.translation(
        "ult_desktop", resource("i18n"), languages=[_Current.language], fallback=True
    )


def language() -> str:
    return _Current.language


def _(message: str) -> str:
    return _Current.catalogue.gettext(message) if message else ""
