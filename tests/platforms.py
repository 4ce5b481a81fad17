"""Where the tests run, and what some of them need that is not there.

A test that cannot run on Windows carries `posix_only("need")`, one that only Wine cannot run
`not_on_wine("need")`. It is skipped there with the reason that stands here, and listed in docs/windows.md.
"""

import ctypes
import shutil
import sys
from pathlib import Path

import pytest

ON_WINDOWS = sys.platform == "win32"
ON_WINE = sys.platform == "win32" and hasattr(ctypes.windll.ntdll, "wine_get_version")

POSIX_ONLY = {
    "beside": "on Windows an installer runs beside the program that it replaces, which does not wait for it",
    "below a file": "for Windows what lies below a file is not there, for Linux it cannot be looked at",
    "bus": "a screen reader reads over a D-Bus on Linux, and on Windows by another road",
    "clock": "Windows is asked for its tick count, Linux for a clock that runs on in sleep",
    "cups": "CUPS is the print system of Linux and macOS",
    "exchange": "on Windows no file is renamed or replaced while a program has it open",
    "dpkg": "packages of Debian are checked by Debian's own tool",
    "fifo": "Windows has no pipe with a name in a folder",
    "file limit": "Windows cannot bound the files of one process: this is how a disk is full in the middle",
    "names in a library": "Windows finds functions of Qt's libraries by other names",
    "fork": "Windows has no fork",
    "no lock-down": "Windows locks a kiosk down, which is refused elsewhere",
    "no screen": "Windows always has a screen and a box of its own",
    "lease": "only Linux can lend a file out so that whoever opens it hangs",
    "modes": "Windows has lists of rights instead of modes",
    "nsis": "the installer for Windows is packed on Linux",
    "postgresql": "the tests' server is Debian's PostgreSQL",
    "proc": "Windows has no /proc: open files are read there, and it takes no files",
    "samba": "Windows shares the folder itself, where Linux tells how Samba does",
    "sound server": "the sound server of these tests is Linux' PipeWire",
    "serial line": "Windows has no pair of pseudo-terminals",
    "signals": "Windows has no signals",
    "systemd": "systemd starts programs on Linux",
    "links": "Windows lets administrators alone make symbolic links",
    "wine": "these tests start a Windows by themselves",
    "zbar": "the scanner that reads codes back is Debian's",
}
NOT_ON_WINE = {
    "bounds": "Wine takes a job's bounds of memory and time, and keeps nobody to them",
    "broadcast": "under Wine a socket on 127.0.0.1 does not hear 127.255.255.255",
    "foreign address": "Wine lets a socket have an address that its PC does not have",
    "voice": "Wine's speech engine ends whatever process asks it for a voice",
}
MARKS = {"posix_only": POSIX_ONLY, "not_on_wine": NOT_ON_WINE}


def skip_what_is_not_there(item: pytest.Item) -> None:
    """Skip a test that needs what this system lacks; an unknown need fails on every system."""
    for name, absent in (("posix_only", ON_WINDOWS), ("not_on_wine", ON_WINE)):
        for mark in item.iter_markers(name):
            reason = MARKS[name][mark.args[0]]
            if absent:
                pytest.skip(reason)
    if item.get_closest_marker("windows") and shutil.which("wine") is None:
        pytest.skip("`python3 dev.py windows` installs Wine")


def account_in(folder: Path) -> dict[str, str]:
    """The variables that lay journals, logs, settings and documents of an account below `folder`."""
    names = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "APPDATA")
    documents = dict.fromkeys(("XDG_DOCUMENTS_DIR", "WIN_PD_OVERRIDE_PERSONAL"), str(folder / "Dokumen"))
    return dict.fromkeys(names, str(folder)) | documents
