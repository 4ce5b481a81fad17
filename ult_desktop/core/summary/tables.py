"""Tables of a report that hold the summaries of many offices, for window, PDF, spreadsheet and page alike."""

from collections import Counter
from collections.abc import Iterable

from ult_desktop.base import _
from ult_desktop.core.figures.figures import MEDIAN, NINE_OF_TEN
from ult_desktop.core.figures.period import period_named
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    ReportChart,
    ReportColumn,
    ReportPart,
    ReportValue,
)
from ult_desktop.core.summary.collecting import Collected, MonthTotals, RefusedFile, figures_of, usual_of
from ult_desktop.core.summary.provinces import provinces


def _text(key: str, words: str) -> ReportColumn:
    return ReportColumn(key, words, ColumnKind.TEXT)


def _figures() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn("visits", _("Kunjungan")),
        ReportColumn("persons", _("Orang")),
        ReportColumn("served", _("Selesai dilayani")),
        ReportColumn("no_show", _("Tidak hadir")),
        ReportColumn("vulnerable", _("Kelompok rentan")),
        ReportColumn("wait_median", _("Waktu tunggu, nilai tengah"), ColumnKind.TIME),
        ReportColumn("wait_p90", _("Waktu tunggu, 90 % pengunjung"), ColumnKind.TIME),
        ReportColumn("within_standard", _("Dalam waktu baku"), ColumnKind.PERCENT),
        ReportColumn("respondents", _("Responden")),
        ReportColumn("index", _("Nilai IKM"), ColumnKind.NUMBER),
    )


def _values(totals: MonthTotals) -> tuple[ReportValue, ...]:
    counts = (totals.count(name) for name in ("visits", "persons", "served", "no_show", "vulnerable"))
    times = (totals.wait_s(share) for share in (MEDIAN, NINE_OF_TEN))
    return (*counts, *times, totals.within_standard, totals.count("respondents"), totals.index)


def collected_parts(found: Collected) -> tuple[ReportPart, ...]:
    """Return the tables of what was collected, the offices first."""
    return (
        _offices(found),
        _comparison(found),
        _provinces(found),
        _trend(found),
        _services(found),
        *(
            _sums(key, title, head, found.tables[key].items())
            for key, title, head in (
                ("channels", _("Menurut saluran"), _("Saluran")),
                ("regencies", _("Asal tamu"), _("Kabupaten/kota")),
                ("causes", _("Penyebab penyimpangan"), _("Penyebab")),
            )
        ),
        _lacking(found),
        _standing_out(found),
        _told("warnings", _("Yang perlu dilihat"), found.warnings),
        _told("refused", _("Berkas yang tidak dihitung"), found.refused),
    )


def _offices(found: Collected) -> ReportPart:
    return ReportPart(
        key="offices",
        title=_("Menurut kantor"),
        columns=(
            _text("of_office", _("Kantor")),
            ReportColumn("months", _("Bulan")),
            *_figures(),
            ReportColumn("hidden", _("Angka tersembunyi")),
        ),
        keys=(*(each.code for each in found.offices), "total"),
        rows=(
            *(
                (f"{each.code} {each.name}", len(each.months), *_values(each.whole), each.whole.hidden)
                for each in found.offices
            ),
            (_("Jumlah"), len(found.months), *_values(found.whole), found.whole.hidden),
        ),
        has_sum=True,
        chart=ReportChart(ChartKind.BARS, ("visits", "served")) if len(found.offices) > 1 else None,
    )


def _comparison(found: Collected) -> ReportPart:
    """Return each office by the figures that do not grow with it, and the median of all."""
    told = [(f"{each.code} {each.name}", figures_of(each.whole)) for each in found.offices]
    return ReportPart(
        key="comparison",
        title=_("Perbandingan kantor"),
        columns=(
            _text("of_office", _("Kantor")),
            *(ReportColumn(key, words, ColumnKind.NUMBER, 1) for key, words in figure_words().items()),
        ),
        keys=(*(each.code for each in found.offices), "usual"),
        rows=(
            *((name, *figures.values()) for name, figures in told),
            (
                _("Nilai tengah semua kantor"),
                *(usual_of(figures[key] for _name, figures in told) for key in figure_words()),
            ),
        ),
        has_sum=True,
    )


def _provinces(found: Collected) -> ReportPart:
    sums, names = found.provinces, {each.code: each.name for each in provinces()}
    offices = Counter(each.province for each in found.offices)
    return ReportPart(
        key="provinces",
        title=_("Menurut provinsi"),
        columns=(_text("of_province", _("Provinsi")), ReportColumn("offices", _("Kantor")), *_figures()),
        keys=tuple(sums),
        rows=tuple(
            (names.get(code, _("tanpa provinsi")), offices[code], *_values(totals))
            for code, totals in sums.items()
        ),
    )


def _trend(found: Collected) -> ReportPart:
    reporting = {month: sum(month in office.months for office in found.offices) for month in found.months}
    return ReportPart(
        key="trend",
        title=_("Menurut bulan"),
        columns=(_text("of_month", _("Bulan")), ReportColumn("offices", _("Kantor")), *_figures()),
        keys=tuple(found.months),
        rows=tuple(
            (period_named(month).words, reporting[month], *_values(totals))
            for month, totals in found.months.items()
        ),
        chart=ReportChart(ChartKind.BARS, ("visits", "served")) if len(found.months) > 1 else None,
    )


def _services(found: Collected) -> ReportPart:
    every = sorted(found.services.items(), key=lambda row: -row[1][1].count("visits"))
    keys = ("visits", "wait_median", "wait_p90", "respondents", "index")
    shown = [place for place, column in enumerate(_figures()) if column.key in keys]
    return ReportPart(
        key="services",
        title=_("Menurut layanan"),
        columns=(_text("of_services", _("Layanan")), *(_figures()[place] for place in shown)),
        keys=tuple(key for key, _told_row in every),
        rows=tuple((name, *(_values(totals)[place] for place in shown)) for _key, (name, totals) in every),
        note="" if every else _("Tidak ada, atau semuanya kurang dari lima orang."),
        chart=ReportChart(ChartKind.BARS, ("wait_median", "wait_p90")) if len(every) > 1 else None,
    )


def _sums(key: str, title: str, head: str, rows: Iterable[tuple[str, tuple[str, int]]]) -> ReportPart:
    every = sorted(rows, key=lambda row: -row[1][1])
    return ReportPart(
        key=key,
        title=title,
        columns=(_text(f"of_{key}", head), ReportColumn("count", _("Jumlah"))),
        keys=tuple(row for row, _told_row in every),
        rows=tuple(told for _row, told in every),
        note="" if every else _("Tidak ada, atau semuanya kurang dari lima orang."),
    )


def _lacking(found: Collected) -> ReportPart:
    rows = [
        (each.code, f"{each.code} {each.name}", ", ".join(each.lacks)) for each in found.offices if each.lacks
    ]
    return ReportPart(
        key="lacks",
        title=_("Bulan yang belum ada"),
        columns=(_text("of_office", _("Kantor")), _text("lacks", _("Bulan"))),
        keys=tuple(code for code, _name, _months in rows),
        rows=tuple((name, months) for _code, name, months in rows),
        note="" if rows else _("Semua kantor sudah lengkap."),
    )


def _standing_out(found: Collected) -> ReportPart:
    names = figure_words()
    return ReportPart(
        key="outliers",
        title=_("Kantor yang jauh berbeda"),
        columns=(
            _text("of_office", _("Kantor")),
            _text("figure", _("Angka")),
            ReportColumn("value", _("Kantor ini"), ColumnKind.NUMBER, 1),
            ReportColumn("usual", _("Nilai tengah semua kantor"), ColumnKind.NUMBER, 1),
        ),
        keys=tuple(f"{each.code}:{each.figure}" for each in found.outliers),
        rows=tuple(
            (f"{each.code} {each.name}", names[each.figure], each.value, each.usual)
            for each in found.outliers
        ),
        note="" if found.outliers else _("Tidak ada kantor yang jauh berbeda dari yang lain."),
    )


def figure_words() -> dict[str, str]:
    """Return the names of the figures by which offices are compared."""
    words = {
        "no_show_share": _("Tidak hadir (%)"),
        "wait_median": _("Waktu tunggu, nilai tengah (menit)"),
        "wait_p90": _("Waktu tunggu, 90 % pengunjung (menit)"),
        "within_standard": _("Dalam waktu baku (%)"),
        "index": _("Nilai IKM"),
    }
    return {key: words[key] for key in figures_of(MonthTotals())}


def _told(key: str, title: str, files: Iterable[RefusedFile]) -> ReportPart:
    every = tuple(files)
    return ReportPart(
        key=key,
        title=title,
        columns=(_text("of_file", _("Berkas")), _text("why", _("Mengapa"))),
        keys=tuple(each.file for each in every),
        rows=tuple((each.file, each.why) for each in every),
        note="" if every else _("Tidak ada."),
    )


def collected_notes(found: Collected) -> tuple[str, ...]:
    """Return what a reader must know."""
    return (
        _(
            "{offices} kantor, {months} bulan. Angka kurang dari lima orang tidak keluar dari kantornya."
        ).format(offices=len(found.offices), months=len(found.months)),
        _("Waktu tunggu dihitung dari selang yang isinya dibulatkan ke kelipatan lima pengunjung."),
    )
