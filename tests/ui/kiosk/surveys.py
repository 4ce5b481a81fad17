"""A visitor's survey on the bench: its questions, and a run as far as a test wants it."""

from ult_desktop.core.survey.survey import SurveyStart, SurveyTicket
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.ui.kiosk.survey.survey_page import SurveyRun

TICKET = SurveyTicket(ticket_id=12, label="A012", service="Informasi & Konsultasi")


def start() -> SurveyStart:
    form = questionnaire()
    return SurveyStart(ticket=TICKET, elements=form.ordered("kuesioner"), profile=form.profile)


def run(answered: int = 0) -> SurveyRun:
    """With so many elements answered with their best."""
    made = SurveyRun(start())
    for _n in range(answered):
        made = made.with_answer(3)
    return made
