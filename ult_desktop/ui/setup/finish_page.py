"""The last page: the recovery code on paper, and then the set-up itself."""

import math
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.base.windows import Windows
from ult_desktop.core.access import keys
from ult_desktop.core.office.setup_answers import share_account_of
from ult_desktop.core.sheet import Letterhead, Sheet, SheetRow
from ult_desktop.db.store.server_address import is_server
from ult_desktop.devices.printer import talk
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.operations.office.setting_up import SetupResult, set_up
from ult_desktop.reports.files import write_whole
from ult_desktop.ui.kit import forms, layouts, widgets
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft, mode_word
from ult_desktop.ui.setup.page import Page, Values

if TYPE_CHECKING:
    from ult_desktop.reports import sheet as sheets
else:
    sheets = late("ult_desktop.reports.sheet")

WINDOWS = sys.platform == "win32"


class FinishPage(Page):
    """The last page. Nothing was written before; if a step fails here, nothing is left behind.

    Signals:
        done: the PC is a station now (the `SetupResult`).
    """

    done = Signal(object)

    def __init__(self, theme: Theme, station_file: Path, windows: Windows) -> None:
        self._station_file, self._windows = station_file, windows
        self.block = forms.LineField(
            theme, "block", _("Ketik blok terakhir dari kertasnya"), required=True, check=self._block_problem
        )
        self.tune = forms.TickField(
            theme, "tune_windows", _("Atur Windows untuk folder bersama (meminta administrator)")
        )
        self.lock = forms.TickField(
            theme, "lock_down", _("Kunci akun Windows ini sebagai kios, mulai masuk berikutnya")
        )
        super().__init__(
            theme,
            _("Selesai"),
            "",
            (
                self.block,
                forms.TickField(theme, "autostart", _("Mulai sendiri bersama PC ini")),
                self.tune,
                self.lock,
            ),
        )
        self.code = widgets.Label("", "title")
        self.print_button = widgets.Button(theme, _("Cetak kode dan kata sandi"), "", "printer")
        self.sheet_button = widgets.Button(theme, _("Buka lembarnya (PDF)"), "", "file-text")
        self._folder: TemporaryDirectory[str] | None = None
        row = layouts.Row(theme, gap=16)
        row.addWidget(self.code)
        row.addWidget(self.sheet_button)
        row.addWidget(self.print_button)
        row.addStretch()
        self.column.insertLayout(1, row)
        self.passwords = layouts.Grid(theme, gap=4)
        self.column.insertLayout(2, self.passwords)
        self.print_button.clicked.connect(self._print)
        self.sheet_button.clicked.connect(self._open_sheet)
        self.result: SetupResult | None = None
        self.is_writing = False

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        if draft.makes_office and not draft.code:
            self.draft = draft = msgspec.structs.replace(draft, code=keys.new_code())
        self.intro.setText(_summary(draft))
        self.code.setText(draft.code)
        self.code.setVisible(draft.makes_office)
        self.sheet_button.setVisible(draft.makes_office)
        self.print_button.setVisible(
            draft.makes_office and draft.printer != "none" and draft.mode != "display"
        )
        self._show_passwords(code_sheet(draft).rows if draft.makes_office else ())
        self.block.set_shown(draft.makes_office)
        self.tune.set_shown(WINDOWS and draft.kind != "here" and not is_server(Path(draft.database)))
        self.lock.set_shown(WINDOWS and draft.mode == "kiosk")
        names = ("autostart", "tune_windows", "lock_down")
        self.form.show_values({"block": "", **{name: getattr(draft, name) for name in names}})

    def _block_problem(self, typed: str) -> str:
        right = self.draft.code.rpartition("-")[2]
        if typed.strip().upper() == right:
            return ""
        return _(
            "Bukan itu. Tulis kodenya di kertas, lalu ketik {n} huruf terakhirnya dari kertas itu."
        ).format(n=len(right))

    def _show_passwords(self, rows: Sequence[SheetRow]) -> None:
        """Show who signs in with which password, in two columns, which have room for twelve officers."""
        while (item := self.passwords.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        half = math.ceil(len(rows) / 2)
        for place, row in enumerate(rows):
            words = f"{row.head}: {row.text}"
            self.passwords.addWidget(widgets.Label(words, "small"), place % half, place // half)

    def _open_sheet(self) -> None:
        """Open the sheet in this PC's program for PDF, which prints it on any printer."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="ult-desktop-", ignore_cleanup_errors=True)
        path, sheet = Path(self._folder.name, "ult-desktop.pdf"), code_sheet(self.draft)
        self.work.run(
            _("Menyusun lembarnya …"),
            lambda: write_whole(path, sheets.sheet_pdf(sheet)),
            self._show_sheet,
            self.refuse,
        )

    def _show_sheet(self, path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.note.say(_("Cetak lembarnya sekarang: berkasnya dihapus begitu halaman ini ditinggalkan."))
        else:
            self.refuse(
                UserError(
                    _("PC ini tidak punya program yang membuka PDF."), todo=_("Tulis kodenya dengan tangan.")
                )
            )

    @override
    def leave(self) -> None:
        """Stop the page's work, and delete the sheet: it opens everything."""
        super().leave()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _print(self) -> None:
        address, sheet = self.draft.printer, code_sheet(self.draft)
        self.work.run(
            _("Mencetak …"),
            lambda: TicketPrinter(parse_address(address)).print(sheet),
            self._on_printed,
            self.refuse,
        )

    def _on_printed(self, result: talk.PrintResult) -> None:
        if result.outcome is talk.PrintOutcome.FAILED:
            self.refuse(UserError(result.state.word, todo=_("Tulis kodenya dengan tangan.")))
            return
        self.note.say(_("Simpan kertas ini di lemari terkunci."))

    @override
    def go_on(self) -> None:
        if self.result is None:
            super().go_on()
        else:
            self.done.emit(self.result)

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(
            self.draft,
            autostart=values["autostart"],
            tune_windows=values.get("tune_windows", False),
            lock_down=values.get("lock_down", False),
        )

    @override
    def settle(self, draft: SetupDraft) -> None:
        self.is_writing = True
        self.work.run(
            _("Menyiapkan PC ini …"),
            partial(set_up, draft.answers(), self._station_file, draft.code, self._windows),
            self._on_set_up,
            self._on_refused,
            may_stop=False,
        )

    def _on_refused(self, error: UserError) -> None:
        self.is_writing = False
        self.refuse(error)

    def _on_set_up(self, result: SetupResult) -> None:
        """Show what the user has to read before the station covers the screen; go on if there is nothing."""
        self.result, self.is_writing = result, False
        sentences = [*(change.words for change in result.changes), *result.remarks]
        if not sentences:
            self.done.emit(result)
            return
        if result.undo:
            words = _("Mengembalikan setelan Windows: `ult-desktop setup unshare {path}`")
            sentences.append(words.format(path=result.undo))
        self.form.setEnabled(False)
        self.note.say(". ".join((*sentences, _("Lanjutkan untuk mulai"))) + ".")


def _summary(draft: SetupDraft) -> str:
    lines = [
        _("{office}. PC ini: {mode}, {name}.").format(
            office=draft.office_name, mode=mode_word(draft.mode), name=draft.name
        )
    ]
    if draft.makes_office:
        lines.append(
            _(
                "Kode pemulihan di bawah membuka data pribadi bila semua kata sandi hilang. Ia tidak disimpan"
                " di mana pun: tulis atau cetak di kertas, dan simpan di lemari terkunci."
            )
        )
    return " ".join(lines)


def code_sheet(draft: SetupDraft) -> Sheet:
    """Return the sheet for the locked cupboard, with the first passwords to hand out."""
    office = draft.office
    account = share_account_of(draft.answers()) if draft.share else None
    rows = [SheetRow("admin", office.admin_password)]
    rows += (SheetRow(f"{officer.name} ({officer.login})", officer.password) for officer in office.officers)
    if account:
        rows.append(SheetRow(_("Akun Windows {name}").format(name=account.name), account.password))
    return Sheet(
        office=Letterhead((office.name,), office.logo),
        title=_("Kode pemulihan"),
        number=draft.code,
        rows=tuple(rows),
        notes=(_("Simpan di lemari terkunci. Kata sandi pertama diganti sendiri oleh petugas."),),
    )
