"""An office at work for every test of the operations; each must leave a file that `verify` accepts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import copy_office, make_office
from tests.operations.backup.replay_scene import ReplayScene
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from tests.operations.town import Town
from tests.operations.visits.doorway import Doorway


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office file that nobody opens: tests work on copies."""
    return make_office(tmp_path_factory.mktemp("founded"), hand_clock=True)


@pytest.fixture
def scene(founded: Path, tmp_path: Path) -> Iterator[Scene]:
    """A Monday morning, 09.00 in the office's zone; counter 1 is staffed."""
    scene = Scene(copy_office(founded, tmp_path))
    scene.sit(1)
    yield scene
    scene.close()


@pytest.fixture
def desks(scene: Scene) -> Desks:
    """Open the same morning in an office with every desk that works on cases."""
    return Desks(scene)


@pytest.fixture
def door(scene: Scene) -> Doorway:
    """Open the same morning with security at the door and reception behind its desk."""
    return Doorway(scene)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Open the same kind of office on three PCs, for what befalls its file."""
    stands = Town(tmp_path)
    yield stands
    stands.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ReplayScene]:
    """Open a town whose file is lost, with an empty backup."""
    town = Town(tmp_path)
    yield ReplayScene(town, town.back_up())
    town.close()
