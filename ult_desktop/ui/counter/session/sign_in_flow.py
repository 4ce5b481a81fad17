"""The flow of signing in: the page, the password, the seat at the counter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from ult_desktop.base import _
from ult_desktop.base.policy import policy_or_nothing
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.commands import StaffCounter
from ult_desktop.db.store.drafts import KeptSeat
from ult_desktop.ui.counter.health.file_care import ask_to_restore
from ult_desktop.ui.counter.session.password_box import OwnPasswordBox, help_who_forgot
from ult_desktop.ui.counter.session.sign_in import NO_COUNTER, Choices, SignIn, SignInPage

if TYPE_CHECKING:
    from ult_desktop.base import UserError
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.kit.forms.drafts import DraftKeeper
    from ult_desktop.ui.office_link.link import OfficeLink


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
        language_requested: "id" or "en".
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
        self.page.repair.setVisible(self._link.needs_restore and policy_or_nothing().repair)

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
        page.repair.clicked.connect(self._ask_repair)
        page.forgot.clicked.connect(self._help_with_forgotten)
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
