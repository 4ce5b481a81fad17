"""The saving of an edit that others may have overtaken: both answers side by side, to choose from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import shiboken6
from PySide6.QtCore import Signal
from typing_extensions import override

from ult_desktop.base import WordEnum, _, formats
from ult_desktop.core.fields import field_words
from ult_desktop.core.stamps import to_datetime
from ult_desktop.ui.kit import dialogs, forms

if TYPE_CHECKING:
    from datetime import tzinfo

    from PySide6.QtWidgets import QWidget

    from ult_desktop.core.access.roles import Actor
    from ult_desktop.core.merging import Conflict, Edit
    from ult_desktop.operations.office.office import Office

_WIDE = 760
_THEIRS, _MINE = "theirs", "mine"
_MOMENT = "at"


class Saved(NamedTuple):
    """The answer of an edit that went through, and the fields that come from others."""

    answer: Any
    edit: Edit[Any]
    taken: tuple[str, ...]


def save(edit: Edit[Any], office: Office, actor: Actor, taken: tuple[str, ...] = ()) -> Saved:
    """Save the edit, on the worker thread; `taken` are fields that were merged in an earlier try."""
    answer = office.perform(edit, actor)
    return Saved(answer, edit, (*taken, *office.taken))


def label_of(form: forms.Form | None, edit: Edit[Any], name: str) -> str:
    """Return what a field is called: as its form says it, else as the data dictionary does."""
    field = form.field_named(name) if form is not None and shiboken6.isValid(form) else None
    return field.label if field is not None else field_words(name, type(edit).__name__)


class ConflictBox(dialogs.Box):
    """The box with both answers to each field that two people changed; the officer chooses.

    Args:
        window: over which it opens.
        conflict: what was refused.
        asked: the form whose answers were refused.
        zone: the office's.

    Signals:
        chosen: the edit as it was chosen (an `Edit`).
        kept: everything stays as the others saved it.
    """

    chosen = Signal(object)
    kept = Signal()

    def __init__(self, window: QWidget, conflict: Conflict, asked: forms.Form, zone: tzinfo | None) -> None:
        super().__init__(window, asked.theme, _("Mana yang benar?"), ("users", "amber"))
        self._conflict = conflict
        mine, choices = conflict.edit.part(), []
        for name in conflict.names:
            words = partial(_shown, asked, name, zone)
            options = [
                (_THEIRS, _("tersimpan: {value}").format(value=words(conflict.theirs[name]))),
                (_MINE, _("isian Anda: {value}").format(value=words(mine[name]))),
            ]
            label = label_of(asked, conflict.edit, name)
            choices.append(forms.RadioField(asked.theme, name, label, options, required=True))
        self.form = forms.Form(asked.theme, choices, _("Simpan"), _("Batal"))
        self.form.verb.setDefault(True)
        self.form.leave.setAutoDefault(False)
        self.form.note.say(_("Petugas lain mengubah isian yang sama. Isian selebihnya digabung."))
        self.add_part(self.form)
        self.form.left.connect(self.reject)
        self.form.submitted.connect(self._settle)
        self.setMinimumWidth(min(asked.theme.px(_WIDE), window.width()))

    @override
    def open(self) -> None:
        super().open()
        self.form.setFocus()

    def _settle(self, values: dict[str, Any]) -> None:
        theirs = self._conflict.theirs
        taken = {name: theirs[name] for name, whose in values.items() if whose == _THEIRS}
        edit = msgspec.structs.replace(self._conflict.edit, **taken)
        self.accept()
        if edit.part() == theirs:
            self.kept.emit()
        else:
            self.chosen.emit(edit)


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
    return value.word if isinstance(value, WordEnum) else str("" if value is None else value) or _("(kosong)")
