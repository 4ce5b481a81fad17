"""A question to an office that may not answer."""

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import BenchLink
from ult_desktop.core.roles import Actor
from ult_desktop.errors import UserError
from ult_desktop.operations.office import Office
from ult_desktop.ui.kiosk.inquiry import Inquiry
from ult_desktop.ui.kiosk.outage_words import is_outage

if TYPE_CHECKING:
    from ult_desktop.ui.link import OfficeLink


class Asker:
    """Asks, and keeps what comes back."""

    def __init__(self) -> None:
        self.link, self.parent = BenchLink(samples.board()), QObject()
        self.inquiry = Inquiry(cast("OfficeLink", self.link), self.parent)
        self.answers: list[object] = []
        self.errors: list[UserError] = []
        self.late: list[object] = []

    def ask(self) -> None:
        self.inquiry.ask(_nothing, self.answers.append, self.errors.append, self.late.append)


def _nothing(_office: Office, _by: Actor) -> None:
    """What is asked does not matter here."""


@pytest.fixture
def asker(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Asker:
    monkeypatch.setattr("ult_desktop.core.connection.OUTAGE_AFTER", 0.05)
    return Asker()


def test_one_question_at_a_time(asker: Asker) -> None:
    asker.ask()
    asker.ask()
    assert len(asker.link.requests) == 1
    asker.link.answer_last("ini")
    assert asker.answers == ["ini"]
    asker.ask()
    asker.link.answer_last(UserError("Bukan."))
    assert [error.what for error in asker.errors] == ["Bukan."]


def test_silence_is_told_as_an_outage_and_a_late_answer_apart(asker: Asker, qtbot: QtBot) -> None:
    asker.ask()
    qtbot.waitUntil(lambda: bool(asker.errors))
    assert is_outage(asker.errors[0])
    assert not asker.inquiry.busy
    asker.link.answer_last("nomor")
    assert (asker.answers, asker.late) == ([], ["nomor"])


def test_who_left_hears_nothing(asker: Asker, qtbot: QtBot) -> None:
    asker.ask()
    asker.inquiry.forget()
    asker.link.answer_last(UserError("Bukan."))
    asker.inquiry.ask(_nothing, asker.answers.append, asker.errors.append)
    asker.inquiry.forget()
    asker.link.answer_last("nomor")
    assert (asker.answers, asker.errors, asker.late) == ([], [], [])
