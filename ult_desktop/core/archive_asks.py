"""What is asked when a closed year moves into its archive, and when something in that archive is erased.

Each has a begin and an end, each one event: between them a file takes its place.
"""

from ult_desktop.core.archive import ArchiveChange, ArchiveFacts, Counts
from ult_desktop.core.command import Ask


class BeginArchive(Ask, frozen=True, kw_only=True):
    """The archive's file is whole and proved: from now on its rows may leave the office file."""

    facts: ArchiveFacts


class EndArchive(Ask, frozen=True, kw_only=True):
    """Everything that moved is in the archive alone. `digest` and `counts` are those of the finished file."""

    year: int
    digest: str
    counts: Counts


class BeginArchiveErasure(Ask, frozen=True, kw_only=True):
    """The archive without what was due lies proved beside its place; `files` are scans that lost a row."""

    change: ArchiveChange
    files: tuple[str, ...] = ()
    run_id: int | None = None


class EndArchiveChange(Ask, frozen=True, kw_only=True):
    """The file with that hash has taken its place."""

    year: int
    digest: str
