"""The microphone, and its sound in the program's own format."""

from array import array
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.devices.voice.choice import VoiceState
from ult_desktop.devices.voice.pcm import LOUDEST, RATE, Samples

if TYPE_CHECKING:
    from PySide6 import QtMultimedia
else:  # a system without the sound libraries raises ImportError
    QtMultimedia = late("PySide6.QtMultimedia")

# By the code of a sample (`SoundForm.code`): the factor to our samples; the value of silence, if it is not 0.
_SCALES = {"B": 256.0, "h": 1.0, "i": 1 / 65_536, "f": float(LOUDEST)}
_MIDDLES = {"B": 128.0}


@dataclass(frozen=True, slots=True)
class SoundForm:
    """The form of raw sound.

    Args:
        rate: samples a second of each channel.
        channels: how many there are; their samples alternate.
        code: a sample as `array` names it: "B", "h", "i" or "f".
    """

    rate: int = RATE
    channels: int = 1
    code: str = "h"


class SampleConverter:
    """The converter of raw sound, which comes piece by piece, cut anywhere.

    Channels are averaged. Where the microphone gives more samples a second than we keep, those that fall into
    one of ours are averaged too; without that its highest tones would be heard as false lower ones.
    """

    def __init__(self, form: SoundForm) -> None:
        self._form = form
        self._incomplete = b""  # the bytes of a frame that has not come whole yet
        self._samples: list[float] = []
        self._offset = 0.0  # where in `_samples` our next sample begins

    def feed(self, data: bytes) -> Samples:
        """Return our samples for all that came so far and was not returned yet."""
        self._samples.extend(self._average_channels(data))
        step = self._form.rate / RATE
        count = max(0, int((len(self._samples) - self._offset) / step))
        sums = [0.0, *accumulate(self._samples)]
        borders = [self._offset + index * step for index in range(count + 1)]
        values = [_sum_until(sums, border) for border in borders]
        samples = array("h")
        for before, after in pairwise(values):
            samples.append(max(-LOUDEST - 1, min(LOUDEST, round((after - before) / step))))
        used = int(borders[-1])
        self._offset = borders[-1] - used
        del self._samples[:used]
        return samples

    def _average_channels(self, data: bytes) -> list[float]:
        """Return one value for all channels, in the measure of our samples."""
        form = self._form
        raw = self._incomplete + data
        size = array(form.code).itemsize * form.channels
        whole = len(raw) // size * size
        self._incomplete = raw[whole:]
        values = array(form.code, raw[:whole])
        scale, middle = _SCALES[form.code] / form.channels, _MIDDLES.get(form.code, 0.0) * form.channels
        channels = [values[number :: form.channels] for number in range(form.channels)]
        return [(sum(frame) - middle) * scale for frame in zip(*channels, strict=True)]


def _sum_until(sums: list[float], border: float) -> float:
    """Return the sum of the values before `border`, which may fall within a sample."""
    whole = int(border)
    part = border - whole
    if not part:  # there may be no further sample
        return sums[whole]
    return sums[whole] + part * (sums[whole + 1] - sums[whole])


_PATIENCE_MS: Final = 3000
# The code of a sample for `array`, by the name of Qt's format.
_CODES = {"UInt8": "B", "Int16": "h", "Int32": "i", "Float": "f"}


class Microphone(QObject):
    """The microphone, which reports what comes from a source of raw sound.

    Args:
        source: raw sound, open for reading.
        form: the form of that sound.
        patience_ms: the microphone is lost when the source gives nothing for that long.

    Signals:
        heard: samples, a few times a second for as long as the microphone is open.
        lost: nothing comes any more.
    """

    heard = Signal(object)
    lost = Signal()

    def __init__(
        self,
        source: QIODevice,
        form: SoundForm,
        patience_ms: int = _PATIENCE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._converter = SampleConverter(form)
        self._watchdog = QTimer(self, singleShot=True, interval=patience_ms)
        self._watchdog.timeout.connect(self.lost)
        self._watchdog.start()
        source.readyRead.connect(self._read)

    def _read(self) -> None:
        self._watchdog.start()
        self.heard.emit(self._converter.feed(bytes(self._source.readAll().data())))


def open_microphone(parent: QObject) -> Microphone:
    """Open the microphone that the system's settings name; it ends with `parent`.

    Raises:
        UserError: there is none, it cannot be opened now, or the system lacks the sound libraries.
    """
    try:
        device = QtMultimedia.QMediaDevices.defaultAudioInput()
    except ImportError as error:
        raise UserError(VoiceState.NO_MULTIMEDIA.word) from error
    audio_format = raw_format(device)
    source = QtMultimedia.QAudioSource(device, audio_format, parent)
    sound = require_opened(source.start(), device.description())
    return Microphone(sound, form_of(audio_format), parent=parent)


def raw_format(device: "QtMultimedia.QAudioDevice") -> "QtMultimedia.QAudioFormat":
    """Return our format, or what the device gives by itself."""
    ours = QtMultimedia.QAudioFormat()
    ours.setSampleRate(RATE)
    ours.setChannelCount(1)
    ours.setSampleFormat(QtMultimedia.QAudioFormat.SampleFormat.Int16)
    return ours if device.isFormatSupported(ours) else device.preferredFormat()


def form_of(raw: "QtMultimedia.QAudioFormat") -> SoundForm:
    """Return the same format in our words."""
    return SoundForm(raw.sampleRate(), raw.channelCount(), _CODES.get(raw.sampleFormat().name, "h"))


def require_opened(source: QIODevice | None, device: str) -> QIODevice:
    """Return the source of the sound; `device` is the microphone's name, "" if there is none.

    Raises:
        UserError: there is no microphone, or it cannot be opened.
    """
    if source is not None:
        return source
    safe = _("Rekaman yang sudah ada tetap tersimpan.")
    if not device:
        raise UserError(
            _("Tidak ada mikrofon di komputer ini."), safe, _("Pasang mikrofon atau headset, lalu coba lagi.")
        )
    raise UserError(
        _("Mikrofon {name} tidak dapat dibuka.").format(name=device),
        safe,
        _(
            "Tutup program lain yang merekam, dan izinkan mikrofon bagi aplikasi desktop"
            " (Windows: Setelan, Privasi, Mikrofon)."
        ),
    )
