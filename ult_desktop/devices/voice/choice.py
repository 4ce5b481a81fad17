"""The voice that a station's settings choose, and what could be loaded of it.

Only `load_voice` reads files; it may run on any thread.
"""

from array import array
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from ult_desktop.base import UserError, WordEnum, _, paths
from ult_desktop.base.config import DisplayConfig
from ult_desktop.devices.voice import pack as voice_pack, pcm


class VoiceSource(StrEnum):
    """The source of the words after the chime."""

    PACK = "pack"
    SYSTEM = "system"
    CHIME = "chime"


SPEECH_COMMAND = "speech"  # of this program: the process of the system's voice


class SpeechLine(StrEnum):
    """The beginning of a line between the display and the process of the system's voice."""

    READY = "ready"
    NONE = "none"  # there is no Indonesian voice
    SAY = "say"
    ENDED = "ended"
    STOP = "stop"


class VoiceState(WordEnum):
    """The state of the voice for visitors; anything but READY is shown to the officer, with what to do."""

    READY = "ready", "Suara siap."
    SILENT = (
        "silent",
        (
            "Tidak ada perangkat suara: panggilan hanya tampil di layar."
            " Periksa pengeras suara atau kabel televisi."
        ),
    )
    NO_MULTIMEDIA = (
        "no_multimedia",
        "Pustaka suara sistem tidak ada: panggilan hanya tampil di layar. Pasang libpulse0 lalu mulai ulang.",
    )
    NO_CHIME = "no_chime", "Lonceng tidak dapat dibaca."
    NO_PACK = "no_pack", "Paket suara tidak dapat dipakai: suara bawaan dipakai."
    INCOMPLETE_PACK = (
        "incomplete_pack",
        "Paket suara belum lengkap: panggilan yang klipnya kurang diucapkan suara bawaan.",
    )
    NO_SYSTEM_VOICE = (
        "no_system_voice",
        "Suara sistem berbahasa Indonesia tidak tersedia: paket suara dipakai.",
    )
    STUCK = "stuck", "Perangkat suara tidak menjawab: panggilan tetap tampil di layar."


@dataclass(frozen=True, slots=True)
class VoiceStatus:
    """The state and its exact cause (a file, missing clips), in the user's language."""

    state: VoiceState = VoiceState.READY
    detail: str = ""

    @property
    def text(self) -> str:
        """The line for the officer: what is heard and what to do."""
        return f"{self.state.word} {self.detail}".strip()


def shipped_pack() -> Path:
    """Return the folder of the voice that the program brings."""
    return paths.resource("voices", "id-espeak")


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """The voice that the station's settings choose.

    Args:
        source: who speaks.
        pack: the folder of the voice pack.
        chime: the WAV file of the chime; None: this office wants none.
        times: how often the sentence is said.
        volume: percent of what the system gives.
    """

    source: VoiceSource = VoiceSource.PACK
    pack: Path = field(default_factory=shipped_pack)
    chime: Path | None = field(default_factory=lambda: paths.resource("voices", "chime.wav"))
    times: int = 2
    volume: int = 100


_SOURCES = {
    "pack": VoiceSource.PACK,
    "office": VoiceSource.PACK,
    "system": VoiceSource.SYSTEM,
    "off": VoiceSource.CHIME,
}


def voice_choice(config: DisplayConfig, own_voice: Path) -> VoiceChoice:
    """Return the choice of the settings; an empty path means what the program ships.

    `own_voice` is the folder of the office's recordings.
    """
    choice = VoiceChoice(source=_SOURCES[config.voice], times=config.repeat, volume=config.volume)
    pack = own_voice if config.voice == "office" else config.voice_folder or choice.pack
    return replace(choice, pack=pack, chime=choice.chime if config.chime else None)


@dataclass(frozen=True, slots=True)
class Voice:
    """The voice as loaded: samples in memory, and what the officer must know about it.

    Of `packs` the first that can say a call says it.
    """

    choice: VoiceChoice
    chime: pcm.Samples
    packs: tuple[voice_pack.VoicePack, ...]
    status: VoiceStatus


def load_voice(choice: VoiceChoice) -> Voice:
    """Read chime and pack; a part that cannot be read is left out and named in the status."""
    chime, chime_status = _load_chime(choice.chime)
    packs, pack_status = _load_packs(choice)
    status = pack_status if chime_status.state is VoiceState.READY else chime_status
    return Voice(choice, chime, packs, status)


def _load_chime(path: Path | None) -> tuple[pcm.Samples, VoiceStatus]:
    if path is None:
        return array("h"), VoiceStatus()
    try:
        return pcm.read_wav(path), VoiceStatus()
    except UserError as error:
        return array("h"), VoiceStatus(VoiceState.NO_CHIME, str(error))


def _load_packs(choice: VoiceChoice) -> tuple[tuple[voice_pack.VoicePack, ...], VoiceStatus]:
    """Return the chosen pack; the shipped one follows a pack that cannot say everything."""
    if choice.source is VoiceSource.CHIME:
        return (), VoiceStatus()
    try:
        pack = voice_pack.load_pack(choice.pack)
    except UserError as error:
        return _load_shipped_pack(), VoiceStatus(VoiceState.NO_PACK, str(error))
    if pack.missing:
        names = ", ".join(f"{name}.wav" for name in pack.missing)
        return (pack, *_load_shipped_pack()), VoiceStatus(
            VoiceState.INCOMPLETE_PACK, _("Belum ada: {names}.").format(names=names)
        )
    return (pack,), VoiceStatus()


def _load_shipped_pack() -> tuple[voice_pack.VoicePack, ...]:
    return (voice_pack.load_pack(shipped_pack()),)
