"""The wizard as a whole: to the end by Enter, back at any time, and nothing written before the last page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import Picture
from tests.ui.setup.conftest import Wizard
from tests.ui.shown import theme_of
from tests.ui.written import LEAST, pale
from ult_desktop.base import i18n
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.help.manual_box import ManualBox
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.setup.draft import Mode, SetupDraft

Open = Callable[..., Wizard]
PAGES = ("place", "office", "officers", "station", "printer", "backup", "finish")


@pytest.mark.parametrize("contrast", ["light", pytest.param("kontras", marks=pytest.mark.slow)])
def test_the_words_of_every_page_stand_out(wizard: Open, tmp_path: Path, contrast: Contrast) -> None:
    shown: tuple[tuple[Mode, tuple[str, ...]], ...] = (("kiosk", PAGES), ("display", ("sound",)))
    weak = {}
    for mode, pages in shown:
        draft = SetupDraft(kind="here", place=str(tmp_path / "ult"), pin="1379", name="kios-lobi", mode=mode)
        making = wizard(draft)
        theme_of(making.window).set_contrast(contrast)
        for name in pages:
            making.window._show(name)
            making.wait(making.window.page.work.isHidden)
            for field in making.window.findChildren(QLineEdit):
                field.deselect()
            weak[name] = pale(making.window, LEAST[contrast])
        making.window.close()
    assert not {page: words for page, words in weak.items() if words}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_every_page_fits(
    wizard: Open, tmp_path: Path, picture: Picture, language: str, size: tuple[int, int]
) -> None:
    i18n.use_language(language)
    shown: tuple[tuple[Mode, tuple[str, ...]], ...] = (("kiosk", PAGES), ("display", ("sound",)))
    for mode, pages in shown:
        draft = SetupDraft(kind="here", place=str(tmp_path / "ult"), pin="1379", name="kios-lobi", mode=mode)
        open_one = wizard(draft, size)
        for name in pages:
            open_one.window._show(name)
            open_one.enter() if name in ("office", "station") else None
            open_one.window._show(name)
            open_one.wait(open_one.window.page.work.isHidden)
            picture(open_one.window, f"setup-{name}-{size[0]}x{size[1]}-{language}")
        open_one.window.close()


@pytest.mark.file_only("pages")
def test_a_second_pc_needs_a_path_and_a_role(wizard: Open, office_file: Path) -> None:
    before = office_file.read_bytes()
    joining = wizard()
    joining.type("Folder kantor", str(office_file.parent))
    joining.enter("PC ini")
    joining.press("Layar TV")
    joining.enter("Suara")
    joining.enter("Selesai")
    joining.reads("BPMP Provinsi Kalimantan Utara")
    joining.press("Mulai sendiri")  # not with this test
    assert not joining.station.parent.exists()
    joining.enter()
    joining.wait(lambda: bool(joining.done))
    assert (joining.settings.mode, joining.settings.database) == ("display", str(office_file))
    assert joining.settings.name.startswith("Layar TV ")
    assert office_file.read_bytes() == before


@pytest.mark.slow
@pytest.mark.posix_only("samba")
def test_an_office_is_made_at_the_end_and_not_before(wizard: Open, tmp_path: Path) -> None:
    folder = tmp_path / "ult"
    making = wizard()
    making.press("Buat kantor baru di PC ini")
    making.type("Folder di PC ini", str(folder))
    titles = ("Nama dan jam layanan", "Petugas", "PC ini")
    for title in titles:
        making.enter(title)
    making.press("Kios")
    making.type("PIN keluar", "1379")
    for title in ("Printer", "Cadangan", "Selesai"):
        making.enter(title)
        assert not folder.exists()
        assert not making.station.parent.exists()
    making.press("Mulai sendiri")
    making.type("Ketik blok terakhir", making.window.finish.draft.code.rpartition("-")[2].lower())
    making.enter()
    making.wait(lambda: bool(making.done))
    first = making.window.draft.office
    assert (making.settings.kiosk.exit_pin, making.settings.mode) == ("1379", "kiosk")
    office = Office(folder / "office.db", "loket-1", tmp_path / "journal.db")
    assert office.sign_in("loket1", first.officers[0].password).name == "Petugas Loket 1"
    assert office.sign_in("admin", first.admin_password).name == "Administrator"
    office.close()


def test_back_keeps_what_was_answered(wizard: Open, tmp_path: Path) -> None:
    making = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult")))
    making.enter("Nama dan jam layanan")
    making.type("Nama kantor", "BPMP Kita")
    making.enter("Petugas")
    making.type("Nama 1", "Siti")
    making.type("Nama masuk 1", "siti")
    making.enter("PC ini")
    for title in ("Petugas", "Nama dan jam layanan", "Kantor"):
        QTest.keyClick(making.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert making.window.page.title == title
    making.window.go_back()
    assert making.window.page.title == "Kantor", "there is nothing before the first page"
    for title in ("Nama dan jam layanan", "Petugas", "PC ini"):
        making.enter(title)
    assert making.window.draft.office.name == "BPMP Kita"
    assert [each.login for each in making.window.draft.office.officers] == ["siti"]


def test_what_fails_at_the_end_is_told_and_can_be_tried_again(wizard: Open, office_file: Path) -> None:
    joining = wizard(SetupDraft(place=str(office_file), name="tv"))
    joining.enter("PC ini")
    joining.press("Layar TV")
    joining.enter("Suara")
    joining.enter("Selesai")
    joining.press("Mulai sendiri")
    joining.station.parent.write_text("no folder")
    joining.window.go_on()
    joining.window.go_back()
    joining.window.close()
    assert joining.window.isVisible(), "what is being written is not left"
    joining.reads("tidak dapat ditulis")
    joining.station.parent.unlink()
    joining.enter()
    joining.wait(lambda: bool(joining.done))


@pytest.mark.posix_only("systemd")
def test_what_is_left_to_do_is_read_before_the_mode_begins(
    wizard: Open, office_file: Path, own_home: Path
) -> None:
    own_home.mkdir()
    (own_home / "systemd").write_text("")
    joining = wizard(SetupDraft(place=str(office_file), name="tv", mode="display"))
    for title in ("PC ini", "Suara", "Selesai"):
        joining.enter(title)
    joining.enter()
    joining.reads("Lanjutkan untuk mulai")
    assert joining.station.exists()
    assert not joining.done
    joining.window.go_back()
    joining.enter()
    assert joining.done


def test_f1_opens_the_page_of_the_road_that_is_taken(wizard: Open, tmp_path: Path) -> None:
    one = wizard(SetupDraft(place=str(tmp_path / "ult")))
    for road, title in (
        ("Gabung kantor", "Wizard: gabung kantor yang sudah ada"),
        ("Buat kantor baru di folder bersama", "Wizard: buat kantor baru di folder bersama sebuah server"),
        ("Buat kantor baru di PC ini", "Wizard: buat kantor baru di PC ini"),
    ):
        one.press(road)
        assert manual_page(one) == title
    one.enter("Nama dan jam layanan")
    assert manual_page(one) == "Wizard: buat kantor baru di PC ini"


def manual_page(open_one: Wizard) -> str:
    open_one.window.activateWindow()
    open_one.wait(open_one.window.isActiveWindow)
    QTest.keyClick(open_one.window.focusWidget(), Qt.Key.Key_F1)
    (box,) = open_one.window.findChildren(ManualBox)
    title = box.topic.title
    box.close()
    open_one.wait(lambda: not open_one.window.findChildren(ManualBox))
    return title


def test_a_window_that_is_closed_says_so(wizard: Open) -> None:
    closed = wizard()
    left = list[bool]()
    closed.window.left.connect(lambda: left.append(True))
    QTest.keyClick(closed.window, Qt.Key.Key_A)
    closed.window.close()
    assert left == [True]
