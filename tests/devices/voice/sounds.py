"""Sounds for tests: tones to be told apart, and packs made of them."""

from array import array
from collections.abc import Iterable
from pathlib import Path

from ult_desktop.core.queue.spoken import CLIP_NAMES
from ult_desktop.devices.voice.pack import About, VoicePack
from ult_desktop.devices.voice.pcm import Samples, sound_of

ABOUT = 'name = "Suara Tarakan"\nlanguage = "id"\nlicence = "CC0-1.0"\n'
LENGTH = 100


def level(value: int, length: int = LENGTH) -> Samples:
    """Samples that are all alike: found again in whatever they were joined into."""
    return array("h", [value] * length)


def levels(names: Iterable[str] = CLIP_NAMES) -> dict[str, Samples]:
    """A clip for each name; the n-th of all names is level 1000 + n."""
    return {name: level(1000 + CLIP_NAMES.index(name)) for name in names}


def pack_of(clips: dict[str, Samples]) -> VoicePack:
    return VoicePack(About("uji", "id", "CC0-1.0"), clips)


def write_pack(folder: Path, names: Iterable[str] = CLIP_NAMES) -> Path:
    folder.mkdir()
    (folder / "pack.toml").write_text(ABOUT, encoding="utf-8")
    for name, samples in levels(names).items():
        (folder / f"{name}.wav").write_bytes(sound_of([samples]).wav)
    return folder
