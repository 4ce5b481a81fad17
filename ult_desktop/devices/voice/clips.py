"""The one list of clips, `resources/voices/clips.toml`: which clips are recorded, and their words."""

import logging
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from ult_desktop.base import paths
from ult_desktop.base.i18n import language_folder

log = logging.getLogger(__name__)
CALL_GROUPS = ("calls", "letters", "numbers")
"""The groups of the clips that a pack needs to say every call."""
PACK_GROUPS = (*CALL_GROUPS, "endings")
"""The groups of clips of the lobby's voice."""


class Clip(msgspec.Struct, frozen=True):
    """A clip: the name of its file, its group, and its words by language."""

    name: str
    group: str
    words: dict[str, str]

    @property
    def indonesian(self) -> str:
        """Its words in Indonesian, "" if it has none."""
        return self.words_in("id")

    def words_in(self, language: str) -> str:
        """Return its words in a language, "" if it has none."""
        return self.words.get(language, "")


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Clips that are recorded together, by name; each has its words by language."""

    name: str
    clips: dict[str, dict[str, str]]


class _ClipList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file of clips."""

    groups: tuple[_Group, ...]


@cache
def every_clip() -> tuple[Clip, ...]:
    """Return the list in its order, which is the order of recording."""
    return _read(paths.resource("voices", "clips.toml"))


def spoken_clips(language: str) -> tuple[Clip, ...]:
    """Return the clips that have words in a language.

    Those of the list that an office put next to its catalogue come before those of the program's list.
    """
    own_folder = language_folder(language)
    try:
        added = _read(own_folder / "clips.toml") if own_folder is not None else ()
    except (OSError, ValueError) as error:  # ValueError: not TOML, or another shape
        log.warning("the clips in %s cannot be read: %s", own_folder, error)
        added = ()
    return tuple(clip for clip in (*added, *every_clip()) if clip.words_in(language))


def _read(path: Path) -> tuple[Clip, ...]:
    groups = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _ClipList).groups
    return tuple(Clip(name, group.name, words) for group in groups for name, words in group.clips.items())


def pack_clips() -> tuple[Clip, ...]:
    """Return the clips that a voice pack may hold."""
    return tuple(clip for clip in every_clip() if clip.group in PACK_GROUPS)


def call_clips() -> tuple[str, ...]:
    """Return the names that a pack needs to say every call."""
    return tuple(clip.name for clip in every_clip() if clip.group in CALL_GROUPS)
