"""An office on a server, whichever engine the other tests run on."""

from pathlib import Path

import pytest

from tests.office import make_office


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return an empty place for an office of this test's own."""
    return make_office(tmp_path, on_server=True)
