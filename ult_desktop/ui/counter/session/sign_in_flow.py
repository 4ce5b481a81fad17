"""The flow of signing in: the page, the password, the seat at the counter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from ult_desktop.base import _
from ult_desktop.base.policy import allowed
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
        coming: the first letter of a password was typed.
        seated: the officer has signed in, and has taken their counter (a `SignedInOfficer`).
        language_requested: "id" or "en".
    """

    coming = Signal()
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
        self._link.read(_choices, self._show_choices)

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
        self.page.repair.setVisible(self._link.needs_restore and allowed().repair)

    def _ask_repair(self) -> None:
        ask_to_restore(self.page.window(), self._theme)

    def _help_who_forgot(self) -> None:
        officer = self.page.chosen
        if officer is not None:
            help_who_forgot(self.page.window(), self._link, self._theme, officer, self._password_changed)

    def _password_changed(self) -> None:
        self.page.clear()
        self.page.password.setFocus()

    def _new_page(self) -> SignInPage:
        page = SignInPage(self._theme, self._counter)
        page.repair.clicked.connect(self._ask_repair)
        page.forgot.clicked.connect(self._help_who_forgot)
        page.sign_in_requested.connect(self._sign_in)
        page.language_requested.connect(self.language_requested)
        page.password.textEdited.connect(self._hear_typing)
        return page

    def _hear_typing(self, text: str) -> None:
        if len(text) == 1:
            self.coming.emit()

    def _show_choices(self, choices: Choices) -> None:
        """Show the choices on the present page, which a change of language may have replaced meanwhile."""
        self.page.show_choices(choices)

    def _sign_in(self, wish: SignIn) -> None:
        self._link.sign_in(wish.login, wish.password, partial(self._come_in, wish), self._refuse)

    def _come_in(self, wish: SignIn, actor: Actor) -> None:
        """Let the officer in, after they changed a password that was given to them."""
        if not actor.must_change:
            self._sit_down(wish, actor)
            return
        then = partial(self._sit_down, wish, replace(actor, must_change=False))
        box = OwnPasswordBox(self.page.window(), self._link, self._theme, then, given=wish.password)
        box.rejected.connect(self._stay_out)
        box.open()

    def _stay_out(self) -> None:
        self._link.sign_out()
        self.page.clear()

    def _sit_down(self, wish: SignIn, actor: Actor) -> None:
        counter = wish.counter

        def seated(_line: object) -> None:
            self.page.clear()
            if self._keeper is not None:
                self._keeper.keep_seat(KeptSeat(wish.login, counter or NO_COUNTER))
            self.seated.emit(SignedInOfficer(actor, counter, wish.login))

        if counter is None:
            seated(None)
            return
        self._link.perform(StaffCounter(counter=counter), seated, self._refuse)

    def _refuse(self, error: UserError) -> None:
        self._link.sign_out()
        self.page.show_refusal(error)


def _choices(office: Office) -> Choices:
    lobby = office.lobby_board()
    return Choices(lobby.office, office.officers(), lobby.counters)
