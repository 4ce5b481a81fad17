"""Where what is made once lies: outside of the repository, one folder a recipe."""

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ult_desktop.base.late import late

if TYPE_CHECKING:
    import fcntl
else:  # of Linux alone; what is collected on Windows imports this module too
    fcntl = late("fcntl")

KEPT_DAYS = 14


def cache() -> Path:
    """Return this account's folder for it."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "ult-desktop" / "windows"


def made(name: str, recipe: Iterable[Path | str], make: Callable[[Path], None]) -> Path:
    """Return the folder that `make` filled for just this recipe; it is made whole or not at all.

    A recipe is files, which count by what is in them, and words. Folders that nobody has used for two weeks
    go, and so does what a program that was killed left half made.
    """
    recipe = list(recipe)
    folder = cache() / f"{name}-{_digest(recipe)}"
    if folder.exists():  # while another one is made, which takes minutes
        os.utime(folder)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:  # what is made of another part takes that one's
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix="making-") as temporary:
                whole = Path(temporary) / name
                whole.mkdir()
                make(whole)
                if folder.name != f"{name}-{_digest(recipe)}":
                    raise SystemExit(f"The sources of {name} were changed while it was made: try again.")
                whole.rename(folder)
        os.utime(folder)
        for other in folder.parent.glob("*-*"):
            with contextlib.suppress(FileNotFoundError):  # another program clears away too
                if other.stat().st_mtime < time.time() - KEPT_DAYS * 86_400:
                    shutil.rmtree(other, ignore_errors=True)
    return folder


def _digest(recipe: Iterable[Path | str]) -> str:
    parts = (part.read_bytes() if isinstance(part, Path) else part.encode() for part in recipe)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
