"""Files on a PC are read by the account that runs the program there, and by no other."""

import logging
import re
import stat
import sys
from pathlib import Path

import pytest

from tests.office import make_office
from tests.program import answer_of, start
from ult_desktop.base.paths import own_folders
from ult_desktop.base.private_files import LogLine, PrivateLog, acl_command, close_to_others


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.posix_only("modes")
def test_a_folder_is_closed_and_one_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "ult-desktop"
    close_to_others(folder)
    assert not folder.exists()
    folder.mkdir(mode=0o755)
    close_to_others(folder)
    assert mode_of(folder) == 0o700


@pytest.mark.parametrize(
    ("variables", "account"),
    [({"USERDOMAIN": "DINAS", "USERNAME": "kios 1"}, r"DINAS\kios 1"), ({"USERNAME": "kios"}, "kios")],
)
def test_what_windows_is_told(variables: dict[str, str], account: str) -> None:
    """The system and the administrators by number: an Indonesian Windows calls them otherwise."""
    assert acl_command(Path("C:/Data/ult-desktop"), variables) == [
        "icacls",
        str(Path("C:/Data/ult-desktop")),
        "/inheritance:r",
        "/grant:r",
        f"{account}:(OI)(CI)F",
        "*S-1-5-18:(OI)(CI)F",
        "*S-1-5-32-544:(OI)(CI)F",
        "/q",
    ]


@pytest.mark.posix_only("modes")
def test_a_log_is_this_accounts_own_each_part_of_it(tmp_path: Path) -> None:
    handler = PrivateLog(tmp_path / "kios.log", maxBytes=60, backupCount=2, encoding="utf-8")
    for n in range(3):
        handler.handle(logging.makeLogRecord({"msg": f"{n} {'x' * 50}"}))
    handler.close()
    assert {each.name: mode_of(each) for each in tmp_path.iterdir()} == dict.fromkeys(
        ("kios.log", "kios.log.1", "kios.log.2"), 0o600
    )


def test_an_entry_of_a_log_is_one_line_with_the_zone_of_its_time() -> None:
    """Whoever names a station or a printer could write an entry of their own else."""
    forged = "kios\n2026-01-01 00:00:00,000+0800 ERROR store: palsu\x1b[2J\u2028"
    line = LogLine().format(logging.makeLogRecord({"msg": "%s", "args": (forged,), "name": "store"}))
    assert line.splitlines() == [line]
    assert r"kios\n2026-01-01" in line
    assert "\x1b" not in line
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}[+-]\d{4} ", line)


def test_a_traceback_forges_no_entry() -> None:
    forged = "palsu\n2026-01-01 00:00:00,000+0800 ERROR office: palsu\r2026\u2028"
    try:
        raise ValueError(forged)
    except ValueError:
        record = logging.makeLogRecord({"msg": "gagal", "exc_info": sys.exc_info()})
    logging.Formatter().format(record)  # a handler before ours leaves its text in the record
    entry, *below = LogLine().format(record).splitlines()
    assert entry.endswith("gagal")
    assert all(line.startswith("    ") for line in below)
    assert below[-1].endswith(r"\r2026\u2028")


@pytest.mark.posix_only("modes")
def test_every_start_closes_the_folders_of_an_older_program(own_home: Path) -> None:
    """Journals, logs and settings lie in one here."""
    assert {folder.parent for folder in own_folders()} >= {own_home}
    (own_home / "ult-desktop").mkdir(mode=0o755, parents=True)
    assert answer_of(start("--version")).code == 0
    assert mode_of(own_home / "ult-desktop") == 0o700


@pytest.mark.slow
@pytest.mark.posix_only("modes")
def test_the_folder_of_a_pc_is_left_to_its_group(own_home: Path, tmp_path: Path) -> None:
    """Accounts of the group read and write what one of them writes there, and nobody else does."""
    shared = tmp_path / "ult-desktop"
    shared.mkdir()
    shared.chmod(0o2770)
    office = make_office(tmp_path)
    words = ("queue", "issue", "A", "--database", office)
    assert answer_of(start(*words, ULT_FOLDER=str(shared))).code == 0
    assert mode_of(shared) == 0o2770
    assert {mode_of(each) for each in shared.glob("journal-*.db")} == {0o660}
