"""The panel in which a list of online requests is chosen, looked through and imported."""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, counted
from ult_desktop.core.online import (
    commands as online_commands,
    mapping as online_mapping,
    online_request,
    request_rows,
)
from ult_desktop.operations.online.list_import import (
    ImportContext,
    ImportPlan,
    import_report,
    mark_known_rows,
    plan_import,
    report_words,
)
from ult_desktop.ui.counter.online.folder_watch import ImportDraft, load, read_import_context, write_refused
from ult_desktop.ui.counter.online.reading_box import (
    ReadingBox,
    chosen_heads,
    column_fields,
    column_problems,
    column_values,
)
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit import Column, Row, Theme, forms, lists, panels, widgets
from ult_desktop.ui.office_link.tasks import FileWorker


class ResumeForm(forms.FlatForm):
    """The form that shows when the office refused a batch: why, and the button that tries it again."""

    @override
    def show_refusal(self, error: UserError) -> None:
        super().show_refusal(error)
        self.show()


class BatchRun(QObject):
    """The run of batches. It resumes where it stopped, and the office never writes a batch twice.

    Signals:
        progressed: (batches done, batches in all).
        ended: every batch is written, or it was stopped between two (the results so far).
    """

    progressed = Signal(int, int)
    ended = Signal(object)

    def __init__(self, host: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        nothing_to_ask = forms.TickField(host.theme, "again", _("Lanjutkan"))  # hidden: a form needs a field
        self.form = ResumeForm(host.theme, (nothing_to_ask,), _("Lanjutkan"))
        nothing_to_ask.set_shown(False)
        self.form.hide()
        self.form.submitted.connect(lambda _values: self._next())
        self._commands: tuple[online_commands.ImportRequests, ...] = ()
        self._results: list[online_request.BatchResult] = []
        self._stopped = False

    def start(self, commands: tuple[online_commands.ImportRequests, ...]) -> None:
        self._commands, self._results, self._stopped = commands, [], False
        self._next()

    def stop(self) -> None:
        """Stop after the batch under way; what is written stays."""
        self._stopped = True
        if not self.form.isHidden():
            self._end()

    def _next(self) -> None:
        done = len(self._results)
        self.progressed.emit(done, len(self._commands))
        self.form.hide()
        if done == len(self._commands) or self._stopped:
            self._end()
        else:
            self._host.perform(self._commands[done], self._came, form=self.form)

    def _came(self, result: online_request.BatchResult) -> None:
        self._results.append(result)
        self._next()

    def _end(self) -> None:
        self.form.hide()
        self.ended.emit(tuple(self._results))


NEW, KNOWN, REFUSED = "new", "known", "refused"
MAX_SHOWN = 1000  # rows shown of each kind; the words say how many there are in all


class PlanPanel(QWidget):
    """The panel of the import plan. Nothing is written before "Impor" is pressed.

    Signals:
        columns_wanted: the columns are to be chosen once more.
        left: the officer goes back to the page of requests.
    """

    columns_wanted = Signal()
    left = Signal()

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self._host = host
        self._draft: ImportDraft | None = None
        theme = host.theme
        self.words = widgets.Label("", "title", wrap=True)
        self.note, self.trouble = panels.Note(theme, "info"), panels.Note(theme, "danger")
        self.rows = lists.RecordList(
            theme,
            _("Cari di daftar …"),
            (
                lists.Filter("", _("Semua")),
                lists.Filter(NEW, _("Baru")),
                lists.Filter(KNOWN, _("Sudah ada")),
                lists.Filter(REFUSED, _("Ditolak"), tone="danger"),
            ),
            (_("Tidak ada baris di daftar ini."), "files"),
        )
        self.progress = QProgressBar(textVisible=False)
        self.run = BatchRun(host, self)
        self.files = FileWorker(self)
        self.back = widgets.Button(theme, _("Kembali"), "quiet")
        self.columns = widgets.Button(theme, _("Ubah kolom"), "", "list-ordered")
        self.save = widgets.Button(theme, _("Simpan yang ditolak"), "", "save")
        self.verb = widgets.Button(theme, _("Impor"), "primary", "download")
        self.stop = widgets.Button(theme, _("Berhenti"), "", "pause")
        self.finish = widgets.Button(theme, _("Selesai"), "primary", "check")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        theme = self._host.theme
        column = Column(theme, self, gap=12)
        for widget in (self.words, self.note, self.trouble, self.progress, self.run.form):
            column.addWidget(widget)
        column.addWidget(self.rows, 1)
        foot = Row(theme, gap=8)
        foot.addWidget(self.save)
        foot.addStretch()
        for button in (self.back, self.columns, self.stop, self.verb, self.finish):
            foot.addWidget(button)
        column.addLayout(foot)
        for later in (self.stop, self.finish):
            later.hide()

    def _wire(self) -> None:
        self.back.clicked.connect(self.left)
        self.finish.clicked.connect(self.left)
        self.columns.clicked.connect(self.columns_wanted)
        self.verb.clicked.connect(self.start)
        self.save.clicked.connect(self._save)
        self.stop.clicked.connect(self.run.stop)
        self.run.progressed.connect(self._progressed)
        self.run.ended.connect(self._ended)

    def show_plan(self, draft: ImportDraft) -> None:
        """Show the preview."""
        self._draft = draft
        plan = draft.plan
        new, known, refused = len(plan.new), len(plan.known), len(plan.reading.refused)
        self.words.setText(
            _("{file}: {new} permintaan baru, {known} sudah ada, {refused} baris ditolak").format(
                file=plan.file, new=new, known=known, refused=refused
            )
        )
        self.note.say(" ".join(plan.reading.notes))
        self.trouble.say("")
        self.rows.show_rows(_rows(plan))
        self.verb.setText(counted("Impor {n} permintaan", new))
        self._show_stage(before=True)
        self.verb.setEnabled(new > 0)

    def _show_stage(self, *, before: bool = False, running: bool = False) -> None:
        for button in (self.back, self.columns, self.verb):
            button.setVisible(before)
        self.progress.setVisible(running)
        self.stop.setVisible(running)
        self.finish.setVisible(not before and not running)
        refused = self._draft is not None and bool(self._draft.plan.reading.refused)
        self.save.setVisible(refused and not running)

    def start(self) -> None:
        """Remember the columns, then write the rows."""
        if self._draft is None:
            return
        plan = self._draft.plan
        self._show_stage(running=True)
        begin = partial(self._run_plan, plan)
        if plan.settled:
            begin()
        else:
            command = online_commands.RememberMapping(source=plan.source, columns=plan.mapping)
            self._host.perform(command, begin)

    def _run_plan(self, plan: ImportPlan, _remembered: object = None) -> None:
        self.run.start(plan.commands())

    def _progressed(self, done: int, batches: int) -> None:
        self.progress.setRange(0, batches)
        self.progress.setValue(done)
        self.words.setText(_("Mengimpor … bagian {done} dari {all}").format(done=done, all=batches))

    def _ended(self, results: tuple[online_request.BatchResult, ...]) -> None:
        if self._draft is None:
            return
        report = import_report(self._draft.plan, results)
        left = len(self._draft.plan.commands()) - len(results)
        words = report_words(report)
        if left:
            words = _("Dihentikan. {words}; impor berkas ini lagi untuk sisanya.").format(words=words)
        self.words.setText(words)
        self._show_stage()

    def _save(self) -> None:
        if self._draft is not None and not self.files.is_busy:
            job = partial(write_refused, self._draft.path, self._draft.plan.reading.refused)
            self.files.run(job, self._saved, lambda error: self.trouble.say(str(error)))

    def _saved(self, path: object) -> None:
        self._host.tell(_("Baris yang ditolak tersimpan di {path}").format(path=path))


def _rows(plan: ImportPlan) -> list[lists.ListRow]:
    """Return the first thousand rows of each kind."""
    known = [each for each in plan.reading.taken if online_request.key_of(each.row) in plan.known]
    new = [each for each in plan.reading.taken if online_request.key_of(each.row) not in plan.known]
    return [
        *(_refused_row(refusal) for refusal in plan.reading.refused[:MAX_SHOWN]),
        *(_row(each, "") for each in new[:MAX_SHOWN]),
        *(_row(each, plan.known[online_request.key_of(each.row)]) for each in known[:MAX_SHOWN]),
    ]


def _row(taken: request_rows.AcceptedRow, number: str) -> lists.ListRow:
    row = taken.row
    return lists.ListRow(
        id=taken.number,
        title=row.name,
        subtitle=" · ".join(part for part in (row.institution, row.topic, row.detail) if part),
        aside=_("baris {n}").format(n=taken.number),
        icon="check" if number else "plus",
        tint="slate" if number else "green",
        tags=(lists.Tag(number, "primary"),) if number else (),
        groups=frozenset({KNOWN if number else NEW}),
    )


def _refused_row(refusal: request_rows.RowRefusal) -> lists.ListRow:
    said = f"{refusal.column}: {refusal.said}" if refusal.column else refusal.said
    return lists.ListRow(
        id=refusal.row,
        title=said,
        subtitle=_("diharapkan: {form}").format(form=refusal.expected),
        aside=_("baris {n}").format(n=refusal.row),
        icon="circle-x",
        tint="orange",
        groups=frozenset({REFUSED}),
        side_tone="danger",
    )


_NEEDED = tuple(field.value for field in online_mapping.REQUIRED)


def mapping_form(
    theme: Theme, table: online_mapping.Table, mapping: online_mapping.ColumnMappings
) -> forms.Form:
    """Make the form. Its values become a mapping by `chosen_columns`."""
    words = {field.value: field.word for field in online_mapping.RequestField}
    form = forms.Form(
        theme,
        column_fields(theme, table, words, _NEEDED),
        _("Lihat pratinjau"),
        _("Kembali"),
        check=partial(column_problems, _NEEDED),
    )
    form.show_values(column_values(words, {each.field.value: each.header for each in mapping}))
    return form


def chosen_columns(values: dict[str, Any]) -> online_mapping.ColumnMappings:
    """Return the chosen columns."""
    chosen = chosen_heads(online_mapping.RequestField, values)
    return tuple(
        online_mapping.ColumnMapping(header, online_mapping.RequestField(field))
        for field, header in chosen.items()
    )


class ImportPanel(QFrame):
    """The panel of an import in three stages, one at a time. The file is read on a thread of its own.

    Signals:
        left: back to the inbox.
    """

    left = Signal()

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._host, self._files = host, FileWorker(self)
        self._draft: ImportDraft | None = None
        theme = host.theme
        sources = worded(online_request.OnlineSource)
        kinds = _("Daftar (*.csv *.tsv *.txt *.xlsx *.json)")
        self.start = forms.Form(
            theme,
            (
                forms.ChoiceField(theme, "source", _("Asal daftar"), sources, required=True),
                forms.FileField(theme, "path", _("Berkas daftar"), kinds, required=True),
            ),
            _("Lanjut"),
            _("Kembali"),
        )
        self.start.show_values({"source": online_request.OnlineSource.SEMPENA})
        self.mapping: forms.Form | None = None
        self.plan = PlanPanel(host)
        self.stages = QStackedWidget()
        self.stages.addWidget(self.start)
        self.stages.addWidget(self.plan)
        Column(theme, self, margins=(20, 16, 20, 16)).addWidget(self.stages)
        self.setFocusProxy(self.start)
        self.start.submitted.connect(self._begin)
        self.start.left.connect(self.left)
        self.plan.columns_wanted.connect(self._show_mapping)
        self.plan.left.connect(self._leave)
        host.lost.connect(self._free)

    def _begin(self, values: dict[str, Any]) -> None:
        self.start.set_busy(busy=True)
        source = values["source"]
        self._host.read(partial(read_import_context, source), partial(self._load, values["path"], source))

    def _load(self, path: Path, source: online_request.OnlineSource, context: ImportContext) -> None:
        ReadingBox(self._host, path, partial(load, path, source, context), self._loaded, self._not_read)

    def _free(self) -> None:
        """Open the forms again: the reading that they asked for may never be answered."""
        for form in (self.start, self.mapping):
            if form is not None:
                form.set_busy(busy=False)

    def _not_read(self, error: UserError) -> None:
        self._free()
        self.start.show_refusal(error)

    def _loaded(self, draft: ImportDraft) -> None:
        self._free()
        self._draft = draft
        if draft.plan.settled:
            self._compare(draft.plan)
        else:
            self._show_mapping()

    def _show_mapping(self) -> None:
        if self._draft is None:
            return
        table = self._draft.file.table(self._draft.plan.mapping)
        self._put_mapping(mapping_form(self._host.theme, table, self._draft.plan.mapping))

    def _put_mapping(self, form: forms.Form) -> None:
        old, self.mapping = self.mapping, form
        form.submitted.connect(self._choose_columns)
        form.left.connect(self._to_start)
        self.stages.addWidget(form)
        self.stages.setCurrentWidget(form)
        form.setFocus()
        if old is not None:
            self.stages.removeWidget(old)
            old.deleteLater()

    def _choose_columns(self, values: dict[str, Any]) -> None:
        if self._draft is None or self.mapping is None:
            return
        self.mapping.set_busy(busy=True)
        draft = self._draft
        job = partial(plan_import, draft.file, draft.plan.source, draft.ground, chosen_columns(values))
        self._files.run(job, self._compare, self._not_read)

    def _compare(self, plan: ImportPlan) -> None:
        self._host.read(partial(mark_known_rows, plan=plan), self._show_plan)

    def _show_plan(self, plan: ImportPlan) -> None:
        if self._draft is None:
            return
        self._free()
        self._draft = msgspec.structs.replace(self._draft, plan=plan)
        self.plan.show_plan(self._draft)
        self.stages.setCurrentWidget(self.plan)

    def _to_start(self) -> None:
        self.stages.setCurrentWidget(self.start)

    def _leave(self) -> None:
        """Leave, and prepare for the next list. The source stays: it is probably the same next time."""
        self._draft = None
        self.start.show_values({"path": None})
        self._to_start()
        self.left.emit()
