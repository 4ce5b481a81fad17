"""The view of what was understood of a list: questions, columns and rows, and the run that writes it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, counted, formats, pgettext
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.columns import NO_FIELD, ListColumn
from ult_desktop.core.lists.table import HEADER_WITHIN, LeftOutRow
from ult_desktop.core.lists.understanding import (
    HEAD_ROW,
    YES,
    AcceptedRow,
    ListQuestion,
    RowRefusal,
    Understanding,
    column_question,
    row_question,
)
from ult_desktop.db import list_imports
from ult_desktop.operations.lists.importing import ListImporter, ListWriting, import_report, undo_import
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.lists.undoing import UndoReport
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import Column, Row, forms, lists, panels, widgets

Importer = ListImporter[Any]
NEW, KNOWN, REFUSED, LEFT_OUT = "new", "known", "refused", "left_out"
MAX_SHOWN_ROWS = 1000  # of each kind; the words above the list say how many there are in all
_LONGEST = 60  # characters shown of a line that may be the row of column heads


class ResumeForm(forms.FlatForm):
    """The form that shows when the office refused a batch: why, and the button that tries it again."""

    @override
    def show_refusal(self, error: UserError) -> None:
        super().show_refusal(error)
        self.show()


class ImportRun(QObject):
    """The run that writes a list, one batch after the other. After a refusal it resumes with the same batch.

    The office never writes a batch twice. `cancel` takes back the batches that are already written.

    Signals:
        progressed: (rows written, rows in all).
        ended: every batch is written (how many rows were new).
        cancelled: what was written is taken back (`UndoReport`).
    """

    progressed = Signal(int, int)
    ended = Signal(int)
    cancelled = Signal(object)

    def __init__(self, host: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        # The form asks nothing, but a form needs a field: this one is hidden.
        unused_field = forms.TickField(host.theme, "again", _("Lanjutkan"))
        self.form = ResumeForm(host.theme, (unused_field,), _("Lanjutkan"))
        unused_field.set_shown(False)
        self.form.hide()
        self.form.submitted.connect(lambda _values: self._go_on())
        self._writing: ListWriting[Any] | None = None
        self._is_cancelled = False

    def start(self, writing: ListWriting[Any]) -> None:
        self._writing = writing
        self._is_cancelled = False
        self._go_on()

    def cancel(self) -> None:
        """Stop after the batch under way, and take back what is written."""
        self._is_cancelled = True
        is_stopped_by_refusal = not self.form.isHidden()
        if is_stopped_by_refusal:  # else `_go_on` comes when the batch under way is written
            self._go_on()

    def _go_on(self) -> None:
        """Write the next batch; after the last one end, and after a cancel take back what is written."""
        writing = self._writing
        if writing is None:
            return
        self.progressed.emit(writing.done, writing.planned)
        self.form.hide()
        if self._is_cancelled:
            job = partial(_undo_by_key, writing.importer, writing.key)
            self._host.perform(job, self.cancelled.emit, form=self.form)
        elif writing.is_whole:
            self.ended.emit(writing.added)
        else:
            self._host.perform(writing.next_command(), partial(self._on_written, writing), form=self.form)

    def _on_written(self, writing: ListWriting[Any], added: int) -> None:
        writing.note_written(added)
        self._go_on()


def _undo_by_key(importer: Importer, key: str, office: Office, actor: Actor) -> UndoReport:
    written = office.read(lambda tx: list_imports.find_key(tx, key))
    return UndoReport(gone=0) if written is None else take_back(importer, written.id, office, actor)


def take_back(importer: Importer, import_id: int, office: Office, actor: Actor) -> UndoReport:
    return undo_import(office, importer, import_id, lambda command: office.perform(command, actor))


class UnderstandingView(QWidget):
    """The view of an understanding. Nothing is written before the officer presses "Impor".

    "Impor" is disabled while a question has no answer. After it the view shows the progress, then the result.

    Signals:
        answered: (key of the question, answer).
        sheet_wanted: another sheet is to be read (its name).
        save_wanted: the refused rows are to be saved.
        back_requested: the officer wants to leave the import.
    """

    answered = Signal(str, str)
    sheet_wanted = Signal(str)
    save_wanted = Signal()
    back_requested = Signal()

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self._host = host
        self._importer: Importer | None = None
        self.understanding: Understanding[Any] | None = None
        theme = host.theme
        self.words = widgets.Label("", "title", wrap=True)
        self.note, self.unanswered_note = panels.Note(theme, "info"), panels.Note(theme, "")
        self.fields: dict[str, forms.Field[Any]] = {}
        self.questions_half = QWidget()
        self._questions_column = Column(theme, self.questions_half, gap=12)
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
        self.back_button = widgets.Button(theme, _("Kembali"), "quiet")
        self.save_button = widgets.Button(theme, _("Simpan yang ditolak"), "", "save")
        self.take_row_button = widgets.Button(theme, _("Anggap data"), "", "check")
        self.start_import_button = widgets.Button(theme, _("Impor"), "primary", "download")
        self.cancel_button = widgets.Button(theme, _("Batalkan impor"), "", "circle-x")
        self.finish_button = widgets.Button(theme, _("Selesai"), "primary", "check")
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        theme = self._host.theme
        column = Column(theme, self, gap=12)
        for widget in (self.words, self.unanswered_note, self.note, self.progress, self.run.form):
            column.addWidget(widget)
        column.addWidget(panels.SplitView(theme, self.questions_half, self.rows), 1)
        foot = Row(theme, gap=8)
        foot.addWidget(self.save_button)
        foot.addWidget(self.take_row_button)
        foot.addStretch()
        for button in (self.back_button, self.cancel_button, self.start_import_button, self.finish_button):
            foot.addWidget(button)
        column.addLayout(foot)

    def _connect_signals(self) -> None:
        self.back_button.clicked.connect(self.back_requested)
        self.finish_button.clicked.connect(self.back_requested)
        self.save_button.clicked.connect(self.save_wanted)
        self.take_row_button.clicked.connect(self._take_row)
        self.start_import_button.clicked.connect(self._start)
        self.cancel_button.clicked.connect(self._cancel)
        self.rows.chosen.connect(self._offer_to_take)
        self.rows.opened.connect(lambda _row: self._take_row())
        self.run.progressed.connect(self._on_progress)
        self.run.ended.connect(self._on_ended)
        self.run.cancelled.connect(self._on_cancelled)

    def show_draft(self, importer: Importer, file: ListFile, understanding: Understanding[Any]) -> None:
        """Show what was understood."""
        is_another_file = (
            self.understanding is None or self.understanding.file_hash != understanding.file_hash
        )
        if is_another_file:
            self.rows.filters.choose("")
        self._importer, self.understanding = importer, understanding
        self.words.setText(f"{understanding.file}: {understanding.words}")
        self.note.say(" ".join(understanding.notes))
        unanswered = len(understanding.open_questions)
        words = counted("{n} hal belum pasti. Jawab dahulu; sesudah itu daftar dapat diimpor.", unanswered)
        self.unanswered_note.say(words if unanswered else "")
        self._show_fields(file, understanding)
        self.rows.show_rows(_make_rows(importer, understanding))
        self.start_import_button.setText(counted("Impor {n} baris", len(understanding.new_rows)))
        self._show_stage(asking=True)
        self.start_import_button.setEnabled(not unanswered and bool(understanding.new_rows))

    def set_busy(self, *, busy: bool) -> None:
        """Take no answers while the list is understood again with the last one."""
        if self._questions is not None:
            self._questions.setEnabled(not busy)

    def _show_fields(self, file: ListFile, understanding: Understanding[Any]) -> None:
        theme = self._host.theme
        inner = QWidget()
        column = Column(theme, inner, gap=12)
        self.fields = {}
        # `False` sorts before `True`: questions without an answer come first.
        questions = sorted(understanding.questions, key=lambda question: bool(question.answer))
        # A column with a proposed field is among the questions.
        settled_columns = [column for column in understanding.columns if not column.proposed]
        field_options = [(field.value, field.words) for field in understanding.fields]
        for title, fields in (
            (
                _("Perlu dipastikan"),
                [self._question_field(question, understanding.columns) for question in questions],
            ),
            (_("Tempat"), self._place_fields(file, understanding)),
            (
                pgettext("many", "Kolom"),
                [self._column_field(column, field_options) for column in settled_columns],
            ),
        ):
            if fields:
                section = panels.Section(theme, title)
                for field in fields:
                    section.body.addWidget(field)
                column.addWidget(section)
        column.addStretch()
        old, self._questions = self._questions, panels.FittingArea(theme, inner)
        self._questions_column.addWidget(self._questions, 1)
        if old is not None:
            old.hide()
            self._questions_column.removeWidget(old)
            old.deleteLater()
        if understanding.open_questions and understanding.open_questions[0].key in self.fields:
            self.fields[understanding.open_questions[0].key].setFocus()

    def _question_field(self, question: ListQuestion, columns: Sequence[ListColumn]) -> forms.Field[Any]:
        theme = self._host.theme
        if not question.choices:  # then it asks for a date
            day = forms.DateField(theme, question.key, question.words, required=True, days=self._host)
            day.show_value(date.fromisoformat(question.answer) if question.answer else None)
            self.fields[day.name] = day
            day.line.editingFinished.connect(partial(self._answer_day, day, question.answer))
            return day
        options = [(choice.value, choice.words) for choice in question.choices]
        field = forms.ChoiceField(theme, question.key, question.words, options, required=True)
        field.show_value(question.answer or None)
        samples = next((column.samples for column in columns if column.number == question.column), ())
        if samples:
            field.explain(_("contoh: {samples}").format(samples=" | ".join(samples)))
        self._answer_on_change(field)
        return field

    def _place_fields(self, file: ListFile, understanding: Understanding[Any]) -> list[forms.Field[Any]]:
        """Return the choice of the sheet, where there are several, and of the row with the column heads."""
        theme, fields = self._host.theme, list[forms.Field[Any]]()
        if len(file.sheets) > 1:
            hidden = _("{name} (tersembunyi)")
            sheet_options = [
                (sheet.name, hidden.format(name=sheet.name) if sheet.hidden else sheet.name)
                for sheet in file.sheets
            ]
            sheets = forms.ChoiceField(theme, "lembar", _("Lembar"), sheet_options)
            sheets.show_value(file.sheet)
            sheets.changed.connect(lambda: self.sheet_wanted.emit(str(sheets.value())))
            self.fields[sheets.name] = sheets
            fields.append(sheets)
        line_options = []
        for line in file.lines[:HEADER_WITHIN]:
            words = " | ".join(" ".join(cell.split()) for cell in line.cells if cell.strip())
            if len(words) > _LONGEST:
                words = f"{words[:_LONGEST]}…"
            line_options.append(
                (str(line.number), _("baris {n}: {words}").format(n=line.number, words=words))
            )
        head = forms.ChoiceField(theme, HEAD_ROW, _("Judul kolom"), line_options)
        head.show_value(str(understanding.head))
        self._answer_on_change(head)
        return [*fields, head]

    def _column_field(self, column: ListColumn, field_options: Sequence[tuple[str, str]]) -> forms.Field[Any]:
        label = f"{column.letter} · {column.name}"
        options = [(NO_FIELD, _("(tidak dipakai)")), *field_options]
        field = forms.ChoiceField(self._host.theme, column_question(column.number), label, options)
        field.show_value(column.field or NO_FIELD)
        samples = " | ".join(column.samples) or _("kosong")
        field.explain(_("{why}; contoh: {samples}").format(why=column.why.word, samples=samples))
        self._answer_on_change(field)
        return field

    def _answer_on_change(self, field: forms.ChoiceField) -> None:
        self.fields[field.name] = field
        field.changed.connect(lambda: self.answered.emit(field.name, str(field.value())))

    def _answer_day(self, field: forms.DateField, last_answer: str) -> None:
        day = field.value()
        if day is not None and not field.problem() and day.isoformat() != last_answer:
            self.answered.emit(field.name, day.isoformat())

    def _show_stage(self, *, asking: bool = False, running: bool = False) -> None:
        """Show what belongs to a stage: the questions, the running import, or (neither) its result."""
        for widget in (self.back_button, self.start_import_button, self.questions_half):
            widget.setVisible(asking)
        self.progress.setVisible(running)
        self.cancel_button.setVisible(running)
        self.finish_button.setVisible(not asking and not running)
        has_refused = self.understanding is not None and bool(self.understanding.refused)
        self.save_button.setVisible(has_refused and not running)
        self._offer_to_take(self.rows.selected if asking else None)
        if not asking:
            self.unanswered_note.say("")

    def _offer_to_take(self, row_id: object) -> None:
        """Offer to import a chosen row that was left out as no record."""
        left_out = self.understanding.left_out if self.understanding is not None else ()
        is_asking = not self.back_button.isHidden()
        self.take_row_button.setVisible(is_asking and any(row.row == row_id for row in left_out))

    def _take_row(self) -> None:
        row_number = self.rows.selected
        if not self.take_row_button.isHidden() and isinstance(row_number, int):
            self.answered.emit(row_question(row_number), YES)

    def _start(self) -> None:
        if self.understanding is None or self._importer is None:
            return
        writing = ListWriting(self._importer, self.understanding)
        self._show_stage(running=True)
        self.run.start(writing)

    def _cancel(self) -> None:
        self.cancel_button.hide()
        self.words.setText(_("Membatalkan …"))
        self.run.cancel()

    def _on_progress(self, done: int, planned: int) -> None:
        self.progress.setRange(0, planned)
        self.progress.setValue(done)
        is_cancelling = self.cancel_button.isHidden()
        if not is_cancelling:
            counts = {"done": formats.format_number(done), "all": formats.format_number(planned)}
            self.words.setText(_("Mengimpor … {done} dari {all} baris").format(**counts))

    def _on_ended(self, added: int) -> None:
        if self.understanding is not None:
            self.words.setText(import_report(self.understanding, added).words)
            self._show_stage()

    def _on_cancelled(self, report: UndoReport) -> None:
        self.words.setText(_("Impor dibatalkan. {words}").format(words=report.words))
        self._show_stage()


def _make_rows(importer: Importer, understanding: Understanding[Any]) -> list[lists.ListRow]:
    """Return rows of every kind, at most `MAX_SHOWN_ROWS` of each."""
    known = [row for row in understanding.rows if row.number in understanding.known]
    return [
        *(_refused_row(row) for row in understanding.refused[:MAX_SHOWN_ROWS]),
        *(_left_out_row(row) for row in understanding.left_out[:MAX_SHOWN_ROWS]),
        *(_accepted_row(importer, row, "") for row in understanding.new_rows[:MAX_SHOWN_ROWS]),
        *(_accepted_row(importer, row, understanding.known[row.number]) for row in known[:MAX_SHOWN_ROWS]),
    ]


def _refused_row(refused: RowRefusal) -> lists.ListRow:
    return lists.ListRow(
        id=refused.row,
        title=f"{refused.column}: {refused.problem}" if refused.column else refused.problem,
        subtitle=_("diharapkan: {form}").format(form=refused.expected),
        aside=_("baris {n}").format(n=refused.row),
        icon="circle-x",
        tint="orange",
        groups=frozenset({REFUSED}),
        side_tone="danger",
    )


def _left_out_row(left_out: LeftOutRow) -> lists.ListRow:
    return lists.ListRow(
        id=left_out.row,
        title=left_out.words,
        subtitle=left_out.why.word,
        aside=_("baris {n}").format(n=left_out.row),
        icon="minus",
        tint="slate",
        groups=frozenset({LEFT_OUT}),
    )


def _accepted_row(importer: Importer, accepted: AcceptedRow[Any], equal_record: str) -> lists.ListRow:
    """Return a row that is to be written, or is not because the office has it (`equal_record`; "": new)."""
    title, subtitle = importer.words(accepted.row)
    return lists.ListRow(
        id=accepted.number,
        title=title,
        subtitle=subtitle,
        aside=_("baris {n}").format(n=accepted.number),
        icon="check" if equal_record else "plus",
        tint="slate" if equal_record else "green",
        tags=(lists.Tag(equal_record, "primary"),) if equal_record else (),
        groups=frozenset({KNOWN if equal_record else NEW}),
    )
