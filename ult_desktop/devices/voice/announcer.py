"""The announcer of calls, one after the other, in the order of the events, each exactly once."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.core.queue.spoken import MIN_SHOWN_S, SpokenCall
from ult_desktop.devices.voice.call_player import CallPlayer
from ult_desktop.devices.voice.choice import VoiceStatus

CROWD: Final = 5
"""While more calls than this wait, each is said only once: the tenth must not wait for two minutes."""
_REMEMBERED: Final = 1000


@dataclass(frozen=True, slots=True)
class _Call:
    """A call that waits to be announced."""

    id: object
    spoken: SpokenCall


class Announcer(QObject):
    """The queue of calls; the next one begins when the one before was heard and shown.

    Args:
        player: makes a call heard.
        shown_s: seconds that a call lasts at least, heard or not: its number fills the screen for that long.

    Signals:
        started: the id of the call that is announced from now on.
        finished: the same id, when the sound and the least time are over.
        status_changed: the new VoiceStatus, whenever it changes.
    """

    started = Signal(object)
    finished = Signal(object)
    status_changed = Signal(object)

    def __init__(
        self, player: CallPlayer, shown_s: float = MIN_SHOWN_S, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        player.setParent(self)
        self._player = player
        self._seen: dict[object, None] = {}
        self._waiting: deque[_Call] = deque()
        self._current: _Call | None = None
        self._is_sounding = False
        self._least_time = QTimer(self)
        self._least_time.setSingleShot(True)
        self._least_time.setInterval(round(1000 * shown_s))
        self._least_time.timeout.connect(self._finish_when_over)
        player.over.connect(self._on_sound_over)
        player.status_changed.connect(self.status_changed)

    @property
    def status(self) -> VoiceStatus:
        """The present state of the voice, for the officer."""
        return self._player.status

    def announce(self, call_id: object, spoken: SpokenCall) -> None:
        """Put a call behind those that wait; an id that was given before is ignored.

        Args:
            call_id: names the call event; a recall is an event of its own.
            spoken: what is said.
        """
        # A call may come twice: once read ahead by the watcher, once with the board.
        if call_id in self._seen:
            return
        self._seen[call_id] = None
        # A display runs for months: only the latest ids are kept.
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]
        self._waiting.append(_Call(call_id, spoken))
        self._begin_when_free()

    def close(self) -> None:
        """Fall silent at once and forget what waits; nothing is emitted afterwards."""
        self._waiting.clear()
        self._least_time.stop()
        self._current = None
        self._player.close()

    def _begin_when_free(self) -> None:
        if self._current is not None or not self._waiting:
            return
        self._current = call = self._waiting.popleft()
        self._is_sounding = True
        self._least_time.start()
        self.started.emit(call.id)
        self._player.say(call.spoken, once=len(self._waiting) > CROWD)

    def _on_sound_over(self) -> None:
        self._is_sounding = False
        self._finish_when_over()

    def _finish_when_over(self) -> None:
        if self._current is None or self._is_sounding or self._least_time.isActive():
            return
        finished_call, self._current = self._current, None
        self.finished.emit(finished_call.id)
        self._begin_when_free()
