"""The satisfaction survey: tokens of visits, answers without a name, and what they add up to."""

import hashlib

import msgspec
import nacl.utils

from ult_desktop.core.survey import period, survey
from ult_desktop.db.store.transaction import Transaction

_IN_PERIOD = "WHERE r.day >= ? AND r.day <= ?"


def token_of(tx: Transaction, visit_id: int) -> survey.SurveyToken | None:
    return tx.maybe(
        survey.SurveyToken, "SELECT visit_id, state, at FROM survey_token WHERE visit_id = ?", visit_id
    )


def set_token(tx: Transaction, token: survey.SurveyToken, day: str) -> None:
    """What happened last stands; whether it may is the operation's matter."""
    tx.put("survey_token", "visit_id", token, day=day)


class ResponseFiling(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer is filed under: the office's day, the questionnaire's edition, mode and service."""

    day: str
    edition: str
    mode: survey.SurveyMode
    service_id: int | None


def add_response(tx: Transaction, said: survey.SurveyAnswers, filing: ResponseFiling, seed: str = "") -> None:
    """Under ids that nothing else knows: random ones, or such as follow from a secret `seed`."""
    response_id, suggestion_id = (_new_id(seed and f"{seed} {part}") for part in ("answers", "suggestion"))
    tx.insert("survey_response", filing, said.profile, id=response_id)
    for element, value in said.answers.items():
        tx.insert("survey_answer", response_id=response_id, element=element, value=value)
    if said.suggestion:
        tx.insert("survey_suggestion", id=suggestion_id, month=filing.day[:7], text=said.suggestion)


def _new_id(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()[:32] if seed else nacl.utils.random(16).hex()


def remember_row(tx: Transaction, digest: str) -> bool:
    """Remember a row of a form outside; False when it was known already."""
    return tx.add("survey_import", digest=digest)


def result(tx: Transaction, first: str, last: str) -> survey.SurveyResult:
    """The numbers of the days from `first` to `last`, both included ("2026-11-01"): whole months."""
    respondents, assisted = _respondents(tx, first, last)
    return survey.SurveyResult(
        first=first,
        last=last,
        respondents=respondents,
        assisted=assisted,
        visits=_visits(tx, first, last),
        totals=tx.all(
            period.ElementTotal,
            "SELECT a.element, count(*) AS answers, sum(a.value) AS total FROM survey_response r"
            f" JOIN survey_answer a ON a.response_id = r.id {_IN_PERIOD} GROUP BY a.element",
            *(first, last),
        ),
        profile=tuple(
            count for name in survey.Profile.__struct_fields__ for count in _counts(tx, name, first, last)
        ),
        tokens={state: _tokens(tx, state, first, last) for state in survey.TokenState},
    )


def _respondents(tx: Transaction, first: str, last: str) -> tuple[int, int]:
    respondents, assisted = tx.row(
        f"SELECT count(*), coalesce(sum(r.mode = 'assisted'), 0) FROM survey_response r {_IN_PERIOD}",
        *(first, last),
    )
    return respondents, assisted


def _visits(tx: Transaction, first: str, last: str) -> int:
    """Service recipients: second comings for a result and joined arrivals are no further ones."""
    return tx.number(
        "SELECT count(*) FROM visit v WHERE v.day >= ? AND v.day <= ? AND v.follows IS NULL"
        " AND v.ending NOT IN ('merged', 'left', 'refused')",
        *(first, last),
    )


def _counts(tx: Transaction, question: str, first: str, last: str) -> tuple[survey.ProfileCount, ...]:
    """`question` is a column of our own, never what somebody typed."""
    return tx.all(
        survey.ProfileCount,
        f"SELECT '{question}' AS question, r.{question} AS choice, count(*) AS respondents"
        f" FROM survey_response r {_IN_PERIOD} GROUP BY r.{question}",
        *(first, last),
    )


def _tokens(tx: Transaction, state: survey.TokenState, first: str, last: str) -> int:
    return tx.number(
        "SELECT count(*) FROM survey_token WHERE day >= ? AND day <= ? AND state = ?", *(first, last, state)
    )


def suggestions(tx: Transaction, first: str, last: str) -> tuple[str, ...]:
    """What was suggested in the months of these days, in no order that tells when."""
    return tuple(
        tx.column(
            "SELECT s.text FROM survey_suggestion s WHERE s.month >= ? AND s.month <= ? ORDER BY s.id",
            *(first[:7], last[:7]),
        )
    )
