"""The state of a station's PC as it reports it, and of a display's media files: nothing about a person."""

from collections.abc import Sequence

import msgspec

from ult_desktop.base import _


class StationHealth(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a station's PC. 0: the station reported none, for example an older program.

    `disk_mb` is what is free on the PC's own disk, `share_ms` how long its last report to the office took,
    `counter` the number of the station's counter. `backs_up`: it has a folder for backups.
    """

    disk_mb: int = 0
    share_ms: int = 0
    counter: int = 0
    backs_up: bool = False


_MAX_NAMED = 5  # files that are named; the others are counted


def unshown_words(names: Sequence[str]) -> str:
    """Return, in words, which files of its media folder a display cannot show; "" when it shows all."""
    if not names:
        return ""
    listed, more = ", ".join(names[:_MAX_NAMED]), len(names) - _MAX_NAMED
    if more > 0:
        return _("Tidak dapat tampil di layar TV: {names}, dan {n} berkas lain.").format(names=listed, n=more)
    return _("Tidak dapat tampil di layar TV: {names}.").format(names=listed)


def unshown_advice() -> str:
    """Return what to do about media files that a display cannot show."""
    return _("Simpan ulang sebagai JPG (paling banyak 100 megapiksel) atau MP4.")
