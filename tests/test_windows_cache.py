"""The cache of what is made for Windows: whole or not at all, and one thing may be made of another."""

import os
import time
from pathlib import Path

import pytest

from tools.windows import cache


def test_what_is_made_of_another_part_waits_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "cache", lambda: tmp_path / "cache")

    def part_of_it(folder: Path) -> None:
        (folder / "a").touch()

    def whole(folder: Path) -> None:
        part = cache.made("part", ("1",), part_of_it)
        (folder / "b").write_text(part.name)

    made = cache.made("whole", ("1",), whole)
    assert (made / "b").read_text().startswith("part-")
    assert cache.made("whole", ("1",), whole) == made


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache", lambda: tmp_path / "cache")

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError(28, "disk full")

    with pytest.raises(OSError, match="disk full"):
        cache.made("part", ("1",), fail)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["part.lock"]


def test_what_is_there_does_not_wait_for_what_is_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program's folder takes minutes; tests that have theirs already go on."""
    monkeypatch.setattr(cache, "cache", lambda: tmp_path / "cache")
    there = cache.made("part", ("1",), Path.touch)
    found: list[Path] = []
    cache.made("part", ("2",), lambda _folder: found.append(cache.made("part", ("1",), Path.touch)))
    assert found == [there]


def test_what_was_made_of_changing_sources_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "cache", lambda: tmp_path / "cache")
    source = tmp_path / "source.py"
    source.write_text("before")

    def change(_folder: Path) -> None:
        source.write_text("after")

    with pytest.raises(SystemExit, match="changed while it was made"):
        cache.made("part", (source,), change)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["part.lock"]


def test_what_nobody_used_for_two_weeks_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half made things of a killed program too."""
    monkeypatch.setattr(cache, "cache", lambda: tmp_path)
    old, young = cache.KEPT_DAYS * 86_400 + 60, 60
    for name, age in {"part-aa": old, "making-bb": old, "run-cc": old, "whole-dd": young}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    there = cache.made("part", ("1",), Path.touch)
    assert {path.name for path in tmp_path.iterdir()} == {there.name, "whole-dd", "part.lock"}
