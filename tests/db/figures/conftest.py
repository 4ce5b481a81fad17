"""An office with a past: a module lets it go by once, in its fixture `past`, and each test has a copy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import copy_office, make_office
from tests.operations.scene import Scene


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The office before its past."""
    return Scene(make_office(tmp_path_factory.mktemp("past"), hand_clock=True))


@pytest.fixture(scope="module")
def ended(begun: Scene, past: None) -> Scene:
    """The office after it, which nobody has open."""
    begun.close()
    return begun


@pytest.fixture
def scene(ended: Scene, tmp_path: Path) -> Iterator[Scene]:
    """A copy of that office at the end of that time."""
    found = Scene(copy_office(ended.path, tmp_path))
    found.clock.now = ended.clock.now
    yield found
    found.close()
