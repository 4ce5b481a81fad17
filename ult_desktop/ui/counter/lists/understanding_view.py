"""The view of what was understood of a list: questions, columns and rows, and the import itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ult_desktop.base import _, counted, formats, pgettext
from ult_desktop.core.lists.columns import NO_FIELD, ListColumn
from ult_desktop.core.lists.table import HEADER_WITHIN
from ult_desktop.core.lists.understanding import (
    HEAD,
    YES,
    AcceptedRow,
    ListQuestion,
    Understanding,
    column_question,
    row_question,
)
from ult_desktop.operations.lists.importing import ListWriting, import_report
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.lists.undoing import UndoReport
from ult_desktop.ui.counter.lists.writing import Importer, ImportRun
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import Column, Row, forms, lists, panels, widgets

NEW, KNOWN, REFUSED, LEFT_OUT = "new", "known", "refused", "left_out"
MAX_SHOWN = 1000  # rows shown of each kind; the words say how many there are in all
_LONGEST = 60  # letters of a row among the choices of the head


class UnderstandingView(QWidget):
    """The view of an understanding. Nothing is written before "Impor" is pressed.

    It cannot be pressed while a question is open.

    Signals:
        answered: (question, answer).
        sheet_wanted: another sheet is to be read (its name).
        save_wanted: the refused rows are to be saved.
        left: the officer goes back.
    """

    answered = Signal(str, str)
    sheet_wanted = Signal(str)
    save_wanted = Signal()
    left = Signal()

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self._host = host
        self._importer: Importer | None = None
        self.understanding: Understanding[Any] | None = None
        theme = host.theme
        self.words = widgets.Label("", "title", wrap=True)
        self.note, self.open = panels.Note(theme, "info"), panels.Note(theme, "")
        self.fields: dict[str, forms.Field[Any]] = {}
        self.left_half = QWidget()
        self._left = Column(theme, self.left_half, gap=12)
        self._questions: QWidget | None = None
        self.rows = lists.RecordList(
            theme,
            _("Cari di daftar …"),
            (
                lists.Filter("", _("Semua")),
                lists.Filter(NEW, _("Baru")),
                lists.Filter(KNOWN, _("Sudah ada")),
                lists.Filter(REFUSED, _("Ditolak"), tone="danger"),
                lists.Filter(LEFT_OUT, _("Dilewati")),
            ),
            (_("Tidak ada baris di daftar ini."), "files"),
        )
        self.progress = QProgressBar(textVisible=False)
        self.run = ImportRun(host, self)
        self.back = widgets.Button(theme, _("Kembali"), "quiet")
        self.save = widgets.Button(theme, _("Simpan yang ditolak"), "", "save")
        self.take = widgets.Button(theme, _("Anggap data"), "", "check")
        self.verb = widgets.Button(theme, _("Impor"), "primary", "download")
        self.cancel = widgets.Button(theme, _("Batalkan impor"), "", "circle-x")
        self.finish = widgets.Button(theme, _("Selesai"), "primary", "check")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        theme = self._host.theme
        column = Column(theme, self, gap=12)
        for widget in (self.words, self.open, self.note, self.progress, self.run.form):
            column.addWidget(widget)
        column.addWidget(panels.SplitView(theme, self.left_half, self.rows), 1)
        foot = Row(theme, gap=8)
        foot.addWidget(self.save)
        foot.addWidget(self.take)
        foot.addStretch()
        for button in (self.back, self.cancel, self.verb, self.finish):
            foot.addWidget(button)
        column.addLayout(foot)

    def _wire(self) -> None:
        self.back.clicked.connect(self.left)
        self.finish.clicked.connect(self.left)
        self.save.clicked.connect(self.save_wanted)
        self.take.clicked.connect(self._take_row)
        self.verb.clicked.connect(self.start)
        self.cancel.clicked.connect(self._cancel)
        self.rows.chosen.connect(self._chosen)
        self.rows.opened.connect(lambda _row: self._take_row())
        self.run.progressed.connect(self._progressed)
        self.run.ended.connect(self._ended)
        self.run.cancelled.connect(self._cancelled)

    def show_draft(self, importer: Importer, file: ListFile, understanding: Understanding[Any]) -> None:
        """Show what was understood."""
        if self.understanding is None or self.understanding.file_hash != understanding.file_hash:
            self.rows.filters.choose("")
        self._importer, self.understanding = importer, understanding
        self.words.setText(f"{understanding.file}: {understanding.words}")
        self.note.say(" ".join(understanding.notes))
        open_ones = len(understanding.open)
        words = counted("{n} hal belum pasti. Jawab dahulu; sesudah itu daftar dapat diimpor.", open_ones)
        self.open.say(words if open_ones else "")
        self._show_fields(file, understanding)
        self.rows.show_rows(_rows(importer, understanding))
        self.verb.setText(counted("Impor {n} baris", len(understanding.new)))
        self._show_stage(before=True)
        self.verb.setEnabled(not open_ones and bool(understanding.new))

    def set_busy(self, *, busy: bool) -> None:
        """Take no answers while the last one is worked in."""
        if self._questions is not None:
            self._questions.setEnabled(not busy)

    def _show_fields(self, file: ListFile, found: Understanding[Any]) -> None:
        theme = self._host.theme
        inner = QWidget()
        column = Column(theme, inner, gap=12)
        self.fields = {}
        questions = sorted(found.questions, key=lambda question: bool(question.answer))
        settled = [each for each in found.columns if not each.proposed]
        every = [(field.value, field.words) for field in found.fields]
        for title, fields in (
            (_("Perlu dipastikan"), [self._question_field(each, found.columns) for each in questions]),
            (_("Tempat"), self._place_fields(file, found)),
            (pgettext("many", "Kolom"), [self._column_field(each, every) for each in settled]),
        ):
            if fields:
                section = panels.Section(theme, title)
                for field in fields:
                    section.body.addWidget(field)
                column.addWidget(section)
        column.addStretch()
        old, self._questions = self._questions, panels.FittingArea(theme, inner)
        self._left.addWidget(self._questions, 1)
        if old is not None:
            old.hide()
            self._left.removeWidget(old)
            old.deleteLater()
        if found.open and found.open[0].key in self.fields:
            self.fields[found.open[0].key].setFocus()

    def _question_field(self, question: ListQuestion, columns: Sequence[ListColumn]) -> forms.Field[Any]:
        if not question.choices:
            day = forms.DateField(
                self._host.theme, question.key, question.words, required=True, days=self._host
            )
            day.show_value(date.fromisoformat(question.answer) if question.answer else None)
            self.fields[day.name] = day
            day.line.editingFinished.connect(partial(self._tell_day, day, question.answer))
            return day
        options = [(choice.value, choice.words) for choice in question.choices]
        field = forms.ChoiceField(self._host.theme, question.key, question.words, options, required=True)
        field.show_value(question.answer or None)
        samples = next((each.samples for each in columns if each.number == question.column), ())
        if samples:
            field.explain(_("contoh: {samples}").format(samples=" | ".join(samples)))
        return self._wired(field)

    def _place_fields(self, file: ListFile, found: Understanding[Any]) -> list[forms.Field[Any]]:
        """Return the choice of the sheet, where there are several, and of the head's row."""
        theme, fields = self._host.theme, list[forms.Field[Any]]()
        if len(file.sheets) > 1:
            names = [
                (
                    sheet.name,
                    _("{name} (tersembunyi)").format(name=sheet.name) if sheet.hidden else sheet.name,
                )
                for sheet in file.sheets
            ]
            sheets = forms.ChoiceField(theme, "lembar", _("Lembar"), names)
            sheets.show_value(file.sheet)
            sheets.changed.connect(lambda: self.sheet_wanted.emit(str(sheets.value())))
            self.fields[sheets.name] = sheets
            fields.append(sheets)
        lines = [
            (str(line.number), _("baris {n}: {words}").format(n=line.number, words=_short(line.cells)))
            for line in file.lines[:HEADER_WITHIN]
        ]
        head = forms.ChoiceField(theme, HEAD, _("Judul kolom"), lines)
        head.show_value(str(found.head))
        fields.append(self._wired(head))
        return fields

    def _column_field(self, column: ListColumn, every: Sequence[tuple[str, str]]) -> forms.Field[Any]:
        label = f"{column.letter} · {column.name}"
        options = [(NO_FIELD, _("(tidak dipakai)")), *every]
        field = forms.ChoiceField(self._host.theme, column_question(column.number), label, options)
        field.show_value(column.field or NO_FIELD)
        samples = " | ".join(column.samples) or _("kosong")
        field.explain(_("{why}; contoh: {samples}").format(why=column.why.word, samples=samples))
        return self._wired(field)

    def _wired(self, field: forms.ChoiceField) -> forms.ChoiceField:
        self.fields[field.name] = field
        field.changed.connect(lambda: self.answered.emit(field.name, str(field.value())))
        return field

    def _tell_day(self, field: forms.DateField, known: str) -> None:
        day = field.value()
        if day is not None and not field.problem() and day.isoformat() != known:
            self.answered.emit(field.name, day.isoformat())

    def _show_stage(self, *, before: bool = False, running: bool = False) -> None:
        for button in (self.back, self.verb):
            button.setVisible(before)
        self.left_half.setVisible(before)
        self.progress.setVisible(running)
        self.cancel.setVisible(running)
        self.finish.setVisible(not before and not running)
        refused = self.understanding is not None and bool(self.understanding.refused)
        self.save.setVisible(refused and not running)
        self._chosen(self.rows.selected if before else None)
        if not before:
            self.open.say("")

    def _chosen(self, row: object) -> None:
        """Offer to take the row in sight where it was left out."""
        left = self.understanding.left_out if self.understanding is not None else ()
        self.take.setVisible(not self.back.isHidden() and any(each.row == row for each in left))

    def _take_row(self) -> None:
        row = self.rows.selected
        if not self.take.isHidden() and isinstance(row, int):
            self.answered.emit(row_question(row), YES)

    def start(self) -> None:
        """Write the rows."""
        if self.understanding is None or self._importer is None:
            return
        writing = ListWriting(self._importer, self.understanding)
        self._show_stage(running=True)
        self.run.start(writing)

    def _cancel(self) -> None:
        self.cancel.hide()
        self.words.setText(_("Membatalkan …"))
        self.run.cancel()

    def _progressed(self, done: int, planned: int) -> None:
        self.progress.setRange(0, planned)
        self.progress.setValue(done)
        if not self.cancel.isHidden():
            counts = {"done": formats.format_number(done), "all": formats.format_number(planned)}
            self.words.setText(_("Mengimpor … {done} dari {all} baris").format(**counts))

    def _ended(self, added: int) -> None:
        if self.understanding is not None:
            self.words.setText(import_report(self.understanding, added).words)
            self._show_stage()

    def _cancelled(self, report: UndoReport) -> None:
        self.words.setText(_("Impor dibatalkan. {words}").format(words=report.words))
        self._show_stage()


def _short(cells: Iterable[str]) -> str:
    words = " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _rows(importer: Importer, found: Understanding[Any]) -> list[lists.ListRow]:
    """Return the first thousand rows of each kind."""
    known = [each for each in found.rows if each.number in found.known]
    return [
        *(
            _row(
                each.row, f"{each.column}: {each.said}" if each.column else each.said, REFUSED, each.expected
            )
            for each in found.refused[:MAX_SHOWN]
        ),
        *(_row(each.row, each.words, LEFT_OUT, each.why.word) for each in found.left_out[:MAX_SHOWN]),
        *(_accepted(importer, each, "") for each in found.new[:MAX_SHOWN]),
        *(_accepted(importer, each, found.known[each.number]) for each in known[:MAX_SHOWN]),
    ]


_LOOKS = {REFUSED: ("circle-x", "orange", "danger"), LEFT_OUT: ("minus", "slate", "")}


def _row(number: int, title: str, group: str, more: str) -> lists.ListRow:
    icon, tint, tone = _LOOKS[group]
    words = _("diharapkan: {form}") if group == REFUSED else "{form}"
    return lists.ListRow(
        id=number,
        title=title,
        subtitle=words.format(form=more),
        aside=_("baris {n}").format(n=number),
        icon=icon,
        tint=tint,
        groups=frozenset({group}),
        side_tone=tone,
    )


def _accepted(importer: Importer, taken: AcceptedRow[Any], equal: str) -> lists.ListRow:
    title, subtitle = importer.words(taken.row)
    return lists.ListRow(
        id=taken.number,
        title=title,
        subtitle=subtitle,
        aside=_("baris {n}").format(n=taken.number),
        icon="check" if equal else "plus",
        tint="slate" if equal else "green",
        tags=(lists.Tag(equal, "primary"),) if equal else (),
        groups=frozenset({KNOWN if equal else NEW}),
    )
