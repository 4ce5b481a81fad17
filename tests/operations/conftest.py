"""An office at work for every test of the operations; each must leave a file that `verify` accepts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import make_office
from tests.operations.desks import Desks
from tests.operations.doorway import Doorway
from tests.operations.scene import Scene
from tests.operations.years import Years, keep, some_years
from ult_desktop.db import archiving
from ult_desktop.operations import archiving as series


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office file that nobody opens: tests work on copies."""
    return make_office(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def scene(founded: Path, tmp_path: Path) -> Iterator[Scene]:
    """A Monday morning, 09.00 in the office's zone; counter 1 is staffed."""
    scene = Scene(Path(shutil.copy(founded, tmp_path)))
    scene.sit(1)
    yield scene
    scene.close()


@pytest.fixture
def desks(scene: Scene) -> Desks:
    """The same morning in an office with every desk that works on cases."""
    return Desks(scene)


@pytest.fixture
def door(scene: Scene) -> Doorway:
    """The same morning with security at the door and reception behind its desk."""
    return Doorway(scene)


@pytest.fixture
def new_office(founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Years]:
    """In steps so small that each kind of step is taken several times."""
    monkeypatch.setattr(series, "PAUSE_S", (0, 0))
    monkeypatch.setattr(archiving, "LOG_STEP", 10)
    found = Years(Path(shutil.copy(founded, tmp_path)), tmp_path)
    yield found
    found.scene.close()


@pytest.fixture
def years(new_office: Years) -> Years:
    some_years(new_office)
    return new_office


@pytest.fixture(scope="session")
def once_archived(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office, its archive of 2023 and its disk; tests work on copies."""
    folder = tmp_path_factory.mktemp("archived")
    years = Years(Path(shutil.copy(founded, folder)), folder)
    some_years(years)
    years.archive(2023)
    years.closed_case("2026-11-23", "Fani Guru")
    years.scene.close()
    return folder


@pytest.fixture
def archived(once_archived: Path, founded: Path, tmp_path: Path) -> Iterator[Years]:
    """By now the office keeps names for a year."""
    shutil.copytree(once_archived, tmp_path, dirs_exist_ok=True)
    years = Years(tmp_path / founded.name, tmp_path, people=False)
    years.today()
    keep(years.scene.path, 12)
    yield years
    years.scene.close()
