"""An office file opened as a plain store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ult_desktop.db.store.store import Store

HERE = Path(__file__).parent
SHARE = HERE / "lock_check"  # it asks of a folder what no server has


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each engine runs the SQL of `db` in its own way."""
    for each in items:
        if each.path.is_relative_to(HERE) and not each.path.is_relative_to(SHARE):
            each.add_marker(pytest.mark.by_engine)


@pytest.fixture
def store(office_file: Path) -> Iterator[Store]:
    """The office's store, impatient enough for tests of a busy file."""
    opened = Store(office_file, timeout_s=0.4)
    yield opened
    opened.close()
