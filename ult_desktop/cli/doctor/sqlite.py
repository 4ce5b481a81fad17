"""The checks of `doctor` of SQLite: its version with the known defects, and the office file's schema."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ult_desktop.base import _
from ult_desktop.db.store.local_file import is_in_wal
from ult_desktop.db.store.server_address import what_mends
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.office import Office

Version = tuple[int, ...]


class Defect(NamedTuple):
    """A defect of SQLite: from which version to which it is there; `mended` also in these older lines."""

    name: str
    first: Version
    fixed: Version
    mended: tuple[Version, ...] = ()

    def is_in(self, version: Version) -> bool:
        older_line = any(version[:2] == each[:2] and version >= each for each in self.mended)
        return self.first <= version < self.fixed and not older_line


WAL_RESET = Defect("WAL-reset", (3, 7, 0), (3, 51, 3), ((3, 44, 6), (3, 50, 7)))
# Each wants SQL or a file that an enemy made: the program runs its own SQL alone, and whoever can alter the
# office file needs no defect. So they are reported, and fail nothing.
DEFECTS = (
    WAL_RESET,
    Defect("CVE-2024-0232", (3, 43, 0), (3, 43, 2)),
    Defect("CVE-2025-29087", (3, 44, 0), (3, 49, 1)),
    Defect("CVE-2025-6965", (3, 0, 0), (3, 50, 2)),
    Defect("CVE-2025-7709", (3, 49, 1), (3, 50, 3)),
    Defect("CVE-2026-11822, CVE-2026-11824", (3, 0, 0), (3, 53, 2)),
)


def check_sqlite(own_folder: Path, version: Version = sqlite3.sqlite_version_info) -> Iterator[CheckResult]:
    """Check the version.

    Also check each journal of this PC (in `own_folder`) that the WAL-reset bug can still reach.
    """
    check, number = "SQLite", ".".join(map(str, version))
    there = [each.name for each in DEFECTS if each.is_in(version)]
    if WAL_RESET.is_in(version):
        for path in sorted(own_folder.glob("journal-*.db")):
            if is_in_wal(path):
                found = _("{file} masih dalam mode WAL, dan SQLite {n} dapat merusaknya").format(
                    file=path.name, n=number
                )
                todo = _("Tutup semua ult-desktop di PC ini, lalu mulai lagi dengan versi ini.")
                yield CheckResult("fail", check, found, todo)
    if there:
        found = _("{n}; cacat yang dikenal: {names}").format(n=number, names=", ".join(there))
        todo = _("Program ini tidak terkena. Perbarui bila pemasang atau sistem menyediakannya.")
        yield CheckResult("warn", check, found, todo)
    else:
        yield CheckResult("ok", check, number)


def check_schema(office: Office) -> CheckResult:
    """Check the schema. Without a trigger, index or check, numbers could be doubled, or the log changed."""
    missing = office.read(lambda tx: tx.on_connection(tx.engine.missing_schema))
    if missing:
        todo = _("Jangan bekerja dengan berkas ini: kembalikan cadangan dengan `ult-desktop restore`.")
        found = _("tidak ada, atau lain: {names}").format(names=", ".join(missing))
        return CheckResult("fail", _("Skema"), found, what_mends(office.path, todo))
    return CheckResult("ok", _("Skema"), _("lengkap"))
