"""POS Kepri daring, both branches, at the window of everybody who has a part in it."""

from pathlib import Path

import pytest

from tests.db.rows import open_requests
from tests.journeys.windows.conftest import OpenHouse
from tests.journeys.windows.desk import OfficerWindow
from tests.journeys.windows.house import JourneyOffice
from tests.journeys.windows.truth import StepTruth, require_register, require_true
from tests.ui.conftest import Picture
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.db import online_requests
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.cases.page import CasesPage

AT_ONCE, ASKED_BEHIND = "Dedi Kurniawan", "Ani Lestari"
ANSWER = "Pak Bambang, 10 Desember."
LIST = f"""Nomor Tiket;Tanggal Permohonan;Nama Lengkap;Asal Instansi;Alamat Email;Isi Permohonan
S-1;23/11/2026 08.00;{AT_ONCE};SMPN 1 Tanjungpinang;dedi@dinas.go.id;Mohon data rapor mutu 2025
S-2;23/11/2026 08.00;{ASKED_BEHIND};SDN 3 Bintan;ani@dinas.go.id;Mohon narasumber 10 Desember
"""
SCRIPTS = {
    AT_ONCE: {
        1: StepTruth(StepState.IN_TIME),  # far away: nobody sees how long it takes
        2: StepTruth(StepState.IN_TIME, 10 + 90, Role.FRONT_OFFICE),
        3: StepTruth(StepState.IN_TIME, 5 + 45 + 15, Role.FRONT_OFFICE),  # at home, where nothing is late
    },
    ASKED_BEHIND: {
        1: StepTruth(StepState.IN_TIME),
        2: StepTruth(StepState.IN_TIME, 10 + 90 + 5 + 45 + 15, Role.FRONT_OFFICE),
        3: StepTruth(StepState.IN_TIME, 0, Role.FRONT_OFFICE),
    },
}


@pytest.mark.slow
def test_both_branches(open_house: OpenHouse, tmp_path: Path, picture: Picture) -> None:
    listed = tmp_path / "sempena.csv"
    listed.write_text(LIST, encoding="utf-8")
    house = open_house("bpmp-kepri")
    front = house.desk(Role.FRONT_OFFICE, "Loket 1")
    house.later(10)  # the list lies at SEMPENA; the two days of the applicants run
    load(front, listed, picture)
    page = front.open(CasesPage)
    answer_at_once(house, front, page, picture)
    house.later(5)
    ask_behind(house, front, page, picture)
    answer_behind(house, picture)
    house.later(15)
    reply(front, page, picture)
    for name in (AT_ONCE, ASKED_BEHIND):
        end(house, front, page, name)
        require_true(house, visit_of(house, name), SCRIPTS[name])
    require_register(house, picture, "perjalanan-daring-06-penyimpangan")
    assert set(house.bureau.read(open_requests)) <= {OnlineState.CLOSED}


def load(front: OfficerWindow, listed: Path, picture: Picture) -> None:
    """Step 1: what the applicants filled in at SEMPENA comes as a list."""
    page = front.open(CasesPage)
    front.click(page.import_button)
    front.pick_file(page.import_panel.start.field("path"), listed)
    front.click(page.import_panel.start.verb)
    view = page.import_panel.view
    front.wait(view.isVisible)
    picture(front.window, "perjalanan-daring-01-kolom")
    front.click(view.start_import_button)
    front.click(view.finish_button)
    front.wait(lambda: page.cases.count == 2)


def show(front: OfficerWindow, page: CasesPage, name: str) -> None:
    front.row(page.cases, name)
    front.wait(
        lambda: (
            page.pane.view is not None
            and page.pane.view.card.guest is not None
            and page.pane.view.card.guest.name == name
        )
    )


def take(front: OfficerWindow, page: CasesPage, name: str) -> None:
    show(front, page, name)
    front.act(page.pane.detail.acts, "take")
    front.wait(lambda: "take" not in page.pane.detail.acts.buttons)


def answer_at_once(house: JourneyOffice, front: OfficerWindow, page: CasesPage, picture: Picture) -> None:
    """Step 2a: the front office has the answer itself."""
    take(front, page, AT_ONCE)
    house.later(90)
    assert page.pane.reply is not None
    front.fill(page.pane.reply.form, answer="Terlampir.")
    picture(front.window, "perjalanan-daring-02-balasan")
    front.click(page.pane.reply.form.verb)
    front.wait(lambda: "evaluated" in page.pane.detail.acts.buttons)


def ask_behind(house: JourneyOffice, front: OfficerWindow, page: CasesPage, picture: Picture) -> None:
    """Step 2b: the answer must come from the back office."""
    take(front, page, ASKED_BEHIND)
    front.act(page.pane.detail.acts, "escalate")
    picture(front.box(), "perjalanan-daring-03-teruskan")
    front.submit()
    front.wait(lambda: page.pane.view is not None and page.pane.view.card.case.state is CaseState.ESCALATED)


def answer_behind(house: JourneyOffice, picture: Picture) -> None:
    back = house.desk(Role.BACK_OFFICE)
    page = back.open(InboxPage)
    back.row(page.items, ASKED_BEHIND)
    acts = page.detail.acts
    back.act(acts, "receive")
    back.wait(lambda: "receive" not in acts.buttons)
    house.later(45)
    back.act(acts, "answer")
    back.fill(back.form(), answer=ANSWER)
    picture(back.box(), "perjalanan-daring-04-back-office")
    back.send()
    back.gone()


def reply(front: OfficerWindow, page: CasesPage, picture: Picture) -> None:
    """Lay the back office's words ready in the reply."""
    front.come()
    view = page.pane
    front.wait(lambda: view.reply is not None and view.reply.form.field("answer").value() == ANSWER)
    assert view.reply is not None
    picture(front.window, "perjalanan-daring-05-jawaban-siap")
    front.click(view.reply.form.verb)
    front.wait(lambda: "evaluated" in view.detail.acts.buttons)


def end(house: JourneyOffice, front: OfficerWindow, page: CasesPage, name: str) -> None:
    """Step 3: the applicant has filled in the evaluation; the request is closed."""
    show(front, page, name)
    front.act(page.pane.detail.acts, "evaluated")
    front.wait(lambda: "evaluated" not in page.pane.detail.acts.buttons)
    there = page.cases.count
    front.act(page.pane.detail.acts, "close")
    front.wait(lambda: page.cases.count == there - 1)


def visit_of(house: JourneyOffice, name: str) -> int:
    number = "D-0001/2026" if name == AT_ONCE else "D-0002/2026"
    request = house.bureau.read(lambda tx: online_requests.by_number(tx, number))
    assert request is not None
    assert request.name == name
    return request.visit_id
