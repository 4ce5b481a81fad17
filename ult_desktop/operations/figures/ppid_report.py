"""The annual report of PPID: what its register counts, and what PPID wrote.

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
    ReportSection,
    Tile,
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
    """The data of a report of PPID. `year` has what PPID wrote; `now` is UTC ms."""

    settings: OfficeSettings
    period: Period
    now: int
    requests: tuple[RequestOutcome, ...]
    objections: tuple[ObjectionOutcome, ...]
    year: PpidYear

    def decided(self, *decisions: Decision) -> int:
        return len([each for each in self.requests if each.decision in decisions])

    @property
    def days_to_decide(self) -> float | None:
        """The calendar days to a decision, on average. None without a decision."""
        spent = [
            each.decided_at - each.registered_at for each in self.requests if each.decided_at is not None
        ]
        return sum(spent) / len(spent) / DAY_MS if spent else None


def ppid_report(read: Reader, period: Period, now: int) -> PeriodReport:
    """Return the report of a year, or of a part of one. `now` is UTC ms. It names nobody."""
    data = read(partial(_data, period=period, now=now))
    before = read(partial(_data, period=period.moved(-1), now=now))
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


def _data(tx: Transaction, period: Period, now: int) -> PpidReportData:
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
    granted = (Decision.GRANTED, Decision.PARTLY)
    columns = (
        (ReportColumn("requests", _("Permohonan informasi")), lambda each: len(each.requests)),
        (ReportColumn("granted", _("Dikabulkan")), lambda each: each.decided(*granted)),
        (ReportColumn("refused", _("Ditolak")), lambda each: each.decided(Decision.REFUSED)),
        (ReportColumn("days", _("Hari sampai diputus"), ColumnKind.NUMBER), lambda each: each.days_to_decide),
        (ReportColumn("objections", pgettext("many", "Keberatan")), lambda each: len(each.objections)),
    )
    for column, value in columns:
        yield Tile(column=column, value=value(data), before=value(before))


def _parts(data: PpidReportData) -> Iterator[ReportPart]:
    requests, objections = data.requests, data.objections
    yield _counted("months", _("Permohonan menurut bulan"), _("Bulan"), _by_month(data))
    prompt = Counter(each.promptness(data.now) for each in requests)
    yield _counted(
        "promptness", _("Waktu pemenuhan"), _("Waktu"), ((each.word, prompt[each]) for each in Promptness)
    )
    decided = Counter(each.decision for each in requests)
    rows = [*((each.word, decided[each]) for each in Decision), (_("Belum diputus"), decided[""])]
    yield _counted("decisions", pgettext("many", "Keputusan"), _("Keputusan"), rows)
    refused = Counter(filter(None, (each.refusal_ground for each in requests)))
    yield counted_part("refusals", pgettext("many", "Alasan penolakan"), _("Alasan"), refused.most_common())
    kinds = Counter(each.applicant for each in requests)
    yield _counted(
        "applicants",
        pgettext("many", "Pemohon"),
        _("Pemohon"),
        ((each.word, kinds[each]) for each in Applicant),
    )
    forms = Counter(each.copy_form for each in requests)
    yield _counted(
        "forms",
        pgettext("many", "Bentuk informasi"),
        _("Bentuk"),
        ((each.word, forms[each]) for each in CopyForm),
    )
    reasons = Counter(each.reason for each in objections)
    yield _counted(
        "objections",
        _("Keberatan menurut alasan"),
        _("Alasan"),
        ((each.word, reasons[each]) for each in ObjectionReason),
    )
    yield _counted("handling", _("Penyelesaian keberatan dan sengketa"), _("Keadaan"), _handled(data))


def _counted(key: str, title: str, head: str, counts: Iterable[tuple[str, int]]) -> ReportPart:
    """Return a table, only a sentence if every count is zero; the months alone have a chart."""
    found = tuple(counts)
    return counted_part(
        key, title, head, found if any(count for _name, count in found) else (), drawn=key == "months"
    )


def _by_month(data: PpidReportData) -> list[tuple[str, int]]:
    zone, period = data.settings.office.zone, data.period
    found = Counter(to_datetime(each.registered_at, zone).month for each in data.requests)
    days = (
        period.first.replace(month=each, day=1) for each in range(period.first.month, period.last.month + 1)
    )
    return [(formats.format_date(day, "month").rpartition(" ")[0], found[day.month]) for day in days]


def _handled(data: PpidReportData) -> list[tuple[str, int]]:
    answered = [each for each in data.objections if each.answered_at is not None]
    in_time = [each for each in answered if (each.answered_at or 0) <= each.due_at]
    disputed = [each for each in data.objections if each.disputed_at is not None]
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
    yield _chapter(
        _("Bab I. Kebijakan Pelayanan Informasi Publik"),
        _section(_("1.1 Dasar"), law),
        _section(_("1.2 Kebijakan"), *_lines(year.policy)),
    )
    yield _chapter(
        _("Bab II. Gambaran Umum Pelaksanaan"),
        _section(_("2.1 Sarana dan prasarana"), *_lines(year.facilities)),
        _section(_("2.2 Sumber daya manusia"), *_lines(year.staff)),
        _section(_("2.3 Anggaran dan penggunaannya"), *_lines(year.budget)),
    )
    yield _chapter(
        _("Bab III. Rincian Pelayanan"),
        _section(_("3.1 Jumlah permohonan"), total, parts=("months", "applicants", "forms")),
        _section(_("3.2 Waktu pemenuhan"), _days_words(data), parts=("promptness",)),
        _section(_("3.3 Keputusan"), parts=("decisions", "refusals")),
    )
    yield _chapter(
        _("Bab IV. Keberatan dan Sengketa"),
        _section(_("4.1 Keberatan"), parts=("objections", "handling")),
        _section(_("4.2 Mediasi dan ajudikasi"), *_lines(year.disputes)),
    )
    yield _chapter(
        _("Bab V. Kendala"), _section(_("5.1 Kendala internal dan eksternal"), *_lines(year.obstacles))
    )
    yield _chapter(
        _("Bab VI. Rekomendasi dan Tindak Lanjut"),
        _section(_("6.1 Rekomendasi dan rencana"), *_lines(year.recommendations)),
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


def _chapter(title: str, *sections: ReportSection) -> ReportChapter:
    return ReportChapter(title=title, sections=sections)


def _section(title: str, *lines: str, parts: tuple[str, ...] = ()) -> ReportSection:
    return ReportSection(title=title, lines=lines, parts=parts)
