"""The common part of the boxes in which somebody chooses a new password."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from ult_desktop.base import _
from ult_desktop.ui.kit import dialogs, forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ult_desktop.base import UserError
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.kit.forms import form
    from ult_desktop.ui.office_link.link import Job, OfficeLink


class PasswordBox(dialogs.Box):
    """The box that closes when the password is changed, and stays open with words when the office refuses.

    A subclass says what is asked (`ask`) and what is done with it (`job`).

    Args:
        parent: over what it opens.
        link: the way to the office.
        theme: colours and sizes.
        title: whose password it is.
        changed: what to do then.
    """

    def __init__(
        self, parent: QWidget, link: OfficeLink, theme: Theme, title: str, changed: Callable[[], object]
    ) -> None:
        super().__init__(parent, theme, title, ("lock", "blue"))
        self._link, self._changed = link, changed

    def ask(self, first: form.Fields, weakness: Callable[[str], str]) -> None:
        """Make the form: `first`, then the new password, twice.

        `weakness` says what is wrong with it, or "".
        """
        new = forms.SecretField(self.theme, "new", _("Kata sandi baru"), weakness)
        again = forms.SecretField(self.theme, "again", _("Sekali lagi"))
        verb = _("Ganti kata sandi")
        self.form = forms.FlatForm(self.theme, (*first, new, again), verb, _("Batal"), check=_require_same)
        self.form.verb.setDefault(True)
        self.form.leave.setAutoDefault(False)
        self.words.addWidget(self.form)
        self.form.left.connect(self.reject)
        self.form.submitted.connect(self._send)
        self.form.setFocus()

    @abstractmethod
    def job(self, values: form.Values) -> Job[Any]:
        """Return the job that the worker thread does with what was typed."""

    def _send(self, values: form.Values) -> None:
        self.form.set_busy(busy=True)
        self._link.perform(self.job(values), self._done, self._refused)

    def _done(self, _officer: object) -> None:
        self.accept()
        self._changed()

    def _refused(self, error: UserError) -> None:
        self.form.set_busy(busy=False)
        self.form.show_refusal(error)


def _require_same(values: form.Values) -> dict[str, str]:
    return {} if values["new"] == values["again"] else {"again": _("Keduanya berbeda.")}
