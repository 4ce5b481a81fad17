"""The event log: one event per deed, no person and no typed word in it, and proof of every row."""

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.office import PASSWORD, cheap_hash, plain_link, stranger
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.ticket import Help

pytestmark = pytest.mark.by_engine

if TYPE_CHECKING:
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.core.command import Command

TYPED = "Ibu Ani, 0811-390-6669"


def a_day_full_of_words(scene: Scene) -> None:
    """Every free text that the asks know, and every officer, passes through the office."""
    admin = scene.office.sign_in("admin", PASSWORD)
    siti = scene.officer(1)
    wheelchair = commands.IssueTicket(service_id=1, priority=ELDERLY, help=(Help.WHEELCHAIR,))
    asks: tuple[tuple[Command, Actor], ...] = (
        (wheelchair, KIOSK),
        (commands.CallNext(counter=1), siti),
        (commands.Arrive(counter=1), siti),
        (commands.Transfer(counter=1, to_service=2, remark=TYPED), siti),
        (commands.Hold(ticket_id=1, reason=TYPED), siti),
        (commands.Cancel(ticket_id=1, reason=TYPED), siti),
        (commands.SetCounter(counter=1, state=CounterState.PAUSED, reason=TYPED), siti),
        (commands.PauseKiosks(reason=TYPED), siti),
        (officer_commands.AddOfficer(login="ani", name=TYPED, roles=("security",), password_hash=""), admin),
        (officer_commands.SetPassword(login="ani", password_hash=cheap_hash()), admin),
        (officer_commands.ChangeRoles(login="ani", roles=("reception",)), admin),
        (officer_commands.RetireOfficer(login="ani"), admin),
        (commands.CloseDay(reason=TYPED), siti),
    )
    for command, by in asks:
        scene.office.perform(command, by)


def test_one_event_per_deed(scene: Scene) -> None:
    a_day_full_of_words(scene)
    assert scene.kinds() == [
        "counter.staffed",
        "ticket.issued",
        "ticket.called",
        "ticket.arrived",
        "ticket.transferred",
        "ticket.held",
        "ticket.cancelled",
        "counter.paused",
        "kiosks.paused",
        "officer.added",
        "officer.password",
        "officer.roles",
        "officer.retired",
        "day.closed",
    ]


def test_no_person_and_no_typed_word_in_the_log(scene: Scene) -> None:
    a_day_full_of_words(scene)
    log = "\n".join(line for line in scene.dump() if line.startswith('INSERT INTO "event"'))
    assert log.count("INSERT") == 14
    for secret in ("Ani", "0811-390", "Siti", "siti", "Administrator", "argon2", ELDERLY, Help.WHEELCHAIR):
        assert secret not in log


def test_who_when_and_from_which_station(scene: Scene) -> None:
    scene.take()
    scene.call()
    issued, called = scene.events()[-2:]
    assert (issued.station, issued.officer_id) == ("kiosk-1", None)
    assert (called.station, called.officer_id) == ("uji", scene.officer(1).officer_id)
    assert called.at == scene.clock.now


@pytest.mark.file_only("copies")
def test_a_changed_row_of_the_log_is_found(scene: Scene, tmp_path: Path) -> None:
    scene.take()
    scene.visit()
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(scene.path, copy / "office.db")
    link = plain_link(copy / "office.db")
    link.execute("DROP TRIGGER event_is_append_only")
    link.execute("UPDATE event SET officer_id = 3 WHERE kind = 'ticket.called'")
    link.commit()
    link.close()
    forged = Scene(copy / "office.db")
    assert "chain" in {finding.check for finding in forged.office.verify().findings}
    forged.office.close()


def test_the_log_cannot_be_rewritten_by_a_program(scene: Scene) -> None:
    link = stranger(scene.path)
    for change in ("UPDATE event SET at = 1", "DELETE FROM event"):
        try:
            link.execute(change)
            changed = True
        except sqlite3.IntegrityError as refusal:
            changed = "append-only" not in str(refusal)
        assert not changed
    link.close()
