"""The roll-out of a release: its package, and which stations take it when."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from ult_desktop.base import _
from ult_desktop.core.stamps import DAY_MS

FILE_SUFFIX = ".ultupdate"  # of a package's file name
MAX_BYTES = 300_000_000  # of an installer
AWAITED_DAYS = 14  # a station that was not seen for so many days is not waited for
TRIAL_MS = DAY_MS  # the time for which the first PC runs a version before others follow
_VERSION = r"^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\Z"
Version = Annotated[str, Meta(pattern=_VERSION)]


class InstallerKind(StrEnum):
    """The kind of installer in the package, by the ending of its name; each belongs to one system."""

    EXE = "exe"
    MSI = "msi"
    DEB = "deb"

    @property
    def platform(self) -> str:
        """The platform, named like `sys.platform`."""
        return "linux" if self is InstallerKind.DEB else "win32"


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The signed part of a package. `level` is the schema that the program writes; `digest` is BLAKE2b."""

    version: Version
    level: Annotated[int, Meta(ge=1)]
    kind: InstallerKind
    bytes: Annotated[int, Meta(ge=1, le=MAX_BYTES)]
    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]

    @property
    def installer_name(self) -> str:
        """The name of the unpacked installer: no free text, and nothing of the package's own name."""
        return f"ult-desktop-{self.version}.{self.kind}"

    @property
    def package_name(self) -> str:
        """The name of the package's file."""
        return f"ult-desktop-{self.version}-{self.kind.platform}{FILE_SUFFIX}"


def is_version(text: str) -> bool:
    return re.fullmatch(_VERSION, text) is not None


def version_order(version: str) -> tuple[int, ...]:
    """Return a key to sort versions by; a text that is no version (a developer's build) comes first."""
    return tuple(int(part) for part in version.split(".")) if is_version(version) else ()


class UpdateMark(StrEnum):
    """The kind of a note about an update.

    STAGED: a station has the package on its disk. INSTALLED: it runs the version. RELEASED: an admin lets all
    stations install it. EXCUSED: an admin does not wait for a station.
    """

    STAGED = "staged"
    INSTALLED = "installed"
    RELEASED = "released"
    EXCUSED = "excused"


class MarkedUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """A note about an update. `identity` is the station's; "" where it is the whole office's."""

    id: int
    version: str
    identity: str
    mark: UpdateMark
    at: int


class KnownStation(msgspec.Struct, frozen=True, kw_only=True):
    """A station as the office file knows it, with the version that it ran when it was last seen."""

    identity: str
    name: str
    version: str
    seen_at: int


class UpdateTurn(msgspec.Struct, frozen=True, kw_only=True):
    """The turn of a station: whether it may install at its next start, or else what it waits for.

    `first` is the name of the other station that tries the version first, "" if it waits for none. `lacking`
    are the names of the stations that a change of the office file would shut out.
    """

    may: bool
    first: str = ""
    lacking: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The turn in words, as a sentence goes on: "dipasang saat …"."""
        if self.may:
            return _("dipasang saat komputer ini dinyalakan lagi")
        if self.first:
            return _("menunggu {name} menjalankannya sehari").format(name=self.first)
        return _("menunggu paketnya sampai di {names}").format(names=", ".join(self.lacking))


def turn_of(
    identity: str,
    version: str,
    *,
    changes_file: bool,
    marks: Iterable[MarkedUpdate],
    stations: Iterable[KnownStation],
    now: int,
) -> UpdateTurn:
    """Return the turn of a station that has the package of `version` on its disk.

    A program that changes the office file shuts all older ones out: it waits until every station has it. Any
    other is tried by one PC for a day, or until an admin lets the others follow.
    """
    version_marks = [mark for mark in marks if mark.version == version]
    if changes_file:
        shut_out = lacking_stations(version, version_marks, stations, now)
        return UpdateTurn(may=not shut_out, lacking=tuple(station.name for station in shut_out))
    # The station that staged the update before all others.
    staged = sorted((mark.at, mark.identity) for mark in version_marks if mark.mark is UpdateMark.STAGED)
    first = staged[0][1] if staged else ""
    if first in {"", identity} or _is_proved(first, version_marks, now):
        return UpdateTurn(may=True)
    names = {station.identity: station.name for station in stations}
    return UpdateTurn(may=False, first=names.get(first, first))


def version_under_way(marks: Iterable[MarkedUpdate], stations: Iterable[KnownStation]) -> str:
    """Return the newest version with a mark if some station runs an older one; "" when none does."""
    newest = max((mark.version for mark in marks), key=version_order, default="")
    is_under_way = any(version_order(station.version) < version_order(newest) for station in stations)
    return newest if is_under_way else ""


def lacking_stations(
    version: str, marks: Iterable[MarkedUpdate], stations: Iterable[KnownStation], now: int
) -> tuple[KnownStation, ...]:
    """Return the stations that would be shut out: seen lately, with an older program and no package yet."""
    ready = {mark.identity for mark in marks if mark.version == version}
    return tuple(
        station
        for station in stations
        if station.identity not in ready
        and station.seen_at >= now - AWAITED_DAYS * DAY_MS
        and version_order(station.version) < version_order(version)
    )


def _is_proved(first: str, marks: Iterable[MarkedUpdate], now: int) -> bool:
    """Return whether an admin released the version, or the station `first` has run it for a day."""
    return any(
        mark.mark is UpdateMark.RELEASED
        or (mark.mark is UpdateMark.INSTALLED and mark.identity == first and 0 <= mark.at <= now - TRIAL_MS)
        for mark in marks
    )
