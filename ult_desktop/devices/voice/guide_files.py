"""Where the kiosk's spoken guidance lies: a folder for each language; an office's is its catalogue's."""

from pathlib import Path

from ult_desktop.base import paths
from ult_desktop.base.i18n import SOURCE_LANGUAGE, language_folder


def guide_path(language: str, name: str) -> Path:
    """The file of a shipped clip in a language."""
    return paths.resource("voices", "guide", language, f"{name}.opus")


def recorded_clip(language: str, name: str) -> Path | None:
    """The file that says a clip in a language, if there is one."""
    own = language_folder(language)
    added = (own / f"{name}.wav", own / f"{name}.opus") if own is not None else ()
    return next((path for path in (*added, guide_path(language, name)) if path.exists()), None)


def clip_path(language: str, name: str) -> Path:
    """The file that says a clip: what nobody recorded in the language is said in Indonesian."""
    return recorded_clip(language, name) or guide_path(SOURCE_LANGUAGE, name)
