"""Files of this PC alone (journal, drafts, logs, settings): other accounts of the PC do not read them.

An installed program shares these files among the accounts of one group (`ult_desktop/pc/installing.py`).
"""

import io
import logging
import os
import re
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from ult_desktop.base import paths
from ult_desktop.base.late import late

if TYPE_CHECKING:
    import subprocess
else:
    subprocess = late("subprocess")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # what a viewer may break a line at, or obey
_MARK = ".private"
_NOT_FOR_OTHERS = 0o007  # bits of a umask
# https://learn.microsoft.com/en-us/windows-server/identity/ad-ds/manage/understand-security-identifiers
SYSTEM, ADMINISTRATORS = "*S-1-5-18", "*S-1-5-32-544"  # by number, for Windows translates their names


def close_own_files_to_others() -> None:
    """Keep other accounts from reading this program's files: the folders of this account, or of the PC."""
    if paths.pc_folder() is not None:  # the installer has closed it to others; its group reads new files too
        os.umask(_NOT_FOR_OTHERS)
        return
    for folder in paths.own_folders():
        close_to_others(folder)


def private_mode() -> int:
    """Return the rights of a file that this account alone reads; in a folder of the PC its group too."""
    return 0o600 if paths.pc_folder() is None else 0o660


def close_to_others(folder: Path) -> None:
    """Let this account alone into `folder` and all that is in it; on Windows the administrators too.

    A folder that is not there, or belongs to another account, is left as it is.
    """
    with suppress(OSError):
        if not folder.is_dir():
            return
        if sys.platform == "win32":
            _close_on_windows(folder)
        else:
            folder.chmod(0o700)


def _close_on_windows(folder: Path) -> None:
    """Close the folder once, for this starts a program; a mark in the folder remembers it."""
    if (mark := folder / _MARK).exists() or "USERNAME" not in os.environ:
        return
    result = subprocess.run(
        acl_command(folder, os.environ),
        capture_output=True,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # a console would flash up
    )
    if result.returncode == 0:
        mark.touch()


def acl_command(folder: Path, variables: Mapping[str, str]) -> list[str]:
    """Return the command that lets in only the account of these environment variables.

    Nothing is inherited from above.
    """
    account = "\\".join(filter(None, (variables.get("USERDOMAIN"), variables["USERNAME"])))
    grants = [f"{who}:(OI)(CI)F" for who in (account, SYSTEM, ADMINISTRATORS)]
    return ["icacls", str(folder), "/inheritance:r", "/grant:r", *grants, "/q"]


def open_private(path: str | Path, flags: int) -> int:
    """Open a file, as an `opener`: what it makes is read by nobody else."""
    return os.open(path, flags, private_mode())


class LogLine(logging.Formatter):
    """The form of a log's entry: one line, whatever is in its words, with the zone of its time.

    The lines of a traceback follow it, each indented: none can be taken for an entry.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    @override
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return super().formatTime(record, datefmt) + time.strftime("%z", self.converter(record.created))

    @override
    def formatMessage(self, record: logging.LogRecord) -> str:
        return _in_one_line(super().formatMessage(record))

    @override
    def format(self, record: logging.LogRecord) -> str:
        # Not in `formatException`: another handler's formatter may have left its text in the record.
        return "\n    ".join(map(_in_one_line, super().format(record).split("\n")))


def _in_one_line(text: str) -> str:
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], text)


class PrivateLog(RotatingFileHandler):
    """A log of this account's own."""

    @override
    def _open(self) -> io.TextIOWrapper:
        # `RotatingFileHandler` makes each new file with the rights of the umask.
        return open(self.baseFilename, "a", encoding=self.encoding, opener=open_private)
