"""A visitor fills in the survey at a kiosk on a real office file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.engines import as_station
from tests.office import make_office, open_office, sign_in, stranger
from tests.ui.conftest import Show
from tests.ui.kiosk.stand import CALM, BenchSpool
from tests.ui.kiosk.test_window import touch
from tests.ui.ports import free_port
from ult_desktop.base.config import KioskConfig, StationConfig, SyncConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue.commands import Finish, IssueTicket, StaffCounter, WalkIn
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.survey.commands import ConfirmSurvey
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup
from ult_desktop.ui.print_service import OnResult, OnState, PrintService


class SurveyHall:
    """The kiosk's window, and the counter at which people are served."""

    def __init__(self, qtbot: QtBot, folder: Path, *, survey_only: bool) -> None:
        self._qtbot, self.path = qtbot, make_office(folder / "share")
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
        path = as_station(self.path, "kiosk")
        self.link = OfficeLink(StationSetup(path, folder / "journal.db", "KIOS", "kiosk", sync))
        self.desk = PrintService(self.link, self._spool)
        config = StationConfig(kiosk=KioskConfig(survey_only=survey_only))
        theme = Theme.for_window("kiosk", 1080, 1920)
        self.window = KioskWindow(self.link, self.desk, theme, config, self.link.now, CALM)
        self.shell = self.window.shell
        self.other = open_office(self.path)
        self.officer = sign_in(self.other)
        self.other.perform(StaffCounter(counter=1), self.officer)

    def _spool(self, on_result: OnResult, on_state: OnState) -> Spool:
        return cast("Spool", BenchSpool(on_result, on_state))

    def wait(self, fact: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(fact()))

    @property
    def screen(self) -> Screen:
        return self.window.flow.scene.visit.screen

    def serve(self) -> Ticket:
        ticket: Ticket = self.other.perform(WalkIn(counter=1, service_id=1), self.officer)
        self.other.perform(Finish(counter=1), self.officer)
        return ticket

    def ask_number(self) -> None:
        """Through the door "Isi survei"."""
        self.wait(lambda: self.shell.page is self.shell.home)
        touch(self.shell.home.shortcuts.tiles[CodePurpose.SURVEY])

    def enter(self, number: str) -> None:
        """Typed on the page's keyboard, or by a scanner."""
        self.wait(lambda: self.shell.page is self.shell.code.page)
        QTest.keyClicks(self.shell.code.page, number)
        QTest.keyClick(self.shell.code.page, Qt.Key.Key_Return)

    def answer(self, *places: int) -> None:
        for place in places:
            touch(self.shell.survey.page.grid.cards[place])

    def leave_the_thanks(self) -> None:
        """They stand for a while; nobody waits it out here."""
        self.wait(lambda: self.screen is Screen.SURVEY_DONE)
        assert self.window.survey._stay.isActive()
        self.window.survey._stay.start(0)
        self.wait(lambda: self.screen is Screen.HOME)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        link = stranger(self.path)
        try:
            return link.execute(sql).fetchall()
        finally:
            link.close()

    def close(self) -> None:
        self.window.close()
        self.desk.close()
        self.link.close()
        self.other.close()


@pytest.fixture
def survey_only() -> bool:
    return False


@pytest.fixture
def hall(qtbot: QtBot, show: Show, tmp_path: Path, survey_only: bool) -> Iterator[SurveyHall]:
    hall = SurveyHall(qtbot, tmp_path, survey_only=survey_only)
    show(hall.window, 1080, 1920)
    yield hall
    hall.close()


def test_from_the_number_to_thanks(hall: SurveyHall) -> None:
    ticket = hall.serve()
    hall.ask_number()
    hall.enter(ticket.label)
    hall.wait(lambda: hall.screen is Screen.SURVEY)
    hall.answer(*[3] * 8)
    touch(hall.shell.foot.back_button)
    hall.answer(0, 2)
    hall.answer(1)
    touch(hall.shell.survey.page.skip_button)
    assert hall.shell.page is hall.shell.suggestion.page
    QTest.keyClicks(hall.shell.suggestion.page, "Kursi")
    touch(hall.shell.suggestion.page.go_on_button)
    hall.leave_the_thanks()
    counted = "SELECT value, count(*) FROM survey_answer GROUP BY value ORDER BY value"
    assert hall.rows(counted) == [(1, 1), (3, 1), (4, 7)]
    assert hall.rows("SELECT mode, jenis_kelamin, usia FROM survey_response") == [("kiosk", "P", "")]
    assert hall.rows("SELECT text FROM survey_suggestion") == [("Kursi",)]
    assert hall.window.flow.scene.visit == KioskVisit()
    assert hall.shell.suggestion.page.text == ""


def test_a_number_without_a_survey_says_why_beside_it(hall: SurveyHall) -> None:
    waiting = hall.other.perform(IssueTicket(service_id=1), hall.officer).ticket
    hall.ask_number()
    hall.enter(waiting.label)
    hall.wait(lambda: "belum dilayani" in hall.shell.code.page.question.trouble)
    assert hall.screen is Screen.CODE


def test_stopping_keeps_nothing(hall: SurveyHall) -> None:
    ticket = hall.serve()
    hall.ask_number()
    hall.enter(ticket.code)
    hall.wait(lambda: hall.screen is Screen.SURVEY)
    touch(hall.shell.survey.page.skip_button)
    hall.answer(3, 3)
    touch(hall.shell.survey.page.stop_button)
    assert hall.window.flow.scene.visit == KioskVisit()
    assert hall.rows("SELECT * FROM survey_response") == []
    assert hall.rows("SELECT * FROM survey_token") == []


def test_the_way_back_leads_to_the_number(hall: SurveyHall) -> None:
    ticket = hall.serve()
    hall.ask_number()
    hall.enter(ticket.label)
    hall.wait(lambda: hall.screen is Screen.SURVEY)
    touch(hall.shell.foot.back_button)
    assert (hall.screen, hall.window.flow.scene.visit.purpose) == (Screen.CODE, CodePurpose.SURVEY)
    hall.answer(0)
    hall.window.survey._skip()
    hall.window.survey._send("")
    assert hall.screen is Screen.CODE


def test_whoever_stops_touching_leaves_nothing_behind(hall: SurveyHall) -> None:
    ticket = hall.serve()
    hall.ask_number()
    hall.enter(ticket.label)
    hall.wait(lambda: hall.screen is Screen.SURVEY)
    touch(hall.shell.survey.page.skip_button)
    hall.answer(*[3] * 9)
    QTest.keyClicks(hall.shell.suggestion.page, "Kur")
    hall.window.waiting.over.emit()
    assert (hall.screen, hall.shell.suggestion.page.text) == (Screen.HOME, "")
    assert hall.rows("SELECT * FROM survey_response") == []


def test_who_left_meanwhile_is_not_called_back(hall: SurveyHall) -> None:
    ticket = hall.serve()
    hall.ask_number()
    hall.window.survey.begin(ticket.label)
    hall.window.end_visit()
    hall.window.survey.begin("Z999")
    hall.wait(lambda: "tidak ditemukan" in hall.shell.code.page.question.trouble)
    assert hall.screen is Screen.CODE


def test_answers_that_come_too_late_are_refused_in_words(hall: SurveyHall) -> None:
    ticket = hall.serve()
    hall.ask_number()
    hall.enter(ticket.label)
    hall.wait(lambda: hall.screen is Screen.SURVEY)
    hall.other.perform(ConfirmSurvey(ticket_id=ticket.id), hall.officer)
    touch(hall.shell.survey.page.skip_button)
    hall.answer(*[3] * 9)
    touch(hall.shell.suggestion.page.go_on_button)
    hall.window.survey._send("sekali lagi")
    hall.wait(lambda: hall.screen is Screen.REFUSED)
    assert "sudah diisi" in hall.shell.notice.title.text()
    hall.window.end_visit()
    hall.window.survey._on_refused(UserError("Terlambat."))
    hall.window.survey._on_sent(None)
    assert hall.screen is Screen.HOME


@pytest.mark.parametrize("survey_only", [True])
def test_a_screen_for_nothing_but_the_survey(hall: SurveyHall) -> None:
    ticket = hall.serve()
    hall.enter(ticket.label)
    hall.wait(lambda: hall.screen is Screen.SURVEY)
    touch(hall.shell.survey.page.skip_button)
    hall.answer(*[2] * 9)
    touch(hall.shell.suggestion.page.go_on_button)
    hall.leave_the_thanks()
    assert hall.shell.page is hall.shell.code.page
    assert hall.rows("SELECT mode FROM survey_response") == [("screen",)]
