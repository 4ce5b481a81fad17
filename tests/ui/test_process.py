"""A station's log file and lock, on a PC that is full or closed too."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ult_desktop.base import paths
from ult_desktop.base.errors import RunsAlready, UserError
from ult_desktop.base.private_files import PrivateLog
from ult_desktop.ui import process


@pytest.fixture
def root_log() -> Iterator[logging.Logger]:
    log = logging.getLogger()
    before = list(log.handlers)
    yield log
    for handler in set(log.handlers) - set(before):
        log.removeHandler(handler)
        handler.close()


def test_the_log_does_not_grow_without_end(
    own_home: Path, root_log: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LOG_BYTES", 2_000)
    process.log_to_file("kios-1")
    for number in range(400):
        logging.getLogger("ult_desktop.test").warning("line %s", number)
    (handler,) = [each for each in root_log.handlers if type(each) is PrivateLog]
    files = sorted(Path(handler.baseFilename).parent.iterdir())
    assert len(files) == process.LOG_FILES + 1
    assert sum(path.stat().st_size for path in files) < 2_000 * len(files)
    assert "line 399" in Path(handler.baseFilename).read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nobody(
    own_home: Path, root_log: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    own_home.write_text("a file where the folder should be", encoding="utf-8")
    before = list(root_log.handlers)
    process.log_to_file("kios-1")
    assert "no log file" in caplog.text
    assert root_log.handlers == before


def test_an_own_folder_that_cannot_be_written(own_home: Path) -> None:
    own_home.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(UserError, match="tidak dapat ditulisi"):
        process.lock_station(Path("office.db"), "kios-1")


def test_a_second_start_brings_the_window_to_the_front(own_home: Path, qtbot: QtBot) -> None:
    lock = process.lock_station(Path("office.db"), "kios-1")
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    process.show_when_started_again(window, Path("office.db"), "kios-1")
    with ThreadPoolExecutor() as second:
        refused = second.submit(process.lock_station, Path("office.db"), "kios-1")
        qtbot.waitUntil(refused.done, timeout=20_000)
    assert isinstance(error := refused.exception(), RunsAlready)
    assert error.in_front
    assert not window.isMinimized()
    lock.unlock()


def test_another_account_at_work_on_this_pc_is_named(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "ANSWER_S", 0.2)
    lock = process.lock_station(Path("office.db"), "kios-1")
    with pytest.raises(UserError, match="Stasiun kios-1 sudah berjalan"):
        process.lock_station(Path("office.db"), "kios-1")
    with paths.lock_path("kios-1").open("r+b", buffering=0) as file:
        file.seek(1)
        file.write(b"siti")
        file.truncate()
    with pytest.raises(UserError, match="pada akun siti") as refused:
        process.lock_station(Path("office.db"), "kios-1")
    assert "Keluar dari akun itu" in refused.value.todo
    lock.unlock()
