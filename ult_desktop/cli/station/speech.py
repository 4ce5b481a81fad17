"""`speech`: the system's voice in a process of its own, which the display and `doctor` start."""

from typing import TYPE_CHECKING

import click

from ult_desktop.base.late import late
from ult_desktop.cli.common.help import TranslatedCommand

if TYPE_CHECKING:
    from ult_desktop.app import speech as voice
else:
    voice = late("ult_desktop.app.speech")


@click.command(cls=TranslatedCommand, hidden=True)
@click.option("--engine", default="")
@click.option("--language", default="Indonesian")
@click.option("--volume", default=100)
def speech(engine: str, language: str, volume: int) -> None:
    raise SystemExit(voice.run_speech(engine, language, volume))
