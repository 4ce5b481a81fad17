"""The test of whether a time can be believed: log, share, this PC and other stations are witnesses.

No clock is asked here (docs/store.md, rules 16, 17 and 19).
"""

import enum

import msgspec

from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

NEAR_MS = 60 * MINUTE_MS
"""Up to this difference nothing is doubted: between stations, at a jump of the share's clock, in the log."""
SAME_DATE_MS = 12 * 60 * MINUTE_MS
"""Two clocks that are no further apart mean the same date: the time zone of a PC may be set wrongly."""
LONGEST_SILENCE_MS = 21 * DAY_MS
"""An office closes two weeks for Idul Fitri, and for the weekends around it; more is asked about."""


class Doubt(enum.Enum):
    """The reasons to doubt a time."""

    BEHIND = "behind"
    APART = "apart"
    SILENT = "silent"


class TimeWitnesses(msgspec.Struct, frozen=True, kw_only=True):
    """The facts known about the time `now`; UTC ms.

    `log`: the last entry of the log, 0 in a new office. `own`: this PC's own clock. `ran`: this program was
    running through the silence, so that ticks measured it. `refuted`: the log has agreed with another time
    since. `others_agree`: a station is at work by the same time.
    """

    now: int
    log: int
    own: int
    ran: bool = False
    refuted: bool = False
    others_agree: bool = False

    @property
    def is_near(self) -> bool:
        """No question arises: the log's last entry is of this hour."""
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
        # Ticks count sleep too, and nobody can set them.
        if self.ran or self.others_agree:
            return None
        if self.now - self.log > LONGEST_SILENCE_MS:
            return Doubt.SILENT
        # A PC whose clock is before the log's last entry, or weeks after it, is itself in doubt.
        is_witness = -NEAR_MS <= self.own - self.log <= LONGEST_SILENCE_MS
        return Doubt.APART if is_witness and abs(self.now - self.own) > SAME_DATE_MS else None


def may_forget(now: int, *newest: int) -> bool:
    """Return whether old data may be deleted at `now`: none of the `newest` stamps contradicts it.

    UTC ms; 0 is none.
    """
    return all(-NEAR_MS <= now - at <= LONGEST_SILENCE_MS for at in newest if at)


def is_future(at: int, now: int) -> bool:
    """Return whether no right clock can have made the stamp `at`: it counts as never."""
    return at - now > NEAR_MS
