"""The one sound format of the voice: PCM, 16 bit, mono, 22 050 Hz, as arrays of samples."""

import io
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ult_desktop.base import UserError, _

RATE = 22_050
LOUDEST = 32_767
_SAMPLE_BYTES = 2
_QUIET = 250
"""Below this (of 32 767) a sample counts as silence at the edges of a clip; about -42 dBFS."""

_EDGE_S = 0.008
LONGEST_S = 30
"""No word of a call lasts longer; a file may claim hours."""

Samples: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True)
class Sound:
    """A whole utterance, ready for a player: the bytes of a WAV file and how long it lasts."""

    wav: bytes
    seconds: float


def read_wav(path: Path) -> Samples:
    """Return the samples of a WAV file.

    Raises:
        UserError: naming the file and what is expected when it is missing, damaged or of another
            format.
    """
    try:
        with path.open("rb") as file, wave.open(file) as clip:
            _require_format(path, clip)
            data = clip.readframes(clip.getnframes())
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error
    except (wave.Error, EOFError, RuntimeError) as error:  # the last where a chunk is longer than the file
        raise _refused(path, _("bukan berkas WAV PCM")) from error
    # A file that was cut off may end in half a sample, over which `array` raises.
    return array("h", data[: len(data) // _SAMPLE_BYTES * _SAMPLE_BYTES])


def _require_format(path: Path, clip: wave.Wave_read) -> None:
    """Check the format before a sample is read: room is made for as many as the file claims."""
    found = (clip.getframerate(), clip.getnchannels(), 8 * clip.getsampwidth())
    if found != (RATE, 1, 8 * _SAMPLE_BYTES):
        rate, channels, bits = found
        text = _("ditemukan {bits} bit, {channels} kanal, {rate} Hz")
        raise _refused(path, text.format(bits=bits, channels=channels, rate=rate))
    if clip.getnframes() > LONGEST_S * RATE:
        raise _refused(path, _("lebih dari {n} detik").format(n=LONGEST_S))


def sound_of(parts: Iterable[Samples]) -> Sound:
    """Join samples into one WAV."""
    joined = array("h")
    for part in parts:
        joined.extend(part)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_SAMPLE_BYTES)
        file.setframerate(RATE)
        file.writeframes(joined.tobytes())
    return Sound(out.getvalue(), len(joined) / RATE)


def silence(seconds: float) -> Samples:
    return array("h", bytes(_SAMPLE_BYTES * round(seconds * RATE)))


def trimmed(samples: Samples) -> Samples:
    """Return the samples without the silence at both ends.

    Eight milliseconds of it stay, so that no word begins with a click.
    """
    loud = (index for index, sample in enumerate(samples) if abs(sample) > _QUIET)
    first = next(loud, None)
    if first is None:
        return array("h")
    last = next(index for index in range(len(samples) - 1, -1, -1) if abs(samples[index]) > _QUIET)
    edge = round(_EDGE_S * RATE)
    return samples[max(0, first - edge) : last + 1 + edge]


def _refused(path: Path, why: str) -> UserError:
    return UserError(
        _("Berkas suara {path} tidak dapat dipakai: {why}.").format(path=path, why=why),
        safe=_("Layar tetap menampilkan panggilan."),
        todo=_("Simpan ulang sebagai WAV PCM 16 bit, mono, 22.050 Hz."),
    )
