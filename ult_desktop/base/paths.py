"""Where a station keeps what is its own: the journal, the log, the lock of a running mode."""

import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)


def journal_path(station: str) -> Path:
    """The local journal of a station: on this PC's own disk, never on the share."""
    return user_data_path("ult-desktop", appauthor=False) / f"journal-{_plain(station)}.db"


def drafts_path(station: str) -> Path:
    """What officers were typing at a station: it names people, and stays on this PC."""
    return user_data_path("ult-desktop", appauthor=False) / f"drafts-{_plain(station)}.db"


def lock_path(station: str) -> Path:
    return user_data_path("ult-desktop", appauthor=False) / f"running-{_plain(station)}.lock"


def films_path() -> Path:
    """Which films this PC has begun to open and not got open."""
    return user_data_path("ult-desktop", appauthor=False) / "films.json"


def log_path(station: str) -> Path:
    return user_log_path("ult-desktop", appauthor=False) / f"{_plain(station)}.log"


def own_folders() -> tuple[Path, ...]:
    """Where journals and drafts, logs, and the usual settings of a station lie."""
    return tuple(
        where("ult-desktop", appauthor=False) for where in (user_data_path, user_log_path, user_config_path)
    )


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder below `resources/`."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)
