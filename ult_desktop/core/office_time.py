"""Whether a time can be believed: what the log and the backups say of it.

No clock is asked here (docs/store.md, rules 16 and 17).
"""

from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

NEAR_MS = 60 * MINUTE_MS
"""So far stations may be apart, and a share may jump, without a question."""
LONGEST_SILENCE_MS = 21 * DAY_MS
"""An office closes two weeks for Idul Fitri, and for the weekends around it; a person explains more."""


def may_forget(now: int, *newest: int) -> bool:
    """Whether what is old at `now` may be deleted: none of the `newest` stamps contradicts it.

    UTC ms; 0 is none.
    """
    return all(-NEAR_MS <= now - at <= LONGEST_SILENCE_MS for at in newest if at)


def is_future(at: int, now: int) -> bool:
    """A stamp that no right clock can have made: it counts as never."""
    return at - now > NEAR_MS
