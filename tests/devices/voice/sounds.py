"""Sounds for tests: tones to be told apart, and packs made of them."""

import math
from array import array
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice

from ult_desktop.devices.voice.clips import call_clips
from ult_desktop.devices.voice.pack import About, VoicePack
from ult_desktop.devices.voice.pcm import LOUDEST, RATE, Samples, sound_of

ABOUT = 'name = "Suara Tarakan"\nlanguage = "id"\nlicence = "CC0-1.0"\n'
LENGTH = 100


def level(value: int, length: int = LENGTH) -> Samples:
    """Samples that are all alike: found again in whatever they were joined into."""
    return array("h", [value] * length)


CALLS = call_clips()


def levels(names: Iterable[str] = CALLS) -> dict[str, Samples]:
    """A clip for each name; the n-th of all names is level 1000 + n."""
    return {name: level(1000 + CALLS.index(name)) for name in names}


def pack_of(clips: dict[str, Samples]) -> VoicePack:
    return VoicePack(About("uji", "id", "CC0-1.0"), clips)


def write_pack(folder: Path, names: Iterable[str] = CALLS) -> Path:
    folder.mkdir()
    (folder / "pack.toml").write_text(ABOUT, encoding="utf-8")
    for name, samples in levels(names).items():
        (folder / f"{name}.wav").write_bytes(sound_of([samples]).wav)
    return folder


def tone(seconds: float, loud: float, pitch: float = 220.0) -> Samples:
    wave = (math.sin(2 * math.pi * pitch * at / RATE) for at in range(round(seconds * RATE)))
    return array("h", (round(each * loud * LOUDEST) for each in wave))


def sound_device() -> QBuffer:
    """Return a device that a microphone is read from."""
    device = QBuffer()
    device.open(QIODevice.OpenModeFlag.ReadWrite)
    return device


def speak(device: QBuffer, samples: Samples) -> None:
    """Speak as a sound device does: more is there to read, and it says so."""
    at = device.pos()
    device.write(samples.tobytes())
    device.seek(at)
    device.readyRead.emit()
