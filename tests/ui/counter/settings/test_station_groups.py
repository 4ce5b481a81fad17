"""Groups about this PC: its file is written whole, and what is filled in can be tried before it is saved."""

from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from tests.office import make_office
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.settings.test_form_group import difference, lines, press
from tests.ui.look import settle
from tests.ui.shown import facts_of
from ult_desktop.base import UserError, own_program
from ult_desktop.base.config import KioskConfig, StationConfig, load_station
from ult_desktop.base.i18n import use_language
from ult_desktop.base.station_file import write_station_after
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import CategoryTemplate, Words
from ult_desktop.db.backup.backup_folder import list_backups, office_folders
from ult_desktop.db.store.server_address import address_in
from ult_desktop.devices.printer.search import FoundPrinter
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.office.office_changes import office_document
from ult_desktop.ui import process
from ult_desktop.ui.counter.settings.page import SettingsPage
from ult_desktop.ui.counter.settings.screen_group import ScreenGroup
from ult_desktop.ui.counter.settings.station_groups import (
    IS_WINDOWS,
    BackupGroup,
    CategoryTicks,
    ComputerGroup,
    PrinterField,
    StationGroup,
    change_station,
)
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.theme import Contrast

G = TypeVar("G", bound=StationGroup)
PATH = r"E:\cadangan\ult-kaltara"


def file_of(bench: Bench) -> Path:
    assert bench.place.settings is not None
    return bench.place.settings


def write(bench: Bench, config: StationConfig) -> None:
    with write_station_after(file_of(bench), config):
        pass


def opened(
    bench: Bench, kind: type[G], size: tuple[int, int] = (1366, 768), contrast: Contrast = "light"
) -> G:
    bench.sign_in("admin")
    page = bench.open(SettingsPage, size, contrast)
    page.choose(kind.name)
    group = page.chosen
    assert isinstance(group, kind)
    bench.wait(lambda: group.document is not None)
    return group


def test_this_pcs_file_is_written_whole_and_taken_back(bench: Bench) -> None:
    write(bench, StationConfig(name="Meja depan", database="/srv/office.db"))
    group = opened(bench, ComputerGroup)
    assert group.form.field("name").value() == "Meja depan"
    group.form.field("language").show_value("en")
    group.form.field("counter.number").show_value(2)
    group.form.verb.click()
    assert lines(difference(bench)) == [
        ("Bahasa awal", "Bahasa Indonesia → English"),
        ("Loket di meja ini", "– → 2"),
    ]
    assert load_station(file_of(bench)).language == "id"
    press(bench, "Simpan")
    bench.wait(lambda: not group.undo_button.isHidden())
    saved = load_station(file_of(bench))
    assert (saved.language, saved.counter.number, saved.database) == ("en", 2, "/srv/office.db")
    group.undo_button.click()
    bench.wait(lambda: load_station(file_of(bench)).language == "id")
    bench.wait(lambda: group.form.field("language").value() == "id")


def test_only_a_kiosk_is_asked_what_kiosks_need(bench: Bench, picture: Picture) -> None:
    write(bench, StationConfig(mode="counter", kiosk=KioskConfig(large_text=True)))
    group = opened(bench, ComputerGroup)
    shown = group.form.field
    assert [shown(key).is_shown for key in ("counter.number", "online.folder", "name")] == [True] * 3
    assert not any(shown(key).is_shown for key in ("kiosk.exit_pin", "kiosk.keypad", "kiosk.categories"))
    picture(bench.window, "pengaturan-komputer-loket")
    shown("mode").show_value("kiosk")
    shown("mode").changed.emit()
    assert [shown(key).is_shown for key in ("kiosk.exit_pin", "counter.number")] == [True, False]
    shown("mode").show_value("counter")
    shown("mode").changed.emit()
    shown("name").show_value("Meja depan")
    group.form.verb.click()
    press(bench, "Simpan")
    bench.wait(lambda: load_station(file_of(bench)).name == "Meja depan")
    assert load_station(file_of(bench)).kiosk.large_text, "what is not shown stays as it was"


def test_without_a_file_the_usual_values_stand_there(bench: Bench) -> None:
    group = opened(bench, ScreenGroup)
    assert group.document == StationConfig()
    group.form.verb.click()
    bench.wait(lambda: bench.toast == "Tidak ada yang berubah.")
    group.form.field("display.repeat").show_value(3)
    group.form.verb.click()
    press(bench, "Simpan")
    bench.wait(lambda: file_of(bench).exists() and load_station(file_of(bench)).display.repeat == 3)


def test_what_a_hand_wrote_meanwhile_is_not_overwritten(bench: Bench) -> None:
    group = opened(bench, ComputerGroup)
    write(bench, StationConfig(name="Kios"))
    group.form.field("name").show_value("Loket")
    group.form.verb.click()
    press(bench, "Simpan")
    bench.wait(lambda: "diubah orang lain" in group.form.refusal.words.text())
    assert load_station(file_of(bench)).name == "Kios"


def test_a_file_that_cannot_be_read_is_told(bench: Bench) -> None:
    file_of(bench).write_text("name = ", encoding="utf-8")
    bench.sign_in("admin")
    page = bench.open(SettingsPage)
    page.choose("computer")
    bench.wait(lambda: "TOML" in bench.toast)


def test_an_address_that_is_none_is_told_beside_the_field(bench: Bench) -> None:
    group = opened(bench, ComputerGroup)
    group.form.field("printer.address").show_value("lpt1")
    group.form.verb.click()
    assert "jenisnya tidak dikenal" in group.form.field("printer.address").error.text()
    group.test_button.click()
    assert bench.toast == "Isi dulu alamat printernya."


def test_a_printer_of_this_pc_is_chosen_by_its_name(bench: Bench) -> None:
    group = opened(bench, ComputerGroup)
    field = group.form.field("printer.address")
    assert isinstance(field, PrinterField)
    field.show_value("tcp://192.168.1.50")
    field.show_printers((FoundPrinter("win32://EPSON TM-T82", "EPSON TM-T82"),))
    assert (field.value(), field.problem()) == ("tcp://192.168.1.50", "")
    field.choice.setEditText("EPSON TM-T82")
    assert (field.value(), field.problem()) == ("win32://EPSON TM-T82", "")
    field.choice.setEditText("Tanpa printer")
    assert field.value() == "none"


def test_the_kiosks_categories_are_ticked_by_name(bench: Bench) -> None:
    office = bench.office.read(office_document)
    rows = tuple(
        CategoryTemplate(key=key, name=Words(name)) for key, name in (("a", "Guru"), ("b", "Sekolah"))
    )
    write(bench, StationConfig(kiosk=KioskConfig(categories=("b", "lama"))))
    group = opened(bench, ComputerGroup)
    bench.do(ChangeSettings(settings=msgspec.structs.replace(settings_of(office), categories=rows)))
    field = group.form.field("kiosk.categories")
    assert isinstance(field, CategoryTicks)
    bench.wait(lambda: [box.text() for box in field.boxes.values()] == ["Guru", "Sekolah", "lama"])
    assert field.value() == ("b", "lama")
    assert not group.is_dirty
    field.boxes["a"].click()
    field.boxes["lama"].click()
    assert field.value() == ("b", "a")
    assert group.is_dirty


@pytest.mark.usefixtures("unhurried_printer")
def test_the_printer_is_tried_and_its_paper_measured_before_it_is_saved(bench: Bench) -> None:
    printer = VirtualPrinter()
    try:
        group = opened(bench, ComputerGroup)
        address, plain = group.form.field("printer.address"), f"tcp://127.0.0.1:{printer.port}"
        address.show_value(plain)
        for answers, options in (
            (("2  Hanya A (kertas 58 mm)", "3  Tidak satu pun (huruf polos)"), "?width=58&letters=ascii"),
            (("1  A dan B (kertas 80 mm)", "2  Baris 2"), "?letters=cp1252"),
            (("1  A dan B (kertas 80 mm)", "1  Baris 1"), ""),
        ):
            group.test_button.click()
            for answer in answers:
                bench.wait(bench.has_box)
                press(bench, answer)
            assert address.value() == f"{plain}{options}"
        assert "Cetak percobaan" in printer.wait_for_papers(2)[0].text
        assert not file_of(bench).exists()
        printer.paper_out()
        group.test_button.click()
        bench.wait(lambda: "Kertas printer habis" in bench.toast)
    finally:
        printer.close()


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("0000", "mudah ditebak"),
        ("1234", "mudah ditebak"),
        ("13a9", "4 sampai 8 angka"),
        ("1379", ""),
        ("", ""),
    ],
)
def test_a_pin_that_everybody_tries_is_refused_here_too(bench: Bench, pin: str, words: str) -> None:
    field = opened(bench, ComputerGroup).form.field("kiosk.exit_pin")
    field.show_value(pin)
    assert words in field.problem()
    assert bool(field.problem()) == bool(words)


def test_a_call_is_heard_before_it_is_saved(bench: Bench) -> None:
    group = opened(bench, ScreenGroup)
    for _twice in range(2):
        group.test_button.click()
        bench.wait(lambda: group.trial._announcer is not None and not group.worker.is_busy)
    group.trial.hush()
    assert group.trial._announcer is None


def test_media_that_the_screen_cannot_show_are_named_before_the_folder_is_saved(
    bench: Bench, tmp_path: Path
) -> None:
    for name in ("satu", "dua"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.heic").write_bytes(b"x")
    group = opened(bench, ScreenGroup)
    field = group.form.field("display.media")
    for name in ("satu", "dua"):
        field.show_value(str(tmp_path / name))
        field.changed.emit()
    group.refresh()  # another station's act comes in between
    bench.wait(lambda: "dua.heic" in group.unshown.words.text() and group.unshown.isVisible())
    field.show_value("")
    field.changed.emit()
    assert group.unshown.isHidden()


def test_the_program_begins_again_when_that_is_agreed_to(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = opened(bench, ComputerGroup)
    group.form.field("name").show_value("Kios lobi")
    group.form.verb.click()
    press(bench, "Simpan")
    bench.wait(lambda: not group.note.isHidden())
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    group.note.button.click()
    press(bench, "Mulai ulang")
    assert ended == [process.RESTART]


def test_the_wizard_opens_when_that_is_agreed_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    group = opened(bench, ComputerGroup)
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    group.again_button.click()
    press(bench, "Siapkan ulang")
    assert ended == [process.SET_UP]


@pytest.mark.slow
def test_a_mode_starts_with_the_pc(bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    group = opened(bench, ComputerGroup)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    group.autostart_button.click()
    bench.box().keys["1"].click()
    bench.wait(lambda: bench.toast.startswith("Tercatat"))
    assert [each for each in (tmp_path / "config").rglob("ult-desktop*") if each.is_file()]
    assert own_program.start_with_pc("kiosk", None, remove=True).succeeded
    assert not own_program.start_with_pc("nobody", None).succeeded


@pytest.mark.slow
def test_what_the_lock_down_says_is_told(bench: Bench) -> None:
    group = opened(bench, ComputerGroup)
    group.lock_button.click()
    bench.box().keys["3"].click()
    bench.wait(lambda: bench.toast)
    assert ("hanya ada di Windows" in bench.toast) is not IS_WINDOWS


@pytest.mark.file_only("copies")
def test_a_backup_now(bench: Bench, tmp_path: Path) -> None:
    group = opened(bench, BackupGroup)
    group.now_button.click()
    assert bench.toast == "Isi dulu folder cadangannya."
    bench.wait(lambda: [words for _label, words in facts_of(group.last)[:1]] == ["belum ada"])
    place = tmp_path / "disk"
    place.mkdir()
    group.form.field("backup.folder").show_value(str(place))
    group.now_button.click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan dan utuh"))
    (home,) = office_folders(place)
    assert len(list_backups(home)) == 1
    bench.wait(lambda: facts_of(group.last)[0][0] == "MEJA (tangan)")


@pytest.mark.posix_only("postgresql")
def test_who_backs_a_server_up_is_told(bench: Bench, tmp_path: Path, picture: Picture) -> None:
    server = make_office(tmp_path / "server", on_server=True)
    bench.place = bench.place._replace(database=server)
    group = opened(bench, BackupGroup)
    bench.wait(lambda: any("pg_dump" in fact for _name, fact in facts_of(group.last)))
    assert group.now_button.isHidden()
    assert group.form.field("backup.folder").label == "Folder laporan"
    picture(bench.window, "pengaturan-cadangan-server")


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
@pytest.mark.parametrize("kind", [BackupGroup, ScreenGroup, ComputerGroup], ids=lambda kind: kind.name)
def test_a_path_can_be_read(
    bench: Bench, picture: Picture, kind: type[StationGroup], language: str, contrast: Contrast, percent: int
) -> None:
    use_language(language)
    group = opened(bench, kind, (1280, 720), contrast)
    group.theme.set_text_size(percent)
    folders = group.findChildren(forms.FolderField)
    assert folders
    for field in folders:
        field.show_value(PATH)
    settle()
    for field in folders:
        room = field.line.contentsRect().width() - 2 * group.theme.px(12)
        assert room >= field.line.fontMetrics().horizontalAdvance(PATH), field.label
    picture(bench.window, f"pengaturan-{kind.name}-{percent}-{contrast}-1280x720")


@pytest.mark.posix_only("postgresql")
def test_an_address_of_a_server_is_tried_and_its_password_is_kept_out(
    bench: Bench, tmp_path: Path, own_home: Path
) -> None:
    address = address_in(make_office(tmp_path / "server", on_server=True))
    wrong = address.replace("//ult:", "//ult:salah")
    write(bench, StationConfig(database="/srv/office.db"))
    seen = load_station(file_of(bench))
    with pytest.raises(UserError, match="tidak mengizinkan"):
        change_station(file_of(bench), seen, msgspec.structs.replace(seen, database=wrong))
    assert load_station(file_of(bench)) == seen
    edit = change_station(file_of(bench), seen, msgspec.structs.replace(seen, database=address))
    assert address_in(Path(edit.after.database)) == address
    assert Path(edit.after.database).is_relative_to(own_home)
    assert address.partition("@")[0] not in file_of(bench).read_text()
