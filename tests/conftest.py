"""The surroundings of every test: no screen, no sound, Indonesian; an office when one is asked for."""

import gc
import os
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "id"  # whatever the system of who runs the tests speaks

from tests import engines
from tests.db.prober import Prober
from tests.office import make_office, open_office
from tests.platforms import account_in, skip_what_is_not_there
from tests.windows_files import forbid_moving_open_files
from ult_desktop.base import i18n
from ult_desktop.db.lock_check import folder_probe
from ult_desktop.db.store import store
from ult_desktop.devices.printer import printer, talk
from ult_desktop.operations.office.office import Office

PATIENCE_MS = 30_000

# The gate tries the same examples each time, however slow the machine is; the quick gate tries a quarter of
# them. Others are looked for on purpose: `pytest --hypothesis-profile=search`.
settings.register_profile(
    "gate",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("quick", settings.get_profile("gate"), max_examples=25)
settings.register_profile("search", settings.get_profile("gate"), derandomize=False, print_blob=True)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgres"), default="sqlite", help="where offices lie")


def pytest_configure(config: pytest.Config) -> None:
    engines.choose(config.getoption("--engine"))


def pytest_unconfigure() -> None:
    engines.close()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Freeze the collected items: to look through them again and again is a quarter of the work."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if engines.on_server():
        items[:], dropped = engines.without_files(items)
        config.hook.pytest_deselected(items=dropped)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    skip_what_is_not_there(item)


@pytest.fixture(autouse=True, scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes among what the account that runs it has of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in account_in(tmp_path_factory.mktemp("account")).items():
            patch.setenv(variable, value)
        yield


@pytest.fixture(autouse=True)
def garbage_of_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect garbage as `ui.process` does: a worker that takes a window's cycle apart ends the process."""
    names = request.fixturenames
    if "qapp" not in names or "_nothing_left" in names:  # that one collects for itself, and looks
        yield
        return
    gc.disable()
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def no_database_left() -> Iterator[None]:
    """Remove a test's databases from the server; its module's own stay."""
    before = engines.made()
    yield
    engines.drop_after(before)


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    i18n.use_language("id")
    yield
    i18n.use_language("id")


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Waits for a fact as long as a loaded machine may need."""
    for wait in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(scope="session")
def prober() -> Iterator[Prober]:
    made = Prober()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def other_process_at_hand(prober: Prober, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of a folder's locks asks a process that is there, instead of starting two."""
    monkeypatch.setattr(folder_probe, "_ask_other", prober.ask)


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
def unhurried_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that answers is heard, however long a loaded machine takes for it."""
    monkeypatch.setattr(talk, "FIRST_ANSWER_SECONDS", 20.0)
    monkeypatch.setattr(talk, "NEXT_ANSWER_SECONDS", 3.0)
    monkeypatch.setattr(printer, "TALK_SECONDS", 60.0)


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Journals, logs and settings of this test lie apart, for the processes it starts too."""
    for variable, value in account_in(tmp_path / "home").items():
        monkeypatch.setenv(variable, value)
    for variable in ("ULT_PASSWORD", "ULT_NEW_PASSWORD", "ULT_OFFICER", "ULT_DATABASE"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "home"


@pytest.fixture
def windows_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file that this process has open can be deleted or renamed: on Windows none can."""
    forbid_moving_open_files(monkeypatch)
