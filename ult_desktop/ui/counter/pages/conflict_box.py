"""The saving of an edit that others may have overtaken: both answers side by side, to choose from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import shiboken6
from PySide6.QtCore import Signal
from typing_extensions import override

from ult_desktop.base import UserError, WordEnum, _, formats
from ult_desktop.core.fields import field_words
from ult_desktop.core.stamps import to_datetime
from ult_desktop.operations.edits import part_now
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
_MOMENT = "at"


class Saved(NamedTuple):
    """The answer of an edit that went through.

    `taken` are the fields that come from others. `stored` is what the record has now in the fields of `undo`;
    None where there is no way back.
    """

    answer: Any
    edit: Edit[Any]
    taken: tuple[str, ...]
    undo: Edit[Any] | None = None
    stored: dict[str, Any] | None = None


@dataclass(frozen=True)
class Saving:
    """The saving of an edit, as a job; `undo` takes it back.

    `taken` are fields that were merged in an earlier try.
    """

    edit: Edit[Any]
    undo: Edit[Any] | None = None
    taken: tuple[str, ...] = ()

    def __call__(self, office: Office, actor: Actor) -> Saved:
        answer = office.perform(self.edit, actor)
        taken, stored = (*self.taken, *office.taken), None
        if self.undo is not None:
            # The edit is saved: a share that goes now takes the way back, and makes no refusal of it.
            with suppress(UserError):
                stored = part_now(office, self.undo)
        return Saved(answer, self.edit, taken, self.undo, stored)

    def as_chosen(self, conflict: Conflict, is_mine: dict[str, bool]) -> Saving:
        """Return the refused saving with the others' answer to each field where it was chosen."""
        theirs = {name: conflict.theirs[name] for name, mine in is_mine.items() if not mine}
        undo = self.undo
        if undo is not None:
            undo = msgspec.structs.replace(undo, **theirs, seen={**(undo.seen or {}), **theirs})
        return Saving(msgspec.structs.replace(conflict.edit, **theirs), undo, conflict.taken)


def label_of(form: forms.Form | None, edit: Edit[Any], name: str) -> str:
    """Return what a field is called: as its form says it, else as the data dictionary does."""
    field = form.field_named(name) if form is not None and shiboken6.isValid(form) else None
    return field.label if field is not None else field_words(name, type(edit).__name__)


class Sides(NamedTuple):
    """A field that two people changed differently: what it is called, and both answers in words."""

    name: str
    label: str
    theirs: str
    mine: str


def sides_of(conflict: Conflict, asked: forms.Form, zone: tzinfo | None) -> list[Sides]:
    """Return both answers to each field of a conflict, in the words of the form that was refused."""
    sides, mine = [], conflict.edit.part()
    for name in conflict.names:
        words = partial(_shown, asked, name, zone)
        label = label_of(asked, conflict.edit, name)
        sides.append(Sides(name, label, words(conflict.theirs[name]), words(mine[name])))
    return sides


def taken_words(saved: Saved, form: forms.Form | None) -> str:
    """Return the words for the fields of `form` that stay as others saved them; "" where none do."""
    names = [label_of(form, saved.edit, name) for name in saved.taken if form is not None]
    words = _("Isian petugas lain tetap dipakai: {fields}.")
    return words.format(fields=", ".join(names)) if names else ""


class ConflictBox(dialogs.Box):
    """The box with both answers to each field that two people changed; the officer chooses.

    Signals:
        chosen: by field name whether the officer's own answer is taken (a dict).
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget, theme: Theme, sides: Sequence[Sides]) -> None:
        super().__init__(window, theme, _("Mana yang benar?"), ("users", "amber"))
        choices = []
        for each in sides:
            options = [
                (_THEIRS, _("tersimpan: {value}").format(value=each.theirs or _("(kosong)"))),
                (_MINE, _("isian Anda: {value}").format(value=each.mine or _("(kosong)"))),
            ]
            choices.append(forms.RadioField(theme, each.name, each.label, options, required=True))
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


def _shown(asked: forms.Form, name: str, zone: tzinfo | None, value: object) -> str:
    """Return an answer in words: an option as its form has it, a moment as people read it."""
    field = asked.field_named(name)
    if field is not None and (words := field.words_of(value)):
        return words
    if name == _MOMENT and isinstance(value, int):
        when = to_datetime(value, zone)
        return f"{formats.format_date(when)} {formats.format_clock(when)}"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return value.word if isinstance(value, WordEnum) else str("" if value is None else value)
