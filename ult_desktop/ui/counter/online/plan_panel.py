"""A list before, while and after it is imported, batch by batch: what is new, known or refused."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, counted
from ult_desktop.core.online import commands as online_commands, online_request, request_rows
from ult_desktop.operations.online.list_import import ImportPlan, import_report, report_words
from ult_desktop.ui.counter.online.import_jobs import ImportDraft, write_refused
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import Column, Row, forms, lists, panels, widgets
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
        nothing_to_ask = forms.TickField(host.theme, "again", _("Lanjutkan"))  # a form has a field
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
        """After the batch under way; what is written stays."""
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
MAX_SHOWN = 1000  # of each kind; nobody reads more, and the counts are said in words


class PlanPanel(QWidget):
    """The panel of the import plan. Nothing is written before "Impor" is pressed.

    Signals:
        columns_wanted: the columns are to be chosen once more.
        left: back to the inbox.
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
