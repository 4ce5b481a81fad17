"""Signing in: who, with which password (Caps Lock is noticed), at which counter."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import CounterStatus
from ult_desktop.operations.office.office import OfficerSummary
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.counter.words import counter_name
from ult_desktop.ui.kit import Column, Row, Theme, forms, icons, set_style_properties, widgets


class PasswordField(QLineEdit):
    """Qt cannot ask for the state of Caps Lock; a letter typed against the Shift key tells it.

    Signals:
        caps_lock: on (True) or off, as far as the last letter shows.
    """

    caps_lock = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def refuse(self) -> None:
        """Marked as wrong, empty, and where the next try is typed."""
        set_style_properties(self, wrong=True)
        self.clear()
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        elif event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(event.text().isupper() is not shifted)
        super().keyPressEvent(event)


_CARD_WIDTH = 440


class PasswordPage(QWidget):
    """A card in the middle of the window, with the password and its button; Enter works everywhere."""

    def __init__(self, theme: Theme, verb: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "page")
        self.password = PasswordField()
        self.eye = self.password.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_password)
        self.caps = widgets.Label(_("Caps Lock menyala."), "small", "warn")
        self.wrong = widgets.Label("", "body", "danger", wrap=True, news=True)
        self.button = widgets.Button(theme, verb, "primary", "log-in")
        self.button.setAutoDefault(True)
        self._card = QFrame()
        self._card.setProperty("kind", "panel")
        outer = Column(theme, self)
        outer.addStretch(2)
        self.across = Row(theme, gap=16)  # an alignment here would cut the words that wrap
        self.across.addStretch()
        self.across.addWidget(self._card)
        self.across.addStretch()
        outer.addLayout(self.across)
        outer.addStretch(3)
        self.column = Column(theme, self._card, gap=14, margins=(40, 32, 40, 32))
        self.password.caps_lock.connect(self.caps.setVisible)
        self.password.returnPressed.connect(self._try)
        self.button.clicked.connect(self._try)
        theme.changed.connect(self._rescale)
        manual_box.open_by_key(self, theme, lambda: "sign-in")
        self._rescale()

    def show_refusal(self, error: UserError) -> None:
        """Say why, empty the password, and put the cursor there."""
        self._ready()
        self.wrong.setText(error.brief)
        self.wrong.show()
        self.password.refuse()

    def clear(self) -> None:
        """Begin anew."""
        self.password.clear()
        self.eye.setChecked(False)
        self.caps.hide()
        self.forget_refusal()

    def forget_refusal(self) -> None:
        """What it was about is over."""
        self.wrong.hide()
        set_style_properties(self.password, wrong=False)
        self._ready()

    @abstractmethod
    def _ready(self) -> None:
        """The next try can be made."""

    def _try(self) -> None:
        """Enter or the button. An empty password is nobody's, and would count as a wrong one."""
        if not self.button.isEnabled():
            return
        if not self.password.text():
            self.show_refusal(UserError(_("Kata sandi belum diisi.")))
            return
        self.wrong.hide()
        set_style_properties(self.password, wrong=False)
        self._ask()

    @abstractmethod
    def _ask(self) -> None:
        """The password was given."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def _show_password(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.password.setEchoMode(mode.Normal if shown else mode.Password)
        ink = self._theme.color("ink-soft")
        self.eye.setIcon(icons.icon("eye-off" if shown else "eye", ink, self._theme.px(20)))
        self.eye.setText(_("Sembunyikan kata sandi") if shown else _("Tampilkan kata sandi"))

    def _rescale(self) -> None:
        self._card.setFixedWidth(self._theme.px(_CARD_WIDTH))
        self._show_password(self.eye.isChecked())


NO_COUNTER = 0
_AT_A_DESK = frozenset({Role.HELPDESK})  # they may serve at a counter, but sit at a desk of their own


@dataclass(frozen=True)
class Choices:
    """What can be chosen: who signs in, and where."""

    office: OfficeIdentity
    officers: Sequence[OfficerSummary]
    counters: Sequence[CounterStatus]


@dataclass(frozen=True)
class SignIn:
    """What was typed and chosen; `counter` None is a desk without a counter (tanpa loket)."""

    login: str
    password: str
    counter: int | None


class SignInPage(PasswordPage):
    """The first page of the day.

    Args:
        theme: colours and sizes.
        counter: the counter that stands here (this PC's setting), or None to choose.

    Signals:
        sign_in_requested: a `SignIn`.
    """

    sign_in_requested = Signal(object)

    def __init__(self, theme: Theme, counter: int | None = None) -> None:
        super().__init__(theme, _("Masuk"))
        self._fixed = counter
        self._officers: dict[str, OfficerSummary] = {}
        self._counters: dict[int, CounterStatus] = {}
        self._is_named = False
        self.logo = widgets.Logo(theme, 56)
        self.unit = widgets.ElidedLabel("", "title")
        self.office = widgets.ElidedLabel("", "body", "soft")
        self.officer, self.counter = forms.ComboBox(theme), forms.ComboBox(theme)
        self.repair = widgets.Button(theme, _("Pulihkan kantor …"), "quiet", "rotate-ccw")
        self.repair.hide()
        self.forgot = widgets.Button(theme, _("Lupa kata sandi?"), "quiet")
        self._lay_out(theme)
        self.caps.hide()
        self.wrong.hide()
        self.counter.currentIndexChanged.connect(self._suggest_officer)
        self.officer.currentIndexChanged.connect(self._suggest_counter)
        self.officer.activated.connect(self._keep_name)
        for box, key in product((self.officer, self.counter), (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            enter = QShortcut(key, box, context=Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(self._try)
        self.show_busy(_("Membaca daftar petugas…"))

    def _lay_out(self, theme: Theme) -> None:
        head = Row(theme, gap=16, margins=(0, 0, 0, 12))
        names = Column(theme, gap=2)
        names.addWidget(self.unit)
        names.addWidget(self.office)
        head.addWidget(self.logo)
        head.addLayout(names, 1)
        self.column.addLayout(head)
        fields = ((_("Petugas"), self.officer), (_("Kata sandi"), self.password), (_("Loket"), self.counter))
        for name, field in fields:
            label = widgets.Label(name, "small", "soft")
            label.setBuddy(field)
            field.setAccessibleName(name)
            pair = Column(theme, gap=4)
            pair.addWidget(label)
            pair.addWidget(field)
            if field is self.password:
                pair.addWidget(self.caps)
            self.column.addLayout(pair)
        self.column.addWidget(self.wrong)
        self.column.addWidget(self.button)
        for button in (self.forgot, self.repair):
            button.setAutoDefault(False)
            self.column.addWidget(button)

    def show_choices(self, choices: Choices) -> None:
        """Fill the lists; what was chosen already stays chosen."""
        self.logo.show_picture(choices.office.logo)
        self.unit.setText(choices.office.unit)
        self.office.setText(choices.office.short_name)
        seats = [line for line in choices.counters if self._fixed in (None, line.number)]
        is_first = not self._officers
        self._officers = {line.login: line for line in choices.officers}
        self._counters = {line.number: line for line in seats}
        places = [(_seat(line), line.number) for line in seats]
        _fill(self.officer, [(line.name, line.login) for line in choices.officers])
        _fill(self.counter, [*places, (_("Tanpa loket"), NO_COUNTER)])
        self._suggest_officer()
        if is_first:
            self._suggest_counter()
        self._ready()
        if not seats:
            self.show_refusal(_no_counter(self._fixed))

    @property
    def chosen(self) -> OfficerSummary | None:
        """Whose name stands there."""
        return self._officers.get(self.officer.currentData())

    def show_busy(self, words: str) -> None:
        """Something is under way: nothing can be pressed, and the button says what."""
        self.button.setEnabled(False)
        self.button.setText(words)

    @override
    def _ready(self) -> None:
        self.button.setText(_("Masuk"))
        self.button.setEnabled(self.counter.count() > 0 and self.officer.count() > 0)

    @override
    def clear(self) -> None:
        super().clear()
        self._is_named = False

    def _keep_name(self) -> None:
        """A person chose: who signs in at another PC meanwhile changes it no more."""
        self._is_named = True

    def _suggest_officer(self) -> None:
        """Whoever sat at this counter last is most likely the one who signs in."""
        line = self._counters.get(self.counter.currentData())
        place = self.officer.findText(line.officer) if line and line.officer else -1
        if place >= 0 and not self._is_named and not self.password.text():
            self.officer.setCurrentIndex(place)

    def _suggest_counter(self) -> None:
        """Who serves nobody needs no counter; who serves begins at one."""
        line = self.chosen
        if line is None:
            return
        self.counter.blockSignals(True)  # the officer was chosen: no other one is suggested now
        own = self._own_counter(line)
        if not line.serves or (own is None and self._fixed is None and line.roles <= _AT_A_DESK):
            self.counter.setCurrentIndex(self.counter.findData(NO_COUNTER))
        elif self.counter.currentData() == NO_COUNTER:
            free = (number for number, seat in self._counters.items() if not seat.officer)
            number = next(free, None) if own is None else own
            self.counter.setCurrentIndex(max(0, self.counter.findData(number)))
        self.counter.blockSignals(False)

    def _own_counter(self, line: OfficerSummary) -> int | None:
        """Where this officer sat last or sits as a rule."""
        sat = (number for number, seat in self._counters.items() if seat.officer == line.name)
        return next(sat, line.usual_counter)

    @override
    def _ask(self) -> None:
        counter = self.counter.currentData() or None
        wish = SignIn(self.officer.currentData(), self.password.text(), counter)
        self.show_busy(_("Memeriksa…"))
        self.sign_in_requested.emit(wish)


def _seat(line: CounterStatus) -> str:
    name = counter_name(line)
    return _("{counter} · {officer}").format(counter=name, officer=line.officer) if line.officer else name


def _no_counter(number: int | None) -> UserError:
    if number is None:
        return UserError(_("Kantor ini belum mempunyai loket."), todo=_("Minta admin menambah loket."))
    return UserError(
        _("Loket {n} tidak ada di kantor ini.").format(n=number),
        todo=_("Periksa nomor loket di berkas pengaturan PC ini."),
    )


def _fill(box: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, value in entries:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.blockSignals(False)
