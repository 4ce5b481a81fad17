"""The announcements of the lobby: which call is shown and spoken, in which order."""

import itertools
from array import array
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base.config import DisplayConfig
from ult_desktop.core.office.template import Words
from ult_desktop.core.queue import boards, spoken as queue_spoken
from ult_desktop.core.queue.spoken import MIN_SHOWN_S
from ult_desktop.core.queue.ticket import paper_series
from ult_desktop.core.stamps import MINUTE_MS, to_datetime, to_stamp
from ult_desktop.db.queue.boards import calls_after
from ult_desktop.db.store.events import last_seq, written_at
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.voice.announcer import Announcer
from ult_desktop.devices.voice.choice import Voice, VoiceChoice, VoiceState, VoiceStatus, load_voice
from ult_desktop.devices.voice.player import open_announcer
from ult_desktop.ui.display.media.media_folder import MediaFolder
from ult_desktop.ui.display.words import CallGroup, distinct_name
from ult_desktop.ui.kit.widgets import Now
from ult_desktop.ui.office_link.tasks import Tasks

USEFUL_MS = 3 * MINUTE_MS
"""The age at which a call is no longer announced: its visitor has come by then, or was called again."""


class CallFeed:
    """The reader of the log of calls. It remembers how far it has read, and returns each call once.

    Calls from before the first reading are not returned: after an hour without the display, their visitors
    are at a counter already.
    """

    def __init__(self) -> None:
        self.seq: int | None = None

    def read(self, tx: Transaction) -> tuple[boards.Call, ...] | None:
        """Return the new calls to announce, None if there are none; () at the first reading.

        After the first reading no call is missed.
        The number of the last event is read before the calls: a call that comes between the two statements is
        then found by the second. If that number is lower than the one reached before, the office was restored
        from a backup, and reading goes on from there. Calls made by mouth while the devices were down are
        left out, and so are those that the log has left behind while the display was away.
        """
        last, read_to = last_seq(tx), self.seq
        if read_to is None or last < read_to:
            self.seq = last
            return ()
        calls = calls_after(tx, read_to)
        self.seq = max(last, calls[-1].seq) if calls else last
        if not calls:
            return None
        # By the log's own times: a display whose clock is fast would be silent.
        now = written_at(tx, self.seq)
        return tuple(call for call in calls if call.spoken and now - call.at <= USEFUL_MS) or None


TRIAL = boards.Call(
    seq=0,
    at=0,
    ticket_id=0,
    label="A000",
    series="A",
    number=0,
    counter=1,
    counter_name="",
    counter_priority=False,
    priority=False,
    service=Words(id="Uji panggilan", en="Test call"),
    attempt=1,
    spoken=True,
)
"""The trial call, with a number that no office gives."""


MOST_TOGETHER = 4  # calls that one overlay shows
LATE_MS = 10_000
"""The age from which a call that reaches the display is shown with the time at which it was made."""
JOIN_MS = 3_000
"""The time after the first of the calls shown together within which others join them."""


class Announcements(QObject):
    """The queue of calls. It hands them to the announcer in their order and reports the current one.

    Calls that come before the voice is loaded wait for it. The announcer decides how long each one lasts: six
    seconds at least, and as long as it is heard. Calls that wait when another begins, or come shortly after,
    are shown together with it; each is spoken for itself.

    Args:
        config: this display's settings.
        now: the office's clock (aware).

    Signals:
        shown: a `CallGroup` to fill the screen with; its first call waits for no other.
        began: the `Call` that is announced from now on; it is on the screen already.
        over: the announcement of the current call has ended.
    """

    shown = Signal(object)
    began = Signal(object)
    over = Signal()

    def __init__(self, config: DisplayConfig, now: Now, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._config, self._now = config, now
        self._announcer: Announcer | None = None
        # The log's own numbers repeat in an office restored from a backup.
        self._numbers = itertools.count()
        # The calls that are announced or wait, and those shown together, by their numbers here.
        self._unfinished: dict[int, boards.Call] = {}
        self._group: dict[int, boards.Call] = {}
        self._late_numbers: set[int] = set()  # of calls that reached this display late
        self._current = -1  # the number of the call that is announced, or was announced last
        self.joining = QTimer(self, singleShot=True, interval=JOIN_MS)
        self._several_priority_counters = False

    @property
    def pending(self) -> int:
        """The number of calls that are announced or wait."""
        return len(self._unfinished)

    def use(self, announcer: Announcer) -> None:
        self._announcer = announcer
        announcer.started.connect(self._on_started)
        announcer.finished.connect(self._on_finished)
        for number in tuple(self._unfinished):
            announcer.announce(number, self._spoken(self._unfinished[number]))

    def set_priority_counters(self, count: int) -> None:
        """Set the number of priority counters: a single one is called by name, several by number."""
        self._several_priority_counters = count > 1

    def add(self, calls: Iterable[boards.Call]) -> None:
        """Announce further calls. On the screen they join the present ones within `JOIN_MS`."""
        added = {next(self._numbers): call for call in calls}
        is_announcing = self._current in self._unfinished
        self._unfinished |= added
        oldest = to_stamp(self._now()) - LATE_MS
        self._late_numbers |= {number for number, call in added.items() if call.at < oldest}
        if self._announcer is not None:
            for number, call in added.items():
                self._announcer.announce(number, self._spoken(call))
        if is_announcing and added:
            if self.joining.isActive():
                room = MOST_TOGETHER - len(self._group)
                self._group |= dict(itertools.islice(added.items(), room))
            self._show()

    def stop(self) -> None:
        self._unfinished.clear()
        self.joining.stop()
        if self._announcer is not None:
            self._announcer.close()

    def _spoken(self, call: boards.Call) -> queue_spoken.SpokenCall:
        return spoken_words(call, self._config, several_priority_counters=self._several_priority_counters)

    def _on_started(self, number: int) -> None:
        self._current = number
        if number not in self._group:
            self._group = dict(itertools.islice(self._unfinished.items(), MOST_TOGETHER))
            self.joining.start()
        self._show()
        self.began.emit(self._unfinished[number])

    def _show(self) -> None:
        place = list(self._group).index(self._current)
        more = len(self._unfinished.keys() - self._group.keys())
        made_at = to_datetime(self._group[self._current].at, self._now().tzinfo)
        late_since = made_at if self._current in self._late_numbers else None
        self.shown.emit(CallGroup(tuple(self._group.values()), place, more, late_since))

    def _on_finished(self, number: int) -> None:
        del self._unfinished[number]
        self._late_numbers.discard(number)
        self.over.emit()


def spoken_words(
    call: boards.Call, config: DisplayConfig, *, several_priority_counters: bool = False
) -> queue_spoken.SpokenCall:
    """Return the spoken words of `call`; a priority counter has no number in speech while it is the only one.

    Several priority counters are distinguished by their numbers, even if they have names of their own.
    """
    by_name = call.counter_priority and not several_priority_counters
    series = paper_series(call.series)
    spoken = queue_spoken.spoken_call(
        series,
        call.number,
        None if by_name else call.counter,
        priority=call.priority,
        style=queue_spoken.SpokenStyle(config.style),
        digits=len(call.label) - len(series),
    )
    name = "" if call.counter_priority else distinct_name(call)
    return spoken.with_counter_name(name) if name else spoken


TIMEOUT_MS = 8_000  # for reading the voice pack


class LobbyVoice(QObject):
    """The loader of the voice.

    An office may keep its voice pack on a share, and a share can hang: then calls are only shown. `hold` is
    the seconds that a call lasts at least.

    Signals:
        ready: the `Announcer` to use; emitted once.
    """

    ready = Signal(object)

    def __init__(
        self,
        choice: VoiceChoice,
        hold: float = MIN_SHOWN_S,
        timeout_ms: int = TIMEOUT_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice, self._hold = choice, hold
        self._timeout = QTimer(self, singleShot=True, interval=timeout_ms)
        self._timeout.timeout.connect(self._open_without_pack)
        self._is_opened = False

    def load(self, files: Tasks[MediaFolder]) -> None:
        """Read the pack's clips on the thread of `files`."""
        self._timeout.start()
        choice = self._choice  # the thread of `files` must not hold this object
        files.run(lambda _folder: load_voice(choice), self._open, lambda _error: self._open_without_pack())

    def stop(self) -> None:
        self._timeout.stop()

    def _open_without_pack(self) -> None:
        status = VoiceStatus(VoiceState.NO_PACK, str(self._choice.pack))
        self._open(Voice(self._choice, array("h"), (), status))

    def _open(self, voice: Voice) -> None:
        self._timeout.stop()
        if not self._is_opened:
            self._is_opened = True
            announcer: Announcer = open_announcer(voice, self._hold, self)
            self.ready.emit(announcer)
