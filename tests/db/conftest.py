"""An office file opened as a plain store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ult_desktop.db.store.store import Store


@pytest.fixture
def store(office_file: Path) -> Iterator[Store]:
    """The office's store, impatient enough for tests of a busy file."""
    opened = Store(office_file, timeout_s=0.4)
    yield opened
    opened.close()
