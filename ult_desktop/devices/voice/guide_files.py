"""Where the kiosk's spoken guidance lies: compressed clips, a folder for each language."""

from pathlib import Path

from ult_desktop.base import paths

GUIDE_LANGUAGES = ("id", "en")


def guide_path(language: str, name: str) -> Path:
    """The file of a clip in a language."""
    return paths.resource("voices", "guide", language, f"{name}.opus")
