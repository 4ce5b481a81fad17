"""Another station, as a real process of its own: it writes, holds locks, dies, or lets the file hang.

Run as `python -m tests.db.other_process ACT FILE [NAME COUNT]`; each act prints one line when it stands.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import ult_desktop
from tests.db.rows import event
from tests.office import stranger
from ult_desktop.base.errors import UserError
from ult_desktop.db.store import events
from ult_desktop.db.store.connection import open_file
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

if sys.platform != "win32":
    import fcntl

ROOT = Path(ult_desktop.__file__).parents[1]


@contextmanager
def other_process(act: str, path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that has reached its act; it ends when the block does."""
    command = [sys.executable, "-m", "tests.db.other_process", act, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def tell(process: "subprocess.Popen[str]", line: str) -> str:
    """Give it one line; its answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def let_go(process: "subprocess.Popen[str]") -> None:
    """Let it release what it holds, and wait until it has."""
    process.communicate("\n")


def start_writer(path: Path, name: str, count: int) -> "subprocess.Popen[str]":
    """A station that writes `count` events and prints each request once it is acknowledged.

    One that is refused prints the kind of error and ends.
    """
    command = [sys.executable, "-m", "tests.db.other_process", "write", str(path), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _stand() -> None:
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()


def _hold(path: Path, begin: str) -> None:
    connection = stranger(path, isolation_level=None)
    connection.execute(begin)
    _stand()
    connection.execute("ROLLBACK")
    connection.close()


def _long(path: Path, *, reads: bool) -> None:
    """Within a transaction of the program's own, for long enough that it says so."""
    store = Store(path, station="loket-9")

    def work(tx: Transaction) -> None:
        tx.column("SELECT id FROM service")
        while not any(path.parent.glob(f"{path.name}.held-loket-9-*")):
            time.sleep(0.01)
        _stand()

    with suppress(UserError):  # it took too long
        (store.read if reads else store.write)(work)
    store.close()


def _read(path: Path) -> None:
    """An open SELECT: what blocks every committer."""
    connection = open_file(path)
    cursor = connection.execute("SELECT id FROM service UNION ALL SELECT id FROM officer")
    cursor.fetchone()
    _stand()
    connection.close()


def _half_write(path: Path) -> None:
    """Stand in a transaction whose changes are in the file already, its journal hot."""
    connection = open_file(path)
    connection.execute("PRAGMA cache_size = 5")
    connection.execute("PRAGMA cache_spill = ON")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE office SET kiosk_pause = 'setengah'")
    connection.executemany(
        "INSERT INTO station VALUES (?1, ?1, hex(zeroblob(900)), '', '', 0, '', '', 0, '', '{}', 0, '', '')",
        _names(),
    )
    _stand()


def _names() -> Iterator[tuple[str]]:
    yield from ((f"s{n}",) for n in range(200))


def _commit_and_stand(path: Path) -> None:
    """Commit, and never tell anybody."""
    store = Store(path)
    store.write(lambda tx: events.append(tx, event("req-1")))
    _stand()


def _lease(path: Path) -> None:
    """A write lease that is not given back: any open() of the file hangs in the kernel, without an error."""
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    handle = os.open(path, os.O_RDWR)
    fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    _stand()


def _write(path: Path, name: str, count: int) -> None:
    store = Store(path, timeout_s=60)
    for n in range(count):
        request = f"{name}-{n}"
        one = event(request, name)
        try:
            store.write(partial(events.append, event=one))
        except UserError as error:
            print(type(error).__name__, flush=True)  # noqa: T201
            break
        print(request, flush=True)  # noqa: T201
    store.close()


def _obey(path: Path) -> None:
    """Write one event for each line that comes, and say what became of it."""
    store = Store(path, timeout_s=5)
    store.read(events.last_seq)
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        one = event(line.strip())
        try:
            store.write(partial(events.append, event=one))
            print("written", flush=True)  # noqa: T201
        except UserError as error:
            print(type(error).__name__, flush=True)  # noqa: T201
    store.close()


def main(act: str, path: Path, *more: str) -> None:
    acts = {
        "hold": lambda: _hold(path, "BEGIN IMMEDIATE"),
        "exclusive": lambda: _hold(path, "BEGIN EXCLUSIVE"),
        "long": lambda: _long(path, reads=False),
        "long-read": lambda: _long(path, reads=True),
        "read": lambda: _read(path),
        "half-write": lambda: _half_write(path),
        "commit": lambda: _commit_and_stand(path),
        "lease": lambda: _lease(path),
        "obey": lambda: _obey(path),
        "write": lambda: _write(path, more[0], int(more[1])),
    }
    acts[act]()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
