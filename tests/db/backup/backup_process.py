"""A backup in a process of its own, which says each step and waits for a word before the next.

Run as `python -m tests.db.backup.backup_process OFFICE FOLDER LIMIT`;
a LIMIT other than 0 is the largest file in bytes that this process may write, which is how a disk refuses
in the middle.
"""

import signal
import subprocess
import sys
from pathlib import Path

import ult_desktop
from tests.clocks import undoubted
from ult_desktop.base.errors import UserError
from ult_desktop.db.backup import backup, backup_folder

if sys.platform != "win32":
    import resource

ROOT = Path(ult_desktop.__file__).parents[1]
NOW = 1_795_400_000_000


def start(office: Path, folder: Path, limit: int = 0) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.db.backup.backup_process", str(office), str(folder), str(limit)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def _step() -> None:
    print("step", flush=True)  # noqa: T201
    sys.stdin.readline()


def main(office: Path, folder: Path, limit: int) -> None:
    backup.STEP_PAGES = 8
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        backup_folder.make_backup(office, folder, undoubted(NOW), (lambda: None) if limit else _step)
    except UserError as error:
        print(error.what, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
