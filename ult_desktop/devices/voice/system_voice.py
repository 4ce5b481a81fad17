"""The system's Indonesian voice, in a process of its own; the other end is `speech.SpeechEngine`.

Both speak in lines: "say 7 Nomor antrean …" and "stop" one way, "ready", "none" and "ended 7" the other. When
nobody is left to listen, the process ends.
"""

import threading
from typing import TextIO

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtTextToSpeech import QTextToSpeech

from ult_desktop.devices.voice.choice import SpeechLine

_FINISHED = (QTextToSpeech.State.Ready, QTextToSpeech.State.Error)


class SystemVoice(QObject):
    """The voice, which says one sentence at a time.

    Args:
        engine: Qt's name of the speech engine; "" takes the system's own.
        language: the language a voice must have to be usable.
        volume: in percent.

    Signals:
        ended: the sentence is over, or could not be said; once for each `say` that no `say` or `stop`
            cut off.
    """

    ended = Signal()

    def __init__(
        self, engine: str = "", language: QLocale.Language = QLocale.Language.Indonesian, volume: int = 100
    ) -> None:
        super().__init__()
        self._speech = QTextToSpeech(engine, self)
        self._speech.setVolume(volume / 100)
        self._language = language
        self._is_speaking = False
        self._waiting_sentence = ""  # until the engine reports that the one before is silent
        self._speech.stateChanged.connect(self._on_state)

    def is_usable(self) -> bool:
        """Choose a voice of the language; return whether there is one."""
        for locale in self._speech.availableLocales():
            if locale.language() is self._language:
                self._speech.setLocale(locale)
                return self._speech.state() is not QTextToSpeech.State.Error
        return False

    def say(self, sentence: str) -> None:
        """Start speaking as soon as the sentence before is silent; return at once."""
        if self._speech.state() not in _FINISHED:
            self.stop()
        # Speech Dispatcher reports later that a sentence was cut off. If the next one had begun, that would
        # pass for its end.
        if self._speech.state() in _FINISHED:
            self._begin(sentence)
        else:
            self._waiting_sentence = sentence

    def _begin(self, sentence: str) -> None:
        self._is_speaking = True
        self._speech.say(sentence)

    def stop(self) -> None:
        """Fall silent; no `ended` follows."""
        self._is_speaking = False
        self._waiting_sentence = ""
        self._speech.stop()

    def _on_state(self, state: QTextToSpeech.State) -> None:
        if state not in _FINISHED:
            return
        if self._waiting_sentence:
            sentence, self._waiting_sentence = self._waiting_sentence, ""
            self._begin(sentence)
        elif self._is_speaking:
            self._is_speaking = False
            self.ended.emit()


class VoiceServer(QObject):
    """The server, which carries out with `voice` the lines that it reads from `orders`.

    Signals:
        over: nobody listens any more.
    """

    over = Signal()
    _ordered = Signal(str)

    def __init__(self, voice: SystemVoice, orders: TextIO, answers: TextIO) -> None:
        super().__init__()
        voice.setParent(self)
        self._voice, self._orders, self._answers = voice, orders, answers
        self._number = ""
        voice.ended.connect(lambda: self._answer(f"{SpeechLine.ENDED} {self._number}"))
        # The lines are read on a thread of their own, and QTextToSpeech belongs to the thread that made it:
        # https://doc.qt.io/qt-6/threads-qobject.html
        self._ordered.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        self._answer(SpeechLine.READY if voice.is_usable() else SpeechLine.NONE)
        # A thread that reads, because Windows has no notifier for a pipe: QSocketNotifier takes sockets alone
        # there (https://doc.qt.io/qt-6/qsocketnotifier.html).
        threading.Thread(target=self._listen, daemon=True, name="voice-orders").start()

    def _answer(self, line: str) -> None:
        self._answers.write(f"{line}\n")
        self._answers.flush()

    def _listen(self) -> None:
        for line in self._orders:
            self._ordered.emit(line.rstrip("\n"))
        self._ordered.emit("")

    def _obey(self, line: str) -> None:
        order, _space, rest = line.partition(" ")
        if order == SpeechLine.SAY:
            self._number, _space, sentence = rest.partition(" ")
            self._voice.say(sentence)
        elif order == SpeechLine.STOP:
            self._voice.stop()
        else:
            self.over.emit()
