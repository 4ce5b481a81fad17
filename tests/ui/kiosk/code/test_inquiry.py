"""A question to the office, and a visitor who may not wait for the answer."""

from typing import TYPE_CHECKING, cast

import pytest

from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import BenchLink
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery

if TYPE_CHECKING:
    from ult_desktop.ui.office_link.link import OfficeLink


class Asker:
    """Asks, and keeps what comes back."""

    def __init__(self) -> None:
        self.link = BenchLink(samples.board())
        self.inquiry = VisitorQuery(cast("OfficeLink", self.link))
        self.answers: list[object] = []
        self.errors: list[UserError] = []
        self.late: list[object] = []

    def ask(self) -> None:
        self.inquiry.ask(_nothing, self.answers.append, self.errors.append, self.late.append)


def _nothing(_office: Office, _by: Actor) -> None:
    """Answer nothing: what is asked does not matter here."""


@pytest.fixture
def asker() -> Asker:
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
    assert not asker.inquiry.is_busy


def test_an_answer_for_who_left_is_told_apart(asker: Asker) -> None:
    asker.ask()
    asker.inquiry.forget()
    asker.ask()
    asker.link.answer_last("kini")
    asker.link.answer_last("dulu")
    assert (asker.answers, asker.late) == (["kini"], ["dulu"])


def test_who_left_hears_nothing(asker: Asker) -> None:
    asker.ask()
    asker.inquiry.forget()
    asker.link.answer_last(UserError("Bukan."))
    asker.inquiry.ask(_nothing, asker.answers.append, asker.errors.append)
    asker.inquiry.forget()
    asker.link.answer_last("nomor")
    assert (asker.answers, asker.errors, asker.late) == ([], [], [])
