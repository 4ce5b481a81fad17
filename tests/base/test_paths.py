"""A station's own files: on this PC's disk, apart for each station, whatever its name."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ult_desktop.base import paths
from ult_desktop.base.config import default_path
from ult_desktop.base.paths import journal_path, lock_path, log_path


@pytest.mark.parametrize("place", [journal_path, lock_path, log_path])
def test_each_station_has_its_own(place: Callable[[str], Path], own_home: Path) -> None:
    first, second = place("kios-1"), place("kios-2")
    assert first != second
    assert first.is_relative_to(own_home)
    assert "kios-1" in first.name


@pytest.mark.parametrize("name", ["../../etc/passwd", "PC: lobi / kiri", "C:\\kios", "."])
def test_a_name_never_leads_out_of_the_folder(name: str, own_home: Path) -> None:
    for path in (journal_path(name), lock_path(name), log_path(name)):
        assert path.resolve().is_relative_to(own_home)
        assert not set("/\\: ") & set(path.name)


@pytest.mark.parametrize("place", [journal_path, lock_path, log_path])
def test_what_was_installed_belongs_to_the_pc(
    place: Callable[[str], Path], own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever signs in there is the same station."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("PROGRAMDATA", str(tmp_path))
    shared = tmp_path / "ult-desktop" if sys.platform == "win32" else Path("/var/lib/ult-desktop")
    assert place("kios-1").is_relative_to(shared)
    assert default_path() == shared / "station.toml"
    monkeypatch.setenv("ULT_FOLDER", str(tmp_path / "lain"))
    assert place("kios-1").is_relative_to(tmp_path / "lain")
    assert paths.own_folders()[0] == tmp_path / "lain"
