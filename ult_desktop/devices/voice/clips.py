"""The one list of clips, `resources/voices/clips.toml`: what a voice pack holds and what each clip says."""

import tomllib
from functools import cache

import msgspec

from ult_desktop.base import paths

CALL_GROUPS = ("calls", "letters", "numbers")
"""Without one of these clips a pack cannot say every call."""


class ClipWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a clip says, by language."""

    id: str


class ClipGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Clips that are spoken in one manner, by the names of their files."""

    name: str
    clips: dict[str, ClipWords]


class Clip(msgspec.Struct, frozen=True):
    """One clip: the name of its file, its group, and what is said."""

    name: str
    group: str
    words: str


class _ClipList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[ClipGroup, ...]


@cache
def every_clip() -> tuple[Clip, ...]:
    """The list in its order, which is the order of recording."""
    text = paths.resource("voices", "clips.toml").read_text("utf-8")
    groups = msgspec.convert(tomllib.loads(text), _ClipList).groups
    return tuple(Clip(name, group.name, words.id) for group in groups for name, words in group.clips.items())


def call_clips() -> tuple[str, ...]:
    """The names that a pack needs to say every call."""
    return tuple(clip.name for clip in every_clip() if clip.group in CALL_GROUPS)
