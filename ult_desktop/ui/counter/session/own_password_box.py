"""The box in which an officer chooses their own password."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ult_desktop.base import _
from ult_desktop.core.access import passwords
from ult_desktop.operations.access import own_password
from ult_desktop.ui.kit import dialogs, forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ult_desktop.base import UserError
    from ult_desktop.core.access.roles import Actor, Officer
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.kit.forms import form
    from ult_desktop.ui.office_link.link import OfficeLink


class OwnPasswordBox(dialogs.Box):
    """Closes when the password is changed; `given` is the one just typed at the sign-in, "" to ask for it.

    Args:
        parent: over what it opens.
        link: the signed-in officer's way to the office.
        theme: colours and sizes.
        changed: what to do then.
        given: the old password, where it is known.
    """

    def __init__(
        self, parent: QWidget, link: OfficeLink, theme: Theme, changed: Callable[[], object], given: str = ""
    ) -> None:
        super().__init__(parent, theme, _("Kata sandi saya"), ("lock", "blue"))
        self._link, self._changed, self._given = link, changed, given
        if given:
            self.say(_("Kata sandi ini dibuat orang lain dan hanya untuk masuk pertama."), tone="")
        self.say(passwords.rule_words())
        old = forms.SecretField(theme, "old", _("Kata sandi lama"))
        new = forms.SecretField(theme, "new", _("Kata sandi baru"), passwords.weakness)
        again = forms.SecretField(theme, "again", _("Sekali lagi"))
        fields = (new, again) if given else (old, new, again)
        self.form = forms.FlatForm(theme, fields, _("Ganti kata sandi"), _("Batal"), check=require_same)
        self.form.verb.setDefault(True)
        self.form.leave.setAutoDefault(False)
        self.words.addWidget(self.form)
        self.form.left.connect(self.reject)
        self.form.submitted.connect(self._send)
        self.form.setFocus()

    def _send(self, values: form.Values) -> None:
        self.form.set_busy(busy=True)
        job = partial(_change, values.get("old", self._given), values["new"])
        self._link.perform(job, self._done, self._refused)

    def _done(self, _officer: object) -> None:
        self.accept()
        self._changed()

    def _refused(self, error: UserError) -> None:
        self.form.set_busy(busy=False)
        self.form.show_refusal(error)


def require_same(values: form.Values) -> dict[str, str]:
    """A new password is typed twice."""
    return {} if values["new"] == values["again"] else {"again": _("Keduanya berbeda.")}


def _change(old: str, new: str, office: Office, actor: Actor) -> Officer:
    """On the worker thread."""
    return own_password.change(office, actor, old, new)
