"""The shipped questionnaire, and the importer of lists of answers that were given in a form outside."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import nacl.utils

from ult_desktop.base import counted, formats, language
from ult_desktop.base.paths import resource
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import KeptRow, ListBatch
from ult_desktop.core.lists.understanding import AcceptedRow
from ult_desktop.core.survey import commands, form
from ult_desktop.core.survey.answer_columns import column_words
from ult_desktop.core.survey.answer_rows import AnswerList
from ult_desktop.core.survey.survey import OutsideAnswers
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey as survey_rows
from ult_desktop.operations.office.office import Office


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


class AnswerLists(msgspec.Struct, frozen=True):
    """The importer of lists of answers. `paper`: somebody typed them from forms on paper."""

    paper: bool = False

    def kind(self, tx: Transaction, now: int) -> AnswerList:
        active = services.active(tx)
        id_by_word = {word: row.id for word, row in services.by_word(active).items()}
        name_by_id = {row.id: row.definition.name.within(language()) for row in active}
        return AnswerList(
            form=questionnaire(),
            zone=office_rows.zone(tx),
            now=now,
            services=id_by_word,
            service_words=name_by_id,
        )

    def known_rows(self, office: Office, rows: Sequence[AcceptedRow[OutsideAnswers]]) -> dict[int, str]:
        """Return the files with which rows were imported before, by the rows' own numbers."""
        answers = [accepted.row for accepted in rows]
        file_by_digest = office.read(lambda tx: survey_rows.known_rows(tx, answers))
        return {
            accepted.number: file_by_digest[accepted.row.digest]
            for accepted in rows
            if accepted.row.digest in file_by_digest
        }

    def write_command(self, rows: Sequence[OutsideAnswers], batch: ListBatch) -> Command[int]:
        seed = nacl.utils.random(16).hex()
        return commands.ImportSurvey(rows=tuple(rows), seed=seed, batch=batch, paper=self.paper)

    def count_letters(self, row: OutsideAnswers) -> int:
        return len(row.said.suggestion)

    def undo_command(self, import_id: int) -> Command[int]:
        return commands.UndoSurveyImport(import_id=import_id)

    def kept_rows(self, tx: Transaction, import_id: int) -> tuple[KeptRow, ...]:  # noqa: ARG002  (nobody works on one)
        return ()

    def words(self, row: OutsideAnswers) -> tuple[str, str]:
        answered = counted("{n} unsur dijawab", len(row.said.answers))
        return formats.format_date(row.day, "long"), " · ".join(filter(None, (answered, row.said.suggestion)))
