"""Tables of a report that hold the summaries of many offices, for window, PDF, spreadsheet and page alike."""

from collections import Counter
from collections.abc import Iterable

from ult_desktop.base import _
from ult_desktop.core.figures.figures import MEDIAN, NINTH_DECILE
from ult_desktop.core.figures.period import parse_period
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


def _figure_columns() -> tuple[ReportColumn, ...]:
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


def _figure_values(totals: MonthTotals) -> tuple[ReportValue, ...]:
    counts = (totals.count(name) for name in ("visits", "persons", "served", "no_show", "vulnerable"))
    times = (totals.wait_quantile_s(share) for share in (MEDIAN, NINTH_DECILE))
    return (*counts, *times, totals.within_standard, totals.count("respondents"), totals.index)


def collected_parts(collected: Collected) -> tuple[ReportPart, ...]:
    """Return the tables of what was collected, the offices first."""
    return (
        _offices_part(collected),
        _comparison_part(collected),
        _provinces_part(collected),
        _months_part(collected),
        _services_part(collected),
        *(
            _sums_part(key, title, head, collected.tables[key].items())
            for key, title, head in (
                ("channels", _("Menurut saluran"), _("Saluran")),
                ("regencies", _("Asal tamu"), _("Kabupaten/kota")),
                ("causes", _("Penyebab penyimpangan"), _("Penyebab")),
            )
        ),
        _lacking_part(collected),
        _outliers_part(collected),
        _files_part("warnings", _("Yang perlu dilihat"), collected.warnings),
        _files_part("refused", _("Berkas yang tidak dihitung"), collected.refused),
    )


def _offices_part(collected: Collected) -> ReportPart:
    return ReportPart(
        key="offices",
        title=_("Menurut kantor"),
        columns=(
            _text("of_office", _("Kantor")),
            ReportColumn("months", _("Bulan")),
            *_figure_columns(),
            ReportColumn("hidden", _("Angka tersembunyi")),
        ),
        keys=(*(office.code for office in collected.offices), "total"),
        rows=(
            *(
                (
                    f"{office.code} {office.name}",
                    len(office.months),
                    *_figure_values(office.whole),
                    office.whole.hidden,
                )
                for office in collected.offices
            ),
            (_("Jumlah"), len(collected.months), *_figure_values(collected.whole), collected.whole.hidden),
        ),
        has_sum=True,
        chart=ReportChart(ChartKind.BARS, ("visits", "served")) if len(collected.offices) > 1 else None,
    )


def _comparison_part(collected: Collected) -> ReportPart:
    """Return a row for each office, with the figures that do not grow with it; the last has their medians."""
    figures_of_offices = [
        (f"{office.code} {office.name}", figures_of(office.whole)) for office in collected.offices
    ]
    return ReportPart(
        key="comparison",
        title=_("Perbandingan kantor"),
        columns=(
            _text("of_office", _("Kantor")),
            *(ReportColumn(key, words, ColumnKind.NUMBER, 1) for key, words in figure_words().items()),
        ),
        keys=(*(office.code for office in collected.offices), "usual"),
        rows=(
            *((name, *(figures[key] for key in figure_words())) for name, figures in figures_of_offices),
            (
                _("Nilai tengah semua kantor"),
                *(usual_of(figures[key] for _name, figures in figures_of_offices) for key in figure_words()),
            ),
        ),
        has_sum=True,  # the row of medians is set apart as a sum is
    )


def _provinces_part(collected: Collected) -> ReportPart:
    sums, names = collected.provinces, {province.code: province.name for province in provinces()}
    offices = Counter(office.province for office in collected.offices)
    return ReportPart(
        key="provinces",
        title=_("Menurut provinsi"),
        columns=(
            _text("of_province", _("Provinsi")),
            ReportColumn("offices", _("Kantor")),
            *_figure_columns(),
        ),
        keys=tuple(sums),
        rows=tuple(
            (names.get(code, _("tanpa provinsi")), offices[code], *_figure_values(totals))
            for code, totals in sums.items()
        ),
    )


def _months_part(collected: Collected) -> ReportPart:
    reporting = {
        month: sum(month in office.months for office in collected.offices) for month in collected.months
    }
    return ReportPart(
        key="trend",
        title=_("Menurut bulan"),
        columns=(_text("of_month", _("Bulan")), ReportColumn("offices", _("Kantor")), *_figure_columns()),
        keys=tuple(collected.months),
        rows=tuple(
            (parse_period(month).words, reporting[month], *_figure_values(totals))
            for month, totals in collected.months.items()
        ),
        chart=ReportChart(ChartKind.BARS, ("visits", "served")) if len(collected.months) > 1 else None,
    )


def _services_part(collected: Collected) -> ReportPart:
    def visits(item: tuple[str, tuple[str, MonthTotals]]) -> int:
        _key, (_name, totals) = item
        return totals.count("visits")

    services = sorted(collected.services.items(), key=visits, reverse=True)
    keys = ("visits", "wait_median", "wait_p90", "respondents", "index")
    shown = [index for index, column in enumerate(_figure_columns()) if column.key in keys]
    return ReportPart(
        key="services",
        title=_("Menurut layanan"),
        columns=(_text("of_services", _("Layanan")), *(_figure_columns()[index] for index in shown)),
        keys=tuple(key for key, _service in services),
        rows=tuple(
            (name, *(_figure_values(totals)[index] for index in shown)) for _key, (name, totals) in services
        ),
        note="" if services else _("Tidak ada, atau semuanya kurang dari lima orang."),
        chart=ReportChart(ChartKind.BARS, ("wait_median", "wait_p90")) if len(services) > 1 else None,
    )


def _sums_part(key: str, title: str, head: str, rows: Iterable[tuple[str, tuple[str, int]]]) -> ReportPart:
    """Return a table of one number a row, the largest first; `rows`: keys, each with words and number."""
    ordered = sorted(((number, row_key, words) for row_key, (words, number) in rows), key=lambda row: -row[0])
    return ReportPart(
        key=key,
        title=title,
        columns=(_text(f"of_{key}", head), ReportColumn("count", _("Jumlah"))),
        keys=tuple(row_key for _number, row_key, _words in ordered),
        rows=tuple((words, number) for number, _key, words in ordered),
        note="" if ordered else _("Tidak ada, atau semuanya kurang dari lima orang."),
    )


def _lacking_part(collected: Collected) -> ReportPart:
    rows = [
        (office.code, f"{office.code} {office.name}", ", ".join(office.lacks))
        for office in collected.offices
        if office.lacks
    ]
    return ReportPart(
        key="lacks",
        title=_("Bulan yang belum ada"),
        columns=(_text("of_office", _("Kantor")), _text("lacks", _("Bulan"))),
        keys=tuple(code for code, _name, _months in rows),
        rows=tuple((name, months) for _code, name, months in rows),
        note="" if rows else _("Semua kantor sudah lengkap."),
    )


def _outliers_part(collected: Collected) -> ReportPart:
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
        keys=tuple(f"{outlier.code}:{outlier.figure}" for outlier in collected.outliers),
        rows=tuple(
            (f"{outlier.code} {outlier.name}", names[outlier.figure], outlier.value, outlier.usual)
            for outlier in collected.outliers
        ),
        note="" if collected.outliers else _("Tidak ada kantor yang jauh berbeda dari yang lain."),
    )


def figure_words() -> dict[str, str]:
    """Return the names of the figures by which offices are compared (`figures_of`)."""
    return {
        "no_show_share": _("Tidak hadir (%)"),
        "wait_median": _("Waktu tunggu, nilai tengah (menit)"),
        "wait_p90": _("Waktu tunggu, 90 % pengunjung (menit)"),
        "within_standard": _("Dalam waktu baku (%)"),
        "index": _("Nilai IKM"),
    }


def _files_part(key: str, title: str, files: Iterable[RefusedFile]) -> ReportPart:
    remarks = tuple(files)
    return ReportPart(
        key=key,
        title=title,
        columns=(_text("of_file", _("Berkas")), _text("why", _("Mengapa"))),
        keys=tuple(remark.file for remark in remarks),
        rows=tuple((remark.file, remark.why) for remark in remarks),
        note="" if remarks else _("Tidak ada."),
    )


def collected_notes(collected: Collected) -> tuple[str, ...]:
    """Return the notes below the tables."""
    return (
        _(
            "{offices} kantor, {months} bulan. Angka kurang dari lima orang tidak keluar dari kantornya."
        ).format(offices=len(collected.offices), months=len(collected.months)),
        _("Waktu tunggu dihitung dari selang yang isinya dibulatkan ke kelipatan lima pengunjung."),
    )
