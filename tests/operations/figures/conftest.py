"""An office that had two days of visitors, read by many tests and written by none."""

from collections.abc import Iterator

import pytest

from tests.office import make_office
from tests.operations.scene import Scene
from ult_desktop.core.queue import commands


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """On a Monday four were served and one missed; on the Tuesday one was served, one waits."""
    scene = Scene(make_office(tmp_path_factory.mktemp("busy"), hand_clock=True))
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
    yield scene
    scene.close()
