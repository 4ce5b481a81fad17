"""The words of a call on the screen; what is seen must agree with what is heard."""

from dataclasses import dataclass
from datetime import datetime

from ult_desktop.base import _, counted, formats, language
from ult_desktop.core.queue.boards import Call, counter_name, distinct_name as own_counter_name
from ult_desktop.core.queue.ticket import is_twin


@dataclass(frozen=True)
class CallGroup:
    """The calls that are on the screen together.

    Args:
        calls: in the order in which they are spoken.
        place: the index of the call that is spoken now.
        more: the number of calls that wait.
        late_since: the time of the call that is spoken now if this display learned of it late, else None.
    """

    calls: tuple[Call, ...]
    place: int = 0
    more: int = 0
    late_since: datetime | None = None

    @property
    def current(self) -> Call:
        return self.calls[self.place]


def more_words(group: CallGroup) -> str:
    return counted("{n} panggilan berikutnya", group.more) if group.more else ""


def counter_words(call: Call) -> str:
    """Return the name on the counter's sign: its own ("Loket Prioritas"), or "Loket 2"."""
    return counter_name(call.counter, call.counter_name)


def distinct_name(call: Call) -> str:
    """Return the counter's name if it says more than its number ("Loket Data"), else ""."""
    return own_counter_name(call.counter, call.counter_name)


def counter_by_number(call: Call) -> str:
    return _("Loket {number}").format(number=call.counter)


def counter_extra(call: Call) -> str:
    """Return the counter's other name: recorded clips say only a number, or "loket prioritas"."""
    if distinct_name(call):
        return counter_by_number(call)
    return _("Loket prioritas") if call.counter_priority else ""


def second_words(call: Call, *, service: bool = True) -> str:
    """Return the small words below the counter: the counter's other name, and the service.

    If two tickets have this number, the words begin with the origin of this one.
    """
    origin = _("Karcis dari {origin}").format(origin=call.origin) if is_twin(call.series) else ""
    name = call.service.within(language()) if service else ""
    return " · ".join(filter(None, (origin, counter_extra(call), name)))


def call_caption(group: CallGroup) -> str:
    """Return which call of its number the spoken one is, and when it was made if it comes late."""
    attempt, late = group.current.attempt, group.late_since
    repeated = {1: _("Nomor dipanggil"), 2: _("Panggilan kedua"), 3: _("Panggilan ketiga")}
    caption = repeated.get(attempt) or _("Panggilan ke-{n}").format(n=attempt)
    if late is None:
        return caption
    return _("{caption} pukul {time}").format(caption=caption, time=formats.format_time(late))


def spoken_on_screen(group: CallGroup) -> str:
    """Return the spoken call in one line, for a screen reader."""
    call = group.current
    return ", ".join((call_caption(group), call.label, counter_words(call), second_words(call)))
