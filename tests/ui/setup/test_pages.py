"""Refusals of each page, beside the field or in words, and its acts on the way."""

import itertools
import platform
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tests.conftest import PATIENCE_MS
from tests.db.schema.builds import next_program
from tests.office import report_other, store_of
from tests.operations.office.windows_shell import PASSWORD, OtherWindows
from tests.reports.pdf_words import pages_and_words
from tests.ui.conftest import Picture
from tests.ui.look import assert_nothing_clipped
from tests.ui.setup.conftest import Wizard
from ult_desktop.app.wizard import SIZE
from ult_desktop.base.windows import ShareAnswer
from ult_desktop.core.office.setup_answers import SharedFolder
from ult_desktop.core.sheet import SheetRow
from ult_desktop.core.station_health import StationHealth
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.devices.printer import search
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.office import place as office_place
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.setup import finish_page, place_page
from ult_desktop.ui.setup.draft import SetupDraft

Open = Callable[..., Wizard]
SHOWN, FRAME = 690, 40  # what 1366×768 has above a task bar; a title bar and edges


def test_a_path_that_leads_nowhere_is_told(wizard: Open, tmp_path: Path, office_file: Path) -> None:
    page = wizard()
    page.enter("Kantor")
    page.reads("Wajib diisi")
    page.type("Folder kantor", str(tmp_path / "no" / "such"))
    page.enter("Kantor")
    page.reads("tidak terjangkau")
    (tmp_path / "empty").mkdir()
    page.type("Folder kantor", str(tmp_path / "empty"))
    page.enter("Kantor")
    page.reads("belum ada kantor")
    page.press("Buat kantor baru di PC ini")
    assert not page.window.page.form.refusal.words.text(), "it is about another choice"
    page.press("Buat kantor baru di folder bersama")
    page.type("Folder kantor", str(office_file))
    page.enter("Kantor")
    page.reads("sudah ada kantor BPMP Provinsi Kalimantan Utara")


@pytest.mark.file_only("share")
def test_remarks_are_read_once_and_keep_nobody(
    wizard: Open, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_place, "commit_round_trip_ms", lambda _folder: 400.0)
    page = wizard(SetupDraft(place=str(office_file)))
    with next_program():
        page.enter("Kantor")
        page.reads("Lambat, 400 ms")
        page.reads("dari versi lama")
        page.enter("PC ini")


def test_a_share_that_hangs_is_broken_off(
    wizard: Open, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()

    def hang(*_given: object, **_named: object) -> None:
        answers.wait(PATIENCE_MS / 1000)

    monkeypatch.setattr(place_page, "examine", hang)
    page = wizard(SetupDraft(place=str(office_file)))
    page.window.go_on()
    assert not page.window.next_button.isEnabled()
    page.window.go_on()
    page.press("Hentikan")
    page.wait(page.window.next_button.isEnabled)
    assert page.window.page.title == "Kantor"
    answers.set()


def test_on_windows_the_pc_shares_the_folder_itself(wizard: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_page, "CAN_SHARE", True)
    page = wizard()
    page.press("Buat kantor baru di PC ini")
    page.reads("Windows sekali meminta administrator")
    page.type("Folder di PC ini", r"C:\ult")
    page.press("Akun Windows masing-masing")
    page.type("Akun Windows yang", r"PC-1\siti, PC-1\budi")
    page.enter("Nama dan jam layanan")
    draft = page.window.draft
    assert draft.answers().database == rf"\\{platform.node()}\ult\office.db"
    assert draft.share is not None
    assert draft.share.accounts == ("PC-1\\siti", "PC-1\\budi")
    page.window.go_back()
    page.type("Akun Windows yang", " , ")
    page.enter("Nama dan jam layanan")
    assert page.window.draft.share is not None
    assert page.window.draft.share.accounts == (place_page.own_account(),)


def test_a_folder_that_a_cloud_copies_is_not_shared(wizard: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_page, "CAN_SHARE", True)
    page = wizard()
    page.press("Buat kantor baru di PC ini")
    page.type("Folder di PC ini", "/srv/OneDrive/ult")
    page.press("Lanjut")
    page.reads("Folder sinkronisasi (OneDrive, Dropbox, …)")
    assert page.window.page.title == "Kantor"
    page.type("Folder di PC ini", "/srv/ult")
    page.enter("Nama dan jam layanan")


def test_the_office_has_one_account_of_windows_and_its_password_is_on_the_sheet(
    wizard: Open, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr(place_page, "CAN_SHARE", True)
    page = wizard()
    page.press("Buat kantor baru di PC ini")
    page.type("Kata sandi akun kantor", "pendek")
    page.enter("Kantor")
    page.reads("sedikitnya 12 huruf")
    page.type("Kata sandi akun kantor", PASSWORD)
    picture(page.window, "setup-own-share")
    page.enter("Nama dan jam layanan")
    answers = page.window.draft.answers()
    assert answers.share == SharedFolder(folder=place_page._OWN_FOLDER, password=PASSWORD)
    rows = finish_page.code_sheet(page.window.draft).rows
    assert SheetRow(rf"Akun Windows {platform.node()}\ult-kantor", PASSWORD) in rows
    page.window.go_back()
    assert page.window.page.form.values()["office_password"] == PASSWORD


def test_the_chosen_office_account_is_still_chosen_on_the_way_back_on_a_pc_of_a_domain(
    wizard: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_page, "CAN_SHARE", True)
    monkeypatch.setenv("USERDNSDOMAIN", "dinas.example")
    page = wizard()
    page.press("Buat kantor baru di PC ini")
    page.press("Satu akun kantor, yang dibuat di PC ini")
    page.type("Kata sandi akun kantor", PASSWORD)
    page.enter("Nama dan jam layanan")
    page.window.go_back()
    assert page.window.page.form.values()["office_password"] == PASSWORD


def test_a_share_that_refuses_asks_for_the_offices_account(wizard: Open, picture: Picture) -> None:
    windows = OtherWindows()
    windows.closed, windows.members = 1326, {r"PC-1\ult-kantor": PASSWORD}
    page = wizard(None, (1366, 768), windows)
    page.type("Folder kantor", r"\\PC-1\ult")
    page.enter("Kantor")
    page.reads("PC-1 tidak mengenal akun Windows ini")
    assert page.window.page.form.values()["account"] == r"PC-1\ult-kantor"
    page.type("Kata sandi akun itu", "salah")
    page.enter("Kantor")
    page.reads(r"Kata sandi PC-1\ult-kantor salah")
    picture(page.window, "setup-share-refused")
    page.type("Akun Windows untuk folder", "ult-kantor")
    page.enter("Kantor")
    page.reads(r"Tulis seperti PC-1\ult-kantor")
    page.type("Akun Windows untuk folder", r"PC-1\ult-kantor")
    page.type("Kata sandi akun itu", PASSWORD)
    page.enter("Kantor")
    page.reads("bukan jalur lengkap")  # it is open, and such a path leads nowhere but on Windows
    assert windows.kept == {}, "before the last page nothing is written"
    windows.closed, windows.host = 53, ShareAnswer.SILENT
    page.type("Kata sandi akun itu", "salah")
    page.enter("Kantor")
    page.reads("jadikan jaringan Privat")


def test_people_need_names_and_passwords_of_their_own(wizard: Open, tmp_path: Path) -> None:
    page = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult")))
    page.enter("Nama dan jam layanan")
    page.enter("Petugas")
    page.type("Kata sandi admin", "123")
    page.type("Nama masuk 1", "Siti R")
    page.enter("Petugas")
    page.reads("Kata sandi terlalu pendek")
    page.reads("huruf kecil tanpa spasi")
    page.type("Kata sandi admin", "kopi-pagi-hari")
    for login, words in (("admin", "sudah dipakai"), ("siti", "")):
        page.type("Nama masuk 1", login)
        page.type("Kata sandi pertama 1", "123" if login == "siti" else "kopi-pagi-hari")
        page.enter("Petugas")
        page.reads(words or "Petugas Loket 1: Kata sandi terlalu pendek")
    page.press("Keluarkan petugas 1")
    page.press("Tambah petugas")
    page.type("Nama 1", "")
    page.enter("PC ini")
    assert page.window.draft.office.officers == ()


def test_the_page_refuses_the_passwords_that_the_office_would_refuse(wizard: Open, tmp_path: Path) -> None:
    """The unit is in the ready-made office alone; a colleague's name counts for the admin's password too."""
    page = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult")))
    page.enter("Nama dan jam layanan")
    page.enter("Petugas")
    page.type("Nama 1", "Rut Tampubolon")
    for field, guess in itertools.product(
        ("Kata sandi admin", "Kata sandi pertama 1"), ("terpadu2026", "tampubolon88")
    ):
        page.type("Kata sandi admin", "kopi-pagi-hari")
        page.type("Kata sandi pertama 1", "kopi-pagi-hari")
        page.type(field, guess)
        page.enter("Petugas")
        page.reads("mudah ditebak")
    page.type("Kata sandi pertama 1", "kopi-pagi-hari")
    page.enter("PC ini")


def test_a_template_brings_its_name_and_hours(wizard: Open, tmp_path: Path) -> None:
    page = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult")))
    page.enter("Nama dan jam layanan")
    page.window.pages["office"].form.field("template").show_value("bpmp-dki")
    page.enter("Petugas")
    assert page.window.draft.office.name == "BPMP Provinsi DKI Jakarta"
    assert page.window.draft.counters


def test_what_stands_on_signed_papers_is_asked_for(wizard: Open, tmp_path: Path) -> None:
    page = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult")), SIZE)
    page.enter("Nama dan jam layanan")
    fields = {"letterhead": ("KEMENTERIAN", "BPMP"), "city": "Medan", "head": "Ani", "head_nip": "1970"}
    form = page.window.pages["office"].form
    form.show_values(fields)
    assert all(form.field(name).isVisibleTo(page.window) for name in fields)
    page.window.go_on()
    made = page.window.draft.office
    assert {name: getattr(made, name) for name in fields} == fields


def test_a_kiosk_gets_a_pin_of_its_own_and_a_free_name(wizard: Open, office: Office) -> None:
    at_work = Presence(name="kios-1", mode="kiosk", version="1", boot="b", seen_at=office.clock())
    report_other(office, at_work)
    page = wizard(SetupDraft(place=str(office.path)))
    page.enter("PC ini")
    page.press("Kios")
    name = page.window.pages["station"].form.field("name")
    page.wait(lambda: name.value() == f"Kios {platform.node()}")
    page.type("Nama PC ini", "kios-1")
    for pin, words in (("", "Wajib diisi"), ("12", "4 sampai 8 angka"), ("2222", "mudah ditebak")):
        page.type("PIN keluar", pin)
        page.enter("PC ini")
        page.reads(words)
    page.type("PIN keluar", "1379")
    page.enter("PC ini")
    page.reads("sudah dipakai komputer lain")
    page.type("Nama PC ini", "kios-2")
    page.enter("Printer")


def test_a_new_pc_takes_the_place_of_a_dead_one(wizard: Open, office: Office) -> None:
    health = StationHealth(counter=3)
    old = Presence(
        name="loket-tiga", mode="counter", version="1", boot="b", seen_at=1, identity="i", health=health
    )
    store_of(office).write(lambda tx: stations.report(tx, old))
    store_of(office).write(lambda tx: stations.replace(tx, "i", 2))
    page = wizard(SetupDraft(place=str(office.path), mode="display"))
    page.enter("PC ini")
    page.window.pages["station"].form.field("replaces").show_value("loket-tiga")
    page.enter("Printer")
    answers = page.window.draft.answers()
    assert (answers.mode, answers.name, answers.counter) == ("counter", "loket-tiga", 3)
    assert answers.replaces == "loket-tiga"
    page.window.go_back()
    page.type("Nama PC ini", "lain")
    page.enter("Printer")
    assert page.window.draft.answers().replaces == ""


def test_a_counter_is_one_of_the_offices(wizard: Open, office_file: Path) -> None:
    page = wizard(SetupDraft(place=str(office_file)))
    page.enter("PC ini")
    page.window.pages["station"].form.field("counter").show_value(3)
    page.enter("Printer")
    assert page.window.draft.answers().counter == 3


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried_printer")
def test_a_printer_is_found_tried_and_measured(
    wizard: Open, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = VirtualPrinter(width=58)
    address = f"tcp://127.0.0.1:{printer.port}"
    found = (search.FoundPrinter(address, "127.0.0.1"),)
    monkeypatch.setattr(search, "own_addresses", lambda: ("127.0.0.1",))
    monkeypatch.setattr(search, "answering_hosts", lambda hosts, **_stopped: found if not hosts else ())
    page = wizard(SetupDraft(place=str(office_file)))
    page.enter("PC ini")
    page.enter("Printer")
    page.reads("belum ada printer")
    page.press("Cetak percobaan")
    page.reads("Pilih dulu printernya")
    page.press("Cari di jaringan")
    page.reads("1 perangkat menjawab")
    page.window.pages["printer"].form.field("printer").show_value(address)
    page.press("Cetak percobaan")
    page.reads("Lihat kertasnya")
    (paper,) = printer.wait_for_papers(1)
    whole = [line.strip("<->") for line in paper.text.splitlines() if line[0] + line[-1] == "<>"]
    assert whole == ["A"], "narrow paper breaks the second line"
    assert paper.text.count("éñüç ½±") == 2
    page.press("Hanya A")
    page.press("Tidak satu pun")
    page.enter("Selesai")
    assert page.window.draft.printer == f"{address}?width=58&letters=ascii"
    page.window.go_back()
    page.wait(lambda: not page.window.page.work.isVisible())
    assert page.window.page.form.values()["width"] == "58"
    assert page.window.page.form.values()["letters"] == "ascii"
    printer.paper_out()
    page.press("Cetak percobaan")
    page.reads("Kertas printer habis")
    printer.close()


def test_the_first_printer_of_this_pc_is_proposed(
    wizard: Open, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "local_printers", lambda: (search.FoundPrinter("cups://karcis", "karcis"),))
    page = wizard(SetupDraft(place=str(office_file)))
    page.enter("PC ini")
    page.enter("Printer")
    page.enter("Selesai")
    assert page.window.draft.printer == "cups://karcis"


def test_a_network_without_printers_and_an_address_that_is_none_are_told(
    wizard: Open, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "own_addresses", tuple)
    page = wizard(SetupDraft(place=str(office_file)))
    page.enter("PC ini")
    page.enter("Printer")
    page.press("Cari di jaringan")
    page.reads("Tidak ada printer yang menjawab")
    page.window.pages["printer"].form.field("printer").show_value("192.168.1.50")
    page.enter("Printer")
    page.reads("Alamat printer")


def test_a_display_makes_a_test_call(wizard: Open, office_file: Path) -> None:
    page = wizard(SetupDraft(place=str(office_file), mode="display"))
    page.enter("PC ini")
    page.enter("Suara")
    page.press("Hanya nada")
    for _again in range(2):
        page.press("Uji panggilan")
        page.wait(lambda: not page.window.page.work.isVisible())
        page.wait(lambda: bool(page.window.page.note.words.text()))
    page.enter("Selesai")
    assert page.window.draft.voice == "off"


def test_backups_go_to_another_disk_or_later(wizard: Open, tmp_path: Path) -> None:
    page = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult")))
    for title in ("Nama dan jam layanan", "Petugas", "PC ini", "Printer", "Cadangan"):
        page.enter(title)
    page.reads("menunjukkannya merah")
    page.press("Ke folder di disk")
    page.type("Folder cadangan", "/no/such/disk")
    page.enter("Cadangan")
    page.reads("tidak terjangkau")
    page.type("Folder cadangan", str(tmp_path))
    page.enter("Cadangan")
    page.reads("di disk yang sama")
    page.enter("Selesai")
    assert page.window.draft.answers().backup == str(tmp_path)
    page.window.go_back()
    page.press("Nanti")
    page.enter("Selesai")
    assert page.window.draft.answers().backup == ""


@pytest.mark.file_only("share")
def test_windows_can_be_asked_to_lock_a_kiosk_and_to_suit_a_share(
    wizard: Open, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finish_page, "WINDOWS", True)
    page = wizard(SetupDraft(place=str(office_file), mode="kiosk", pin="1379"))
    for title in ("PC ini", "Printer", "Selesai"):
        page.enter(title)
    finish = page.window.finish
    assert (finish.lock.value(), finish.tune.value()) == (False, True), "nobody is locked in unasked"
    for tick in (finish.lock, finish.tune):
        tick.show_value(True)
    answers = finish.updated_draft(finish.form.values()).answers()
    assert (answers.lock_down, answers.tune_windows) == (True, True)


def test_the_last_page_shows_the_passwords_and_opens_a_sheet_of_them_for_any_printer(
    wizard: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def viewer(address: QUrl) -> bool:
        opened.append(Path(address.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", viewer)
    page = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult")), SIZE)
    for title in ("Nama dan jam layanan", "Petugas", "PC ini", "Printer", "Cadangan", "Selesai"):
        page.enter(title)
    office = page.window.draft.office
    page.reads(f"admin: {office.admin_password}")
    page.reads(f"Petugas Loket 1 (loket1): {office.officers[0].password}")
    assert_nothing_clipped(page.window)
    page.press("Buka lembarnya")
    page.reads("Cetak lembarnya sekarang")
    _pages, written = pages_and_words(opened[0].read_bytes())
    assert office.admin_password in written
    assert page.window.finish.draft.code in written
    page.window.go_back()
    assert not opened[0].exists(), "what opens everything is not left on the disk"


def test_the_wizard_with_its_frame_fits_above_a_task_bar() -> None:
    assert SIZE[1] + FRAME <= SHOWN


@pytest.mark.usefixtures("unhurried_printer")
def test_the_recovery_code_is_printed_and_typed_back(wizard: Open, tmp_path: Path) -> None:
    printer = VirtualPrinter()
    draft = SetupDraft(kind="here", place=str(tmp_path / "ult"), printer=printer.address)
    page = wizard(draft)
    for title in ("Nama dan jam layanan", "Petugas", "PC ini", "Printer", "Cadangan", "Selesai"):
        page.enter(title)
    page.press("Cetak kode dan kata sandi")
    page.reads("Simpan kertas ini di lemari terkunci")
    (paper,) = printer.wait_for_papers(1)
    told = "".join(paper.text.split())
    office = page.window.draft.office
    assert page.window.finish.draft.code in told
    assert {office.admin_password, office.officers[0].password} <= {
        word for word in (office.admin_password, office.officers[0].password) if word in told
    }
    page.type("Ketik blok terakhir", "AAAAA")
    page.enter("Selesai")
    page.reads("Bukan itu")
    printer.paper_out()
    page.press("Cetak kode dan kata sandi")
    page.reads("Tulis kodenya dengan tangan")
    printer.close()
    assert not (tmp_path / "ult").exists()
