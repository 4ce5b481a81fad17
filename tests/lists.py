"""Lists for every test of imports: understood without an office, and columns that the office remembers."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.lists.table import normalise_header
from ult_desktop.core.lists.understanding import Understanding, head_answer_key
from ult_desktop.core.online.commands import ImportRequests
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.online.request_rows import RequestList
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.survey.answer_rows import AnswerList
from ult_desktop.core.survey.survey import OutsideAnswers
from ult_desktop.operations.lists.importing import ImportBasis, understand_file
from ult_desktop.operations.lists.list_files import ListFile, parse_list
from ult_desktop.operations.survey.answer_lists import questionnaire

ZONE = ZoneInfo("Asia/Makassar")
NOW = to_stamp(datetime(2026, 11, 25, 9, tzinfo=ZONE))
REQUESTS = RequestList(
    source=OnlineSource.SEMPENA, zone=ZONE, now=NOW, services={"a": "Dapodik", "dapodik": "Dapodik"}
)
ANSWERS = AnswerList(
    form=questionnaire(),
    zone=ZONE,
    now=NOW,
    services={"a": 1, "dapodik": 3},
    service_words={1: "A", 3: "Dapodik"},
)


def file_of(text: str | bytes, name: str = "daftar.csv") -> ListFile:
    return parse_list(text if isinstance(text, bytes) else text.encode(), name)


def requests_in(
    text: str | bytes | ListFile,
    said: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    name: str = "daftar.csv",
) -> Understanding[OnlineRow]:
    file = text if isinstance(text, ListFile) else file_of(text, name)
    return understand_file(file, ImportBasis(REQUESTS, dict(remembered or {})), said or {})


def answers_in(
    text: str | bytes | ListFile,
    said: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    name: str = "skm.csv",
) -> Understanding[OutsideAnswers]:
    file = text if isinstance(text, ListFile) else file_of(text, name)
    return understand_file(file, ImportBasis(ANSWERS, dict(remembered or {})), said or {})


def columns_of(found: Understanding[OnlineRow] | Understanding[OutsideAnswers]) -> dict[str, str]:
    """The fields by their heads."""
    return {column.head: column.field for column in found.columns if column.field}


def remembered(**fields: str) -> dict[str, str]:
    """Return the answers that an office keeps of an import: the field of each column's head."""
    return {head_answer_key(normalise_header(head)): field for field, head in fields.items()}


def remember(**fields: str) -> ImportRequests:
    """An import from SEMPENA by an officer after which these columns are known."""
    batch = ListBatch(key="ingat " + " ".join(fields.values()), remember=remembered(**fields))
    return ImportRequests(source=OnlineSource.SEMPENA, rows=(), batch=batch)
