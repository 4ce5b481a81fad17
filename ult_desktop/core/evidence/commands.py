"""The commands about evidence: rows of registers, the office's own estimates, instruments of its own."""

import datetime
from typing import Annotated

from msgspec import Meta

from ult_desktop.core.command import Command
from ult_desktop.core.evidence.instrument import HIGHEST
from ult_desktop.core.evidence.registers import EvidenceRecord, Register
from ult_desktop.core.merging import Edit, Seen

Count = Annotated[int, Meta(ge=0, le=999_999)]


class RecordEvidence(Command[EvidenceRecord], frozen=True, kw_only=True):
    """Record a row of a register; `registers.fields_of` says which fields it has and needs.

    `document_id` is a photo or scan that was attached before.
    """

    register: Register
    item: str = ""
    kinds: Annotated[tuple[str, ...], Meta(max_length=20)] = ()
    title: str = ""
    day: datetime.date | None = None
    until: datetime.date | None = None
    service_id: int | None = None
    persons: Count | None = None
    received: Count | None = None
    settled: Count | None = None
    note: str = ""
    document_id: int | None = None


class ChangeEvidence(Edit[EvidenceRecord], frozen=True, kw_only=True):
    """Change a row of a register; its register and its item stay."""

    edits = (
        *("kinds", "title", "day", "until", "service_id", "persons", "received", "settled", "note"),
        "document_id",
    )
    evidence_id: int
    kinds: Annotated[tuple[str, ...], Meta(max_length=20)] = ()
    title: str = ""
    day: datetime.date | None = None
    until: datetime.date | None = None
    service_id: int | None = None
    persons: Count | None = None
    received: Count | None = None
    settled: Count | None = None
    note: str = ""
    document_id: int | None = None
    seen: Seen = None


class WithdrawEvidence(Edit[EvidenceRecord], frozen=True, kw_only=True):
    """Withdraw a row that does not hold any more, or let it count again. It is kept."""

    edits = ("retired",)
    evidence_id: int
    retired: bool = True
    seen: Seen = None


class NoteIndicator(Edit[int], frozen=True, kw_only=True):
    """Note the office's own level of an indicator with its reason, and who supplies what is missing by when.

    Without a `level` the derived estimate holds.
    """

    edits = ("level", "reason", "responsible", "due")
    instrument: str
    number: int
    level: Annotated[int, Meta(ge=0, le=HIGHEST)] | None = None
    reason: str = ""
    responsible: str = ""
    due: datetime.date | None = None
    seen: Seen = None


class AdoptInstrument(Command[int], frozen=True, kw_only=True):
    """Adopt an instrument (as JSON) of the office's own, or a newer version of one that is shipped."""

    content: str
