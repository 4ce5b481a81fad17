"""A station's own files: on this PC's disk, apart for each station, whatever its name."""

from pathlib import Path

import pytest

from ult_desktop.base.paths import journal_path, lock_path, log_path


@pytest.mark.parametrize("place", [journal_path, lock_path, log_path])
def test_each_station_has_its_own(place: object, own_home: Path) -> None:
    assert callable(place)
    first, second = place("kios-1"), place("kios-2")
    assert first != second
    assert first.is_relative_to(own_home)
    assert "kios-1" in first.name


@pytest.mark.parametrize("name", ["../../etc/passwd", "PC: lobi / kiri", "C:\\kios", "."])
def test_a_name_never_leads_out_of_the_folder(name: str, own_home: Path) -> None:
    for path in (journal_path(name), lock_path(name), log_path(name)):
        assert path.resolve().is_relative_to(own_home)
        assert not set("/\\: ") & set(path.name)
