"""A bound process ends with the program that started it, though nobody told it to."""

import subprocess
import sys

from tests.program import PATIENCE_S, ROOT

CHILD = "import time; print('siap', flush=True); time.sleep(9999)"
PARENT = f"""
import os, sys
from ult_desktop.base.bound_process import start_bound
start_bound([sys.executable, "-c", {CHILD!r}], sys.stdout.buffer, os.environ).wait()
"""


def test_it_ends_with_the_process_that_started_it() -> None:
    """Both write to one pipe: it is at its end when both are gone."""
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().strip() == b"siap"
        parent.kill()
        assert parent.communicate(timeout=PATIENCE_S)[0] == b""
