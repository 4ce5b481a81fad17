"""The groups of Pengaturan that are one form: its settings, what would change, saving and undoing it."""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeVar

import msgspec
from msgspec import inspect
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, formats, struct_keys
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office import edits
from ult_desktop.core.office.differences import Change, differences
from ult_desktop.core.office.template import WEEKDAYS, OfficeTemplate, Weekly, Words
from ult_desktop.operations.office.deadlines import describe_moved
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_changes import (
    NO_CHOICE,
    OfficeEdit,
    contradiction_error,
    office_document,
    plan_edit,
    without_people,
)
from ult_desktop.ui.counter.pages import PageHost, SettingsGroup
from ult_desktop.ui.counter.pages.conflict_box import AnswerPair, ConflictBox
from ult_desktop.ui.kit import Column, Row, Theme, detail, dialogs, forms, keep_room, panels
from ult_desktop.ui.kit.forms.choice_fields import Options
from ult_desktop.ui.office_link.link import Job

WHOLE_TYPES = (Weekly, Words)  # records that one field asks for as a whole
Kinds = Mapping[str, inspect.Type]  # the types of a document's keys
FieldMaker = Callable[[Theme, str, str], forms.Field]
_REDRAW_AFTER_MS = 150  # without a further change
# A place in a document: "hours.monday", or with a row of a list "services[3].name.en".
_WHERE = re.compile(r"(?P<part>\w+)(?:\[(?P<row>.*)\])?(?:\..+)?")
_MOST = 999_999  # of a number whose type names no highest
D = TypeVar("D", bound=msgspec.Struct)


@dataclass(frozen=True)
class Setting:
    """A key of a document, and how a form asks for it.

    Args:
        key: as the file spells it, "calling.digits".
        words: what it is called.
        help: a sentence below it.
        options: the values that may be chosen, with their words; the key's type says whether one or several.
        rows: lines in sight if the value is a list.
        make: makes the field (of theme, key and words), where the key's type alone does not decide which.
    """

    key: str
    words: str
    help: str = ""
    options: Options = ()
    rows: int = 4
    make: FieldMaker | None = None

    def field(self, theme: Theme, kinds: Kinds) -> forms.Field:
        field = (
            self.make(theme, self.key, self.words)
            if self.make is not None
            else _field_of_kind(theme, self, kinds[self.key])
        )
        if self.help:
            field.explain(self.help)
        return field


SettingRows = tuple[Setting | tuple[Setting, ...], ...]
"""Settings as a form lays them out: below each other, those of an inner tuple next to each other."""


def every_setting(rows: SettingRows) -> Iterator[Setting]:
    for row in rows:
        yield from [row] if isinstance(row, Setting) else row


def fields_of(theme: Theme, rows: SettingRows, kinds: Kinds) -> list[forms.Field | list[forms.Field]]:
    """Return the fields as a form takes them."""
    return [
        row.field(theme, kinds)
        if isinstance(row, Setting)
        else [setting.field(theme, kinds) for setting in row]
        for row in rows
    ]


def _field_of_kind(theme: Theme, setting: Setting, kind: inspect.Type) -> forms.Field:
    plain = _plain(kind)
    name, words, required = setting.key, setting.words, not plain.is_optional
    match plain.kind:
        case inspect.BoolType():
            return forms.TickField(theme, name, words)
        case inspect.IntType(ge=least, le=most):
            return forms.NumberField(
                theme, name, words, required=required, least=least or 0, most=most or _MOST
            )
        case inspect.LiteralType(values=values):
            return forms.ChoiceField(theme, name, words, setting.options, required="" not in values)
        case inspect.StrType() as text:
            return _text_field(theme, setting, text, plain.description)
        case inspect.VarTupleType() as items:
            return _list_field(theme, setting, items)
        case inspect.StructType(cls=cls) if cls is Weekly:
            return forms.HoursField(theme, name, words, empty=Weekly() if required else None)
    return forms.WordsField(theme, name, words, required=required)


def _text_field(theme: Theme, setting: Setting, kind: inspect.StrType, description: str) -> forms.Field:
    if setting.options:
        return forms.ChoiceField(theme, setting.key, setting.words, setting.options)
    pattern = kind.pattern or ""
    required = bool(kind.min_length) or re.search(pattern, "") is None
    # A wrong text is refused in the words with which a settings file is refused.
    return forms.LineField(
        theme,
        setting.key,
        setting.words,
        required=required,
        check=lambda text: (
            "" if re.search(pattern, text) else _("Bentuknya: {form}.").format(form=_(description))
        ),
    )


def _list_field(theme: Theme, setting: Setting, kind: inspect.VarTupleType) -> forms.Field:
    if setting.options:
        return forms.TicksField(theme, setting.key, setting.words, setting.options)
    item = _plain(kind.item_type).kind
    if isinstance(item, inspect.IntType):
        least, most = item.ge or 0, item.le or _MOST
        return forms.NumbersField(theme, setting.key, setting.words, least=least, most=most)
    field_type = forms.WordsListField if isinstance(kind.item_type, inspect.StructType) else forms.LinesField
    return field_type(theme, setting.key, setting.words, rows=setting.rows, most=kind.max_length)


class PlainType(NamedTuple):
    """A type without its metadata and its None. `description` says in words how a text of it looks."""

    kind: inspect.Type
    description: str
    is_optional: bool = False


def _plain(kind: inspect.Type) -> PlainType:
    description = ""
    if isinstance(kind, inspect.Metadata):
        description = str((kind.extra_json_schema or {}).get("description", ""))
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        member = next(member for member in kind.types if not isinstance(member, inspect.NoneType))
        return _plain(member)._replace(is_optional=True)
    return PlainType(kind, description)


class Wording:
    """The words for the keys of a document that a group's form can change.

    Args:
        settings: those of the form.
        list_name: where the form edits a row of one of the document's lists, the name of that list.
        row_word: what a row of that list is called.
    """

    def __init__(self, settings: SettingRows = (), list_name: str = "", row_word: str = "") -> None:
        prefix = f"{list_name}." if list_name else ""
        self._settings = {f"{prefix}{setting.key}": setting for setting in every_setting(settings)}
        self._list_name, self._row_word = list_name, row_word

    def fact(self, change: Change) -> detail.Fact:
        """Return the name of a changed key with its value before and after."""
        pair = self.answer_pair(change)
        return detail.Fact(pair.label, f"{pair.theirs} → {pair.mine}")

    def answer_pair(self, change: Change) -> AnswerPair:
        """Return the name of a changed key, its value before (`theirs`) and after (`mine`), in words."""
        keys = re.sub(r"\[.*\]", "", change.where).split(".")
        # The longest known key: "hours.monday" belongs to the setting "hours".
        candidates = (".".join(keys[:length]) for length in range(len(keys), 0, -1))
        setting = next((self._settings[key] for key in candidates if key in self._settings), None)
        before, after = (_value_words(value, setting) for value in (change.before, change.after))
        return AnswerPair(change.where, self._label(change.where, setting), before, after)

    def _label(self, where: str, setting: Setting | None) -> str:
        """Return the words for a place in the document, such as "services[3].name.en"."""
        match = _WHERE.fullmatch(where)
        part, row = (match["part"], match["row"]) if match else (where, None)
        last_key = where.rpartition(".")[2]
        words = setting.words if setting is not None else ""
        if last_key in WEEKDAYS:
            words = ", ".join(filter(None, (words, formats.weekday_name(WEEKDAYS.index(last_key)))))
        if last_key == "en":
            words = _("{label} (Inggris)").format(label=words)
        is_list = bool(self._list_name) and part == self._list_name
        row_words = " ".join(filter(None, (self._row_word if is_list else "", row)))
        if row is None and not words:
            words = _("urutan") if is_list else where
        return ": ".join(filter(None, (row_words, words)))


def _value_words(value: str, setting: Setting | None) -> str:
    """Return a value, as the document spells it, in the words of its setting; "–" for an empty one."""
    for option, words in setting.options if setting is not None else ():
        if str(option) == value:
            return words
    return {"true": _("ya"), "false": _("tidak")}.get(value, value) or "–"


_DIFFERENCES_WIDTH = 640  # base pixels


class DifferenceBox(dialogs.Box):
    """The box that asks before a save. It shows a line for each changed key: old → new."""

    def __init__(
        self, host: PageHost, facts: Iterable[detail.Fact], save: Callable[[], object], words: str = ""
    ) -> None:
        super().__init__(host.window, host.theme, _("Simpan perubahan ini?"), ("save", "blue"))
        self.facts = detail.Facts(host.theme)
        self.facts.show_facts(tuple(facts))
        self.say(words)
        self.words.addWidget(self.facts)
        self.add_button(_("Kembali"), "quiet", lambda: None)
        self.add_button(_("Simpan"), "primary", save).setFocus()
        self.setMinimumWidth(min(host.theme.px(_DIFFERENCES_WIDTH), host.window.width()))


class OfficeSaver:
    """The saver of the office's document: it saves changes, and undoes the last one.

    Args:
        host: access to the office for the signed-in officer.
        note: shows that a change was saved, with a button that undoes it.

    The owner sets `wording`: the words of the keys that may change.
    """

    def __init__(self, host: PageHost, note: panels.Note) -> None:
        self._host, self._note, self.wording = host, note, Wording()
        self._last_edit: OfficeEdit | None = None
        note.answered.connect(self.undo)

    def offer(
        self,
        form: forms.Form,
        seen: OfficeTemplate,
        wanted: OfficeTemplate,
        then: Callable[[OfficeTemplate], object],
        choice: edits.Choice = NO_CHOICE,
    ) -> None:
        """Show what would change from `seen` to `wanted`, and save it when the officer agrees.

        `then` gets the saved document, or the one in force when nothing differs. A refusal is shown in
        `form`. Where somebody else has changed the same key, the officer chooses one of both values. `choice`
        holds their choices so far: by key whether their own value is taken.
        """
        form.set_busy(busy=True)

        def refused(error: UserError) -> None:
            if isinstance(error, edits.Clash):
                form.set_busy(busy=False)
                pairs = [self.wording.answer_pair(change) for change in error.changes]
                box = ConflictBox(self._host.window, self._host.theme, pairs)
                box.chosen.connect(
                    lambda is_mine: self.offer(form, seen, wanted, then, {**choice, **is_mine})
                )
                box.open()
            else:
                refuse_in(form, error)

        save = partial(_change, seen, wanted, choice)
        show = partial(self._show, form, refused, then, save)
        self._host.perform(partial(_plan, seen, wanted, choice), show, refused=refused)

    def _show(
        self,
        form: forms.Form,
        refused: Callable[[UserError], object],
        then: Callable[[OfficeTemplate], object],
        save: Job[OfficeEdit],
        plan: OfficeEdit,
    ) -> None:
        form.set_busy(busy=False)
        facts = [self.wording.fact(change) for change in differences(plan.before, plan.after)]
        if not facts:
            self._host.tell(_("Tidak ada yang berubah."))
            then(plan.after)  # the office has already what the form holds
            return

        def on_agreed() -> None:
            form.set_busy(busy=True)
            self._host.perform(save, partial(self._on_saved, then), refused=refused)

        DifferenceBox(self._host, facts, on_agreed, "\n".join(describe_moved(plan.moved))).open()

    def _on_saved(self, then: Callable[[OfficeTemplate], object], edit: OfficeEdit) -> None:
        self._last_edit = edit
        self._note.say(_("Tersimpan, dan berlaku di semua stasiun."), _("Urungkan"))
        then(edit.after)

    def undo(self) -> None:
        """Undo the change that was saved last with this saver."""
        last, self._last_edit = self._last_edit, None
        self._note.hide()
        if last is not None:
            job = partial(_change, last.after, last.before, NO_CHOICE)
            self._host.perform(job, message=_("Perubahan diurungkan."))


def refuse_in(form: forms.Form, error: UserError) -> None:
    """Show in the form why it was refused, and let the officer send it again."""
    form.set_busy(busy=False)
    form.show_refusal(error)


def _plan(
    seen: OfficeTemplate, wanted: OfficeTemplate, choice: edits.Choice, office: Office, _actor: Actor
) -> OfficeEdit:
    """Plan the change, on the worker thread."""
    return office.read(lambda tx: plan_edit(tx, seen, wanted, office.clock(), choice))


def _change(
    seen: OfficeTemplate, wanted: OfficeTemplate, choice: edits.Choice, office: Office, actor: Actor
) -> OfficeEdit:
    """Plan the change again and make it: others may have saved while the officer looked at the plan."""
    edit = _plan(seen, wanted, choice, office, actor)
    office.perform(edit.command, actor)
    return edit


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
        self.form = self.make_form((), {})  # empty: a subclass makes it again, of its settings
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
        self.form.submit()  # calls `offer` before it returns, unless a field is invalid
        self._after_save = None

    def offer(self, change: Callable[[D], D]) -> None:
        """Show what `change` does to the document, and save it when the officer agrees."""
        if self.document is None:
            return
        try:
            wanted = change(self.document)
        except ValueError as error:
            self.form.show_refusal(contradiction_error(error))
        else:
            self.saver.offer(self.form, self.document, wanted, partial(self.on_saved, self._after_save))

    def on_saved(self, then: Callable[[], object] | None, document: D) -> None:
        self.form.done()
        self.show_document(document)
        if then is not None:
            then()


class FormGroup(DocumentGroup[D]):
    """A group that is one form. A subclass says which `settings` it asks for, and may `make_preview`."""

    document_type: ClassVar[type[msgspec.Struct]]
    preview_below: ClassVar[bool] = False

    @abstractmethod
    def settings(self) -> SettingRows:
        """Return the settings that the form asks for, with their words in the language in force."""

    @override
    def build(self) -> None:
        super().build()
        rows = self.settings()
        self._keys = [setting.key for setting in every_setting(rows)]
        self.form = self.make_form(rows, struct_keys.keys_of(self.document_type, WHOLE_TYPES))
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
    document_type = OfficeTemplate

    @override
    def show_unless_dirty(self, document: OfficeTemplate) -> None:
        """Show the document without officers and procedures: a save never changes or compares them."""
        super().show_unless_dirty(without_people(document))


def read_document(office: Office) -> OfficeTemplate:
    """Read the office's document with its officers and procedures, on the worker thread."""
    return office.read(office_document)


class PreviewPane(panels.Section):
    """The pane of the picture. It fits the picture to its size, and draws it again soon after a change."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self._draw: Callable[[], QPixmap] | None = None
        self._drawn = QPixmap()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.picture.setMinimumSize(1, 1)
        self.picture.setAccessibleName(title)
        self.body.addWidget(self.picture, 1)
        self._redraw_timer = QTimer(self, singleShot=True, interval=_REDRAW_AFTER_MS)
        self._redraw_timer.timeout.connect(self._redraw)

    def show_picture(self, draw: Callable[[], QPixmap]) -> None:
        self._draw = draw
        self._redraw_timer.start()

    def _redraw(self) -> None:
        if self._draw is not None:
            self._drawn = self._draw()
            self._fit()

    def _fit(self) -> None:
        if not self._drawn.isNull():
            ratio = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(self._drawn.scaled(self.picture.size(), ratio, smooth))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
