"""The basis of every layer: settings, paths, formats, words in the user's language, errors."""

from ult_desktop.base.errors import UserError
from ult_desktop.base.formats import counted, counted_as
from ult_desktop.base.i18n import WordEnum, _, language, pgettext, use_language

__all__ = ["UserError", "WordEnum", "_", "counted", "counted_as", "language", "pgettext", "use_language"]
