"""One process holds the lock, and its death frees it, whatever its file says."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ult_desktop.base.process_lock import ProcessLock, account

HOLD = """
import sys
from pathlib import Path
from ult_desktop.base.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
print(lock.try_lock(), flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_kept_out_until_the_first_dies(tmp_path: Path) -> None:
    path = tmp_path / "kios.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        lock = ProcessLock(path)
        assert not lock.try_lock()
        assert lock.holder() == account() != ""
        holder.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        holder.wait()
    assert lock.try_lock()
    assert not ProcessLock(path).try_lock()
    lock.unlock()
    lock.unlock()
    assert ProcessLock(path).try_lock()


def test_a_file_that_names_a_living_process_holds_nobody_up(tmp_path: Path) -> None:
    """After a crash the number may be that of another process, even of the same program."""
    path = tmp_path / "kios.lock"
    path.write_text(f"{os.getpid()}\npython\n{os.uname().nodename if os.name == 'posix' else ''}\n")
    assert ProcessLock(path).try_lock()


def test_a_folder_that_is_closed_is_no_other_holder(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="kios"):
        ProcessLock(tmp_path / "tidak" / "kios.lock").try_lock()


def test_who_holds_nothing_has_no_name(tmp_path: Path) -> None:
    assert ProcessLock(tmp_path / "kios.lock").holder() == ""
