"""The renderer that joins chime and clips into one sound.

A player that plays clips one after the other would leave gaps between them.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ult_desktop.core.queue.spoken import SpokenCall
from ult_desktop.devices.voice import pack as voice_pack, pcm

_CACHED = 16  # calls whose sound is kept


@dataclass(frozen=True, slots=True)
class Pauses:
    """The silences in seconds.

    Args:
        lead: before everything; a television swallows the first moment of a sound.
        chime: between the chime and the voice.
        word: between two words of a phrase.
        phrase: where the sentence has a comma.
        repeat: before the sentence is said again.
    """

    lead: float = 0.25
    chime: float = 0.3
    word: float = 0.05
    phrase: float = 0.28
    repeat: float = 0.9


_NATURAL = Pauses()


class Renderer:
    """The renderer of calls. It keeps the last ones: a recall costs nothing.

    Args:
        chime: its samples; empty for no chime.
        packs: the voices: the first that has every clip of a call says it; without one the chime is alone.
        times: how often the sentence is said.
        pauses: the silences between the parts.
    """

    def __init__(
        self,
        chime: pcm.Samples,
        packs: Sequence[voice_pack.VoicePack] = (),
        times: int = 2,
        pauses: Pauses = _NATURAL,
    ) -> None:
        self._chime = chime
        self._packs = packs
        self.times = times
        self._pauses = pauses
        self._cache: OrderedDict[tuple[SpokenCall, bool], pcm.Sound] = OrderedDict()

    def sound(self, spoken: SpokenCall, *, once: bool = False) -> pcm.Sound:
        """Return chime and voice; the chime alone when every pack lacks a clip of this call.

        `once` leaves the repetition out.
        """
        key = (spoken, once)
        sound = self._cache.pop(key, None)
        if sound is None:
            pack = next((pack for pack in self._packs if pack.can_say(spoken)), None)
            times = 1 if once else self.times
            sound = self.chime() if pack is None else pcm.sound_of(self._parts(spoken, pack, times))
        self._cache[key] = sound  # the last used is the last to go
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return sound

    def chime(self) -> pcm.Sound:
        """Return the chime alone."""
        return pcm.sound_of(self._opening())

    def _opening(self) -> Iterator[pcm.Samples]:
        yield pcm.silence(self._pauses.lead)
        yield self._chime

    def _parts(self, spoken: SpokenCall, pack: voice_pack.VoicePack, times: int) -> Iterator[pcm.Samples]:
        yield from self._opening()
        sentence = self._sentence(spoken, pack)
        for nth in range(times):
            yield pcm.silence(self._pauses.repeat if nth else self._pauses.chime)
            yield from sentence

    def _sentence(self, spoken: SpokenCall, pack: voice_pack.VoicePack) -> list[pcm.Samples]:
        parts: list[pcm.Samples] = []
        for phrase in spoken.phrases:
            for nth, clip in enumerate(phrase):
                parts.append(pcm.silence(self._pauses.word if nth else self._pauses.phrase))
                parts.append(pack.clips[clip])
        # A sentence whose last word does not fall sounds unfinished.
        parts[-1] = pack.last_word(spoken.clips[-1])
        return parts[1:]  # `_parts` has the silence before the sentence
