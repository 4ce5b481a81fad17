"""What every layer stands on: settings, paths, formats, words in the user's language, errors."""

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import WordEnum, _, language, use_language

__all__ = ["UserError", "WordEnum", "_", "language", "use_language"]
