"""The yearly report of PPID (PerKI 1/2021): what it counts of the register, and what PPID writes itself."""

from datetime import date

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.cases.ppid import Applicant, Decision, Possession
from ult_desktop.core.merging import Edit, Seen

REPORT_MONTH, REPORT_DAY = 3, 31  # of the year after: docs/domain.md, "The annual report of PPID"


class PpidYear(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a year's report that PPID writes; "" is not written yet.

    `sent_on` is the day (ISO) on which the report went out, "" before.
    """

    year: int
    policy: str = ""
    facilities: str = ""
    staff: str = ""
    budget: str = ""
    disputes: str = ""
    obstacles: str = ""
    recommendations: str = ""
    sent_on: str = ""

    @property
    def unwritten_words(self) -> tuple[str, ...]:
        """The warning to the signer of the report about what is still to be written; () when nothing is."""
        unwritten = [words for name, words in year_parts() if not getattr(self, name)]
        if not unwritten:
            return ()
        return (
            _("Belum diisi: {names}.").format(names=", ".join(unwritten)),
            _("Bagian itu berbunyi “Tidak ada keterangan untuk tahun ini.” dalam laporan."),
        )


def year_parts() -> tuple[tuple[str, str], ...]:
    """Return the fields of `PpidYear` that are written once a year, each with its name for people."""
    return (
        ("policy", _("Kebijakan layanan informasi")),
        ("facilities", _("Sarana dan prasarana")),
        ("staff", _("Sumber daya manusia")),
        ("budget", _("Anggaran dan penggunaannya")),
        ("disputes", _("Hasil mediasi dan ajudikasi")),
        ("obstacles", _("Kendala internal dan eksternal")),
        ("recommendations", _("Rekomendasi dan rencana tindak lanjut")),
    )


class TellPpidYear(Edit[PpidYear], frozen=True, kw_only=True):
    """Write the parts of the report of `year` that do not follow from the register.

    `sent_on` is an ISO date, "" while the report has not gone out.
    """

    edits = PpidYear.__struct_fields__[1:]  # all but the year
    year: int
    policy: str = ""
    facilities: str = ""
    staff: str = ""
    budget: str = ""
    disputes: str = ""
    obstacles: str = ""
    recommendations: str = ""
    sent_on: str = ""
    seen: Seen = None


class Promptness(WordEnum):
    """The time limit of the law within which a request was decided."""

    IN_TIME = "in_time", "Diputus dalam 10 hari kerja"
    EXTENDED = "extended", "Diputus dalam perpanjangan 7 hari kerja"
    LATE = "late", "Diputus sesudah batas waktu"
    WAITING = "waiting", "Belum diputus, masih dalam batas waktu"
    OVERDUE = "overdue", "Belum diputus, melewati batas waktu"


class RequestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of an information request, for the figures of the report; times UTC ms.

    `decision` and `refusal` are "", `decided_at` is None until it was decided.
    """

    registered_at: int
    applicant: Applicant
    copy_form: str
    due_at: int
    extended_at: int | None
    held: str
    decision: str
    refusal: str
    decided_at: int | None

    def promptness(self, now: int) -> Promptness:
        """Return how the request stands with the law's time limits at `now` (UTC ms)."""
        if self.decided_at is None:
            return Promptness.OVERDUE if now > self.due_at else Promptness.WAITING
        if self.decided_at > self.due_at:
            return Promptness.LATE
        return Promptness.IN_TIME if self.extended_at is None else Promptness.EXTENDED

    @property
    def refusal_ground(self) -> str:
        """The ground of a refusal in words; "" without one.

        For information that the office does not have, it is the kind of possession alone: the name of the
        other holder was typed freely.
        """
        if not self.decision or self.decision == Decision.GRANTED:
            return ""
        if self.held and self.held != Possession.YES:
            return Possession(self.held).word
        return self.refusal


class ObjectionOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of an objection, for the figures of the report; times UTC ms."""

    reason: str
    due_at: int
    answered_at: int | None
    disputed_at: int | None


class PpidReportDue(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a year that has not gone out yet, and the last day for it."""

    year: int
    until: date

    def is_late(self, today: date) -> bool:
        return today > self.until


def report_due(today: date, first_day: date | None, written: PpidYear | None) -> PpidReportDue | None:
    """Return last year's report if it must still go out; None for an office that did not work in that year.

    `first_day` is the first of the office's days, None in a new one; `written` is what PPID wrote for it.
    """
    year = today.year - 1
    if first_day is None or first_day.year > year or (written is not None and written.sent_on):
        return None
    return PpidReportDue(year=year, until=date(today.year, REPORT_MONTH, REPORT_DAY))
