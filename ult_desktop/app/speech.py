"""The process that speaks with the system's voice; the display talks to it through pipes."""

import io
import sys

from PySide6.QtCore import QCoreApplication, QLocale

from ult_desktop.base.own_program import crash_without_box
from ult_desktop.devices.voice.system_voice import SystemVoice, VoiceServer


def run_speech(engine: str, language: str, volume: int) -> int:
    """Speak what the lines on standard input order, until it is closed; return the exit status.

    Args:
        engine: Qt's name of the speech engine; "" takes the system's own.
        language: Qt's name of the language that a voice must have.
        volume: in percent.
    """
    crash_without_box()
    app = QCoreApplication(sys.argv[:1])
    # As UTF-8: Python would read the pipe in the code page of Windows.
    orders = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
    server = VoiceServer(SystemVoice(engine, QLocale.Language[language], volume), orders, sys.stdout)
    server.over.connect(app.quit)
    return app.exec()
