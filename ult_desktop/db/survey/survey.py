"""The satisfaction survey: tokens of visits, answers without a name, and what they add up to."""

from collections.abc import Iterable, Sequence

import msgspec
import nacl.hash
import nacl.utils
from msgspec.structs import astuple

from ult_desktop.core.survey import index, survey
from ult_desktop.db.store.transaction import Transaction

_IN_PERIOD = "WHERE r.day >= ? AND r.day <= ?"


def token_of(tx: Transaction, visit_id: int) -> survey.SurveyToken | None:
    return tx.maybe(
        survey.SurveyToken, "SELECT visit_id, state, at FROM survey_token WHERE visit_id = ?", visit_id
    )


def set_token(tx: Transaction, token: survey.SurveyToken, day: str) -> None:
    """Write a visit's token in place of the former one; the caller has checked that this is allowed."""
    tx.put("survey_token", "visit_id", token, day=day)


class ResponseFiling(msgspec.Struct, frozen=True, kw_only=True):
    """The keys by which an answer is filed: the office's day, the questionnaire's edition, mode, service."""

    day: str
    edition: str
    mode: survey.SurveyMode
    service_id: int | None


class NewResponse(msgspec.Struct, frozen=True, kw_only=True):
    """Answers that are written. Their ids are random, or follow from a secret `seed`."""

    answers: survey.SurveyAnswers
    filing: ResponseFiling
    seed: str = ""

    def new_id(self, part: str) -> str:
        """Return an id that nothing else knows, for the answers or their suggestion."""
        # Never a running number: the order in which answers came would tell whose they are.
        if not self.seed:
            return nacl.utils.random(16).hex()
        return nacl.hash.sha256(f"{self.seed} {part}".encode()).decode()[:32]


def add_responses(tx: Transaction, responses: Sequence[NewResponse], import_id: int | None = None) -> None:
    """Write answers and their suggestions; those of an import can be deleted with it (`take_back`)."""
    with_ids = [(new.new_id("answers"), new) for new in responses]
    columns = ("id", "import_id", *ResponseFiling.__struct_fields__, *survey.Profile.__struct_fields__)
    tx.insert_many(
        "survey_response",
        columns,
        [(id_, import_id, *astuple(new.filing), *astuple(new.answers.profile)) for id_, new in with_ids],
    )
    tx.insert_many(
        "survey_answer",
        ("response_id", "element", "value"),
        [(id_, element, value) for id_, new in with_ids for element, value in new.answers.answers.items()],
    )
    # With the month only, and an id of its own: its day would lead to the answers of the same person.
    tx.insert_many(
        "survey_suggestion",
        ("id", "month", "text", "import_id"),
        [
            (new.new_id("suggestion"), new.filing.day[:7], new.answers.suggestion, import_id)
            for new in responses
            if new.answers.suggestion
        ],
    )


def remember_rows(tx: Transaction, rows: Iterable[survey.OutsideAnswers], import_id: int) -> None:
    """Remember rows of an outside form by their two digests, so that none is imported a second time."""
    digests = [(digest, import_id) for row in rows for digest in (row.digest, row.whole) if digest]
    tx.insert_many("survey_import", ("digest", "import_id"), digests)


def known_rows(tx: Transaction, rows: Sequence[survey.OutsideAnswers]) -> dict[str, str]:
    """Return the file from which a row was imported before, by the row's digest, for each row that was.

    A row is known by either of its two digests.
    """
    files_by_digest = dict(
        tx.rows_among(
            "SELECT s.digest, coalesce(i.file, '') FROM survey_import s"
            " LEFT JOIN list_import i ON i.id = s.import_id WHERE s.digest IN (?)",
            [digest for row in rows for digest in (row.digest, row.whole)],
        )
    )
    known = dict[str, str]()
    for row in rows:
        for digest in (row.whole, row.digest):
            if digest in files_by_digest:
                known[row.digest] = files_by_digest[digest]
    return known


def take_back(tx: Transaction, import_id: int, limit: int) -> int:
    """Delete at most `limit` of an import's answers; return how many were deleted."""
    ids = tx.column("SELECT id FROM survey_response WHERE import_id = ? LIMIT ?", import_id, limit)
    for response_id in ids:
        tx.run("DELETE FROM survey_answer WHERE response_id = ?", response_id)
        tx.run("DELETE FROM survey_response WHERE id = ?", response_id)
    return len(ids)


def forget_import(tx: Transaction, import_id: int) -> None:
    """Delete an import's suggestions and digests, because its last answers are gone."""
    for table in ("survey_suggestion", "survey_import"):
        tx.run(f"DELETE FROM {table} WHERE import_id = ?", import_id)


def result(tx: Transaction, first: str, last: str) -> survey.SurveyResult:
    """Return the numbers of whole months, from the day `first` to the day `last` ("2026-11-30")."""
    answered, assisted = respondents(tx, first, last)
    profile = list[survey.ProfileCount]()
    for question in survey.Profile.__struct_fields__:
        profile.extend(_count_profile(tx, question, first, last))
    return survey.SurveyResult(
        first=first,
        last=last,
        respondents=answered,
        assisted=assisted,
        visits=_count_recipients(tx, first, last),
        totals=totals(tx, first, last),
        profile=tuple(profile),
        tokens={
            state: tx.number(
                "SELECT count(*) FROM survey_token WHERE day >= ? AND day <= ? AND state = ?",
                *(first, last, state),
            )
            for state in survey.TokenState
        },
    )


def totals(tx: Transaction, first: str, last: str) -> tuple[index.ElementTotal, ...]:
    """Add up the answers of those days by element."""
    return tx.all(
        index.ElementTotal,
        "SELECT a.element, count(*) AS answers, sum(a.value) AS total FROM survey_response r"
        f" JOIN survey_answer a ON a.response_id = r.id {_IN_PERIOD} GROUP BY a.element"
        " ORDER BY a.element",
        *(first, last),
    )


def of_services(tx: Transaction, first: str, last: str) -> tuple[survey.ServiceAnswers, ...]:
    """Add up the answers of those days by service and element."""
    return tx.all(
        survey.ServiceAnswers,
        "SELECT r.service_id, a.element, count(*) AS answers, sum(a.value) AS total FROM survey_response r"
        f" JOIN survey_answer a ON a.response_id = r.id {_IN_PERIOD} GROUP BY r.service_id, a.element"
        " ORDER BY coalesce(r.service_id, 0), a.element",
        *(first, last),
    )


def respondents_of_services(tx: Transaction, first: str, last: str) -> dict[int | None, int]:
    """Count the respondents of each service; None is for answers that named no service."""
    sql = (
        f"SELECT r.service_id, count(*) FROM survey_response r {_IN_PERIOD} GROUP BY r.service_id ORDER BY 1"
    )
    return dict(tx.rows(sql, first, last))


def values_of_elements(tx: Transaction, first: str, last: str) -> dict[tuple[str, int], int]:
    """Count how often each value (1..4) was given to each element."""
    rows = tx.rows(
        "SELECT a.element, a.value, count(*) FROM survey_response r"
        f" JOIN survey_answer a ON a.response_id = r.id {_IN_PERIOD} GROUP BY a.element, a.value"
        " ORDER BY a.element, a.value",
        *(first, last),
    )
    return {(element, value): count for element, value, count in rows}


def respondents(tx: Transaction, first: str, last: str) -> tuple[int, int]:
    """Return the number of respondents of those days, and of those whom somebody helped to answer."""
    answered, assisted = tx.row(
        f"SELECT count(*), count(*) FILTER (WHERE r.mode = 'assisted') FROM survey_response r {_IN_PERIOD}",
        *(first, last),
    )
    return answered, assisted


def _count_recipients(tx: Transaction, first: str, last: str) -> int:
    """Count the service recipients: the visits, but for those of visitors who left or were refused.

    Visits that follow another, further matters and merged arrivals do not count again.
    """
    return tx.number(
        "SELECT count(*) FROM visit v WHERE v.day >= ? AND v.day <= ?"
        " AND v.follows IS NULL AND v.beside IS NULL AND v.ending NOT IN ('merged', 'left', 'refused')",
        *(first, last),
    )


def _count_profile(tx: Transaction, question: str, first: str, last: str) -> tuple[survey.ProfileCount, ...]:
    """Count the respondents by their answer to a question about themselves: a column of `survey_response`."""
    return tx.all(
        survey.ProfileCount,
        f"SELECT '{question}' AS question, r.{question} AS choice, count(*) AS respondents"
        f" FROM survey_response r {_IN_PERIOD} GROUP BY r.{question} ORDER BY r.{question}",
        *(first, last),
    )


def suggestions(tx: Transaction, first: str, last: str) -> tuple[str, ...]:
    """List the suggestions of the months of these days, in an order that does not tell when they came."""
    return tuple(
        tx.column(
            "SELECT s.text FROM survey_suggestion s WHERE s.month >= ? AND s.month <= ? ORDER BY s.id",
            *(first[:7], last[:7]),
        )
    )
