"""The sound of one call: chime and voice as steps, each under a watchdog."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from ult_desktop.core.queue.spoken import SpokenCall
from ult_desktop.devices.voice import choice, pcm, render

_READY: Final = choice.VoiceStatus()


class Player(Protocol):
    """A player of one sound, which reports its end; `player.MediaPlayer` is the real one."""

    @property
    def ended(self) -> SignalInstance: ...
    @property
    def outputs_changed(self) -> SignalInstance: ...
    def has_output(self) -> bool: ...
    def play(self, sound: pcm.Sound) -> None: ...
    def stop(self) -> None: ...


class Speaker(Protocol):
    """A speaker of one sentence, which reports its end; `speech.SpeechEngine` is the real one."""

    @property
    def ended(self) -> SignalInstance: ...
    @property
    def lost(self) -> SignalInstance: ...
    @property
    def is_ready(self) -> bool: ...
    def say(self, sentence: str) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AudioOutputs:
    """The outputs for sound; None if the system has none."""

    player: Player | None = None
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The times after which a sound is given up, in seconds.

    Args:
        margin: for how long after its length a sound may still go on.
        letter: for each letter of a sentence of the system voice, whose length nothing else tells.
    """

    margin: float = 3.0
    letter: float = 0.12


_USUAL: Final = Timeouts()


@dataclass(frozen=True, slots=True)
class _Step:
    """A sound of a call and the seconds it lasts. `is_by_speaker`: the system voice says it."""

    begin: Callable[[], None]
    cancel: Callable[[], None]
    seconds: float
    is_by_speaker: bool = False


class CallPlayer(QObject):
    """The player of calls, one at a time.

    Args:
        renderer: joins chime and clips.
        outputs: loudspeaker and system voice.
        prepared: the outcome of loading the files; READY if there was no trouble.
        timeouts: when a sound is given up.

    Signals:
        over: the call was heard, or could not be; once for each `say` that `close` did not end.
        status_changed: the new VoiceStatus, whenever it changes.
    """

    over = Signal()
    status_changed = Signal(object)

    def __init__(
        self,
        renderer: render.Renderer,
        outputs: AudioOutputs,
        prepared: choice.VoiceStatus = _READY,
        timeouts: Timeouts = _USUAL,
    ) -> None:
        super().__init__()
        self._renderer = renderer
        self._player = outputs.player
        self._speaker = outputs.speaker
        self._load_status = prepared
        self._timeouts = timeouts
        self._is_stuck = False
        self._steps: deque[_Step] = deque()
        self._step: _Step | None = None
        # While the system voice says a call: makes the step by which the pack says the same call.
        self._make_pack_step: Callable[[], _Step] | None = None
        self._watchdog = QTimer(self)
        self._watchdog.setSingleShot(True)
        self._watchdog.timeout.connect(self._give_up)
        if self._player is not None:
            self._player.ended.connect(self._on_ended)
            self._player.outputs_changed.connect(self._report_status)
        if self._speaker is not None:
            self._speaker.ended.connect(self._on_ended)
            self._speaker.lost.connect(self._lose_speaker)
        self._reported = self.status

    @property
    def status(self) -> choice.VoiceStatus:
        """The present state of the voice, for the officer."""
        if self._player is None:
            return choice.VoiceStatus(choice.VoiceState.NO_MULTIMEDIA)
        if not self._player.has_output():
            return choice.VoiceStatus(choice.VoiceState.SILENT)
        return choice.VoiceStatus(choice.VoiceState.STUCK) if self._is_stuck else self._load_status

    def say(self, spoken: SpokenCall, *, once: bool = False) -> None:
        """Make the call heard; return at once. `once` leaves the repetition out."""
        self._steps.extend(self._steps_of(spoken, once=once))
        self._begin_next()

    def close(self) -> None:
        """Fall silent at once and for good; no `over` follows."""
        self._steps.clear()
        self._watchdog.stop()
        self._cancel()
        if self._speaker is not None:
            self._speaker.close()

    def _steps_of(self, spoken: SpokenCall, *, once: bool) -> list[_Step]:
        if self._player is None or not self._player.has_output():
            return []
        player = self._player

        def make_pack_step() -> _Step:
            return self._sound_step(player, self._renderer.sound(spoken, once=once))

        self._make_pack_step = None
        if self._speaker is None or not self._speaker.is_ready:
            return [make_pack_step()]
        self._make_pack_step = make_pack_step
        text = " ".join([spoken.sentence] * (1 if once else self._renderer.times))
        seconds = len(text) * self._timeouts.letter
        say = partial(self._speaker.say, text)
        return [
            self._sound_step(player, self._renderer.chime()),
            _Step(say, self._speaker.stop, seconds, is_by_speaker=True),
        ]

    def _sound_step(self, player: Player, sound: pcm.Sound) -> _Step:
        return _Step(partial(player.play, sound), player.stop, sound.seconds)

    def _begin_next(self) -> None:
        self._watchdog.stop()
        self._step = self._steps.popleft() if self._steps else None
        if self._step is None:
            self._make_pack_step = None
            self.over.emit()
        else:
            # A sound device that is pulled out in the middle may report no end, and all later calls would
            # wait for it.
            self._watchdog.start(round(1000 * (self._step.seconds + self._timeouts.margin)))
            self._step.begin()

    def _on_ended(self) -> None:
        if self._step is not None:
            # A sound that came to its end proves that the device works again.
            self._is_stuck = False
            self._report_status()
            self._begin_next()

    def _give_up(self) -> None:
        if self._speaker is not None and self._step is not None and self._step.is_by_speaker:
            self._speaker.close()
            self._lose_speaker()
            return
        self._cancel()
        self._is_stuck = True
        self._report_status()
        self._begin_next()

    def _lose_speaker(self) -> None:
        """Use the pack from here on, for this call too: an engine that hangs or ends once does so again."""
        self._speaker = None
        self._load_status = choice.VoiceStatus(choice.VoiceState.NO_SYSTEM_VOICE)
        self._report_status()
        if self._make_pack_step is not None:
            self._cancel()
            self._steps = deque([self._make_pack_step()])
            self._make_pack_step = None
            self._begin_next()

    def _cancel(self) -> None:
        step, self._step = self._step, None
        if step is not None:
            step.cancel()

    def _report_status(self) -> None:
        if self.status != self._reported:
            self._reported = self.status
            self.status_changed.emit(self._reported)
