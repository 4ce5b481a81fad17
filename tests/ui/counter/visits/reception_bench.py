"""Reception with its page Tamu open, and a visitor whom the guard welcomed."""

from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.visits.commands import WelcomeVisitor
from ult_desktop.core.visits.guest_book import VisitCard
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.visits import guests
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.visits.guests_page import GuestsPage


class ReceptionBench:
    """Nina at reception; Amir at the door has welcomed a visitor."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.guard = bench.sign_in("amir", Role.SECURITY, name="Pak Amir")
        self.nina = bench.sign_in("nina", Role.RECEPTION, name="Nina Sari")
        self.visit = self.welcome()

    def welcome(self) -> Visit:
        visit: Visit = self.bench.do(WelcomeVisitor(), self.guard)
        return visit

    def open(self, size: tuple[int, int] = (1366, 768)) -> GuestsPage:
        """The page with the visitor chosen."""
        self.page = self.bench.open(GuestsPage, size)
        self.page.open_subject(self.visit.id)
        self.bench.wait(self.page.acts.actions)
        return self.page

    def card(self) -> VisitCard:
        found = self.bench.office.read(lambda tx: guests.visit_card(tx, self.visit.id))
        assert found is not None
        return found

    def press(self, act: str) -> None:
        """The button of an act, or its line behind “Lainnya”."""
        self.bench.act(self.page.view, act)

    def box(self, act: str) -> FormBox:
        """The form of an act."""
        self.press(act)
        box = self.bench.box()
        assert isinstance(box, FormBox)
        return box

    def send(self, box: FormBox, told: str) -> None:
        box.form.submit()
        self.bench.wait(lambda: told in self.bench.toast)
