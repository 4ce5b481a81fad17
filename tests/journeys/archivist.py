"""The archiving of a year as a process of its own, in the smallest steps, told line by line."""

import sys
from pathlib import Path

from tests.office import PASSWORD
from ult_desktop.db import archiving
from ult_desktop.operations import archiving as series
from ult_desktop.operations.archiving import Job, archive_year
from ult_desktop.operations.office import Office


def tell(words: str) -> None:
    """Say it, and go on when whoever listens has heard it (or has gone)."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main(office_file: str, disk: str, year: str) -> None:
    archiving.LOG_STEP = 7
    series.FIRST_PORTION = series.LARGEST_PORTION = 1
    series.PAUSE_S = (0.0, 0.002)
    office = Office(Path(office_file), "arsip", Path(disk).parent / "journal-arsip.db")
    job = Job(year=int(year), place=Path(disk))
    archive_year(
        office,
        office.sign_in("admin", PASSWORD),
        job,
        tell,
        lambda done, steps: tell(f"{done}/{steps}"),
    )
    office.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
