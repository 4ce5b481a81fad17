"""The sign-in: the page that asks who, and at which counter, and the flow up to the seat there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, language
from ult_desktop.base.i18n import languages
from ult_desktop.base.policy import policy_or_nothing
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import CounterStatus
from ult_desktop.core.queue.commands import StaffCounter
from ult_desktop.db.store.drafts import KeptSeat
from ult_desktop.operations.office.office import Office, OfficerSummary
from ult_desktop.ui.counter.health.file_care import ask_to_restore
from ult_desktop.ui.counter.session.passwords import OwnPasswordBox, PasswordPage, help_who_forgot
from ult_desktop.ui.counter.words import counter_name
from ult_desktop.ui.kit import Column, Row, Theme, forms, widgets
from ult_desktop.ui.kit.forms.drafts import DraftKeeper
from ult_desktop.ui.office_link.link import OfficeLink

NO_COUNTER = 0
_DESK_ROLES = frozenset({Role.HELPDESK})  # an officer with only these usually works without a counter


@dataclass(frozen=True)
class Choices:
    """The officers who can sign in, and the counters where they can sit."""

    office: OfficeIdentity
    officers: Sequence[OfficerSummary]
    counters: Sequence[CounterStatus]


@dataclass(frozen=True)
class SignIn:
    """An officer's wish to sign in; `counter` is None to work without one (tanpa loket)."""

    login: str
    password: str
    counter: int | None


class LanguageButtons(QWidget):
    """The buttons of the counter's language, after the password in the order of Tab.

    Signals:
        requested: a language (its code); the window makes a new page in it.
    """

    requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = Row(theme, self, gap=4)
        row.addStretch()
        self.buttons = {code: widgets.Button(theme, code.upper(), "quiet") for code in languages()}
        for code, button in self.buttons.items():
            button.setCheckable(True)
            button.setChecked(code == language())
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, code=code: self.requested.emit(code))
            row.addWidget(button)
        row.addStretch()


class SignInPage(PasswordPage):
    """The page on which an officer signs in.

    Args:
        theme: colours and sizes.
        counter: the only counter to sign in at (a setting of this PC); None: every counter.

    Signals:
        sign_in_requested: a `SignIn`.
        language_requested: a language (its code).
    """

    sign_in_requested = Signal(object)
    language_requested = Signal(str)

    def __init__(self, theme: Theme, counter: int | None = None) -> None:
        super().__init__(theme, _("Masuk"))
        self._fixed_counter = counter
        self._officers: dict[str, OfficerSummary] = {}
        self._counters: dict[int, CounterStatus] = {}
        self._preferred: KeptSeat | None = None
        self._officer_was_chosen = self._counter_was_chosen = False
        self.logo = widgets.Logo(theme, 56)
        self.unit = widgets.ElidedLabel("", "title")
        self.office = widgets.ElidedLabel("", "body", "soft")
        self.officer, self.counter = forms.ComboBox(theme), forms.ComboBox(theme)
        self.repair_button = widgets.Button(theme, _("Pulihkan kantor …"), "quiet", "rotate-ccw")
        self.repair_button.hide()
        self.forgot_button = widgets.Button(theme, _("Lupa kata sandi?"), "quiet")
        self.languages = LanguageButtons(theme)
        self.languages.requested.connect(self.language_requested)
        self._lay_out(theme)
        self.caps.hide()
        self.wrong.hide()
        self.counter.currentIndexChanged.connect(self._suggest_officer)
        self.officer.currentIndexChanged.connect(self._suggest_counter)
        self.officer.activated.connect(self._on_officer_chosen)
        self.counter.activated.connect(self._on_counter_chosen)
        # Enter signs in from the lists too, as from the password's field.
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
        for button in (self.forgot_button, self.repair_button):
            button.setAutoDefault(False)
            self.column.addWidget(button)
        self.column.addWidget(self.languages)

    def prefer(self, seat: KeptSeat) -> None:
        """Suggest who signed in here last. A choice that a person has made is left alone."""
        if not (self._officer_was_chosen or self._counter_was_chosen or self.password.text()):
            self._preferred = seat
            self._choose_preferred()

    def _choose_preferred(self) -> None:
        """Choose the officer who sat here last, and their counter unless somebody else sits there by now."""
        # `_preferred` waits for the list of officers, which is read at the same time.
        seat = self._preferred
        if seat is None or seat.login not in self._officers:
            return
        self._preferred = None
        self._choose_officer(self.officer.findData(seat.login))
        counter = self._counters.get(seat.counter)
        is_free = counter is not None and counter.officer in ("", self.officer.currentText())
        if is_free or seat.counter == NO_COUNTER:
            self._choose_counter(self.counter.findData(seat.counter))
        else:
            self._suggest_counter()

    def show_choices(self, choices: Choices) -> None:
        """Fill the lists; what was chosen already stays chosen."""
        self.logo.show_picture(choices.office.logo)
        self.unit.setText(choices.office.unit)
        self.office.setText(choices.office.short_name)
        counters = [counter for counter in choices.counters if self._fixed_counter in (None, counter.number)]
        counters.sort(key=lambda counter: bool(counter.officer))  # the free ones first
        is_first = not self._officers
        self._officers = {officer.login: officer for officer in choices.officers}
        self._counters = {counter.number: counter for counter in counters}
        options = []
        for counter in counters:
            name = counter_name(counter)
            if counter.officer:
                name = _("{counter} · {officer}").format(counter=name, officer=counter.officer)
            options.append((name, counter.number))
        fill_box(self.officer, [(officer.name, officer.login) for officer in choices.officers])
        fill_box(self.counter, [*options, (_("Tanpa loket"), NO_COUNTER)])
        self._suggest_officer()
        if is_first:
            self._suggest_counter()
        self._choose_preferred()
        self._ready()
        if not counters:
            self.tell(_no_counter(self._fixed_counter))

    @property
    def chosen(self) -> OfficerSummary | None:
        """The officer whose name is chosen."""
        return self._officers.get(self.officer.currentData())

    def show_busy(self, words: str) -> None:
        """Disable the button, and show on it what is under way."""
        self.button.setEnabled(False)
        self.button.setText(words)

    @override
    def _ready(self) -> None:
        self.button.setText(_("Masuk"))
        self.button.setEnabled(self.counter.count() > 0 and self.officer.count() > 0)

    @override
    def clear(self) -> None:
        super().clear()
        self._officer_was_chosen = self._counter_was_chosen = False

    def _on_officer_chosen(self) -> None:
        """Keep the officer that a person chose: a sign-in at another PC no longer changes it."""
        self._officer_was_chosen = True

    def _on_counter_chosen(self) -> None:
        """Keep the counter that a person chose: they may mean to take it over from somebody."""
        self._counter_was_chosen = True

    def _suggest_officer(self) -> None:
        """Suggest the officer who sits at the chosen counter."""
        counter = self._counters.get(self.counter.currentData())
        index = self.officer.findText(counter.officer) if counter and counter.officer else -1
        if index >= 0 and not self._officer_was_chosen and not self.password.text():
            self._choose_officer(index)

    def _suggest_counter(self) -> None:
        """Suggest a counter: none for an officer who serves nobody, else their own, else a free one.

        A counter that is shown already stays, unless somebody else sits there and nobody chose it.
        """
        officer = self.chosen
        if officer is None:
            return
        counters = self._counters.items()
        sits_at = next((number for number, counter in counters if counter.officer == officer.name), None)
        own_number = officer.usual_counter if sits_at is None else sits_at
        works_at_desk = own_number is None and self._fixed_counter is None and officer.roles <= _DESK_ROLES
        shown = self._counters.get(self.counter.currentData())  # None: without a counter
        is_anothers = shown is not None and shown.officer not in ("", officer.name)
        if not officer.serves or works_at_desk:
            self._choose_counter(self.counter.findData(NO_COUNTER))
        elif shown is None or (is_anothers and not self._counter_was_chosen):
            free_number = next((number for number, counter in counters if not counter.officer), None)
            suggested = free_number if own_number is None else own_number
            self._choose_counter(max(0, self.counter.findData(suggested)))

    def _choose_counter(self, index: int) -> None:
        """Choose the counter, without suggesting another officer."""
        # Else the counter would suggest its officer, and the officer another counter.
        self.counter.blockSignals(True)
        self.counter.setCurrentIndex(index)
        self.counter.blockSignals(False)

    def _choose_officer(self, index: int) -> None:
        """Choose the officer, without suggesting another counter."""
        self.officer.blockSignals(True)
        self.officer.setCurrentIndex(index)
        self.officer.blockSignals(False)

    @override
    def _ask(self) -> None:
        counter = self.counter.currentData() or None
        sign_in = SignIn(self.officer.currentData(), self.password.text(), counter)
        self.show_busy(_("Memeriksa…"))
        self.sign_in_requested.emit(sign_in)


def _no_counter(number: int | None) -> UserError:
    if number is None:
        return UserError(_("Kantor ini belum mempunyai loket."), todo=_("Minta admin menambah loket."))
    return UserError(
        _("Loket {n} tidak ada di kantor ini.").format(n=number),
        todo=_("Periksa nomor loket di berkas pengaturan PC ini."),
    )


def fill_box(box: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    """Fill the box with texts and their values; the chosen value stays chosen."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, value in entries:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)


class SignedInOfficer(NamedTuple):
    """An officer who has signed in and taken a counter, or works without one."""

    actor: Actor
    counter: int | None
    login: str = ""


class SignInFlow(QObject):
    """The flow that leads an officer from the sign-in page to a counter, or to a desk without one.

    Signals:
        typing_began: the first letter of a password was typed.
        seated: the officer has signed in, and has taken their counter (a `SignedInOfficer`).
        language_requested: a language (its code).
    """

    typing_began = Signal()
    seated = Signal(object)
    language_requested = Signal(str)

    def __init__(
        self, link: OfficeLink, theme: Theme, counter: int | None, keeper: DraftKeeper | None = None
    ) -> None:
        super().__init__()
        self._link, self._theme, self._counter, self._keeper = link, theme, counter, keeper
        self.page = self._new_page()
        if keeper is not None:
            keeper.load_seat(self._prefer)

    def renew_page(self) -> SignInPage:
        """Make a page in the language in force now. The caller removes the old one."""
        self.page = self._new_page()
        return self.page

    def _prefer(self, seat: KeptSeat) -> None:
        """Suggest the seat on the present page, which a change of language may have replaced meanwhile."""
        self.page.prefer(seat)

    def refresh(self) -> None:
        """Read who can sign in and where."""
        self._link.read(_read_choices, self._show_choices)

    def show_connection(self, connection: Connection) -> None:
        self._offer_repair()
        if connection is Connection.OFFLINE:
            if self._link.unopened is not None:
                self.page.tell(self._link.unopened)
            self.page.show_busy(_("Menunggu sambungan…"))
        elif connection is Connection.ONLINE:
            self.page.forget_trouble()

    def show_refusal(self, error: UserError) -> None:
        """Show that the office could not be read, or that this PC's upkeep of it met a problem."""
        self._offer_repair()
        self.page.tell(error)

    def _offer_repair(self) -> None:
        self.page.repair_button.setVisible(self._link.needs_restore and policy_or_nothing().repair)

    def _ask_repair(self) -> None:
        ask_to_restore(self.page.window(), self._theme)

    def _help_with_forgotten(self) -> None:
        officer = self.page.chosen
        if officer is not None:
            help_who_forgot(self.page.window(), self._link, self._theme, officer, self._password_changed)

    def _password_changed(self) -> None:
        self.page.clear()
        self.page.password.setFocus()

    def _new_page(self) -> SignInPage:
        page = SignInPage(self._theme, self._counter)
        page.repair_button.clicked.connect(self._ask_repair)
        page.forgot_button.clicked.connect(self._help_with_forgotten)
        page.sign_in_requested.connect(self._sign_in)
        page.language_requested.connect(self.language_requested)
        page.password.textEdited.connect(self._on_typed)
        return page

    def _on_typed(self, text: str) -> None:
        if len(text) == 1:
            self.typing_began.emit()

    def _show_choices(self, choices: Choices) -> None:
        """Show the choices on the present page, which a change of language may have replaced meanwhile."""
        self.page.show_choices(choices)

    def _sign_in(self, sign_in: SignIn) -> None:
        then = partial(self._require_own_password, sign_in)
        self._link.sign_in(sign_in.login, sign_in.password, then, self._refuse)

    def _require_own_password(self, sign_in: SignIn, actor: Actor) -> None:
        """Go on to the counter. An officer whose password an admin chose changes it first."""
        if not actor.must_change:
            self._take_counter(sign_in, actor)
            return
        then = partial(self._take_counter, sign_in, replace(actor, must_change=False))
        box = OwnPasswordBox(self.page.window(), self._link, self._theme, then, sign_in.password)
        box.rejected.connect(self._give_up)
        box.open()

    def _give_up(self) -> None:
        self._link.sign_out()
        self.page.clear()

    def _take_counter(self, sign_in: SignIn, actor: Actor) -> None:
        counter = sign_in.counter

        def finish(_counter: object) -> None:
            self.page.clear()
            if self._keeper is not None:
                self._keeper.keep_seat(KeptSeat(sign_in.login, counter or NO_COUNTER))
            self.seated.emit(SignedInOfficer(actor, counter, sign_in.login))

        if counter is None:
            finish(None)
            return
        self._link.perform(StaffCounter(counter=counter), finish, self._refuse)

    def _refuse(self, error: UserError) -> None:
        self._link.sign_out()
        self.page.show_refusal(error)


def _read_choices(office: Office) -> Choices:
    lobby = office.lobby_board()
    return Choices(lobby.office, office.officers(), lobby.counters)
