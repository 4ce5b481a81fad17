"""The places of an update."""

from pathlib import Path

import pytest
from nacl.signing import SigningKey

from tests.operations.updates.kits import UpdateKit


@pytest.fixture
def kit(tmp_path: Path) -> UpdateKit:
    kit = UpdateKit(SigningKey.generate(), tmp_path / "program", tmp_path / "own")
    kit.share.mkdir()
    kit.own.mkdir()
    return kit
