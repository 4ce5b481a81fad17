"""Guessing passwords gets slower: how long the next try waits after wrong ones."""

import hashlib

from ult_desktop.core.stamps import MINUTE_MS

FREE_TRIES = 3
DELAYS_MS = (5_000, 15_000, MINUTE_MS, 5 * MINUTE_MS)  # after the third, fourth … wrong one; the last stays
STRANGER_SLOTS = 256


def delay_ms(wrong: int) -> int:
    """How long after the last of `wrong` tries the next one may be made."""
    return 0 if wrong < FREE_TRIES else DELAYS_MS[min(wrong - FREE_TRIES, len(DELAYS_MS) - 1)]


def wait_ms(wrong: int, last_at: int, now: int) -> int:
    """What is left of the delay at `now` (UTC ms); a clock that was put back locks nobody out for ever."""
    return max(0, delay_ms(wrong) - (now - last_at)) if now >= last_at else 0


def slot_of(login: str, officer_id: int | None) -> int:
    """Under which number tries are counted: an officer's own, or one of a few that strangers share.

    A name that nobody has is counted and told like any other, so that a lock-out betrays no name; and
    what was typed is kept nowhere, for it may be a password in the wrong field.
    """
    if officer_id is not None:
        return officer_id
    digest = hashlib.sha256(login.encode()).digest()
    return -1 - int.from_bytes(digest[:4], "big") % STRANGER_SLOTS
