"""What a microphone delivers, made into the one sound format of the voice as it comes."""

from array import array
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ult_desktop.devices.voice.pcm import LOUDEST, RATE, Samples

_SCALES = {"B": 256.0, "h": 1.0, "i": 1 / 65_536, "f": float(LOUDEST)}
_MIDDLES = {"B": 128.0}


@dataclass(frozen=True, slots=True)
class SoundForm:
    """The form of raw sound.

    Args:
        rate: samples a second of each channel.
        channels: how many lie side by side.
        code: a sample as `array` names it: "B", "h", "i" or "f".
    """

    rate: int = RATE
    channels: int = 1
    code: str = "h"


class Intake:
    """Takes raw sound piece by piece, cut anywhere.

    Channels are averaged. So are the samples that fall into one of ours, which keeps the higher tones of a
    faster microphone from coming back as false ones.
    """

    def __init__(self, form: SoundForm) -> None:
        self._form = form
        self._left = b""
        self._samples: list[float] = []
        self._offset = 0.0  # where in `_samples` our next sample begins

    def feed(self, data: bytes) -> Samples:
        """Our samples for all that came so far and was not given yet."""
        self._samples.extend(self._averaged(data))
        step = self._form.rate / RATE
        count = max(0, int((len(self._samples) - self._offset) / step))
        sums = [0.0, *accumulate(self._samples)]
        borders = [self._offset + index * step for index in range(count + 1)]
        values = [_until(sums, border) for border in borders]
        given = array("h", (_bounded((b - a) / step) for a, b in pairwise(values)))
        done = int(borders[-1])
        self._offset = borders[-1] - done
        del self._samples[:done]
        return given

    def _averaged(self, data: bytes) -> list[float]:
        """One value for all channels, in the measure of our samples."""
        form = self._form
        raw = self._left + data
        size = array(form.code).itemsize * form.channels
        whole = len(raw) // size * size
        self._left = raw[whole:]
        read = array(form.code, raw[:whole])
        scale, middle = _SCALES[form.code] / form.channels, _MIDDLES.get(form.code, 0.0) * form.channels
        channels = [read[each :: form.channels] for each in range(form.channels)]
        return [(sum(each) - middle) * scale for each in zip(*channels, strict=True)]


def _until(sums: list[float], border: float) -> float:
    """The sum of what lies before `border`, which may fall within a sample."""
    whole = int(border)
    part = border - whole
    return sums[whole] + (part * (sums[whole + 1] - sums[whole]) if part else 0.0)


def _bounded(value: float) -> int:
    return max(-LOUDEST - 1, min(LOUDEST, round(value)))
