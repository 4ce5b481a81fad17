"""The window Rekap antarkantor: a folder of summaries as tables, a map, and files; it needs no office."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, counted, formats
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.core.summary.collecting import Collected, OfferedKey
from ult_desktop.core.summary.provinces import provinces
from ult_desktop.core.summary.signing import fingerprint
from ult_desktop.operations.summary import folder
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm, report_bytes
from ult_desktop.reports.summary_page import summary_page
from ult_desktop.ui.counter.pages.papers import write_document
from ult_desktop.ui.counter.reports.parts_view import PartView
from ult_desktop.ui.kit import dialogs, layouts, panels, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.forms.choice_fields import ComboBox
from ult_desktop.ui.kit.theme import TEXT_SIZES, Theme
from ult_desktop.ui.office_link.tasks import FileWorker

PROVINCES = "provinces"
_PAGE = "html"
_GAP = 4  # base pixels between two tiles
_CORNER = 6  # pixels
_LINES = 2.6  # a tile's height, in lines of small text
_FAINT, _STRONG = 0.1, 0.45  # how a tile with the fewest visits is tinted, and that with the most


class ProvinceMap(QWidget):
    """The provinces as tiles, tinted by their visits; the table below has the same numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._visits: dict[str, int] = {}
        set_role(self, Role.Chart)
        self.setAccessibleName(_("Kunjungan menurut provinsi"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a screen reader reads its numbers there
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_visits(self, visits: dict[str, int]) -> None:
        """Show the visits by Kemendagri's code of the province."""
        self._visits = visits
        shown = (province for province in provinces() if province.code in visits)
        words = (f"{province.name} {formats.format_number(visits[province.code], 0)}" for province in shown)
        self.setAccessibleDescription(", ".join(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small"))
        columns, rows = _map_size()
        widest = max(metrics.horizontalAdvance(province.short) for province in provinces())
        return QSize(
            columns * (widest + 2 * self._theme.px(_GAP)),
            rows * (round(_LINES * metrics.lineSpacing()) + self._theme.px(_GAP)),
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns, rows = _map_size()
        width, height, gap = self.width() / columns, self.height() / rows, self._theme.px(_GAP)
        most = max(self._visits.values(), default=0) or 1
        for province in provinces():
            column, row = province.at
            tile = QRectF(column * width, row * height, width - gap, height - gap)
            count = self._visits.get(province.code)
            tint = self._theme.color("accent")
            share = 0.0 if count is None else _FAINT + (_STRONG - _FAINT) * count / most
            tint.setAlphaF(0.0 if self._theme.is_high_contrast else share)
            painter.setBrush(tint)
            painter.setPen(self._theme.color("line" if count is None else "ink"))
            painter.drawRoundedRect(tile, _CORNER, _CORNER)
            half = tile.height() / 2
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.color("ink-soft" if count is None else "ink"))
            top = tile.adjusted(0, 0, 0, -half) if count is not None else tile
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, province.short)
            if count is not None:
                number = formats.format_number(count, 0)
                painter.drawText(tile.adjusted(0, half, 0, 0), Qt.AlignmentFlag.AlignCenter, number)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.color("focus"))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def _map_size() -> tuple[int, int]:
    """Return the numbers of columns and rows of the map."""
    columns, rows = zip(*(province.at for province in provinces()), strict=True)
    return 1 + max(columns), 1 + max(rows)


class SummaryWindow(QWidget):
    """The window that lays offices side by side.

    Args:
        theme: face "counter".
        place: the folder of the offices' files; None lets the person choose one.
        today: the present day.
    """

    def __init__(self, theme: Theme, place: Path | None, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today, self._place = theme, today, place
        self.collected: Collected | None = None
        self.report: PeriodReport | None = None
        self._worker = FileWorker(self)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Rekap antarkantor"))
        self.folder = widgets.ElidedLabel("", "small", "soft")
        self.status = widgets.Label("", "strong", wrap=True)
        self.trouble = panels.Note(theme, "danger")
        self.part = ComboBox(theme)
        self.part.setAccessibleName(_("Yang dilihat"))
        self.part.currentIndexChanged.connect(self._show_part)
        self.map, self.view = ProvinceMap(theme), PartView(theme)
        self.notes = widgets.Label("", "small", "soft", wrap=True)
        self.progress = QProgressBar(textVisible=False, maximum=0)
        self.progress.setAccessibleName(_("Kemajuan"))
        self._lay_out()
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._resize_text, step))
        theme.apply(self)
        self._show_nothing(_("Pilih folder yang berisi berkas rekap dari kantor-kantor."))
        if place is not None:
            self.read(str(place))

    def _lay_out(self) -> None:
        column = layouts.Column(self._theme, self, gap=12, margins=(32, 24, 32, 24))
        head = layouts.Row(self._theme, gap=12)
        head.addWidget(widgets.Logo(self._theme, 48))
        names = layouts.Column(self._theme, gap=2)
        names.addWidget(widgets.Label(_("Rekap antarkantor"), "heading"))
        names.addWidget(self.folder)
        head.addLayout(names, 1)
        pick = partial(dialogs.pick_folder, self, _("Folder rekap"), self.read)
        self.choose_button = self._add_button(head, _("Folder …"), "files", "Ctrl+O", pick)
        self.again_button = self._add_button(head, _("Baca lagi"), "refresh-cw", "F5", self._read_again)
        self.save_button = self._add_button(head, _("Simpan …"), "download", "Ctrl+S", self._offer_files)
        column.addLayout(head)
        column.addWidget(self.trouble)
        line = layouts.Row(self._theme, gap=12)
        line.addWidget(self.status, 1)
        self.confirm_button = self._add_button(
            line, _("Pastikan kunci …"), "shield-check", "Ctrl+K", self._ask_next
        )
        column.addLayout(line)
        for widget in (self.part, self.progress, self.map):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self.notes)

    def _add_button(
        self, row: layouts.Row, text: str, icon_name: str, keys: str, press: Callable[[], object]
    ) -> widgets.Button:
        button = widgets.Button(self._theme, text, "", icon_name)
        button.setToolTip(f"{text} ({keys})")
        button.clicked.connect(lambda _checked=False: press())
        QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        row.addWidget(button)
        return button

    def _resize_text(self, step: int) -> None:
        place = TEXT_SIZES.index(round(100 * self._theme.large_text)) + step
        self._theme.set_text_size(TEXT_SIZES[min(max(place, 0), len(TEXT_SIZES) - 1)])

    def read(self, place: str) -> None:
        """Read all files of a folder; the window stays free meanwhile."""
        if self._worker.is_busy:
            return
        self._place = Path(place)
        self.folder.setText(place)
        self._show_busy(busy=True)
        job = partial(_collect, self._place, self._today())
        self._worker.run(job, self._show, self._show_unread)

    def _read_again(self) -> None:
        if self._place is not None:
            self.read(str(self._place))

    def _show(self, read: tuple[Collected, PeriodReport | None]) -> None:
        self.collected, self.report = read
        self.trouble.say("")
        chosen = self.part.currentData()
        self.part.blockSignals(True)
        self.part.clear()
        for part in () if self.report is None else self.report.parts:
            self.part.addItem(part.title, part.key)
        self.part.setCurrentIndex(max(0, self.part.findData(chosen)))
        self.part.blockSignals(False)
        provinces_by_code = self.collected.provinces.items()
        self.map.show_visits({code: figures.count("visits") for code, figures in provinces_by_code})
        self.status.setText(_summary_words(self.collected))
        self.notes.setText("\n".join(() if self.report is None else self.report.notes))
        self._show_busy(busy=False)
        self._show_part()

    def _show_unread(self, error: UserError) -> None:
        """Show why the folder was not read, and nothing of what was read before it."""
        self.collected = self.report = None
        self.trouble.say(str(error))
        self._show_nothing("")

    def _show_failure(self, error: UserError) -> None:
        self.trouble.say(str(error))
        self._show_busy(busy=False)

    def _show_nothing(self, why: str) -> None:
        self.status.setText(why)
        self._show_busy(busy=False)
        self._show_part()

    def _show_busy(self, *, busy: bool) -> None:
        self.progress.setVisible(busy)
        for button in (self.choose_button, self.again_button, self.confirm_button):
            button.setEnabled(not busy)
        self.save_button.setEnabled(not busy and self.report is not None)
        self.again_button.setVisible(self._place is not None)
        self.confirm_button.setVisible(self.collected is not None and bool(self.collected.unconfirmed))
        self.part.setVisible(self.report is not None)
        self.notes.setVisible(self.report is not None)

    def _show_part(self) -> None:
        key = self.part.currentData()
        part = next((part for part in self.report.parts if part.key == key), None) if self.report else None
        self.map.setVisible(part is not None and part.key == PROVINCES)
        self.view.setVisible(part is not None)
        if part is not None:
            self.view.show_part(part)

    def _ask_next(self) -> None:
        self._ask(() if self.collected is None else self.collected.unconfirmed)

    def _ask(self, offered: tuple[OfferedKey, ...]) -> None:
        """Ask for each key in turn; a key that was left out is asked for again the next time."""
        if not offered:
            self._read_again()
            return
        first, *others = offered
        then = partial(self._ask, tuple(others))
        box = dialogs.Box(
            self, self._theme, _("Apakah kunci ini milik kantornya?"), ("shield-check", "amber")
        )
        box.say(_key_words(first))
        box.add_button(_("Berhenti"), "quiet", self._read_again)
        box.add_button(_("Lewati"), "quiet" if first.known else "primary", then).setFocus()
        box.add_button(_("Sudah cocok"), "", partial(self._trust, first, then))
        box.open()

    def _trust(self, offered: OfferedKey, then: Callable[[], None]) -> None:
        try:
            keys = folder.keys_with(offered, replace=True)
            if keys is not None:
                write_whole(folder.keys_path(), msgspec.json.encode(keys), with_folder=True)
        except UserError as error:
            self._show_failure(error)
        else:
            then()

    def _offer_files(self) -> None:
        forms = [
            (_("Untuk dicetak (PDF)"), ReportForm.PDF.suffix),
            (_("Buku kerja Excel"), ReportForm.WORKBOOK.suffix),
            (_("Daftar angka (CSV)"), ReportForm.LIST.suffix),
            (_("Satu halaman untuk peramban (HTML)"), _PAGE),
        ]
        dialogs.choose(self, self._theme, _("Simpan sebagai apa?"), forms, self.write)

    def write(self, form: str) -> None:
        """Write the file of a form, "pdf", "xlsx", "csv" or "html", into the account's documents."""
        if self.collected is None or self.report is None or self._worker.is_busy:
            return
        self._show_busy(busy=True)
        self._worker.run(
            partial(_write_file, self.collected, self.report, form), self._on_saved, self._show_failure
        )

    def _on_saved(self, path: Path) -> None:
        self._show_busy(busy=False)
        self.status.setText(_("Tersimpan: {label}").format(label=path))


def _collect(place: Path, today: date) -> tuple[Collected, PeriodReport | None]:
    collected = folder.collect(place, today)
    return collected, folder.collected_report(collected, today) if collected.offices else None


def _write_file(collected: Collected, report: PeriodReport, form: str) -> Path:
    content = summary_page(collected, report) if form == _PAGE else report_bytes(report, ReportForm(form))
    return write_document(report.file_words, form, content)


def _summary_words(collected: Collected) -> str:
    """Return the numbers of offices, months and troubles in one line."""
    lacking = sum(bool(office.lacks) for office in collected.offices)
    counts = (
        (len(collected.offices), counted("{n} kantor", len(collected.offices))),
        (len(collected.months), counted("{n} bulan", len(collected.months))),
        (lacking, counted("{n} kantor belum lengkap", lacking)),
        (len(collected.refused), counted("{n} berkas tidak dihitung", len(collected.refused))),
        (len(collected.unconfirmed), counted("{n} kunci belum dipastikan", len(collected.unconfirmed))),
    )
    return " · ".join(words for count, words in counts if count) or _("Foldernya tidak berisi berkas rekap.")


def _key_words(offered: OfferedKey) -> str:
    words = [
        _("{code} {name} menandatangani rekapnya dengan kunci ini:").format(
            code=offered.code, name=offered.name
        ),
        fingerprint(offered.key),
        _("Telepon kantor itu di nomor yang sudah dikenal, dan cocokkan huruf demi huruf."),
    ]
    if offered.known:
        words.append(
            _("Hati-hati: kode ini sudah dipastikan untuk {known} dengan kunci lain.").format(
                known=offered.known
            )
        )
    return "\n\n".join(words)
