"""The dialogs over a page: a form for a small act, or a list with the acts on its rows."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.merging import Edit
from ult_desktop.ui.kit import dialogs, forms, widgets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ult_desktop.core.command import Answer, Command
    from ult_desktop.ui.counter.pages.page_host import PageHost, Then
    from ult_desktop.ui.kit.forms import form
    from ult_desktop.ui.kit.lists import ListRow, RecordList
    from ult_desktop.ui.office_link.link import Job

R = TypeVar("R")
_WIDE = 760  # base pixels


class FormBox(dialogs.Box):
    """A form in a dialog, which closes when the office has carried the command out.

    If the office refuses, the dialog stays open and the form says why.

    Args:
        host: access to the office for the signed-in officer.
        title: what is done.
        fields: as for `Form`.
        command: makes the request (a Command, or a job) of the form's values.
        verb: the words of the button; "" is "Simpan".
        message: shown afterwards ("{label}" is the result's), or a function that makes it of the values.
        then: gets the result.
        icon: name and tint.
        words: a sentence above the fields.
        draft, check: as for `Form`.
        known: what the office knows already, by field name.
        edits: `known` is the record that the form changes: the command is sent as an edit of it (an `Edit`),
            so that fields that only others change meanwhile stay theirs.
        wide: give the dialog the width for choices next to each other, so that it needs no scrolling.
    """

    def __init__(  # noqa: PLR0913  (all but the first are about one act, by name)
        self,
        host: PageHost,
        title: str,
        fields: form.Fields,
        *,
        command: Callable[[form.Values], Command[Answer] | Job[Answer]],
        verb: str = "",
        message: str | Callable[[form.Values], str] = "",
        then: Then[Answer] | None = None,
        icon: tuple[str, str] = ("pen-line", "blue"),
        words: str = "",
        draft: forms.Draft | None = None,
        check: form.Check | None = None,
        known: form.Values | None = None,
        edits: bool = False,
        wide: bool = False,
    ) -> None:
        super().__init__(host.window, host.theme, title, icon)
        self._host, self._message = host, message
        self._command: Callable[[form.Values], Command | Job] = command
        self._then: Then | None = then
        self.form = forms.Form(host.theme, fields, verb or _("Simpan"), _("Batal"), draft, check)
        self.form.verb.setDefault(True)
        self.form.leave.setAutoDefault(False)
        self.say(words)
        self.add_part(self.form)
        self.form.left.connect(self.reject)
        self.form.submitted.connect(self._send)
        self.form.stays.connect(self.come_back)
        if known is not None:
            self.form.show_values(known)
        # The record as this officer sees it, in the shape of the command that would write it.
        self._seen = command(self.form.shown) if edits else None
        self.undo: Edit[Any] | None = None
        if wide:
            self.setMinimumWidth(min(host.theme.px(_WIDE), host.window.width()))

    @property
    @override
    def is_waiting(self) -> bool:
        return self.form.is_busy

    @override
    def open(self) -> None:
        super().open()
        self.form.setFocus()

    def _send(self, values: form.Values) -> None:
        message = self._message if isinstance(self._message, str) else self._message(values)
        command = self._command(values)
        if isinstance(command, Edit) and isinstance(self._seen, Edit):
            self.undo = self._seen.after(command)  # it writes the old values back over those of `command`
            command = command.after(self._seen)  # its writer saw the old values
        self._host.perform(command, self._on_done, message, self.form, undo=self.undo)

    def _on_done(self, result: object) -> None:
        self.accept()
        if self._then is not None:
            self._then(result)


def ask_words(  # noqa: PLR0913  (all but the first three by name)
    host: PageHost,
    title: str,
    command: Callable[[str], Command[Answer] | Job[Answer]],
    *,
    question: str = "",
    words: str = "",
    verb: str,
    message: str = "",
    then: Then[Answer] | None = None,
) -> None:
    """Ask for one line of text, and send the `command` made of it. Without a `question` it is the reason."""
    line = forms.LineField(host.theme, "line", question or _("Alasan"), required=True)
    FormBox(
        host,
        title,
        (line,),
        command=lambda values: command(values["line"]),
        verb=verb,
        message=message,
        then=then,
        words=words,
    ).open()


_HEIGHT, _WIDTH = 280, 720  # base pixels


class ListBox(dialogs.Box, Generic[R]):
    """A list of records in a dialog, read again at every change of the office.

    A subclass adds buttons for its acts. `records` are those in the list, by the id of their row.
    """

    def __init__(self, host: PageHost, title: str, icon: tuple[str, str], rows: RecordList) -> None:
        super().__init__(host.window, host.theme, title, icon)
        self.host, self.rows = host, rows
        self.records: dict[object, R] = {}
        self._row_buttons: list[widgets.Button] = []
        px = host.theme.px
        self.setMinimumWidth(min(px(_WIDTH), host.window.width()))
        rows.setMinimumHeight(px(_HEIGHT))
        self.add_part(rows)
        rows.chosen.connect(self._enable_row_buttons)
        host.changed.connect(self.refresh)

    def add_act(
        self,
        text: str,
        icon_name: str,
        act: Callable[[], object],
        role: str = "",
        *,
        about_row: bool = True,
        opens_row: bool = False,
    ) -> widgets.Button:
        """Add a button that leaves the box open.

        `about_row`: it is disabled while no row is chosen. `opens_row`: Enter on a row presses it.
        """
        button = widgets.Button(self.theme, text, role, icon_name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        self.buttons.addWidget(button)
        if about_row:
            self._row_buttons.append(button)
            button.setEnabled(False)
        if opens_row:
            self.rows.opened.connect(lambda _row_id: button.click())
        return button

    @abstractmethod
    def refresh(self) -> None:
        """Fetch the records, and show them with `show_records`."""

    @abstractmethod
    def row_of(self, record: R) -> ListRow:
        """Return the row that shows a record."""

    def show_records(self, records: Sequence[R]) -> None:
        rows = [self.row_of(record) for record in records]
        self.records = {row.id: record for row, record in zip(rows, records, strict=True)}
        self.rows.show_rows(rows)

    @property
    def chosen(self) -> R:
        """The record of the chosen row. Buttons about a row call for it only while there is one."""
        return self.records[self.rows.selected]

    @override
    def open(self) -> None:
        self.add_button(_("Tutup"), "quiet", lambda: None)
        self.refresh()
        super().open()
        self.rows.focus_search()

    def _enable_row_buttons(self, row_id: object) -> None:
        for button in self._row_buttons:
            button.setEnabled(row_id is not None)
