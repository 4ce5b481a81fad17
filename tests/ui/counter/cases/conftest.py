"""A bench in an office whose desks all have somebody, with visitors and cases made in one line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD
from tests.personal import all_keys
from tests.ui.conftest import Show
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.case import Case
from ult_desktop.core.cases.case_views import CaseCard
from ult_desktop.core.cases.commands import Escalate, OpenCase
from ult_desktop.core.cases.escalation import CaseDesk, Escalation
from ult_desktop.core.command import Command
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.cases.case_views import case_card
from ult_desktop.db.office import services
from ult_desktop.db.visits import visits
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.widgets.button import Button

PEOPLE = {
    "bela": ("Bela Anggraini", Role.BACK_OFFICE),
    "bono": ("Bono Prasetyo", Role.BACK_OFFICE),
    "umar": ("Umar Hadi", Role.RELATED_UNIT),
    "putri": ("Putri Lestari", Role.PPID),
    "hadi": ("Hadi Saputra", Role.HELPDESK),
}


class CaseBench(Bench):
    """Siti is at counter 1; everybody else of `PEOPLE` sits at a desk without a counter."""

    def __init__(self, qtbot: QtBot, show: Show, folder: Path) -> None:
        super().__init__(qtbot, show, folder)
        self._actors: dict[str, Actor] = {}
        for login, (name, role) in PEOPLE.items():
            self.engage(login, role, name=name)
        self.by("siti", commands.StaffCounter(counter=1))

    def actor(self, login: str) -> Actor:
        if login not in self._actors:
            with all_keys(self.office):
                self._actors[login] = self.office.sign_in(login, PASSWORD)
        return self._actors[login]

    def run_only(self, procedure: str) -> None:
        """The office runs this one for who comes in person."""
        admin = self.actor("admin")
        self.do(RetireProcedure(procedure_id="kaltara-helpdesk"), admin)
        self.do(AdoptProcedure(procedure=load_procedure(procedure)), admin)

    def id(self, login: str) -> int:
        return self.actor(login).officer_id or 0

    def by(self, login: str, command: Command) -> Any:  # noqa: ANN401  (each ask has its own answer)
        """Perform at another station as that officer, a second later."""
        self.clock.now += 1000
        return self.do(command, self.actor(login))

    def serve(self) -> Ticket:
        """Somebody is called to counter 1; whoever sat there is done."""
        service = self.office.read(services.active)[0].id
        number = self.by("siti", commands.IssueTicket(service_id=service)).ticket
        self.by("siti", commands.CallTicket(counter=1, ticket_id=number.id))
        called: Ticket = self.by("siti", commands.Arrive(counter=1))
        return called

    def visit(self, name: str = "Ani Guru", institution: str = "SDN 1 Tarakan") -> int:
        ticket = self.serve()
        visit = self.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
        assert visit is not None
        guest = SignGuestBook(visit_id=visit.id, name=name, institution=institution, phone="081234567890")
        self.by("siti", guest)
        self.by("siti", commands.Finish(counter=1))
        return visit.id

    def case(self, detail: str = "Tunjangan triwulan III belum cair", name: str = "Ani Guru") -> Case:
        found: Case = self.by("siti", OpenCase(visit_id=self.visit(name), detail=detail))
        return found

    def hop(self, to: CaseDesk = CaseDesk.BACK_OFFICE, detail: str = "Tunjangan belum cair") -> Escalation:
        """A case that the front office sent on."""
        command = Escalate(case_id=self.case(detail).id, instruction="Mohon dicek di SIMTUN", to=to)
        found: Escalation = self.by("siti", command)
        return found

    def card(self, case_id: int) -> CaseCard:
        found = self.office.read(lambda tx: case_card(tx, case_id))
        assert found is not None
        return found

    def top(self) -> Any:  # noqa: ANN401  (each dialog has parts of its own)
        """The dialog that was opened last."""
        boxes = [box for box in self.frame.findChildren(Box) if box.isVisible()]
        assert boxes
        return boxes[-1]

    def grown(self) -> Any:  # noqa: ANN401
        """Return the same box, once it has the height that its questions need."""
        for _round in range(6):
            QCoreApplication.processEvents()
        return self.top()

    def form(self) -> Form:
        box = self.top()
        assert isinstance(box, FormBox), box.title.text()
        return box.form

    def submit(self, told: str, **values: object) -> None:
        """Fill in the form of the open dialog; it closes and says so."""
        form = self.form()
        form.show_values(values)
        self.frame.toast.hide()
        form.submit()
        self.wait(lambda: self.toast.split("\n")[0] == told)

    def reason(self, text: str, verb: str) -> None:
        """Answer the dialog that asks why."""
        line = self.top().findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText(text)
        self.press_in_box(verb)

    def press_in_box(self, words: str) -> None:
        """Press a button of the dialog opened last by its words."""
        found = [
            each for each in self.top().findChildren(Button) if words in each.text() and each.isEnabled()
        ]
        assert len(found) == 1, [each.text() for each in self.top().findChildren(Button)]
        found[0].click()


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this account's documents are."""
    folder = tmp_path / "Dokumen"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for variable in ("XDG_DOCUMENTS_DIR", "WIN_PD_OVERRIDE_PERSONAL"):
        monkeypatch.setenv(variable, str(folder))
    return folder / "ult-desktop"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A letter as its scanner left it."""
    path = tmp_path / "surat tugas.pdf"
    path.write_bytes(b"%PDF-1.7 surat")
    return path


@pytest.fixture
def bench(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[CaseBench]:
    made = CaseBench(qtbot, show, tmp_path)
    yield made
    made.close()
