"""The state of the connection to the office file, judged in one place for every window and `doctor`.

A share that hangs gives no error (docs/store.md, rule 10), so a late answer counts as a failure. A station
notes each fact as it learns it; `LinkHealth` holds the facts, and its properties judge them.
"""

import enum

import msgspec

from ult_desktop.base import _
from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.stamps import MINUTE_MS

SHOWN_AFTER = 1.5
"""Seconds without an answer after which a window shows it; it looks four times a second, so within two."""
OUTAGE_AFTER = 3.0
"""Seconds without an answer after which nobody waits any more."""
SLOW_AFTER = 8.0
"""Seconds for which people wait for what they asked of a share that is slow and still answers."""
BEAT_MS = MINUTE_MS // 2
"""The time between two reports that a station makes of itself."""
GONE_MS = 4 * BEAT_MS
"""A station whose last report is so old is not at work."""


class Connection(enum.Enum):
    """The state of the connection, as people see it."""

    ONLINE = "online"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"


def connection_word(connection: Connection) -> str:
    return {
        Connection.ONLINE: _("tersambung"),
        Connection.RECONNECTING: _("menyambung kembali…"),
        Connection.OFFLINE: _("terputus"),
    }[connection]


class Trouble(enum.Enum):
    """The kind of the last failure: the share is GONE, or the file can be read but not written (BARRED)."""

    NONE = "none"
    GONE = "gone"
    BARRED = "barred"


class LinkHealth(msgspec.Struct, frozen=True, kw_only=True):
    """The facts that a station knows of its connection to the office.

    `opened`: the office file was read at least once. `silent_s`: for how many seconds the office has not
    answered, 0 when no answer is awaited. `alone`: this station can go on by itself (a kiosk in its own
    series). `owes`: what it did by itself is not handed in yet.
    """

    opened: bool = False
    trouble: Trouble = Trouble.NONE
    silent_s: float = 0.0
    alone: bool = False
    owes: bool = False

    def after_write(self) -> "LinkHealth":
        """Return the facts after the file was written or opened: no trouble is known any more."""
        return msgspec.structs.replace(self, opened=True, trouble=Trouble.NONE)

    def after_read(self) -> "LinkHealth":
        """Return the facts after the file was read; it stays barred until it can be written."""
        return self if self.trouble is Trouble.BARRED else self.after_write()

    def after_failed_write(self) -> "LinkHealth":
        """Return the facts after the file could not be written, for the share does not answer."""
        return msgspec.structs.replace(self, trouble=Trouble.GONE)

    def after_failed_read(self) -> "LinkHealth":
        """Return the facts after the file could not be read; it stays barred until it can be written."""
        return self if self.trouble is Trouble.BARRED else self.after_failed_write()

    def after_refused_write(self) -> "LinkHealth":
        """Return the facts after the file was found barred: it must not be written."""
        return msgspec.structs.replace(self, trouble=Trouble.BARRED)

    def with_silence(self, silent_s: float) -> "LinkHealth":
        """Return the facts with the seconds without an answer; 0 when no answer is awaited."""
        return msgspec.structs.replace(self, silent_s=silent_s)

    def with_own_work(self, *, alone: bool, owes: bool) -> "LinkHealth":
        """Return the facts with whether this station can go on alone, and has work of its own to hand in."""
        return msgspec.structs.replace(self, alone=alone, owes=owes)

    @property
    def share(self) -> Connection:
        """The state of the shared file itself."""
        # A station that has never read its office has no board that it could show meanwhile.
        was_never_reached = not self.opened and self.trouble is Trouble.GONE
        if was_never_reached or self.trouble is Trouble.BARRED or self.silent_s >= OUTAGE_AFTER:
            return Connection.OFFLINE
        if not self.opened or self.trouble is Trouble.GONE or self.silent_s >= SHOWN_AFTER:
            return Connection.RECONNECTING
        return Connection.ONLINE

    @property
    def is_cut(self) -> bool:
        """Whether asking the file is known to fail, so that nobody has to wait three seconds for that."""
        return self.share is Connection.OFFLINE or self.trouble is not Trouble.NONE

    @property
    def connection(self) -> Connection:
        """The state that this station's window shows."""
        # A kiosk that gives numbers by itself is not out of order.
        if self.is_cut and self.alone:
            return Connection.RECONNECTING
        # The others do not know yet what it did alone.
        if self.share is Connection.ONLINE and self.owes:
            return Connection.RECONNECTING
        return self.share


def connection_of(seen_ms_ago: int) -> Connection:
    """Return a station's state as the other stations see it, by the age of its last report in ms.

    A negative age beyond `NEAR_MS` is a report from the future, by a wrong clock: it counts as none.
    """
    if seen_ms_ago >= GONE_MS or seen_ms_ago < -NEAR_MS:
        return Connection.OFFLINE
    # One late report is usual.
    return Connection.RECONNECTING if seen_ms_ago >= 2 * BEAT_MS else Connection.ONLINE
