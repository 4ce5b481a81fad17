"""The system's own text-to-speech voice, where it has an Indonesian one.

Importing this module raises ImportError where Qt's text-to-speech is missing: import it late.
"""

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtTextToSpeech import QTextToSpeech

_FINISHED = (QTextToSpeech.State.Ready, QTextToSpeech.State.Error)


class SystemVoice(QObject):
    """Says one sentence at a time.

    Args:
        engine: Qt's name of the speech engine; "" takes the system's own.
        language: the language a voice must have to be usable.

    Signals:
        ended: the sentence is over, or could not be said; once for each `say` not stopped.
    """

    ended = Signal()

    def __init__(
        self,
        engine: str = "",
        language: QLocale.Language = QLocale.Language.Indonesian,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech = QTextToSpeech(engine, self)
        self._language = language
        self._saying = False
        self._speech.stateChanged.connect(self._on_state)

    def is_usable(self) -> bool:
        """Whether there is a voice of the language; chooses it."""
        for locale in self._speech.availableLocales():
            if locale.language() is self._language:
                self._speech.setLocale(locale)
                return self._speech.state() is not QTextToSpeech.State.Error
        return False

    def say(self, sentence: str) -> None:
        """Start speaking; returns at once."""
        self._saying = True
        self._speech.say(sentence)

    def stop(self) -> None:
        """Fall silent; no `ended` follows."""
        self._saying = False
        self._speech.stop()

    def _on_state(self, state: QTextToSpeech.State) -> None:
        if self._saying and state in _FINISHED:
            self._saying = False
            self.ended.emit()
