"""Every module can be the first that is imported: no circle of imports hides behind another's order."""

import subprocess
import sys

import pytest

from tests.program import ROOT

# It holds no module of the program but those that every import loads first; each child imports one.
LEAN_PARENT = """
import importlib, os, sys, traceback
import click, msgspec, nacl.public, openpyxl, reportlab.platypus, sqlite_utils
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
OF_WINDOWS = {"ult_desktop.devices.printer.windows_spooler"}


LAYERS = sorted(folder.parent.name for folder in (ROOT / "ult_desktop").glob("*/__init__.py"))


def modules_of(layer: str) -> list[str]:
    files = sorted((ROOT / "ult_desktop" / layer).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names if name not in OF_WINDOWS]


@pytest.mark.posix_only("fork")
@pytest.mark.slow
@pytest.mark.parametrize("third", range(3))
@pytest.mark.parametrize("layer", LAYERS)
def test_every_module_can_be_imported_first(layer: str, third: int) -> None:
    names = modules_of(layer)[third::3]
    assert names
    done = subprocess.run(
        [sys.executable, "-c", LEAN_PARENT, *names], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.returncode) == ([], 0), done.stderr
