"""The survey's words."""

from tests.survey import said
from ult_desktop.core.survey.commands import FillSurvey
from ult_desktop.core.survey.survey import TokenState


def test_every_state_has_its_word() -> None:
    assert len({state.word for state in TokenState}) == len(TokenState)


def test_the_journal_keeps_that_it_was_filled_in_and_not_what() -> None:
    command = FillSurvey(said=said("432143214", "kursi", usia="17-25"), ticket_id=4)
    kept = command.journalled()
    assert isinstance(kept, FillSurvey)
    assert (kept.ticket_id, kept.said.answers, kept.said.suggestion, kept.said.profile.usia) == (
        4,
        {},
        "",
        "",
    )
