"""What kiosk printers and the lobby's voice are doing, for the officer's status bar."""

from collections.abc import Iterable
from dataclasses import dataclass

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.voice.choice import VoiceState


@dataclass(frozen=True)
class DeviceWords:
    """One line about a kind of device; `text` "" when there is nothing to say."""

    text: str = ""
    ready: bool = True


def printer_words(stations: Iterable[StationStatus]) -> DeviceWords:
    """The worst state of the kiosks' printers; with its station's name when it is not well."""
    told = [line for line in stations if line.mode == "kiosk" and line.printer not in ("", "none")]
    troubled = [line for line in told if line.printer not in _PRINTING]
    if troubled:
        words = _printer_states().get(troubled[0].printer, troubled[0].printer)
        text = _("printer {station}: {state}").format(station=troubled[0].name, state=words)
        return DeviceWords(text, ready=False)
    if any(line.printer == PrinterState.PAPER_LOW for line in told):
        return DeviceWords(_("printer: kertas hampir habis"))
    return DeviceWords(_("printer siap")) if told else DeviceWords()


def voice_words(stations: Iterable[StationStatus]) -> DeviceWords:
    """What a visitor hears in the lobby, when it is less than it should be."""
    told = [line for line in stations if line.mode == "display" and line.voice]
    troubled = [line for line in told if line.voice != VoiceState.READY]
    if not troubled:
        return DeviceWords(_("suara siap")) if told else DeviceWords()
    words = _voice_states().get(troubled[0].voice, troubled[0].voice)
    return DeviceWords(words, ready=False)


_PRINTING = {state.value for state in PrinterState if state.can_print}


def _printer_states() -> dict[str, str]:
    return {
        PrinterState.PAPER_OUT: _("kertas habis"),
        PrinterState.COVER_OPEN: _("tutup terbuka"),
        PrinterState.OFFLINE: _("mati atau macet"),
        PrinterState.NO_ANSWER: _("tidak menjawab"),
    }


def _voice_states() -> dict[str, str]:
    silent = _("layar TV diam: tidak ada perangkat suara")
    return {
        VoiceState.SILENT: silent,
        VoiceState.NO_MULTIMEDIA: silent,
        VoiceState.NO_CHIME: _("layar TV: berkas bunyi hilang"),
        VoiceState.NO_PACK: _("layar TV: paket suara hilang"),
        VoiceState.INCOMPLETE_PACK: _("layar TV: paket suara tidak lengkap"),
        VoiceState.NO_SYSTEM_VOICE: _("layar TV: suara sistem tidak ada"),
        VoiceState.STUCK: _("layar TV: suara macet"),
    }
