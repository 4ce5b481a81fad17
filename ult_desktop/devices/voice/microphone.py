"""The microphone of this PC, through Qt Multimedia."""

from typing import Final

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices

from ult_desktop.base import UserError, _
from ult_desktop.devices.voice.intake import Intake, SoundForm
from ult_desktop.devices.voice.pcm import RATE

_PATIENCE_MS: Final = 3000
_CODES = {
    QAudioFormat.SampleFormat.UInt8: "B",
    QAudioFormat.SampleFormat.Int16: "h",
    QAudioFormat.SampleFormat.Int32: "i",
    QAudioFormat.SampleFormat.Float: "f",
}


class Microphone(QObject):
    """Tells what comes from a source of raw sound.

    Args:
        source: open for reading.
        form: of what it gives.
        patience_ms: without a sound for so long it is lost.

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
        self._intake = Intake(form)
        self._watchdog = QTimer(self, singleShot=True, interval=patience_ms)
        self._watchdog.timeout.connect(self.lost)
        self._watchdog.start()
        source.readyRead.connect(self._read)

    def _read(self) -> None:
        self._watchdog.start()
        self.heard.emit(self._intake.feed(bytes(self._source.readAll().data())))


def open_microphone(parent: QObject) -> Microphone:
    """The microphone that the system's settings name; it ends with `parent`.

    Raises:
        UserError: there is none, or it cannot be opened now.
    """
    device = QMediaDevices.defaultAudioInput()
    wanted = raw_format(device)
    source = QAudioSource(device, wanted, parent)
    return Microphone(opened(source.start(), device.description()), form_of(wanted), parent=parent)


def raw_format(device: QAudioDevice) -> QAudioFormat:
    """Ours, or what the device gives by itself."""
    ours = QAudioFormat()
    ours.setSampleRate(RATE)
    ours.setChannelCount(1)
    ours.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return ours if device.isFormatSupported(ours) else device.preferredFormat()


def form_of(raw: QAudioFormat) -> SoundForm:
    """The same in our words."""
    return SoundForm(raw.sampleRate(), raw.channelCount(), _CODES.get(raw.sampleFormat(), "h"))


def opened(source: QIODevice | None, device: str) -> QIODevice:
    """What gives the sound; `device` is the microphone's name, "" where there is none.

    Raises:
        UserError: nothing does.
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
