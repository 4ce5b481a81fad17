"""Every module can be the first that is imported: no circle of imports hides behind another's order."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ROOT

# It holds no module of the program but those that every import loads first; each child imports one.
LEAN_PARENT = """
import importlib, os, sys, traceback
import click, msgspec, nacl.public, python_calamine, reportlab.platypus, sqlite_utils, xlsxwriter
import PySide6.QtMultimedia, PySide6.QtSvg, PySide6.QtWidgets
import ult_desktop.ui.plain_imports
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except BaseException:
            traceback.print_exc(limit=-3)
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name)
"""
IN_A_FILE = """
import sys
from pathlib import Path
import ult_desktop.app.assemble
from ult_desktop.base.config import StationConfig
from ult_desktop.cli.doctor.report import examine
from ult_desktop.operations.office.office import Office
path = Path(sys.argv[1])
office = Office(path, "uji", path.with_name("journal.db"))
office.lobby_board()
office.close()
list(examine(path, StationConfig()))
print(sorted(name for name in sys.modules if name.startswith(("psycopg", "ult_desktop.db.store.postgres"))))
"""
AS_IN_A_BUNDLE = """
import sys
sys.modules["ssl"] = sys.modules["_ssl"] = None
import ult_desktop.db.store.postgres.engine
print(sys.modules.get("ssl"))
"""
WITHOUT_SOUND_LIBRARIES = """
import sys
sys.modules["PySide6.QtMultimedia"] = None
import ult_desktop.app.assemble
import ult_desktop.ui.counter.settings.page, ult_desktop.ui.setup.window
import ult_desktop.ui.display.window, ult_desktop.ui.kiosk.window
"""
OF_WINDOWS = {"ult_desktop.devices.printer.windows_spooler"}


LAYERS = sorted(folder.parent.name for folder in (ROOT / "ult_desktop").glob("*/__init__.py"))


def modules_of(layer: str) -> list[str]:
    files = sorted((ROOT / "ult_desktop" / layer).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names if name not in OF_WINDOWS]


@pytest.mark.posix_only("fork")
@pytest.mark.slow_night
@pytest.mark.parametrize("third", range(3))
@pytest.mark.parametrize("layer", LAYERS)
def test_every_module_can_be_imported_first(layer: str, third: int) -> None:
    names = modules_of(layer)[third::3]
    assert names
    done = subprocess.run(
        [sys.executable, "-c", LEAN_PARENT, *names], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.returncode) == ([], 0), done.stderr


@pytest.mark.file_only("pages")
def test_an_office_in_a_file_loads_nothing_of_a_server(office_file: Path, own_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_A_FILE, office_file], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


def test_a_bundle_without_ssl_speaks_to_a_server() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_IN_A_BUNDLE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("None\n", 0), done.stderr


def test_without_the_sound_libraries_every_window_is_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SOUND_LIBRARIES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
