"""How a station's PC is, as it reports itself: figures of the machine, never anything about a person."""

import msgspec


class StationHealth(msgspec.Struct, frozen=True, kw_only=True):
    """0 is "not told": an older program, or nothing to tell.

    `disk_mb`: free on the PC's own disk; `share_ms`: how long its last report to the office took; `counter`:
    the counter that stands there; `backs_up`: it has a folder for backups.
    """

    disk_mb: int = 0
    share_ms: int = 0
    counter: int = 0
    backs_up: bool = False
