"""What the page Survei asks of the office, on the worker thread."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.survey.commands import EnterPaperSurvey, FillSurvey
from ult_desktop.core.survey.period import Period
from ult_desktop.core.survey.survey import Profile, SurveyAnswers, SurveyMode, SurveyToken
from ult_desktop.db.office import services
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.answer_lists import ImportReport, import_answers, questionnaire
from ult_desktop.operations.survey.board import SurveyBoard, survey_board
from ult_desktop.operations.survey.survey import survey_subject

NUMBER, SUGGESTION, DAY, SERVICE = "number", "suggestion", "day", "service"
Services = tuple[tuple[int, str], ...]


def read_board(period: Period, office: Office) -> SurveyBoard:
    return office.read(lambda tx: survey_board(tx, office.clock(), period))


def read_services(office: Office) -> Services:
    """Those in use, as (id, name)."""
    return tuple((row.id, row.definition.name.id) for row in office.read(services.active))


def read_form(values: dict[str, Any]) -> SurveyAnswers:
    """Of a form whose fields bear the keys of elements and of the respondent block."""
    form = questionnaire()
    given = {element.key: values.get(element.key) for element in form.elements}
    return SurveyAnswers(
        answers={key: int(value) for key, value in given.items() if value is not None},
        profile=Profile(**{question.key: values.get(question.key) or "" for question in form.profile}),
        suggestion=values.get(SUGGESTION) or "",
    )


def survey_command(kind: type[Command[Answer]], number: str, office: Office, actor: Actor) -> Answer:
    """An ask about the survey of that number."""
    subject = office.read(lambda tx: survey_subject(tx, number, office.clock()))
    return office.perform(kind(**subject.named), actor)


def fill(values: dict[str, Any], office: Office, actor: Actor) -> SurveyToken | None:
    """What a visitor said to the officer who helps him."""
    subject = office.read(lambda tx: survey_subject(tx, values[NUMBER], office.clock()))
    command = FillSurvey(said=read_form(values), mode=SurveyMode.ASSISTED, **subject.named)
    return office.perform(command, actor)


def enter_paper(values: dict[str, Any], today: date, office: Office, actor: Actor) -> SurveyToken | None:
    """A form of paper, with or without a number on it."""
    number = values[NUMBER]
    subject = office.read(lambda tx: survey_subject(tx, number, office.clock())) if number else None
    command = EnterPaperSurvey(
        said=read_form(values),
        day=values[DAY] or today,
        service_id=values[SERVICE],
        **(subject.named if subject is not None else {}),
    )
    return office.perform(command, actor)


def import_list(path: Path, office: Office, actor: Actor) -> ImportReport:
    return import_answers(path, office.read, lambda command: office.perform(command, actor), office.clock())


def importing(path: str) -> partial[ImportReport]:
    return partial(import_list, Path(path))
