"""The state of a station's PC, as it reports itself: figures of the machine, never of a person."""

import msgspec


class StationHealth(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a station's PC. 0: the station reported none, for example an older program.

    `disk_mb`: free on the PC's own disk; `share_ms`: how long its last report to the office took; `counter`:
    the number of the station's counter; `backs_up`: it has a folder for backups.
    """

    disk_mb: int = 0
    share_ms: int = 0
    counter: int = 0
    backs_up: bool = False
