"""On which engine the tests' offices lie: in files, or (`--engine postgres`) on a server of the tests' own.

A test that is about a file carries `file_only("need")`: it is not collected for a server, and listed with the
reason that stands here in docs/store.md.
"""

from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.cluster import Cluster, running

FILE_ONLY: dict[str, str] = {}
_NAME = "office.postgresql"
_end = ExitStack()
_chosen = ["sqlite"]
_made: list[str] = []


def choose(engine: str) -> None:
    _chosen[:] = [engine]


def on_server() -> bool:
    return _chosen == ["postgres"]


@cache
def server() -> Cluster:
    """Runs until `close`."""
    return _end.enter_context(running())


def close() -> None:
    _end.close()


def new_database(folder: Path) -> Path:
    """What stands for an empty database."""
    return _written(folder, server().create())


def copied(address: str, folder: Path) -> Path:
    """What stands for a copy of that office."""
    copy = server().create(address)
    _made.append(copy)
    return _written(folder, copy)


def made() -> int:
    """How many copies there are."""
    return len(_made)


def drop_after(kept: int) -> None:
    """Drop the copies that were made since."""
    while len(_made) > kept:
        server().drop(_made.pop())


def _written(folder: Path, address: str) -> Path:
    path = folder / _NAME
    path.write_text(address)
    return path


def without_files(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Those that run on a server, and those that are about a file."""
    left, dropped = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        (dropped if item.get_closest_marker("file_only") else left).append(item)
    return left, dropped
