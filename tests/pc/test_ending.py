"""Stations of a PC end when they are asked to, in order, and nobody is ended by a request of yesterday."""

import os
import time
from pathlib import Path

import pytest

from ult_desktop.base import paths, process_lock
from ult_desktop.base.errors import UserError
from ult_desktop.pc import ending


@pytest.fixture
def folder(own_home: Path) -> Path:
    place = paths.data_folder()
    place.mkdir(parents=True)
    return place


def request(folder: Path, words: str = "", age_s: float = 0) -> None:
    path = folder / "end.request"
    path.write_text(words)
    os.utime(path, (time.time() - age_s,) * 2)


def test_a_request_counts_for_a_minute_and_a_half(folder: Path) -> None:
    assert ending.requested_exit_status() is None
    request(folder)
    assert ending.requested_exit_status() == 0
    request(folder, "again")
    assert ending.requested_exit_status() == ending.COME_BACK
    request(folder, "again", age_s=120)
    assert ending.requested_exit_status() is None


def test_a_request_counts_with_its_text_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text, seen = Path.write_text, list[int | None]()

    def write_slowly(path: Path, text: str) -> int:
        path.touch()
        seen.append(ending.requested_exit_status())
        return write_text(path, text)

    monkeypatch.setattr(Path, "write_text", write_slowly)
    with ending._request_to_end(again=True):
        seen.append(ending.requested_exit_status())
    assert seen == [None, ending.COME_BACK]
    assert not list(folder.iterdir())


def test_nothing_is_asked_where_nothing_runs(folder: Path) -> None:
    left = paths.presence_path(1)
    left.touch()
    ending.end_stations(again=True)
    assert list(folder.iterdir()) == [left]


def test_who_does_not_end_is_named_and_the_request_taken_back(folder: Path) -> None:
    with ending.note_presence(), pytest.raises(UserError, match="masih berjalan") as refused:
        ending.end_stations(again=False, patience_s=0)
    assert process_lock.account() in refused.value.what
    assert ending.requested_exit_status() is None


def test_each_process_of_a_station_counts_until_it_ends(folder: Path) -> None:
    with ending.note_presence():
        with ending.note_presence():
            assert len(paths.presence_paths()) == 2
        assert ending.running_accounts() == {process_lock.account()}
    assert not ending.running_accounts()


def test_a_folder_that_cannot_be_written_keeps_no_station_from_saying_so(own_home: Path) -> None:
    own_home.write_text("a file where the folder should be")
    with ending.note_presence():
        assert not ending.running_accounts()


def test_a_folder_that_takes_no_request_is_told(folder: Path) -> None:
    (folder / "end.request").mkdir()
    with ending.note_presence(), pytest.raises(UserError, match="tidak dapat ditulis"):
        ending.end_stations(again=False, patience_s=0)
