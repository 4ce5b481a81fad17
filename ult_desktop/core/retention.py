"""What the office's retention schedule makes due, and the runs that erase it."""

import msgspec

from ult_desktop.core.retention_schedule import Kind


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows of one field are due, and the oldest of them (UTC ms); `field` is "table.column"."""

    kind: Kind
    field: str
    count: int
    oldest: int | None


class ArchiveDue(msgspec.Struct, frozen=True, kw_only=True):
    """What is due in the archive of a year; `trouble` says why that cannot be told.

    `declared`: rows of what vulnerable visitors declared, which go sooner than all else; `asked`: comings
    whose subjects asked for it.
    """

    year: int
    due: tuple[Due, ...] = ()
    declared: int = 0
    asked: int = 0
    trouble: str = ""

    @property
    def total(self) -> int:
        return sum(each.count for each in self.due) + self.declared + self.asked


class RetentionRun(msgspec.Struct, frozen=True, kw_only=True):
    """One run, portion by portion. Times UTC ms; `counts` by kind; `more` while something is still due.

    `archived`: rows in archives, by their year.
    """

    id: int
    began_at: int
    ended_at: int | None
    officer: str
    counts: dict[str, int]
    files: int
    more: bool
    archived: dict[str, int] = {}

    @property
    def total(self) -> int:
        return sum(self.counts.values()) + sum(self.archived.values())
