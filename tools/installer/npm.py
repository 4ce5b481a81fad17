"""Packages of the npm registry, pinned by version and SHA-256."""

import hashlib
import shutil
import subprocess
from pathlib import Path


def packed(package: str, digest: str, folder: Path) -> Path:
    """Return the file of a package (`name@version`) in `folder`, fetched where it is not there yet.

    Ends the program where it is not the one that was pinned.
    """
    tarball = folder / (package.lstrip("@").replace("/", "-").replace("@", "-") + ".tgz")
    if not tarball.exists():
        npm = shutil.which("npm") or "npm"  # on Windows npm.cmd, which no short name starts
        subprocess.run([npm, "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.PIPE)
    require(tarball, digest)
    return tarball


def require(path: Path, digest: str) -> None:
    """End the program where the file is not the one that was pinned."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{path} is not the file that was pinned: delete it and try again.")
