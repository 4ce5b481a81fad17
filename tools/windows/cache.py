"""Where what is made once lies: outside of the repository, one folder a recipe."""

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
    """This account's folder for it."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "ult-desktop" / "windows"


def made(name: str, recipe: Iterable[Path | str], make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled for just this recipe; it is made whole or not at all.

    A recipe is files, which count by what is in them, and words. Folders of other recipes that nobody has
    used for two weeks go.
    """
    parts = (part.read_bytes() if isinstance(part, Path) else part.encode() for part in recipe)
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
    folder = cache() / f"{name}-{digest}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:  # what is made of another part takes that one's
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix="making-") as temporary:
                whole = Path(temporary) / name
                whole.mkdir()
                make(whole)
                whole.rename(folder)
        os.utime(folder)
        for other in folder.parent.glob(f"{name}-*"):
            if other.stat().st_mtime < time.time() - KEPT_DAYS * 86_400:
                shutil.rmtree(other)
    return folder
