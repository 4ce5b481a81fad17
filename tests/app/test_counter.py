"""A counter's own part of the program is loaded by a counter alone."""

import subprocess
import sys

from tests.program import ROOT

LOADED = """
import sys
import ult_desktop.cli.station.modes
print([name for name in ("ult_desktop.ui.counter.window", "reportlab") if name in sys.modules])
"""


def test_a_kiosk_or_a_display_starts_without_it() -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
