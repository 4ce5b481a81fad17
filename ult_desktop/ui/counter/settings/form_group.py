"""A group that is one form over keys of the office's document."""

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, struct_keys
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_changes import (
    OfficeEdit,
    contradicting,
    office_document,
    without_people,
)
from ult_desktop.ui.counter.pages import SettingsGroup
from ult_desktop.ui.counter.settings.saving import OfficeSaver, Wording
from ult_desktop.ui.counter.settings.setting import WHOLE, Kinds, Rows, every_setting, fields_of
from ult_desktop.ui.kit import Column, Row, forms, panels

PREVIEW_WIDTH = 300


def office_kinds() -> Kinds:
    """Every key of the office's document with its type."""
    return struct_keys.keys_of(OfficeTemplate, WHOLE)


def read_document(office: Office) -> OfficeTemplate:
    """On the worker thread: the office as it holds, with its officers and procedures."""
    return office.read(office_document)


class FormGroup(SettingsGroup):
    """A subclass says which settings (`rows`), and may show what they look like (`preview`)."""

    needs = frozenset({Permission.SET_OFFICE})

    @classmethod
    @abstractmethod
    def rows(cls) -> Rows:
        """The settings, in the language in force."""

    @override
    def build(self) -> None:
        rows = self.rows()
        self._keys = [each.key for each in every_setting(rows)]
        self._seen: OfficeTemplate | None = None
        self._go: Callable[[], object] | None = None
        self.note = panels.Note(self.theme, "ok")
        self.body.addWidget(self.note)
        self.form = forms.Form(
            self.theme, fields_of(self.theme, rows, office_kinds()), _("Simpan …"), _("Kembalikan")
        )
        self.form.verb.setAutoDefault(False)
        self.form.leave.setAutoDefault(False)
        self._saver = OfficeSaver(self.host, self.note, Wording(rows))
        ground = QFrame()
        ground.setProperty("kind", "panel")
        Column(self.theme, ground, margins=(20, 16, 12, 12)).addWidget(self.form)
        row = Row(self.theme, gap=16)
        row.addWidget(ground, 1)
        self.sample = self.preview()
        if self.sample is not None:
            row.addWidget(self.sample)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.form)
        self.form.submitted.connect(self._submit)
        self.form.left.connect(self.discard)
        for key in self._keys:
            self.form.field(key).changed.connect(self._show_sample)

    def preview(self) -> QWidget | None:
        """What visitors see of these settings, beside the form; None shows nothing."""
        return None

    def show_preview(self, office: OfficeTemplate) -> None:
        """The office as it would be is another one now."""

    @override
    def refresh(self) -> None:
        self.fetch(read_document, self._show)

    def _show(self, document: OfficeTemplate) -> None:
        """What is being filled in is not overwritten: it is compared with what was seen then."""
        if self._seen is None or not self.is_dirty:
            self._settle(without_people(document))

    def _settle(self, document: OfficeTemplate) -> None:
        self._seen = document
        self.form.show_values({key: struct_keys.value_at(document, key) for key in self._keys})
        self._show_sample()

    @property
    @override
    def is_dirty(self) -> bool:
        return self._seen is not None and bool(self.form.changes)

    @override
    def save(self, then: Callable[[], object]) -> None:
        self._go = then
        self.form.submit()

    @override
    def discard(self) -> None:
        if self._seen is not None:
            self.form.clear()
            self._settle(self._seen)
            self.refresh()

    def _submit(self, _values: object) -> None:
        go, self._go = self._go, None
        if self._seen is None:
            return
        try:
            wanted = struct_keys.with_values(self._seen, self.form.changes)
        except ValueError as error:
            self.form.show_refusal(contradicting(error))
        else:
            self._saver.offer(self.form, self._seen, wanted, partial(self._saved, go))

    def _saved(self, go: Callable[[], object] | None, edit: OfficeEdit) -> None:
        self.form.set_busy(busy=False)
        self._settle(edit.after)
        if go is not None:
            go()

    def _show_sample(self) -> None:
        """While what is filled in is no office the last sample stays."""
        if self._seen is None or any(self.form.field(key).problem() for key in self._keys):
            return
        with suppress(ValueError):
            self.show_preview(struct_keys.with_values(self._seen, self.form.changes))
