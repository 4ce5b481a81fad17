"""F1 opens the manual where the work is; it can be searched, and taken as paper."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.counter.help.manual_box import ManualBox, load_manuals, show_manual

BOOKS = load_manuals()


def pages_of(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n")


@pytest.fixture
def box(bench: Bench) -> ManualBox:
    bench.sign_in("siti")
    bench.open(InboxPage)
    return show_manual(bench.host.window, bench.host.theme, "phone")


def test_it_opens_at_the_page_of_the_window(box: ManualBox, picture: Picture) -> None:
    assert box.topic.title == "Telepon"
    assert box.page.height() > 300, "there is room to read"
    assert "F12" in box.page.toPlainText()
    assert "F1:" not in box.page.toPlainText()
    picture(box, "buku-petunjuk-1366x768")


def test_another_page_is_a_key_away(box: ManualBox) -> None:
    QTest.keyClick(box.list, Qt.Key.Key_Down)
    assert box.topic.title == "Permintaan daring"
    assert "SEMPENA" in box.page.toPlainText()


def test_words_are_found_in_every_book(box: ManualBox) -> None:
    box.search.setText("ramadan perpres")
    shown = [item.text().strip() for item in box._items() if not item.isHidden()]
    assert shown == ["Jam, libur, dan Ramadan"]
    assert box.topic.title == shown[0]
    box.search.setText("tidak ada yang begini")
    assert all(item.isHidden() for item in box._items())
    box.search.clear()
    assert not any(item.isHidden() for item in box._items())


def test_the_book_and_the_poster_are_saved(bench: Bench, box: ManualBox) -> None:
    for save, name in (
        (box.save_button, "Buku petugas"),
        (box.poster_button, "Poster"),
        (box.first_day_button, "Hari pertama"),
    ):
        save.click()
        bench.wait(partial(_is_in, name, box))
        assert Path(box.saved.words.text().removeprefix("Tersimpan: ")).read_bytes().startswith(b"%PDF")


def _is_in(name: str, box: ManualBox) -> bool:
    return name in f"{box.saved.words.text()} {box.refused.words.text()}"


def test_a_folder_that_cannot_be_written_is_told(bench: Bench, box: ManualBox, own_home: Path) -> None:
    own_home.mkdir(exist_ok=True)
    (own_home / "Dokumen").write_text("")
    box.save_button.click()
    bench.wait(partial(_is_in, "tidak dapat ditulis", box))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_each_task_begins_a_page_of_the_booklet(book: manual_box.Manual) -> None:
    assert pages_of(manual_box.booklet(book)) >= len(book.topics) + 1


def test_the_poster_is_one_page() -> None:
    assert pages_of(manual_box.poster()) == 1


def test_the_first_day_is_one_page_with_its_pictures(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in manual_box.pictures_of(manual_box.load_sheet(manual_box.FIRST_DAY)):
        picture = QImage(1366, 768, QImage.Format.Format_RGB32)
        picture.fill(0x00AA00)
        assert picture.save(str(tmp_path / name))
    monkeypatch.setattr(manual_box, "pictures_folder", lambda: tmp_path)
    page = manual_box.first_day()
    assert pages_of(page) == 1
    assert b"/Subtype /Image" in page


def test_a_wide_picture_is_shown_whole(
    box: ManualBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = next(each for each in BOOKS[0].topics if manual_box.pictures_of(each.text))
    picture = QImage(1366, 768, QImage.Format.Format_RGB32)
    picture.fill(0x00AA00)
    assert picture.save(str(tmp_path / manual_box.pictures_of(topic.text)[0]))
    monkeypatch.setattr(manual_box, "pictures_folder", lambda: tmp_path)
    box.page.setSearchPaths([str(tmp_path)])
    box.open_at(topic)
    assert box.page.document().idealWidth() <= box.page.viewport().width()


def test_a_picture_of_the_build_stands_on_its_page(
    box: ManualBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = QImage(200, 100, QImage.Format.Format_RGB32)
    picture.fill(0x00AA00)
    topic = next(each for each in BOOKS[0].topics if manual_box.pictures_of(each.text))
    without = len(manual_box.booklet(BOOKS[0]))
    assert picture.save(str(tmp_path / manual_box.pictures_of(topic.text)[0]))
    monkeypatch.setattr(manual_box, "pictures_folder", lambda: tmp_path)
    assert "![" in manual_box.shown_text(topic.text)
    assert b"/Subtype /Image" in manual_box.booklet(BOOKS[0])
    assert without > 0
