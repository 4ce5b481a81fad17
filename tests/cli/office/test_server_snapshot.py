"""A server whose data folder, or virtual machine, is brought back to an earlier state in its own place.

Its identity is the old one: only a station that knows a later event sees what happened, and tells the others.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.cluster import Cluster, kept
from ult_desktop.base.paths import journal_path
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.store.witness import OlderCopy
from ult_desktop.operations.office.office import Office

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.slow]


def take(place: Path, journals: Path, station: str) -> str:
    with station_at(place, journals, station) as office:
        asked = commands.IssueTicket(service_id=1)
        return office.perform(asked, Actor(station=station)).ticket.label


@contextmanager
def station_at(place: Path, journals: Path, station: str) -> Iterator[Office]:
    with closing(Office(place, station, journals / f"journal-{station}.db")) as office:
        yield office


def test_a_station_that_knows_better_tells_those_that_were_off(tmp_path: Path, own_home: Path) -> None:
    assert not own_home.exists()
    desk, journals = CommandLine(tmp_path), journal_path("kios-1").parent
    journals.mkdir(parents=True)
    with kept() as server:
        address = Cluster(server.address).create()
        assert desk.run("init", address).code == 0
        (place,) = own_home.rglob("*.postgresql")
        assert take(place, journals, "kios-1") == "A001"
        snapshot = tmp_path / "snapshot"
        with server.stopped() as data:
            shutil.copytree(data, snapshot)
        assert [take(place, journals, "kios-1") for _number in range(2)] == ["A002", "A003"]
        with server.stopped() as data:
            bring_back(snapshot, data)

        with station_at(place, journals, "kios-1") as knowing:
            assert knowing.last_seq() > 0, "looking goes on, and tells the others"
        for station in ("kios-2", "kios-1"):
            with pytest.raises(OlderCopy, match="bukan lagi yang dulu"):
                take(place, journals, station)
        assert '"check":"server"' in desk.run("verify", place, "--json").out

        answer = desk.run("restore", "--database", place, "--journals", journals)
        assert (answer.code, "2 diulang" in answer.out) == (0, True), answer.err
        assert [take(place, journals, each) for each in ("kios-2", "kios-1")] == ["A004", "A005"]


def bring_back(snapshot: Path, data: Path) -> None:
    """Lay what a file held at the snapshot into the folder, with the owner and mode that it has there."""
    for file in [each for each in data.rglob("*") if each.is_file()]:
        if not (snapshot / file.relative_to(data)).exists():
            file.unlink()
    shutil.copytree(snapshot, data, copy_function=shutil.copyfile, dirs_exist_ok=True)
