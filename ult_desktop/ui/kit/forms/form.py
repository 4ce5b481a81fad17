"""A form: fields, their errors, the button that sends them off, and their draft."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import layouts, panels, widgets
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.slow_wait import SlowWait, slow_words

if TYPE_CHECKING:
    from ult_desktop.base import UserError
    from ult_desktop.ui.kit.forms.drafts import Draft, DraftFields, DraftPlace
    from ult_desktop.ui.kit.theme import Theme


Fields = Sequence[Field | Sequence[Field]]


def all_fields(fields: Fields) -> Iterable[Field]:
    """Return every field, in the order of the keyboard."""
    for row in fields:
        yield from [row] if isinstance(row, Field) else row


def field_column(theme: Theme, fields: Fields) -> QWidget:
    """Make the column of a form's fields; those of an inner sequence are side by side."""
    inner = QWidget()
    inner.setProperty("kind", "scrolled")
    column = Column(theme, inner, gap=12, margins=(0, 0, 8, 0))
    for row in fields:
        if isinstance(row, Field):
            column.addWidget(row)
            continue
        layout = Row(theme, gap=16)
        for field in row:
            layout.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(layout)
    column.addStretch(1)
    return inner


KEEP_AFTER_MS = 500  # without a change, until the draft is kept
_SLOW_MS = 700  # after which a form says that the share is slow, as the kiosk does


class FormDraft(QObject):
    """The draft of one form while it is open.

    Args:
        draft: the place that keeps it.
        fields: returns what is typed now.
        restore: puts a kept draft back into the form.
    """

    def __init__(
        self,
        draft: DraftPlace,
        fields: Callable[[], DraftFields],
        restore: Callable[[DraftFields], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._draft, self._fields, self._restore = draft, fields, restore
        self._is_touched = False
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        draft.load(self._on_loaded)

    def touch(self) -> None:
        """Note that something was typed."""
        self._is_touched = True
        self._timer.start()

    def keep_now(self) -> None:
        """Keep the draft at once, because the form goes out of sight."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def forget(self) -> None:
        """Forget the draft, because the form was saved or the user discarded it."""
        self._timer.stop()
        self._draft.forget()

    def _keep(self) -> None:
        self._draft.keep(self._fields())

    def _on_loaded(self, kept: DraftFields) -> None:
        """Restore the draft, unless the user has begun to type meanwhile."""
        if kept and not self._is_touched:
            self._restore(kept)


log = logging.getLogger(__name__)
Values = dict[str, Any]
Check = Callable[[Values], dict[str, str]]


class Form(QWidget):
    """A form: labels above and errors below each field. Ctrl+Enter sends, Esc leaves.

    Args:
        theme: colours and sizes.
        fields: below each other; those of an inner sequence are side by side.
        verb: the words of the button that sends; "" for a form without one.
        leave: the words of a second button, which leaves; "" for none.
        draft: keeps what is typed; None keeps nothing.
        check: returns what is wrong across several fields, in words by field name.

    `shown` are the answers that `show_values` filled in last, by field name; at first those of an empty form.

    Signals:
        submitted: the form is sent, and every field is valid (the values by field name, a dict).
        left: Esc, or the second button.
        stays: the office refused what was sent, so the form is to show again.
    """

    submitted = Signal(object)
    left = Signal()
    stays = Signal()
    scrolls = True

    def __init__(
        self,
        theme: Theme,
        fields: Fields,
        verb: str = "",
        leave: str = "",
        draft: Draft | None = None,
        check: Check | None = None,
    ) -> None:
        super().__init__()
        self.theme, self._check = theme, check
        self._fields = {field.name: field for field in all_fields(fields)}
        self._blank = {name: field.value() for name, field in self._fields.items()}
        self._shown_values: Values = {}
        self.shown = self._blank
        self._is_busy = False
        self._is_filling = False  # the program, not the user, changes the fields
        self._is_waiting_for_share = False  # the form sends itself when the share is back
        self._verb_words: str | None = None  # the button's own words, while it shows that the share is slow
        self._slow = SlowWait(_SLOW_MS, self)
        self._slow.grew.connect(self.say_slow)
        self.note, self.refusal = panels.Note(theme, "info"), panels.Note(theme, "danger")
        self.verb, self.leave = widgets.Button(theme, verb, "primary"), widgets.Button(theme, leave, "quiet")
        inner = field_column(theme, fields)
        self._area = panels.FittingArea(theme, inner) if self.scrolls else inner
        self._lay_out()
        self._connect_signals()
        self._begin_at_first_empty()
        self._draft: FormDraft | None = None
        if draft is not None:
            self._draft = FormDraft(
                draft,
                lambda: {name: field.draft_value() for name, field in self._fields.items()},
                self._restore,
                self,
            )

    def _lay_out(self) -> None:
        self._column = column = layouts.Column(self.theme, self, gap=12)
        column.addWidget(self.note)
        column.addWidget(self._area, 1)
        column.addWidget(self.refusal)
        foot = layouts.Row(self.theme, gap=8)
        foot.addStretch()
        column.addLayout(foot)
        for button in (self.leave, self.verb):
            foot.addWidget(button)
            button.setVisible(bool(button.text()))
        if self.verb.text():
            self.verb.setToolTip("Ctrl+Enter")

    def insert_before_verb(self, part: QWidget) -> None:
        """Add a widget between the fields and the button."""
        self._column.insertWidget(self._column.indexOf(self.refusal), part)

    def _connect_signals(self) -> None:
        for field in self._fields.values():
            field.changed.connect(self._on_changed)
        self.verb.clicked.connect(self.submit)
        self.leave.clicked.connect(self.left)
        self.note.answered.connect(self._discard_draft)
        for keys, slot in (
            ("Ctrl+Return", self.submit),
            ("Ctrl+Enter", self.submit),
            ("Esc", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            # With Qt's default context the same keys of two forms in a window would be ambiguous, and do
            # nothing: https://doc.qt.io/qt-6/qshortcut.html#activatedAmbiguously
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def keep_in(self, draft: DraftPlace | None) -> None:
        """Keep in `draft` the answers that the user changes, and restore those that it has already."""
        if draft is not None:
            self._draft = FormDraft(
                draft,
                lambda: {name: self._fields[name].draft_value() for name in self.changes},
                self._restore,
                self,
            )

    def field(self, name: str) -> Field:
        return self._fields[name]

    def field_named(self, name: str) -> Field | None:
        """Return the field of that name, or None."""
        return self._fields.get(name)

    def values(self) -> Values:
        """Return the answers by field name; hidden questions are left out."""
        return {name: field.value() for name, field in self._fields.items() if field.is_shown}

    def show_values(self, values: Values) -> None:
        """Fill in what the office knows already; ignore names that are no field."""
        self._shown_values = {name: value for name, value in values.items() if name in self._fields}
        self._fill(self._shown_values)
        self.shown = {name: field.value() for name, field in self._fields.items()}
        self._begin_at_first_empty()

    @property
    def changes(self) -> Values:
        """Return the answers that differ from what `show_values` filled in last, by field name."""
        return {name: value for name, value in self.values().items() if value != self.shown[name]}

    def show_error(self, name: str, words: str) -> None:
        self._fields[name].show_error(words)

    def show_refusal(self, error: UserError) -> None:
        """Show in the form why the office refused."""
        self.refusal.say(error.brief)

    def wait_for_share(self) -> None:
        """Wait for the share, which is gone. `send_waiting` sends the form, unless it is changed first."""
        self._is_waiting_for_share = True
        self.refusal.say(_("Sambungan terputus. Isian ini dikirim sendiri begitu tersambung lagi."))

    def send_waiting(self) -> None:
        """Send the form, if it has waited for the share, which is back."""
        if self._is_waiting_for_share:
            self._is_waiting_for_share = False
            self.refusal.hide()
            self.submit()

    @property
    def is_busy(self) -> bool:
        """True while the office has not answered the form."""
        return self._is_busy

    def set_busy(self, *, busy: bool) -> None:
        """Block the form until the office has answered, so that it cannot be sent twice.

        If the answer takes long, the form says so (`say_slow`).
        """
        self._is_busy = busy
        if self.verb.hasFocus():
            self.setFocus()  # Qt passes the focus of a disabled button on, beyond the form
        self.verb.setEnabled(not busy)
        if busy:
            self.refusal.hide()
            self._slow.start()
            return
        self._slow.stop()
        if self._verb_words is not None:
            self.verb.setText(self._verb_words)
            self.refusal.hide()
        self._verb_words = None

    def say_slow(self, waited_s: int = 0) -> None:
        """Show on the button that the form waits for a slow share; above it how long, and what is safe."""
        if self._verb_words is None:
            self._verb_words = self.verb.text()
            self.verb.setText(_("Menyimpan …"))
        self.refusal.say(slow_words(waited_s))

    def submit(self) -> None:
        """Send the values, or show what is wrong with them."""
        if self._is_busy:
            return
        problems = {name: field.problem() for name, field in self._fields.items() if field.is_shown}
        if self._check is not None and not any(problems.values()):
            problems |= self._check(self.values())
        wrong = {name: words for name, words in problems.items() if words}
        for name, words in wrong.items():
            self.show_error(name, words)
        if wrong:
            first = self._fields[next(iter(wrong))]
            first.setFocus()
            if isinstance(self._area, panels.FittingArea):
                self._area.ensureWidgetVisible(first)
        else:
            self.submitted.emit(self.values())

    def done(self) -> None:
        """Empty the form, because it was saved, and forget its draft."""
        self.set_busy(busy=False)
        self.clear()
        if self._draft is not None:
            self._draft.forget()

    def clear(self) -> None:
        self._is_waiting_for_share = False
        self._fill(self._blank)
        self.note.hide()
        self.refusal.hide()
        for field in self._fields.values():
            field.show_error("")

    def _fill(self, values: Values) -> None:
        self._is_filling = True
        for name, value in values.items():
            self._fields[name].show_value(value)
        self._is_filling = False

    def _begin_at_first_empty(self) -> None:
        """Give the focus to the first field without an answer.

        A tick always has one. A file's editor is a button, which Enter would press.
        """
        shown = [field for field in self._fields.values() if field.is_shown]
        empty = (
            field
            for field in shown
            if field.is_empty()
            and not isinstance(field.value(), bool)
            and not isinstance(field.editor, QAbstractButton)
        )
        first = next(empty, shown[0] if shown else None)
        if first is not None:
            self.setFocusProxy(first)

    def _on_changed(self) -> None:
        """Keep a change in the draft. A changed form does not send itself any more when the share is back."""
        if self._is_filling:
            return
        if self._is_waiting_for_share:
            self._is_waiting_for_share = False
            self.refusal.hide()
        if self._draft is not None:
            self._draft.touch()

    def _restore(self, kept: Values) -> None:
        self._is_filling = True
        for name, value in kept.items():
            if name in self._fields:
                # Somebody may have altered the drafts' file: ignore a value that the field cannot read.
                field = self._fields[name]
                try:
                    field.show_draft_value(value)
                except (TypeError, ValueError, AttributeError) as error:
                    log.warning("a draft of %s cannot be shown: %s", field.name, error)
        self._is_filling = False
        self._begin_at_first_empty()
        self.note.say(_("Draf dipulihkan."), _("Buang"))

    def _discard_draft(self) -> None:
        """Discard the draft, and show again what `show_values` filled in."""
        self.clear()
        self._fill(self._shown_values)
        if self._draft is not None:
            self._draft.forget()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._draft is not None:
            self._draft.keep_now()


class FlatForm(Form):
    """A form that does not scroll, for a place that scrolls already."""

    scrolls = False
