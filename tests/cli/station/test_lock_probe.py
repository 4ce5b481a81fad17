"""The other process of a lock proof begins fast."""

import subprocess
import sys


def test_it_loads_no_operations() -> None:
    look = "import sys, ult_desktop.cli.station.lock_probe; print('ult_desktop.operations' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
