"""The groups about this PC: what it is, its screen and sound, its backups."""

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, i18n, language, own_program, pgettext
from ult_desktop.base.config import pin_problem
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.backup import upkeep
from ult_desktop.db.backup.backup_folder import BackupResult
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.printer import search
from ult_desktop.devices.printer.address import of_width, parse_address
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.devices.voice.choice import Voice, load_voice, voice_choice
from ult_desktop.operations.backup.by_hand import back_up_by_hand
from ult_desktop.operations.office.own_voice import own_voice_folder
from ult_desktop.operations.office.place import SERVER_FORM
from ult_desktop.ui import process
from ult_desktop.ui.counter.pages import snapshot
from ult_desktop.ui.counter.settings.category_ticks import CategoryTicks
from ult_desktop.ui.counter.settings.kiosk_settings import kiosk_settings
from ult_desktop.ui.counter.settings.office_group import read_document
from ult_desktop.ui.counter.settings.setting import Rows, Setting
from ult_desktop.ui.counter.settings.station_group import StationGroup
from ult_desktop.ui.counter.settings.voice_kit import VoiceKit
from ult_desktop.ui.kit import Theme, detail, dialogs, forms, panels
from ult_desktop.ui.office_link.tasks import FileWorker
from ult_desktop.ui.trials import CallTrial, paper_widths, print_trial, width_question

NO_PRINTER = "none"
WINDOWS = os.name == "nt"


def folder_field(theme: Theme, name: str, words: str) -> forms.Field:
    return forms.FolderField(theme, name, words)


def _language_words() -> tuple[tuple[str, str], ...]:
    return tuple((each, i18n.language_name(each)) for each in i18n.languages())


class PrinterField(forms.ChoiceField):
    """The printers that this PC knows, by name; any other address may be typed."""

    def __init__(self, theme: Theme, name: str, words: str) -> None:
        super().__init__(theme, name, words, [(NO_PRINTER, _("Tanpa printer"))], required=True, free=True)

    def show_found(self, found: Iterable[search.FoundPrinter]) -> None:
        kept = self.value()
        self.blockSignals(True)
        self.show_options([(NO_PRINTER, _("Tanpa printer")), *((each.address, each.name) for each in found)])
        self.show_value(kept)
        self.blockSignals(False)

    @override
    def problem(self) -> str:
        return super().problem() or _check_address(str(self.value()))


def _pin_field(theme: Theme, name: str, words: str) -> forms.Field:
    return forms.LineField(theme, name, words, most=8, check=pin_problem)


def _check_address(text: str) -> str:
    try:
        parse_address(text)
    except UserError as error:
        return error.brief
    return ""


def mode_words() -> tuple[tuple[str, str], ...]:
    return (("kiosk", _("Kios")), ("counter", _("Loket")), ("display", _("Layar TV")))


def _where_an_office_lies() -> str:
    return _(
        "Di Windows selalu jalur jaringan, misalnya {path}. Server PostgreSQL: {address}; kata sandinya tidak"
        " tertulis di setelan. Memindahkan kantor: `ult-desktop office move`."
    ).format(path=r"\\SERVER\ult\office.db", address=SERVER_FORM)


class ComputerGroup(StationGroup):
    """The role of this PC, and its devices."""

    name, icon_name = "computer", "laptop"
    title = staticmethod(lambda: _("Komputer ini"))

    @override
    def build(self) -> None:
        super().build()
        FileWorker(self).run(search.local_printers, self._offer_printers, lambda _error: None)
        self.lock = self.add_head_button(_("Kunci kios …"), "lock", self._ask_lock)
        self.lock.setVisible(WINDOWS)
        self.autostart = self.add_head_button(_("Mulai bersama PC …"), "play", self._ask_autostart)
        self.test = self.add_head_button(_("Cetak percobaan"), "printer", self._print)
        self.again = self.add_head_button(_("Siapkan ulang …"), "settings", self._ask_again)

    @override
    def rows(self) -> Rows:
        return (
            (
                Setting(
                    "mode", _("Komputer ini adalah"), options=(("", _("menurut perintah")), *mode_words())
                ),
                Setting("name", _("Nama komputer"), _("Kosong: nama PC.")),
                Setting("language", _("Bahasa awal"), options=_language_words()),
            ),
            Setting("database", _("Berkas kantor, atau alamat servernya"), _where_an_office_lies()),
            Setting(
                "printer.address",
                _("Printer karcis"),
                _("none, tcp://192.168.1.50, usb://04b8:0202, win32://NAMA PRINTER, cups://NAMA"),
                make=PrinterField,
            ),
            (
                Setting("counter.number", _("Loket di meja ini"), _("Kosong: dipilih saat masuk.")),
                Setting("counter.lock_after_minutes", _("Terkunci sesudah (menit)"), _("0: tidak pernah.")),
            ),
            Setting("counter.survey_screen", _("Layar kedua menghadap pengunjung dan menampilkan survei")),
            (
                Setting("kiosk.exit_pin", _("PIN keluar kios"), make=_pin_field),
                Setting("kiosk.letter", _("Huruf nomor kios saat terputus")),
            ),
            Setting("kiosk.large_text", _("Kios mulai dengan huruf besar")),
            *kiosk_settings(),
            Setting("kiosk.survey_only", _("Kios hanya untuk survei")),
            Setting(
                "kiosk.categories",
                _("Kategori di kios ini"),
                _("Tidak ada yang dicentang: semua."),
                make=CategoryTicks,
            ),
            (
                Setting("online.folder", _("Folder permintaan daring"), make=folder_field),
                Setting("online.source", _("Asal daftarnya"), options=_sources()),
            ),
            (
                Setting("sync.poll_ms", _("Lihat perubahan tiap (milidetik)")),
                Setting("sync.hint_port", _("Port isyarat (UDP)")),
                Setting("sync.hint_address", _("Alamat isyarat")),
            ),
        )

    @override
    def refresh(self) -> None:
        super().refresh()
        self.fetch(read_document, self._offer_categories)

    def _offer_categories(self, office: OfficeTemplate) -> None:
        field = self.form.field("kiosk.categories")
        if isinstance(field, CategoryTicks):
            field.show_categories([(each.key, each.name.within(language())) for each in office.categories])

    def _offer_printers(self, found: tuple[search.FoundPrinter, ...]) -> None:
        field = self.form.field("printer.address")
        if isinstance(field, PrinterField):
            field.show_found(found)

    def _print(self) -> None:
        """Print a trial with the address that is filled in now, before it is saved."""
        text = str(self.form.field("printer.address").value())
        if text == NO_PRINTER or _check_address(text):
            self.host.tell(_("Isi dulu alamat printernya."))
            return
        self.run(partial(print_trial, text), self._printed)

    def _printed(self, result: PrintResult) -> None:
        if result.outcome is PrintOutcome.FAILED:
            self.host.tell(result.state.word)
            return
        options = [(words, int(width)) for width, words in paper_widths()]
        dialogs.choose(self.host.window, self.theme, width_question(), options, self._set_width)

    def _set_width(self, width: int) -> None:
        field = self.form.field("printer.address")
        field.show_value(of_width(str(field.value()), width))

    def _ask_again(self) -> None:
        """Open the wizard with this PC's present settings: another office, another role, a new printer."""
        words = _("Jendela ini ditutup. Yang dibatalkan di sana tidak mengubah apa-apa.")
        yes = (_("Siapkan ulang"), process.set_up_again)
        dialogs.ask(self.host.window, self.theme, _("Siapkan ulang komputer ini?"), words, yes)

    def _ask_autostart(self) -> None:
        options = [
            *(
                (_("{mode}: mulai bersama PC").format(mode=words), (mode, False))
                for mode, words in mode_words()
            ),
            *((_("{mode}: jangan lagi").format(mode=words), (mode, True)) for mode, words in mode_words()),
        ]
        title = _("Apa yang dimulai bersama PC ini?")
        dialogs.choose(self.host.window, self.theme, title, options, self._set_autostart)

    def _set_autostart(self, chosen: tuple[str, bool]) -> None:
        mode, remove = chosen
        file = self.host.setup.settings if self.host.setup else None
        self.run(partial(own_program.start_with_pc, mode, file, remove=remove), self._autostart_set)

    def _autostart_set(self, answer: own_program.OwnAnswer) -> None:
        told = _("Tercatat; berlaku sejak PC ini dinyalakan lagi.")
        self.host.tell(told if answer.done else answer.words)

    def _ask_lock(self) -> None:
        options = [
            (_("Kunci akun Windows ini sebagai kios"), "on"),
            (_("Lepaskan kuncinya"), "off"),
            (_("Sebut tingkatnya"), "show"),
        ]
        dialogs.choose(self.host.window, self.theme, _("Kunci PC ini sebagai kios?"), options, self._lock)

    def _lock(self, action: str) -> None:
        job = partial(own_program.ask_own, "station", "lock-down", action, "--ask")
        self.run(job, lambda answer: self.host.tell(answer.words))


def _sources() -> tuple[tuple[str, str], ...]:
    return (("sempena", "Sempena"), ("email", _("surel")), ("whatsapp", "WhatsApp"), ("surat", _("surat")))


class ScreenGroup(StationGroup):
    """The screen and voice of the lobby, if this PC is its screen."""

    name, icon_name = "screen", "tv"
    title = staticmethod(lambda: _("Layar dan suara"))

    @override
    def build(self) -> None:
        super().build()
        self.trial = CallTrial(self)
        self.test = self.add_head_button(_("Uji panggilan"), "volume-2", self._load)
        self.kit = self.add_head_button(_("Rekam suara kantor …"), "mic", self._record)

    @override
    def rows(self) -> Rows:
        return (
            (
                Setting("display.voice", _("Siapa yang memanggil"), options=_voices()),
                Setting("display.style", _("Angka diucapkan"), options=_styles()),
                Setting("display.repeat", _("Berapa kali diucapkan")),
            ),
            (
                Setting("display.volume", _("Kerasnya suara (%)")),
                Setting("display.chime", _("Nada sebelum panggilan")),
            ),
            Setting(
                "display.voice_pack",
                _("Folder rekaman suara"),
                _("Kosong: paket suara bawaan."),
                make=folder_field,
            ),
            Setting(
                "display.media",
                _("Folder gambar dan video"),
                _("Kosong: salindia bawaan. Urutannya menurut nama berkas."),
                make=folder_field,
            ),
            Setting("display.picture_seconds", _("Lama tiap gambar tampil (detik)")),
            (
                Setting("display.next_numbers", _("Tampilkan nomor berikutnya")),
                Setting("display.bilingual", _("Bahasa Indonesia dan Inggris bergantian")),
            ),
            Setting(
                "display.counters",
                _("Loket yang tampil di layar ini, misalnya 1, 2"),
                _("Kosong: semua loket."),
            ),
            Setting(
                "display.running_text",
                _("Teks berjalan layar ini, satu kalimat tiap baris"),
                _("Kosong: teks kantor (Pengaturan, Teks)."),
            ),
        )

    def _load(self) -> None:
        """Play the voice that is filled in now, before it is saved."""
        if self.document is not None:
            display = self.wished(self.document).display
            choice = voice_choice(display, self._own_voice())
            self.run(partial(load_voice, choice), partial(self._call, display.style))

    def _own_voice(self) -> Path:
        setup = self.host.setup
        return own_voice_folder(setup.database if setup else Path())

    def _record(self) -> None:
        VoiceKit(self.host.window, self.theme, self._own_voice()).open()

    def _call(self, style: str, voice: Voice) -> None:
        self.host.tell(self.trial.say(voice, style))


def _voices() -> tuple[tuple[str, str], ...]:
    return (
        ("pack", _("rekaman")),
        ("office", _("rekaman suara kantor")),
        ("system", _("suara sistem")),
        ("off", _("hanya nada")),
    )


def _styles() -> tuple[tuple[str, str], ...]:
    return (("digits", _("satu per satu: nol satu dua")), ("words", _("sebagai bilangan: dua belas")))


class BackupGroup(StationGroup):
    """The folder of this PC for the office's backups and periodic reports, and a backup now."""

    name, icon_name, group, sample_below = "backup", "save", "data", True
    title = staticmethod(lambda: pgettext("many", "Cadangan"))

    @override
    def build(self) -> None:
        super().build()
        self.now = self.add_head_button(_("Cadangkan sekarang"), "save", self._back_up)
        self.now.setVisible(not self.host.is_on_server)

    @override
    def rows(self) -> Rows:
        words = _("Folder cadangan")
        hint = _("Di disk LAIN daripada berkas kantor. Kosong: PC ini tidak membuat cadangan.")
        if self.host.is_on_server:
            words = _("Folder laporan")
            hint = _("Untuk laporan berkala. Kantor ini di server, dan dicadangkan di sana.")
        return (Setting("backup.folder", words, hint, make=folder_field),)

    @override
    def preview(self) -> QWidget:
        section = panels.Section(self.theme, _("Cadangan terakhir"))
        self.last = detail.Facts(self.theme)
        section.body.addWidget(self.last)
        section.body.addStretch(1)
        return section

    @override
    def refresh(self) -> None:
        super().refresh()
        self.fetch(snapshot(last_backups), self._show_last)

    def _show_last(self, rows: tuple[upkeep.UpkeepRecord, ...]) -> None:
        zone = self.host.now().tzinfo
        facts = []
        for row in rows:
            at = to_datetime(row.done_at, zone).strftime("%d-%m-%Y %H.%M") if row.done_at else "–"
            facts.append(detail.Fact(row.station, " · ".join(filter(None, (at, row.trouble)))))
        if self.host.is_on_server:
            found = _("dibuat di server (pg_dump), tidak oleh PC ini; tanyakan kepada petugas TI")
            facts = [detail.Fact(_("Semua PC"), found)]
        self.last.show_facts(facts or [detail.Fact(_("Semua PC"), _("belum ada"), "danger")])

    def _back_up(self) -> None:
        setup, folder = self.host.setup, str(self.form.field("backup.folder").value())
        if setup is None or not folder:
            self.host.tell(_("Isi dulu folder cadangannya."))
            return
        self.host.tell(_("Membuat cadangan …"))
        station = f"{setup.name} (tangan)"
        self.run(partial(back_up_by_hand, setup.database, Path(folder), station), self._backed_up)

    def _backed_up(self, made: BackupResult) -> None:
        self.host.tell(_("Tersimpan dan utuh: {path}").format(path=made.path))
        self.refresh()


def last_backups(tx: Transaction, _now: int) -> tuple[upkeep.UpkeepRecord, ...]:
    """Return the backups of each PC that made or tried one, the last success first."""
    return upkeep.all_of(tx, upkeep.BACKUP)
