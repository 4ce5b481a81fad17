"""The scene of a lost office file whose backup a replay brings up to date."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tests.office import plain_link
from tests.operations.town import Town
from ult_desktop.core.recorded_requests import JournalRecord, merge_records
from ult_desktop.db.backup import journals
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup.replay import ReplayReport, replay


@dataclass
class ReplayScene:
    """A town whose file is lost; `replay` brings its backup up to date with what its stations wrote down."""

    town: Town
    backup: Path

    def entries(self, *stations: str) -> tuple[JournalRecord, ...]:
        own = [self.town.pcs[name] / f"journal-{name}.db" for name in stations or self.town.pcs]
        return merge_records([entry for path in own for entry in journals.read_local(path)], self.town.uid)

    def replay(self, entries: tuple[JournalRecord, ...]) -> ReplayReport:
        store = Store(self.backup)
        came = replay(store, entries)
        store.close()
        return came

    def papers(self) -> list[str]:
        with closing(plain_link(self.backup)) as link:
            rows = link.execute("SELECT id, label, code FROM ticket ORDER BY id").fetchall()
        return [f"{number} {label} {code}" for number, label, code in rows]


def settled(stage: ReplayScene) -> None:
    for office in stage.town.offices.values():
        office.settle()


def in_doubt(
    entries: Iterable[JournalRecord], station: str, name: str, result: str = ""
) -> tuple[JournalRecord, ...]:
    """Return the entries; of that station's acts of that name nobody knows the outcome."""
    return tuple(
        msgspec.structs.replace(entry, outcome="open", result=result)
        if (entry.station, entry.name) == (station, name)
        else entry
        for entry in entries
    )


def rebuilt(entry: JournalRecord, seq: int = 0) -> JournalRecord:
    """Return an entry whose place its station learned in an office that had been rebuilt once.

    `seq` is the place, if it is another one.
    """
    old = entry.journal_result
    assert old is not None
    result = msgspec.json.encode(msgspec.structs.replace(old, restores=1, seq=seq or old.seq))
    return msgspec.structs.replace(entry, result=result.decode())


def states(stage: ReplayScene) -> list[tuple[str, str]]:
    with closing(plain_link(stage.backup)) as link:
        return link.execute("SELECT label, state FROM ticket ORDER BY id").fetchall()
