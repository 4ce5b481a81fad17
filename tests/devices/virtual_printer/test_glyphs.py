"""Characters are drawn with and without the shipped face."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ult_desktop.devices.virtual_printer import characters


@pytest.fixture(params=["shipped", "missing"])
def drawing(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[characters.Glyphs]:
    characters._font.cache_clear()
    if request.param == "missing":
        monkeypatch.setattr(characters, "resource", lambda _name: tmp_path)
    yield characters.Glyphs()
    characters._font.cache_clear()


@pytest.mark.parametrize("cell", [(12, 24), (9, 17), (96, 192), (12, 48)])
def test_a_character_fills_its_cell_and_stays_in_it(
    drawing: characters.Glyphs, cell: tuple[int, int]
) -> None:
    mask = drawing.mask("A", cell, bold=True)
    assert mask.size == cell
    assert max(mask.tobytes()) > 200


def test_a_rule_meets_both_edges(drawing: characters.Glyphs) -> None:
    box = drawing.mask("─", (12, 24), bold=False).getbbox()
    assert box is not None
    assert (box[0], box[2]) == (0, 12)
