"""The commands about updates."""

from ult_desktop.core.command import Command
from ult_desktop.core.updates.rollout import MarkedUpdate, Version


class ReleaseUpdate(Command[MarkedUpdate], frozen=True, kw_only=True):
    """An admin lets all PCs follow before the first has run the version for a day."""

    version: Version


class ExcuseStation(Command[MarkedUpdate], frozen=True, kw_only=True):
    """An admin goes on without a station (by its name) that has not got the package."""

    version: Version
    name: str
