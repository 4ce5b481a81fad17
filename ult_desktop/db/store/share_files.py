"""The share's files: how they are written, read and listed, and how SQLite is given their path."""

import errno
import os
import stat
import time
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

# Windows renames no file that another program has open without FILE_SHARE_DELETE, and scanners and indexers
# open each new file: https://learn.microsoft.com/en-us/windows/win32/api/fileapi/nf-fileapi-createfilew
HELD_ERRORS = (5, 32, 33)  # access denied, sharing violation, lock violation
# https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes--0-499-
# None (not Windows), no such file, no such path; a network path that is away has other numbers.
NOT_THERE = (None, 2, 3)
_READ_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
)
PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8)  # between the tries to rename a file that another program holds
SMALL_BYTES = 65_536


def replace_file(half: Path, target: Path) -> None:
    """Rename `half` to `target`, over what lies there; try again while another program holds one of them.

    Raises:
        OSError: it cannot be renamed.
    """
    for pause in PAUSES_S:
        try:
            half.replace(target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in HELD_ERRORS:  # other systems have no such error
                raise
            time.sleep(pause)
        else:
            return
    half.replace(target)


def write_whole(path: Path, content: bytes) -> bool:
    """Write all of `content` or nothing; return False where the file has this content already.

    Raises:
        OSError: it cannot be written.
    """
    if path.is_file() and path.stat().st_size == len(content) and read_whole(path) == content:
        return False
    half = path.with_name(f"{path.name}.part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    replace_file(half, path)
    return True


def database_uri(path: Path, mode: str) -> str:
    """Return the URI that SQLite opens; `mode` is "ro", "rw", or "rwc" to make the file."""
    # A `?` or `#` in a folder's name would end the path, and "%" begin an escape:
    # https://www.sqlite.org/uri.html
    return f"file:{quote(os.fsencode(path))}?mode={mode}"


def list_files(folder: Path, pattern: str) -> list[Path]:
    """List the files of a folder whose names match `pattern`, in order; none where the folder is missing.

    Since Python 3.13 `Path.glob` passes over a folder that cannot be read: a share that is away, or a disk
    that fails, would look like an empty one.

    Raises:
        OSError: the folder cannot be read.
    """
    # WORKAROUND `Path.glob` hides every OSError since 3.13 (https://github.com/python/cpython/issues/90208),
    # without a way to ask for it. It can go when pathlib has one.
    return [folder / entry.name for entry in list_entries(folder) if fnmatchcase(entry.name, pattern)]


def list_entries(folder: Path) -> list["os.DirEntry[str]"]:
    """List the entries of a folder by name; none where it is missing. Raises OSError as `list_files`."""
    try:
        with os.scandir(folder) as unordered:
            return sorted(unordered, key=lambda entry: entry.name)
    except FileNotFoundError as error:
        if getattr(error, "winerror", None) not in NOT_THERE:
            raise
        return []


def find_files(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield the files whose names match `pattern` in a folder and in all folders below it, in order.

    Raises:
        OSError: one of them cannot be read.
    """
    for entry in list_entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from find_files(folder / entry.name, pattern)
        elif fnmatchcase(entry.name, pattern):
            yield folder / entry.name


def read_small(path: Path) -> bytes:
    """Return the first 64 KiB of a file.

    The files that stations write are smaller, but other people can write into the shared folder too.
    """
    with open_regular(path) as file:
        return file.read(SMALL_BYTES)


def read_whole(path: Path) -> bytes:
    """Return the content of a file. Raises OSError as `open_regular`."""
    with open_regular(path) as file:
        return file.read()


def open_to_read(path: Path) -> int:
    """Open a file to read its bytes, without waiting for the other end of a pipe; return the handle."""
    return os.open(path, _READ_FLAGS)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read it: others can lay a pipe into a shared folder, which never answers.

    Raises:
        OSError: it cannot be read, or is a pipe, a device or a folder.
    """
    handle = open_to_read(path)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return os.fdopen(handle, "rb")


def file_name_part(name: str) -> str:
    """Return a name as part of a file name: all but letters and digits become hyphens."""
    return "".join(letter if letter.isalnum() else "-" for letter in name)
