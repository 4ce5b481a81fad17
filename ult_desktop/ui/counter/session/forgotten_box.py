"""The way back to a forgotten password, from the page where officers sign in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access import passwords
from ult_desktop.core.access.roles import Role
from ult_desktop.operations.access import recovery
from ult_desktop.ui.counter.session.password_box import PasswordBox
from ult_desktop.ui.kit import dialogs, forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ult_desktop.core.access.roles import Actor, Officer
    from ult_desktop.operations.office.office import Office, OfficerSummary
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.kit.forms import form
    from ult_desktop.ui.office_link.link import Job, OfficeLink


class ForgottenBox(PasswordBox):
    """An admin with the office's recovery code chooses a new password.

    Args:
        parent: over what it opens.
        link: the way to the office; nobody is signed in.
        theme: colours and sizes.
        officer: the admin.
        changed: what to do then.
    """

    def __init__(
        self,
        parent: QWidget,
        link: OfficeLink,
        theme: Theme,
        officer: OfficerSummary,
        changed: Callable[[], object],
    ) -> None:
        title = _("Kata sandi baru untuk {name}").format(name=officer.name)
        super().__init__(parent, link, theme, title, changed)
        self._login = officer.login
        self.say(
            _("Kode pemulihan kantor ada di kertas di lemari terkunci. Semua admin diberi tahu."), tone=""
        )
        self.say(_("Tanpa kode itu: petugas TI menjalankan `ult-desktop officer reset-admin`."))
        code = forms.LineField(theme, "code", _("Kode pemulihan"), required=True)
        self.ask((code,), lambda text: passwords.weakness(text, officer.login))

    @override
    def job(self, values: form.Values) -> Job[Officer]:
        return partial(_reset, self._login, values["code"], values["new"])


def help_who_forgot(
    parent: QWidget, link: OfficeLink, theme: Theme, officer: OfficerSummary, changed: Callable[[], object]
) -> None:
    """Only an admin's password has a way back of its own; any other is a new one from an admin."""
    if Role.ADMIN in officer.roles:
        ForgottenBox(parent, link, theme, officer, changed).open()
        return
    words = UserError(
        _("{name} mendapat kata sandi baru dari admin.").format(name=officer.name),
        _("Yang sudah tercatat dan draf Anda tetap ada."),
        _("Minta admin: Pengaturan, Petugas, Kata sandi baru. Kata sandi itu Anda ganti saat masuk pertama."),
    )
    dialogs.tell(parent, theme, words)


def _reset(login: str, code: str, password: str, office: Office, _actor: Actor) -> Officer:
    """Reset the password with the code, on the worker thread."""
    return recovery.reset_with_code(office, login, code, password)
