"""Where a station keeps what is its own: the journal, the log, the lock of a running mode, its settings.

A program that was installed keeps it for the PC: whoever signs in there is the same station. The installer
makes that folder, and its rights. A program from source keeps it for the account.
"""

import os
import re
import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

OWN_FOLDER = "ULT_FOLDER"  # an environment variable that names another folder than the usual one


def pc_folder() -> Path | None:
    """The folder that all accounts of this PC share; None where each account has its own."""
    if named := os.environ.get(OWN_FOLDER):
        return Path(named)
    if not getattr(sys, "frozen", False):
        return None
    if sys.platform == "win32":
        return Path(os.environ["PROGRAMDATA"]) / "ult-desktop"
    return Path("/var/lib/ult-desktop")


def data_folder() -> Path:
    return pc_folder() or user_data_path("ult-desktop", appauthor=False)


def settings_folder() -> Path:
    return pc_folder() or user_config_path("ult-desktop", appauthor=False)


def log_folder() -> Path:
    shared = pc_folder()
    return shared / "Logs" if shared else user_log_path("ult-desktop", appauthor=False)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)


def journal_path(station: str) -> Path:
    """The local journal of a station: on this PC's own disk, never on the share."""
    return data_folder() / f"journal-{_plain(station)}.db"


def drafts_path(station: str) -> Path:
    """What officers were typing at a station: it names people, and stays on this PC."""
    return data_folder() / f"drafts-{_plain(station)}.db"


def lock_path(station: str) -> Path:
    return data_folder() / f"running-{_plain(station)}.lock"


def presence_path(number: int) -> Path:
    """What one of the processes that keep a station going holds while it lives."""
    return data_folder() / f"present-{number}.lock"


def presence_paths() -> list[Path]:
    return list(data_folder().glob("present-*.lock"))


def films_path() -> Path:
    """Which films this PC has begun to open and not got open."""
    return data_folder() / "films.json"


def log_path(station: str) -> Path:
    return log_folder() / f"{_plain(station)}.log"


def updates_folder() -> Path:
    """What a station took from the share: anybody who works at this PC may write there."""
    return data_folder() / "pembaruan"


def program_folder() -> Path:
    """Where the program was installed, and only administrators write; from source a folder of the account.

    An installer exchanges the folder `program` in it, and leaves the rest.
    """
    return Path(sys.executable).parents[1] if getattr(sys, "frozen", False) else data_folder() / "program"


def own_folders() -> tuple[Path, ...]:
    """Where journals and drafts, logs, and the usual settings of a station lie."""
    return data_folder(), log_folder(), settings_folder()


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder below `resources/`."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)


def plain_name(words: str) -> str:
    """A file's name of these words: letters, digits and hyphens alone."""
    return re.sub(r"[\W_]+", "-", words).strip("-")
