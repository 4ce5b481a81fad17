"""The daily report (buku laporan): what happened today, and a form for the next entry."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.visits.commands import WriteDeskEntry
from ult_desktop.core.visits.desk_book import DailyReportEntry, ReportEntryKind, report_entry_word
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms.form import Form, Values
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.radio_field import RadioField
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.section import Section
from ult_desktop.ui.kit.timeline import Timeline, TimelineEntry, when_words

_ICONS = {
    ReportEntryKind.EVENT: "triangle-alert",
    ReportEntryKind.DEPOSIT: "briefcase",
    ReportEntryKind.HANDOVER: "arrow-right-left",
    ReportEntryKind.OTHER: "notebook-pen",
}


class DailyReportPanel(Section):
    """Entries newest first."""

    def __init__(self, desk: PageHost) -> None:
        super().__init__(desk.theme, _("Buku laporan hari ini"))
        self._desk, theme = desk, desk.theme
        self.form = Form(
            theme,
            (
                RadioField(
                    theme, "sort", _("Jenis"), [(each, report_entry_word(each)) for each in ReportEntryKind]
                ),
                LineField(theme, "text", _("Catatan"), required=True),
            ),
            _("Catat"),
            draft=desk.draft("desk-book"),
        )
        self.form.submitted.connect(self._write)
        self._begin()
        self.entries = Timeline(theme)
        self.entries.hide()
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        column = Column(theme, inner)
        column.addWidget(self.entries)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        self.body.addWidget(self.form)
        self.body.addWidget(area, 1)

    def show_entries(self, entries: Sequence[DailyReportEntry], now: datetime) -> None:
        self.entries.setVisible(bool(entries))
        self.entries.show_entries(
            [
                TimelineEntry(
                    when_words(each.at, now),
                    each.text,
                    each.officer,
                    report_entry_word(each.sort),
                    _ICONS[each.sort],
                )
                for each in reversed(entries)
            ]
        )

    def _write(self, values: Values) -> None:
        ask = WriteDeskEntry(sort=values["sort"] or ReportEntryKind.OTHER, text=values["text"])
        self._desk.perform(ask, lambda _entry: self._begin(), _("Catatan tersimpan."), self.form)

    def _begin(self) -> None:
        if self.form.values()["sort"] is None:
            self.form.show_values({"sort": ReportEntryKind.EVENT})
