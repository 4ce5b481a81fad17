"""The answers of a contented visitor."""

from ult_desktop.core.survey.commands import FillSurvey
from ult_desktop.core.survey.survey import SurveyAnswers, SurveyMode
from ult_desktop.operations.survey.answer_lists import questionnaire


def best_answers(visit_id: int, *, assisted: bool = False) -> FillSurvey:
    """Nine times the best answer, by the visitor or with an officer's help."""
    answers = {element.key: 4 for element in questionnaire().elements}
    mode = SurveyMode.ASSISTED if assisted else SurveyMode.KIOSK
    return FillSurvey(visit_id=visit_id, said=SurveyAnswers(answers=answers), mode=mode)
