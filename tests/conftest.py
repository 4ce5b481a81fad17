"""What every test stands on: no screen, no sound, Indonesian; an office when one is asked for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.office import make_office, open_office
from tests.windows_files import forbid_moving_open_files
from ult_desktop import i18n
from ult_desktop.db import store
from ult_desktop.operations.office import Office


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    i18n.use_language("id")
    yield
    i18n.use_language("id")


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    """A fresh office, open around the clock; `admin` and the officers have `tests.office.PASSWORD`."""
    return make_office(tmp_path)


@pytest.fixture
def office(office_file: Path) -> Iterator[Office]:
    """That office as the station "uji" has it open."""
    opened = open_office(office_file)
    yield opened
    opened.close()


@pytest.fixture
def quick_reopens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three reopens as ever, but not a second apart."""
    monkeypatch.setattr(store, "DAMAGE_PAUSE_S", 0.01)


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Journals, logs and settings of this test lie apart, for the processes it starts too."""
    for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    for variable in ("ULT_PASSWORD", "ULT_NEW_PASSWORD", "ULT_OFFICER", "ULT_DATABASE"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "home"


@pytest.fixture
def windows_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file that this process has open can be deleted or renamed: on Windows none can."""
    forbid_moving_open_files(monkeypatch)
