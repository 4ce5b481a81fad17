"""The paths of a station's own files: the journal, the log, the lock of a running mode, its settings.

A program that was installed keeps them for the PC: all accounts there are the same station. The installer
makes that folder, and its rights. A program from source keeps them for the account.
"""

import os
import re
import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

_FORBIDDEN_LETTERS = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # in names of files on Windows
_LONGEST_NAME = 120  # letters, without the suffix
OWN_FOLDER = "ULT_FOLDER"  # an environment variable that names another folder than the usual one


def pc_folder() -> Path | None:
    """Return the folder that all accounts of this PC share; None if each account has its own."""
    if named := os.environ.get(OWN_FOLDER):
        return Path(named)
    if not getattr(sys, "frozen", False):
        return None
    if sys.platform == "win32":
        return Path(os.environ["PROGRAMDATA"]) / "ult-desktop"
    return Path("/var/lib/ult-desktop")


def data_folder() -> Path:
    """Return the folder of this PC's own journals, drafts and locks."""
    return pc_folder() or user_data_path("ult-desktop", appauthor=False)


def settings_folder() -> Path:
    return pc_folder() or user_config_path("ult-desktop", appauthor=False)


def log_folder() -> Path:
    shared = pc_folder()
    return shared / "Logs" if shared else user_log_path("ult-desktop", appauthor=False)


def _as_file_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)


def journal_path(station: str) -> Path:
    """Return the local journal of a station: on this PC's own disk, never on the share."""
    return data_folder() / f"journal-{_as_file_name(station)}.db"


def drafts_path(station: str) -> Path:
    """Return the drafts of officers at a station: they name people, and stay on this PC."""
    return data_folder() / f"drafts-{_as_file_name(station)}.db"


def lock_path(station: str) -> Path:
    return data_folder() / f"running-{_as_file_name(station)}.lock"


def presence_path(number: int) -> Path:
    """Return the lock that one of the processes of a station holds while it lives."""
    return data_folder() / f"present-{number}.lock"


def presence_paths() -> list[Path]:
    return list(data_folder().glob("present-*.lock"))


def share_account_path() -> Path:
    """Return the file of the Windows account by which this PC opens the office's share, with its password."""
    return data_folder() / "share-account.json"


def films_path() -> Path:
    """Return the list of films that this PC has begun to open and could not open yet."""
    return data_folder() / "films.json"


def log_path(station: str) -> Path:
    return log_folder() / f"{_as_file_name(station)}.log"


def updates_folder() -> Path:
    """Return the folder of the updates that a station took from the share.

    Every account that works at this PC may write there.
    """
    return data_folder() / "pembaruan"


def program_folder() -> Path:
    """Return the folder of the program, which only administrators write; from source a folder of the account.

    An installer exchanges the folder `program` in it, and leaves the rest.
    """
    return Path(sys.executable).parents[1] if getattr(sys, "frozen", False) else data_folder() / "program"


def own_folders() -> tuple[Path, ...]:
    """Return the folders of journals and drafts, of logs, and of the usual settings of a station."""
    return data_folder(), log_folder(), settings_folder()


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder below `resources/`."""
    # Where PyInstaller's program lies unpacked: https://pyinstaller.org/en/stable/runtime-information.html
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)


def file_name(words: str, suffix: str) -> str:
    """Return the name of a file in the words that people say; what Windows refuses becomes a hyphen.

    Colons between words are left out: "Laporan: 2026" is "Laporan 2026".
    """
    name = _FORBIDDEN_LETTERS.sub("-", " ".join(words.replace(": ", " ").split()))
    return ".".join(filter(None, (name[:_LONGEST_NAME].strip(" .-"), suffix)))
