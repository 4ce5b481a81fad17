"""The report of PPID: the counts of its register, and the texts that PPID wrote.

docs/domain.md, "The annual report of PPID".
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial

import msgspec

from ult_desktop.base import _, counted, formats, pgettext
from ult_desktop.core.cases.ppid import Applicant, CopyForm, Decision, ObjectionReason
from ult_desktop.core.cases.ppid_year import ObjectionOutcome, PpidYear, Promptness, RequestOutcome
from ult_desktop.core.figures.period import Period, Span, so_far_words
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportChapter,
    ReportColumn,
    ReportKind,
    ReportPart,
    Tile,
    report_chapter,
    report_section,
)
from ult_desktop.core.figures.tables import counted_part
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.stamps import DAY_MS, day_begins, to_datetime
from ult_desktop.db.cases import ppid_years
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.sheets import dated_signature, letterhead, log_end

PPID_SPANS = (Span.YEAR, Span.QUARTER, Span.MONTH)


class PpidReportData(msgspec.Struct, frozen=True, kw_only=True):
    """The data of a report of PPID. `year` has the texts that PPID wrote; `now` is UTC ms."""

    settings: OfficeSettings
    period: Period
    now: int
    requests: tuple[RequestOutcome, ...]
    objections: tuple[ObjectionOutcome, ...]
    year: PpidYear

    def count_decided(self, *decisions: Decision) -> int:
        return len([request for request in self.requests if request.decision in decisions])

    @property
    def days_to_decide(self) -> float | None:
        """The calendar days to a decision, on average. None without a decision."""
        times = [
            request.decided_at - request.registered_at
            for request in self.requests
            if request.decided_at is not None
        ]
        return sum(times) / len(times) / DAY_MS if times else None


def ppid_report(read: Reader, period: Period, now: int) -> PeriodReport:
    """Return the report of a year, or of a part of one. `now` is UTC ms. The report names nobody."""
    data = read(partial(_read_data, period=period, now=now))
    before = read(partial(_read_data, period=period.moved(-1), now=now))
    settings = data.settings
    today = to_datetime(now, settings.office.zone).date()
    return PeriodReport(
        kind=ReportKind.PPID,
        office=letterhead(settings),
        period=period,
        made_on=today,
        tiles=tuple(_tiles(data, before)),
        parts=tuple(_parts(data)),
        notes=so_far_words(period, today),
        signature=dated_signature(settings, now),
        log_end=read(log_end),
        chapters=tuple(_chapters(data)),
    )


def _read_data(tx: Transaction, period: Period, now: int) -> PpidReportData:
    settings, year = office.load(tx).settings, period.first.year
    begins = day_begins(period.first.isoformat(), settings.office.zone)
    ends = day_begins((period.last + timedelta(1)).isoformat(), settings.office.zone)
    return PpidReportData(
        settings=settings,
        period=period,
        now=now,
        requests=ppid_years.requests_between(tx, year, begins, ends),
        objections=ppid_years.objections_between(tx, year, begins, ends),
        year=ppid_years.get(tx, year),
    )


def _tiles(data: PpidReportData, before: PpidReportData) -> Iterator[Tile]:
    columns = (
        ReportColumn("requests", _("Permohonan informasi")),
        ReportColumn("granted", _("Dikabulkan")),
        ReportColumn("refused", _("Ditolak")),
        ReportColumn("days", _("Hari sampai diputus"), ColumnKind.NUMBER),
        ReportColumn("objections", pgettext("many", "Keberatan")),
    )
    for column, value, value_before in zip(columns, _tile_values(data), _tile_values(before), strict=True):
        yield Tile(column=column, value=value, before=value_before)


def _tile_values(data: PpidReportData) -> tuple[int | float | None, ...]:
    return (
        len(data.requests),
        data.count_decided(Decision.GRANTED, Decision.PARTLY),
        data.count_decided(Decision.REFUSED),
        data.days_to_decide,
        len(data.objections),
    )


def _parts(data: PpidReportData) -> Iterator[ReportPart]:
    requests, objections = data.requests, data.objections
    yield _counts_part("months", _("Permohonan menurut bulan"), _("Bulan"), _by_month(data))
    promptness = Counter(request.promptness(data.now) for request in requests)
    yield _counts_part(
        "promptness",
        _("Waktu pemenuhan"),
        _("Waktu"),
        ((limit.word, promptness[limit]) for limit in Promptness),
    )
    decisions = Counter(request.decision for request in requests)
    rows = [
        *((decision.word, decisions[decision]) for decision in Decision),
        (_("Belum diputus"), decisions[""]),
    ]
    yield _counts_part("decisions", pgettext("many", "Keputusan"), _("Keputusan"), rows)
    grounds = Counter(filter(None, (request.refusal_ground for request in requests)))
    yield counted_part("refusals", pgettext("many", "Alasan penolakan"), _("Alasan"), grounds.most_common())
    applicants = Counter(request.applicant for request in requests)
    yield _counts_part(
        "applicants",
        pgettext("many", "Pemohon"),
        _("Pemohon"),
        ((kind.word, applicants[kind]) for kind in Applicant),
    )
    forms = Counter(request.copy_form for request in requests)
    yield _counts_part(
        "forms",
        pgettext("many", "Bentuk informasi"),
        _("Bentuk"),
        ((form.word, forms[form]) for form in CopyForm),
    )
    reasons = Counter(objection.reason for objection in objections)
    yield _counts_part(
        "objections",
        _("Keberatan menurut alasan"),
        _("Alasan"),
        ((reason.word, reasons[reason]) for reason in ObjectionReason),
    )
    yield _counts_part(
        "handling", _("Penyelesaian keberatan dan sengketa"), _("Keadaan"), _objection_counts(data)
    )


def _counts_part(key: str, title: str, head: str, counts: Iterable[tuple[str, int]]) -> ReportPart:
    """Return a table of counts, or only a sentence if each is 0. Only the table of the months has a chart."""
    rows = tuple(counts)
    if not any(count for _name, count in rows):
        rows = ()
    return counted_part(key, title, head, rows, drawn=key == "months")


def _by_month(data: PpidReportData) -> list[tuple[str, int]]:
    zone, period = data.settings.office.zone, data.period
    counts = Counter(to_datetime(request.registered_at, zone).month for request in data.requests)
    rows = []
    for month in range(period.first.month, period.last.month + 1):
        words = formats.format_date(period.first.replace(month=month, day=1), "month")
        rows.append((words.rpartition(" ")[0], counts[month]))  # without the year
    return rows


def _objection_counts(data: PpidReportData) -> list[tuple[str, int]]:
    answered = [objection for objection in data.objections if objection.answered_at is not None]
    in_time = [objection for objection in answered if (objection.answered_at or 0) <= objection.due_at]
    disputed = [objection for objection in data.objections if objection.disputed_at is not None]
    return [
        (_("Ditanggapi dalam 30 hari kerja"), len(in_time)),
        (_("Ditanggapi sesudahnya"), len(answered) - len(in_time)),
        (_("Belum ditanggapi"), len(data.objections) - len(answered)),
        (_("Disengketakan ke Komisi Informasi"), len(disputed)),
    ]


def _chapters(data: PpidReportData) -> Iterator[ReportChapter]:
    year, office_name = data.year, data.settings.office.name
    law = _(
        "Layanan informasi publik {office} berpedoman pada Undang-Undang Nomor 14 Tahun 2008 tentang "
        "Keterbukaan Informasi Publik dan Peraturan Komisi Informasi Nomor 1 Tahun 2021 tentang Standar "
        "Layanan Informasi Publik."
    ).format(office=office_name)
    total = counted(
        "Selama {period} terdaftar {n} permohonan informasi publik.",
        len(data.requests),
        period=data.period.words,
    )
    yield report_chapter(
        _("Bab I. Kebijakan Pelayanan Informasi Publik"),
        report_section(_("1.1 Dasar"), law),
        report_section(_("1.2 Kebijakan"), *_lines(year.policy)),
    )
    yield report_chapter(
        _("Bab II. Gambaran Umum Pelaksanaan"),
        report_section(_("2.1 Sarana dan prasarana"), *_lines(year.facilities)),
        report_section(_("2.2 Sumber daya manusia"), *_lines(year.staff)),
        report_section(_("2.3 Anggaran dan penggunaannya"), *_lines(year.budget)),
    )
    yield report_chapter(
        _("Bab III. Rincian Pelayanan"),
        report_section(_("3.1 Jumlah permohonan"), total, parts=("months", "applicants", "forms")),
        report_section(_("3.2 Waktu pemenuhan"), _days_words(data), parts=("promptness",)),
        report_section(_("3.3 Keputusan"), parts=("decisions", "refusals")),
    )
    yield report_chapter(
        _("Bab IV. Keberatan dan Sengketa"),
        report_section(_("4.1 Keberatan"), parts=("objections", "handling")),
        report_section(_("4.2 Mediasi dan ajudikasi"), *_lines(year.disputes)),
    )
    yield report_chapter(
        _("Bab V. Kendala"), report_section(_("5.1 Kendala internal dan eksternal"), *_lines(year.obstacles))
    )
    yield report_chapter(
        _("Bab VI. Rekomendasi dan Tindak Lanjut"),
        report_section(_("6.1 Rekomendasi dan rencana"), *_lines(year.recommendations)),
    )


def _days_words(data: PpidReportData) -> str:
    days = data.days_to_decide
    if days is None:
        return _("Belum ada permohonan yang diputus.")
    return _("Rata-rata {n} hari kalender sejak pendaftaran sampai keputusan.").format(
        n=formats.format_fixed(days, 1)
    )


def _lines(text: str) -> list[str]:
    return text.splitlines() or [_("Tidak ada keterangan untuk tahun ini.")]
