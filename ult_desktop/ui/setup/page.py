"""A page of the wizard: a form, its errors, and slow work that can be broken off."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.ui.kit import forms, layouts, panels, widgets
from ult_desktop.ui.kit.forms.form import Fields, all_fields
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import FileWorker
from ult_desktop.ui.setup.draft import SetupDraft

T = TypeVar("T")
Values = dict[str, Any]


class Work(QWidget):
    """The notice of slow work, with a button to break it off.

    Work that is broken off is ended if it can be, else it goes on and its result is ignored.

    Signals:
        running: whether work is under way.
    """

    running = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = widgets.Label("", "small", "soft", wrap=True)
        self.cancel_button = widgets.Button(theme, _("Hentikan"), "quiet", "x")
        bar = QProgressBar(maximum=0, textVisible=False)
        row = layouts.Row(theme, self, gap=12)
        row.addWidget(self.words, 2)
        row.addWidget(bar, 1)
        row.addWidget(self.cancel_button)
        self.cancel_button.clicked.connect(self.stop)
        self._run_number = 0
        self._end: Callable[[], object] | None = None
        self.hide()

    def run(
        self,
        words: str,
        job: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[UserError], object],
        *,
        may_stop: bool = True,
        end: Callable[[], object] | None = None,
    ) -> None:
        """Run `job`, which holds no widget, on a thread of its own.

        A job that writes may be broken off only if `end` ends it; its result follows all the same.
        """
        self._run_number += 1
        self._end = end
        self.words.setText(words)
        self.cancel_button.setVisible(may_stop)
        self._show(running=True)
        FileWorker(self).run(
            job,
            partial(self._on_finished, self._run_number, then),
            partial(self._on_finished, self._run_number, failed),
        )

    def stop(self) -> None:
        """End the work under way, or ignore its result."""
        if self._end is not None:
            self._end()
            return
        self._run_number += 1
        self._show(running=False)

    def _on_finished(self, run_number: int, follow: Callable[[T], object], value: T) -> None:
        if run_number == self._run_number:
            self._show(running=False)
            follow(value)

    def _show(self, *, running: bool) -> None:
        self.setVisible(running)
        self.running.emit(running)


class Page(QWidget):
    """The base of the pages. A subclass makes the fields, shows a draft, and puts the values into the next.

    Signals:
        passed: the page was answered; the `SetupDraft` with its answers.
        running: whether slow work of the page is under way.
    """

    passed = Signal(object)
    running = Signal(bool)

    def __init__(self, theme: Theme, title: str, words: str, fields: Fields) -> None:
        super().__init__()
        self.theme, self.title, self._fields = theme, title, fields
        self.draft = SetupDraft()
        self.intro = widgets.Label(words, "body", "soft", wrap=True)
        self.form = forms.Form(theme, fields)
        self.note = panels.Note(theme, "info")
        self.work = Work(theme)
        self._agreed: tuple[str, ...] = ()
        self.column = layouts.Column(theme, self, gap=12)
        for part in (self.intro, self.form, self.note, self.work):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.form.submitted.connect(self._on_submitted)
        self.work.running.connect(self.running)

    @abstractmethod
    def show_draft(self, draft: SetupDraft) -> None:
        """Fill in what is known, and offer the choices that follow from the earlier pages."""

    @abstractmethod
    def updated_draft(self, values: Values) -> SetupDraft:
        """Return the draft with these values, which the form has checked."""

    def enter(self, draft: SetupDraft) -> None:
        """Show `draft` on the page, which comes into sight."""
        self.draft = draft
        self.note.say("")
        self.form.refusal.say("")
        self.show_draft(draft)
        first = next(iter(all_fields(self._fields)))
        (first.buttons[first.value()] if isinstance(first, forms.RadioField) else self.form).setFocus()

    def leave(self) -> None:
        """Stop the work of the page, which goes out of sight."""
        self.work.stop()

    def go_on(self) -> None:
        """Check whether the page may be passed; pass it, or say what is wrong."""
        self.form.submit()

    def _on_submitted(self, values: Values) -> None:
        self.form.refusal.say("")
        self.settle(self.updated_draft(values))

    def settle(self, draft: SetupDraft) -> None:
        """Make the slow checks of the page, if it has any, and pass the page."""
        self.passed.emit(draft)

    def refuse(self, error: UserError) -> None:
        self.note.say("")
        self.form.refusal.say(" ".join(part for part in (error.what, error.safe, error.todo) if part))

    def pass_with(self, draft: SetupDraft, remarks: Sequence[str]) -> None:
        """Pass the page; if there are remarks, show them first and wait for the next press of the button."""
        if remarks and tuple(remarks) != self._agreed:
            self._agreed = tuple(remarks)
            self.note.say(" ".join((*remarks, _("Lanjutkan sekali lagi untuk tetap memakainya."))))
            return
        self.passed.emit(draft)


class PlainPage(Page):
    """A page whose fields are named as the draft's."""

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        self.form.show_values({name: getattr(draft, name) for name in self.form.values()})
