"""Survey answers on the backup disk: no journal holds them, so they lie next to the backup that lacks them.

`office-20261123T021320Z.jawaban` has what came after `office-20261123T021320Z.db`, as readable as that, in
the order of the random ids, which does not tell when an answer came. It is deleted with its backup.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from ult_desktop.core.survey.survey import SurveyMode
from ult_desktop.db.backup import backup
from ult_desktop.db.office import office
from ult_desktop.db.store import errors, key_ranges, share_files
from ult_desktop.db.store.key_ranges import KeyRange, Reader
from ult_desktop.db.store.transaction import Rows, Transaction

log = logging.getLogger(__name__)
Row = TypeVar("Row", bound=msgspec.Struct)
AT_ONCE = 200  # rows that are read or written in one transaction
_ENDING = ".jawaban"


class KeptResponse(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `survey_response` with its answers."""

    id: str
    day: str
    edition: str
    mode: SurveyMode
    service_id: int | None
    jenis_kelamin: str
    usia: str
    pendidikan: str
    pekerjaan: str
    answers: dict[str, int]


class KeptSuggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `survey_suggestion`."""

    id: str
    month: str
    text: str


class KeptAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The answers and suggestions that came after a backup."""

    office: str
    responses: tuple[KeptResponse, ...]
    suggestions: tuple[KeptSuggestion, ...]


_RESPONSES = Rows(
    KeptResponse,
    "survey_response r",
    "(SELECT json_group_object(element, value) FROM survey_answer WHERE response_id = r.id) AS answers_json",
)
_SUGGESTIONS = Rows(KeptSuggestion, "survey_suggestion s")
_decode = msgspec.json.Decoder(KeptAnswers).decode


def copy_new(read: Reader, backup_file: Path) -> int:
    """Write the survey answers that the backup lacks next to it; return how many surveys they are of.

    Raises:
        sqlite3.Error, OSError: the backup cannot be read, or its folder not be written.
    """
    with closing(backup.open_to_read(backup_file)) as link:
        read_backup = key_ranges.reader_of(Transaction(link))
        answers = KeptAnswers(
            office=read(office.uid_of),
            responses=tuple(_new_rows(read, read_backup, "survey_response", _RESPONSES)),
            suggestions=tuple(_new_rows(read, read_backup, "survey_suggestion", _SUGGESTIONS)),
        )
    share_files.write_whole(backup_file.with_suffix(_ENDING), msgspec.json.encode(answers))
    return len(answers.responses)


def _new_rows(read: Reader, read_backup: Reader, table: str, rows: Rows[Row]) -> Iterator[Row]:
    """Yield the rows of a table that the backup lacks."""
    new_ids: list[str] = []
    for span, ids in key_ranges.walk(read, table, _span_and_ids):
        _span, ids_in_backup = read_backup(partial(_span_and_ids, span=span))
        new_ids += sorted(set(ids) - set(ids_in_backup))
    for start in range(0, len(new_ids), AT_ONCE):
        ids_json = msgspec.json.encode(new_ids[start : start + AT_ONCE]).decode()
        yield from read(lambda tx: rows.all(tx, "WHERE id IN (SELECT value FROM json_each(?))", ids_json))  # noqa: B023


def _span_and_ids(tx: Transaction, span: KeyRange) -> tuple[KeyRange, list[str]]:
    return span, tx.column(f"SELECT id FROM {span.table} WHERE {span.condition}", *span.values)


def delete_orphans(home: Path) -> None:
    """Delete the files of answers whose backup is there no more.

    Raises OSError where the folder cannot be read, or a file cannot be deleted.
    """
    answers = share_files.list_files(home, f"*{_ENDING}")
    # Not `Path.exists`: on a dead disk it is False for every backup.
    backup_names = {path.stem for path in share_files.list_files(home, "*.db")}
    for path in answers:
        if path.stem not in backup_names:
            path.unlink(missing_ok=True)


def restore_answers(write: Callable[[Callable[[Transaction], int]], int], folder: Path, uid: str) -> int:
    """Write into the office of `uid` the answers and suggestions in `folder` that it lacks.

    Returns the number of surveys of its own visitors. What was imported from outside is not counted: the
    journals have it too.

    Raises:
        UserError: the folder cannot be read.
    """
    count = 0
    with backup.reporting_unreadable(folder):
        paths = list(share_files.find_files(folder, f"*{_ENDING}"))
    for path in paths:
        answers = _read(path)
        if answers is None or answers.office != uid:
            continue
        rows: tuple[KeptResponse | KeptSuggestion, ...] = (*answers.responses, *answers.suggestions)
        for start in range(0, len(rows), AT_ONCE):
            count += write(partial(_put, rows=rows[start : start + AT_ONCE]))
    return count


def _read(path: Path) -> KeptAnswers | None:
    try:
        return _decode(share_files.read_whole(path))
    except (OSError, *errors.UNREADABLE) as error:
        log.warning("%s: %s", path, error)
        return None


def _put(tx: Transaction, rows: tuple[KeptResponse | KeptSuggestion, ...]) -> int:
    """Write answers and suggestions; return how many responses are new, those from outside not counted.

    A response is left out if the office lacks its service, because the replay refused the service's making.
    """
    services = tx.column("SELECT id FROM service")
    new = 0
    for row in rows:
        if isinstance(row, KeptSuggestion):
            tx.add("survey_suggestion", row)
        elif row.service_id not in (None, *services):
            log.warning("survey answer %s is left out: the office has no service %s", row.id, row.service_id)
        elif _put_response(tx, row) and row.mode is not SurveyMode.OUTSIDE:
            new += 1
    return new


def _put_response(tx: Transaction, row: KeptResponse) -> bool:
    columns = {name: getattr(row, name) for name in row.__struct_fields__ if name != "answers"}
    if not tx.add("survey_response", **columns):
        return False
    for element, value in row.answers.items():
        tx.insert("survey_answer", response_id=row.id, element=element, value=value)
    return True
