"""Another PC that proves its locks, as a process of its own.

Run as `python -m tests.db.lock_check.proof_station OFFICE STATION HOST OWN-FOLDER VFS`;
it prints what it judges until its input ends. The VFS `NO_LOCKS` takes no locks at all,
as a `nobrl` mount does.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.db.other_process import ROOT
from tests.platforms import ON_WINDOWS
from ult_desktop.db.lock_check.probe_round import RoundTimings
from ult_desktop.db.lock_check.station_probe import ProbeIntervals, StationIdentity, StationProof
from ult_desktop.db.store import share_files
from ult_desktop.db.store.connection import set_pragmas
from ult_desktop.db.store.errors import UntrustedLocks

# Nobody counts as away while the next process of a PC is still starting: that takes half a minute at times.
QUICK = ProbeIntervals(meeting_s=0.05, idle_s=0.1, round=RoundTimings(step_s=0.01, hold_s=3.0, answer_s=2.0))
LOCKS, NO_LOCKS = ("win32", "win32-none") if ON_WINDOWS else ("unix", "unix-none")


def connect_by(vfs: str, path: Path, mode: str) -> sqlite3.Connection:
    address = share_files.database_uri(path, mode)
    link = sqlite3.connect(f"{address}&vfs={vfs}", uri=True, isolation_level=None, timeout=0)
    set_pragmas(link)
    return link


@contextmanager
def other_pc(office: Path, host: str, own: Path, vfs: str = LOCKS) -> Iterator["subprocess.Popen[str]"]:
    """A station on the PC `host`; it ends when the block does."""
    words = [str(office), f"di-{host}", host, str(own), vfs]
    command = [sys.executable, "-m", "tests.db.lock_check.proof_station", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _print(reason: UntrustedLocks | None) -> None:
    print("well" if reason is None else reason.what, flush=True)  # noqa: T201


def main(office: str, station: str, host: str, own: str, vfs: str) -> None:
    here = StationIdentity(Path(office), station, Path(own), host)
    proof = StationProof(here, _print, QUICK, partial(connect_by, vfs))
    proof.start()
    sys.stdin.read()
    proof.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
