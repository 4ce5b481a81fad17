"""Marks of films that were opened: a few lines on this PC's disk, and never in the way of the show."""

from pathlib import Path

import pytest

from ult_desktop.ui.display.media.media import OpeningMarks
from ult_desktop.ui.display.media.media_folder import Medium
from ult_desktop.ui.media_files import MediumKind


def film(name: str = "1.webm", changed: int = 1) -> Medium:
    return Medium(Path(name), MediumKind.VIDEO, changed, 9)


def test_two_openings_without_an_end_are_enough_until_it_changes(tmp_path: Path) -> None:
    marks = OpeningMarks(tmp_path / "own" / "films.json")
    assert [marks.begin(film()) for _n in range(3)] == [True, True, False]
    assert marks.begin(film("2.webm"))
    assert marks.begin(film(changed=2))
    assert marks.begin(film()), "what it was before is forgotten"


def test_one_that_came_to_its_end_begins_anew(tmp_path: Path) -> None:
    marks = OpeningMarks(tmp_path / "films.json")
    for _n in range(5):
        assert marks.begin(film())
        marks.remove(film())
    marks.remove(film("2.webm"))


@pytest.mark.parametrize("content", [b"rusak", b"\xff[", b'[{"path": 1}]'])
def test_a_file_that_cannot_be_read_counts_as_nothing(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "films.json"
    place.write_bytes(content)
    assert [OpeningMarks(place).begin(film()) for _n in range(3)] == [True, True, False]


def test_a_disk_that_cannot_be_written_keeps_no_film_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "own").write_bytes(b"no folder")
    assert all(OpeningMarks(tmp_path / "own" / "films.json").begin(film()) for _n in range(3))
    assert "films.json" in caplog.text
