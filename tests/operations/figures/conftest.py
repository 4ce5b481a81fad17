"""An office that had two days of visitors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import make_office
from tests.operations.scene import Scene
from ult_desktop.core.queue import commands


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Read by many tests."""
    scene = two_days(tmp_path_factory.mktemp("busy"))
    yield scene
    scene.close()


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Scene]:
    """Return the same days, of a test's own."""
    scene = two_days(tmp_path)
    yield scene
    scene.close()


def two_days(folder: Path) -> Scene:
    """On a Monday four were served and one missed; on the Tuesday one was served, one waits."""
    scene = Scene(make_office(folder, hand_clock=True))
    scene.sit(1, 2)
    for _n in range(4):
        scene.take()
        scene.later(6)
        scene.serve()
        scene.later(9)
        scene.do(commands.Finish(counter=1))
    scene.take("B")
    scene.miss(2)
    scene.set_time("2026-11-24 10:00")
    scene.sit(1)
    scene.take()
    scene.visit()
    scene.take()
    return scene
