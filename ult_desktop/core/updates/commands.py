"""The commands about updates."""

from ult_desktop.core.command import Command
from ult_desktop.core.updates.rollout import MarkedUpdate, Version


class ReleaseUpdate(Command[MarkedUpdate], frozen=True, kw_only=True):
    """Let all PCs install a version before the first one has run it for a day."""

    version: Version


class ExcuseStation(Command[MarkedUpdate], frozen=True, kw_only=True):
    """Go on with an update without waiting for a station (by its name) that has not got the package."""

    version: Version
    name: str
