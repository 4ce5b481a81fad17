"""What is asked when a closed year moves into its archive: a begin and an end, each one event."""

from ult_desktop.core.archive import ArchiveFacts, Counts
from ult_desktop.core.asks import Ask


class BeginArchive(Ask, frozen=True, kw_only=True):
    """The archive's file is whole and proved: from now on its rows may leave the office file."""

    facts: ArchiveFacts


class EndArchive(Ask, frozen=True, kw_only=True):
    """Everything that moved is in the archive alone. `digest` and `counts` are those of the finished file."""

    year: int
    digest: str
    counts: Counts
