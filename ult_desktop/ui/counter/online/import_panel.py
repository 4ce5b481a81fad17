"""The import of a list: choose the file, settle its columns, look, carry it out."""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from ult_desktop.base import UserError, _
from ult_desktop.core.online import mapping as online_mapping, online_request
from ult_desktop.operations.online.list_import import ImportContext, ImportPlan, mark_known_rows, plan_import
from ult_desktop.ui.counter.online.column_fields import (
    chosen_heads,
    column_fields,
    column_problems,
    column_values,
)
from ult_desktop.ui.counter.online.import_jobs import ImportDraft, load, read_import_context
from ult_desktop.ui.counter.online.plan_panel import PlanPanel
from ult_desktop.ui.counter.online.reading_box import ReadingBox
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit import Column, Theme, forms
from ult_desktop.ui.office_link.tasks import FileWorker

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
        """Free the forms, so that one can ask again: the earlier question may never be answered."""
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
        """Leave, and prepare for the next list. The source stays, as it is likely the same."""
        self._draft = None
        self.start.show_values({"path": None})
        self._to_start()
        self.left.emit()
