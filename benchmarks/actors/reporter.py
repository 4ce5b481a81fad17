"""A station without a window that reports itself as nine stations at rest do: `reporter DATABASE NAME`."""

import sys
import time
from contextlib import closing
from pathlib import Path

from benchmarks.actors.said import tell
from benchmarks.place import open_office
from ult_desktop.core import connection
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office

OTHERS = 9


def report(office: Office) -> None:
    """Write the station's row as it does every half minute."""
    office.report_presence(Presence(name=office.station, mode="kiosk", version="1", boot="b"))


def main(database: str, name: str) -> None:
    with closing(open_office(Path(database), name)) as office:
        tell("ready")
        while True:
            report(office)
            time.sleep(connection.BEAT_MS / 1000 / OTHERS)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
