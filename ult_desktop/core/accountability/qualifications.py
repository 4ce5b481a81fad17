"""The officers who meet a procedure's qualifications (Kualifikasi Pelaksana), as the head confirmed it."""

from collections.abc import Iterable
from datetime import date

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.document import DocumentPart
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure


class Qualification(msgspec.Struct, frozen=True, kw_only=True):
    """A head's confirmation that an officer is qualified for a procedure in all its versions; times UTC ms.

    `since` is the office's date; `evidence` says in words what shows it; `reason` is why it was withdrawn.
    """

    id: int
    officer_id: int
    officer: str
    procedure_id: str
    since: str
    evidence: str
    confirmed_at: int
    confirmed_by: str
    withdrawn_at: int | None
    withdrawn_by: str
    reason: str

    @property
    def holds(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


def asks_qualification_of(procedure: Procedure, roles: Iterable[Role]) -> bool:
    """Return whether a procedure demands qualifications of an officer with these roles."""
    acting = {ROLE_OF_ACTOR[actor.id] for actor in procedure.actors if actor.id in ROLE_OF_ACTOR}
    return bool(procedure.qualifications) and not acting.isdisjoint(roles)


def qualification_words(qualification: Qualification) -> str:
    """Format a qualification: "Sari Dewi, sejak 2 Februari 2026: sertifikat pelatihan"."""
    return _("{name}, sejak {since}: {evidence}").format(
        name=qualification.officer, since=since_words(qualification), evidence=qualification.evidence
    )


def since_words(qualification: Qualification) -> str:
    return formats.format_date(date.fromisoformat(qualification.since), "long")


def qualified_officers_part(qualifications: Iterable[Qualification]) -> DocumentPart:
    """Return the list of officers who meet the qualifications.

    It is no part of the document that the head signed.
    """
    holding = (qualification for qualification in qualifications if qualification.holds)
    lines = tuple(map(qualification_words, holding))
    return DocumentPart(_("Kualifikasi dipenuhi oleh"), lines or (_("belum seorang pun dikonfirmasi"),))
