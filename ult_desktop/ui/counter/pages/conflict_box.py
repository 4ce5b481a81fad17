"""The saving of an edit, and the box to choose an answer where others changed the same field meanwhile."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import shiboken6
from PySide6.QtCore import Signal
from typing_extensions import override

from ult_desktop.base import UserError, WordEnum, _, formats
from ult_desktop.core.fields import field_words
from ult_desktop.core.stamps import to_datetime
from ult_desktop.operations.edits import read_edited
from ult_desktop.ui.kit import dialogs, forms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from PySide6.QtWidgets import QWidget

    from ult_desktop.core.access.roles import Actor
    from ult_desktop.core.merging import Conflict, Edit
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.kit import Theme

_WIDE = 760  # base pixels
_THEIRS, _MINE = "theirs", "mine"
_STAMP_FIELD = "at"  # the field of an edit that holds a moment (UTC ms)


class Saved(NamedTuple):
    """The result of an edit that the office carried out.

    `from_others` names the fields that keep what others saved. `undo` is the edit that undoes this one, and
    `stored` what the record now has in the fields of `undo`; None where undoing is not possible.
    """

    answer: Any
    edit: Edit[Any]
    from_others: tuple[str, ...]
    undo: Edit[Any] | None = None
    stored: dict[str, Any] | None = None


@dataclass(frozen=True)
class Saving:
    """The saving of an edit, as a job for the worker thread; `undo` is the edit that undoes it.

    `from_others` names the fields that only others changed, as far as refused tries have shown them.
    """

    edit: Edit[Any]
    undo: Edit[Any] | None = None
    from_others: tuple[str, ...] = ()

    def __call__(self, office: Office, actor: Actor) -> Saved:
        answer = office.perform(self.edit, actor)
        from_others = tuple(dict.fromkeys((*self.from_others, *office.taken)))
        stored = None
        if self.undo is not None:
            # The edit is saved by now. If the share goes away here, only the offer to undo is lost.
            with suppress(UserError):
                stored = read_edited(office, self.undo)
        return Saved(answer, self.edit, from_others, self.undo, stored)

    def as_chosen(self, conflict: Conflict, is_mine: dict[str, bool]) -> Saving:
        """Return the refused saving with the others' answer in each field whose `is_mine` is False."""
        theirs = {name: conflict.theirs[name] for name, mine in is_mine.items() if not mine}
        undo = self.undo
        if undo is not None:
            # Undoing must not change these fields: it writes the value that it expects in the record.
            undo = msgspec.structs.replace(undo, **theirs, seen={**(undo.seen or {}), **theirs})
        from_others = (*self.from_others, *conflict.taken)
        return Saving(msgspec.structs.replace(conflict.edit, **theirs), undo, from_others)


def field_label(form: forms.Form | None, edit: Edit[Any], name: str) -> str:
    """Return the label of an edit's field: the form's, else that of the data dictionary."""
    field = form.field_named(name) if form is not None and shiboken6.isValid(form) else None
    return field.label if field is not None else field_words(name, type(edit).__name__)


class AnswerPair(NamedTuple):
    """The two answers, in words, to a field that two people changed differently."""

    name: str
    label: str
    theirs: str
    mine: str


def answer_pairs(conflict: Conflict, form: forms.Form, zone: tzinfo | None) -> list[AnswerPair]:
    """Return both answers to each field of a conflict, in the words of the `form` that was refused."""
    theirs, mine = conflict.theirs, conflict.edit.edited_values()
    return [
        AnswerPair(
            name,
            field_label(form, conflict.edit, name),
            _answer_words(form, name, zone, theirs[name]),
            _answer_words(form, name, zone, mine[name]),
        )
        for name in conflict.names
    ]


def words_from_others(saved: Saved, form: forms.Form | None) -> str:
    """Return the sentence that names the fields that keep what others saved; "" where there are none."""
    if form is None or not saved.from_others:
        return ""
    labels = [field_label(form, saved.edit, name) for name in saved.from_others]
    return _("Isian petugas lain tetap dipakai: {fields}.").format(fields=", ".join(labels))


class ConflictBox(dialogs.Box):
    """The box in which the officer chooses one of both answers to each field that two people changed.

    Signals:
        chosen: by field name whether the officer chose their own answer (a dict).
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget, theme: Theme, pairs: Sequence[AnswerPair]) -> None:
        super().__init__(window, theme, _("Mana yang benar?"), ("users", "amber"))
        choices = []
        for pair in pairs:
            options = [
                (_THEIRS, _("tersimpan: {value}").format(value=pair.theirs or _("(kosong)"))),
                (_MINE, _("isian Anda: {value}").format(value=pair.mine or _("(kosong)"))),
            ]
            choices.append(forms.RadioField(theme, pair.name, pair.label, options, required=True))
        self.form = forms.Form(theme, choices, _("Simpan"), _("Batal"))
        self.form.verb.setDefault(True)
        self.form.leave.setAutoDefault(False)
        self.form.note.say(_("Petugas lain mengubah isian yang sama. Isian selebihnya digabung."))
        self.add_part(self.form)
        self.form.left.connect(self.reject)
        self.form.submitted.connect(self._settle)
        self.setMinimumWidth(min(theme.px(_WIDE), window.width()))

    @override
    def open(self) -> None:
        super().open()
        self.form.setFocus()

    def _settle(self, values: dict[str, str]) -> None:
        self.accept()
        self.chosen.emit({name: whose == _MINE for name, whose in values.items()})


def _answer_words(form: forms.Form, name: str, zone: tzinfo | None, value: object) -> str:
    field = form.field_named(name)
    option_words = field.words_of(value) if field is not None else ""
    if option_words:
        return option_words
    if name == _STAMP_FIELD and isinstance(value, int):
        when = to_datetime(value, zone)
        return f"{formats.format_date(when)} {formats.format_clock(when)}"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, WordEnum):
        return value.word
    return "" if value is None else str(value)
