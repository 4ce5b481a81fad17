"""A whole file takes its name, also where a scanner looks into it for a moment."""

import errno
from pathlib import Path

import pytest

from ult_desktop.db.store import share_files
from ult_desktop.db.store.share_files import replace_file


class HeldFileError(PermissionError):
    """The error that Windows raises: with a number of its own."""

    winerror: int | None = None  # type: ignore[misc,assignment,unused-ignore]


class FileScanner:
    """Holds a file for some tries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tries: int, winerror: int | None) -> None:
        self.tries, self._winerror, self._replace = tries, winerror, Path.replace

        def replace(half: Path, target: Path) -> Path:
            return self._move(half, target)

        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr(share_files, "PAUSES_S", (0.0, 0.0, 0.0))

    def _move(self, half: Path, target: Path) -> Path:
        if not self.tries:
            return self._replace(half, target)
        self.tries -= 1
        held = HeldFileError(errno.EACCES, "held")
        held.winerror = self._winerror
        raise held


@pytest.fixture
def half(tmp_path: Path) -> Path:
    (tmp_path / "office.part").write_text("baru", encoding="utf-8")
    (tmp_path / "office.db").write_text("lama", encoding="utf-8")
    return tmp_path / "office.part"


def moved(half: Path) -> bool:
    return half.with_name("office.db").read_text(encoding="utf-8") == "baru" and not half.exists()


@pytest.mark.parametrize("tries", [0, 1, 3])
def test_one_that_is_held_for_a_moment_is_waited_for(
    half: Path, monkeypatch: pytest.MonkeyPatch, tries: int
) -> None:
    FileScanner(monkeypatch, tries, winerror=32)
    replace_file(half, half.with_name("office.db"))
    assert moved(half)


@pytest.mark.parametrize(("tries", "winerror", "left"), [(9, 32, 5), (9, None, 8), (9, 19, 8)])
def test_what_stays_held_or_is_no_matter_of_waiting_is_told(
    half: Path, monkeypatch: pytest.MonkeyPatch, tries: int, winerror: int | None, left: int
) -> None:
    scanner = FileScanner(monkeypatch, tries, winerror)
    with pytest.raises(PermissionError):
        replace_file(half, half.with_name("office.db"))
    assert scanner.tries == left
    assert not moved(half)
