"""The boxes that ask for a password: one's own, a new one, and the forgotten one of an admin."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access import passwords
from ult_desktop.core.access.roles import Role
from ult_desktop.operations.access import recovery
from ult_desktop.operations.access.passwords import change
from ult_desktop.ui.kit import dialogs, forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ult_desktop.core.access.roles import Officer
    from ult_desktop.operations.office.office import OfficerSummary
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
        title: says whose password it is.
        changed: called when the password is changed.
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
        self.form = forms.FlatForm(self.theme, (*first, new, again), verb, _("Batal"), check=_check_same)
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


def _check_same(values: form.Values) -> dict[str, str]:
    return {} if values["new"] == values["again"] else {"again": _("Keduanya berbeda.")}


class OwnPasswordBox(PasswordBox):
    """The box for the own password. It asks for the old one, unless it was just typed at the sign-in.

    Args:
        parent: over what it opens.
        link: the signed-in officer's way to the office.
        theme: colours and sizes.
        changed: called when the password is changed.
        old_password: the old password, "" to ask for it.
    """

    def __init__(
        self,
        parent: QWidget,
        link: OfficeLink,
        theme: Theme,
        changed: Callable[[], object],
        old_password: str = "",
    ) -> None:
        super().__init__(parent, link, theme, _("Kata sandi saya"), changed)
        self._old_password = old_password
        if old_password:
            self.say(_("Kata sandi ini dibuat orang lain dan hanya untuk masuk pertama."), tone="")
        self.say(passwords.password_rule())
        old = forms.SecretField(theme, "old", _("Kata sandi lama"))
        self.ask(() if old_password else (old,), passwords.find_weakness)

    @override
    def job(self, values: form.Values) -> Job[Officer]:
        old, new = values.get("old", self._old_password), values["new"]
        return lambda office, actor: change(office, actor, old, new)


class ForgottenBox(PasswordBox):
    """The box in which an admin chooses a new password with the office's recovery code.

    Args:
        parent: over what it opens.
        link: the way to the office; nobody is signed in.
        theme: colours and sizes.
        officer: the admin.
        changed: called when the password is changed.
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
        self.ask((code,), lambda text: passwords.find_weakness(text, (officer.login, officer.name)))

    @override
    def job(self, values: form.Values) -> Job[Officer]:
        login, code, new = self._login, values["code"], values["new"]
        return lambda office, _actor: recovery.reset_with_code(office, login, code, new)


def help_who_forgot(
    parent: QWidget, link: OfficeLink, theme: Theme, officer: OfficerSummary, changed: Callable[[], object]
) -> None:
    """Open the box for the recovery code to an admin; say to others that an admin gives a new password."""
    if Role.ADMIN in officer.roles:
        ForgottenBox(parent, link, theme, officer, changed).open()
        return
    words = UserError(
        _("{name} mendapat kata sandi baru dari admin.").format(name=officer.name),
        _("Yang sudah tercatat dan draf Anda tetap ada."),
        _("Minta admin: Pengaturan, Petugas, Kata sandi baru. Kata sandi itu Anda ganti saat masuk pertama."),
    )
    dialogs.tell(parent, theme, words)
