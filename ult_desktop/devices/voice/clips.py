"""The one list of clips, `resources/voices/clips.toml`: what is recorded, and what it says."""

import tomllib
from functools import cache

import msgspec

from ult_desktop.base import paths

CALL_GROUPS = ("calls", "letters", "numbers")
"""Without one of these clips a pack cannot say every call."""
PACK_GROUPS = (*CALL_GROUPS, "endings")
"""What the voice of the lobby is made of."""


class Clip(msgspec.Struct, frozen=True):
    """One clip: the name of its file, its group, and its words in Indonesian and in English, or ""."""

    name: str
    group: str
    id: str
    en: str


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str = ""
    en: str = ""


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    clips: dict[str, _Words]


class _ClipList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[_Group, ...]


@cache
def every_clip() -> tuple[Clip, ...]:
    """The list in its order, which is the order of recording."""
    text = paths.resource("voices", "clips.toml").read_text("utf-8")
    groups = msgspec.convert(tomllib.loads(text), _ClipList).groups
    return tuple(
        Clip(name, group.name, words.id, words.en) for group in groups for name, words in group.clips.items()
    )


def pack_clips() -> tuple[Clip, ...]:
    """Those that a voice pack may hold."""
    return tuple(clip for clip in every_clip() if clip.group in PACK_GROUPS)


def call_clips() -> tuple[str, ...]:
    """The names that a pack needs to say every call."""
    return tuple(clip.name for clip in every_clip() if clip.group in CALL_GROUPS)
