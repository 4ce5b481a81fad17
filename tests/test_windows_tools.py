"""The Windows under Wine: what is fetched is pinned, what is made is made once."""

import os
import re
from pathlib import Path

import pytest

from tools.windows import fetch, wine
from tools.windows.__main__ import main
from tools.windows.cache import made


def test_what_is_fetched_is_pinned_by_version_and_hash() -> None:
    for lock in (fetch.RUNTIME, fetch.PACKAGER):
        entries = re.split(r"\n(?=[^\s#])", re.sub(r"^#.*\n", "", lock.read_text()))
        assert len(entries) > 1
        assert [each for each in entries if not re.match(r"\S+==[^\\\n]+ \\\n    --hash=sha256:", each)] == []


def test_a_lock_is_read_as_a_windows_python_reads_it(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text(
        "click==8.5.1 \\\n    --hash=sha256:aa\n"
        "pywin32==312 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n"
        "uvloop==1.0 ; sys_platform != 'win32' \\\n    --hash=sha256:cc\n"
        "old==1.0 ; python_version < '3.12' \\\n    --hash=sha256:dd\n"
    )
    there = fetch.for_windows(lock, (3, 13))
    assert re.findall(r"^(\w+)==|sha256:(\w+)", there, re.MULTILINE) == [
        ("click", ""),
        ("", "aa"),
        ("pywin32", ""),
        ("", "bb"),
    ]
    assert ";" not in there
    assert "old==1.0" in fetch.for_windows(lock, (3, 11))


def test_a_recipe_is_carried_out_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    part, times = tmp_path / "part", []
    part.write_text("one")

    def make(folder: Path) -> None:
        times.append(folder)
        (folder / "there").touch()

    def broken(folder: Path) -> None:
        make(folder)
        raise OSError("the disk is full")

    first = made("thing", [part, "word"], make)
    assert made("thing", [part, "word"], make) == first
    assert (first / "there").exists()
    part.write_text("two")
    with pytest.raises(OSError, match="the disk is full"):
        made("thing", [part, "word"], broken)
    assert len({first, made("thing", [part, "word"], make)}) == 2
    assert len(times) == 3
    assert not list(first.parent.glob("making-*"))


@pytest.mark.parametrize("words", [["nonsense"], ["--"], ["--", "notepad"]])
def test_another_word_gets_the_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().out.startswith("usage: python3 dev.py windows")


@pytest.mark.slow_night
@pytest.mark.windows
@pytest.mark.posix_only("wine")
def test_files_are_copied_with_their_times_there(tmp_path: Path) -> None:
    """By `shutil.copy2`, for which Python 3.13 has a call of Windows that Wine lacks."""
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("words")
    os.utime(source, (1_000_000_000, 1_000_000_000))
    copy = "import shutil, sys; shutil.copy2(*sys.argv[1:])"
    with wine.screen() as display:
        words = ["-c", copy, *(wine.windows_path(each) for each in (source, target))]
        process = wine.start(words, wine.environment(wine.prefix(), display))
        out = b"".join(wine.said(process))
    assert (process.returncode, out) == (0, b"")
    assert target.read_text() == "words"
    assert target.stat().st_mtime == 1_000_000_000
