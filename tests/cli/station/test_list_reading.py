"""The process that reads a list takes no more memory or time than it may."""

import subprocess
import sys

import pytest

from tests.program import ROOT
from ult_desktop.cli.station import list_reading

GOOD = b"Nama;Isi\nDedi;Data\n"


def limited(memory: int, seconds: int, work: str) -> "subprocess.CompletedProcess[str]":
    code = (
        f"from ult_desktop.cli.station import list_reading as r; r.limit_process({memory}, {seconds}); {work}"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.not_on_wine("bounds")
def test_more_memory_is_not_given() -> None:
    assert limited(200_000_000, 60, "bytearray(10_000_000)").returncode == 0
    ended = limited(200_000_000, 60, "bytearray(400_000_000)")
    assert ended.returncode != 0
    assert "MemoryError" in ended.stderr


@pytest.mark.slow
@pytest.mark.not_on_wine("bounds")
def test_one_that_nobody_ends_any_more_ends_itself() -> None:
    assert limited(200_000_000, 1, "[0 for _n in iter(int, 1)]").returncode != 0


def test_without_memory_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list_reading.answer(GOOD, "x.csv").file is not None

    def full(_data: bytes, _name: str, *_more: object) -> None:
        raise MemoryError

    monkeypatch.setattr(list_reading, "parse_list", full)
    with pytest.raises(SystemExit):
        list_reading.answer(GOOD, "x.csv")
