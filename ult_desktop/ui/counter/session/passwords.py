"""The places that ask for a password: a page in the middle of the window, and boxes for a new one."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access import passwords
from ult_desktop.core.access.roles import Officer, Role
from ult_desktop.operations.access import recovery
from ult_desktop.operations.access.passwords import change
from ult_desktop.operations.office.office import OfficerSummary
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.kit import Column, Row, Theme, dialogs, forms, keep_room, set_style_properties, widgets
from ult_desktop.ui.kit.forms import form
from ult_desktop.ui.kit.forms.text_fields import PasswordEye
from ult_desktop.ui.office_link.link import Job, OfficeLink
from ult_desktop.ui.office_link.link_monitor import is_outage


class PasswordField(QLineEdit):
    """The password field. Qt cannot ask for Caps Lock; a letter typed against the Shift key reveals it.

    Signals:
        caps_lock: on (True) or off, as the last letter shows.
    """

    caps_lock = Signal(bool)

    def refuse(self) -> None:
        """Mark the field as wrong, empty it, and put the focus there for the next try."""
        set_style_properties(self, wrong=True)
        self.clear()
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        # The key event does not tell of Caps Lock: https://doc.qt.io/qt-6/qkeyevent.html
        elif event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(event.text().isupper() is not shifted)
        super().keyPressEvent(event)


_CARD_WIDTH = 440  # base pixels
_TWO_LINES = 44  # base pixels: a refusal and its remedy


class PasswordPage(QWidget):
    """The page of a card in the middle of the window, with a password and a button, which Enter presses."""

    def __init__(self, theme: Theme, verb: str) -> None:
        super().__init__()
        self._theme = theme
        self._is_answer_shown = False  # the shown words say why a try was refused
        self.setProperty("kind", "page")
        self.password = PasswordField()
        self.eye = PasswordEye(theme, self.password).action
        self.caps = widgets.Label(_("Caps Lock menyala."), "small", "warn")
        self.wrong = widgets.Label("", "body", "danger", wrap=True, news=True)
        for label in (self.caps, self.wrong):  # the button stays where it is when one of them speaks
            keep_room(label)
        self.button = widgets.Button(theme, verb, "primary", "log-in")
        self.button.setAutoDefault(True)
        self._card = QFrame()
        self._card.setProperty("kind", "panel")
        outer = Column(theme, self)
        outer.addStretch(2)
        # Stretches centre the card: an alignment would cut words that wrap.
        self.card_row = Row(theme, gap=16)
        self.card_row.addStretch()
        self.card_row.addWidget(self._card)
        self.card_row.addStretch()
        outer.addLayout(self.card_row)
        outer.addStretch(3)
        self.column = Column(theme, self._card, gap=14, margins=(40, 32, 40, 32))
        self.password.caps_lock.connect(self.caps.setVisible)
        self.password.returnPressed.connect(self._try)
        self.button.clicked.connect(self._try)
        theme.changed.connect(self._rescale)
        manual_box.open_by_key(self, theme, lambda: "sign-in")
        self._rescale()

    def show_refusal(self, error: UserError) -> None:
        """Say why a try was refused, until the next one, and put the cursor into the password's field.

        The field is emptied, unless the office could not be asked: then nobody has judged the password, and
        it stays, masked.
        """
        self.tell(error)
        self._is_answer_shown = True
        if is_outage(error):
            self.eye.setChecked(False)
            self.password.setFocus()
        else:
            self.password.refuse()

    def tell(self, error: UserError) -> None:
        """Show an error, and leave what was typed as password: the officer may go on typing."""
        self._ready()
        self._is_answer_shown = False
        self.wrong.setText(error.brief)
        self.wrong.show()

    def clear(self) -> None:
        """Empty the password, and remove the words about it."""
        self.password.clear()
        self.eye.setChecked(False)
        self.caps.hide()
        self._forget_answer()
        self._ready()

    def forget_trouble(self) -> None:
        """Remove an error whose cause is over; why a try was refused stays until the next try."""
        if not self._is_answer_shown:
            self.wrong.hide()
        self._ready()

    def _forget_answer(self) -> None:
        self._is_answer_shown = False
        self.wrong.hide()
        set_style_properties(self.password, wrong=False)

    @abstractmethod
    def _ready(self) -> None:
        """Make the button ready for the next try."""

    def _try(self) -> None:
        """Try the password. An empty one is refused here: the office would count it as a wrong one."""
        if not self.button.isEnabled():
            return
        if not self.password.text():
            self.show_refusal(UserError(_("Kata sandi belum diisi.")))
            return
        self._forget_answer()
        self._ask()

    @abstractmethod
    def _ask(self) -> None:
        """Do what the page needs the password for."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def _rescale(self) -> None:
        self._card.setFixedWidth(self._theme.px(_CARD_WIDTH))
        self.wrong.setMinimumHeight(self._theme.px(_TWO_LINES))


class PasswordBox(dialogs.Box):
    """The box that closes when the password is changed, and stays open with words when the office refuses.

    A subclass adds the form (`add_form`), and says what is done with its answers (`job`).

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

    def add_form(self, first: form.Fields, weakness: Callable[[str], str]) -> None:
        """Add the form: `first`, then the new password, twice. `weakness` returns its fault, or ""."""
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
        self._link.perform(self.job(values), self._on_changed, self._on_refused)

    def _on_changed(self, _officer: object) -> None:
        self.accept()
        self._changed()

    def _on_refused(self, error: UserError) -> None:
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
        self.add_form(() if old_password else (old,), passwords.find_weakness)

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
        self.add_form((code,), lambda text: passwords.find_weakness(text, (officer.login, officer.name)))

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
