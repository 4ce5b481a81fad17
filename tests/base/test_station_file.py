"""Settings that are written down read the same again, and are never half there."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from ult_desktop.base import config
from ult_desktop.base.config import (
    BackupConfig,
    CounterConfig,
    KioskConfig,
    OnlineConfig,
    PrinterConfig,
    StationConfig,
    load_station,
)
from ult_desktop.base.errors import UserError
from ult_desktop.base.station_file import station_text, write_station_after

SHARE = r"\\SERVER\ult\office.db"


def whole(folder: Path, settings: StationConfig) -> StationConfig:
    path = folder / "station.toml"
    path.write_text(station_text(settings), encoding="utf-8")
    return load_station(path)


def test_every_setting_comes_back(tmp_path: Path) -> None:
    settings = StationConfig(
        database=SHARE,
        mode="counter",
        name='Loket "dua" di D\'Rumah',
        language="en",
        kiosk=KioskConfig(letter="M", exit_pin="0471", categories=("a", "b'c")),
        counter=CounterConfig(number=2, lock_after_minutes=0, survey_screen=True),
        printer=PrinterConfig(address="win32://EPSON TM-T82"),
        online=OnlineConfig(folder=r"D:\ult's\sempena", source="email"),
        backup=BackupConfig(folder=r"E:\cadangan"),
    )
    assert whole(tmp_path, settings) == settings
    assert f"database = '{SHARE}'" in station_text(settings), "people read a path as it is"


@given(name=st.text(), folder=st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_no_text_breaks_the_file(tmp_path_factory: pytest.TempPathFactory, name: str, folder: str) -> None:
    settings = StationConfig(name=name, database=folder)
    assert whole(tmp_path_factory.mktemp("one"), settings) == settings


def test_settings_are_on_the_disk_before_they_take_the_place_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "station.toml"
    with write_station_after(path, StationConfig(mode="kiosk")):
        pass

    def fail(_file: int) -> None:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "fsync", fail)
    with (
        pytest.raises(UserError, match="I/O error"),
        write_station_after(path, StationConfig(mode="counter")),
    ):
        pytest.fail("the block must not run")
    assert load_station(path).mode == "kiosk"


def test_a_refusal_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "station.toml"
    with pytest.raises(UserError, match="share"), write_station_after(path, StationConfig(mode="kiosk")):
        assert not path.exists(), "not before the block went through"
        raise UserError("no share")
    assert list(path.parent.iterdir()) == []
    with write_station_after(path, StationConfig(mode="kiosk")):
        pass
    assert load_station(path).mode == "kiosk"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_told_before_anything_happens(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with (
        pytest.raises(UserError, match="tidak dapat ditulis"),
        write_station_after(tmp_path / "taken" / "station.toml", StationConfig()),
    ):
        pytest.fail("the block ran")


def test_a_name_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "station.toml").mkdir()
    with (
        pytest.raises(UserError, match="tidak dapat ditulis"),
        write_station_after(tmp_path / "station.toml", StationConfig()),
    ):
        pass
    assert [each.name for each in tmp_path.iterdir()] == ["station.toml"]


def test_only_a_file_that_is_not_there_means_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "station.toml"
    monkeypatch.setattr(config, "default_path", lambda: place)
    assert not config.has_settings()
    place.write_text("")
    assert config.has_settings()


@pytest.mark.posix_only("below a file")
def test_settings_that_cannot_be_looked_at_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place := tmp_path / "station.toml").touch()
    monkeypatch.setattr(config, "default_path", lambda: place / "below-a-file")
    assert config.has_settings()
