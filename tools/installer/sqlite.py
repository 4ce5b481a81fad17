"""SQLite as the bundle carries it: a pinned amalgamation, compiled for the system that runs it."""

import subprocess
import tarfile
from pathlib import Path

from tools.installer.npm import packed, require

VERSION = "3.54.1"
PACKAGE = "better-sqlite3@13.2.0"  # of the npm registry
TARBALL_SHA256 = "40487589df3496f2ee0079d22b73c63fccebe7db0e8ee9a2c42421861e321e0b"
SOURCE_SHA256 = "75a4760a7b9727a4c4c877aec92eacf39e52a8f2921ce00bd33be6d3a8e8e254"
OPTIONS = (
    *("-O2", "-shared", "-s", "-DSQLITE_THREADSAFE=1", "-DSQLITE_ENABLE_COLUMN_METADATA"),
    *("-DSQLITE_ENABLE_FTS5", "-DSQLITE_ENABLE_LOAD_EXTENSION", "-DSQLITE_ENABLE_MATH_FUNCTIONS"),
)
WINDOWS = ("-static-libgcc", "-DSQLITE_API=__declspec(dllexport)")
LINUX = ("-fPIC", "-Wl,-soname,libsqlite3.so.0")


def library(work: Path, compiler: str, *, windows: bool) -> Path:
    """`sqlite3.dll` or `libsqlite3.so.0`, made once in `work`."""
    target = work / f"sqlite-{VERSION}" / ("sqlite3.dll" if windows else "libsqlite3.so.0")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        source = _source(work)
        libraries = [] if windows else ["-lm"]
        draft = target.with_suffix(".making")
        system = WINDOWS if windows else LINUX
        subprocess.run([compiler, *OPTIONS, *system, source, *libraries, "-o", draft], check=True)
        draft.replace(target)
    return target


def _source(work: Path) -> Path:
    """`sqlite3.c`. Ends the program where it is not the one that was pinned."""
    with tarfile.open(packed(PACKAGE, TARBALL_SHA256, work)) as archive:
        member = archive.extractfile("package/deps/sqlite3/sqlite3.c")
        source = work / "sqlite3.c"
        source.write_bytes(member.read() if member else b"")
    require(source, SOURCE_SHA256)
    return source
