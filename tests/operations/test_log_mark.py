"""An older copy of the office file under its path: met before a number is given a second time."""

from pathlib import Path

import msgspec
import pytest

from tests.office import open_office
from tests.operations.town import Town
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.backup.restoring import restore
from ult_desktop.operations.log_mark import OlderCopy
from ult_desktop.operations.office.office import Office


def test_an_older_copy_in_the_files_place_is_written_by_nobody(office: Office, office_file: Path) -> None:
    """It would give the numbers since then a second time."""
    take = commands.IssueTicket(service_id=1)
    here = Actor(station="kios-1")
    office.perform(take, here)
    older = office_file.read_bytes()
    office.perform(take, here)
    newer = office_file.read_bytes()
    office_file.write_bytes(older)
    with pytest.raises(OlderCopy, match="salinan yang lebih lama") as told:
        office.perform(take, here)
    assert "Kembalikan berkas yang benar" in told.value.todo
    office_file.write_bytes(newer)
    assert office.perform(take, here).ticket.label == "A003"


def test_an_older_copy_is_met_by_the_next_beat(office: Office, office_file: Path) -> None:
    presence = Presence(name="kios-1", mode="kiosk", version="1", boot="b", seen_at=1)
    older = office_file.read_bytes()
    other = open_office(office_file, "lain")
    other.perform(commands.IssueTicket(service_id=1), Actor(station="lain"))
    other.close()
    office.report_presence(presence)
    newer = office_file.read_bytes()
    office_file.write_bytes(older)
    with pytest.raises(OlderCopy):
        office.report_presence(presence)
    office_file.write_bytes(newer)
    office.report_presence(presence)


@pytest.mark.parametrize("held_open", [False, True])
def test_a_restored_office_is_written_on_without_a_restart(tmp_path: Path, held_open: bool) -> None:
    """A kiosk that nobody closed has no keyboard either; what nobody's journal had is gone, and told."""
    town = Town(tmp_path)
    town.take("kios-1")
    town.back_up()
    for _ in range(3):
        town.take("kios-2")
    kiosk = town.offices["kios-1"]
    here = Presence(name="kios-1", mode="kiosk", version="1", boot="b", seen_at=1)
    kiosk.report_presence(here)
    if not held_open:
        kiosk._store.close()
    assert restore(town.wish(force=True)).verdict.tickets == 1
    older = town.path.read_bytes()
    kiosk.report_presence(msgspec.structs.replace(here, seen_at=2))
    assert town.take("kios-1").label == "A002"
    town.path.write_bytes(older)
    with pytest.raises(OlderCopy):
        kiosk.report_presence(here)
    town.close()
