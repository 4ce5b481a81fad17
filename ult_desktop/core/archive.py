"""Closed years (arsip): which one may move, and what its archive is known by."""

import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.core.stamps import to_stamp
from ult_desktop.errors import UserError
from ult_desktop.i18n import _

# So long a station's journal may ask again (docs/store.md, rule 9): its request ids stay in the log.
KEPT_DAYS = 35
# After PPID's decision: 30 working days to object (UU 14/2008 Pasal 35), and what holidays lie between.
LAW_DAYS = 90


class ArchiveState(StrEnum):
    """Its rows are on their way, or it is complete and the office file holds none of them."""

    MOVING = "moving"
    DONE = "done"


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds."""

    visits: int = 0
    tickets: int = 0
    cases: int = 0
    events: int = 0
    rows: int = 0


class FileState(StrEnum):
    """How the file of a finished archive stands to what the office knows of it.

    PENDING: it is what a change that was cut off meant it to be. OLDER: a copy from before a change came
    back. NEWER: the office came back from before a change. FOREIGN: none of that.
    """

    CURRENT = "current"
    PENDING = "pending"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


class ArchiveChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished archive becomes: the hash that it had, the one it gets, what it holds then.

    `erased` is how many rows of each kind of the schedule lost their words, `visits` the comings that were
    emptied because their subject asked.
    """

    year: int
    former: str
    digest: str
    counts: Counts
    erased: dict[str, int] = {}
    visits: tuple[int, ...] = ()


class ArchiveFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What ties an archive's file to the office file.

    `first_hash` is the log's hash before `first_seq`, `last_hash` that at `last_seq`; `digest` a SHA-256 over
    the archive's rows; `bounds` the newest ids of the office when it was made.
    """

    year: int
    token: str
    last_day: str
    first_seq: int
    last_seq: int
    first_hash: str
    last_hash: str
    digest: str
    bounds: dict[str, int]
    counts: Counts


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """A closed year as the office file knows it. Times UTC ms."""

    facts: ArchiveFacts
    state: ArchiveState
    begun_at: int
    ended_at: int | None = None

    @property
    def year(self) -> int:
        return self.facts.year


def last_day_of(year: int) -> str:
    return f"{year:04d}-12-31"


def end_of(year: int, zone: ZoneInfo) -> int:
    """The moment (UTC ms) at which the year is over in the office."""
    return to_stamp(datetime.datetime(year + 1, 1, 1, tzinfo=zone))


def require_over(year: int, today: datetime.date) -> None:
    """Raises UserError for a year that is not over, or so lately that journals may still ask for it."""
    if not 2000 <= year < today.year:
        raise _refused(
            _("Tahun {year} belum selesai.").format(year=year)
            if year >= today.year
            else _("Tahun tidak dikenal."),
            _("Yang diarsipkan adalah tahun yang sudah lewat."),
        )
    ripe = datetime.date(year + 1, 1, 1) + datetime.timedelta(days=KEPT_DAYS)
    if today < ripe:
        raise _refused(
            _("Tahun {year} baru saja selesai.").format(year=year),
            _("Tunggu sampai {day}: selama {days} hari jurnal stasiun masih dapat mengulang.").format(
                day=ripe.isoformat(), days=KEPT_DAYS
            ),
        )


def require_oldest(year: int, oldest: int) -> None:
    """The log is a chain: years leave it in their order. `oldest` is the first year still in it."""
    if year > oldest:
        raise _refused(
            _("Tahun {oldest} belum diarsipkan.").format(oldest=oldest),
            _("Arsipkan dulu: ult-desktop archive {oldest}.").format(oldest=oldest),
        )
    if year < oldest:
        raise _refused(_("Tidak ada catatan dari tahun {year}.").format(year=year), "")


def _refused(what: str, todo: str) -> UserError:
    return UserError(what, _("Tidak ada yang berubah."), todo)
