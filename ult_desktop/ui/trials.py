"""A printer or a voice that is tried before it is saved, in the wizard and in the settings."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ult_desktop.base import _
from ult_desktop.core.queue.spoken import SpokenStyle, spoken_call
from ult_desktop.devices.printer.model import LETTERS, PLAIN_LETTERS
from ult_desktop.devices.voice.choice import Voice
from ult_desktop.devices.voice.player import open_announcer

if TYPE_CHECKING:
    from ult_desktop.devices.voice.announcer import Announcer


def width_question() -> str:
    return _("Baris mana yang utuh pada cetak percobaan?")


def paper_widths() -> tuple[tuple[str, str], ...]:
    """Return what the two lines of `printer.print_test` show: widths in millimetres, in words."""
    return (("80", _("A dan B (kertas 80 mm)")), ("58", _("Hanya A (kertas 58 mm)")))


def printer_letters() -> tuple[tuple[str, str], ...]:
    """Return what the numbered lines of `printer.print_test` show: the printer's letters, in words."""
    lines = ((page, _("Baris {n}").format(n=n)) for n, page in enumerate(LETTERS[:-1], 1))
    return (*lines, (PLAIN_LETTERS, _("Tidak satu pun (huruf polos)")))


class CallTrial(QObject):
    """A trial call: it says A012 to counter 2; a second trial breaks the first one off."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._announcer: Announcer | None = None

    def say(self, voice: Voice, style: str = SpokenStyle.DIGITS) -> str:
        """Say a call; return what is known of the voice, in words."""
        self.hush()
        self._announcer = open_announcer(voice, 0.0, self)
        self._announcer.announce("trial", spoken_call("A", 12, 2, style=SpokenStyle(style)))
        return self._announcer.status.text

    def hush(self) -> None:
        if self._announcer is not None:
            self._announcer.close()
            self._announcer.deleteLater()
            self._announcer = None
