"""SQLite as the bundle carries it: a pinned amalgamation, compiled for the system that runs it."""

import hashlib
import subprocess
import tarfile
from pathlib import Path

VERSION = "3.53.2"
PACKAGE, TARBALL = "better-sqlite3@12.11.1", "better-sqlite3-12.11.1.tgz"  # of the npm registry
TARBALL_SHA256 = "ebf0ed75a7a59dbcb3b24bbd014ef49d9f15bc328e4adcbf516f2a8fadfa2835"
SOURCE_SHA256 = "60d2f39a3726cd6b9021da6f4e868608d66fbb6528a9f513dc8ffcc640493422"
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
    tarball = work / TARBALL
    if not tarball.exists():
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=work, check=True, stdout=subprocess.PIPE)
    _require(tarball, TARBALL_SHA256)
    with tarfile.open(tarball) as archive:
        member = archive.extractfile("package/deps/sqlite3/sqlite3.c")
        source = work / "sqlite3.c"
        source.write_bytes(member.read() if member else b"")
    _require(source, SOURCE_SHA256)
    return source


def _require(path: Path, digest: str) -> None:
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{path} is not the file that was pinned: delete it and try again.")
