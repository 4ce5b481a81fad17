"""PySide6's change of imports is undone before the modules of a mode are imported."""

import subprocess
import sys

from tests.program import ROOT


def test_sources_are_not_read_with_the_modules() -> None:
    words = """
import builtins, linecache
import ult_desktop.app.assemble
assert builtins.__import__ is not builtins.__feature_import__
assert [name for name in linecache.cache if "ult_desktop" in name] == []
"""
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
