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
from ult_desktop.ui.counter.settings.setting import WHOLE, Kinds, Rows, every_setting, fields_of
from ult_desktop.ui.kit import Column, Row, forms, keep_room, panels

D = TypeVar("D", bound=msgspec.Struct)


class Saver(Protocol[D]):
    """A saver, which shows what would change, saves it, and takes it back."""

    wording: Wording

    def offer(self, form: forms.Form, seen: D, wanted: D, then: Callable[[D], object]) -> None:
        """Offer the change. `then` gets the saved document; a refusal is shown in `form`."""


class DocumentGroup(SettingsGroup, Generic[D]):
    """A group that shows a document and saves changes; `document` is the one that the form shows."""

    @override
    def build(self) -> None:
        self.document: D | None = None
        self.form = self.make_form((), {})
        self._after_save: Callable[[], object] | None = None
        self.note = panels.Note(self.theme, "ok")
        keep_room(self.note)  # a form that moves down takes its fields from under the pointer
        self.saver = self.make_saver()
        self.body.addWidget(self.note)
        self.sample = self.preview()

    @abstractmethod
    def make_saver(self) -> Saver[D]:
        """Make the saver of this group's document."""

    def preview(self) -> QWidget | None:
        """Return the picture of what visitors see of these settings; None shows nothing."""
        return None

    @abstractmethod
    def show_sample(self) -> None:
        """Show in the preview what is filled in now."""

    @abstractmethod
    def settle(self, document: D) -> None:
        """Show the document that is in force now."""

    @abstractmethod
    def submit(self) -> None:
        """Offer the document with what is filled in. The form calls this when every field is valid."""

    def make_form(self, rows: Rows, kinds: Kinds) -> forms.Form:
        form = forms.Form(
            self.theme, fields_of(self.theme, rows, kinds), _("Simpan …"), _("Batalkan perubahan")
        )
        for button in (form.verb, form.leave):
            button.setAutoDefault(False)
        form.submitted.connect(lambda _values: self.submit())
        form.left.connect(self.discard)
        for setting in every_setting(rows):
            form.field(setting.key).changed.connect(self.show_sample)
        return form

    def show_read(self, document: D) -> None:
        """Show the document that was read, unless a form is being filled in.

        A save is compared with the document that was shown.
        """
        if not self.is_dirty:
            self.settle(document)

    @property
    @override
    def is_dirty(self) -> bool:
        return self.document is not None and bool(self.form.changes)

    @override
    def save(self, then: Callable[[], object]) -> None:
        self._after_save = then
        self.form.submit()

    def offer(self, wish: Callable[[D], D]) -> None:
        """Show what `wish` would change, and save it when the officer agrees."""
        go, self._after_save = self._after_save, None
        if self.document is None:
            return
        try:
            wanted = wish(self.document)
        except ValueError as error:
            self.form.show_refusal(contradiction_error(error))
        else:
            self.saver.offer(self.form, self.document, wanted, partial(self.saved, go))

    def saved(self, go: Callable[[], object] | None, document: D) -> None:
        self.form.done()
        self.settle(document)
        if go is not None:
            go()


class FormGroup(DocumentGroup[D]):
    """A group that is one form. A subclass names its settings (`rows`), and may show a `preview`."""

    kind: ClassVar[type[msgspec.Struct]]
    sample_below: ClassVar[bool] = False

    @abstractmethod
    def rows(self) -> Rows:
        """Return the settings, in the language in force."""

    @override
    def build(self) -> None:
        super().build()
        rows = self.rows()
        self._keys = [each.key for each in every_setting(rows)]
        self.form = self.make_form(rows, struct_keys.keys_of(self.kind, WHOLE))
        self.saver.wording = Wording(rows)
        ground = QFrame()
        ground.setProperty("kind", "panel")
        Column(self.theme, ground, margins=(20, 16, 12, 12)).addWidget(self.form)
        place = (Column if self.sample_below else Row)(self.theme, gap=16)
        place.addWidget(ground, 3)
        if self.sample is not None:
            place.addWidget(self.sample, 2 if self.sample_below else 0)
        self.body.addLayout(place, 1)
        self.setFocusProxy(self.form)

    def show_preview(self, document: D) -> None:
        """Show the document as it would be after a change of the form."""

    @override
    def settle(self, document: D) -> None:
        is_first = self.document is None
        self.document = document
        self.form.show_values({key: struct_keys.value_at(document, key) for key in self._keys})
        self.show_sample()
        if is_first:
            self.form.keep_in(self.host.draft("settings", self.name))

    @override
    def discard(self) -> None:
        if self.document is not None:
            self.form.done()
            self.settle(self.document)
            self.refresh()

    @override
    def submit(self) -> None:
        self.offer(self.wished)

    def wished(self, document: D) -> D:
        """Return the document with what is filled in."""
        return struct_keys.with_values(document, self.form.changes)

    @override
    def show_sample(self) -> None:
        """Show a sample of what is filled in; while that is not valid, the last sample stays."""
        if self.document is not None and is_sound(self.form, self._keys):
            with suppress(ValueError):
                self.show_preview(self.wished(self.document))


def is_sound(form: forms.Form, names: Iterable[str]) -> bool:
    """Return whether every field may be saved as it is filled in."""
    return not any(form.field(name).problem() for name in names)


class OfficeGroup(DocumentGroup[OfficeTemplate]):
    """A group of the office, read through the link. What is saved is one event."""

    @override
    def make_saver(self) -> Saver[OfficeTemplate]:
        return OfficeSaver(self.host, self.note)

    @override
    def refresh(self) -> None:
        self.fetch(read_document, self.show_read)


class OfficeForm(OfficeGroup, FormGroup[OfficeTemplate]):
    """A form over keys of the office's document."""

    needs = frozenset({Permission.SET_OFFICE})
    kind = OfficeTemplate

    @override
    def show_read(self, document: OfficeTemplate) -> None:
        super().show_read(without_people(document))


def read_document(office: Office) -> OfficeTemplate:
    """Read the office's document with its officers and procedures, on the worker thread."""
    return office.read(office_document)
