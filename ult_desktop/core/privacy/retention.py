"""What the office's retention schedule makes due, and the runs that erase it."""

import msgspec

from ult_desktop.core.office.retention_schedule import RetentionKind


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows of one field are due, and the oldest of them (UTC ms); `field` is "table.column"."""

    kind: RetentionKind
    field: str
    count: int
    oldest: int | None


class RetentionRun(msgspec.Struct, frozen=True, kw_only=True):
    """One run, portion by portion. Times UTC ms; `counts` by kind; `more` while something is still due."""

    id: int
    began_at: int
    ended_at: int | None
    officer: str
    counts: dict[str, int]
    files: int
    more: bool

    @property
    def total(self) -> int:
        return sum(self.counts.values())
