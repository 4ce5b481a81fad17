"""A PC that is set up, and killed at one of the steps that can be seen on its disks.

Run as `python -m tests.operations.office.killed_setup FOLDER STEP`: an office in FOLDER/share, the settings
in FOLDER/own. STEP 0 kills nothing and prints how many steps there are.
"""

import os
import signal
import sys
from pathlib import Path

from ult_desktop.core.office.setup_answers import NewOffice, SetupAnswers
from ult_desktop.operations.office.setting_up import set_up

CHANGES = ("os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "sqlite3.connect")
NEW = NewOffice(template="bpmp-dki", admin_password="kata-sandi-admin")
SHARE, STATION = "share", "own/station.toml"


def answers(folder: Path, office: NewOffice | None = NEW) -> SetupAnswers:
    place = str(folder / SHARE / "office.db")
    return SetupAnswers(database=place, mode="counter", name="loket-1", autostart=False, office=office)


class Killer:
    """Counts the steps below `folder`, and ends the process before one of them."""

    def __init__(self, folder: Path, step: int) -> None:
        self._folder, self._step = str(folder), step
        self.seen = 0

    def look(self, event: str, given: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event in CHANGES) and str(given[0]).startswith(self._folder):
            self.seen += 1
            if self.seen == self._step:
                os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, step: int) -> None:
    killer = Killer(folder, step)
    sys.addaudithook(killer.look)
    set_up(answers(folder), folder / STATION)
    print(killer.seen)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
