"""A share that hangs: no error and no answer, for as long as a file lies somewhere."""

import time
from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from benchmarks.survival.disk import Disk

LOOK_S = 0.05


class NoDisk(Disk):
    """A disk that remembers nothing, for runs where only the moment counts."""

    @override
    def needs(self, path: str) -> bool:
        return False

    @override
    def opened(self, path: str, content: bytes | None) -> None:
        pass

    @override
    def wrote(self, path: str, offset: int, data: bytes) -> None:
        pass

    @override
    def resized(self, path: str, size: int) -> None:
        pass

    @override
    def synced(self, path: str) -> None:
        pass

    @override
    def deleted(self, path: str) -> None:
        pass


def hangs_while(there: Path) -> Callable[[], None]:
    """Return the function to call before each access to the share: it waits while `there` exists."""

    def wait() -> None:
        while there.exists():
            time.sleep(LOOK_S)

    return wait
