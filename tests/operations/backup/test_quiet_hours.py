"""Whether a long reading keeps somebody waiting: told by hours, windows and what was written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import make_office, store_of
from tests.operations.scene import Scene
from ult_desktop.db.store import damage_flag, stations
from ult_desktop.db.store.stations import AT_WORK_MS, Presence
from ult_desktop.operations.backup.quiet_hours import alone_with, nobody_waits


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    opened = Scene(make_office(tmp_path, always_open=False), "2026-11-23 09:00")
    yield opened
    opened.shut()


def waits(scene: Scene) -> bool:
    return not scene.office.read(lambda tx: nobody_waits(tx, scene.clock.now))


def open_window(scene: Scene) -> None:
    line = Presence(identity="i", name="kios-1", mode="kiosk", version="1", boot="b", seen_at=scene.clock.now)
    store_of(scene.office).write(lambda tx: stations.report(tx, line))


def test_a_window_in_office_hours_is_somebody_and_at_night_it_is_not(scene: Scene) -> None:
    assert not waits(scene), "no window is open"
    open_window(scene)
    assert waits(scene)
    scene.clock.now += AT_WORK_MS
    assert not waits(scene)
    scene.set_time("2026-11-23 20:00")
    open_window(scene)
    assert not waits(scene)


def test_who_writes_is_at_work_at_any_hour(scene: Scene) -> None:
    """A command reports no presence, and somebody may stay late."""
    scene.take()
    assert waits(scene)
    scene.later(3)
    assert not waits(scene)
    scene.set_time("2026-11-23 20:00")
    scene.take()
    assert waits(scene)
    scene.later(-60)
    assert not waits(scene), "what was written in the future says nothing of now"


def test_into_a_flagged_file_nobody_can_write(scene: Scene) -> None:
    scene.take()
    alone = alone_with(scene.path, scene.clock)
    assert not scene.office.read(alone)
    damage_flag.write_flag(scene.path, damage_flag.DamageFlag())
    assert scene.office.read(alone)
