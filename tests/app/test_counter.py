"""Imports at the start: a counter's own part is for counters alone, large libraries come with their use."""

import subprocess
import sys

import pytest

from tests.program import ROOT

LOADED = """
import sys
import ult_desktop.app.assemble
print([name for name in ("ult_desktop.ui.counter.window", "reportlab") if name in sys.modules])
"""

STATION = """
import sys
import ult_desktop.app.assemble, ult_desktop.app.counter
import ult_desktop.ui.display.window, ult_desktop.ui.kiosk.offline_link, ult_desktop.ui.kiosk.window
import ult_desktop.operations.queue.issuing
print([name for name in ("_hashlib", "escpos", "holidays", "PIL", "reportlab", "ssl") if name in sys.modules])
"""


@pytest.mark.slow
def test_no_mode_starts_with_openssl_or_with_what_draws_paper() -> None:
    assert _said(STATION) == "[]"


@pytest.mark.slow
def test_a_kiosk_or_a_display_starts_without_it() -> None:
    assert _said(LOADED) == "[]"


def _said(script: str) -> str:
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
