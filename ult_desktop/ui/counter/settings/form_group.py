"""The groups of Pengaturan that are one form."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import ClassVar, Generic, Protocol, TypeVar

import msgspec
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, struct_keys
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_changes import contradiction_error, office_document, without_people
from ult_desktop.ui.counter.pages import SettingsGroup
from ult_desktop.ui.counter.settings.saving import OfficeSaver, Wording
from ult_desktop.ui.counter.settings.setting import WHOLE_TYPES, Kinds, SettingRows, every_setting, fields_of
from ult_desktop.ui.kit import Column, Row, forms, keep_room, panels

D = TypeVar("D", bound=msgspec.Struct)


class Saver(Protocol[D]):
    """A saver, which shows what would change and saves it when the officer agrees."""

    wording: Wording

    def offer(self, form: forms.Form, seen: D, wanted: D, then: Callable[[D], object]) -> None:
        """Offer the change. `then` gets the saved document; a refusal is shown in `form`."""


class DocumentGroup(SettingsGroup, Generic[D]):
    """A group that shows a document (settings of the office or of this PC) in a form, and saves changes.

    `document` is the one that the form shows; None until it is read.
    """

    @override
    def build(self) -> None:
        self.document: D | None = None
        self.form = self.make_form((), {})
        self._after_save: Callable[[], object] | None = None
        self.note = panels.Note(self.theme, "ok")
        keep_room(self.note)  # a form that moves down takes its fields from under the pointer
        self.saver = self.make_saver()
        self.body.addWidget(self.note)
        self.preview_pane = self.make_preview()

    @abstractmethod
    def make_saver(self) -> Saver[D]:
        """Make the saver of this group's document."""

    def make_preview(self) -> QWidget | None:
        """Make the widget next to the form that shows what the settings do; None: there is none."""
        return None

    @abstractmethod
    def update_preview(self) -> None:
        """Show in the preview what the form holds now."""

    @abstractmethod
    def show_document(self, document: D) -> None:
        """Show in the form the document that is in force now."""

    @abstractmethod
    def submit(self) -> None:
        """Offer to save what the form holds. The form's button calls this when every field is valid."""

    def make_form(self, rows: SettingRows, kinds: Kinds) -> forms.Form:
        form = forms.Form(
            self.theme, fields_of(self.theme, rows, kinds), _("Simpan …"), _("Batalkan perubahan")
        )
        for button in (form.verb, form.leave):
            button.setAutoDefault(False)
        form.submitted.connect(lambda _values: self.submit())
        form.left.connect(self.discard)
        for setting in every_setting(rows):
            form.field(setting.key).changed.connect(self.update_preview)
        return form

    def show_unless_dirty(self, document: D) -> None:
        """Show the document that was read, unless the form holds changes that are not saved.

        A save sends the changes against the document that the form shows.
        """
        if not self.is_dirty:
            self.show_document(document)

    @property
    @override
    def is_dirty(self) -> bool:
        return self.document is not None and bool(self.form.changes)

    @override
    def save(self, then: Callable[[], object]) -> None:
        self._after_save = then
        self.form.submit()

    def offer(self, change: Callable[[D], D]) -> None:
        """Show what `change` does to the document, and save it when the officer agrees."""
        after_save, self._after_save = self._after_save, None
        if self.document is None:
            return
        try:
            wanted = change(self.document)
        except ValueError as error:
            self.form.show_refusal(contradiction_error(error))
        else:
            self.saver.offer(self.form, self.document, wanted, partial(self.on_saved, after_save))

    def on_saved(self, then: Callable[[], object] | None, document: D) -> None:
        self.form.done()
        self.show_document(document)
        if then is not None:
            then()


class FormGroup(DocumentGroup[D]):
    """A group that is one form. A subclass says which `settings` it asks for, and may `make_preview`."""

    kind: ClassVar[type[msgspec.Struct]]
    preview_below: ClassVar[bool] = False

    @abstractmethod
    def settings(self) -> SettingRows:
        """Return the settings that the form asks for, with their words in the language in force."""

    @override
    def build(self) -> None:
        super().build()
        rows = self.settings()
        self._keys = [setting.key for setting in every_setting(rows)]
        self.form = self.make_form(rows, struct_keys.keys_of(self.kind, WHOLE_TYPES))
        self.saver.wording = Wording(rows)
        panel = QFrame()
        panel.setProperty("kind", "panel")
        Column(self.theme, panel, margins=(20, 16, 12, 12)).addWidget(self.form)
        layout = (Column if self.preview_below else Row)(self.theme, gap=16)
        layout.addWidget(panel, 3)
        if self.preview_pane is not None:
            layout.addWidget(self.preview_pane, 2 if self.preview_below else 0)
        self.body.addLayout(layout, 1)
        self.setFocusProxy(self.form)

    def show_filled_in(self, document: D) -> None:
        """Show what follows from the fields: `document` has what the form holds now."""

    @override
    def show_document(self, document: D) -> None:
        is_first = self.document is None
        self.document = document
        self.form.show_values({key: struct_keys.value_at(document, key) for key in self._keys})
        self.update_preview()
        if is_first:
            self.form.keep_in(self.host.draft("settings", self.name))

    @override
    def discard(self) -> None:
        if self.document is not None:
            self.form.done()
            self.show_document(self.document)
            self.refresh()

    @override
    def submit(self) -> None:
        self.offer(self.filled_in)

    def filled_in(self, document: D) -> D:
        """Return the document with what the form holds."""
        return struct_keys.with_values(document, self.form.changes)

    @override
    def update_preview(self) -> None:
        """Show what the form holds; while that is not valid, the preview stays as it is."""
        if self.document is not None and can_be_saved(self.form, self._keys):
            with suppress(ValueError):
                self.show_filled_in(self.filled_in(self.document))


def can_be_saved(form: forms.Form, names: Iterable[str]) -> bool:
    """Return whether every field of these names holds a valid value."""
    return not any(form.field(name).problem() for name in names)


class OfficeGroup(DocumentGroup[OfficeTemplate]):
    """A group over the office's document. Each save is one event in the office's log."""

    @override
    def make_saver(self) -> Saver[OfficeTemplate]:
        return OfficeSaver(self.host, self.note)

    @override
    def refresh(self) -> None:
        self.fetch(read_document, self.show_unless_dirty)


class OfficeForm(OfficeGroup, FormGroup[OfficeTemplate]):
    """A group that is one form over keys of the office's document."""

    needs = frozenset({Permission.SET_OFFICE})
    kind = OfficeTemplate

    @override
    def show_unless_dirty(self, document: OfficeTemplate) -> None:
        super().show_unless_dirty(without_people(document))


def read_document(office: Office) -> OfficeTemplate:
    """Read the office's document with its officers and procedures, on the worker thread."""
    return office.read(office_document)
