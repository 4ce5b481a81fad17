"""A visitor who does not see the kiosk: `blind DATABASE SETTINGS TASK PACE`.

They hear the clips that the kiosk plays, one after the other as each begins to sound, and press six keys.
Nothing else of the window is known to them. With a PACE of 1 they hear and think as people do; a higher one
is for tests. The visitor reports "done" with the keys pressed, the seconds from the first key on, and the
words heard last.
"""

import re
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtMultimedia import QMediaPlayer
from PySide6.QtTest import QTest

from benchmarks.actors.said import tell
from benchmarks.actors.visitor import at_a_kiosk
from ult_desktop.base import language
from ult_desktop.devices.voice.clips import every_clip
from ult_desktop.devices.voice.guide_voice import GuideVoice
from ult_desktop.devices.voice.reading import read_aloud, spell
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.ui.kiosk.speech.guidance import open_guide_voice
from ult_desktop.ui.kiosk.window import KioskWindow

THINKS_MS = 300  # from what is heard to the finger
PATIENCE_MS = 60_000  # without a sound, that is: the kiosk is lost
MOST_KEYS = 60  # to find one thing on a page
UP, DOWN, BACK, NEXT, SELECT, HELP = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_F1),
)
# A visitor who writes knows the order of the keys.
DIGITS, LETTERS = "1234567890", "abcdefghijklmnopqrstuvwxyz"
THIRD = 2
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower())


class Lost(Exception):
    """The visitor cannot go on by what they hear."""


class BlindVisitor(QObject):
    """A visitor with ears and six keys."""

    def __init__(self, window: KioskWindow, pace: float) -> None:
        super().__init__(window)
        self._window, self._pace = window, pace
        self._spoken = {
            clip.name: words_of(clip.words_in(language()) or clip.indonesian) for clip in every_clip()
        }
        self.heard: list[str] = []
        self.presses, self._began = 0, 0.0
        self._stepped = False
        self._silent, self._ear, self._busy = True, QEventLoop(self), False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._ear.exit(1))
        window.guidance.open_voice = self._open_voice

    def begin(self, task: str) -> None:
        """Begin the task once, as soon as the kiosk shows its services."""
        window = self._window
        if not self._busy and window.flow.scene.board is not None and window.shell.page is window.shell.home:
            self._busy = True
            QTimer.singleShot(0, self, lambda: run(self, task))

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def press(self, key: Qt.Key) -> None:
        """Press a key after a moment of thought."""
        if not self.presses:
            self._began = time.monotonic()
        self.presses += 1
        QTest.qWait(round(THINKS_MS / self._pace))
        self.heard, self._silent = [], False
        self._stepped = key in (UP, DOWN, NEXT)
        QTest.keyClick(self._window.windowHandle(), key)

    def hears(self, wanted: str, *, within: int = 10_000) -> bool:
        """Listen until `wanted` was said, the kiosk fell silent, or `within` words have gone by.

        Returns whether it was said.
        """
        tokens = self._sound_of(wanted)
        while not self._said(tokens):
            if self._silent or len(self.heard) > within:
                return False
            self._listen()
        return True

    def must_hear(self, wanted: str) -> None:
        """Listen until the page that comes now says `wanted`.

        A page may begin to speak only after the last one fell silent.
        """
        while not self._said(self._sound_of(wanted)):
            self._listen()

    def listen_out(self) -> None:
        while not self._silent:
            self._listen()

    def seek(self, wanted: str, key: Qt.Key = DOWN) -> None:
        """Press `key` until `wanted` is heard.

        A new page is heard to its end. Then the visitor goes from one item to the next, and hears only their
        beginnings.
        """
        within = len(self._sound_of(wanted)) + 2
        for step in range(MOST_KEYS):
            if self.hears(wanted, within=within if step or self._stepped else 10_000):
                return
            self.press(key)
            self._stepped = True
        raise Lost(f"{wanted!r} is nowhere")

    def choose(self, wanted: str) -> None:
        self.seek(wanted)
        self.press(SELECT)

    def go_on(self, wanted: str) -> None:
        """Press the key that leads to the page's main button, and select it."""
        self.press(NEXT)
        self.seek(wanted, NEXT)
        self.press(SELECT)

    def write(self, text: str, keys: str = LETTERS) -> None:
        here = keys[0]
        for symbol in text:
            way = DOWN if keys.index(symbol) > keys.index(here) else UP
            if symbol != here:
                self.press(way)
            self.seek(symbol, way)
            self.press(SELECT)
            here = symbol

    def _sound_of(self, text: str) -> list[str]:
        """Return how the clips of an Indonesian text sound in the language of this visitor."""
        pieces = spell(text, language()) if len(text) == 1 else read_aloud(text, "id")
        return [word for piece in pieces for word in self._spoken.get(piece.clip) or words_of(piece.name)]

    def _open_voice(self, parent: QObject) -> GuideVoice:
        voice = open_guide_voice(parent)
        for player in voice.findChildren(QMediaPlayer):
            player.setPlaybackRate(self._pace)
        voice.sounded.connect(self._hear)
        voice.over.connect(self._fall_silent)
        return voice

    def _hear(self, clip: str) -> None:
        self._silent = False
        self.heard += self._spoken.get(clip) or words_of(clip)
        self._ear.quit()

    def _fall_silent(self) -> None:
        self._silent = True
        self._ear.quit()

    def _listen(self) -> None:
        self._patience.start()
        if self._ear.exec():
            raise Lost(f"heard nothing more after {' '.join(self.heard[-12:])!r}")
        self._patience.stop()

    def _said(self, tokens: list[str]) -> bool:
        length = len(tokens)
        return any(self.heard[at : at + length] == tokens for at in range(len(self.heard) - length + 1))


def take_number(visitor: BlindVisitor) -> None:
    """Take a number of the second service; every page begins at the first one."""
    visitor.press(HELP)
    visitor.must_hear("Tombol pilih mengambilnya.")
    visitor.press(DOWN)
    visitor.choose("nomor B")
    visitor.must_hear("Nomor antrean Anda")
    visitor.must_hear("Silakan duduk di ruang tunggu.")


def take_priority(visitor: BlindVisitor) -> None:
    """Take a priority number, with a wheelchair."""
    visitor.press(HELP)
    visitor.must_hear("Tombol pilih mengambilnya.")
    visitor.press(DOWN)
    visitor.choose("Layanan prioritas")
    visitor.must_hear("Sentuh yang sesuai dengan Anda.")
    visitor.choose("Penyandang disabilitas")
    visitor.must_hear("Perlu bantuan?")
    visitor.choose("Kursi roda")
    visitor.must_hear("Terpilih")
    visitor.go_on("Lanjut")
    visitor.must_hear("Sentuh layanan yang Anda perlukan.")
    visitor.choose("nomor B")
    visitor.must_hear("Silakan duduk di ruang tunggu.")


def fill_book(visitor: BlindVisitor) -> None:
    """Fill in the guest book from the number page on, with the name alone."""
    take_number(visitor)
    visitor.choose("Isi buku tamu")
    visitor.must_hear("Siapa nama Anda?")
    visitor.write("adi")
    visitor.go_on("Lanjut")
    visitor.must_hear("Dari instansi atau sekolah mana?")
    visitor.press(NEXT)
    visitor.must_hear("Berapa orang yang datang?")
    visitor.press(NEXT)
    visitor.must_hear("Dari kabupaten atau kota mana?")
    visitor.go_on("Lewati")
    for question in ("Nomor telepon Anda?", "Ada surat tugas? Tulis nomornya"):
        visitor.must_hear(question)
        visitor.press(NEXT)
    visitor.must_hear("Sudah benar?")
    visitor.go_on("Simpan")
    visitor.must_hear("Buku tamu Anda sudah tersimpan.")


def answer_survey(visitor: BlindVisitor) -> None:
    """Answer the survey for a number that was just served.

    The visitor gives the third answer to each question, and says nothing about themselves.
    """
    visitor.press(HELP)
    visitor.must_hear("Tombol pilih mengambilnya.")
    visitor.press(DOWN)
    visitor.choose("Isi survei")
    visitor.must_hear("Berapa nomor antrean Anda?")
    visitor.write("b001", DIGITS + LETTERS)
    visitor.go_on("Lanjut")
    for element in questionnaire().elements:
        visitor.must_hear(element.question.indonesian)  # a busy kiosk is silent between two questions
        visitor.listen_out()
        for _answer in range(THIRD):
            visitor.press(DOWN)
            visitor.listen_out()
        visitor.press(SELECT)
    visitor.must_hear("Jenis kelamin")
    visitor.go_on("Lewati")
    visitor.must_hear("Ada saran untuk kami?")
    visitor.go_on("Kirim")
    visitor.must_hear("Terima kasih atas penilaian Anda")


TASKS: dict[str, Callable[[BlindVisitor], None]] = {
    "number": take_number,
    "priority": take_priority,
    "book": fill_book,
    "survey": answer_survey,
}


def run(visitor: BlindVisitor, task: str) -> None:
    lost = ""
    try:
        TASKS[task](visitor)
    except Lost as why:
        lost = str(why)
    heard = " ".join(visitor.heard)
    tell("done", presses=visitor.presses, seconds=visitor.seconds, heard=heard, lost=lost)


def main(database: str, settings: str, task: str, pace: str) -> int:
    def come(window: KioskWindow) -> BlindVisitor:
        visitor = BlindVisitor(window, float(pace))
        window.flow.changed.connect(lambda: visitor.begin(task))
        visitor.begin(task)
        return visitor

    return at_a_kiosk(database, settings, come)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
