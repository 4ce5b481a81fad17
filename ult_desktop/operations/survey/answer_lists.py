"""The shipped questionnaire, and lists of answers that were given in a form outside."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import msgspec
import nacl.utils

from ult_desktop.base.paths import resource
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.survey import answer_rows, commands, form, survey
from ult_desktop.core.survey.answer_columns import (
    AnswerColumns,
    answer_table,
    column_words,
    heads_digest,
    told_columns,
)
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey as survey_rows
from ult_desktop.operations.online.list_files import ListFile

BATCH = 200  # rows in one transaction: the share is not locked for a whole year's answers


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a list's import, done or planned: answers added, known before, and rows refused.

    `columns`: what each of its columns was taken for.
    """

    file: str
    added: int
    known: int
    refused: tuple[answer_rows.SurveyRowRefusal, ...]
    columns: AnswerColumns = ()


@lru_cache(maxsize=1)
def questionnaire() -> form.Questionnaire:
    """Return the nine elements of PermenPANRB 14/2017."""
    return read_questionnaire(resource("survey", "skm-14-2017.toml"))


def read_questionnaire(path: Path) -> form.Questionnaire:
    """Return the questionnaire in a file. Raises UserError naming file, line, key and the expected form."""
    return read_settings(path, form.Questionnaire)


def template_line() -> str:
    """Return the header of a list that can be imported, as a line of CSV."""
    return ";".join(column_words(questionnaire()))


def columns_of(file: ListFile, tx: Transaction) -> AnswerColumns:
    """Return what the columns of a list mean.

    If a person has said so for the same column heads before, that is returned; otherwise the heads decide.
    """
    heads = answer_table(file.lines).headers
    return survey_rows.columns_of(tx, heads_digest(heads)) or told_columns(questionnaire(), heads)


def read_answers(
    file: ListFile, columns: AnswerColumns, tx: Transaction, now: int
) -> answer_rows.SurveyListReading:
    """Return the answers in a list. Raises UserError when it lacks a column."""
    known = {
        word.casefold(): row.id
        for row in services.active(tx)
        for word in (row.definition.prefix, row.definition.name.id, row.definition.name.en)
        if word
    }
    ground = answer_rows.SurveyListContext(zone=office_rows.zone(tx), now=now, services=known)
    return answer_rows.read_sheet(questionnaire(), file.lines, ground, columns)


def preview_answers(file: ListFile, columns: AnswerColumns, tx: Transaction, now: int) -> ImportReport:
    """Return what the import of a list would do. Nothing is written.

    Raises UserError when it lacks a column.
    """
    reading = read_answers(file, columns, tx, now)
    known = len(survey_rows.known_rows(tx, reading.rows))
    return _report(file, columns, reading, len(reading.rows) - known)


def import_answers(
    file: ListFile,
    columns: AnswerColumns,
    read: Callable[[Callable[[Transaction], answer_rows.SurveyListReading]], answer_rows.SurveyListReading],
    perform: Callable[[commands.ImportSurvey], int],
    now: int,
) -> ImportReport:
    """Write a list in batches; carried out again it does nothing twice. Its columns are remembered."""
    reading = read(lambda tx: read_answers(file, columns, tx, now))
    # One key for all batches, by which the whole list can be taken back.
    key, heads = nacl.utils.random(16).hex(), heads_digest(answer_table(file.lines).headers)
    asked = (
        commands.ImportSurvey(
            rows=part, seed=nacl.utils.random(16).hex(), key=key, file=file.name, heads=heads, columns=columns
        )
        for part in _parts(reading.rows)
    )
    return _report(file, columns, reading, sum(perform(command) for command in asked))


def _report(
    file: ListFile, columns: AnswerColumns, reading: answer_rows.SurveyListReading, added: int
) -> ImportReport:
    return ImportReport(
        file=file.name, added=added, known=len(reading.rows) - added, refused=reading.refused, columns=columns
    )


def _parts(rows: tuple[survey.OutsideAnswers, ...]) -> list[tuple[survey.OutsideAnswers, ...]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
