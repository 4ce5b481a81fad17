"""The one sound format of the voice: PCM, 16 bit, mono, 22 050 Hz, and the WAV files brought into it."""

import io
import math
import struct
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, TypeAlias

from ult_desktop.base import UserError, _

RATE = 22_050
LOUDEST = 32_767
_SAMPLE_BYTES = 2
_QUIET = 250
"""Below this (of 32 767) a sample counts as silence at the edges of a clip; about -42 dBFS."""

_EDGE_S = 0.008  # the silence that stays at both ends of a clip
LONGEST_S = 30
"""The most seconds of a sound file: no word of a call lasts longer, and a file may claim hours."""

LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000  # of a recording that is taken
_INTEGERS, _FLOATS, _EXTENSIBLE = 1, 3, 0xFFFE  # the codes of formats in a WAV file
_FLOAT_TYPES = {32: "f", 64: "d"}  # the codes for `array`, by the bits of a sample
_SIGNED = bytes(value ^ 0x80 for value in range(256))  # 8 bit samples have no sign in a WAV file

Samples: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True)
class Sound:
    """A whole utterance, ready for a player: the bytes of a WAV file and how long it lasts."""

    wav: bytes
    seconds: float


def read_wav(path: Path) -> Samples:
    """Return the samples of a WAV file, brought into the one format of the voice.

    Raises:
        UserError: naming the file and what is taken when it is missing, damaged or of another format.
    """
    try:
        with path.open("rb") as file:
            form, claimed_bytes = _read_head(file)
            form.require_known(path)
            # Checked before a sample is read: room is made for as many as the file claims.
            if claimed_bytes > LONGEST_S * form.rate * form.frame:
                raise _sound_error(path, _("lebih dari {n} detik").format(n=LONGEST_S))
            data = file.read(claimed_bytes)
    except OSError as error:
        raise _sound_error(path, error.strerror or str(error)) from error
    except (struct.error, ValueError) as error:
        raise _sound_error(path, _("bukan berkas WAV")) from error
    # A file that was cut off may end in half a frame.
    samples = _samples_of(data[: len(data) // form.frame * form.frame], form)
    if form.channels > 1:
        both = zip(samples[::2], samples[1::2], strict=True)
        samples = array("h", ((left + right) // 2 for left, right in both))
    return samples if form.rate == RATE else _resample(samples, form.rate / RATE)


@dataclass(frozen=True, slots=True)
class _Form:
    """The format of the samples in a WAV file; `frame` is the bytes of one sample of every channel."""

    code: int
    channels: int
    rate: int
    frame: int

    @property
    def bits(self) -> int:
        return 8 * self.frame // max(1, self.channels)

    def require_known(self, path: Path) -> None:
        """Check that the voice can read this format. Raises UserError, which names the file `path`."""
        is_known = (self.code == _INTEGERS and self.bits in (8, 16, 24, 32)) or (
            self.code == _FLOATS and self.bits in _FLOAT_TYPES
        )
        if not is_known or self.channels not in (1, 2) or not LOWEST_RATE <= self.rate <= HIGHEST_RATE:
            kind = {_INTEGERS: "PCM", _FLOATS: "float"}.get(self.code, _("kode {n}").format(n=self.code))
            text = _("ditemukan {kind}, {bits} bit, {channels} kanal, {rate} Hz")
            raise _sound_error(
                path, text.format(kind=kind, bits=self.bits, channels=self.channels, rate=self.rate)
            )


def _read_head(file: BinaryIO) -> tuple[_Form, int]:
    """Read up to the samples; return their format and how many bytes of them the file claims."""
    # Not `wave`: that of Python 3.11 refuses what recorders write for 24 bits and for floats.
    if file.read(4) != b"RIFF" or file.read(8)[4:] != b"WAVE":
        raise ValueError("no RIFF file of waves")
    form = None
    while True:
        name, size = struct.unpack("<4sI", file.read(8))
        if name == b"data" and form is not None:
            return form, size
        after = file.tell() + size + size % 2
        if name == b"fmt ":
            code, channels, rate, _bytes, frame = struct.unpack("<HHIIH", file.read(14))
            if code == _EXTENSIBLE:
                # The code proper begins the identifier at the end of the longer head.
                (code,) = struct.unpack("<10xH", file.read(12))
            form = _Form(code, channels, rate, frame)
        file.seek(after)


def _samples_of(data: bytes, form: _Form) -> Samples:
    if form.code == _FLOATS:
        values = array(_FLOAT_TYPES[form.bits], data)
        bounded = (0.0 if math.isnan(value) else max(-1.0, min(1.0, value)) for value in values)
        return array("h", (round(value * LOUDEST) for value in bounded))
    width = form.bits // 8
    if width == 1:
        data = data.translate(_SIGNED)
    # The two highest bytes of each; an 8 bit sample has one.
    highest = bytearray(len(data) // width * _SAMPLE_BYTES)
    highest[1::2] = data[width - 1 :: width]
    if width > 1:
        highest[::2] = data[width - 2 :: width]
    return array("h", bytes(highest))


def _resample(samples: Samples, step: float) -> Samples:
    """Return a sample for each `step` of the given ones: the mean of those around it.

    Between two samples that is a straight line; of more samples nothing too high for the rate is left over.
    """
    sums = array("q", accumulate(samples, initial=0))
    padded, end = array("h", (*samples, 0)), len(samples)

    def sum_until(position: float) -> float:
        """Return the sum of the samples before a position, which may fall within a sample."""
        whole = int(position)
        return sums[whole] + (position - whole) * padded[whole]

    half = max(1.0, step) / 2
    resampled = array("h")
    for index in range(round(end / step)):
        middle = index * step + 0.5
        low, high = max(0.0, middle - half), min(float(end), middle + half)
        resampled.append(round((sum_until(high) - sum_until(low)) / (high - low)))
    return resampled


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


def trim_silence(samples: Samples) -> Samples:
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


def _sound_error(path: Path, why: str) -> UserError:
    return UserError(
        _("Berkas suara {path} tidak dapat dipakai: {why}.").format(path=path, why=why),
        safe=_("Layar tetap menampilkan panggilan."),
        todo=_(
            "Simpan ulang sebagai WAV: PCM 8, 16, 24 atau 32 bit atau float, mono atau stereo,"
            " 8.000 sampai 192.000 Hz, paling lama 30 detik."
        ),
    )
