"""A voice pack: a folder of WAV clips and a pack.toml that says whose voice it is.

An office may replace the shipped pack by its own recordings: one clip for each name of the list in
`clips.py`, as "<name>.wav". A number word may have a second take "<name>-akhir.wav", spoken with the
falling tone of a sentence's end.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.queue.spoken import SpokenCall
from ult_desktop.devices.voice.clips import call_clips, pack_clips
from ult_desktop.devices.voice.pcm import Samples, read_wav, trim_silence

ABOUT = "pack.toml"
LARGEST_ABOUT = 4096  # bytes; what comes after them is not read
FINAL = "-akhir"


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of pack.toml: the pack's name, its language ("id"), licence and origin."""

    name: str
    language: str
    licence: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class VoicePack:
    """Clips in memory, trimmed; nothing reads a file once a pack is loaded."""

    about: About
    clips: Mapping[str, Samples] = field(repr=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """The clips that this pack lacks to say every call."""
        return tuple(name for name in call_clips() if name not in self.clips)

    def can_say(self, spoken: SpokenCall) -> bool:
        return all(clip in self.clips for clip in spoken.clips)

    def last_word(self, clip: str) -> Samples:
        """Return the take of `clip` that ends a sentence, or the usual one."""
        return self.clips.get(f"{clip}{FINAL}", self.clips[clip])


def clip_path(folder: Path, name: str) -> Path:
    """Return the path in a pack of the clip of that name."""
    return folder / f"{name}.wav"


def load_pack(folder: Path) -> VoicePack:
    """Read a pack; one that lacks clips is accepted and says so in `missing`.

    Raises:
        UserError: no such folder, a wrong pack.toml, or a clip of a wrong format; names the file
            and the expected form.
    """
    about = _read_about(folder / ABOUT)
    paths = {clip.name: clip_path(folder, clip.name) for clip in pack_clips()}
    clips = {name: trim_silence(read_wav(path)) for name, path in paths.items() if path.exists()}
    return VoicePack(about, clips)


def _read_about(path: Path) -> About:
    try:
        with path.open("rb") as file:
            # An office may name any folder: a pack.toml of gigabytes must not fill the memory.
            text = file.read(LARGEST_ABOUT).decode()
        return msgspec.convert(tomllib.loads(text), About)
    except OSError as error:
        raise _pack_error(path, error.strerror or str(error)) from error
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise _pack_error(path, str(error)) from error


def _pack_error(path: Path, why: str) -> UserError:
    return UserError(
        _("Paket suara tidak dapat dibaca: {path}: {why}.").format(path=path, why=why),
        safe=_("Layar tetap menampilkan panggilan dan lonceng tetap berbunyi."),
        todo=_('Isi pack.toml dengan name = "…", language = "id", licence = "…".'),
    )
