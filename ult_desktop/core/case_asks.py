"""What can be asked about cases (permohonan)."""

from ult_desktop.core.asks import Ask
from ult_desktop.core.case import Outcome


class OpenCase(Ask, frozen=True, kw_only=True):
    """Record what the visitor asks for (POS Sumut tatap muka 8, Kaltara 4). One case for a visit."""

    visit_id: int
    detail: str
    service_id: int | None = None


class SetOutcome(Ask, frozen=True, kw_only=True):
    """Tersedia, dikecualikan with its legal ground, or tidak tersedia with its sub-reason (POS Sumut 9)."""

    case_id: int
    outcome: Outcome
    ground: str = ""
    sub_reason: str = ""


class GiveAnswer(Ask, frozen=True, kw_only=True):
    """Write the answer into the case: it is ready to be told."""

    case_id: int
    answer: str


class CloseCase(Ask, frozen=True, kw_only=True):
    """The data of the service are complete (POS Sumut tatap muka 16)."""

    case_id: int
    remark: str = ""
