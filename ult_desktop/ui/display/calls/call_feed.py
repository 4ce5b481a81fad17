"""Which calls of the log are still to be announced: each one once, in the log's order."""

from collections.abc import Iterable

from ult_desktop.core.queue.boards import Call


class CallFeed:
    """Remembers how far the log was read; knows neither the file nor the screen.

    Readings come back in the order in which they were asked, but several may be under way at once, so
    the same call may be handed over several times; it is given out once. Everything before the first
    reading is old: a display that was switched off for an hour does not shout at people who are long
    being served.
    """

    def __init__(self) -> None:
        self._seq: int | None = None

    @property
    def seq(self) -> int | None:
        """Ask for the calls after this one; None until the first reading: ask for none then."""
        return self._seq

    def take(self, after: int | None, calls: Iterable[Call], last_seq: int) -> tuple[Call, ...]:
        """The calls to announce now, out of a reading.

        Args:
            after: the `seq` that was asked with.
            calls: the calls after it.
            last_seq: where the log ended in that same snapshot. A log that ends before what was seen
                already is another file (an office restored from a backup): it is followed from there.

        Calls made by mouth while the devices were down are passed over.
        """
        if self._seq is None or last_seq < self._seq:
            self._seq = last_seq
            return ()
        if after is None or after > self._seq:
            return ()
        fresh = sorted((call for call in calls if call.seq > (self._seq or 0)), key=lambda call: call.seq)
        self._seq = last_seq
        return tuple(call for call in fresh if call.spoken)
