"""An office that has been backed up: without one backup none is well."""

import time

import pytest

from tests.cli.conftest import CommandLine
from ult_desktop.db.backup import upkeep
from ult_desktop.db.store.store import Store


@pytest.fixture
def backed_up(desk: CommandLine) -> CommandLine:
    store, now = Store(desk.path), time.time_ns() // 1_000_000
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-1", now, "E:/a.db"))
    store.close()
    return desk
