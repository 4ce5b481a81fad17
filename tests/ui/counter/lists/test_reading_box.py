"""While a list is read: the box that says so, its button that ends it, and pages that go before it ends."""

import sys
import weakref
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import Picture
from tests.ui.counter.lists.conftest import choose
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.operations.lists import list_reader
from ult_desktop.operations.lists.list_reader import ListReader
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.lists.list_panel import ImportPanel, ReadingBox
from ult_desktop.ui.counter.online.folder_watch import FolderWatch

STUCK = "import sys; sys.stdin.buffer.read(); __import__('threading').Event().wait()"


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that never ends by itself."""
    monkeypatch.setattr(list_reader, "own_command", lambda: (sys.executable, "-c", STUCK))


def reading(bench: Bench) -> ReadingBox:
    bench.wait(lambda: any(box.isVisible() for box in bench.window.findChildren(ReadingBox)))
    return next(box for box in bench.window.findChildren(ReadingBox) if box.isVisible())


@pytest.mark.usefixtures("stuck")
def test_a_person_ends_it(bench: Bench, panel: ImportPanel, listed: Path, picture: Picture) -> None:
    choose(panel, listed)
    box = reading(bench)
    picture(box, "daftar-sedang-dibaca")
    assert not panel.start.verb.isEnabled()
    box.stop_button.click()
    bench.wait(panel.start.refusal.isVisible)
    assert "Pembacaan dibatalkan." in panel.start.refusal.words.text()
    assert panel.start.verb.isEnabled()
    bench.wait(lambda: not bench.window.findChildren(ReadingBox))


def test_the_readers_end_touches_no_connection(bench: Bench, opened: CasesPage, listed: Path) -> None:
    """The reading's thread may end it, and would wait for the window while that one waits for it."""
    counts: list[int] = []

    def count(reader: ListReader) -> None:
        counts.append(weakref.getweakrefcount(reader))

    ReadingBox(bench.host, listed, count, lambda _nothing: None, lambda _error: None)
    bench.wait(lambda: not bench.window.findChildren(ReadingBox))
    assert counts == [0]


class GonePage(QWidget):
    """Asked for a list."""

    def take(self, _value: object) -> None:
        self.setWindowTitle("never")  # it is deleted: this raises


def test_the_page_went_before_the_list_was_read(bench: Bench, opened: CasesPage, listed: Path) -> None:
    """An officer signs out so: what was read is for nobody."""
    page = GonePage()
    ReadingBox(bench.host, listed, ListReader.read, page.take, page.take)
    shiboken6.delete(page)
    bench.wait(lambda: not bench.window.findChildren(ReadingBox))


@pytest.mark.usefixtures("stuck")
def test_the_counter_is_closed_while_its_folder_is_read(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "masuk").mkdir()
    (tmp_path / "masuk" / "a.csv").write_text("Nama;Isi\n", encoding="utf-8")
    watch = FolderWatch(bench.link, tmp_path / "masuk", OnlineSource.SEMPENA, look_ms=30)
    bench.wait(lambda: watch._reader is not None and watch._reader._child is not None)
    watch.close()
    assert watch._reader is not None
    assert watch._reader._child is not None
    assert watch._reader._child.wait(60) != 0
    assert (tmp_path / "masuk" / "a.csv").exists()
