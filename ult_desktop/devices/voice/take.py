"""The recording of a clip: its end, its faults, and the clip made of it."""

import math
from array import array
from typing import Final

from ult_desktop.base import WordEnum
from ult_desktop.devices.voice.pcm import LONGEST_S, LOUDEST, RATE, Samples

SPEECH_RMS: Final = 0.13
"""The average loudness of a clip, of 1. All clips have the same, so that a call sounds like one sentence."""
SPEECH_PEAK: Final = 0.89
_FADE_S = 0.006

_FRAME = RATE // 100  # samples: a recording is measured in hundredths of a second
_QUIET_DB, _LOUD_DB = -60.0, 0.0  # the ends of the level meter
_FAINTEST: Final = 0.004  # of 1: a frame below it is silence in the quietest room
_ABOVE_ROOM: Final = 3.0  # a frame that is so many times louder than the room is speech
_ROOM_PART = 10  # the quietest tenth of a recording is the room
_SPOKEN_FRAMES = 8  # with fewer frames of speech nothing was said
_PAUSE_FRAMES = 80  # that long after the last sound the speaker has finished
_EDGE_FRAMES = 2  # speech so near to an end of the recording was cut off
_TOO_QUIET: Final = 0.02  # of 1: a recording whose loudest frame is below it
_SOFTEST = 4  # a clip that is so many times softer than the others cannot be heard in a lobby
_CLIPPED_SAMPLES = 3  # from so many samples at the limit on a recording is clipped
# Frames that are kept around what is spoken: a soft consonant is no louder than the room.
_BEFORE_FRAMES, _AFTER_FRAMES = 3, 6


class TakeFault(WordEnum):
    """A reason why a recording is not kept."""

    SILENT = "silent", "Tidak terdengar apa-apa. Periksa mikrofonnya, lalu rekam ulang."
    QUIET = "quiet", "Terlalu pelan. Bicaralah lebih dekat ke mikrofon, lalu rekam ulang."
    CLIPPED = "clipped", "Terlalu keras, suaranya pecah. Mundurlah sedikit, lalu rekam ulang."
    CUT = "cut", "Awal atau akhirnya terpotong. Tunggu sebentar sebelum dan sesudah bicara, lalu rekam ulang."


def rms(samples: Samples) -> float:
    """Return the average loudness, of 1; 0 for no samples."""
    return math.sqrt(sum(sample * sample for sample in samples) / max(1, len(samples))) / LOUDEST


def meter_level(samples: Samples) -> float:
    """Return the length of a level meter's bar, from 0 (-60 dB) to 1 (as loud as can be)."""
    peak = max(map(abs, samples), default=0) / LOUDEST
    level = 20 * math.log10(peak) if peak else _QUIET_DB
    return min(1.0, max(0.0, (level - _QUIET_DB) / (_LOUD_DB - _QUIET_DB)))


def level_loudness(samples: Samples) -> Samples:
    """Return the samples at the loudness of every clip, nowhere clipped, faded at both ends."""
    # The smaller gain: a clip with one loud peak stays softer than the others, and is not clipped.
    gain = min(SPEECH_RMS / rms(samples), SPEECH_PEAK * LOUDEST / max(map(abs, samples)))
    fade = round(_FADE_S * RATE)
    last = len(samples) - 1
    edges = (min(1.0, index / fade, (last - index) / fade) for index in range(len(samples)))
    return array("h", (round(sample * edge * gain) for sample, edge in zip(samples, edges, strict=True)))


def clip_fault(samples: Samples) -> TakeFault | None:
    """Return what is wrong with a clip of a pack."""
    if not samples:
        return TakeFault.SILENT
    if _is_clipped(samples):
        return TakeFault.CLIPPED
    return TakeFault.QUIET if rms(samples) < SPEECH_RMS / _SOFTEST else None


def _is_clipped(samples: Samples) -> bool:
    return len([sample for sample in samples if abs(sample) >= LOUDEST]) >= _CLIPPED_SAMPLES


class Take:
    """A recording under way."""

    def __init__(self) -> None:
        self._samples = array("h")
        self._loudness: list[float] = []

    def add(self, samples: Samples) -> None:
        """Add the samples that the microphone heard next."""
        self._samples.extend(samples)
        measured = len(self._loudness) * _FRAME
        whole = range(measured, len(self._samples) - _FRAME + 1, _FRAME)
        self._loudness.extend(rms(self._samples[at : at + _FRAME]) for at in whole)

    @property
    def is_over(self) -> bool:
        """Return whether the speaker has finished, or speaks longer than a clip may last."""
        if len(self._samples) >= (LONGEST_S - 1) * RATE:
            return True
        spoken = self._spoken_frames()
        return len(spoken) >= _SPOKEN_FRAMES and len(self._loudness) - spoken[-1] > _PAUSE_FRAMES

    @property
    def fault(self) -> TakeFault | None:
        """Return the reason why the take cannot become a clip."""
        spoken = self._spoken_frames()
        if _is_clipped(self._samples):
            return TakeFault.CLIPPED
        if len(spoken) < _SPOKEN_FRAMES:
            return TakeFault.SILENT
        if max(self._loudness) < _TOO_QUIET:
            return TakeFault.QUIET
        if spoken[0] < _EDGE_FRAMES or len(self._loudness) - spoken[-1] <= _EDGE_FRAMES:
            return TakeFault.CUT
        return None

    def clip(self) -> Samples:
        """Return what was spoken, as loud as every clip; only of a take without a `fault`."""
        spoken = self._spoken_frames()
        first = max(0, spoken[0] - _BEFORE_FRAMES)
        return level_loudness(self._samples[first * _FRAME : (spoken[-1] + 1 + _AFTER_FRAMES) * _FRAME])

    def _spoken_frames(self) -> list[int]:
        """Return the hundredths of a second that are louder than the room."""
        quietest = sorted(self._loudness)[: len(self._loudness) // _ROOM_PART]
        room = sum(quietest) / max(1, len(quietest))
        threshold = max(_FAINTEST, room * _ABOVE_ROOM)
        return [index for index, level in enumerate(self._loudness) if level > threshold]
