"""Characters are drawn with and without the shipped face."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ult_desktop.devices.virtual_printer import canvas


@pytest.fixture(params=["shipped", "missing"])
def drawing(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[canvas.Glyphs]:
    canvas._font.cache_clear()
    if request.param == "missing":
        monkeypatch.setattr(canvas, "resource", lambda _name: tmp_path)
    yield canvas.Glyphs()
    canvas._font.cache_clear()


@pytest.mark.parametrize("cell", [(12, 24), (9, 17), (96, 192), (12, 48)])
def test_a_character_fills_its_cell_and_stays_in_it(drawing: canvas.Glyphs, cell: tuple[int, int]) -> None:
    mask = drawing.mask("A", cell, bold=True)
    assert mask.size == cell
    assert max(mask.tobytes()) > 200
