"""The bell of a kiosk: the chime of the calls, alone, for a visitor who does not look at the screen."""

from typing import TYPE_CHECKING

from ult_desktop.base.late import late
from ult_desktop.devices.voice import call_player, pcm
from ult_desktop.devices.voice.choice import VoiceChoice, VoiceSource, load_voice

if TYPE_CHECKING:
    from ult_desktop.devices.voice import player
else:
    player = late("ult_desktop.devices.voice.player")


class Bell:
    """The bell. It loads the sound with the first ring: most days nobody hears it.

    Without a loudspeaker it is silent.
    """

    def __init__(self) -> None:
        self._player: call_player.Player | None = None
        self._chime: pcm.Sound | None = None

    def ring(self) -> None:
        if self._chime is None:
            self._chime = pcm.sound_of([load_voice(VoiceChoice(source=VoiceSource.CHIME)).chime])
            self._player = player.find_player()
        if self._player is not None:
            self._player.play(self._chime)

    def close(self) -> None:
        if self._player is not None:
            self._player.stop()
