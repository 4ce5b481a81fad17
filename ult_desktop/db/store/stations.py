"""Stations: each PC keeps one row about itself (docs/store.md, rule 14), under its own identity."""

import shutil
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.core import connection, stamps
from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.offline import RELIABLE_DAYS, letter_for
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.core.queue.ticket import paper_series
from ult_desktop.core.station_health import StationHealth
from ult_desktop.db.store.journal import Journal
from ult_desktop.db.store.transaction import Rows, Transaction

AT_WORK_MS = connection.GONE_MS


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a station about itself.

    `boot` is another one at each start. `seen_at` (UTC ms) is set when the row is written. `clock_offset_ms`
    is how far the share's clock is ahead of the PC's. `identity` is that of the journal on the station's PC
    (`Journal.identity`): stations of one name are told apart by it. `letter` is the letter that a kiosk asks
    for; in a row that was read, the letter that it has; "" for other stations. `left_lists` are the lists in
    the watched folder that were not imported, `unshown_media` the files that a display cannot show; one a
    line.
    """

    name: str
    mode: str
    version: str
    boot: str
    seen_at: int = 0
    printer: str = ""
    voice: str = ""
    clock_offset_ms: int = 0
    letter: str = ""
    identity: str = ""
    health: StationHealth = StationHealth()
    left_lists: str = ""
    unshown_media: str = ""


_PRESENCE = Rows(Presence, "station", "health AS health_json")
_STATUS = Rows(StationStatus, "station", "health AS health_json")


def report(tx: Transaction, presence: Presence) -> None:
    """Write the station's row. A kiosk gets a letter that no other kiosk has."""
    # A row from before there were identities has the station's name as its identity: it becomes this one's.
    tx.run(
        "UPDATE station SET identity = ? WHERE identity = ? AND NOT EXISTS"
        " (SELECT 1 FROM station WHERE identity = ?)",
        *(presence.identity, presence.name, presence.identity),
    )
    others = tx.column(
        # Letters of silent kiosks too: they may give numbers alone as long as what they last read counts.
        "SELECT letter FROM station WHERE identity <> ? AND letter <> '' AND seen_at > ?"
        # Visitors may hold papers of a PC that was replaced on that day.
        " AND (replaced_at = 0 OR replaced_at > ?)",
        presence.identity,
        presence.seen_at - RELIABLE_DAYS * stamps.DAY_MS,
        presence.seen_at - stamps.DAY_MS,
    )
    own = letter_of(tx, presence.identity)
    on_papers = _letters_on_papers(tx, presence.seen_at) if presence.letter and not own else ()
    letter = letter_for(presence.letter, own, others, on_papers)
    tx.put("station", "identity", msgspec.structs.replace(presence, letter=letter))


def _letters_on_papers(tx: Transaction, now: int) -> set[str]:
    """Return the letters that numbers of today and yesterday may have from a kiosk ("AK": K)."""
    utc = ZoneInfo("UTC")  # in which the office's today may be tomorrow
    days = [stamps.office_day(now + shift * stamps.DAY_MS, utc) for shift in (-1, 0, 1)]
    series = map(paper_series, tx.column("SELECT DISTINCT series FROM ticket WHERE day IN (?, ?, ?)", *days))
    return {each[-1] for each in series if len(each) > 1}


def letter_of(tx: Transaction, identity: str) -> str:
    """Return a kiosk's letter; "" for one that was replaced: it gives no numbers alone any more."""
    return str(tx.value("SELECT letter FROM station WHERE identity = ? AND replaced_at = 0", identity) or "")


def of_identity(tx: Transaction, identity: str) -> StationStatus | None:
    return _STATUS.maybe(tx, "WHERE identity = ?", identity)


def replace(tx: Transaction, identity: str, at: int) -> None:
    """Note that another PC replaces this station from now on."""
    tx.update("station", {"identity": identity}, replaced_at=at)


_AT_WORK = "seen_at BETWEEN ? AND ?"


def _bounds_of_at_work(now: int) -> tuple[int, int]:
    """Return the first and last stamp (UTC ms) at which a station at work was seen.

    Stamps that a wrong clock wrote into the future do not count.
    """
    return now - AT_WORK_MS + 1, now + NEAR_MS


def all_seen(tx: Transaction) -> tuple[StationStatus, ...]:
    """List the stations that ever reported themselves."""
    return _STATUS.all(tx, "ORDER BY name, identity")


def waiting_for_replacement(tx: Transaction) -> tuple[StationStatus, ...]:
    """List the stations that were replaced, and whose name no other PC has taken over yet."""
    return _STATUS.all(
        tx,
        "WHERE replaced_at > 0 AND name NOT IN (SELECT name FROM station WHERE replaced_at = 0)"
        " ORDER BY name, identity",
    )


def at_work(tx: Transaction, now: int) -> tuple[StationStatus, ...]:
    """List the stations that reported themselves lately; `now` UTC ms."""
    return _STATUS.all(tx, f"WHERE {_AT_WORK} ORDER BY name, identity", *_bounds_of_at_work(now))


def names_at_work(tx: Transaction, now: int) -> list[str]:
    """List the names of the stations at work, also in a file of an older program."""
    return tx.column(f"SELECT name FROM station WHERE {_AT_WORK} ORDER BY name", *_bounds_of_at_work(now))


def last_at_work(tx: Transaction) -> list[str]:
    """List the stations that were seen at work when any station was seen last."""
    last = tx.number("SELECT max(seen_at) FROM station")
    return sorted(set(tx.column("SELECT name FROM station WHERE seen_at > ?", last - AT_WORK_MS)))


def find(tx: Transaction, name: str, boot: str) -> Presence | None:
    """Return the station of that name in that run; else the last run of the name that was seen."""
    rest = "WHERE name = ? ORDER BY boot = ? DESC, seen_at DESC, identity LIMIT 1"
    return _PRESENCE.maybe(tx, rest, name, boot)


def read_news(tx: Transaction) -> list[tuple[object, ...]]:
    """List what changes when something happens in an office: the end of the log, and the stations' reports.

    The times and measurements in the reports are left out, for each report has other ones.
    """
    return tx.rows(
        f"SELECT (SELECT chain FROM event WHERE seq = log.last), {', '.join(_REPORTED)}"
        " FROM (SELECT max(seq) AS last FROM event) log LEFT JOIN station ON 1 = 1 ORDER BY identity"
    )


_MEASURED = {"seen_at", "clock_offset_ms", "health"}
_REPORTED = [name for name in Presence.__struct_fields__ if name not in _MEASURED]


class OwnRow:
    """The row of this station.

    `boot` is the `Presence.boot` of the last report that was committed; "" before the first.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.identity = journal.identity()
        self.boot = ""
        self.is_replaced = False

    def report(self, tx: Transaction, presence: Presence) -> None:
        """Write the row; the caller sets `boot` once that is committed.

        If another PC wrote under this identity meanwhile (a copy of this disk), this station takes a new
        identity. A station that was replaced writes nothing, and `is_replaced` is True.
        """
        self.is_replaced = bool(self.replaced_at(tx))
        if self.is_replaced:
            return
        row = _PRESENCE.maybe(tx, "WHERE identity = ?", self.identity) if self.boot else None
        if row is not None and row.boot != self.boot:
            self.identity = self._journal.renew_identity()
        report(tx, msgspec.structs.replace(presence, identity=self.identity))

    @property
    def free_mb(self) -> int:
        """The free space (MB) on this PC's own disk, where its journal lies."""
        return shutil.disk_usage(self._journal.path.parent).free // 1_000_000

    def replaced_at(self, tx: Transaction) -> int:
        """Return since when another PC has replaced this one (UTC ms); 0 for none."""
        return tx.number("SELECT replaced_at FROM station WHERE identity = ?", self.identity)

    def find_namesake(self, tx: Transaction, presence: Presence) -> Presence | None:
        """Return another PC's station at work that has this one's name."""
        return _PRESENCE.maybe(
            tx,
            f"WHERE name = ? AND identity <> ? AND {_AT_WORK} ORDER BY seen_at DESC, identity LIMIT 1",
            *(presence.name, self.identity, *_bounds_of_at_work(presence.seen_at)),
        )
