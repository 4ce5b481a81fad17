"""The groups of Pengaturan that are about this PC."""

import math
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, i18n, language, own_program, pgettext
from ult_desktop.base.config import StationConfig, default_path, load_station, pin_problem
from ult_desktop.base.station_file import write_station
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office import edits
from ult_desktop.core.office.differences import differences
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.backup import upkeep
from ult_desktop.db.backup.backup_folder import BackupResult
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.printer import search
from ult_desktop.devices.printer.address import parse_address, with_letters, with_width
from ult_desktop.devices.printer.layout import letters_question
from ult_desktop.devices.printer.printer import print_test
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.operations.backup.backing_up import back_up_by_hand
from ult_desktop.operations.office.place import SERVER_FORM, database_setting
from ult_desktop.ui import process
from ult_desktop.ui.counter.pages import PageHost, snapshot
from ult_desktop.ui.counter.settings.form_group import (
    DifferenceBox,
    FormGroup,
    Setting,
    SettingRows,
    Wording,
    read_document,
    refuse_in,
)
from ult_desktop.ui.kit import Theme, detail, dialogs, forms, panels, widgets
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.forms.choice_fields import OptionsBox, Tick
from ult_desktop.ui.kit.public_screen import LINE, density_of
from ult_desktop.ui.office_link.tasks import FileWorker
from ult_desktop.ui.trials import paper_widths, printer_letters, width_question


class CategoryTicks(forms.Field[tuple[str, ...]]):
    """The field for the categories that a kiosk offers; without a tick it offers all.

    A ticked key without a category in the office stays until the officer unticks it.
    """

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__(theme, name, label)
        self.boxes: dict[str, Tick] = {}
        self._names: dict[str, str] = {}
        self._saved: tuple[str, ...] = ()
        self._no_categories = widgets.Label(_("Kantor ini tidak memakai kategori."), "body", "soft")
        self._options: OptionsBox | None = None
        self.put(self._no_categories)

    def show_categories(self, categories: Sequence[tuple[str, str]]) -> None:
        """Show the office's categories, as (key, name). The ticks stay."""
        if dict(categories) != self._names:
            self._names = dict(categories)
            self._show_ticks(self.value())

    def _show_ticks(self, ticked: Sequence[str]) -> None:
        keys = [*self._names, *(key for key in ticked if key not in self._names)]
        self.boxes = {key: Tick(self._names.get(key, key)) for key in keys}
        for key, box in self.boxes.items():
            box.setChecked(key in ticked)
            box.toggled.connect(self.changed)
        if self._options is not None:
            self._options.hide()
            self._options.deleteLater()
            self._options = None
        if self.boxes:
            self._options = OptionsBox(self.theme, self.boxes.values(), self.label)
            self.column.insertWidget(self.column.indexOf(self._no_categories), self._options)
        self._no_categories.setVisible(not self.boxes)

    @override
    def value(self) -> tuple[str, ...]:
        # The saved keys keep their order, and those ticked since follow: the order alone is no change.
        ticked = [key for key, box in self.boxes.items() if box.isChecked()]
        return tuple(sorted(ticked, key=[*self._saved, *ticked].index))

    @override
    def show_value(self, value: Sequence[str] | None) -> None:
        self._saved = tuple(value or ())
        self._show_ticks(self._saved)
        self.changed.emit()


_LEAST, _MOST = 35, 750  # millimetres, as in `base/config.py`


class LineOnScreen(QWidget):
    """A line of `LINE` of the screen's own pixels, for a person to lay a ruler on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_decoration(self)
        self.setFixedHeight(theme.px(28))

    @property
    def length(self) -> float:
        """The length in Qt's pixels, which the system may scale."""
        return LINE / self.devicePixelRatioF()

    def millimetres(self) -> int:
        """Return the length (mm), if the screen reports a sensible density; 0 if it does not."""
        density = density_of(self.screen())
        return round(self.length / density) if density else 0

    @override
    def sizeHint(self) -> QSize:
        return QSize(math.ceil(self.length) + 4, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, middle, high = self._theme.color("ink"), self.height() / 2, self.height()
        painter.fillRect(QRectF(0, middle - 1, self.length, 2), ink)
        for end in (0.0, self.length - 2):
            painter.fillRect(QRectF(end, 0, 2, high), ink)


class RulerField(forms.NumberField):
    """The field for the measured length of the line above it. Empty: the length that the screen reports."""

    def __init__(self, theme: Theme, name: str, words: str) -> None:
        super().__init__(theme, name, words, least=_LEAST, most=_MOST)
        self.drawn = LineOnScreen(theme)
        self.column.insertWidget(1, self.drawn, 0, Qt.AlignmentFlag.AlignLeft)
        with_length = _("Ukur garis ini dengan penggaris. Kosong: {n} mm, menurut layar ini.")
        without_length = _("Ukur garis ini dengan penggaris: layar ini tidak menyebut ukurannya.")
        millimetres = self.drawn.millimetres()
        self.explain(with_length.format(n=millimetres) if millimetres else without_length)


def kiosk_settings() -> tuple[Setting, ...]:
    return (
        Setting("kiosk.line_mm", _("Panjang garis di layar ini (mm)"), make=RulerField),
        Setting(
            "kiosk.pad",
            _("Papan tombol panduan suara"),
            options=(
                ("", _("papan ketik, atau tombol di bawah ini")),
                ("numbers", _("papan angka USB")),
                ("storm", "Storm AudioNav, EZ Access"),
            ),
        ),
        Setting(
            "kiosk.keypad",
            _("Enam tombol panduan suara, satu tiap baris"),
            _("Atas, bawah, kembali, berikutnya, pilih, bantuan."),
            rows=6,
        ),
        Setting(
            "kiosk.headset",
            _("Tombol saat headset dipasang dan dicabut, satu tiap baris"),
            _("Kosong: papan tombol tidak memberi tahu."),
            rows=2,
        ),
    )


T = TypeVar("T")


@dataclass(frozen=True)
class StationEdit:
    """The settings of this PC before and after a change."""

    before: StationConfig
    after: StationConfig


def read_station(path: Path | None) -> StationConfig:
    """Read the file as it is now, not as it was when this program started."""
    file = path or default_path()
    return load_station(file) if file.exists() else StationConfig()


def change_station(path: Path | None, seen: StationConfig, wanted: StationConfig) -> StationEdit:
    """Write what changes from `seen` to `wanted` into the file. What others changed in it meanwhile stays.

    Raises:
        UserError: the file cannot be written, or it would name another office, which refuses this PC.
    """
    before = read_station(path)
    after = edits.merge(before, seen, wanted)
    if after.database != before.database:
        after = msgspec.structs.replace(after, database=database_setting(after.database))
    write_station(path or default_path(), after)
    return StationEdit(before, after)


class StationSaver:
    """The saver of this PC's settings file. It works on a thread of its own, also while the share is gone.

    Args:
        host: access to the office for the signed-in officer.
        note: says that a change was saved.
        path: the file; None is the usual place.
    """

    def __init__(self, host: PageHost, note: panels.Note, path: Path | None) -> None:
        self._host, self._note, self._path = host, note, path
        self.wording = Wording()
        self._worker = FileWorker(note)
        self._last_edit: StationEdit | None = None
        note.answered.connect(self._restart)

    def read(self, then: Callable[[StationConfig], object]) -> None:
        if not self._worker.is_busy:
            self._worker.run(partial(read_station, self._path), then, self._host.refuse)

    def offer(
        self,
        form: forms.Form,
        seen: StationConfig,
        wanted: StationConfig,
        then: Callable[[StationConfig], object],
    ) -> None:
        """Show what would change, and write it when the officer agrees. A refusal is shown in `form`."""
        facts = [self.wording.fact(change) for change in differences(seen, wanted)]
        if not facts:
            self._host.tell(_("Tidak ada yang berubah."))
            return
        save = partial(self._write, seen, wanted, then, partial(refuse_in, form))
        words = _("Berlaku di komputer ini setelah program dimulai ulang.")
        DifferenceBox(self._host, facts, save, words).open()

    def undo(self, then: Callable[[StationConfig], object]) -> None:
        last, self._last_edit = self._last_edit, None
        if last is not None:
            self._write(last.after, last.before, then, self._host.refuse)

    def _write(
        self,
        seen: StationConfig,
        wanted: StationConfig,
        then: Callable[[StationConfig], object],
        refused: Callable[[UserError], object],
    ) -> None:
        job = partial(change_station, self._path, seen, wanted)
        self._worker.run(job, partial(self._on_saved, then), refused)

    def _on_saved(self, then: Callable[[StationConfig], object], edit: StationEdit) -> None:
        self._last_edit = edit
        self._note.say(
            _("Tersimpan di komputer ini; berlaku setelah program dimulai ulang."), _("Mulai ulang …")
        )
        then(edit.after)

    def _restart(self) -> None:
        dialogs.ask(
            self._host.window,
            self._host.theme,
            _("Mulai ulang program di komputer ini?"),
            _("Jendela ini tertutup dan terbuka lagi, lalu petugas masuk sekali lagi."),
            (_("Mulai ulang"), process.restart),
        )


class StationGroup(FormGroup[StationConfig]):
    """A group that is one form over keys of this PC's settings file."""

    needs = frozenset({Permission.MANAGE_OFFICE})
    group = "station"
    document_type = StationConfig

    @override
    def build(self) -> None:
        self.saver: StationSaver  # made by `make_saver`
        super().build()
        self.undo_button = self.add_head_button(_("Urungkan"), "undo-2", self._undo)
        self.undo_button.hide()
        self.worker = FileWorker(self)

    def run(self, job: Callable[[], T], then: Callable[[T], object]) -> None:
        """Run a job on a thread of its own: a device or a disk may keep it waiting. Ignored if one runs."""
        if not self.worker.is_busy:
            self.worker.run(job, then, self.host.refuse)

    @override
    def make_saver(self) -> StationSaver:
        return StationSaver(self.host, self.note, self.host.setup.settings if self.host.setup else None)

    @override
    def refresh(self) -> None:
        self.saver.read(self.show_unless_dirty)

    @override
    def on_saved(self, then: Callable[[], object] | None, document: StationConfig) -> None:
        super().on_saved(then, document)
        self.undo_button.show()

    def _undo(self) -> None:
        """Undo the last change. The button comes back, for the undoing can be undone in turn."""
        self.undo_button.hide()
        self.saver.undo(partial(self.on_saved, None))


NO_PRINTER = "none"
IS_WINDOWS = os.name == "nt"


class PrinterField(forms.ChoiceField):
    """The choice of a printer: those that this PC knows, by name, or any other address, typed."""

    def __init__(self, theme: Theme, name: str, words: str) -> None:
        super().__init__(theme, name, words, [(NO_PRINTER, _("Tanpa printer"))], required=True, free=True)

    def show_printers(self, printers: Iterable[search.FoundPrinter]) -> None:
        chosen = self.value()
        self.blockSignals(True)  # the user has changed nothing
        self.show_options(
            [(NO_PRINTER, _("Tanpa printer")), *((printer.address, printer.name) for printer in printers)]
        )
        self.show_value(chosen)
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


# The mode that uses a section of this PC's settings file; every mode uses the other sections.
_MODE_OF_SECTION = {"counter": "counter", "online": "counter", "kiosk": "kiosk"}


class ComputerGroup(StationGroup):
    """The settings of what this PC is for, and of its devices."""

    name, icon_name = "computer", "laptop"
    title = staticmethod(lambda: _("Komputer ini"))

    @override
    def build(self) -> None:
        super().build()
        FileWorker(self).run(search.local_printers, self._offer_printers, lambda _error: None)
        self.lock_button = self.add_head_button(_("Kunci kios …"), "lock", self._ask_lock)
        self.lock_button.setVisible(IS_WINDOWS)
        self.autostart_button = self.add_head_button(_("Mulai bersama PC …"), "play", self._ask_autostart)
        self.test_button = self.add_head_button(_("Cetak percobaan"), "printer", self._print_test)
        self.again_button = self.add_head_button(_("Siapkan ulang …"), "settings", self._ask_set_up_again)

    @override
    def settings(self) -> SettingRows:
        languages = [(code, i18n.language_name(code)) for code in i18n.languages()]
        sources = (
            ("sempena", "Sempena"),
            ("email", _("surel")),
            ("whatsapp", "WhatsApp"),
            ("surat", _("surat")),
        )
        database_hint = _(
            "Di Windows selalu jalur jaringan, misalnya {path}. Server PostgreSQL: {address}; kata sandinya"
            " tidak tertulis di setelan. Memindahkan kantor: minta petugas TI."
        ).format(path=r"\\SERVER\ult\office.db", address=SERVER_FORM)
        return (
            (
                Setting(
                    "mode",
                    _("Komputer ini adalah"),
                    options=(("", _("ditentukan saat program dimulai")), *mode_words()),
                ),
                Setting("name", _("Nama komputer"), _("Kosong: nama PC.")),
                Setting("language", _("Bahasa awal"), options=languages),
            ),
            Setting("database", _("Berkas kantor, atau alamat servernya"), database_hint),
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
                Setting("online.folder", _("Folder permintaan daring"), make=forms.FolderField),
                Setting("online.source", _("Asal daftarnya"), options=sources),
            ),
            (
                Setting("sync.poll_ms", _("Lihat perubahan tiap (milidetik)")),
                Setting("sync.hint_port", _("Port isyarat (UDP)")),
                Setting("sync.hint_address", _("Alamat isyarat")),
            ),
        )

    @override
    def show_filled_in(self, document: StationConfig) -> None:
        """Hide the fields that this PC's mode does not use; none where each start chooses the mode."""
        for field in map(self.form.field, self._keys):
            mode = _MODE_OF_SECTION.get(field.name.partition(".")[0])
            if mode is not None:
                field.set_shown(document.mode in ("", mode) or bool(field.problem()))

    @override
    def refresh(self) -> None:
        super().refresh()
        self.fetch(read_document, self._offer_categories)

    def _offer_categories(self, office: OfficeTemplate) -> None:
        field = self.form.field("kiosk.categories")
        if isinstance(field, CategoryTicks):
            field.show_categories(
                [(category.key, category.name.within(language())) for category in office.categories]
            )

    def _offer_printers(self, printers: tuple[search.FoundPrinter, ...]) -> None:
        field = self.form.field("printer.address")
        if isinstance(field, PrinterField):
            field.show_printers(printers)

    def _print_test(self) -> None:
        """Print a trial with the address that is filled in now, before it is saved."""
        text = str(self.form.field("printer.address").value())
        if text == NO_PRINTER or _check_address(text):
            self.host.tell(_("Isi dulu alamat printernya."))
            return
        self.run(partial(print_test, text), self._on_printed)

    def _on_printed(self, result: PrintResult) -> None:
        if result.outcome is PrintOutcome.FAILED:
            self.host.tell(result.state.word)
            return
        options = [(words, int(width)) for width, words in paper_widths()]
        dialogs.choose(self.host.window, self.theme, width_question(), options, self._set_width)

    def _set_width(self, width: int) -> None:
        field = self.form.field("printer.address")
        field.show_value(with_width(str(field.value()), width))
        options = [(words, letters) for letters, words in printer_letters()]
        dialogs.choose(self.host.window, self.theme, letters_question(), options, self._set_letters)

    def _set_letters(self, letters: str) -> None:
        field = self.form.field("printer.address")
        field.show_value(with_letters(str(field.value()), letters))

    def _ask_set_up_again(self) -> None:
        """Ask, then open the set-up wizard with this PC's present settings."""
        words = _("Jendela ini ditutup. Yang dibatalkan di sana tidak mengubah apa-apa.")
        yes = (_("Siapkan ulang"), process.set_up_again)
        dialogs.ask(self.host.window, self.theme, _("Siapkan ulang komputer ini?"), words, yes)

    def _ask_autostart(self) -> None:
        choices = ((False, _("{mode}: mulai bersama PC")), (True, _("{mode}: jangan lagi")))
        options = [
            (words.format(mode=mode_word), partial(self._set_autostart, mode, remove=remove))
            for remove, words in choices
            for mode, mode_word in mode_words()
        ]
        title = _("Apa yang dimulai bersama PC ini?")
        dialogs.choose(self.host.window, self.theme, title, options, lambda act: act())

    def _set_autostart(self, mode: str, *, remove: bool) -> None:
        file = self.host.setup.settings if self.host.setup else None
        self.run(partial(own_program.start_with_pc, mode, file, remove=remove), self._on_autostart_set)

    def _on_autostart_set(self, answer: own_program.OwnAnswer) -> None:
        done = _("Tercatat; berlaku sejak PC ini dinyalakan lagi.")
        self.host.tell(done if answer.succeeded else answer.words)

    def _ask_lock(self) -> None:
        options = [
            (_("Kunci akun Windows ini sebagai kios"), "on"),
            (_("Lepaskan kuncinya"), "off"),
            (_("Sebut tingkatnya"), "show"),
        ]
        dialogs.choose(
            self.host.window, self.theme, _("Kunci PC ini sebagai kios?"), options, self._set_lock_down
        )

    def _set_lock_down(self, action: str) -> None:
        job = partial(own_program.ask_own, "station", "lock-down", action, "--ask")
        self.run(job, lambda answer: self.host.tell(answer.words))


class BackupGroup(StationGroup):
    """The folder of this PC for the office's backups and periodic reports, and a backup now."""

    name, icon_name, group, preview_below = "backup", "save", "data", True
    title = staticmethod(lambda: pgettext("many", "Cadangan"))

    @override
    def build(self) -> None:
        super().build()
        self.now_button = self.add_head_button(_("Cadangkan sekarang"), "save", self._back_up)
        self.now_button.setVisible(not self.host.is_on_server)

    @override
    def settings(self) -> SettingRows:
        words = _("Folder cadangan")
        hint = _("Di disk LAIN daripada berkas kantor. Kosong: PC ini tidak membuat cadangan.")
        if self.host.is_on_server:
            words = _("Folder laporan")
            hint = _("Untuk laporan berkala. Kantor ini di server, dan dicadangkan di sana.")
        return (Setting("backup.folder", words, hint, make=forms.FolderField),)

    @override
    def make_preview(self) -> QWidget:
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
            on_server = _("dibuat di server (pg_dump), tidak oleh PC ini; tanyakan kepada petugas TI")
            facts = [detail.Fact(_("Semua PC"), on_server)]
        self.last.show_facts(facts or [detail.Fact(_("Semua PC"), _("belum ada"), "danger")])

    def _back_up(self) -> None:
        setup, folder = self.host.setup, str(self.form.field("backup.folder").value())
        if setup is None or not folder:
            self.host.tell(_("Isi dulu folder cadangannya."))
            return
        self.host.tell(_("Membuat cadangan …"))
        station = f"{setup.name} (tangan)"
        self.run(partial(back_up_by_hand, setup.database, Path(folder), station), self._on_backed_up)

    def _on_backed_up(self, result: BackupResult) -> None:
        self.host.tell(_("Tersimpan dan utuh: {path}").format(path=result.path))
        self.refresh()


def last_backups(tx: Transaction, _now: int) -> tuple[upkeep.UpkeepRecord, ...]:
    """Return the backups of each PC that made or tried one, the last success first."""
    return upkeep.all_of(tx, upkeep.BACKUP)
