"""The box in which an officer chooses their own password."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access import passwords
from ult_desktop.operations.access import own_password
from ult_desktop.ui.counter.session.password_box import PasswordBox
from ult_desktop.ui.kit import forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ult_desktop.core.access.roles import Actor, Officer
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.kit.forms import form
    from ult_desktop.ui.office_link.link import Job, OfficeLink


class OwnPasswordBox(PasswordBox):
    """The box for the own password. It asks for the old one, unless it was just typed at the sign-in.

    Args:
        parent: over what it opens.
        link: the signed-in officer's way to the office.
        theme: colours and sizes.
        changed: what to do then.
        given: the old password, "" to ask for it.
    """

    def __init__(
        self, parent: QWidget, link: OfficeLink, theme: Theme, changed: Callable[[], object], given: str = ""
    ) -> None:
        super().__init__(parent, link, theme, _("Kata sandi saya"), changed)
        self._given = given
        if given:
            self.say(_("Kata sandi ini dibuat orang lain dan hanya untuk masuk pertama."), tone="")
        self.say(passwords.rule_words())
        old = forms.SecretField(theme, "old", _("Kata sandi lama"))
        self.ask(() if given else (old,), passwords.weakness)

    @override
    def job(self, values: form.Values) -> Job[Officer]:
        return partial(_change, values.get("old", self._given), values["new"])


def _change(old: str, new: str, office: Office, actor: Actor) -> Officer:
    """Change the password, on the worker thread."""
    return own_password.change(office, actor, old, new)
