"""Groups about the office's document: what they share, and the one that is a single form over some keys."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
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


def read_document(office: Office) -> OfficeTemplate:
    """On the worker thread: the office as it holds, with its officers and procedures."""
    return office.read(office_document)


class DocumentGroup(SettingsGroup):
    """Reads the office's document and saves another one; `office` is the one that was looked at."""

    @override
    def build(self) -> None:
        self.office: OfficeTemplate | None = None
        self.form = self.make_form((), {})
        self._go: Callable[[], object] | None = None
        self.note = panels.Note(self.theme, "ok")
        self.saver = OfficeSaver(self.host, self.note, Wording())
        self.body.addWidget(self.note)
        self.sample = self.preview()

    def preview(self) -> QWidget | None:
        """What visitors see of these settings; None shows nothing."""
        return None

    @abstractmethod
    def show_sample(self) -> None:
        """Something else is filled in: the preview follows."""

    @abstractmethod
    def settle(self, office: OfficeTemplate) -> None:
        """This holds now: show it."""

    @abstractmethod
    def submit(self) -> None:
        """Every field is sound: `offer` the office that is wished for."""

    def make_form(self, rows: Rows, kinds: Kinds) -> forms.Form:
        form = forms.Form(self.theme, fields_of(self.theme, rows, kinds), _("Simpan …"), _("Kembalikan"))
        for button in (form.verb, form.leave):
            button.setAutoDefault(False)
        form.submitted.connect(lambda _values: self.submit())
        form.left.connect(self.discard)
        for setting in every_setting(rows):
            form.field(setting.key).changed.connect(self.show_sample)
        return form

    @override
    def refresh(self) -> None:
        self.fetch(read_document, self._read)

    def _read(self, office: OfficeTemplate) -> None:
        """What is being filled in is not overwritten: it is compared with what was seen then."""
        if not self.is_dirty:
            self.settle(office)

    @property
    @override
    def is_dirty(self) -> bool:
        return self.office is not None and bool(self.form.changes)

    @override
    def save(self, then: Callable[[], object]) -> None:
        self._go = then
        self.form.submit()

    def offer(self, wish: Callable[[OfficeTemplate], OfficeTemplate]) -> None:
        """Show what would change, and save it when that is agreed to."""
        go, self._go = self._go, None
        if self.office is None:
            return
        try:
            wanted = wish(self.office)
        except ValueError as error:
            self.form.show_refusal(contradicting(error))
        else:
            self.saver.offer(self.form, self.office, wanted, partial(self.saved, go))

    def saved(self, go: Callable[[], object] | None, edit: OfficeEdit) -> None:
        self.form.clear()
        self.form.set_busy(busy=False)
        self.settle(edit.after)
        if go is not None:
            go()


class FormGroup(DocumentGroup):
    """A subclass says which settings (`rows`), and may show what they look like (`preview`)."""

    needs = frozenset({Permission.SET_OFFICE})

    @classmethod
    @abstractmethod
    def rows(cls) -> Rows:
        """The settings, in the language in force."""

    @override
    def build(self) -> None:
        super().build()
        rows = self.rows()
        self._keys = [each.key for each in every_setting(rows)]
        self.form = self.make_form(rows, struct_keys.keys_of(OfficeTemplate, WHOLE))
        self.saver.wording = Wording(rows)
        ground = QFrame()
        ground.setProperty("kind", "panel")
        Column(self.theme, ground, margins=(20, 16, 12, 12)).addWidget(self.form)
        row = Row(self.theme, gap=16)
        row.addWidget(ground, 1)
        if self.sample is not None:
            row.addWidget(self.sample)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.form)

    def show_preview(self, office: OfficeTemplate) -> None:
        """The office as it would be is another one now."""

    @override
    def settle(self, office: OfficeTemplate) -> None:
        self.office = without_people(office)
        self.form.show_values({key: struct_keys.value_at(office, key) for key in self._keys})
        self.show_sample()

    @override
    def discard(self) -> None:
        if self.office is not None:
            self.form.clear()
            self.settle(self.office)
            self.refresh()

    @override
    def submit(self) -> None:
        self.offer(self._wished)

    def _wished(self, office: OfficeTemplate) -> OfficeTemplate:
        return struct_keys.with_values(office, self.form.changes)

    @override
    def show_sample(self) -> None:
        """While what is filled in is no office the last sample stays."""
        if self.office is not None and is_sound(self.form, self._keys):
            with suppress(ValueError):
                self.show_preview(self._wished(self.office))


def is_sound(form: forms.Form, names: Iterable[str]) -> bool:
    """Whether every field may go as it is filled in."""
    return not any(form.field(name).problem() for name in names)
