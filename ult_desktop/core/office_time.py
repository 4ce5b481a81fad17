"""The test of whether the share's time can be right, by the log, this PC's clock and other stations.

The functions here look at no clock (docs/store.md, rules 16, 17 and 19).
"""

import enum

import msgspec

from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

NEAR_MS = 60 * MINUTE_MS
"""A difference up to this is not doubted: between stations, at a jump of the share's clock, in the log."""
SAME_DATE_MS = 12 * 60 * MINUTE_MS
"""Clocks up to this far apart are taken to agree on the date: a PC's time zone may be set wrongly."""
LONGEST_SILENCE_MS = 21 * DAY_MS
"""The longest gap in the log without a question: an office closes two weeks for Idul Fitri, with weekends."""


class Doubt(enum.Enum):
    """The reasons to doubt a time."""

    BEHIND = "behind"
    APART = "apart"
    SILENT = "silent"


class TimeWitnesses(msgspec.Struct, frozen=True, kw_only=True):
    """The facts known about the time `now`; UTC ms.

    `log`: the time of the log's last entry, 0 in a new office. `own`: the time of this PC's own clock. `ran`:
    this program has run since that entry, so that it measured the gap by ticks. `refuted`: since this program
    last looked, another station has written entries with another time. `others_agree`: another station works
    by this time.
    """

    now: int
    log: int
    own: int
    ran: bool = False
    refuted: bool = False
    others_agree: bool = False

    @property
    def is_near(self) -> bool:
        """Whether the time is near the log's last entry, so that nothing has to be asked."""
        return not self.log or abs(self.now - self.log) <= NEAR_MS

    @property
    def doubt(self) -> Doubt | None:
        """The contradiction to `now`, if any; a night or two weeks of holidays contradict nothing."""
        if self.is_near:
            return None
        if self.now < self.log:
            return Doubt.BEHIND
        if self.refuted:
            return Doubt.APART
        # Ticks go on while the PC sleeps, and nobody can set them.
        if self.ran or self.others_agree:
            return None
        if self.now - self.log > LONGEST_SILENCE_MS:
            return Doubt.SILENT
        # This PC's clock proves nothing if it is before the log's last entry, or weeks after it.
        is_witness = -NEAR_MS <= self.own - self.log <= LONGEST_SILENCE_MS
        return Doubt.APART if is_witness and abs(self.now - self.own) > SAME_DATE_MS else None

    def may_forget(self, *newest: int) -> bool:
        """Return whether anything may be deleted because it is old by `now`; the one rule for all that is.

        Nothing may while there is a doubt, nor while the log or one of the `newest` stamps (UTC ms; 0 is no
        stamp) lies an hour after `now`, or weeks before.
        """
        stamps = (at for at in (self.log, *newest) if at)
        return self.doubt is None and all(-NEAR_MS <= self.now - at <= LONGEST_SILENCE_MS for at in stamps)


def is_future(at: int, now: int) -> bool:
    """Return whether the stamp `at` lies in the future, so that a wrong clock must have made it."""
    return at - now > NEAR_MS
