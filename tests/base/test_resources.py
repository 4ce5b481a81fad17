"""The program's own data is found beside the source, and inside a bundle."""

import sys
from pathlib import Path

import pytest

from ult_desktop.base.paths import resource


@pytest.mark.parametrize("folder", ["fonts", "i18n", "icons", "offices", "theme", "voices"])
def test_beside_the_source(folder: str) -> None:
    assert any(resource(folder).iterdir())


def test_inside_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("theme", "app.qss") == tmp_path / "resources" / "theme" / "app.qss"
