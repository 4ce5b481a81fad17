"""The append-only log of the office: appending an event, finding a request, reading what is new."""

from typing import NamedTuple

import msgspec

from ult_desktop.core.event import GENESIS, Anchor, Event, RestoreMark, chain_hash
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(Event, "event")
# The index covers only the kinds of event that `closings_since` names. INDEXED BY makes a statement fail that
# the index cannot serve, instead of reading the whole log: https://www.sqlite.org/lang_indexedby.html
_CLOSINGS = Rows(Event, "event e INDEXED BY event_closing")
RESTORED = "office.restored"
_LAST_MARK = f"SELECT seq, data, at FROM event WHERE kind = '{RESTORED}' ORDER BY seq DESC LIMIT 1"
# The id of a command, with which the request of each of its events begins: they are of one commit.
_COMMAND = "substr(request, 1, 36)"
_IS_LAST = "seq = (SELECT max(seq) FROM event)"  # one step in the key's tree, as its query plan shows


def chain_at(tx: Transaction, seq: int) -> str:
    """Return the hash of an entry; for one that is not there, the hash that a log begins with."""
    return str(tx.value("SELECT chain FROM event WHERE seq = ?", seq) or GENESIS)


class LastRestore(NamedTuple):
    """When the office was last rebuilt, and when the backup from which it was rebuilt ended; UTC ms."""

    at: int
    backup_ended_at: int


def result_of(tx: Transaction, request: str) -> int | None:
    """Return the number of the row that a request made or changed; None where the log lacks the request.

    A retry is answered with it (docs/store.md, rule 8).
    """
    subject = tx.value("SELECT subject FROM event WHERE request = ?", request)
    return None if subject is None else int(subject)


def find_by_request(tx: Transaction, request: str) -> Event | None:
    """Return the event of a request, or None when it has not been carried out."""
    return _ROWS.maybe(tx, "WHERE request = ?", request)


def last_seq(tx: Transaction) -> int:
    return tx.number("SELECT max(seq) FROM event")


def first_seq_at(tx: Transaction, at: int) -> int:
    """Return the number of the first event of that time (UTC ms) or later.

    Where there is none, it is the number that the next event will have.
    """
    # A binary search, for the log is in the order of time: it has no index by time, and a scan would read
    # years.
    low, high = 1, last_seq(tx) + 1
    while low < high:
        middle = (low + high) // 2
        middle_at = tx.value("SELECT at FROM event WHERE seq >= ? ORDER BY seq LIMIT 1", middle)
        if middle_at is not None and middle_at < at:
            low = middle + 1
        else:
            high = middle
    return low


def end_of_log_before(tx: Transaction, at: int) -> str:
    """Return "NUMBER:HASH" of the last event before a time (UTC ms); "" where there is none."""
    seq = first_seq_at(tx, at) - 1
    return f"{seq}:{chain_at(tx, seq)}" if seq else ""


def written_at(tx: Transaction, seq: int) -> int:
    """Return when that entry was written, UTC ms."""
    return int(tx.value("SELECT at FROM event WHERE seq = ?", seq))


def requests_after(tx: Transaction, seq: int) -> list[tuple[str, str]]:
    """List (kind, request) of every entry after `seq`, in their order."""
    return tx.rows("SELECT kind, request FROM event WHERE seq > ? ORDER BY seq", seq)


def data_after(tx: Transaction, seq: int, kind: str) -> list[str]:
    """Return the data of the entries of a kind after `seq`, as JSON."""
    return tx.column("SELECT data FROM event WHERE seq > ? AND kind = ? ORDER BY seq", seq, kind)


def began_at(tx: Transaction) -> int | None:
    """Return when the office wrote its first event (UTC ms); None while the log is empty."""
    at = tx.value("SELECT at FROM event WHERE seq = 1")
    return None if at is None else int(at)


def last_at(tx: Transaction) -> int:
    """Return when the last event was written (UTC ms); 0 while the log is empty."""
    return tx.number(f"SELECT at FROM event WHERE {_IS_LAST}")


def closings_since(tx: Transaction, at: int) -> tuple[Event, ...]:
    """List the events from `at` on (UTC ms) that closed a day or took its closing back; newest first."""
    kinds = "kind IN ('day.begun', 'day.closed', 'day.taken_back')"
    return _CLOSINGS.all(tx, f"WHERE {kinds} AND e.at >= ? ORDER BY e.seq DESC", at)


def last_anchor(tx: Transaction, restores: int) -> Anchor | None:
    """Return the last event as an anchor, in an office that was rebuilt `restores` times.

    None while the log is empty.
    """
    return tx.maybe(
        Anchor, f"SELECT seq, request, chain, ? AS restores FROM event WHERE {_IS_LAST}", restores
    )


def followed_anchor(tx: Transaction, restores: int) -> Anchor | None:
    """Return the newest event that another commit followed, as `last_anchor` does.

    A reader cannot know whether the last commit is on disk: its writer may never have come to sync the
    emptied journal, and a server without power rolls it back then. The next commit syncs that journal.
    """
    last = f"SELECT {_COMMAND} FROM event WHERE {_IS_LAST}"
    return tx.maybe(
        Anchor,
        "SELECT seq, request, chain, ? AS restores FROM event"
        f" WHERE seq < (SELECT max(seq) FROM event) AND {_COMMAND} <> ({last}) ORDER BY seq DESC LIMIT 1",
        restores,
    )


def anchor_of(tx: Transaction, event: Event, restores: int) -> Anchor:
    """Return an event of the log as an anchor, in an office that was rebuilt `restores` times."""
    return Anchor(seq=event.seq, request=event.request, chain=chain_at(tx, event.seq), restores=restores)


def has_event(tx: Transaction, anchor: Anchor) -> bool:
    """Return whether the log has this event, with the same request and hash."""
    row = tx.row("SELECT chain, request FROM event WHERE seq = ?", anchor.seq)
    return row is not None and row == (anchor.chain, anchor.request)


def count_restores(tx: Transaction) -> int:
    """Return how often the office was rebuilt, by its log; a mark that contradicts the log does not count."""
    row = tx.row(_LAST_MARK)
    if row is None:
        return 0
    seq, data, _at = row
    mark = msgspec.json.decode(data, type=RestoreMark)
    # Anybody who may write to the folder can write such a row; only the hash at which the backup ended proves
    # that the rebuilt log continues the backup's.
    is_true = mark.base_seq < seq and chain_at(tx, mark.base_seq) == mark.base_chain
    return mark.restores if is_true else 0


def last_restore(tx: Transaction) -> LastRestore | None:
    """Return the last rebuilding of the office that its log reports; None where there was none."""
    row = tx.row(_LAST_MARK)
    if row is None:
        return None
    _seq, data, at = row
    mark = msgspec.json.decode(data, type=RestoreMark)
    return LastRestore(at, tx.number("SELECT at FROM event WHERE seq = ?", mark.base_seq))


def append(tx: Transaction, event: Event) -> Event:
    """Write `event` at the end of the log (its `seq` is set here) and chain it to the row before."""
    # The number is counted here and not by AUTOINCREMENT: it is part of what the hash covers, so it must be
    # known before the row is written, and the one writer's lock leaves no gap.
    last, last_chain = tx.row(f"SELECT seq, chain FROM event WHERE {_IS_LAST}") or (0, GENESIS)
    numbered = msgspec.structs.replace(event, seq=last + 1)
    tx.insert("event", numbered, chain=chain_hash(last_chain, numbered), level=MIGRATIONS.level)
    return numbered
