"""A retention run as a process of its own that dies (kill -9) at one of its steps."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.office import PASSWORD
from tests.operations.scene import HandClock
from ult_desktop.db import archive_erasing, archive_file, backup
from ult_desktop.db import retention as rows
from ult_desktop.operations import archive_erasing as steps
from ult_desktop.operations import retention
from ult_desktop.operations.office import Office

STEPS: tuple[tuple[object, str], ...] = (
    (shutil, "copyfile"),
    (archive_file, "prove"),
    (rows, "erase"),
    (archive_file, "digest_of"),
    (archive_erasing, "_write_anew"),
    (backup, "sync_file"),
    (steps, "begin"),
    (archive_erasing, "put"),
    (backup, "sync_folder"),
    (steps, "end"),
)


def die_at(moment: int) -> None:
    """Before and after each step is a moment; the steps of an office file without archives are none."""
    passed = 0

    def watched(true: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **more: object) -> object:
            passing()
            done = true(*arguments, **more)
            passing()
            return done

        return step

    def passing() -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    for holder, name in STEPS:
        setattr(holder, name, watched(getattr(holder, name)))


def main(office_file: str, now: str, moment: str) -> None:
    path = Path(office_file)
    office = Office(path, "retensi", path.parent / "journal-retensi.db")
    office.clock = HandClock(int(now))
    admin = office.sign_in("admin", PASSWORD)
    die_at(int(moment))
    retention.run(office, admin, sys.exit)
    office.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
