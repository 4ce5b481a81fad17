"""Windows' way with open files, on any system: none that this process has open is deleted or renamed."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.platforms import ON_WINDOWS


def forbid_moving_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on `os.unlink`, `os.rename` and `os.replace` refuse what Windows refuses by itself."""
    if ON_WINDOWS:
        return
    for name, paths in (("unlink", 1), ("rename", 2), ("replace", 2)):
        monkeypatch.setattr(os, name, _refusing(getattr(os, name), paths))


def _refusing(act: Callable[..., None], paths: int) -> Callable[..., None]:
    def do(*given: str | Path, **more: object) -> None:
        for path in given[:paths]:
            if not more and _is_open(path):
                raise PermissionError(errno.EACCES, "another program has it open", os.fspath(path))
        act(*given, **more)

    return do


def _is_open(path: str | Path) -> bool:
    try:
        sought = os.lstat(path)
    except OSError:
        return False
    return any(os.path.samestat(sought, each) for each in _open_files())


def _open_files() -> Iterator[os.stat_result]:
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the listing's own is closed by now
            yield descriptor.stat()
