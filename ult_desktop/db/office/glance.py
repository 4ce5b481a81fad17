"""The facts of an office file that a PC sees before it belongs to the office.

Only reading: no row is written.
"""

from pathlib import Path

import msgspec

from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store import connection as opening, stations
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_of
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

_PATIENCE_S = 5.0  # for a busy file: a person waits in front of the set-up


class _OfficeName(msgspec.Struct):
    """The part of the settings' `office` that every version of the program wrote."""

    name: str


class _Settings(msgspec.Struct):
    """The part of the settings that every version of the program wrote."""

    office: _OfficeName


class OfficeGlance(msgspec.Struct, frozen=True, kw_only=True):
    """The office as a PC sees it that does not belong to it yet.

    `older`: an older program wrote it, and the first station that opens it migrates it. `counters` are their
    numbers. `at_work` are the names of the stations that were seen lately. `replaceable` are the stations
    whose place a new PC can take; none while `older`.
    """

    name: str
    older: bool
    counters: tuple[int, ...]
    at_work: tuple[str, ...]
    replaceable: tuple[StationStatus, ...]


def glance(path: Path, now: int) -> OfficeGlance:
    """Read what a PC may see of the office; `now` UTC ms.

    Raises:
        UserError: it is no office, of a newer program, or does not answer.
    """
    store = Store(path, _PATIENCE_S)
    try:
        return store.on_connection(lambda link: _read_glance(link, now))
    finally:
        store.close()


def _read_glance(link: Link, now: int) -> OfficeGlance:
    tx = Transaction(link)
    settings = str(tx.value("SELECT settings FROM office"))
    older = bool(opening.known_migrations() - engine_of(link).applied_migrations(link))
    return OfficeGlance(
        name=msgspec.json.decode(settings, type=_Settings).office.name,
        older=older,
        counters=tuple(tx.column("SELECT number FROM counter ORDER BY number")),
        at_work=tuple(stations.names_at_work(tx, now)),
        # The file of an older program may lack columns of `StationStatus`.
        replaceable=() if older else stations.waiting_for_replacement(tx),
    )
