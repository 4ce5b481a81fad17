"""The daily report (buku laporan): what happened today, and a form for the next entry."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ult_desktop.core.desk_book import DeskEntry, EntrySort, sort_word
from ult_desktop.core.visit_asks import WriteDeskEntry
from ult_desktop.i18n import _
from ult_desktop.ui.counter.work.desk import WorkDesk
from ult_desktop.ui.counter.work.fields.line_field import LineField
from ult_desktop.ui.counter.work.fields.radio_field import RadioField
from ult_desktop.ui.counter.work.form import Form, Values
from ult_desktop.ui.counter.work.section import Section
from ult_desktop.ui.counter.work.timeline import Timeline, TimelineEntry, when_words
from ult_desktop.ui.layouts import Column

_ICONS = {
    EntrySort.EVENT: "triangle-alert",
    EntrySort.DEPOSIT: "briefcase",
    EntrySort.HANDOVER: "arrow-right-left",
    EntrySort.OTHER: "notebook-pen",
}


class DeskBookPanel(Section):
    """Entries newest first."""

    def __init__(self, desk: WorkDesk) -> None:
        super().__init__(desk.theme, _("Buku laporan hari ini"))
        self._desk, theme = desk, desk.theme
        self.form = Form(
            theme,
            (
                RadioField(theme, "sort", _("Jenis"), [(each, sort_word(each)) for each in EntrySort]),
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

    def show_entries(self, entries: Sequence[DeskEntry], now: datetime) -> None:
        self.entries.setVisible(bool(entries))
        self.entries.show_entries(
            [
                TimelineEntry(
                    when_words(each.at, now), each.text, each.officer, sort_word(each.sort), _ICONS[each.sort]
                )
                for each in reversed(entries)
            ]
        )

    def _write(self, values: Values) -> None:
        ask = WriteDeskEntry(sort=values["sort"] or EntrySort.OTHER, text=values["text"])
        self._desk.perform(ask, lambda _entry: self._begin(), _("Catatan tersimpan."), self.form)

    def _begin(self) -> None:
        if self.form.values()["sort"] is None:
            self.form.show_values({"sort": EntrySort.EVENT})
